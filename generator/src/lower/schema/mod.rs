//! Lowers a schema to a shape: the only module that decides which kind of type it becomes.

pub(crate) mod compose;
pub(crate) mod enumeration;
pub(crate) mod fitting;
pub(crate) mod json_text;
pub(crate) mod limits;
pub(crate) mod own;
pub(crate) mod owners;
pub(crate) mod pattern;
pub(crate) mod plain;
pub(crate) mod record;
pub(crate) mod scalar;
pub(crate) mod union;
pub(crate) mod untagged;

use std::hash::{DefaultHasher, Hasher};

use crate::diagnostic::Diagnostic;
use crate::document::code::UNSUPPORTED;
use crate::document::{Document, Reach, Schema, SchemaId, SimpleType};
use crate::lower::Lowered;
use crate::lower::schema::compose::meaning::fingerprint;
use crate::lower::schema::compose::same::{self, same_as, same_as_last};
use crate::lower::schema::compose::{DEEPEST as DEEPEST_COMPOSED, Parts};
use crate::lower::schema::scalar::scalar;
use crate::lower::spot::Spot;
use crate::lower::{Facts, Lowerer};
use crate::model::{Docs, Kind, Scalar, Shape, TypeId};
use crate::name::pascal;

/// The maximum depth of nested inline schemas.
const DEEPEST: usize = 200;

/// The maximum length of an array that becomes a tuple.
const LONGEST_TUPLE: usize = 12;

