//! Strings, numbers and booleans that fit two alternatives of a `oneOf`.

use std::sync::Arc;

use hashbrown::HashMap;
use regex_lite::Regex;
use serde_json::Value as Json;

use crate::diagnostic::Diagnostic;
use crate::document::{SchemaId, SimpleType};
use crate::lower::Facts;
use crate::lower::code;
use crate::lower::schema::compose::Parts;
use crate::lower::schema::pattern;
use crate::lower::schema::scalar::form_fault;
use crate::source::Value;

/// The maximum number of alternatives without `enum` and `const` that are compared with each other.
const MOST_COMPARED: usize = 32;

/// A string of each format whose strings are samples of no other kind, and one without a format.
const SAMPLES: [(&str, &str); 5] = [
    ("date", "2024-05-17"),
    ("date-time", "2024-05-17T08:30:00Z"),
    ("uuid", "0b1b7bd6-2a4c-4b62-9f0e-3d2a4c4b629f"),
    ("byte", "YQ=="),
    ("password", "a"),
];

/// A value that two alternatives allow.
pub(super) struct Overlap {
    pub(super) first: SchemaId,
    pub(super) later: SchemaId,
    value: Json,
}

/// An alternative whose values are strings, numbers or booleans.
struct Alternative<'t> {
    id: SchemaId,
    parts: Arc<Parts<'t>>,
    patterns: Vec<Regex>,
    /// Some of its values.
    samples: Vec<Json>,
}

impl<'t> Facts<'_, 't> {
    /// The values that fit a scalar alternative and an earlier one, at most one for each alternative. `union` is the
    /// schema with the `oneOf`.
    pub(super) fn overlaps(&self, union: SchemaId, branches: &[SchemaId]) -> Vec<Overlap> {
        if branches.len() < 2 {
            return Vec::new();
        }
        let base = Parts::without_alternatives(self.document, union);
        let is_possible = |value: &Json| base.types.is_empty() || is_of(&base.types, value);
        let mut values: HashMap<String, SchemaId> = HashMap::new();
        let (mut listed, mut open) = (Vec::new(), Vec::new());
        let mut found = Vec::new();
        for scalar in branches.iter().filter_map(|&id| self.alternative(id)) {
            let is_listed = scalar.parts.values.is_some();
            // Listed values are looked up, since an `enum` can have thousands.
            let own = scalar.samples.iter().filter(|_| is_listed);
            let same = own.filter_map(|value| {
                let first = *values.entry(value.to_string()).or_insert(scalar.id);
                (first != scalar.id).then(|| (first, value.clone()))
            });
            // All of them are noted, not only those before the first that is known.
            let same = same.reduce(|first, _| first);
            let others = open.iter().chain(listed.iter().filter(|_| !is_listed));
            let mut others = others.filter_map(|other: &Alternative<'t>| {
                Some((other.id, scalar.common(other)?.clone()))
            });
            if let Some((first, value)) = same.or_else(|| others.next())
                && is_possible(&value)
            {
                let later = scalar.id;
                found.push(Overlap {
                    first,
                    later,
                    value,
                });
            }
            if is_listed {
                listed.push(scalar);
            } else if open.len() < MOST_COMPARED {
                open.push(scalar);
            }
        }
        found
    }

    fn alternative(&self, id: SchemaId) -> Option<Alternative<'t>> {
        let parts = self.parts(id);
        let types = parts.simple_types();
        let is_scalar = |simple: &SimpleType| {
            !matches!(
                simple,
                SimpleType::Object | SimpleType::Array | SimpleType::Null
            )
        };
        let is_file = parts.format == Some("binary");
        let is_plain =
            parts.unions.is_empty() && parts.contradictions().next().is_none() && !is_file;
        if !is_plain || parts.too_deep || types.is_empty() || !types.iter().all(is_scalar) {
            return None;
        }
        let mut patterns = Vec::new();
        for part in parts.composed() {
            let schema = self.document.schema(part);
            let node = schema.node?;
            let others = ["multipleOf", "if"];
            if schema.not.is_some() || others.iter().any(|key| node.get(key).is_some()) {
                return None;
            }
            if let Some(pattern) = node.get("pattern") {
                patterns.push(pattern::pattern(pattern.as_str()?)?);
            }
        }
        let mut alternative = Alternative {
            id,
            parts,
            patterns,
            samples: Vec::new(),
        };
        let samples = self.samples_of_scalar(&alternative).into_iter();
        let samples = samples.filter(|sample| alternative.takes(sample, &alternative.parts));
        alternative.samples = samples.collect();
        Some(alternative)
    }

    fn samples_of_scalar(&self, alternative: &Alternative<'t>) -> Vec<Json> {
        let parts = &alternative.parts;
        if let Some(values) = &parts.values {
            let values = values.iter().filter(|value| value.value != Value::Null);
            return values.map(|value| value.to_json()).collect();
        }
        let text = self.sample_of(alternative.id);
        let own = text.and_then(|text| serde_json::from_str(&text).ok());
        let limits = [parts.limits.minimum, parts.limits.maximum];
        let limits = limits.into_iter().flatten().map(Json::from);
        let format = parts.format.unwrap_or("password");
        let typed = SAMPLES.iter().filter(|(known, _)| *known == format);
        let typed = typed.map(|(_, sample)| Json::from(*sample));
        let usual = [1.into(), true.into()];
        own.into_iter()
            .chain(limits)
            .chain(typed)
            .chain(usual)
            .collect()
    }

    /// Reports a value that fits two scalar alternatives.
    pub(super) fn overlapping(&self, overlap: &Overlap) -> Option<Diagnostic> {
        let message = "two alternatives of a `oneOf` cannot be distinguished";
        let mark = |id| self.document.schema(id).mark;
        let label = format!("`{}` fits this alternative", overlap.value);
        Some(
            Diagnostic::warning(code::ALIKE_ALTERNATIVES, message)
                .at(mark(overlap.later)?, label)
                .also(mark(overlap.first)?, "and this one")
                .help("write `anyOf`, or limit one of them so that no value fits both"),
        )
    }
}

