//! Clients over real connections to servers on this machine, by async and by blocking calls.

#![cfg(all(feature = "hyper", feature = "blocking"))]

mod blocking;
mod headers;
mod pages;
mod private;
mod refused;
mod server;
mod settings;
mod transports;
mod uploads;
