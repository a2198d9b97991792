//! Scalar values.

use super::derive::Trait::{self, Default, Eq, Hash, Ord};

/// Lists scalars: the name of each type, and the standard traits that it implements. `tests/own_types.rs` compares the
/// table with the types.
macro_rules! scalars {
    ($($(#[$docs:meta])* $scalar:ident = $name:literal $traits:expr;)*) => {
        /// Values with a type in the runtime or std.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Scalar {
            $($(#[$docs])* $scalar,)*
        }

        impl Scalar {
            /// All scalars.
            pub const ALL: &[Self] = &[$(Self::$scalar),*];

            /// The name of its type.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$scalar => $name,)*
                }
            }

            /// The standard traits that its type implements.
            pub(crate) fn traits(self) -> &'static [Trait] {
                match self {
                    $(Self::$scalar => &$traits,)*
                }
            }
        }
    };
}

scalars! {
    /// A string.
    String = "String" [Eq, Hash, Ord, Default];
    /// A boolean.
    Bool = "bool" [Eq, Hash, Ord, Default];
    /// An integer of 32 bits.
    I32 = "i32" [Eq, Hash, Ord, Default];
    /// An integer of 64 bits.
    I64 = "i64" [Eq, Hash, Ord, Default];
    /// An integer of 64 bits without a sign.
    U64 = "u64" [Eq, Hash, Ord, Default];
    /// A number.
    F64 = "f64" [Default];
    /// A number with all its digits.
    Decimal = "Decimal" [Eq, Hash, Default];
    /// A UUID.
    Uuid = "Uuid" [Eq, Hash, Ord, Default];
    /// A timestamp of RFC 3339, in UTC if there is no offset.
    Timestamp = "Timestamp" [Eq, Hash, Ord];
    /// A date: `2020-03-27`.
    Date = "Date" [Eq, Hash, Ord];
    /// A string that is redacted in `Debug`.
    Secret = "Secret" [Eq, Default];
    /// Bytes, base64 in JSON.
    Base64 = "Base64" [Eq, Hash, Default];
    /// A file: only a part of a multipart body.
    File = "File" [Eq, Default];
}

impl Scalar {
    /// Whether it is a JSON number.
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Self::I32 | Self::I64 | Self::U64 | Self::F64 | Self::Decimal
        )
    }

    /// Whether its type rejects most values, so that a value that it accepts is almost certainly meant.
    pub fn is_specific(self) -> bool {
        matches!(self, Self::Bool | Self::Uuid | Self::Timestamp | Self::Date)
    }

    /// Whether the `Display` output of a value is its text in a path.
    pub fn displays(self) -> bool {
        !matches!(self, Self::Secret | Self::Base64 | Self::File)
    }

    /// A sample value as JSON text.
    pub fn sample(self) -> &'static str {
        match self {
            Self::String | Self::Secret => "\"sample\"",
            Self::Bool => "true",
            Self::I32 | Self::I64 | Self::U64 => "7",
            Self::F64 | Self::Decimal => "1.5",
            Self::Uuid => "\"9bd39495-ad21-40f7-a8a6-9c8cf9d6a822\"",
            Self::Date => "\"2020-03-27\"",
            Self::Timestamp => "\"2020-03-27T12:56:34Z\"",
            Self::Base64 | Self::File => "\"c2FtcGxl\"",
        }
    }
}
