//! Typed JSON without derive.
//!
//! Every generated type is decoded from and encoded to JSON, and a crate often has hundreds of them. serde's derive
//! writes a visitor for each type, which the compiler instantiates again for each format; that is most of the time that
//! compiling a client takes. Here, a type only lists its parts through object-safe traits, and one visitor and one
//! serializer in this crate do the work for all types. CPU seconds for 150 records of 12 fields and 150 enums, each
//! decoded and encoded, on one machine under the same load:
//!
//! | | check | dev build | release build |
//! |---|---|---|---|
//! | serde derive | 17 | 35 | 103 |
//! | this module | 5 | 12 | 32 |
//!
//! At run time this costs a few percent (`benches/codec.rs`).
//!
//! - [`Decode`] is a value that is decoded in place: it is created [`empty`](Decode::empty) and then filled, so that
//!   the constructor is the only generic code of a type. An [object](Decode::object) lends its fields, an [`Array`]
//!   creates each element.
//! - [`Encode`] returns a [`View`] of a value, whose arrays and objects lend their parts.
//! - Each of these types also implements serde's `Serialize` and `Deserialize`, by [`serialize`] and [`deserialize`].
//!
//! Headers and forms are decoded into the same types ([`from_headers`], [`from_form`]). Their values are strings, which
//! are converted to the type of the field.
//!
//! Decoding tolerates harmless mistakes of servers, see [`Mode`]. No input causes a panic, and an error names the
//! location: `$.data[3].status: expected a string, found the number 5`.

mod decode;
#[cfg_attr(not(any(test, feature = "testing")), path = "without_direction.rs")]
pub(crate) mod direction;
mod driver;
mod encode;
mod enums;
mod error;
pub(crate) mod foreign;
mod form;
mod headers;
mod mode;
mod parse;
mod properties;
mod repair;
mod shape;
pub(crate) mod std_types;
mod strings;
mod union;
mod walk;
mod write;

pub use decode::{Array, Decode, Entries, Fill, Mismatch, Reset, Scalar, set_constant};
pub use driver::{deserialize, from_json, from_value};
pub(crate) use driver::{fill_from_json, from_nothing};
pub use encode::{Encode, ListView, ObjectView, ToText, View, serialize, to_value};
pub use enums::{IntegerEnum, TextEnum};
pub use error::DecodeError;
pub use foreign::{FromSerde, ToSerde};
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
