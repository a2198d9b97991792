//! Values of types that JSON does not have.

mod any_body;
mod base64;
mod date;
mod decimal;
mod file;
mod foreign;
mod json;
mod map;
mod nullable;
mod secret;
mod serde;
mod text;
mod timestamp;
mod uuid;

pub use self::any_body::AnyBody;
pub use self::base64::Base64;
pub use self::date::Date;
pub use self::decimal::Decimal;
pub use self::json::{Json, JsonObject};
pub use self::map::Map;
pub use self::nullable::Nullable;
pub use self::secret::Secret;
pub use self::serde::Serde;
pub use self::timestamp::Timestamp;
pub use crate::body::File;
pub use crate::codec::ParseValueError;
pub use ::uuid::Uuid;
