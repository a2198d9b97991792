//! Values that are strings of a certain format.

/// Implements `Decode` for a type by its `FromStr`. `$empty` is the placeholder.
macro_rules! decode_text {
    ($name:ty, $empty:expr, $expected:expr) => {
        impl $crate::codec::Decode for $name {
            fn empty() -> Self {
                $empty
            }

            fn expected(&self) -> std::borrow::Cow<'static, str> {
                $expected.into()
            }

            fn scalar(
                &mut self,
                scalar: $crate::codec::Scalar<'_>,
                _: $crate::codec::Mode,
            ) -> Result<(), $crate::codec::Mismatch> {
                if let $crate::codec::Scalar::Text(text) = scalar
                    && let Ok(value) = text.parse()
                {
                    *self = value;
                    return Ok(());
                }
                Err($crate::codec::Mismatch::expected($expected))
            }
        }
    };
}

pub(super) use decode_text;
