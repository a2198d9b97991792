//! Alternatives that cannot be distinguished, and alternatives without the property of the discriminator.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::{Map, Value as Json};

use crate::diagnostic::Diagnostic;
use crate::document::{Schema, SchemaId, SimpleType};
use crate::lower::Lowerer;
use crate::lower::code;
use crate::lower::schema::compose::Parts;

/// The maximum depth to which the properties of two alternatives are compared.
const DEEPEST: usize = 1;

impl Lowerer<'_, '_> {
    /// Reports what is wrong with the alternatives of each `oneOf`, and of each `anyOf` with a discriminator.
    pub(crate) fn check_alternatives(&mut self) {
        let document = self.document;
        let mut found = Vec::new();
        for schema in &document.schemas {
            match schema.discriminator {
                Some(_) => found.extend(self.without_tag(schema)),
                None => found.extend(self.alike(schema)),
            }
        }
        self.diagnostics.extend(found);
    }

    /// The alternatives that lack the property of the discriminator.
    fn without_tag(&self, schema: &Schema<'_>) -> Vec<Diagnostic> {
        let Some(discriminator) = &schema.discriminator else {
            return Vec::new();
        };
        let property = discriminator.property;
        let lacks = |id: &SchemaId| {
            let parts = self.parts(*id);
            let is_object = parts.simple_types() == [SimpleType::Object];
            is_object && parts.unions.is_empty() && parts.property(property.text).is_none()
        };
        let alternatives = schema.one_of.iter().chain(&schema.any_of).copied();
        let report = |id: SchemaId| {
            let alternative = self.document.schema(id);
            let message = match self.document.schema(self.document.end(id)).component {
                Some(name) => format!("`{name}` does not have the property `{}`", property.text),
                None => format!(
                    "this alternative does not have the property `{}`",
                    property.text
                ),
            };
            let diagnostic = Diagnostic::warning(code::WITHOUT_TAG, message);
            let diagnostic = diagnostic.at(alternative.mark?, "an alternative");
            Some(diagnostic.also(property.span, "the property tells the alternatives apart"))
        };
        alternatives.filter(lacks).filter_map(report).collect()
    }

    /// Pairs of alternatives of a `oneOf` with the same values. A `oneOf` rejects such values, because exactly one
    /// alternative must match.
    fn alike(&self, schema: &Schema<'_>) -> Vec<Diagnostic> {
        let mut firsts: HashMap<String, SchemaId> = HashMap::new();
        let mut found = Vec::new();
        for &id in &schema.one_of {
            let first = match firsts.entry(self.outline(id, 0)) {
                Entry::Occupied(first) => *first.get(),
                Entry::Vacant(entry) => {
                    entry.insert(id);
                    continue;
                }
            };
            let marks = (
                self.document.schema(first).mark,
                self.document.schema(id).mark,
            );
            if let (Some(first), Some(mark)) = marks {
                let message = "two alternatives of a `oneOf` cannot be told apart";
                let value = self.value_of(id, 0);
                found.push(
                    Diagnostic::warning(code::ALIKE_ALTERNATIVES, message)
                        .at(mark, format!("`{value}` fits this alternative"))
                        .also(first, "and this one")
                        .help(
                            "remove one of them, or give each a property with a `const` of its own",
                        ),
                );
            }
        }
        found
    }

    /// The features that distinguish the values of a schema from those of others. Schemas with the same outline have
    /// the same values for a decoder.
    fn outline(&self, id: SchemaId, depth: usize) -> String {
        let parts = self.parts(id);
        if depth > DEEPEST || !parts.unions.is_empty() || parts.too_deep {
            return format!("{:?}", self.document.end(id));
        }
        let values = parts
            .values
            .iter()
            .flatten()
            .map(|value| value.to_json().to_string());
        let values: Vec<String> = values.collect();
        let mut properties: Vec<String> = parts
            .properties
            .iter()
            .map(|(key, id)| format!("{:?}:{}", key.text, self.outline(*id, depth + 1)))
            .collect();
        properties.sort_unstable();
        let items = parts.items.map(|id| self.outline(id, depth + 1));
        let format = parts.format;
        let limits = parts.limits;
        let types = parts.simple_types();
        let is_open = (
            parts.additional,
            parts.additional_schema,
            parts.patterns.len(),
        );
        format!("{types:?} {format:?} {values:?} {properties:?} {items:?} {limits:?} {is_open:?}")
    }

    /// A value that a schema allows.
    fn value_of(&self, id: SchemaId, depth: usize) -> Json {
        let parts = self.parts(id);
        if let Some(value) = parts.values.iter().flatten().next() {
            return value.to_json();
        }
        if let Some(text) = self.sample_of(id) {
            return serde_json::from_str(&text).unwrap_or(Json::Null);
        }
        match parts.simple_types().first() {
            Some(SimpleType::Object) if depth <= DEEPEST => {
                Json::Object(self.properties_of(&parts, depth))
            }
            Some(SimpleType::Object) => Json::Object(Map::new()),
            Some(SimpleType::Array) => Json::Array(Vec::new()),
            Some(SimpleType::Integer | SimpleType::Number) => 1.into(),
            Some(SimpleType::Boolean) => true.into(),
            Some(SimpleType::String) => "a".into(),
            Some(SimpleType::Null) | None => Json::Null,
        }
    }

    fn properties_of(&self, parts: &Parts<'_>, depth: usize) -> Map<String, Json> {
        let properties = parts.properties.iter();
        let members =
            properties.map(|(key, id)| (key.text.to_string(), self.value_of(*id, depth + 1)));
        members.collect()
    }
}
