//! Scalar values.

/// Values with a type in the runtime or std.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// `String`
    String,
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u64`
    U64,
    /// `f64`
    F64,
    /// `Decimal`: a number with all its digits.
    Decimal,
    /// `Uuid`
    Uuid,
    /// `Timestamp`: RFC 3339, UTC if there is no offset.
    Timestamp,
    /// `Date`: `2020-03-27`.
    Date,
    /// `Secret`: redacted in `Debug`.
    Secret,
    /// `Base64`: bytes, base64 in JSON.
    Base64,
    /// `File`: only a part of a multipart body.
    File,
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
