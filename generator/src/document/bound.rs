//! The limits of values, as the keywords of a schema state them.

use std::cmp::Ordering;

use serde_json::Value as Json;

use crate::source::{Member, Span, Value};

/// What a limit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Number,
    Length,
    Items,
    Properties,
    Contained,
}

/// The side on which a limit bounds the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Lower,
    Upper,
}

/// The keywords that are limits.
const KEYWORDS: [(&str, Measure, Side); 12] = [
    ("minimum", Measure::Number, Side::Lower),
    ("exclusiveMinimum", Measure::Number, Side::Lower),
    ("maximum", Measure::Number, Side::Upper),
    ("exclusiveMaximum", Measure::Number, Side::Upper),
    ("minLength", Measure::Length, Side::Lower),
    ("maxLength", Measure::Length, Side::Upper),
    ("minItems", Measure::Items, Side::Lower),
    ("maxItems", Measure::Items, Side::Upper),
    ("minProperties", Measure::Properties, Side::Lower),
    ("maxProperties", Measure::Properties, Side::Upper),
    ("minContains", Measure::Contained, Side::Lower),
    ("maxContains", Measure::Contained, Side::Upper),
];

/// A limit of the values of a schema.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bound {
    /// Its keyword.
    pub keyword: &'static str,
    /// The location of the limit.
    pub span: Span,
    /// The location of the keyword with the limit.
    pub written: Span,
    measure: Measure,
    side: Side,
    limit: f64,
    /// Whether the limit itself is excluded.
    excludes: bool,
}

impl Bound {
    /// The limits among the keywords of a schema.
    pub(crate) fn all(keywords: &[Member]) -> Vec<Self> {
        let of = |keyword: &(&'static str, Measure, Side)| {
            let member = keywords
                .iter()
                .find(|member| &*member.key.text == keyword.0)?;
            Self::of(*keyword, member, keywords)
        };
        KEYWORDS.iter().filter_map(of).collect()
    }

    fn of(
        (keyword, measure, side): (&'static str, Measure, Side),
        member: &Member,
        keywords: &[Member],
    ) -> Option<Self> {
        let is_exclusive = keyword.starts_with("exclusive");
        Some(Self {
            keyword,
            span: member.value.span,
            written: member.span(),
            measure,
            side,
            // There is one zero.
            limit: member.value.as_number()? + 0.0,
            excludes: is_exclusive || is_excluded(keyword, keywords),
        })
    }

    /// The keyword for limits of this kind that include the limit itself: `minimum` also for `exclusiveMinimum`.
    pub(crate) fn name(&self) -> &'static str {
        let is_same =
            |keyword: &&(&str, Measure, Side)| (keyword.1, keyword.2) == (self.measure, self.side);
        let first = KEYWORDS.iter().find(is_same);
        first.map_or(self.keyword, |(name, ..)| name)
    }

    /// The limit for messages: `10`, or `10 (exclusive)`.
    pub(crate) fn text(&self) -> String {
        let exclusive = if self.excludes { " (exclusive)" } else { "" };
        format!("{}{exclusive}", self.limit)
    }

    /// Whether some value of its kind is beyond the limit. No size is below 0.
    pub(crate) fn has_effect(&self) -> bool {
        self.measure == Measure::Number || self.side == Side::Upper || self.limit > 0.0
    }

    /// Whether no value is within both limits.
    pub(crate) fn contradicts(&self, other: &Self, is_integer: bool) -> bool {
        let (low, high) = match (self.side, other.side) {
            (Side::Lower, Side::Upper) => (self, other),
            (Side::Upper, Side::Lower) => (other, self),
            _ => return false,
        };
        if low.measure != high.measure {
            return false;
        }
        let is_open = low.excludes || high.excludes;
        let is_gap = is_integer && low.excludes && high.excludes && high.limit - low.limit <= 1.0;
        low.limit > high.limit || is_open && low.limit >= high.limit || is_gap
    }

    /// Whether every value within this limit is within the other one, which is a limit on the same side.
    pub(crate) fn implies(&self, other: &Self) -> bool {
        match self.limit.total_cmp(&other.limit) {
            Ordering::Equal => self.excludes || !other.excludes,
            order => (order == Ordering::Greater) == (self.side == Side::Lower),
        }
    }

    /// Whether a value is within the limit. A limit restricts values of its own type only.
    pub(crate) fn allows(&self, value: &Json) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "no value has so many parts")]
        let size = |count: usize| Some(count as f64);
        let measured = match (self.measure, value) {
            (Measure::Number, Json::Number(number)) => number.as_f64(),
            (Measure::Length, Json::String(text)) => size(text.chars().count()),
            (Measure::Items, Json::Array(elements)) => size(elements.len()),
            (Measure::Properties, Json::Object(properties)) => size(properties.len()),
            _ => None,
        };
        measured.is_none_or(|measured| match measured.total_cmp(&self.limit) {
            Ordering::Equal => !self.excludes,
            order => (order == Ordering::Greater) == (self.side == Side::Lower),
        })
    }

    /// Adds the limit to others, of which only the narrowest on each side are kept.
    pub(crate) fn narrow(self, known: &mut Vec<Self>) {
        let same = |it: &&mut Self| it.measure == self.measure && it.side == self.side;
        match known.iter_mut().find(same) {
            Some(it) if it.implies(&self) => {}
            Some(it) => *it = self,
            None => known.push(self),
        }
    }
}

/// Whether a flag of 3.0 excludes the limit itself: `exclusiveMinimum: true` beside `minimum`.
fn is_excluded(keyword: &str, keywords: &[Member]) -> bool {
    let flag = match keyword {
        "minimum" => "exclusiveMinimum",
        "maximum" => "exclusiveMaximum",
        _ => return false,
    };
    let mut members = keywords.iter();
    members.any(|member| &*member.key.text == flag && member.value.value == Value::Bool(true))
}
