// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! Reads what users of work platforms have agreed to share, and ends the connection again.
//!
//! A user links an account with the Connect SDK; everything else hangs on that account.
//!
//! `InsightIQ`, version `v1`.

mod client;
#[cfg(feature = "testing")]
pub mod examples;
pub mod resources;
pub mod types;

pub use client::{Client, ClientBuilder, Server};
