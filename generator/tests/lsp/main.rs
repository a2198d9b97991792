//! The language server, as an editor sees it.

mod actions;
mod client;
mod diagnostics;
mod symbols;

/// A description with several kinds of things.
const MUSEUM: &str = include_str!("museum.yaml");
