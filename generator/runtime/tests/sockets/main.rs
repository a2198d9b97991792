//! Clients over real connections to servers on this machine, by both transports.

#![cfg(all(feature = "reqwest", feature = "blocking"))]

mod blocking;
mod pages;
mod private;
mod server;
mod transports;
mod uploads;
