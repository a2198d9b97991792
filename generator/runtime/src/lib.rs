//! What every generated client stands on.

pub mod codec;
mod macros;
mod value;

pub use value::{
    Base64, Date, Json, JsonObject, Map, Nullable, ParseValueError, Secret, Timestamp, Uuid,
};

/// What a file of types begins with: the types that are no part of the standard library, and the macros that make a
/// type JSON.
pub mod prelude {
    pub use crate::{Base64, Date, Json, JsonObject, Map, Nullable, Secret, Timestamp, Uuid};
    pub use crate::{integer_enum, record, text_enum, union, wrapper};
}

/// What the macros of this crate need beside [`codec`]. No part of the public interface.
#[doc(hidden)]
pub mod macro_support {
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub use crate::codec::set_constant;

    /// What [`Decode::expected`](crate::codec::Decode::expected) returns.
    pub type Expected = std::borrow::Cow<'static, str>;
}
