//! Containers of at most one value.

use std::any::Any;
use std::borrow::Cow;

use crate::codec::{Array, Decode, Encode, Fill, FromSerde, Mismatch, Mode, Scalar, View, Whole};

impl<T: Decode> Decode for Option<T> {
    fn empty() -> Self {
        None
    }

    fn wants_digits() -> bool {
        T::wants_digits()
    }

    fn digits(&mut self, digits: &str, mode: Mode) -> Result<(), Mismatch> {
        self.insert(T::empty()).digits(digits, mode)
    }

    fn expected(&self) -> Cow<'static, str> {
        T::empty().expected()
    }

    fn origin(&mut self) -> Option<&mut dyn Any> {
        self.as_mut()?.origin()
    }

    fn tolerates_absence(&self) -> bool {
        true
    }

    fn scalar(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        if scalar == Scalar::Null {
            *self = None;
            return Ok(());
        }
        self.insert(T::empty()).scalar(scalar, mode)
    }

    fn array(&mut self) -> Result<&mut dyn Array, Mismatch> {
        self.insert(T::empty()).array()
    }

    fn object(&mut self, fill: &mut Fill<'_>) -> Result<(), Mismatch> {
        self.insert(T::empty()).object(fill)
    }

    fn close(&mut self, mode: Mode) -> Result<(), Mismatch> {
        self.as_mut().map_or(Ok(()), |value| value.close(mode))
    }

    fn whole(&mut self) -> Option<&mut dyn Whole> {
        self.insert(T::empty()).whole()
    }

    fn by_serde(&mut self) -> Option<&mut dyn FromSerde> {
        self.insert(T::empty()).by_serde()
    }
}

impl<T: Encode> Encode for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Null, Encode::view)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn empty() -> Self {
        Self::new(T::empty())
    }

    fn wants_digits() -> bool {
        T::wants_digits()
    }

    fn digits(&mut self, digits: &str, mode: Mode) -> Result<(), Mismatch> {
        (**self).digits(digits, mode)
    }

    fn expected(&self) -> Cow<'static, str> {
        (**self).expected()
    }

    fn origin(&mut self) -> Option<&mut dyn Any> {
        (**self).origin()
    }

    fn tolerates_absence(&self) -> bool {
        (**self).tolerates_absence()
    }

    fn scalar(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        (**self).scalar(scalar, mode)
    }

    fn array(&mut self) -> Result<&mut dyn Array, Mismatch> {
        (**self).array()
    }

    fn object(&mut self, fill: &mut Fill<'_>) -> Result<(), Mismatch> {
        (**self).object(fill)
    }

    fn close(&mut self, mode: Mode) -> Result<(), Mismatch> {
        (**self).close(mode)
    }

    fn whole(&mut self) -> Option<&mut dyn Whole> {
        (**self).whole()
    }

    fn by_serde(&mut self) -> Option<&mut dyn FromSerde> {
        (**self).by_serde()
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}