impl Alternative<'_> {
    /// A value that surely fits both alternatives.
    fn common<'a>(&'a self, other: &'a Self) -> Option<&'a Json> {
        let mut own = self.samples.iter();
        let mut others = other.samples.iter();
        let value = own.find(|value| other.takes(value, &self.parts));
        value.or_else(|| others.find(|value| self.takes(value, &other.parts)))
    }

    /// Whether this alternative surely allows a value of another one.
    fn takes(&self, value: &Json, other: &Parts<'_>) -> bool {
        let parts = &self.parts;
        // Only a value of an alternative with the same format surely has the format.
        if value.is_string() && parts.format.is_some() && parts.format != other.format {
            return false;
        }
        if let Some(values) = &parts.values {
            return values.iter().any(|known| known.to_json() == *value);
        }
        is_of(&parts.simple_types(), value) && self.is_within_limits(value)
    }

    fn is_within_limits(&self, value: &Json) -> bool {
        let is_valid_text = value.as_str().is_none_or(|text| {
            let format = self.parts.format;
            let mut patterns = self.patterns.iter();
            format.is_none_or(|format| form_fault(text, format).is_none())
                && patterns.all(|pattern| pattern.is_match(text))
        });
        is_valid_text && self.parts.bounds.iter().all(|bound| bound.allows(value))
    }
}

fn is_of(types: &[SimpleType], value: &Json) -> bool {
    types.iter().any(|simple| match simple {
        SimpleType::String => value.is_string(),
        SimpleType::Number => value.is_number(),
        SimpleType::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        SimpleType::Boolean => value.is_boolean(),
        SimpleType::Null | SimpleType::Array | SimpleType::Object => false,
    })
}
