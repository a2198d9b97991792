//! Checks values against what no type expresses: patterns, steps, duplicates, and properties that are not allowed.

use hashbrown::HashSet;

use super::example::{DEEPEST, Misfit, plain};
use crate::diagnostic::nearest;
use crate::document::{Schema, SchemaId};
use crate::lower::Facts;
use crate::lower::schema::compose::meaning::value_fingerprint;
use crate::lower::schema::pattern::pattern;
use crate::source::{Node, Value};

/// The maximum number that every integer below can be told from its neighbours.
const LARGEST: f64 = 9_007_199_254_740_992.0;

/// The greatest part of a number by which a division of floating-point numbers may be off.
const EXACT: f64 = 1e-9;

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
                let mut elements = elements.iter().enumerate();
                elements.find_map(|(index, element)| {
                    self.rejected(element, parts.element(index)?, depth + 1)
                })
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
    match &node.value {
        Value::String(text) => unmatched(node, text, keywords),
        Value::Number(text) => {
            let is_32_bits = schema.format.is_some_and(|format| format.text == "int32");
            if is_32_bits
                && text
                    .parse::<i64>()
                    .is_ok_and(|it| i32::try_from(it).is_err())
            {
                let reason = format!("`{text}` has more than 32 bits");
                return Some(Misfit::new(node.span, reason, "`format` is `int32`"));
            }
            between_steps(node, text, keywords)
        }
        Value::List(elements) => repeated(elements, keywords),
        _ => None,
    }
}

fn unmatched(node: &Node, text: &str, keywords: &Node) -> Option<Misfit> {
    let written = keywords.get("pattern")?.as_str()?;
    if pattern(written)?.is_match(text) {
        return None;
    }
    let reason = format!("`{text}` does not match its `pattern`");
    Some(Misfit::new(
        node.span,
        reason,
        format!("expected a match of `{written}`"),
    ))
}

fn between_steps(node: &Node, text: &str, keywords: &Node) -> Option<Misfit> {
    let number = node.as_number().filter(|number| number.abs() < LARGEST)?;
    let step = keywords
        .get("multipleOf")?
        .as_number()
        .filter(|step| *step > 0.0)?;
    let count = number / step;
    // Decimal numbers such as 0.1 are not exact.
    if (count - count.round()).abs() < EXACT * count.abs().max(1.0) {
        return None;
    }
    let reason = format!("`{text}` is not a multiple of {step}");
    Some(Misfit::new(node.span, reason, "`multipleOf` rejects it"))
}

fn repeated(elements: &[Node], keywords: &Node) -> Option<Misfit> {
    if keywords.get("uniqueItems")?.value != Value::Bool(true) {
        return None;
    }
    let mut seen = HashSet::new();
    let mut repeated = elements.iter();
    let repeated = repeated.find(|element| !seen.insert(value_fingerprint(element)))?;
    let reason = format!("`{}` is in it twice", plain(repeated));
    Some(Misfit::new(
        repeated.span,
        reason,
        "`uniqueItems` is `true`",
    ))
}
