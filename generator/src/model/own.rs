//! Types of other crates.

use super::{Scalar, Trait};

/// A type of another crate that is used for a format or a schema.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OwnType {
    /// Its path: `::rust_decimal::Decimal`.
    pub path: String,
    /// The scalar that it replaces, if it replaces a scalar.
    pub base: Option<Scalar>,
}

/// A type that the runtime deserializes and serializes itself.
struct Known {
    path: &'static str,
    /// Whether its values are JSON numbers, as opposed to strings.
    is_number: bool,
    /// The required feature of the runtime.
    feature: Option<&'static str>,
    /// Whether it has a `Default`.
    has_default: bool,
}

const KNOWN: &[Known] = &[
    text("::std::net::IpAddr", None, false),
    text("::std::net::Ipv4Addr", None, false),
    text("::std::net::Ipv6Addr", None, false),
    text("::std::string::String", None, true),
    text("::chrono::DateTime<::chrono::Utc>", Some("chrono"), true),
    text(
        "::chrono::DateTime<::chrono::FixedOffset>",
        Some("chrono"),
        true,
    ),
    text("::chrono::NaiveDate", Some("chrono"), true),
    text("::chrono::NaiveDateTime", Some("chrono"), true),
    text("::chrono::NaiveTime", Some("chrono"), true),
    text("::time::Date", Some("time"), false),
    text("::time::OffsetDateTime", Some("time"), false),
    text("::url::Url", Some("url"), false),
    Known {
        path: "::rust_decimal::Decimal",
        is_number: true,
        feature: Some("rust_decimal"),
        has_default: true,
    },
];

const fn text(path: &'static str, feature: Option<&'static str>, has_default: bool) -> Known {
    Known {
        path,
        is_number: false,
        feature,
        has_default,
    }
}

impl OwnType {
    /// Whether the runtime deserializes and serializes the type itself. All others use serde, in `Serde<…>`.
    pub fn is_known(&self) -> bool {
        self.known().is_some()
    }

    /// Whether it deserializes numbers from their digits, and not from an `f64`.
    pub fn wants_digits(&self) -> bool {
        self.known().is_none_or(|known| known.is_number)
    }

    /// The required feature of the runtime.
    pub(crate) fn feature(&self) -> Option<&'static str> {
        self.known()?.feature
    }

    /// The traits that it is known to implement. All types that the codec knows can be compared and hashed.
    pub(crate) fn traits(&self) -> &'static [Trait] {
        match self.known() {
            None => &[],
            Some(known) if known.has_default => &Trait::ALL,
            Some(_) => &[Trait::Eq, Trait::Hash, Trait::Ord],
        }
    }

    /// The scalar whose sample value is most likely a valid value of this type.
    pub(crate) fn sampled(&self) -> Option<Scalar> {
        let text = [Scalar::String, Scalar::Secret, Scalar::Base64, Scalar::File];
        self.base.filter(|base| !text.contains(base))
    }

    fn known(&self) -> Option<&'static Known> {
        let base = self.base?;
        let fits = |known: &&Known| known.path == self.path && known.is_number == base.is_number();
        KNOWN.iter().find(fits).filter(|_| base != Scalar::Bool)
    }
}
