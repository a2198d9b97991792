//! The direction of the JSON that is written: a test writes responses, which contain read-only properties.

use std::cell::Cell;

use super::{Encode, to_json};

thread_local! {
    static IS_RESPONSE: Cell<bool> = const { Cell::new(false) };
}

pub(super) fn is_response() -> bool {
    IS_RESPONSE.get()
}

/// Returns the JSON text of a value as a server sends it, with its read-only properties.
pub(crate) fn to_response_json(value: &dyn Encode) -> Vec<u8> {
    let before = IS_RESPONSE.replace(true);
    let written = to_json(value);
    IS_RESPONSE.set(before);
    written
}
