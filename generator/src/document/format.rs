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
}

/// The formats of the `OpenAPI` registry and of JSON Schema that are in use. `lower/schema/scalar.rs` chooses
/// the Rust type of each.
const FORMATS: &[Format] = &[
    row("int32", Integer),
    row("int64", Integer),
    row("uint32", Integer),
    row("uint64", Integer),
    row("float", Number),
    row("double", Number),
    row("uuid", String),
    row("date", String),
    row("date-time", String),
    row("byte", String),
    row("binary", String),
    row("password", String),
    shown("time", "12:56:34Z"),
    shown("duration", "P1D"),
    shown("uri", "https://example.com/"),
    shown("url", "https://example.com/"),
    shown("iri", "https://example.com/"),
    shown("uri-reference", "https://example.com/"),
    shown("email", "someone@example.com"),
    shown("idn-email", "someone@example.com"),
    shown("hostname", "example.com"),
    shown("idn-hostname", "example.com"),
    shown("ipv4", "192.0.2.1"),
    shown("ipv6", "2001:db8::1"),
];

const fn row(name: &'static str, simple_type: SimpleType) -> Format {
    Format {
        name,
        simple_type,
        sample: None,
    }
}

const fn shown(name: &'static str, sample: &'static str) -> Format {
    Format {
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

    /// Whether no string can have both formats, because their Rust types differ.
    pub(crate) fn exclude(one: &str, other: &str) -> bool {
        const TYPED: [&str; 3] = ["uuid", "date", "date-time"];
        one != other && TYPED.contains(&one) && TYPED.contains(&other)
    }
}
