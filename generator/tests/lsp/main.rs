//! The language server, as an editor sees it.

mod actions;
mod client;
mod completion;
mod diagnostics;
mod edits;
mod hover;
mod navigation;
mod symbols;

/// A description with several kinds of things.
const MUSEUM: &str = include_str!("museum.yaml");
