//! Values of types that only serde knows.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

use crate::codec::foreign::{by_serde, of_digits};
use crate::codec::{Decode, Encode, FromSerde, Mismatch, Mode, Scalar, ToSerde, View};
use crate::value::Json;

/// A value of any type that implements serde's traits. Generated code uses it for types of other crates from the
/// configuration.
///
/// For the program it behaves like the value itself (`Deref`, `From`), and for the client it is a value of the codec. The
/// type is decoded from one complete JSON value, and an error has the location of that value.
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
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serde<T>(
    /// `None` only in a placeholder of the codec, which fills or discards it. Without that, the type would need a
    /// `Default`.
    Option<T>,
);

impl<T> Serde<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(Some(value))
    }

    /// Returns the value.
    pub fn into_inner(self) -> T {
        match self.0 {
            Some(value) => value,
            None => placeholder(),
        }
    }
}

#[cold]
fn placeholder() -> ! {
    unreachable!("the codec fills a placeholder before anybody sees it")
}

impl<T: Default> Default for Serde<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<T> for Serde<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T> Deref for Serde<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            Some(value) => value,
            None => placeholder(),
        }
    }
}

impl<T> DerefMut for Serde<T> {
    fn deref_mut(&mut self) -> &mut T {
        match &mut self.0 {
            Some(value) => value,
            None => placeholder(),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Serde<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for Serde<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Serialize> Serialize for Serde<T> {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de, T: serde_core::Deserialize<'de>> serde_core::Deserialize<'de> for Serde<T> {
    fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}

impl<T: Serialize + DeserializeOwned + 'static> Decode for Serde<T> {
    fn empty() -> Self {
        Self(None)
    }

    fn expected(&self) -> Cow<'static, str> {
        "a value that serde decodes".into()
    }

    fn wants_digits() -> bool {
        true
    }

    fn digits(&mut self, digits: &str, _: Mode) -> Result<(), Mismatch> {
        self.0 = Some(of_digits(digits)?);
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
        self.0 = Some(by_serde(json)?);
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
