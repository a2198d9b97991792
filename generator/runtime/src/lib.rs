//! What every generated client stands on.

pub mod codec;
mod macros;
mod value;

pub use value::{Json, JsonObject, Nullable, Secret, Uuid};

/// What the macros of this crate need beside [`codec`]. No part of the public interface.
#[doc(hidden)]
pub mod macro_support {
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
}
