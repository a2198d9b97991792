//! Values that a schema allows, if its shape alone does not determine them: an example, or a value within its limits
//! and its format.

use serde_json::Value as Json;

use crate::document::{Format, Limits, Reach, SchemaId, SimpleType};
use crate::lower::Facts;
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::same::only_requires;
use crate::lower::schema::scalar::scalar;
use crate::model::Scalar;
use crate::source::{Node, Value};

/// The maximum length of a generated text, in characters.
const LONGEST: usize = 4096;
/// The maximum depth of an example that is made of others.
const DEEPEST: usize = 4;
/// The maximum number of values in an example that is made of others. A longer one is not shown, and without this limit the
/// number grows exponentially with the depth.
const MOST_COMPOSED: usize = 300;
/// The maximum number of optional properties in an example that is made of others.
const MOST_OPTIONAL: usize = 12;
/// The maximum length of a generated array.
const MOST: usize = 64;
/// The maximum length of an example that becomes a sample, in bytes of JSON.
const LONGEST_SAMPLE: usize = 20_000;

/// Keywords that restrict several properties or elements of a value together.
const JOINT: [&str; 10] = [
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "maxProperties",
    "minProperties",
    "not",
    "propertyNames",
    "uniqueItems",
];

/// Whether JSON text can become the sample of a record.
pub(crate) fn is_short_object(json: &str) -> bool {
    json.starts_with('{') && json.len() <= LONGEST_SAMPLE
}

/// Values that a schema allows, as JSON text.
#[derive(Debug, Default, Clone)]
pub(crate) struct Sampled {
    /// The example of the description, even if the type does not keep all of it.
    pub(crate) example: Option<String>,
    /// The value for tests.
    pub(crate) sample: Option<String>,
    /// Whether that is an example of the description.
    pub(crate) has_example: bool,
}

impl<'t> Facts<'_, 't> {
    /// The example among `shown` and the schema's own ones, and the value for tests: an example that the type can hold,
    /// otherwise [`Self::sample_of`].
    pub(crate) fn sample_among(
        &self,
        shown: impl Iterator<Item = &'t Node>,
        id: SchemaId,
    ) -> Sampled {
        let schema = self.document.schema(id);
        let own = schema.examples.iter().map(|example| example.value);
        let shown = shown.chain(own).chain(schema.default);
        let mut fitting = shown
            .filter(|node| node.value != Value::Null && self.misfit(node, id, 0).is_none())
            .peekable();
        let first = fitting.peek().copied();
        let has_unions = || !self.parts(id).unions.is_empty();
        let whole = fitting.find(|node| has_unions() || self.keeps(node, id));
        let text = |node: &Node| node.to_json().to_string();
        let sample = whole.map(text);
        let composed = || {
            let mut room = MOST_COMPOSED;
            Some(self.composed(id, 0, &mut room)?.to_string())
        };
        Sampled {
            example: sample.clone().or_else(|| first.map(text)).or_else(composed),
            has_example: sample.is_some(),
            sample: sample.or_else(|| self.sample_of(id)),
        }
    }

    /// The example of a schema. That of an object can be made of the examples of its properties, and that of a union is
    /// the example of an alternative. `room` is the number of values that it may still have.
    fn composed(&self, id: SchemaId, depth: usize, room: &mut usize) -> Option<Json> {
        *room = room.checked_sub(1)?;
        let parts = self.parts(id);
        if let Some(example) = self.example_of(&parts, id) {
            return Some(example);
        }
        if depth > DEEPEST || self.restricts_jointly(&parts) {
            return None;
        }
        if let Some(values) = &parts.values {
            return values.first().map(|value| value.to_json());
        }
        match &parts.unions[..] {
            [] => {}
            [union] if !parts.has_properties() => {
                let mut branches = union.branches.iter();
                return branches.find_map(|&branch| self.composed(branch, depth + 1, room));
            }
            _ => return None,
        }
        if parts.has_properties() {
            return self.composed_object(&parts, depth, room);
        }
        let element = parts.items.filter(|_| parts.prefix_items.is_empty())?;
        let count = parts.limits.min_items.unwrap_or(1).max(1);
        if count > MOST || parts.limits.max_items == Some(0) {
            return None;
        }
        let element = self.composed(element, depth + 1, room)?;
        *room = room.checked_sub(values_in(&element) * (count - 1))?;
        Some(Json::Array(vec![element; count]))
    }

    /// An object with the required properties. If none is required, it has the first of those with an example.
    fn composed_object(&self, parts: &Parts<'t>, depth: usize, room: &mut usize) -> Option<Json> {
        let mut required = parts.required.iter();
        if !required.all(|name| parts.properties.has(name.text)) {
            return None;
        }
        let sent = parts.properties.iter();
        let sent = sent.filter(|(_, property)| !self.flag(*property, |schema| schema.read_only));
        let (required, optional): (Vec<_>, Vec<_>) =
            sent.partition(|(name, _)| parts.requires(name.text));
        let mut values = serde_json::Map::new();
        for (name, property) in &required {
            let value = self.composed(*property, depth + 1, room)?;
            values.insert(name.text.to_owned(), value);
        }
        if required.is_empty() {
            let examples = optional.into_iter().filter_map(|(name, property)| {
                let example = self.example_of(&self.parts(property), property)?;
                Some((name.text.to_owned(), example))
            });
            values.extend(examples.take(MOST_OPTIONAL));
        }
        Some(Json::Object(values))
    }

    /// Whether a value may be invalid although each of its properties or elements is valid.
    pub(crate) fn restricts_jointly(&self, parts: &Parts<'t>) -> bool {
        let mut branches = parts.composed().flat_map(|id| {
            let schema = self.document.schema(id);
            schema.one_of.iter().chain(&schema.any_of)
        });
        branches.any(|&branch| only_requires(self.document, branch))
            || self
                .keywords(parts)
                .any(|(key, value)| JOINT.contains(&key) && value.value != Value::Bool(false))
    }

    /// The keywords of the schemas that a schema is composed of, with their values.
    pub(crate) fn keywords(&self, parts: &Parts<'t>) -> impl Iterator<Item = (&'t str, &'t Node)> {
        let schemas = parts.composed().map(|id| self.document.schema(id));
        let members =
            schemas.flat_map(|schema| schema.node.and_then(Node::as_map).into_iter().flatten());
        members.map(|member| (&*member.key.text, &member.value))
    }

    /// A value that a schema allows, as JSON text; `None` if any value of its shape is valid, or if no value is known.
    pub(crate) fn sample_of(&self, id: SchemaId) -> Option<String> {
        self.sample_within(id, 0)
    }

    fn sample_within(&self, id: SchemaId, depth: usize) -> Option<String> {
        if let Some(plain) = self.plain(id) {
            return sample(plain.simple, plain.format, plain.limits);
        }
        let parts = self.parts(id);
        if let Some(example) = self.example_of(&parts, id) {
            return Some(example.to_string());
        }
        if parts.values.is_some() || !parts.unions.is_empty() || depth > 4 {
            return None;
        }
        match parts.simple_types()[..] {
            [SimpleType::Array] => {
                let element = self.sample_within(parts.items?, depth + 1)?;
                let count = parts.limits.min_items.unwrap_or(1).max(1);
                let is_short = count <= MOST && element.len() * count <= LONGEST_SAMPLE;
                is_short.then(|| format!("[{}]", vec![element; count].join(",")))
            }
            [simple] => sample(simple, parts.format, parts.limits),
            _ => None,
        }
    }

    fn example_of(&self, parts: &Parts<'t>, id: SchemaId) -> Option<Json> {
        let fits = |node: &&Node| self.misfit(node, id, 0).is_none();
        Some(parts.example.filter(fits)?.to_json())
    }
}

