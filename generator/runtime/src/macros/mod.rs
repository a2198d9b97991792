//! The macros of generated types.
//!
//! They expand to absolute paths, so that they work with any names in scope, and to little code: everything that can be
//! compiled once is in [`codec`](crate::codec).

mod enums;
mod headers;
mod record;
mod serde;
mod setters;
mod union;
mod webhooks;
