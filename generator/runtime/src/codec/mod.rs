//! Typed JSON without derive.
//!
//! Every generated type reads and writes JSON, and hundreds of them in one crate are usual. With serde's derive
//! each type gets its own visitor, instantiated again for each format, and that is what users wait for when they
//! compile a client. Here a type says only what it is made of, through object-safe traits, and one visitor and one
//! serializer in this crate do the work for all of them. CPU seconds for 150 records of 12 fields and 150 enums, both
//! directions used for every type, on one machine under the same load:
//!
//! | | check | dev build | release build |
//! |---|---|---|---|
//! | serde derive | 17 | 35 | 103 |
//! | this module | 5 | 12 | 32 |
//!
//! What that costs in time when reading and writing, `benches/codec.rs` shows: a few percent.
//!
//! - [`Decode`] is a place that a JSON value is read into: it is made [`empty`](Decode::empty) and then filled, so
//!   that the compiler sees no generic code for a type but its constructor. An [object](Decode::object) shows its
//!   members' places, an [`Array`] makes one for each element.
//! - [`Encode`] is the mirror image: a [`View`] of a value, whose lists and objects hand out their parts.
//! - Every such type is serde's `Serialize` and `Deserialize` too, through [`serialize`] and [`deserialize`].
//!
//! Headers and forms are read into the same types ([`from_headers`], [`from_form`]): there each value is a text, and
//! stands for what its place takes.
//!
//! Reading is lenient where a server's slip costs nothing: see [`Mode`]. Nothing here panics on any input, and what
//! does not fit is told with its place: `$.data[3].status: expected a string, found the number 5`.

mod decode;
mod driver;
mod encode;
mod enums;
mod error;
mod form;
mod headers;
mod mode;
mod parse;
mod repair;
mod shape;
mod std_types;
mod union;
mod walk;
mod write;

pub use decode::{Array, Decode, Entries, Fill, Mismatch, Reset, Scalar, set_constant};
pub use driver::{deserialize, from_json, from_value};
pub(crate) use driver::{fill_from_json, from_nothing};
pub use encode::{Encode, ListView, ObjectView, View, serialize, to_value};
pub use enums::{IntegerEnum, TextEnum};
pub use error::DecodeError;
pub use form::from_form;
pub use headers::{Headers, from_headers};
pub use mode::Mode;
pub use parse::ParseValueError;
pub use shape::{Field, Shape};
pub use union::{
    Alternatives, Union, tag_of, tagged_each, tagged_view, union_array, union_object, union_scalar,
    union_settle,
};
pub use walk::{Fit, Unfit, Walk, Whole};
pub use write::to_json;
