// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! Connects Instagram accounts to a workspace, changes them, and removes them.
//!
//! `Workspaces`, version `v4`.

mod client;
#[cfg(feature = "testing")]
pub mod examples;
pub mod resources;
pub mod types;

pub use client::{Client, ClientBuilder};
