//! Arrays and maps.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::codec::{Array, Decode, Encode, Entries, ListView, Mismatch, Mode, Scalar, View};

impl<T: Decode> Decode for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }

    fn expected(&self) -> Cow<'static, str> {
        "an array".into()
    }

    fn scalar(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        self.clear();
        if mode.coerces() {
            if scalar == Scalar::Null {
                return Ok(());
            }
            let mut only = T::empty();
            if only.scalar(scalar, mode.to_plain()).is_ok() {
                self.push(only);
                return Ok(());
            }
        }
        Err(Mismatch::expected("an array"))
    }

    fn array(&mut self) -> Result<&mut dyn Array, Mismatch> {
        self.clear();
        Ok(self)
    }
}

impl<T: Decode> Array for Vec<T> {
    fn of_digits(&self) -> bool {
        T::wants_digits()
    }

    fn element(&mut self, _: usize) -> Result<&mut dyn Decode, Mismatch> {
        self.push(T::empty());
        match self.last_mut() {
            Some(last) => Ok(last),
            None => Err(Mismatch::expected("an array")),
        }
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: Encode> ListView for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn each(&self, item: &mut dyn FnMut(&dyn Encode)) {
        for value in self {
            item(value);
        }
    }
}

/// Implements `Decode` and `Encode` for a map. Its type has to implement [`Entries`] and to have the method `iter`.
macro_rules! map_codec {
    ($map:ty $(, $value:ident)?) => {
        impl$(<$value: $crate::codec::Decode>)? $crate::codec::Decode for $map {
            fn empty() -> Self {
                Self::default()
            }

            fn expected(&self) -> ::std::borrow::Cow<'static, str> {
                "an object".into()
            }

            fn scalar(
                &mut self,
                scalar: $crate::codec::Scalar<'_>,
                mode: $crate::codec::Mode,
            ) -> Result<(), $crate::codec::Mismatch> {
                if mode.coerces() && scalar == $crate::codec::Scalar::Null {
                    *self = Self::default();
                    return Ok(());
                }
                Err($crate::codec::Mismatch::expected("an object"))
            }

            fn object(
                &mut self,
                fill: &mut $crate::codec::Fill<'_>,
            ) -> Result<(), $crate::codec::Mismatch> {
                *self = Self::default();
                fill($crate::codec::Shape::none(), &mut [], Some(self));
                Ok(())
            }
        }

        impl$(<$value: $crate::codec::Encode>)? $crate::codec::Encode for $map {
            fn view(&self) -> $crate::codec::View<'_> {
                $crate::codec::View::Object(self)
            }
        }

        impl$(<$value: $crate::codec::Encode>)? $crate::codec::ObjectView for $map {
            fn each(&self, property: &mut dyn FnMut(&str, &dyn $crate::codec::Encode)) {
                for (name, value) in self.iter() {
                    property(name, value);
                }
            }
        }
    };
}
pub(crate) use map_codec;

map_codec!(BTreeMap<String, T>, T);

impl<T: Decode> Entries for BTreeMap<String, T> {
    fn of_digits(&self) -> bool {
        T::wants_digits()
    }

    fn entry(&mut self, key: String) -> &mut dyn Decode {
        let entry = self.entry(key).and_modify(|slot| *slot = T::empty());
        entry.or_insert_with(T::empty)
    }
}
