//! Composition: what a schema says once `$ref`, `allOf` and null branches are seen through.

use std::collections::HashMap;

use crate::document::{
    Discriminator, Document, Limits, Schema, SchemaId, SimpleType, SuccessFlag, Text,
};
use crate::source::{Key, Node};

/// A schema with everything that its `allOf` and its reference bring in.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts<'t> {
    /// Types without null; empty where none is given.
    pub(super) types: Vec<SimpleType>,
    pub(super) format: Option<&'t str>,
    pub(super) base64: bool,
    pub(super) beyond_i64: bool,
    /// The values of `enum` or `const`.
    pub(super) values: Option<Vec<&'t Node>>,
    /// Whether the values come from `const`.
    pub(super) constant: bool,
    pub(super) properties: Vec<(&'t Key, SchemaId)>,
    pub(super) required: Vec<Text<'t>>,
    /// The names of members that must not be there.
    never: Vec<&'t str>,
    pub(super) additional: Option<bool>,
    pub(super) additional_schema: Option<SchemaId>,
    pub(super) patterns: Vec<SchemaId>,
    pub(super) items: Option<SchemaId>,
    pub(super) prefix_items: Vec<SchemaId>,
    /// Lists of alternatives, one for each `oneOf` or `anyOf` met.
    pub(super) unions: Vec<Alternatives<'t>>,
    pub(super) open: Option<bool>,
    pub(super) success_flag: Option<SuccessFlag<'t>>,
    pub(super) limits: Limits,
    /// An example, or else the default: the outermost one.
    pub(super) example: Option<&'t Node>,
    hints: Option<SimpleType>,
    /// Every schema that was added.
    composed: Vec<SchemaId>,
}

/// How the schemas that a schema is composed of are gone through.
struct Walk<'d, 't> {
    document: &'d Document<'t>,
    /// The schemas on the way to the one at hand.
    above: Vec<SchemaId>,
    /// Whether alternatives are looked at.
    alternatives: bool,
}

impl<'d, 't> Walk<'d, 't> {
    fn new(document: &'d Document<'t>) -> Self {
        Self {
            document,
            above: Vec::new(),
            alternatives: true,
        }
    }
}

/// The alternatives of a `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub(super) struct Alternatives<'t> {
    /// The branches that are more than null.
    pub(super) branches: Vec<SchemaId>,
    pub(super) discriminator: Option<Discriminator<'t>>,
}

impl<'t> Parts<'t> {
    /// The parts of a schema.
    pub(super) fn of(document: &Document<'t>, id: SchemaId) -> Self {
        let mut parts = Self::default();
        parts.add(id, &mut Walk::new(document));
        parts
    }

    /// The parts of a schema but for its alternatives.
    fn without_alternatives(document: &Document<'t>, id: SchemaId) -> Self {
        let mut parts = Self::default();
        let mut walk = Walk {
            alternatives: false,
            ..Walk::new(document)
        };
        parts.add(id, &mut walk);
        parts
    }

    /// Adds a schema and what it is composed of, each once, so that neither circles nor many ways to one cost anything.
    fn add(&mut self, id: SchemaId, walk: &mut Walk<'_, 't>) {
        if self.composed.contains(&id) {
            return;
        }
        self.composed.push(id);
        walk.above.push(id);
        let schema = walk.document.schema(id);
        if let Some((target, _)) = schema.reference {
            self.add(target, walk);
        }
        for &branch in &schema.all_of {
            self.add(branch, walk);
        }
        walk.above.pop();
        self.add_own(schema, walk);
    }

