//! Secret strings.

use std::borrow::Cow;
use std::fmt;

use crate::codec::{Decode, Encode, Mismatch, Mode, Scalar, View};

/// A secret string: a password, a token, a key.
///
/// Its `Debug` is `Secret(***)`, and it has no `Display`, so that it is not logged by accident.
/// [`expose`](Self::expose) returns the string; requests contain it in plain text.
#[derive(Clone, Default)]
pub struct Secret(String);

impl Secret {
    /// Returns the text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl PartialEq for Secret {
    /// Compares all bytes, so that the time depends only on whether the lengths are equal.
    fn eq(&self, other: &Self) -> bool {
        let (left, right) = (self.0.as_bytes(), other.0.as_bytes());
        let differences = left
            .iter()
            .zip(right)
            .fold(0, |differences, (left, right)| differences | (left ^ right));
        left.len() == right.len() && std::hint::black_box(differences) == 0
    }
}

impl Eq for Secret {}

impl Decode for Secret {
    fn empty() -> Self {
        Self::default()
    }

    fn expected(&self) -> Cow<'static, str> {
        "a string".into()
    }

    fn scalar(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        self.0.scalar(scalar, mode).map_err(Mismatch::private)
    }
}

impl Encode for Secret {
    fn view(&self) -> View<'_> {
        View::Secret(&self.0)
    }
}

crate::serde_impls!(Secret);