impl<'t> Lowerer<'_, 't> {
    /// The shape of a schema, which is lowered once. A type of its own is named after the spot.
    ///
    /// Follows a chain of schemas that each only refer to the next one without recursion.
    pub(crate) fn shape(&mut self, id: SchemaId, spot: &Spot) -> Lowered {
        let mut passed = Vec::new();
        let mut at = id;
        let mut lowered = loop {
            if let Some(known) = self.known.get(&at) {
                break known.clone();
            }
            // A cycle back to this schema that contains no named type can only be lowered to any JSON.
            let unknown = Lowered {
                shape: Shape::Json,
                nullable: self.is_nullable(at),
            };
            let next = self.twin(at, spot).or_else(|| self.sole_target(at));
            self.known.insert(at, unknown);
            passed.push(at);
            match next {
                Some(next) => at = next,
                None => break self.nested(at, spot),
            }
        };
        for id in passed.into_iter().rev() {
            lowered.nullable |= self.is_nullable(id);
            self.known.insert(id, lowered.clone());
        }
        lowered
    }

    /// The schema that this schema only refers to.
    fn sole_target(&mut self, id: SchemaId) -> Option<SchemaId> {
        let schema = self.document.schema(id);
        if schema.boolean.is_some()
            || schema.rust_type.is_some()
            || self.children_of_base(id).is_some()
        {
            return None;
        }
        let target = self.same_as(id)?;
        if let Some(location) = schema.not {
            self.keyword_ignored("not", location);
        }
        Some(target)
    }

    /// Lowers a nested schema. The depth is limited, because inline schemas that refer to each other can be nested
    /// infinitely.
    fn nested(&mut self, id: SchemaId, spot: &Spot) -> Lowered {
        if self.depth == DEEPEST {
            let nullable = self.is_nullable(id);
            let message = format!("more than {DEEPEST} inline schemas hold each other");
            let schemas = self.document.version.schemas();
            self.too_deep(id, message, &format!("name some of them under `{schemas}`"));
            return Lowered {
                shape: Shape::Json,
                nullable,
            };
        }
        self.depth += 1;
        let lowered = self.lower_schema(id, spot, None);
        self.depth -= 1;
        lowered
    }

    fn too_deep(&mut self, id: SchemaId, message: String, help: &str) {
        let diagnostic = Diagnostic::warning(UNSUPPORTED, message).help(help);
        self.diagnostics.push(match self.document.schema(id).mark {
            Some(location) => diagnostic.at(location, "any JSON is accepted instead"),
            None => diagnostic,
        });
    }

    /// The type of an earlier inline schema with the same content, if both get the same name below that of their
    /// holder: they are one type. Any other inline schema has a type of its own, whose name does not depend on its
    /// neighbours.
    fn twin(&mut self, id: SchemaId, spot: &Spot) -> Option<SchemaId> {
        let schema = self.document.schema(id);
        let makes_type = makes_type(schema);
        // Schemas with the same content can contain files in one location and strings in another.
        let of_parts = self.facts.files.is_near(id);
        if !makes_type || of_parts || schema.component.is_some() || spot.own().is_empty() {
            return None;
        }
        let content = self.content_hash(id)?;
        // A type that several operations share is not named after one of them.
        let is_shared = spot.in_operation().is_some() && self.facts.shared.contains_key(&content);
        let name = if is_shared {
            pascal(spot.own())
        } else {
            spot.tail()
        };
        let first = *self.twins.entry((name, content)).or_insert(id);
        (first != id).then_some(first)
    }

    /// Lowers a schema, into the reserved type if there is one and the schema needs a type.
    pub(crate) fn lower_schema(
        &mut self,
        id: SchemaId,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Lowered {
        let nullable = self.is_nullable(id);
        let schema = self.document.schema(id);
        if let Some(shape) = self.own_type(id) {
            return Lowered { shape, nullable };
        }
        self.report_own_type(id);
        if let Some(location) = schema.not {
            self.keyword_ignored("not", location);
        }
        if self.facts.files.has(id) {
            let shape = Shape::Scalar(Scalar::File);
            return Lowered { shape, nullable };
        }
        if schema.boolean.is_some() {
            let shape = Shape::Json;
            return Lowered { shape, nullable };
        }
        if let Some(children) = self.children_of_base(id) {
            let shape = self.base_union(id, children, spot, reserved);
            return Lowered { shape, nullable };
        }
        if let Some(target) = self.same_as(id) {
            let same = self.shape(target, spot);
            return Lowered {
                nullable: nullable || same.nullable,
                ..same
            };
        }
        if let Some(plain) = self.plain(id) {
            let shape = self.scalar_shape(plain.simple, plain.format, plain.base64, plain.reach);
            return Lowered { shape, nullable };
        }
        let parts = self.facts.known_parts.of(self.document, id);
        if parts.too_deep {
            let message =
                format!("more than {DEEPEST_COMPOSED} schemas are composed into each other");
            let help = "write the properties of some of them in place of their `allOf`";
            self.too_deep(id, message, help);
            let shape = Shape::Json;
            return Lowered { shape, nullable };
        }
        let shape = self.lower_parts(id, &parts, spot, reserved);
        Lowered { shape, nullable }
    }

    /// Lowers a schema, given its parts.
    pub(crate) fn lower_parts(
        &mut self,
        id: SchemaId,
        parts: &Parts<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        if self.facts.files.has(id) {
            return Shape::Scalar(Scalar::File);
        }
        if let Some(shape) = self.enumeration(id, parts, spot, reserved) {
            return shape;
        }
        if let Some(alternatives) = parts.unions.last() {
            let mut others = parts.clone();
            others.unions.pop();
            return self.union(id, others, alternatives, spot, reserved);
        }
        match parts.simple_types()[..] {
            [] => self.own_format(parts.format, None).unwrap_or(Shape::Json),
            [simple] => self.simple(id, simple, parts, spot, reserved),
            ref several => self.union_of_types(id, several, parts, spot, reserved),
        }
    }

    /// The shape of one simple type.
    pub(crate) fn simple(
        &mut self,
        id: SchemaId,
        simple: SimpleType,
        parts: &Parts<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        match simple {
            SimpleType::Array => self.list(id, parts, spot),
            SimpleType::Object => self.object(id, parts, spot, reserved),
            _ => self.scalar_shape(simple, parts.format, parts.base64, parts.reach),
        }
    }

    /// An array: a tuple if its length is fixed, otherwise a list whose element type fits all elements.
    fn list(&mut self, id: SchemaId, parts: &Parts<'t>, spot: &Spot) -> Shape {
        let prefix = &parts.prefix_items;
        let ends = parts
            .items
            .is_some_and(|rest| same::never_fits(self.document, rest));
        if prefix.is_empty() {
            return Shape::List(Box::new(match parts.items {
                Some(items) if needs_no_type(self.document, items) => {
                    self.shape(items, spot).into_element()
                }
                Some(items) => self.shape(items, &spot.element()).into_element(),
                None => Shape::Json,
            }));
        }
        let limits = parts.limits;
        let whole = limits.min_items.is_some_and(|least| least >= prefix.len());
        let ends_here = ends || limits.max_items.is_some_and(|most| most <= prefix.len());
        let part = |i: usize| spot.child(&format!("part {}", i + 1));
        if whole && ends_here && prefix.len() <= LONGEST_TUPLE {
            let shapes = prefix.iter().enumerate();
            let shapes = shapes.map(|(i, &element)| self.shape(element, &part(i)).into_element());
            return Shape::Tuple(shapes.collect());
        }
        let rest = parts.items.filter(|_| !ends);
        let is_file =
            |&&element: &&SchemaId| self.facts.files.has(same_as_last(self.document, element));
        let has_files = prefix.iter().find(is_file).is_some();
        if !ends_here && rest.is_none() && !has_files {
            return Shape::List(Box::new(Shape::Json));
        }
        let all: Vec<SchemaId> = prefix.iter().copied().chain(rest).collect();
        let all_parts: Vec<_> = all.iter().map(|&id| self.parts(id)).collect();
        let texts = self.variant_texts(&all, &all_parts, None);
        let mut elements: Vec<(String, Lowered)> = Vec::new();
        let spots = (0..prefix.len()).map(part).chain([spot.element()]);
        for ((&element, spot), text) in all.iter().zip(spots).zip(texts) {
            let lowered = self.shape(element, &spot);
            let mut known = elements.iter_mut();
            if let Some((_, known)) = known.find(|(_, known)| known.shape == lowered.shape) {
                known.nullable |= lowered.nullable;
            } else {
                elements.push((text.text, lowered));
            }
        }
        Shape::List(Box::new(self.any_of_shapes(id, elements, spot)))
    }

    /// A value with one of several shapes. If one of them is a file, which is not JSON, the variant `Unknown` of the
    /// enum holds all other JSON.
    fn any_of_shapes(
        &mut self,
        id: SchemaId,
        mut shapes: Vec<(String, Lowered)>,
        spot: &Spot,
    ) -> Shape {
        let is_file =
            |(_, lowered): &(String, Lowered)| lowered.shape == Shape::Scalar(Scalar::File);
        let nullable = shapes.iter().any(|(_, lowered)| lowered.nullable);
        let any_json = shapes
            .iter()
            .any(|(_, lowered)| lowered.shape == Shape::Json);
        let any_json = any_json && !shapes.iter().any(is_file);
        let shape = match &shapes[..] {
            [(_, only)] => only.shape.clone(),
            _ if any_json => Shape::Json,
            _ => {
                shapes.retain(|(_, lowered)| lowered.shape != Shape::Json);
                let ty = self.new_type(&spot.element(), id);
                let shapes = shapes.into_iter();
                let shapes = shapes.map(|(name, lowered)| (name, lowered.shape, Docs::default()));
                self.set_kind(ty, Kind::Union(untagged::untagged(shapes.collect())));
                Shape::Named(ty)
            }
        };
        Lowered { shape, nullable }.into_element()
    }

    fn object(
        &mut self,
        id: SchemaId,
        parts: &Parts<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        if parts.has_properties() {
            return Shape::Named(self.record(id, parts, spot, reserved));
        }
        match self.map_values(parts, spot) {
            Some(Shape::Json) | None => Shape::JsonObject,
            Some(values) => Shape::Map(Box::new(values)),
        }
    }

    /// The shape of the properties without a field of their own.
    pub(crate) fn map_values(&mut self, parts: &Parts<'t>, spot: &Spot) -> Option<Shape> {
        let of_patterns = parts.patterns.iter();
        // A pattern does not describe the properties whose names it does not match.
        let is_open = parts.additional != Some(false) && parts.additional_schema.is_none();
        if is_open
            && of_patterns
                .clone()
                .any(|(pattern, _)| !fits_all(pattern.text))
        {
            return Some(Shape::Json);
        }
        let of_patterns = of_patterns.map(|&(_, values)| values);
        let schemas: Vec<_> = parts
            .additional_schema
            .into_iter()
            .chain(of_patterns)
            .collect();
        match schemas[..] {
            [] if parts.additional == Some(true) => Some(Shape::Json),
            [] => None,
            [values] => Some(match self.shape(values, &spot.value()).into_element() {
                Shape::JsonObject if self.says_object_only(values) => Shape::Json,
                shape => shape,
            }),
            _ => Some(Shape::Json),
        }
    }
}

