//! What a call costs: without a network against the bare transport, and over loopback against reqwest used by hand.
//!
//! `cargo bench --package specwright-runtime --bench calls`. Both sides take turns in the same run. The median of many
//! rounds counts, and the load of the machine is shown, for figures of a busy machine are no better than it.
//! `tests/allocations.rs` counts what a call allocates.

#![allow(
    missing_docs,
    unreachable_pub,
    reason = "shared with the test of allocations"
)]

use std::hint::black_box;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue, USER_AGENT};
use serde::Deserialize;
use specwright_runtime::Client;
use tokio::runtime::{Builder, Runtime};

#[path = "calls/ready.rs"]
mod ready;

const ROUNDS: usize = 200;
/// Calls of a round without a network.
const BARE: usize = 500;
/// Calls of a round over loopback.
const LOOPBACK: usize = 100;

/// What the answer says, as it is written by hand.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading it is what is measured")]
struct Item {
    id: i64,
    name: String,
    verified: bool,
    followers: i64,
    country: Option<String>,
    cursor: Option<String>,
}

fn main() {
    load("before");
    without_network();
    over_loopback();
    load("after");
}

fn load(when: &str) {
    if let Ok(load) = std::fs::read_to_string("/proc/loadavg") {
        println!("load {when}: {}", load.trim());
    }
}

fn without_network() {
    let base = "https://bench.example";
    let built = ready::builder(base).transport(ready::Ready::new()).build();
    let client = built.expect("the settings are right");
    let transport = ready::Ready::new();
    let mut below = Vec::new();
    let mut ours = Vec::new();
    for _ in 0..ROUNDS {
        let requests: Vec<_> = (0..BARE).map(|_| ready::request(base, 7)).collect();
        below.push(time(BARE, || {
            for request in requests {
                black_box(ready::now(|| ready::bare(&transport, request)));
            }
        }));
        ours.push(time(BARE, || {
            for _ in 0..BARE {
                drop(black_box(ready::now(|| ready::call(&client, 7).send())));
            }
        }));
    }
    let (below, ours) = (median(below), median(ours));
    println!(
        "no network: bare transport {:.0} ns, call {:.0} ns, {:.0} ns above it",
        below * 1e9,
        ours * 1e9,
        (ours - below) * 1e9
    );
}

fn over_loopback() {
    let base = serve();
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("there is a runtime");
    let client = ready::builder(&base)
        .build()
        .expect("the settings are right");
    let by_hand = by_hand();
    let mut raw = Vec::new();
    let mut ours = Vec::new();
    let mut ratios = Vec::new();
    for round in 0..ROUNDS {
        let pair = if round % 2 == 0 {
            let raw = raw_round(&runtime, &by_hand, &base);
            (raw, our_round(&runtime, &client))
        } else {
            let ours = our_round(&runtime, &client);
            (raw_round(&runtime, &by_hand, &base), ours)
        };
        raw.push(pair.0);
        ours.push(pair.1);
        ratios.push(pair.1 / pair.0);
    }
    println!(
        "loopback: reqwest by hand {:.1} µs, call {:.1} µs, ratio {:.3} (fastest rounds {:.3})",
        median(raw.clone()) * 1e6,
        median(ours.clone()) * 1e6,
        median(ratios),
        fastest(&ours) / fastest(&raw)
    );
}

fn our_round(runtime: &Runtime, client: &Client) -> f64 {
    time(LOOPBACK, || {
        runtime.block_on(async {
            for _ in 0..LOOPBACK {
                black_box(ready::call(client, 7).send().await.expect("it answers"));
            }
        });
    })
}

fn raw_round(runtime: &Runtime, client: &reqwest::Client, base: &str) -> f64 {
    time(LOOPBACK, || {
        runtime.block_on(async {
            for _ in 0..LOOPBACK {
                black_box(get(client, base, 7).await.expect("it answers"));
            }
        });
    })
}

/// The same call by hand.
async fn get(client: &reqwest::Client, base: &str, id: i64) -> Result<Item, reqwest::Error> {
    let url = format!("{base}/v1/items/{id}?limit={}&country={}", 10, "DE");
    let answer = client.get(url).send().await?.error_for_status()?;
    let body = answer.bytes().await?;
    Ok(serde_json::from_slice(&body).expect("it is an item"))
}

/// What a careful program has by hand: headers of all calls, a timeout, no redirects.
fn by_hand() -> reqwest::Client {
    let headers = [
        (ACCEPT, HeaderValue::from_static("application/json")),
        (USER_AGENT, HeaderValue::from_static("bench/1")),
        (
            AUTHORIZATION,
            HeaderValue::from_static("Basic am86Y29ycmVjdCBob3JzZQ=="),
        ),
    ];
    reqwest::Client::builder()
        .default_headers(HeaderMap::from_iter(headers))
        .timeout(Duration::from_secs(60))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .tls_backend_preconfigured(tls())
        .build()
        .expect("the settings are right")
}

/// reqwest wants to know how to encrypt, although nothing here is.
fn tls() -> rustls::ClientConfig {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring has all versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

/// Answers each request on each connection in the same way.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback is there");
    let address = listener.local_addr().expect("it is bound");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    format!("http://{address}")
}

fn answer(mut stream: TcpStream) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let body = str::from_utf8(ready::BODY).ok()?;
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            stream.write_all(answer.as_bytes()).ok()?;
        }
    }
}

/// Seconds for one of `count`.
fn time(count: usize, work: impl FnOnce()) -> f64 {
    let started = Instant::now();
    work();
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    started.elapsed().as_secs_f64() / f64::from(count)
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn fastest(figures: &[f64]) -> f64 {
    figures.iter().copied().fold(f64::INFINITY, f64::min)
}
