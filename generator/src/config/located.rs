//! A value with its location.

use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};

use crate::text::{FileId, Span};

/// The name of the newtype struct by which a deserializer recognizes [`Located`].
pub(super) const NAME: &str = "$specwright::Located";

/// A value with its location. Only the deserializer of the spanned tree sets the location. The location is ignored in
/// comparisons.
#[derive(Debug, Clone, Default)]
pub(crate) struct Located<T> {
    pub value: T,
    pub span: Option<Span>,
}

impl<T: PartialEq> PartialEq for Located<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Located<T> {}

impl<T: Ord> PartialOrd for Located<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Ord> Ord for Located<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NAME, LocatedVisitor(PhantomData))
    }
}

struct LocatedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for LocatedVisitor<T> {
    type Value = Located<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    /// Other deserializers only have the value.
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        let value = T::deserialize(deserializer)?;
        Ok(Located { value, span: None })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
        let missing = || de::Error::custom("a location has three parts");
        let mut number = || parts.next_element::<u32>()?.ok_or_else(missing);
        let span = Span {
            file: FileId(number()?),
            start: number()?,
            end: number()?,
        };
        let value = parts.next_element()?.ok_or_else(missing)?;
        let span = Some(span);
        Ok(Located { value, span })
    }
}