impl Facts<'_, '_> {
    /// The schema whose type this schema has.
    pub(crate) fn same_as(&self, id: SchemaId) -> Option<SchemaId> {
        let has_own_type = self.files.has(id) || self.tagged.contains(&id);
        same_as(self.document, id).filter(|_| !has_own_type)
    }

    /// A hash of the content of a schema, or of all parts of a joint.
    pub(crate) fn content_hash(&self, id: SchemaId) -> Option<(u64, u64)> {
        let Some(leaves) = self.document.leaves.get(&id) else {
            let schema = self.document.schema(id);
            let known = |node| *schema.fingerprint.get_or_init(|| fingerprint(node));
            return schema.node.map(known);
        };
        let leaves: Option<Vec<_>> = leaves.iter().map(|leaf| self.content_hash(*leaf)).collect();
        let mut hashers = (DefaultHasher::new(), DefaultHasher::new());
        for (first, second) in leaves? {
            hashers.0.write_u64(first);
            hashers.1.write_u64(second);
        }
        Some((hashers.0.finish(), hashers.1.finish()))
    }

    /// The shape of a simple type that is neither an array nor an object.
    fn scalar_shape(
        &self,
        simple: SimpleType,
        format: Option<&str>,
        base64: bool,
        reach: Reach,
    ) -> Shape {
        let scalar = scalar(simple, format, base64, reach);
        let own = self.own_format(format, scalar);
        own.unwrap_or_else(|| scalar.map_or(Shape::Json, Shape::Scalar))
    }

