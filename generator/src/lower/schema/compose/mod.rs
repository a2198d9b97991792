//! Composition: the keywords of a schema together with those of its `$ref`, `allOf` and null branches.

pub(crate) mod by_name;
pub(crate) mod implied;
pub(crate) mod joint;
pub(crate) mod known_parts;
pub(crate) mod meaning;
pub(crate) mod narrow;
pub(crate) mod nullable;
pub(crate) mod same;
pub(crate) mod texts;
pub(crate) mod unjoined;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use hashbrown::HashSet;

use crate::document::{
    Bound, Discriminator, Document, Format, Limits, Reach, Schema, SchemaId, SimpleType,
    SuccessFlag, Text,
};
use crate::lower::schema::compose::by_name::ByName;
use crate::lower::schema::compose::meaning::{Meaning, meaning};
use crate::lower::schema::compose::narrow::Closed;
pub(crate) use crate::lower::schema::compose::narrow::{Contradicted, Contradiction};
use crate::lower::schema::compose::same::{never_fits, real_branches, target};
use crate::lower::schema::compose::texts::Texts;
use crate::lower::schema::compose::unjoined::Unjoined;
use crate::source::{Node, Span};

/// The maximum number of schemas that are composed into each other. Each schema of a chain contains the parts of all
/// schemas before it, so the cost of a chain is quadratic in its length.
pub(crate) const DEEPEST: usize = 128;

/// The keywords of a schema, including those of its `allOf` and its reference. There are parts of every schema, and most
/// of their sets are empty or tiny, so that these are trees.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts<'t> {
    /// Types without null; empty if `type` is missing.
    pub(crate) types: Vec<SimpleType>,
    pub(crate) format: Option<&'t str>,
    pub(crate) base64: bool,
    pub(crate) reach: Reach,
    /// The values of `enum` or `const`.
    pub(crate) values: Option<Vec<&'t Node>>,
    /// The values as texts, computed on first use.
    value_texts: OnceLock<HashSet<String>>,
    /// The texts of the values as constants, computed on first use.
    pub(crate) constant_texts: OnceLock<Texts>,
    pub(crate) properties: ByName<'t, (Text<'t>, SchemaId)>,
    pub(crate) required: ByName<'t, Text<'t>>,
    /// The names of properties that must be absent.
    never: BTreeSet<&'t str>,
    pub(crate) additional: Option<bool>,
    pub(crate) additional_schema: Option<SchemaId>,
    pub(crate) patterns: ByName<'t, (Text<'t>, SchemaId)>,
    pub(crate) items: Option<SchemaId>,
    pub(crate) prefix_items: Vec<SchemaId>,
    /// Lists of alternatives, one for each `oneOf` or `anyOf` met.
    pub(crate) unions: Vec<Alternatives<'t>>,
    /// The meanings of the alternatives of each list.
    union_contents: BTreeSet<Vec<Meaning>>,
    pub(crate) open: Option<bool>,
    pub(crate) success_flag: Option<SuccessFlag<'t>>,
    pub(crate) limits: Limits,
    /// The outermost example, otherwise the default.
    pub(crate) example: Option<&'t Node>,
    hints: Option<SimpleType>,
    /// Every schema that was added.
    composed: BTreeSet<SchemaId>,
    /// Whether the schema exceeds the maximum number of composed schemas.
    pub(crate) too_deep: bool,
    /// The locations of the `type`, the `format` and the `enum` or `const` that were added last.
    types_at: Option<Span>,
    format_at: Option<Span>,
    values_at: Option<Span>,
    /// The fingerprints of values that are in several parts only as texts, which are the same value only for strings.
    same_texts: BTreeSet<(u64, u64)>,
    /// The narrowest limits.
    pub(crate) bounds: Vec<Bound>,
    /// The parts with `additionalProperties: false`.
    closed: Vec<Closed<'t>>,
    /// Parts that contradict each other.
    pub(crate) contradictions: Vec<Contradiction>,
    /// Pairs of schemas that apply to one value and have no joint yet.
    pub(crate) unjoined: Unjoined,
}

