//! Checks values against what no type expresses: patterns, steps, duplicates, and properties that are not allowed.

use hashbrown::HashSet;
use regress::Regex;

use super::example::{DEEPEST, Misfit, plain};
use crate::diagnostic::nearest;
use crate::document::{Schema, SchemaId};
use crate::lower::Facts;
use crate::lower::schema::compose::meaning::value_fingerprint;
use crate::source::{Node, Value};

/// The maximum number that every integer below can be told from its neighbours.
const LARGEST: f64 = 9_007_199_254_740_992.0;

impl Facts<'_, '_> {
    /// The first part of a value of the right type that a keyword of its schema rejects.
    pub(super) fn rejected(&self, node: &Node, id: SchemaId, depth: usize) -> Option<Misfit> {
        let parts = self.parts(id);
        if depth > DEEPEST || !parts.unions.is_empty() || parts.values.is_some() {
            return None;
        }
        let schemas = parts.composed().map(|id| self.document.schema(id));
        let schemas: Vec<&Schema<'_>> = schemas.collect();
        let own = schemas.iter().find_map(|schema| broken(node, schema));
        if own.is_some() {
            return own;
        }
        match &node.value {
            Value::List(elements) => {
                let places = parts.prefix_items.iter().copied().map(Some);
                let places = places.chain(std::iter::repeat(parts.items));
                let mut pairs = elements.iter().zip(places);
                pairs.find_map(|(element, place)| self.rejected(element, place?, depth + 1))
            }
            Value::Map(members) => {
                let is_closed = matches!(schemas[..], [only] if only.additional == Some(false))
                    && parts.patterns.is_empty();
                members.iter().find_map(|member| {
                    let key = &*member.key.text;
                    match parts.property(key) {
                        Some(property) => self.rejected(&member.value, property, depth + 1),
                        None if is_closed => {
                            let known = parts.properties.iter().map(|(key, _)| key.text);
                            let reason = format!("`{key}` is not a property");
                            let label = nearest(key, known).map_or_else(
                                || "`additionalProperties` is `false`".to_owned(),
                                |near| format!("did you mean `{near}`?"),
                            );
                            Some(Misfit::new(member.key.span, reason, label))
                        }
                        None => None,
                    }
                })
            }
            _ => None,
        }
    }
}

/// Why a keyword of a schema rejects a value.
fn broken(node: &Node, schema: &Schema<'_>) -> Option<Misfit> {
    let keywords = schema.node?;
    let misfit = |reason: String, label: String| Some(Misfit::new(node.span, reason, label));
    match &node.value {
        Value::String(text) => {
            let pattern = keywords.get("pattern")?.as_str()?;
            let is_met = Regex::with_flags(pattern, "u").ok()?.find(text).is_some();
            let reason = format!("`{text}` does not match its `pattern`");
            misfit(reason, format!("expected a match of `{pattern}`")).filter(|_| !is_met)
        }
        Value::Number(text) => {
            let number = node.as_number().filter(|number| number.abs() < LARGEST)?;
            let is_32_bits = schema.format.is_some_and(|format| format.text == "int32");
            if is_32_bits
                && text
                    .parse::<i64>()
                    .is_ok_and(|it| i32::try_from(it).is_err())
            {
                let reason = format!("`{text}` has more than 32 bits");
                return misfit(reason, "`format` is `int32`".to_owned());
            }
            let step = keywords
                .get("multipleOf")?
                .as_number()
                .filter(|step| *step > 0.0)?;
            let count = number / step;
            let is_met = (count - count.round()).abs() < 1e-9 * count.abs().max(1.0);
            let reason = format!("`{text}` is not a multiple of {step}");
            misfit(reason, "`multipleOf` rejects it".to_owned()).filter(|_| !is_met)
        }
        Value::List(elements) => {
            let is_set = keywords.get("uniqueItems")?.value == Value::Bool(true);
            let mut seen = HashSet::new();
            let mut repeated = elements.iter().filter(|_| is_set);
            let repeated = repeated.find(|element| !seen.insert(value_fingerprint(element)))?;
            let reason = format!("`{}` is in it twice", plain(repeated));
            let label = "`uniqueItems` is `true`".to_owned();
            Some(Misfit::new(repeated.span, reason, label))
        }
        _ => None,
    }
}
