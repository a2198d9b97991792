//! Name resolution.

use std::collections::BTreeMap;
use std::future::ready;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::{io, vec};

use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use tower_service::Service;

use crate::transport::BoxFuture;

/// A resolver with fixed addresses for some hosts, which asks the system for all others.
#[derive(Clone)]
pub(super) struct Resolver {
    known: Arc<BTreeMap<String, Vec<IpAddr>>>,
    system: GaiResolver,
}

impl Resolver {
    /// Returns a resolver with fixed addresses for these host names, which are in lower case.
    pub(super) fn new(known: BTreeMap<String, Vec<IpAddr>>) -> Self {
        Self {
            known: Arc::new(known),
            system: GaiResolver::new(),
        }
    }
}

impl Service<Name> for Resolver {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = BoxFuture<'static, io::Result<Self::Response>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.system.poll_ready(context)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        if let Some(known) = self.known.get(&name.as_str().to_ascii_lowercase()) {
            // The connector replaces the port with that of the URL.
            let addresses = known.iter().map(|&address| SocketAddr::new(address, 0));
            let addresses: Vec<_> = addresses.collect();
            return Box::pin(ready(Ok(addresses.into_iter())));
        }
        let asking = self.system.call(name);
        Box::pin(async move { Ok(asking.await?.collect::<Vec<_>>().into_iter()) })
    }
}
