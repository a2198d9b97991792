//! The clients that are compared, each with its call.

use std::hint::black_box;

use futures_util::future::join_all;
use tokio::runtime::{Builder, Runtime};

use crate::{by_hand, items, progenitors};

/// A client that makes the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// reqwest, used by hand.
    ByHand,
    /// The client that progenitor generates.
    Progenitor,
    /// The client that specwright generates.
    Specwright,
}

impl Kind {
    /// All clients; the others are compared with the first one.
    pub const ALL: [Self; 3] = [Self::ByHand, Self::Progenitor, Self::Specwright];

    /// Returns the name, which is used in the table and between processes.
    pub fn name(self) -> &'static str {
        match self {
            Self::ByHand => "reqwest by hand",
            Self::Progenitor => "progenitor 0.15",
            Self::Specwright => "specwright",
        }
    }

    /// Returns the client with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A client and its single-threaded runtime.
#[derive(Debug)]
pub struct Client {
    runtime: Runtime,
    base: String,
    made: Made,
}

#[derive(Debug)]
enum Made {
    ByHand(reqwest::Client),
    Progenitor(progenitors::Client),
    Specwright(items::Client),
}

impl Client {
    /// Returns a client of the server at `base`.
    pub fn new(kind: Kind, base: &str) -> Self {
        let made = match kind {
            Kind::ByHand => Made::ByHand(by_hand::client()),
            Kind::Progenitor => Made::Progenitor(progenitors::Client::new_with_client(
                base,
                by_hand::client(),
            )),
            Kind::Specwright => {
                let server = items::Server::custom(base).expect("it is a URL");
                let client = items::Client::builder(server)
                    .basic_auth("jo", "correct horse")
                    .build();
                Made::Specwright(client.expect("the settings are right"))
            }
        };
        let runtime = Builder::new_current_thread().enable_all().build();
        Self {
            runtime: runtime.expect("there is a runtime"),
            base: base.to_owned(),
            made,
        }
    }

    /// Makes `count` calls, one after the other.
    pub fn calls(&self, count: usize) {
        self.runtime.block_on(self.some(count));
    }

    /// Makes `count` calls in each of `lanes` concurrent lanes.
    pub fn calls_in(&self, lanes: usize, count: usize) {
        let lanes = (0..lanes).map(|_| self.some(count));
        self.runtime.block_on(join_all(lanes));
    }

    async fn some(&self, count: usize) {
        for _ in 0..count {
            self.call().await;
        }
    }

    async fn call(&self) {
        match &self.made {
            Made::ByHand(client) => {
                let item = by_hand::get(client, &self.base, 7).await;
                black_box(item.expect("it responds"));
            }
            Made::Progenitor(client) => {
                let item = client.get_item(7, Some("DE"), Some(10)).await;
                black_box(item.expect("it responds"));
            }
            Made::Specwright(client) => {
                let call = client.items().get_item(7).limit(10).country("DE");
                black_box(call.send().await.expect("it responds"));
            }
        }
    }
}
