//! The language server, from the point of view of an editor.

mod actions;
mod client;
mod completion;
mod diagnostics;
mod edits;
mod hover;
mod navigation;
mod random;
mod settings;
mod symbols;

/// A description with several kinds of things.
const MUSEUM: &str = include_str!("museum.yaml");

/// A description in Swagger 2.0.
const PETS: &str = include_str!("pets.yaml");
