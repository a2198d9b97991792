//! The decoding traits: values that JSON is decoded into.

use std::any::{Any, TypeId};
use std::borrow::Cow;

use super::{FromSerde, Mode, Shape, Whole};

/// A JSON value other than an array or object.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer that fits an `i64`.
    Integer(i64),
    /// A larger integer that fits a `u64`.
    Unsigned(u64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(&'a str),
}

impl Scalar<'_> {
    /// Parses a number. One that fits no integer type becomes the nearest `f64`.
    pub(super) fn of_digits(digits: &str) -> Self {
        let integer = digits.parse().map(Self::Integer);
        let integer = integer.or_else(|_| digits.parse().map(Self::Unsigned));
        integer.unwrap_or_else(|_| Self::Float(digits.parse().unwrap_or(f64::NAN)))
    }
}

impl<'a> From<&'a str> for Scalar<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Scalar<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Scalar<'_> {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

/// The error of a value that does not fit its type: what was expected.
///
/// It is boxed because it is rarely created, and every method of [`Decode`] returns a result with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch(Box<Expectation>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Expectation {
    expected: Cow<'static, str>,
    private: bool,
}

impl Mismatch {
    /// Returns the error for `expected`, such as `a string`.
    #[cold]
    pub fn expected(expected: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Expectation {
            expected: expected.into(),
            private: false,
        }))
    }

    /// Marks the value as secret, so that no message shows it.
    #[cold]
    pub fn private(mut self) -> Self {
        self.0.private = true;
        self
    }

    pub(super) fn is_private(&self) -> bool {
        self.0.private
    }

    pub(super) fn into_expected(self) -> String {
        self.0.expected.into_owned()
    }
}

/// A value that JSON is decoded into.
///
/// A value is created empty and then filled in place. All other methods are therefore object-safe: the visitor of this
/// crate works on a `&mut dyn Decode` and is compiled once for all types.
pub trait Decode: Reset + 'static {
    /// Returns the value to fill. Its content is a placeholder, which users do not see.
    fn empty() -> Self
    where
        Self: Sized;

    /// Returns what messages call a value of this type: `a string`, `an array`. The default is for records, which are
    /// most types of an API: a method that they need not implement saves compile time.
    fn expected(&self) -> Cow<'static, str> {
        Cow::Borrowed("an object")
    }

    /// Whether the placeholder is the value of a required property that is missing.
    fn tolerates_absence(&self) -> bool {
        false
    }

    /// Returns the field that keeps the response, if the value has a property that can say that the call failed. The
    /// codec does not know the type of that field.
    #[doc(hidden)]
    fn origin(&mut self) -> Option<&mut dyn Any> {
        None
    }

    /// Whether numbers are decoded by [`digits`](Self::digits) where their JSON text is available.
    fn wants_digits() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Decodes the text of a number.
    ///
    /// # Errors
    /// The number does not fit.
    fn digits(&mut self, digits: &str, mode: Mode) -> Result<(), Mismatch> {
        self.scalar(Scalar::of_digits(digits), mode)
    }

    /// Decodes a scalar.
    ///
    /// # Errors
    /// The value does not fit.
    fn scalar(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        let _ = (scalar, mode);
        Err(Mismatch::expected(self.expected()))
    }

    /// Starts an array, and returns the value that its elements are decoded into.
    ///
    /// # Errors
    /// The type is not an array.
    fn array(&mut self) -> Result<&mut dyn Array, Mismatch> {
        Err(Mismatch::expected(self.expected()))
    }

    /// Starts an object, and calls `fill` once with the values that its properties are decoded into.
    ///
    /// # Errors
    /// The type is not an object; then `fill` is not called.
    fn object(&mut self, fill: &mut Fill<'_>) -> Result<(), Mismatch> {
        let _ = fill;
        Err(Mismatch::expected(self.expected()))
    }

    /// Ends an object, after all its properties.
    ///
    /// # Errors
    /// The properties do not fit together.
    fn close(&mut self, mode: Mode) -> Result<(), Mismatch> {
        let _ = mode;
        Ok(())
    }

    /// Returns this value as one that needs the complete array or object first: a union, or any JSON value.
    fn whole(&mut self) -> Option<&mut dyn Whole> {
        None
    }

    /// Returns this value as one whose arrays and objects serde decodes. It is asked for only if the type is neither an
    /// array nor an object.
    fn by_serde(&mut self) -> Option<&mut dyn FromSerde> {
        None
    }
}

/// The part of [`Decode`] that is the same for all types.
pub trait Reset {
    /// Makes the value empty again, for a duplicate property: the last one counts.
    fn reset(&mut self);

    /// Returns the id of the type.
    fn id(&self) -> TypeId;
}

impl<T: Decode> Reset for T {
    fn reset(&mut self) {
        *self = T::empty();
    }

    fn id(&self) -> TypeId {
        TypeId::of::<T>()
    }
}

/// Whether the type is an object.
pub(super) fn takes_object(slot: &mut dyn Decode) -> bool {
    slot.object(&mut |_, _, _| {}).is_ok()
}

/// A value that the elements of an array are decoded into.
pub trait Array {
    /// Whether the elements are decoded by [`Decode::digits`].
    fn of_digits(&self) -> bool {
        false
    }

    /// Returns the value to decode the element at `index` into. Indices are ascending.
    ///
    /// # Errors
    /// The array has no such element.
    fn element(&mut self, index: usize) -> Result<&mut dyn Decode, Mismatch>;

    /// Ends the array, after `len` elements.
    ///
    /// # Errors
    /// There are too few elements, or they do not fit together.
    fn finish(&mut self, len: usize, mode: Mode) -> Result<(), Mismatch> {
        let _ = (len, mode);
        Ok(())
    }
}

/// The callback of [`Decode::object`]: gets the fields, the values to decode them into, in the same order, and what
/// takes all other properties.
pub type Fill<'f> =
    dyn FnMut(&'static Shape, &mut [&mut (dyn Decode + 'static)], Option<&mut dyn Entries>) + 'f;

/// A map: a value that properties of any name are decoded into.
pub trait Entries {
    /// Whether the values are decoded by [`Decode::digits`].
    fn of_digits(&self) -> bool {
        false
    }

    /// Returns the value to decode the property `key` into. It is empty, even if there was one before.
    fn entry(&mut self, key: String) -> &mut dyn Decode;
}

/// Sets a field to its constant. A field whose type cannot hold the constant is not changed.
#[doc(hidden)]
pub fn set_constant<T: Decode>(slot: &mut T, constant: impl Into<Scalar<'static>>) {
    let _ = slot.scalar(constant.into(), Mode::LENIENT);
}
