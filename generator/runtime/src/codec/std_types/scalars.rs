//! Strings, booleans and numbers.

use std::borrow::Cow;

use crate::codec::{Decode, Encode, Mismatch, Mode, Scalar, View};

impl Decode for String {
    fn empty() -> Self {
        Self::new()
    }

    fn expected(&self) -> Cow<'static, str> {
        "a string".into()
    }

    fn scalar(&mut self, scalar: Scalar<'_>, _: Mode) -> Result<(), Mismatch> {
        match scalar {
            Scalar::Text(text) => {
                *self = String::from(text);
                Ok(())
            }
            _ => Err(Mismatch::expected("a string")),
        }
    }
}

impl Encode for String {
    fn view(&self) -> View<'_> {
        View::Text(self)
    }
}

impl Encode for str {
    fn view(&self) -> View<'_> {
        View::Text(self)
    }
}

impl Decode for bool {
    fn empty() -> Self {
        false
    }

    fn expected(&self) -> Cow<'static, str> {
        "a boolean".into()
    }

    fn scalar(&mut self, scalar: Scalar<'_>, _: Mode) -> Result<(), Mismatch> {
        match scalar {
            Scalar::Bool(value) => {
                *self = value;
                Ok(())
            }
            _ => Err(Mismatch::expected("a boolean")),
        }
    }
}

impl Encode for bool {
    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }
}

/// Converts a scalar to an integer type with these bounds.
fn whole<T: TryFrom<i64> + TryFrom<u64>>(
    scalar: Scalar<'_>,
    mode: Mode,
    (least, greatest): (T, T),
) -> Result<T, Mismatch>
where
    i128: From<T>,
{
    let integer = match scalar {
        Scalar::Integer(value) => T::try_from(value).ok(),
        Scalar::Unsigned(value) => T::try_from(value).ok(),
        Scalar::Float(value) if !mode.is_strict() && value.fract() == 0.0 => {
            exact(value).and_then(|value| T::try_from(value).ok())
        }
        _ => return Err(Mismatch::expected("an integer")),
    };
    integer.ok_or_else(|| range(least.into(), greatest.into()))
}

/// Converts a whole number, if it fits an `i64`.
fn exact(value: f64) -> Option<i64> {
    const END: f64 = 9_223_372_036_854_775_808.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the value is whole and within the range"
    )]
    (-END..END).contains(&value).then_some(value as i64)
}

macro_rules! integers {
    ($($integer:ident as $view:ident($wide:ident),)*) => { $(
        impl Decode for $integer {
            fn empty() -> Self {
                0
            }

            fn expected(&self) -> Cow<'static, str> {
                "an integer".into()
            }

            fn scalar(&mut self, scalar: Scalar<'_>, mode: Mode) -> Result<(), Mismatch> {
                *self = whole(scalar, mode, ($integer::MIN, $integer::MAX))?;
                Ok(())
            }
        }

        impl Encode for $integer {
            fn view(&self) -> View<'_> {
                View::$view($wide::from(*self))
            }
        }
    )* };
}

integers! {
    i32 as Integer(i64),
    i64 as Integer(i64),
    u32 as Integer(i64),
    u64 as Unsigned(u64),
}

#[cold]
fn range(least: i128, greatest: i128) -> Mismatch {
    Mismatch::expected(format!("an integer from {least} to {greatest}"))
}

fn number(scalar: Scalar<'_>) -> Result<f64, Mismatch> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a float is the nearest value to the number"
    )]
    match scalar {
        Scalar::Integer(value) => Ok(value as f64),
        Scalar::Unsigned(value) => Ok(value as f64),
        Scalar::Float(value) => Ok(value),
        _ => Err(Mismatch::expected("a number")),
    }
}

impl Decode for f64 {
    fn empty() -> Self {
        0.0
    }

    fn expected(&self) -> Cow<'static, str> {
        "a number".into()
    }

    fn scalar(&mut self, scalar: Scalar<'_>, _: Mode) -> Result<(), Mismatch> {
        *self = number(scalar)?;
        Ok(())
    }
}

impl Encode for f64 {
    fn view(&self) -> View<'_> {
        View::Float(*self)
    }
}

impl Decode for f32 {
    fn empty() -> Self {
        0.0
    }

    fn expected(&self) -> Cow<'static, str> {
        "a number".into()
    }

    fn scalar(&mut self, scalar: Scalar<'_>, _: Mode) -> Result<(), Mismatch> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the nearest value is intended, and checked"
        )]
        let value = number(scalar)? as f32;
        if !value.is_finite() {
            return Err(Mismatch::expected("a number of single precision"));
        }
        *self = value;
        Ok(())
    }
}

impl Encode for f32 {
    /// Returns the shortest decimal number that parses to this value: `0.1`, where a plain conversion gives
    /// `0.10000000149011612`.
    fn view(&self) -> View<'_> {
        View::Float(
            self.to_string()
                .parse()
                .unwrap_or_else(|_| f64::from(*self)),
        )
    }
}