/// The traversal of the schemas that a schema is composed of.
struct Traversal<'d, 't> {
    document: &'d Document<'t>,
    /// The schemas on the path to the current one.
    above: Vec<SchemaId>,
    /// Whether alternatives are included.
    alternatives: bool,
}

impl<'d, 't> Traversal<'d, 't> {
    fn new(document: &'d Document<'t>) -> Self {
        Self {
            document,
            above: Vec::new(),
            alternatives: true,
        }
    }
}

/// The next step of a traversal: enter a schema, or leave it after everything that it is composed of.
enum Step {
    Into(SchemaId),
    OutOf(SchemaId),
}

/// The alternatives of a `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub(crate) struct Alternatives<'t> {
    /// The branches that are more than null.
    pub(crate) branches: Vec<SchemaId>,
    /// Whether a value can match several of them, as with `anyOf`.
    pub(crate) any: bool,
    pub(crate) discriminator: Option<Discriminator<'t>>,
}

impl<'t> Parts<'t> {
    /// The parts of a schema.
    pub(crate) fn of(document: &Document<'t>, id: SchemaId) -> Self {
        let mut parts = Self::default();
        parts.add(id, &mut Traversal::new(document));
        parts
    }

    /// The parts of a schema without its alternatives.
    pub(crate) fn without_alternatives(document: &Document<'t>, id: SchemaId) -> Self {
        let mut parts = Self::default();
        let mut walk = Traversal {
            alternatives: false,
            ..Traversal::new(document)
        };
        parts.add(id, &mut walk);
        parts
    }

    /// Adds a schema and the schemas that it is composed of, each once, so that cycles end. A schema is added after
    /// those that it is composed of.
    fn add(&mut self, id: SchemaId, walk: &mut Traversal<'_, 't>) {
        let mut open = vec![Step::Into(id)];
        while let Some(step) = open.pop() {
            match step {
                Step::Into(_) if walk.above.len() == DEEPEST => self.too_deep = true,
                Step::Into(id) if self.composed.insert(id) => {
                    walk.above.push(id);
                    open.push(Step::OutOf(id));
                    let end = walk.document.end(id);
                    if end != id {
                        open.push(Step::Into(end));
                        continue;
                    }
                    let schema = walk.document.schema(id);
                    open.extend(schema.all_of.iter().rev().copied().map(Step::Into));
                    open.extend(schema.reference.map(|(target, _)| Step::Into(target)));
                }
                Step::Into(_) => {}
                Step::OutOf(id) => {
                    walk.above.pop();
                    self.add_own(walk.document.schema(id), walk);
                }
            }
        }
        self.drop_same_texts();
        if !self.never.is_empty() {
            let never = &self.never;
            self.properties.retain(|(key, _)| !never.contains(key.text));
            self.required.retain(|name| !never.contains(name.text));
        }
    }