/// The number of values that a value consists of.
fn values_in(json: &Json) -> usize {
    match json {
        Json::Array(elements) => 1 + elements.iter().map(values_in).sum::<usize>(),
        Json::Object(properties) => 1 + properties.values().map(values_in).sum::<usize>(),
        _ => 1,
    }
}

/// A value of a simple type, as JSON text; `None` if any value is valid.
fn sample(simple: SimpleType, format: Option<&str>, limits: Limits) -> Option<String> {
    match simple {
        SimpleType::String => text(format, limits),
        SimpleType::Integer => {
            let whole = Limits {
                minimum: limits.minimum.map(f64::ceil),
                maximum: limits.maximum.map(f64::floor),
                ..limits
            };
            number(whole, 7.0).map(|value| format!("{value:.0}"))
        }
        SimpleType::Number => number(limits, 1.5).map(|value| value.to_string()),
        _ => None,
    }
}

/// A text of this format and length; `None` if any text is valid.
fn text(format: Option<&str>, limits: Limits) -> Option<String> {
    if let Some(sample) = format.and_then(Format::of).and_then(|format| format.sample) {
        return Some(format!("\"{sample}\""));
    }
    let scalar = scalar(SimpleType::String, format, false, Reach::Signed)?;
    if !matches!(scalar, Scalar::String | Scalar::Secret) || format == Some("binary") {
        return None;
    }
    let least = limits.min_length.unwrap_or(0);
    let most = limits.max_length.unwrap_or(LONGEST);
    let word = "sample";
    if (least..=most).contains(&word.len()) || least > LONGEST {
        return None;
    }
    let length = word.len().clamp(least, most.max(least));
    let text: String = word.chars().cycle().take(length).collect();
    Some(format!("\"{text}\""))
}

/// The number nearest to `usual` within the limits; `None` if `usual` is within them.
fn number(limits: Limits, usual: f64) -> Option<f64> {
    let raised = limits.minimum.map_or(usual, |least| usual.max(least));
    let value = limits.maximum.map_or(raised, |most| raised.min(most));
    ((value - usual).abs() > f64::EPSILON).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(minimum: Option<f64>, maximum: Option<f64>) -> Limits {
        Limits {
            minimum,
            maximum,
            ..Limits::default()
        }
    }

    #[test]
    fn numbers_stay_within_their_limits() {
        assert_eq!(number(limits(None, None), 7.0), None);
        assert_eq!(number(limits(Some(1.0), Some(9.0)), 7.0), None);
        assert_eq!(number(limits(Some(10.0), None), 7.0), Some(10.0));
        assert_eq!(number(limits(None, Some(0.0)), 7.0), Some(0.0));
    }

    #[test]
    fn texts_have_their_length_and_format() {
        let of = |format, min_length, max_length| {
            let limits = Limits {
                min_length,
                max_length,
                ..Limits::default()
            };
            text(format, limits)
        };
        assert_eq!(of(None, None, None), None);
        assert_eq!(of(None, Some(8), None).as_deref(), Some("\"samplesa\""));
        assert_eq!(of(None, None, Some(2)).as_deref(), Some("\"sa\""));
        assert_eq!(
            of(Some("email"), None, None).as_deref(),
            Some("\"someone@example.com\"")
        );
        assert_eq!(of(Some("uuid"), Some(36), None), None);
    }
}
