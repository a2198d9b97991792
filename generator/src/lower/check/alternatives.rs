//! Alternatives that cannot be distinguished, and alternatives without the property of the discriminator.

use hashbrown::{HashMap, HashSet, hash_map::Entry};
use serde_json::{Map, Value as Json};

use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::decode::{SCHEMA, misspells};
use crate::document::{Schema, SchemaId, SimpleType, Text};
use crate::lower::Facts;
use crate::lower::code;
use crate::lower::schema::compose::Parts;
use crate::source::Key;

/// The maximum depth to which the properties of two alternatives are compared.
const DEEPEST: usize = 1;

/// Keywords that restrict the values of a schema and that its [`Parts`] do not have.
const RESTRICTIONS: [&str; 4] = ["pattern", "multipleOf", "not", "if"];

/// The values of a schema that are compared with those of another one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Compared {
    /// All values.
    All,
    /// Objects with the required properties only.
    Required,
}

impl Compared {
    fn has(self, parts: &Parts<'_>, property: &str) -> bool {
        self == Self::All || parts.requires(property)
    }
}

/// Marks the property of a discriminator, with a property that was probably meant.
fn with_near_property(diagnostic: Diagnostic, property: Text<'_>, parts: &Parts<'_>) -> Diagnostic {
    let known = parts.properties.iter().map(|(key, _)| key.text);
    match nearest(property.text, known) {
        Some(near) => diagnostic
            .at(property.span, format!("did you mean `{near}`?"))
            .help(format!("write `{near}`")),
        None => diagnostic.at(property.span, "the property tells the alternatives apart"),
    }
}

/// Whether a schema has a discriminator that cannot be used, which is reported.
fn lacks_discriminator(schema: &Schema<'_>) -> bool {
    schema.node.is_some_and(|node| {
        node.get("discriminator").is_some() || misspells(node, &SCHEMA, "discriminator")
    })
}

