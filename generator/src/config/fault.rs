//! Turns the errors of serde into diagnostics.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use super::code::{BAD_VALUE, UNKNOWN_KEY};
use crate::diagnostic::{Diagnostic, nearest};
use crate::text::Span;

/// An error of serde.
#[derive(Debug)]
pub(super) struct Fault {
    code: &'static str,
    message: Box<str>,
    /// The unknown key or variant, and the known ones.
    known: Option<(Box<str>, &'static [&'static str])>,
    /// The missing key.
    missing: Option<&'static str>,
    /// The invalid entry or element.
    pub(super) place: Option<Span>,
    /// The span to mark.
    mark: Option<Span>,
}

impl Fault {
    fn new(code: &'static str, message: String) -> Self {
        Self {
            code,
            message: message.into_boxed_str(),
            known: None,
            missing: None,
            place: None,
            mark: None,
        }
    }

    /// Sets the location unless it is already set.
    pub(super) fn at(mut self, place: Span, mark: Span) -> Self {
        self.place.get_or_insert(place);
        self.mark.get_or_insert(mark);
        self
    }

    /// Whether the missing key is one of the keys that were removed from the object.
    pub(super) fn misses_one_of(&self, removed: &[(String, Span)]) -> bool {
        let (Some(missing), Some(place)) = (self.missing, self.place) else {
            return false;
        };
        let is_inside = |span: &Span| place.start <= span.start && span.end <= place.end;
        let mut removed = removed.iter();
        removed.any(|(key, span)| key == missing && is_inside(span))
    }

    /// The known name that is most similar to the unknown one.
    pub(super) fn meant(&self) -> Option<&'static str> {
        let (written, known) = self.known.as_ref()?;
        nearest(written, known.iter().copied())
    }

    /// "`allow`, `warn` or `deny`".
    pub(super) fn one_of(known: &[&str]) -> String {
        let quoted: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
        match quoted.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => "nothing".to_owned(),
        }
    }

    pub(super) fn diagnostic(self, whole: Span) -> Diagnostic {
        let mark = self.mark.unwrap_or(whole);
        let near = self.meant();
        let diagnostic = Diagnostic::error(self.code, self.message);
        match (near, self.known) {
            (Some(near), Some((written, _))) => diagnostic
                .at(mark, format!("did you mean `{near}`?"))
                .respell(&written, mark, near),
            (_, Some((_, known))) => diagnostic
                .at(mark, "")
                .help(format!("write {}", Self::one_of(known))),
            (_, None) => diagnostic.at(mark, ""),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(BAD_VALUE, message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Unit => "nothing".to_owned(),
            Unexpected::Bool(value) => format!("`{value}`"),
            Unexpected::Signed(number) => format!("the number {number}"),
            Unexpected::Float(number) => format!("the number {number}"),
            Unexpected::Str(text) => format!("the string `{}`", text.escape_debug()),
            Unexpected::Seq => "an array".to_owned(),
            Unexpected::Map => "an object".to_owned(),
            other => other.to_string(),
        };
        let expected = match expected.to_string().as_str() {
            "a sequence" => "an array".to_owned(),
            "a map" => "an object".to_owned(),
            other => other.to_owned(),
        };
        Self::new(BAD_VALUE, format!("expected {expected}, found {found}"))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self {
            known: Some((variant.into(), expected)),
            ..Self::new(BAD_VALUE, format!("unknown value `{variant}`"))
        }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self {
            known: Some((field.into(), expected)),
            ..Self::new(UNKNOWN_KEY, format!("unknown key `{field}`"))
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self {
            missing: Some(field),
            ..Self::new(BAD_VALUE, format!("`{field}` is missing here"))
        }
    }
}
