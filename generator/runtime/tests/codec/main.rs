//! The macros for types, seen from outside.

mod enums;
mod errors;
#[cfg(feature = "testing")]
mod forms;
mod hostile;
mod large;
mod names;
mod odd_values;
mod own_properties;
mod properties;
mod records;

mod texts;
mod unions;
mod values;

use specwright_runtime::codec::{Decode, Encode, from_json, to_json};

/// Decodes a value from valid JSON text.
fn read<T: Decode>(text: &str) -> T {
    from_json(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Returns the error message for JSON text that does not fit.
fn refusal<T: Decode>(text: &str) -> String {
    match from_json::<T>(text.as_bytes()) {
        Ok(_) => panic!("{text} fits"),
        Err(error) => error.to_string(),
    }
}

fn write(value: &dyn Encode) -> String {
    String::from_utf8(to_json(value)).unwrap()
}
