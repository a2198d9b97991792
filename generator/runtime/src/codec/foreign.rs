//! Types of other crates, which only serde knows.

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::Value;

use super::Mismatch;

/// A value that serde decodes, from a complete array or object.
pub trait FromSerde {
    /// Decodes the JSON value.
    ///
    /// # Errors
    /// The value does not fit the type.
    fn take(&mut self, json: &Value) -> Result<(), Mismatch>;

    /// Returns the value as it is encoded.
    fn show(&self) -> &dyn ToSerde;
}

/// A value that serde encodes.
pub trait ToSerde {
    /// Encodes the value as a JSON value.
    ///
    /// # Errors
    /// The type refuses to serialize the value, or JSON cannot express it.
    fn to_value(&self) -> serde_json::Result<Value>;

    /// Appends the value as JSON text.
    ///
    /// # Errors
    /// The type refuses to serialize the value, or JSON cannot express it.
    fn write(&self, out: &mut Vec<u8>) -> serde_json::Result<()>;
}

impl<T: Serialize> ToSerde for T {
    fn to_value(&self) -> serde_json::Result<Value> {
        serde_json::to_value(self)
    }

    fn write(&self, out: &mut Vec<u8>) -> serde_json::Result<()> {
        serde_json::to_writer(out, self)
    }
}

/// Decodes a value of a type that only serde knows.
pub(crate) fn by_serde<T: DeserializeOwned>(json: &Value) -> Result<T, Mismatch> {
    T::deserialize(json).map_err(|error| mismatch(&error))
}

/// Decodes the text of a number, with all of its digits.
pub(crate) fn of_digits<T: DeserializeOwned>(digits: &str) -> Result<T, Mismatch> {
    serde_json::from_str(digits).map_err(|error| mismatch(&error))
}

/// Converts an error of serde. Most of its messages contain the expected type; the others are used as a whole.
#[cold]
fn mismatch(error: &serde_json::Error) -> Mismatch {
    let text = error.to_string();
    let text = match text.rsplit_once(" at line ") {
        Some((text, _)) if error.line() > 0 => text,
        _ => &text,
    };
    Mismatch::expected(match text.split_once(", expected ") {
        Some((_, expected)) => expected.to_owned(),
        None => format!("a valid value ({text})"),
    })
}
