//! The object-safe side of reading: places that a JSON value is read into.

use std::any::{Any, TypeId};
use std::borrow::Cow;

use super::{Mode, Shape, Whole};

/// A JSON value that has no parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer that an `i64` holds.
    Integer(i64),
    /// An integer beyond the largest `i64`.
    Unsigned(u64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(&'a str),
}

impl Scalar<'_> {
    /// The number of these digits, or the nearest one there is.
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

/// What a place would have taken, said when a value does not fit it.
///
/// One pointer wide, since every read returns one, and boxed because it is seldom made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch(Box<Expectation>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Expectation {
    expected: Cow<'static, str>,
    private: bool,
}

impl Mismatch {
    /// A value does not fit where `expected` (such as `a string`) should be.
    #[cold]
    pub fn expected(expected: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Expectation {
            expected: expected.into(),
            private: false,
        }))
    }

    /// The same mismatch, of a value that no message may repeat.
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

/// A place that a JSON value is read into.
///
/// A type is made empty and then filled in place, which keeps every other method object-safe: the one visitor of
/// this crate drives a `&mut dyn Decode` and never knows the type.
pub trait Decode: Reset + 'static {
    /// Returns a value to fill. What it holds is a placeholder that no user sees.
    fn empty() -> Self
    where
        Self: Sized;

    /// What this place takes, as a message says it: `a string`, `an array`. Most types of an API are objects, and a
    /// method that they need not have is one that a compiler need not check thousands of times.
    fn expected(&self) -> Cow<'static, str> {
        Cow::Borrowed("an object")
    }

    /// Whether the placeholder may stand where a required member is absent.
    fn tolerates_absence(&self) -> bool {
        false
    }

    /// Returns the field that keeps the response that the value was read from, for a value whose own flag can say
    /// that the call failed. The codec does not know its type.
    #[doc(hidden)]
    fn origin(&mut self) -> Option<&mut dyn Any> {
        None
    }

    /// Whether a number is to come by its digits, where its text is at hand.
    fn wants_digits() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Takes a number by its digits.
    ///
    /// # Errors
    /// The number does not fit.
    fn digits(&mut self, digits: &str, mode: Mode) -> Result<(), Mismatch> {
        self.scalar(Scalar::of_digits(digits), mode)
    }

    /// Takes a value without parts.
    ///
    /// # Errors
    /// The value does not fit.
    fn scalar(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
        let _ = (scalar, mode);
        Err(Mismatch::expected(self.expected()))
    }

    /// Begins an array and returns what takes its elements.
    ///
    /// # Errors
    /// An array does not fit.
    fn array(&mut self) -> Result<&mut dyn Array, Mismatch> {
        Err(Mismatch::expected(self.expected()))
    }

    /// Begins an object: calls `fill` once with the places of its members.
    ///
    /// # Errors
    /// An object does not fit; then `fill` is not called.
    fn object(&mut self, fill: &mut Fill<'_>) -> Result<(), Mismatch> {
        let _ = fill;
        Err(Mismatch::expected(self.expected()))
    }

    /// Hears that no further member of the object comes.
    ///
    /// # Errors
    /// The members do not fit as a whole.
    fn close(&mut self, mode: Mode) -> Result<(), Mismatch> {
        let _ = mode;
        Ok(())
    }

    /// Returns the place as one that takes a complete array or object, if it is a union or any JSON.
    fn whole(&mut self) -> Option<&mut dyn Whole> {
        None
    }
}

/// What every place can do, without a word of its type.
pub trait Reset {
    /// Makes the value empty again, for a member that comes twice: the last one counts.
    fn reset(&mut self);

    /// Returns the id of the place's type.
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

/// Whether a place takes an object.
pub(super) fn takes_object(slot: &mut dyn Decode) -> bool {
    slot.object(&mut |_, _, _| {}).is_ok()
}

/// What takes the elements of an array.
pub trait Array {
    /// Whether its elements want numbers by their digits.
    fn of_digits(&self) -> bool {
        false
    }

    /// Returns the place of the element at `index`; indices come in order.
    ///
    /// # Errors
    /// There is none.
    fn element(&mut self, index: usize) -> Result<&mut dyn Decode, Mismatch>;

    /// Hears that no element follows the `len` that came.
    ///
    /// # Errors
    /// The elements are too few, or do not fit as a whole.
    fn finish(&mut self, len: usize, mode: Mode) -> Result<(), Mismatch> {
        let _ = (len, mode);
        Ok(())
    }
}

/// What [`Decode::object`] calls: with the members that are known by name, their places in the same order, and what
/// takes the rest.
pub type Fill<'f> =
    dyn FnMut(&'static Shape, &mut [&mut (dyn Decode + 'static)], Option<&mut dyn Entries>) + 'f;

/// What takes members whatever their names: a map.
pub trait Entries {
    /// Whether its values want numbers by their digits.
    fn of_digits(&self) -> bool {
        false
    }

    /// Returns the place of the member `key`, new and empty even if there was one.
    fn entry(&mut self, key: String) -> &mut dyn Decode;
}

/// Sets a field to the only value it has. One whose type cannot hold that keeps what it is.
#[doc(hidden)]
pub fn set_constant<T: Decode>(slot: &mut T, constant: impl Into<Scalar<'static>>) {
    let _ = slot.scalar(constant.into(), Mode::LENIENT);
}
