//! The macros that generated code is made of.
//!
//! They expand to absolute paths only, so that they work whatever names are in scope, and to little code: what can
//! be done once is done in [`codec`](crate::codec).

mod enums;
mod headers;
mod record;
mod serde;
mod union;
mod webhooks;
