/// Implements an enum of JSON strings.
///
/// With `else Unknown` the enum is open: an unknown value is kept in that variant, and any string can be converted
/// (`From<&str>`, `From<String>`). Otherwise it is closed: an unknown value is an error, which lists the known ones.
///
/// ```
/// use specwright_runtime::prelude::*;
///
/// #[derive(Debug, Clone, PartialEq, Eq, Hash)]
/// pub enum Status {
///     Connected,
///     NotConnected,
///     Unknown(String),
/// }
///
/// text_enum!(Status { Connected = "CONNECTED", NotConnected = "NOT_CONNECTED" } else Unknown);
///
/// assert_eq!(Status::from("CONNECTED"), Status::Connected);
/// assert_eq!(Status::from("SOON").as_str(), "SOON");
/// ```
#[macro_export]
macro_rules! text_enum {
    ($name:ident { $($variant:ident = $value:literal),+ $(,)? } else $unknown:ident) => {
        impl $name {
            /// Returns the JSON string.
            pub fn as_str(&self) -> &::core::primitive::str {
                match self {
                    $(Self::$variant => $value,)+
                    Self::$unknown(value) => value,
                }
            }
        }

        impl ::core::convert::From<&::core::primitive::str> for $name {
            fn from(value: &::core::primitive::str) -> Self {
                match <Self as $crate::codec::TextEnum>::listed(value) {
                    ::core::option::Option::Some(listed) => listed,
                    ::core::option::Option::None => Self::$unknown(::std::string::String::from(value)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                match <Self as $crate::codec::TextEnum>::listed(&value) {
                    ::core::option::Option::Some(listed) => listed,
                    ::core::option::Option::None => Self::$unknown(value),
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(value: &::core::primitive::str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(<Self as ::core::convert::From<&::core::primitive::str>>::from(value))
            }
        }

        $crate::text_enum!(@codec $name [$($variant $value)+] [
            fn other(value: &::core::primitive::str) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::$unknown(::std::string::String::from(value)))
            }
        ]);
        $crate::enum_impls!($name TextEnum Self::$unknown(::std::string::String::new()));
    };
    ($name:ident { $first:ident = $value:literal $(, $variant:ident = $other:literal)* $(,)? }) => {
        impl $name {
            /// Returns the JSON string.
            pub fn as_str(&self) -> &'static ::core::primitive::str {
                match self {
                    Self::$first => $value,
                    $(Self::$variant => $other,)*
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::ParseValueError;

            fn from_str(value: &::core::primitive::str) -> ::core::result::Result<Self, $crate::ParseValueError> {
                <Self as $crate::codec::TextEnum>::parse(value)
            }
        }

        $crate::text_enum!(@codec $name [$first $value $($variant $other)*] []);
        $crate::enum_impls!($name TextEnum Self::$first);
    };
    (@codec $name:ident [$($variant:ident $value:literal)+] [$($other:item)?]) => {
        impl $crate::codec::TextEnum for $name {
            const VALUES: &'static [&'static ::core::primitive::str] = &[$($value),+];

            fn listed(value: &::core::primitive::str) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match value {
                    $($value => Self::$variant,)+
                    _ => return ::core::option::Option::None,
                })
            }

            $($other)?
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::codec::Encode for $name {
            fn view(&self) -> $crate::codec::View<'_> {
                $crate::codec::View::Text(self.as_str())
            }
        }
    };
}

/// Implements an enum of JSON integers.
///
/// With `else Unknown` the enum is open: an unknown value is kept in that variant, and any `i64` can be converted
/// (`From<i64>`). Otherwise it is closed: an unknown value is an error, which lists the known ones (`TryFrom<i64>`).
///
/// ```
/// use specwright_runtime::prelude::*;
///
/// #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
/// pub enum Priority {
///     Low,
///     High,
/// }
///
/// integer_enum!(Priority { Low = -1, High = 1 });
///
/// assert_eq!(Priority::High.value(), 1);
/// assert_eq!(Priority::try_from(7).unwrap_err().to_string(), "expected one of -1, 1");
/// ```
#[macro_export]
macro_rules! integer_enum {
    ($name:ident { $($variant:ident = $value:literal),+ $(,)? } else $unknown:ident) => {
        impl $name {
            /// Returns the JSON integer.
            pub fn value(&self) -> ::core::primitive::i64 {
                match self {
                    $(Self::$variant => $value,)+
                    Self::$unknown(value) => *value,
                }
            }
        }

        impl ::core::convert::From<::core::primitive::i64> for $name {
            fn from(value: ::core::primitive::i64) -> Self {
                match <Self as $crate::codec::IntegerEnum>::listed(value) {
                    ::core::option::Option::Some(listed) => listed,
                    ::core::option::Option::None => Self::$unknown(value),
                }
            }
        }

        $crate::integer_enum!(@codec $name [$($variant $value)+] [
            fn other(value: ::core::primitive::i64) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::$unknown(value))
            }
        ]);
        $crate::enum_impls!($name IntegerEnum Self::$unknown(0));
    };
    ($name:ident { $first:ident = $value:literal $(, $variant:ident = $other:literal)* $(,)? }) => {
        impl $name {
            /// Returns the JSON integer.
            pub fn value(&self) -> ::core::primitive::i64 {
                match self {
                    Self::$first => $value,
                    $(Self::$variant => $other,)*
                }
            }
        }

        impl ::core::convert::TryFrom<::core::primitive::i64> for $name {
            type Error = $crate::ParseValueError;

            fn try_from(value: ::core::primitive::i64) -> ::core::result::Result<Self, $crate::ParseValueError> {
                <Self as $crate::codec::IntegerEnum>::from_value(value)
            }
        }

        $crate::integer_enum!(@codec $name [$first $value $($variant $other)*] []);
        $crate::enum_impls!($name IntegerEnum Self::$first);
    };
    (@codec $name:ident [$($variant:ident $value:literal)+] [$($other:item)?]) => {
        impl $crate::codec::IntegerEnum for $name {
            const VALUES: &'static [::core::primitive::i64] = &[$($value),+];

            fn listed(value: ::core::primitive::i64) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match value {
                    $($value => Self::$variant,)+
                    _ => return ::core::option::Option::None,
                })
            }

            $($other)?
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::ParseValueError;

            fn from_str(digits: &::core::primitive::str) -> ::core::result::Result<Self, $crate::ParseValueError> {
                <Self as $crate::codec::IntegerEnum>::parse(digits)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl $crate::codec::Encode for $name {
            fn view(&self) -> $crate::codec::View<'_> {
                $crate::codec::View::Integer(self.value())
            }
        }
    };
}

/// Implements `Decode` for both kinds of enums, by the trait `$kind`. `$empty` is the placeholder.
#[doc(hidden)]
#[macro_export]
macro_rules! enum_impls {
    ($name:ident $kind:ident $empty:expr) => {
        impl $crate::codec::Decode for $name {
            fn empty() -> Self {
                $empty
            }

            fn expected(&self) -> $crate::macro_support::Expected {
                <Self as $crate::codec::$kind>::expected()
            }

            fn scalar(
                &mut self,
                scalar: $crate::codec::Scalar<'_>,
                mode: $crate::codec::Mode,
            ) -> ::core::result::Result<(), $crate::codec::Mismatch> {
                <Self as $crate::codec::$kind>::take(self, scalar, mode)
            }
        }

        $crate::serde_impls!($name);
    };
}
