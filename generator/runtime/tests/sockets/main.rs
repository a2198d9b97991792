//! Clients over real connections to servers on this machine, by both transports.

#![cfg(all(feature = "hyper", feature = "reqwest", feature = "blocking"))]

mod blocking;
mod headers;
mod pages;
mod private;
mod refused;
mod server;
mod transports;
mod uploads;
