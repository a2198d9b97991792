//! Optional properties that are nullable.

use std::borrow::Cow;

use super::Secret;
use crate::codec::{Array, Decode, Encode, Fill, FromSerde, Mismatch, Mode, Scalar, View, Whole};

/// An optional and nullable property.
///
/// The three states have different meanings in a request: the server usually does not change an absent property, and
/// clears one that is null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Nullable<T> {
    /// The property is absent.
    #[default]
    Absent,
    /// The property is `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns the value if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns a mutable reference to the value, if there is one.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the value if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the property is absent.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    /// `None` becomes null. An absent property is simply not set.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(text: &str) -> Self {
        Self::Value(text.to_owned())
    }
}

impl From<&str> for Nullable<Secret> {
    fn from(text: &str) -> Self {
        Self::Value(text.into())
    }
}

impl From<String> for Nullable<Secret> {
    fn from(text: String) -> Self {
        Self::Value(text.into())
    }
}

impl<T: Decode> Decode for Nullable<T> {
    fn empty() -> Self {
        Self::Absent
    }

    fn wants_digits() -> bool {
        T::wants_digits()
    }

    fn digits(&mut self, digits: &str, mode: Mode) -> Result<(), Mismatch> {
        let mut value = T::empty();
        value.digits(digits, mode)?;
        *self = Self::Value(value);
        Ok(())
    }

    fn expected(&self) -> Cow<'static, str> {
        T::empty().expected()
    }

    fn tolerates_absence(&self) -> bool {
        true
    }

    fn scalar(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        if scalar == Scalar::Null {
            *self = Self::Null;
            return Ok(());
        }
        let mut value = T::empty();
        value.scalar(scalar, mode)?;
        *self = Self::Value(value);
        Ok(())
    }

    fn array(&mut self) -> Result<&mut dyn Array, Mismatch> {
        *self = Self::Value(T::empty());
        match self {
            Self::Value(value) => value.array(),
            Self::Absent | Self::Null => Err(Mismatch::expected("a value")),
        }
    }

    fn object(&mut self, fill: &mut Fill<'_>) -> Result<(), Mismatch> {
        *self = Self::Value(T::empty());
        match self {
            Self::Value(value) => value.object(fill),
            Self::Absent | Self::Null => Err(Mismatch::expected("a value")),
        }
    }

    fn close(&mut self, mode: Mode) -> Result<(), Mismatch> {
        match self {
            Self::Value(value) => value.close(mode),
            Self::Absent | Self::Null => Ok(()),
        }
    }

    fn whole(&mut self) -> Option<&mut dyn Whole> {
        *self = Self::Value(T::empty());
        match self {
            Self::Value(value) => value.whole(),
            Self::Absent | Self::Null => None,
        }
    }

    fn by_serde(&mut self) -> Option<&mut dyn FromSerde> {
        *self = Self::Value(T::empty());
        match self {
            Self::Value(value) => value.by_serde(),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T: Encode> Encode for Nullable<T> {
    fn view(&self) -> View<'_> {
        self.value().map_or(View::Null, Encode::view)
    }

    fn is_absent(&self) -> bool {
        self.is_absent()
    }
}
