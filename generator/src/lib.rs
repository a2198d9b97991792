//! specwright: from an `OpenAPI` description to a Rust client.
//!
//! (The architecture page is written when the stages stand.)

pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod format;
pub mod lower;
pub mod model;
pub mod name;
pub mod source;
pub mod tree;
