//! Files as JSON values: base64 text, outside of multipart bodies.

use super::text::decode_text;
use super::{Base64, ParseValueError};
use crate::body::File;
use crate::codec::{Encode, View};

impl std::str::FromStr for File {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        Ok(text.parse::<Base64>()?.into_bytes().into())
    }
}

decode_text!(File, Self::default(), Base64::EXPECTED);

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

    #[test]
    fn one_that_is_not_in_memory_has_no_text() {
        let file = File::open("/no/such.png");
        assert!(serde_json::to_string(&file).is_err());
        assert_eq!(to_json(&file), b"null");
        assert_eq!(format!("{file:?}"), r#"File("such.png", File(…))"#);
    }
}
