//! One call, made by a client of each kind: what it costs in time, allocations and instructions.
//!
//! All of them ask the same server for the same item, described by `items.yaml`, and read the same body. All
//! stand on the same version of hyper, two of them by reqwest, each on a pool of its own.

mod by_hand;
pub mod clients;
pub mod figures;
pub mod server;

/// The generated client finds the runtime here.
mod runtime {
    pub(crate) use specwright_runtime::*;
}
pub use specwright_runtime::{BaseUrl, Error, ErrorKind, Response, RetryPolicy, Secret};

// The module `items`.
include!(concat!(env!("OUT_DIR"), "/ours.rs"));

/// What progenitor makes of the same description.
pub mod progenitors {
    progenitor::generate_api!(spec = "items.yaml");
}
