//! How forgiving a reading is, and how much work its unions may make.

use std::cell::Cell;

use serde_json::Value;

/// How forgiving the reading is.
///
/// Answers are read leniently: an integer may be written `55.0`, a single scalar stands for a list of one, null for
/// an empty list, and an open enum keeps a word it does not know. A union tries its alternatives strictly first,
/// so that no such courtesy makes the wrong one fit.
#[derive(Debug, Clone, Copy)]
pub struct Mode<'a> {
    strictness: Strictness,
    /// Whether the values come from a header or a form, where each is a text.
    of_texts: bool,
    /// How many values the alternatives of the outermost union may still be tried on.
    budget: Option<&'a Cell<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strictness {
    Lenient,
    /// Lenient, but a scalar stays a scalar.
    Plain,
    Strict,
}

impl Mode<'_> {
    /// A server's slip that costs nothing is taken.
    pub const LENIENT: Self = Self {
        strictness: Strictness::Lenient,
        of_texts: false,
        budget: None,
    };

    /// The value must be what the description says, to the letter.
    pub const STRICT: Self = Self {
        strictness: Strictness::Strict,
        of_texts: false,
        budget: None,
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

    /// Calls `resolve` with a budget for `json`: the one there is, or a new one for an outermost union.
    pub(super) fn with_budget<T>(self, json: &Value, resolve: impl FnOnce(Mode<'_>) -> T) -> T {
        if self.budget.is_some() {
            return resolve(self);
        }
        let budget = Cell::new(size(json).saturating_mul(64).saturating_add(100_000));
        resolve(Mode {
            budget: Some(&budget),
            ..self
        })
    }

    /// Whether one more alternative may be tried on `json`.
    ///
    /// Unions that hold each other and can't be told apart make the work grow exponentially with the depth, and a
    /// server could send a text that is made for that. Real ones stay far below the budget.
    pub(super) fn affords(self, json: &Value) -> bool {
        let Some(budget) = self.budget else {
            return true;
        };
        let left = budget.get().checked_sub(size(json));
        budget.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// The number of values in a value.
fn size(json: &Value) -> usize {
    1 + match json {
        Value::Array(elements) => elements.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
