//! Bytes as base64 text.

use std::fmt;
use std::str::FromStr;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::{
    STANDARD, STANDARD_PAD_INDIFFERENT, URL_SAFE_PAD_INDIFFERENT,
};

use super::ParseValueError;
use super::text::decode_text;
use crate::codec::{Encode, View};

/// Bytes that JSON carries as base64 text.
///
/// Decoding accepts the standard and the URL-safe alphabet, with or without padding, also in lines as MIME has them;
/// encoding uses the standard alphabet with padding.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Base64(Vec<u8>);

impl Base64 {
    pub(crate) const EXPECTED: &str = "base64 text";

    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl FromStr for Base64 {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let url_safe = text.contains(['-', '_']);
        let engine = if url_safe {
            URL_SAFE_PAD_INDIFFERENT
        } else {
            STANDARD_PAD_INDIFFERENT
        };
        let is_break = |byte: &u8| byte.is_ascii_whitespace();
        let decoded = if text.bytes().any(|byte| is_break(&byte)) {
            let line = text.bytes().filter(|byte| !is_break(byte));
            engine.decode(line.collect::<Vec<u8>>())
        } else {
            engine.decode(text)
        };
        decoded
            .map(Self)
            .map_err(|_| ParseValueError::new(Self::EXPECTED))
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(&self.0))
    }
}

impl fmt::Debug for Base64 {
    /// Shows the number of bytes instead of the bytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

decode_text!(Base64, Self::default(), Base64::EXPECTED);

impl Encode for Base64 {
    fn view(&self) -> View<'_> {
        View::Shown(self)
    }
}

crate::serde_impls!(Base64);

#[cfg(test)]
mod tests {
    use super::Base64;
    use crate::codec::{from_json, to_json};

    #[test]
    fn both_alphabets_are_read_with_and_without_padding() {
        let lines = [r#""+/\n8=\n""#, r#""+/\r\n8=""#];
        for text in [r#""+/8=""#, r#""-_8=""#, r#""+/8""#, r#""-_8""#]
            .into_iter()
            .chain(lines)
        {
            let value: Base64 = from_json(text.as_bytes()).unwrap();
            assert_eq!(value.as_bytes(), [0xfb, 0xff], "{text}");
            assert_eq!(to_json(&value), br#""+/8=""#);
        }
    }

    #[test]
    fn other_text_is_refused() {
        for text in [r#""a""#, r#""%%%%""#, "5", r#""+_8=""#] {
            let error = from_json::<Base64>(text.as_bytes()).unwrap_err();
            assert_eq!(error.expected(), "base64 text", "{text}");
        }
    }
}