    fn add_own(&mut self, schema: &Schema<'t>, walk: &Traversal<'_, 't>) {
        let document = walk.document;
        self.add_types(schema);
        self.add_format(schema);
        self.base64 |= schema
            .content_encoding
            .is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64"));
        self.reach = self.reach.max(schema.reach);
        self.add_values(schema);
        self.check_values(schema);
        self.add_bounds(schema);
        self.add_closed(document, schema);
        for &(key, property) in &schema.properties {
            self.add_property(document, key, property);
        }
        self.required.add(schema.required.iter().copied());
        self.additional = match (self.additional, schema.additional) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (known, own) => own.or(known),
        };
        self.additional_schema =
            self.both(document, self.additional_schema, schema.additional_schema);
        for &(key, values) in &schema.pattern_properties {
            if !never_fits(document, values) {
                self.add_pattern(document, key, values);
            }
        }
        self.add_elements(document, schema);
        for any in [false, true] {
            if walk.alternatives {
                self.add_union(schema, any, walk);
            }
        }
        self.open = schema.open.or(self.open);
        self.success_flag = schema
            .success_flag
            .as_deref()
            .copied()
            .or(self.success_flag);
        self.limits = schema.limits().and(self.limits);
        let example = schema.examples.first().map(|example| example.value);
        self.example = example.or(schema.default).or(self.example);
        self.hints = self.hints.or(keyword_type(schema));
    }

    /// Whether no value has the types of all parts.
    fn has_no_type(&self) -> bool {
        let mut of = self.contradictions.iter().map(|found| &found.of);
        of.any(|of| matches!(of, Contradicted::Types(..)))
    }

    fn add_property(&mut self, document: &Document<'t>, key: Text<'t>, property: SchemaId) {
        if never_fits(document, property) {
            self.never.insert(key.text);
        }
        if self.never.contains(key.text) {
            return;
        }
        let known = self.properties.get(key.text).map(|&(_, known)| known);
        let joint = known.map_or(property, |known| self.joint(document, known, property));
        self.properties.set((key, joint));
    }

    /// The properties in the order in which a type is named after them, which is not that of the description: required
    /// ones first, then short names, then by alphabet.
    pub(crate) fn telling_properties(&self) -> Vec<(Text<'t>, SchemaId)> {
        let mut properties: Vec<_> = self.properties.iter().copied().collect();
        properties.sort_by_key(|(key, _)| (!self.requires(key.text), key.text.len(), key.text));
        properties
    }

    fn add_pattern(&mut self, document: &Document<'t>, key: Text<'t>, values: SchemaId) {
        let known = self.patterns.get(key.text).map(|&(_, known)| known);
        let joint = known.map_or(values, |known| self.joint(document, known, values));
        self.patterns.set((key, joint));
    }

    /// Adds `items` and `prefixItems`, element by element: after the `prefixItems` of one part, its `items` apply.
    fn add_elements(&mut self, document: &Document<'t>, schema: &Schema<'t>) {
        let places = self.prefix_items.len().max(schema.prefix_items.len());
        let mut prefix = Vec::with_capacity(places);
        for index in 0..places {
            let own = schema.prefix_items.get(index).copied().or(schema.items);
            prefix.extend(self.both(document, self.element(index), own));
        }
        self.prefix_items = prefix;
        self.items = self.both(document, self.items, schema.items);
    }

    /// The schema of a value that one part or both parts describe.
    fn both(
        &mut self,
        document: &Document<'t>,
        known: Option<SchemaId>,
        own: Option<SchemaId>,
    ) -> Option<SchemaId> {
        match (known, own) {
            (Some(known), Some(own)) => Some(self.joint(document, known, own)),
            (known, own) => own.or(known),
        }
    }

    /// The schema that combines two schemas of one value.
    fn joint(&mut self, document: &Document<'t>, known: SchemaId, later: SchemaId) -> SchemaId {
        if known == later {
            return known;
        }
        let joint = document.joints.get(&(known, later)).copied();
        joint.unwrap_or_else(|| {
            self.unjoined.add(known, later);
            later
        })
    }

    /// Adds the alternatives of a schema, unless it is composed into one of them: a base that lists its children
    /// contributes only its properties to each child.
    fn add_union(&mut self, schema: &Schema<'t>, any: bool, walk: &Traversal<'_, 't>) {
        let described = if any { &schema.any_of } else { &schema.one_of };
        if described.is_empty() {
            return;
        }
        let mut branches = real_branches(walk.document, described);
        let discriminator = schema.discriminator.as_ref();
        let default = discriminator.and_then(|known| known.default);
        branches.extend(default.filter(|_| !branches.is_empty()));
        // An alternative that is listed twice counts once.
        let mut targets = HashSet::new();
        branches.retain(|&id| targets.insert(target(walk.document, id)));
        let settled = targets.iter().any(|target| walk.above.contains(target));
        if branches.is_empty() || settled {
            return;
        }
        let contents = branches.iter().map(|&id| meaning(walk.document, id));
        if self.union_contents.insert(contents.collect()) {
            self.unions.push(Alternatives {
                branches,
                any,
                discriminator: schema.discriminator.as_deref().cloned(),
            });
        }
    }

    /// The simple types, derived from other keywords if `type` is missing.
    pub(crate) fn simple_types(&self) -> Vec<SimpleType> {
        if self.has_no_type() {
            return Vec::new();
        }
        if !self.types.is_empty() {
            return self.types.clone();
        }
        let implied = if self.is_object() {
            Some(SimpleType::Object)
        } else if self.items.is_some() || !self.prefix_items.is_empty() {
            Some(SimpleType::Array)
        } else if self.base64 {
            Some(SimpleType::String)
        } else {
            self.format
                .and_then(Format::of)
                .map(|format| format.simple_type)
                .or(self.hints)
        };
        implied.into_iter().collect()
    }

    /// Every schema that the parts come from, in no particular order.
    pub(crate) fn composed(&self) -> impl Iterator<Item = SchemaId> {
        self.composed.iter().copied()
    }

    /// Whether it has properties of its own.
    pub(crate) fn has_properties(&self) -> bool {
        !self.properties.is_empty()
    }

    /// Whether it describes a property.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.properties.has(name)
    }

    /// The schema of a property.
    pub(crate) fn property(&self, name: &str) -> Option<SchemaId> {
        self.properties.get(name).map(|&(_, property)| property)
    }

    /// The schema of the element at an index, counted from 0, if there is one.
    pub(crate) fn element(&self, index: usize) -> Option<SchemaId> {
        self.prefix_items.get(index).copied().or(self.items)
    }

    /// Whether a property is required.
    pub(crate) fn requires(&self, name: &str) -> bool {
        self.required.has(name)
    }

    /// Whether it keeps properties that it does not describe.
    pub(crate) fn has_rest(&self) -> bool {
        self.additional == Some(true)
            || self.additional_schema.is_some()
            || !self.patterns.is_empty()
    }

    fn is_object(&self) -> bool {
        self.has_properties()
            || self.additional.is_some()
            || self.additional_schema.is_some()
            || !self.patterns.is_empty()
            || !self.required.is_empty()
    }

    /// The values of `enum` or `const`, as texts.
    pub(crate) fn value_texts(&self, text: fn(&Node) -> String) -> &HashSet<String> {
        let values = self.values.iter().flatten();
        self.value_texts
            .get_or_init(|| values.map(|value| text(value)).collect())
    }

    /// The approximate number of entries of these parts.
    pub(crate) fn entries(&self) -> usize {
        let values = self.values.as_ref().map_or(0, Vec::len);
        self.composed.len() + self.properties.len() + self.required.len() + values
    }

    /// Whether these parts include a schema.
    pub(crate) fn has(&self, id: SchemaId) -> bool {
        self.composed.contains(&id)
    }

    /// Whether both describe the same property, element or value of a map.
    pub(crate) fn meet(&self, others: &Self) -> bool {
        let elements = |parts: &Self| parts.items.is_some() || !parts.prefix_items.is_empty();
        let (small, large) = if self.properties.len() < others.properties.len() {
            (self, others)
        } else {
            (others, self)
        };
        let mut properties = small.properties.iter();
        let mut patterns = others.patterns.iter();
        properties.any(|(key, _)| large.knows(key.text))
            || patterns.any(|(key, _)| self.patterns.has(key.text))
            || (elements(self) && elements(others))
            || (self.additional_schema.is_some() && others.additional_schema.is_some())
    }

    /// Whether these parts describe all properties of the others in the same way.
    pub(crate) fn include(&self, others: &Self) -> bool {
        let mut properties = others.properties.iter();
        properties.all(|&(key, id)| self.property(key.text) == Some(id))
            && others.required.iter().all(|name| self.requires(name.text))
            && (others.additional_schema.is_none()
                || others.additional_schema == self.additional_schema)
            && (others.additional.is_none() || others.additional == self.additional)
            && others
                .patterns
                .iter()
                .all(|&(_, id)| self.patterns.iter().any(|&(_, own)| own == id))
    }

    /// These parts, extended by those of a branch.
    pub(crate) fn with(mut self, document: &Document<'t>, branch: SchemaId) -> Self {
        self.add(branch, &mut Traversal::new(document));
        self
    }
}

/// The type that the validation keywords of a schema without `type` apply to.
pub(crate) fn keyword_type(schema: &Schema<'_>) -> Option<SimpleType> {
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
