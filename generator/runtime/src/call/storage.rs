//! Inspects every value of a request before it is encoded: its secrets, and whether its content is in memory.

use crate::codec::{Encode, View};

/// Shorter secrets are not masked, because they occur in too many unrelated texts.
const SHORTEST_SECRET: usize = 4;

/// The error of a file that cannot be sent.
const NOT_IN_TEXT: &str =
    "a file that is not in memory can only be a body or a part of a multipart body";

/// The error of a value of a type of the caller that serde fails to encode.
const NOT_ENCODED: &str = "serde cannot encode a value of the request";

/// The place of the content of a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Storage {
    Memory,
    /// At least one file has to be read.
    File,
    /// A value cannot be encoded.
    Nowhere,
}

impl Storage {
    /// Why a value cannot be sent as text, if so.
    pub(super) fn fault(self) -> Option<&'static str> {
        match self {
            Self::Memory => None,
            Self::File => Some(NOT_IN_TEXT),
            Self::Nowhere => Some(NOT_ENCODED),
        }
    }
}

/// Collects the secrets in a value, and returns whether all of it is in memory.
pub(super) fn note(value: &dyn Encode, secrets: &mut Vec<String>) -> Storage {
    let mut storage = Storage::Memory;
    match value.view() {
        View::Secret(text) => {
            let is_new = secrets.iter().all(|known| known != text);
            if is_new && text.len() >= SHORTEST_SECRET {
                secrets.push(text.to_owned());
            }
        }
        View::List(list) => list.each(&mut |item| storage = storage.max(note(item, secrets))),
        View::Object(object) => {
            object.each(&mut |_, value| storage = storage.max(note(value, secrets)));
        }
        View::File(file) if file.bytes().is_none() => storage = Storage::File,
        View::Serde(value) if value.to_value().is_err() => storage = Storage::Nowhere,
        _ => {}
    }
    storage
}