    /// Whether null is allowed.
    pub(crate) fn is_nullable(&self, id: SchemaId) -> bool {
        self.nullable.has(id)
    }

    /// Whether a schema is `type: object` and nothing else.
    ///
    /// As the values of a map, tools for Java write it for `Object`, which is any value: `Map<String, Object>` mostly
    /// has strings and numbers. Held to the letter, no such response decodes. Elsewhere it mostly means an object, and
    /// is one.
    fn says_object_only(&self, id: SchemaId) -> bool {
        let schema = self.document.schema(id);
        let has_values = schema.additional.is_some()
            || schema.additional_schema.is_some()
            || !schema.pattern_properties.is_empty();
        let is_own = schema.reference.is_none() && schema.component.is_none();
        let is_object = is_own && matches!(schema.types[..], [SimpleType::Object]);
        is_object && !has_values && !schema.has_object_keywords && !makes_type(schema)
    }
}

/// Whether a pattern matches every name.
fn fits_all(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    matches!(inner, "" | ".*" | ".+") && pattern != "^$"
}

/// Whether neither a schema nor its elements need a type, so that it needs no name: a plain value, or an array of such.
pub(crate) fn needs_no_type(document: &Document<'_>, id: SchemaId) -> bool {
    let schema = document.schema(id);
    let element = schema.items.map(|items| document.schema(items));
    let is_plain = |element: &Schema<'_>| has_no_types(element) && element.items.is_none();
    has_no_types(schema) && element.is_none_or(is_plain)
}

/// Whether neither a schema nor what it holds, except for its elements, needs a type.
pub(crate) fn has_no_types(schema: &Schema<'_>) -> bool {
    !makes_type(schema)
        && schema.reference.is_none()
        && schema.prefix_items.is_empty()
        && schema.pattern_properties.is_empty()
        && schema.additional_schema.is_none()
}

/// Whether a schema may need a type of its own.
pub(crate) fn makes_type(schema: &Schema<'_>) -> bool {
    !schema.properties.is_empty()
        || schema.enumeration.is_some()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
        || !schema.all_of.is_empty()
}
