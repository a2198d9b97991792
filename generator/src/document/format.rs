//! The table of the known values of `format`.

use super::SimpleType;

/// A format.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Format {
    /// `date-time`
    pub name: &'static str,
    /// The type of a schema with this format and without `type`.
    pub simple_type: SimpleType,
    /// An example string; `None` for numbers, and for formats with their own Rust type.
    pub sample: Option<&'static str>,
    /// What it describes, as a sentence.
    pub docs: &'static str,
}

/// Lists formats: the name, the type of a schema without `type`, an example where the Rust type is `String`, and what the
/// format describes.
macro_rules! formats {
    (@sample) => { None };
    (@sample $sample:literal) => { Some($sample) };
    ($($name:literal $simple_type:ident $($sample:literal)?, $docs:literal;)*) => {
        /// The formats of the `OpenAPI` registry and of JSON Schema that are in use. `lower/schema/scalar.rs` chooses
        /// the Rust type of each.
        const FORMATS: &[Format] = &[$(Format {
            name: $name,
            simple_type: SimpleType::$simple_type,
            sample: formats!(@sample $($sample)?),
            docs: $docs,
        }),*];
    };
}

formats! {
    "int32" Integer, "An integer of 32 bits: `i32` in Rust.";
    "int64" Integer, "An integer of 64 bits: `i64` in Rust.";
    "uint32" Integer, "An integer of 32 bits without a sign: `i64` in Rust.";
    "uint64" Integer, "An integer of 64 bits without a sign: `u64` in Rust.";
    "float" Number, "A number of 32 bits: `f64` in Rust.";
    "double" Number, "A number of 64 bits: `f64` in Rust.";
    "uuid" String, "A UUID: `Uuid` in Rust.";
    "date" String, "A date, such as `2024-05-17`: `Date` in Rust.";
    "date-time" String, "A date with a time, such as `2024-05-17T08:30:00Z`: `Timestamp` in Rust.";
    "byte" String, "Bytes in Base64: `Base64` in Rust.";
    "binary" String, "Bytes: a file or a body as it is; in JSON a `String` in Rust.";
    "password" String, "A secret: `Secret` in Rust, which is never shown.";
    "time" String "12:56:34Z", "A time with an offset: `String` in Rust.";
    "duration" String "P1D", "A duration of ISO 8601: `String` in Rust.";
    "uri" String "https://example.com/", "A URI: `String` in Rust.";
    "url" String "https://example.com/", "A URL: `String` in Rust.";
    "iri" String "https://example.com/", "A URI with any characters: `String` in Rust.";
    "uri-reference" String "https://example.com/", "A URI, or one that is relative: `String` in Rust.";
    "email" String "someone@example.com", "An e-mail address: `String` in Rust.";
    "idn-email" String "someone@example.com", "An e-mail address with any characters: `String` in Rust.";
    "hostname" String "example.com", "The name of a host: `String` in Rust.";
    "idn-hostname" String "example.com", "The name of a host with any characters: `String` in Rust.";
    "ipv4" String "192.0.2.1", "An IPv4 address: `String` in Rust.";
    "ipv6" String "2001:db8::1", "An IPv6 address: `String` in Rust.";
}

impl Format {
    /// The format of this name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        FORMATS.iter().copied().find(|format| format.name == name)
    }

    /// The names of all formats.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|format| format.name)
    }

    /// The names of all formats, each with what it describes.
    pub(crate) fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
        FORMATS.iter().map(|format| (format.name, format.docs))
    }

    /// Whether no string can have both formats, because their Rust types differ.
    pub(crate) fn exclude(one: &str, other: &str) -> bool {
        const TYPED: [&str; 3] = ["uuid", "date", "date-time"];
        one != other && TYPED.contains(&one) && TYPED.contains(&other)
    }
}
