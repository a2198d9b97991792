//! The table of the known values of `format`.

use super::SimpleType;
use SimpleType::{Integer, Number, String};

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

/// The formats of the `OpenAPI` registry and of JSON Schema that are in use. `lower/schema/scalar.rs` chooses
/// the Rust type of each.
const FORMATS: &[Format] = &[
    row("int32", Integer, "An integer of 32 bits: `i32` in Rust."),
    row("int64", Integer, "An integer of 64 bits: `i64` in Rust."),
    row(
        "uint32",
        Integer,
        "An integer of 32 bits without a sign: `i64` in Rust.",
    ),
    row(
        "uint64",
        Integer,
        "An integer of 64 bits without a sign: `u64` in Rust.",
    ),
    row("float", Number, "A number of 32 bits: `f64` in Rust."),
    row("double", Number, "A number of 64 bits: `f64` in Rust."),
    row("uuid", String, "A UUID: `Uuid` in Rust."),
    row(
        "date",
        String,
        "A date, such as `2024-05-17`: `Date` in Rust.",
    ),
    row(
        "date-time",
        String,
        "A date with a time, such as `2024-05-17T08:30:00Z`: `Timestamp` in Rust.",
    ),
    row("byte", String, "Bytes in Base64: `Base64` in Rust."),
    row(
        "binary",
        String,
        "Bytes: a file or a body as it is; in JSON a `String` in Rust.",
    ),
    row(
        "password",
        String,
        "A secret: `Secret` in Rust, which is never shown.",
    ),
    shown(
        "time",
        "12:56:34Z",
        "A time with an offset: `String` in Rust.",
    ),
    shown(
        "duration",
        "P1D",
        "A duration of ISO 8601: `String` in Rust.",
    ),
    shown("uri", "https://example.com/", "A URI: `String` in Rust."),
    shown("url", "https://example.com/", "A URL: `String` in Rust."),
    shown(
        "iri",
        "https://example.com/",
        "A URI with any characters: `String` in Rust.",
    ),
    shown(
        "uri-reference",
        "https://example.com/",
        "A URI, or one that is relative: `String` in Rust.",
    ),
    shown(
        "email",
        "someone@example.com",
        "An e-mail address: `String` in Rust.",
    ),
    shown(
        "idn-email",
        "someone@example.com",
        "An e-mail address with any characters: `String` in Rust.",
    ),
    shown(
        "hostname",
        "example.com",
        "The name of a host: `String` in Rust.",
    ),
    shown(
        "idn-hostname",
        "example.com",
        "The name of a host with any characters: `String` in Rust.",
    ),
    shown("ipv4", "192.0.2.1", "An IPv4 address: `String` in Rust."),
    shown("ipv6", "2001:db8::1", "An IPv6 address: `String` in Rust."),
];

const fn row(name: &'static str, simple_type: SimpleType, docs: &'static str) -> Format {
    Format {
        docs,
        name,
        simple_type,
        sample: None,
    }
}

const fn shown(name: &'static str, sample: &'static str, docs: &'static str) -> Format {
    Format {
        docs,
        name,
        simple_type: String,
        sample: Some(sample),
    }
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
