//! Arrays and maps.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::codec::{
    Array, Decode, Encode, Entries, Fill, ListView, Mismatch, Mode, ObjectView, Scalar, Shape, View,
};

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

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn empty() -> Self {
        Self::new()
    }

    fn expected(&self) -> Cow<'static, str> {
        "an object".into()
    }

    fn scalar(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        if mode.coerces() && scalar == Scalar::Null {
            self.clear();
            return Ok(());
        }
        Err(Mismatch::expected("an object"))
    }

    fn object(&mut self, fill: &mut Fill<'_>) -> Result<(), Mismatch> {
        self.clear();
        fill(Shape::none(), &mut [], Some(self));
        Ok(())
    }
}

impl<T: Decode> Entries for BTreeMap<String, T> {
    fn of_digits(&self) -> bool {
        T::wants_digits()
    }

    fn entry(&mut self, key: String) -> &mut dyn Decode {
        let entry = self.entry(key).and_modify(|slot| *slot = T::empty());
        entry.or_insert_with(T::empty)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl<T: Encode> ObjectView for BTreeMap<String, T> {
    fn each(&self, property: &mut dyn FnMut(&str, &dyn Encode)) {
        for (name, value) in self {
            property(name, value);
        }
    }
}
