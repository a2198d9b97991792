//! The values that JSON has no types for.

mod json;
mod nullable;
mod secret;

pub use self::json::{Json, JsonObject};
pub use self::nullable::Nullable;
pub use self::secret::Secret;
pub use uuid::Uuid;
