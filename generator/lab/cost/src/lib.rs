//! The cost of one call of different clients, in time, allocations and instructions.
//!
//! All clients request the same item from the same server, described by `items.yaml`, and decode the same body. All use
//! the same version of hyper, two of them through reqwest, each with its own connection pool.

mod by_hand;
pub mod clients;
pub mod figures;
pub mod server;

/// The path at which the generated client imports the runtime.
mod runtime {
    pub(crate) use specwright_runtime::*;
}
pub use specwright_runtime::{BaseUrl, Error, ErrorKind, Response, RetryPolicy, Secret};

// The module `items`.
include!(concat!(env!("OUT_DIR"), "/ours.rs"));

/// The progenitor client of the same description.
pub mod progenitors {
    progenitor::generate_api!(spec = "items.yaml");
}
