//! The language server, from the point of view of an editor.

mod actions;
mod client;
mod completion;
mod diagnostics;
mod edits;
mod hover;
mod navigation;
mod random;
mod symbols;

/// A description with several kinds of things.
const MUSEUM: &str = include_str!("museum.yaml");
