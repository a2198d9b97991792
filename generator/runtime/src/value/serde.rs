//! Values of types that only serde knows.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::codec::foreign::{by_serde, of_digits};
use crate::codec::{Decode, Encode, FromSerde, Mismatch, Mode, Scalar, ToSerde, View};
use crate::value::Json;

/// A value of any type that implements serde's traits. Generated code uses it for types of other crates from the
/// configuration.
///
/// For the program it behaves like the value itself (`Deref`, `From`, the field `0`), and for the client it is a value
/// of the codec. The type is decoded from one complete JSON value, and an error has the location of that value. The
/// type needs a `Default`, because the codec creates a value before it decodes into it.
///
/// ```
/// use specwright_runtime::{Serde, codec};
///
/// let hosts: Vec<Serde<std::time::Duration>> = codec::from_json(br#"[{"secs": 2, "nanos": 0}]"#)?;
/// assert_eq!(hosts[0].as_secs(), 2);
///
/// let error = codec::from_json::<Vec<Serde<char>>>(br#"["a", "bc"]"#).unwrap_err();
/// assert_eq!(error.to_string(), r#"$[1]: expected a character, found the string "bc""#);
/// # Ok::<(), codec::DecodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Serde<T>(pub T);

impl<T> Serde<T> {
    /// Returns the value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Serde<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Serde<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Serde<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Serde<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for Serde<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Serialize> Serialize for Serde<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Serde<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T: Default + Serialize + DeserializeOwned + 'static> Decode for Serde<T> {
    fn empty() -> Self {
        Self::default()
    }

    fn expected(&self) -> Cow<'static, str> {
        "a value that serde decodes".into()
    }

    fn wants_digits() -> bool {
        true
    }

    fn digits(&mut self, digits: &str, _: Mode) -> Result<(), Mismatch> {
        self.0 = of_digits(digits)?;
        Ok(())
    }

    fn scalar(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        let mut json = Json::Null;
        json.scalar(scalar, mode)?;
        self.take(&json)
    }

    fn by_serde(&mut self) -> Option<&mut dyn FromSerde> {
        Some(self)
    }
}

impl<T: Serialize + DeserializeOwned> FromSerde for Serde<T> {
    fn take(&mut self, json: &Json) -> Result<(), Mismatch> {
        self.0 = by_serde(json)?;
        Ok(())
    }

    fn show(&self) -> &dyn ToSerde {
        &self.0
    }
}

impl<T: Serialize> Encode for Serde<T> {
    fn view(&self) -> View<'_> {
        View::Serde(&self.0)
    }
}

#[cfg(test)]
mod tests;
