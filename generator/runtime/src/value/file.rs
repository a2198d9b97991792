//! Files that are uploaded.

use std::fmt;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::{Base64, ParseValueError};
use crate::codec::{Encode, View};
use crate::value::text::decode_text;

/// What a file is called that has no name: servers tell files from text by there being one.
const UNNAMED: &str = "file";

/// A file in a `multipart/form-data` body: its bytes, its name and its content type.
///
/// Bytes that are shared are not copied.
///
/// ```
/// use specwright_runtime::File;
///
/// let photo = File::new("cat.png", vec![0x89, b'P', b'N', b'G']).with_content_type("image/png");
/// assert_eq!(photo.name(), "cat.png");
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
pub struct File {
    name: Option<String>,
    content_type: Option<String>,
    bytes: Bytes,
}

impl File {
    /// Returns a file of this name, which many servers tell the type from: `cat.png`.
    pub fn new(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            name: Some(name.into()),
            content_type: None,
            bytes: bytes.into(),
        }
    }

    /// Sets the content type; otherwise it is the one that the API describes, or `application/octet-stream`.
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(UNNAMED)
    }

    /// Returns the content type, where one was set.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Its bytes as text, for bodies that are none of parts.
    pub(crate) fn base64(&self) -> String {
        STANDARD.encode(&self.bytes)
    }
}

impl<B: Into<Bytes>> From<B> for File {
    fn from(bytes: B) -> Self {
        Self {
            bytes: bytes.into(),
            ..Self::default()
        }
    }
}

impl std::str::FromStr for File {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        Ok(text.parse::<Base64>()?.into_bytes().into())
    }
}

/// Tells the number of bytes: the bytes themselves would drown what is around them.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({:?}, {} bytes)", self.name(), self.bytes.len())
    }
}

decode_text!(File, Self::default(), "base64 text");

impl Encode for File {
    fn view(&self) -> View<'_> {
        View::File(self)
    }
}

crate::serde_impls!(File);

#[cfg(test)]
mod tests {
    use super::File;
    use crate::codec::{from_json, to_json};

    #[test]
    fn outside_of_multipart_a_file_is_base64_text() {
        let file = File::new("a", "hi");
        assert_eq!(to_json(&file), br#""aGk=""#);
        assert_eq!(from_json::<File>(br#""aGk=""#).unwrap(), File::from("hi"));
        assert!(from_json::<File>(b"\"%\"").is_err());
    }
}