impl<'t> Facts<'_, 't> {
    /// Reports what is wrong with the alternatives of each `oneOf`, and of each `anyOf` with a discriminator.
    pub(super) fn check_alternatives(&self, diagnostics: &mut Diagnostics) {
        let document = self.document;
        let mut found = Vec::new();
        for (index, schema) in document.schemas.iter().enumerate() {
            let id = SchemaId::at(index);
            match schema.discriminator {
                Some(_) => {
                    found.extend(self.without_tag(schema));
                    found.extend(self.base_without_tag(id, schema));
                    found.extend(self.mapped_outside(schema));
                    found.extend(self.mapped_in_vain(schema));
                }
                None if schema.one_of.len() < 2 || lacks_discriminator(schema) => {}
                None => found.extend(self.alike(id, schema)),
            }
        }
        diagnostics.extend(found);
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
        let alternatives: Vec<SchemaId> = schema
            .one_of
            .iter()
            .chain(&schema.any_of)
            .copied()
            .collect();
        if alternatives.len() > 1 && alternatives.iter().all(lacks) {
            let message = format!("no alternative has the property `{}`", property.text);
            let diagnostic = Diagnostic::warning(code::WITHOUT_TAG, message);
            let parts = self.parts(alternatives[0]);
            return vec![with_near_property(diagnostic, property, &parts)];
        }
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
        let lacking = alternatives.into_iter().filter(lacks);
        lacking.filter_map(report).collect()
    }

    /// The report of a base that lacks the property of its discriminator, as all of its extensions do.
    fn base_without_tag(&self, id: SchemaId, schema: &Schema<'_>) -> Option<Diagnostic> {
        let property = schema.discriminator.as_ref()?.property;
        let parts = self.parts(id);
        let lacks = |id: &SchemaId| {
            let parts = self.parts(*id);
            parts.has_properties() && parts.unions.is_empty() && !parts.knows(property.text)
        };
        let children = self.children_of_base(id)?;
        if !lacks(&id) || !children.iter().all(lacks) {
            return None;
        }
        let name = schema.component.unwrap_or_default();
        let message = format!("`{name}` does not have the property `{}`", property.text);
        let diagnostic = Diagnostic::warning(code::WITHOUT_TAG, message);
        Some(with_near_property(diagnostic, property, &parts))
    }

    /// The entries of the discriminator's mapping whose schemas are not among the alternatives.
    fn mapped_outside(&self, schema: &Schema<'_>) -> Vec<Diagnostic> {
        let Some(discriminator) = &schema.discriminator else {
            return Vec::new();
        };
        let within = self.within(schema);
        // What a broken alternative should be is unknown, so an entry may belong to it.
        let is_unknown = within.iter().any(|&id| self.is_broken(&self.parts(id)));
        if within.is_empty() || is_unknown {
            return Vec::new();
        }
        // A value of a schema that extends an alternative is a value of the alternative as well.
        let is_outside = |id: SchemaId| {
            !within.contains(&self.target(id))
                && !self.parts(id).composed().any(|part| within.contains(&part))
        };
        let mapping = discriminator.mapping.iter();
        let outside = mapping.filter(|(_, id)| is_outside(*id));
        let report = |(key, _): &(&Key, SchemaId)| {
            let value = &key.text;
            let message = format!("`{value}` is mapped to a schema that is not an alternative");
            Diagnostic::warning(code::MAPPED_OUTSIDE, message)
                .at(key.span, "a value with it is read as an unknown one")
                .help("add the schema to the alternatives, or remove the entry")
        };
        outside.map(report).collect()
    }

    /// The values of the discriminator's mapping that the property does not allow in the schema they are mapped to.
    fn mapped_in_vain(&self, schema: &Schema<'_>) -> Vec<Diagnostic> {
        let discriminator = schema.discriminator.as_ref();
        let mapping = discriminator.into_iter().flat_map(|it| {
            let property = it.property.text;
            let mapping = it.mapping.iter();
            mapping.map(move |(key, id)| (property, *key, *id))
        });
        let report = |(property, key, id): (&str, &Key, SchemaId)| {
            let tag = self.parts(id).property(property)?;
            let tag = self.parts(tag);
            let values = tag.values.as_ref()?;
            let texts: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
            if texts.is_empty() || texts.contains(&&*key.text) {
                return None;
            }
            let value = &key.text;
            let message =
                format!("`{value}` is mapped to a schema whose `{property}` is never `{value}`");
            let diagnostic = Diagnostic::warning(code::DISCRIMINATOR_MISFIT, message).strict();
            Some(
                diagnostic
                    .at(key.span, "")
                    .also(values.first()?.span, format!("a value of `{property}`")),
            )
        };
        mapping.filter_map(report).collect()
    }

    /// The schemas that are alternatives of a schema, directly or as alternatives of an alternative.
    fn within(&self, schema: &Schema<'_>) -> HashSet<SchemaId> {
        let mut within = HashSet::new();
        let mut open: Vec<SchemaId> = schema
            .one_of
            .iter()
            .chain(&schema.any_of)
            .copied()
            .collect();
        while let Some(id) = open.pop() {
            let target = self.target(id);
            if within.insert(target) {
                let branches = self.parts(target).unions.clone();
                open.extend(branches.into_iter().flat_map(|union| union.branches));
            }
        }
        within
    }

    /// Pairs of alternatives of a `oneOf` that a value fits both: scalars that overlap, and alternatives of which all
    /// values are the same, or those that have the required properties only. A `oneOf` rejects such values, because
    /// exactly one alternative must match.
    fn alike(&self, union: SchemaId, schema: &Schema<'_>) -> Vec<Diagnostic> {
        let mut firsts: HashMap<String, SchemaId> = HashMap::new();
        let mut found = Vec::new();
        let overlaps = self.overlaps(union, &schema.one_of);
        for &id in &schema.one_of {
            let parts = self.parts(id);
            if self.is_broken(&parts) {
                continue;
            }
            let outlines = [Compared::All, Compared::Required]
                .into_iter()
                .filter(|compared| *compared == Compared::All || !parts.required.is_empty())
                .map(|compared| (self.outline(id, compared, 0), compared));
            let mut first = None;
            for (outline, compared) in outlines {
                match firsts.entry(outline) {
                    Entry::Occupied(entry) if *entry.get() == id => {}
                    Entry::Occupied(entry) => first = first.or(Some((*entry.get(), compared))),
                    Entry::Vacant(entry) => _ = entry.insert(id),
                }
            }
            let alike = first.and_then(|(first, compared)| self.both(first, id, compared));
            let overlap = overlaps.iter().find(|overlap| overlap.later == id);
            found.extend(alike.or_else(|| self.overlapping(overlap?)));
        }
        found
    }

    /// Reports a value that two alternatives allow.
    fn both(&self, first: SchemaId, id: SchemaId, compared: Compared) -> Option<Diagnostic> {
        let value = self.value_of(id, compared, 0);
        let message = "two alternatives of a `oneOf` cannot be distinguished";
        let diagnostic = Diagnostic::warning(code::ALIKE_ALTERNATIVES, message)
            .at(
                self.document.schema(id).mark?,
                format!("`{value}` fits this alternative"),
            )
            .also(self.document.schema(first).mark?, "and this one");
        Some(
            diagnostic.help("remove one of them, or give each a property with a different `const`"),
        )
    }

    /// The features that distinguish the compared values of a schema from those of others. Schemas with the same outline
    /// have the same values for a decoder.
    fn outline(&self, id: SchemaId, compared: Compared, depth: usize) -> String {
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
            .filter(|(key, _)| compared.has(&parts, key.text))
            .map(|(key, id)| {
                let outline = self.outline(*id, Compared::All, depth + 1);
                format!("{:?}:{outline}", key.text)
            })
            .collect();
        let undescribed = parts.required.iter();
        let undescribed = undescribed.filter(|name| parts.property(name.text).is_none());
        properties.extend(undescribed.map(|name| format!("{:?}", name.text)));
        properties.sort_unstable();
        let items = parts
            .items
            .map(|id| self.outline(id, Compared::All, depth + 1));
        let format = parts.format;
        let limits = parts.limits;
        let types = parts.simple_types();
        let others = (
            parts.additional,
            parts.additional_schema,
            parts.patterns.len(),
        );
        // Values with the required properties only have no others.
        let others = (compared == Compared::All).then_some(others);
        let restrictions = self.restrictions(&parts);
        format!(
            "{types:?} {format:?} {values:?} {properties:?} {items:?} {limits:?} {restrictions:?} {others:?}"
        )
    }

    /// The keywords of a schema that restrict its values further, with their values.
    fn restrictions(&self, parts: &Parts<'t>) -> Vec<String> {
        let keywords = self.keywords(parts);
        let restricting = keywords.filter(|(key, _)| RESTRICTIONS.contains(key));
        let texts = restricting.map(|(key, value)| format!("{key} {}", value.to_json()));
        let mut texts: Vec<String> = texts.collect();
        texts.sort_unstable();
        texts
    }

    /// A value that a schema allows.
    fn value_of(&self, id: SchemaId, compared: Compared, depth: usize) -> Json {
        let parts = self.parts(id);
        if let Some(value) = parts.values.iter().flatten().next() {
            return value.to_json();
        }
        if compared == Compared::All
            && let Some(text) = self.sample_of(id)
        {
            return serde_json::from_str(&text).unwrap_or(Json::Null);
        }
        match parts.simple_types().first() {
            Some(SimpleType::Object) if depth <= DEEPEST => {
                Json::Object(self.properties_of(&parts, compared, depth))
            }
            Some(SimpleType::Object) => Json::Object(Map::new()),
            Some(SimpleType::Array) => Json::Array(Vec::new()),
            Some(SimpleType::Integer | SimpleType::Number) => 1.into(),
            Some(SimpleType::Boolean) => true.into(),
            Some(SimpleType::String) => "a".into(),
            Some(SimpleType::Null) | None => Json::Null,
        }
    }

    fn properties_of(
        &self,
        parts: &Parts<'_>,
        compared: Compared,
        depth: usize,
    ) -> Map<String, Json> {
        let properties = parts.properties.iter();
        let compared = properties.filter(|(key, _)| compared.has(parts, key.text));
        let value = |id| self.value_of(id, Compared::All, depth + 1);
        let members = compared.map(|(key, id)| (key.text.to_string(), value(*id)));
        members.collect()
    }
}