    fn add_own(&mut self, schema: &Schema<'t>, walk: &Walk<'_, 't>) {
        let document = walk.document;
        let types: Vec<_> = schema
            .types
            .iter()
            .copied()
            .filter(|&t| t != SimpleType::Null)
            .collect();
        self.add_types(&types);
        self.format = schema.format.map(|format| format.text).or(self.format);
        self.base64 |= schema
            .content_encoding
            .is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64"));
        self.beyond_i64 |= schema.beyond_i64;
        if let Some(value) = schema.constant {
            self.values = Some(vec![value]);
            self.constant = true;
        } else if let Some(values) = &schema.enumeration {
            self.values = Some(self.common_values(values));
        }
        for &(key, property) in &schema.properties {
            self.add_property(document, key, property);
        }
        self.required.extend(schema.required.iter().copied());
        let never = &self.never;
        self.required.retain(|name| !never.contains(&name.text));
        self.additional = schema.additional.or(self.additional);
        self.additional_schema = schema.additional_schema.or(self.additional_schema);
        let patterns = schema.pattern_properties.iter().map(|&(_, id)| id);
        self.patterns
            .extend(patterns.filter(|&id| !never_fits(document, id)));
        self.items = schema.items.or(self.items);
        if !schema.prefix_items.is_empty() {
            self.prefix_items.clone_from(&schema.prefix_items);
        }
        for branches in [&schema.one_of, &schema.any_of] {
            if walk.alternatives {
                self.add_union(schema, branches, walk);
            }
        }
        self.open = schema.open.or(self.open);
        self.success_flag = schema.success_flag.or(self.success_flag);
        self.limits = schema.limits.or(self.limits);
        let example = schema.examples.first().map(|example| example.value);
        self.example = example.or(schema.default).or(self.example);
        self.hints = self.hints.or(keyword_type(schema));
    }

    /// The types that all parts allow; where they contradict each other the later ones count.
    fn add_types(&mut self, types: &[SimpleType]) {
        if types.is_empty() {
            return;
        }
        let fits = |t: &SimpleType| {
            types.contains(t) || (*t == SimpleType::Integer && types.contains(&SimpleType::Number))
        };
        let common: Vec<_> = self.types.iter().copied().filter(fits).collect();
        self.types = if common.is_empty() {
            types.to_vec()
        } else {
            common
        };
    }

