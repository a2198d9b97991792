//! Clients over real connections to servers on this machine, by both transports.

#![cfg(all(feature = "reqwest", feature = "blocking"))]

mod blocking;
mod pages;
mod server;
mod transports;
