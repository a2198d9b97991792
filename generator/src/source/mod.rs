//! Text → spanned tree: every node knows its location.
//!
//! [`Sources::load`] reads a file, [`parse`] turns it into a [`Node`]. YAML and JSON give the same tree, so later
//! stages do not know the format of the file.

mod convert;
mod describe;
mod edited;
mod json;
mod load;
mod members;
mod node;
mod quote;
pub mod revision;
mod scalar;
mod syntax;
#[cfg(test)]
mod tests;
mod yaml;
mod yaml_error;
mod yaml_shift;
mod yaml_slip;

pub(crate) use convert::unescape;
pub(crate) use describe::{describe, head};
pub(crate) use edited::prepare;
pub(crate) use load::{STANDARD_INPUT, fetching, is_url};
pub(crate) use node::{DEEPEST, JsonTexts, Key, MOST_COPIED};
pub use node::{Member, Node, Value};
pub(crate) use quote::quoted;
pub(crate) use scalar::{canonical_number, is_beyond_json};
pub use syntax::parse;
pub(crate) use syntax::parse_description;
pub(crate) use yaml_slip::lacks_space;

pub use crate::text::Sources;
pub(crate) use crate::text::{FileId, Span};