    /// The values that all parts allow.
    fn common_values(&self, values: &[&'t Node]) -> Vec<&'t Node> {
        let Some(known) = &self.values else {
            return values.to_vec();
        };
        let common: Vec<_> = values
            .iter()
            .copied()
            .filter(|value| known.iter().any(|k| k.value == value.value))
            .collect();
        if common.is_empty() {
            values.to_vec()
        } else {
            common
        }
    }

    /// A later property of the same name counts, unless it only annotates the earlier one.
    fn add_property(&mut self, document: &Document<'t>, key: &'t Key, property: SchemaId) {
        if never_fits(document, property) {
            self.never.push(&key.text);
            self.properties.retain(|(known, _)| known.text != key.text);
        }
        if self.never.contains(&&*key.text) {
            return;
        }
        let mut known = self.properties.iter_mut();
        match known.find(|(known, _)| known.text == key.text) {
            Some(known) if !is_annotation(document.schema(property)) => *known = (key, property),
            Some(_) => {}
            None => self.properties.push((key, property)),
        }
    }

    /// Adds the alternatives of a schema, unless what it is composed into is one of them: a base that lists its
    /// children stands in each child for its members alone.
    fn add_union(&mut self, schema: &Schema<'t>, branches: &[SchemaId], walk: &Walk<'_, 't>) {
        let branches = real_branches(walk.document, branches);
        let mut targets = branches.iter().map(|&id| target(walk.document, id));
        let settled = targets.any(|target| walk.above.contains(&target));
        if !branches.is_empty() && !settled {
            self.unions.push(Alternatives {
                branches,
                discriminator: schema.discriminator.clone(),
            });
        }
    }

    /// The simple types, told by the keywords where `type` is missing.
    pub(super) fn simple_types(&self) -> Vec<SimpleType> {
        if !self.types.is_empty() {
            return self.types.clone();
        }
        let told = if self.is_object() {
            Some(SimpleType::Object)
        } else if self.items.is_some() || !self.prefix_items.is_empty() {
            Some(SimpleType::Array)
        } else if self.base64 {
            Some(SimpleType::String)
        } else {
            self.format.and_then(format_type).or(self.hints)
        };
        told.into_iter().collect()
    }

    /// Whether it has members of its own.
    pub(super) fn has_members(&self) -> bool {
        !self.properties.is_empty()
    }

    fn is_object(&self) -> bool {
        self.has_members()
            || self.additional.is_some()
            || self.additional_schema.is_some()
            || !self.patterns.is_empty()
            || !self.required.is_empty()
    }

    /// Whether a schema is among those that these parts are of.
    pub(super) fn has(&self, id: SchemaId) -> bool {
        self.composed.contains(&id)
    }

    /// Whether these parts say of members everything that the others do.
    pub(super) fn include(&self, others: &Self) -> bool {
        let requires = |name: &str| self.required.iter().any(|own| own.text == name);
        let mut properties = others.properties.iter();
        properties.all(|&(key, id)| {
            let mut own = self.properties.iter();
            own.any(|&(known, own)| known.text == key.text && own == id)
        }) && others.required.iter().all(|name| requires(name.text))
            && (others.additional_schema.is_none()
                || others.additional_schema == self.additional_schema)
            && (others.additional.is_none() || others.additional == self.additional)
            && others.patterns.iter().all(|id| self.patterns.contains(id))
    }

    /// These parts with those of a branch on top.
    pub(super) fn with(mut self, document: &Document<'t>, branch: SchemaId) -> Self {
        self.add(branch, &mut Walk::new(document));
        self
    }
}

/// The component that describes each inline property: what comes of it is named after that one, whoever else it is
/// composed into.
pub(super) fn owners(document: &Document<'_>) -> HashMap<SchemaId, SchemaId> {
    let mut owners = HashMap::new();
    for &(_, component) in &document.components {
        let mut open = vec![component];
        while let Some(id) = open.pop() {
            let schema = document.schema(id);
            for &(_, property) in &schema.properties {
                owners.entry(property).or_insert(component);
            }
            let is_inline = |branch: &SchemaId| document.schema(*branch).component.is_none();
            open.extend(schema.all_of.iter().copied().filter(is_inline));
        }
    }
    owners
}

/// The type that validation keywords of an untyped schema speak of.
fn keyword_type(schema: &Schema<'_>) -> Option<SimpleType> {
    if schema.has_string_keywords {
        Some(SimpleType::String)
    } else if schema.has_number_keywords {
        Some(SimpleType::Number)
    } else if schema.has_list_keywords {
        Some(SimpleType::Array)
    } else if schema.has_object_keywords {
        Some(SimpleType::Object)
    } else {
        None
    }
}

/// The type that a format of an untyped schema speaks of.
fn format_type(format: &str) -> Option<SimpleType> {
    match format {
        "int32" | "int64" | "uint32" | "uint64" => Some(SimpleType::Integer),
        "float" | "double" => Some(SimpleType::Number),
        "uuid" | "date" | "date-time" | "time" | "duration" | "uri" | "url" | "email" | "byte"
        | "binary" | "password" | "hostname" | "ipv4" | "ipv6" => Some(SimpleType::String),
        _ => None,
    }
}

/// The schema that a schema stands for: a named one, or the one that says something.
pub(super) fn target(document: &Document<'_>, mut id: SchemaId) -> SchemaId {
    for _ in 0..32 {
        if document.schema(id).component.is_some() {
            break;
        }
        match same_as(document, id) {
            Some(next) => id = next,
            None => break,
        }
    }
    id
}

/// The schema that this one only stands for: a reference, an `allOf` or a union with one real branch.
pub(super) fn same_as(document: &Document<'_>, id: SchemaId) -> Option<SchemaId> {
    let schema = document.schema(id);
    if schema.constant.is_some() || schema.enumeration.is_some() || has_structure(schema) {
        return None;
    }
    let mut targets: Vec<SchemaId> = schema.reference.iter().map(|&(target, _)| target).collect();
    targets.extend(
        schema
            .all_of
            .iter()
            .copied()
            .filter(|&branch| !is_annotation(document.schema(branch))),
    );
    for branches in [&schema.one_of, &schema.any_of] {
        let real = real_branches(document, branches);
        if real.len() > 1 {
            return None;
        }
        targets.extend(real);
    }
    match targets[..] {
        [target] if types_agree(document, schema, target) => Some(target),
        _ => None,
    }
}

/// Whether a `type` beside a reference or composition adds nothing.
fn types_agree(document: &Document<'_>, schema: &Schema<'_>, target: SchemaId) -> bool {
    let own: Vec<_> = schema
        .types
        .iter()
        .copied()
        .filter(|&t| t != SimpleType::Null)
        .collect();
    own.is_empty() || Parts::without_alternatives(document, target).simple_types() == own
}

/// Whether a schema says something about members or elements itself.
fn has_structure(schema: &Schema<'_>) -> bool {
    !schema.properties.is_empty()
        || !schema.required.is_empty()
        || schema.additional_schema.is_some()
        || !schema.pattern_properties.is_empty()
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
}

/// Whether a schema only describes: it changes no type.
pub(super) fn is_annotation(schema: &Schema<'_>) -> bool {
    schema.boolean != Some(false)
        && schema.reference.is_none()
        && schema.types.is_empty()
        && schema.format.is_none()
        && schema.enumeration.is_none()
        && schema.constant.is_none()
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && schema.additional != Some(true)
        && keyword_type(schema).is_none()
        && !has_structure(schema)
}

/// Whether a schema allows nothing but null.
pub(super) fn is_null(document: &Document<'_>, id: SchemaId) -> bool {
    let schema = document.schema(id);
    let only_null = |node: &Node| node.value == crate::source::Value::Null;
    schema.types == [SimpleType::Null]
        || schema.constant.is_some_and(only_null)
        || schema
            .enumeration
            .as_ref()
            .is_some_and(|values| !values.is_empty() && values.iter().all(|value| only_null(value)))
}

/// Whether a schema is `false`.
fn never_fits(document: &Document<'_>, id: SchemaId) -> bool {
    document.schema(id).boolean == Some(false)
}

/// The alternatives that are more than null and more than a list of required members.
fn real_branches(document: &Document<'_>, branches: &[SchemaId]) -> Vec<SchemaId> {
    let real = |id: &SchemaId| {
        !is_null(document, *id) && !never_fits(document, *id) && !only_requires(document, *id)
    };
    branches.iter().copied().filter(real).collect()
}

/// Whether a branch only says which of the members around it must be there.
fn only_requires(document: &Document<'_>, id: SchemaId) -> bool {
    let schema = document.schema(id);
    !schema.required.is_empty()
        && schema
            .properties
            .iter()
            .all(|&(_, property)| never_fits(document, property))
        && schema.reference.is_none()
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && schema.additional_schema.is_none()
}

/// Whether null is allowed, however it is spelled.
pub(super) fn is_nullable(document: &Document<'_>, id: SchemaId) -> bool {
    nullable(document, id, &mut HashMap::new())
}

/// `known` has what was found out of each schema, and of those on the way that they are not.
fn nullable(document: &Document<'_>, id: SchemaId, known: &mut HashMap<SchemaId, bool>) -> bool {
    if let Some(known) = known.get(&id) {
        return *known;
    }
    let schema = document.schema(id);
    if schema.nullable || is_null(document, id) {
        return true;
    }
    let null_value =
        |values: &Vec<&Node>| values.iter().any(|v| v.value == crate::source::Value::Null);
    if schema.types.is_empty() && schema.enumeration.as_ref().is_some_and(null_value) {
        return true;
    }
    let mut alternatives = schema.one_of.iter().chain(&schema.any_of);
    if schema.reference.is_none() && schema.all_of.is_empty() && alternatives.next().is_none() {
        return false;
    }
    known.insert(id, false);
    let branch = schema
        .one_of
        .iter()
        .chain(&schema.any_of)
        .any(|&id| nullable(document, id, known));
    let whole = !schema.all_of.is_empty()
        && schema
            .all_of
            .iter()
            .all(|&id| nullable(document, id, known));
    let target = schema.types.is_empty()
        && schema
            .reference
            .is_some_and(|(id, _)| nullable(document, id, known));
    let nullable = branch || whole || target;
    known.insert(id, nullable);
    nullable
}
