//! How forgiving a reading is.

/// How forgiving the reading is.
///
/// Answers are read leniently: an integer may be written `55.0`, a single scalar stands for a list of one, null for
/// an empty list, and an open enum keeps a word it does not know. A union counts each such courtesy against the
/// alternative that needs it, so that none makes the wrong one fit.
#[derive(Debug, Clone, Copy)]
pub struct Mode {
    strictness: Strictness,
    /// Whether the values come from a header or a form, where each is a text.
    of_texts: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strictness {
    Lenient,
    /// Lenient, but a scalar stays a scalar.
    Plain,
    Strict,
}

impl Mode {
    /// A server's slip that costs nothing is taken.
    pub const LENIENT: Self = Self {
        strictness: Strictness::Lenient,
        of_texts: false,
    };

    /// The value must be what the description says, to the letter.
    pub const STRICT: Self = Self {
        strictness: Strictness::Strict,
        of_texts: false,
    };

    /// Lenient, and a text stands for whatever it can mean: a number, a boolean, JSON.
    pub(super) const TEXTS: Self = Self {
        of_texts: true,
        ..Self::LENIENT
    };

    /// Whether the value must be what the description says, to the letter.
    pub fn is_strict(self) -> bool {
        self.strictness == Strictness::Strict
    }

    /// Whether a scalar may stand for a list of one, and null for an empty list or map.
    pub fn coerces(self) -> bool {
        self.strictness == Strictness::Lenient
    }

    /// Whether a text stands for whatever it can mean.
    pub(super) fn is_of_texts(self) -> bool {
        self.of_texts
    }

    /// The same for JSON, where a text is a text.
    pub(super) fn to_json(self) -> Self {
        Self {
            of_texts: false,
            ..self
        }
    }

    /// The same, but a scalar stays a scalar.
    ///
    /// So it is for the element of a list of one, since a list that may hold itself would go on for ever, and for a
    /// scalar in a union, which keeps what fits no alternative better than a list would.
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
