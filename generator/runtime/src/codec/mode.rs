//! How lenient decoding is.

/// How lenient decoding is.
///
/// Responses are decoded leniently: an integer can be written `55.0`, a scalar can stand for an array of one element
/// and null for an empty array, and an open enum accepts unknown values. A union prefers the alternative that needs the
/// fewest of these exceptions.
#[derive(Debug, Clone, Copy)]
pub struct Mode {
    strictness: Strictness,
    /// Whether the values come from a header or a form, where all of them are strings.
    of_texts: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strictness {
    Lenient,
    /// Lenient, but a scalar does not stand for an array.
    Plain,
    Strict,
}

impl Mode {
    /// Accepts harmless mistakes of servers.
    pub const LENIENT: Self = Self {
        strictness: Strictness::Lenient,
        of_texts: false,
    };

    /// Accepts only values that match the description exactly.
    pub const STRICT: Self = Self {
        strictness: Strictness::Strict,
        of_texts: false,
    };

    /// Lenient, and a string is also accepted for a number, a boolean or JSON that it can stand for.
    pub(super) const TEXTS: Self = Self {
        of_texts: true,
        ..Self::LENIENT
    };

    /// Whether only values that match the description exactly are accepted.
    pub fn is_strict(self) -> bool {
        self.strictness == Strictness::Strict
    }

    /// Whether a scalar can stand for an array of one element, and null for an empty array or map.
    pub fn coerces(self) -> bool {
        self.strictness == Strictness::Lenient
    }

    /// Whether a string is also accepted for a value that it can stand for.
    pub(super) fn is_of_texts(self) -> bool {
        self.of_texts
    }

    /// Returns the same mode for JSON, where a string is only a string.
    pub(super) fn to_json(self) -> Self {
        Self {
            of_texts: false,
            ..self
        }
    }

    /// Returns the same mode, but a scalar does not stand for an array.
    ///
    /// It is used for the element of an array of one, because the conversion of a recursive array type would not end,
    /// and for a scalar in a union, because the union keeps a value that fits no alternative.
    pub(super) fn to_plain(self) -> Self {
        let strictness = if self.is_strict() {
            Strictness::Strict
        } else {
            Strictness::Plain
        };
        Self { strictness, ..self }
    }

    pub(super) fn to_strict(self) -> Self {
        Self {
            strictness: Strictness::Strict,
            ..self
        }
    }
}
