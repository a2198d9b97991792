//! A schema becomes a shape: the one place that decides which kind of type it is.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::compose::{self, Parts, same_as};
use super::scalar::scalar;
use super::spot::Spot;
use super::{Lowered, Lowerer};
use crate::document::{Document, SchemaId, SimpleType};
use crate::model::{Scalar, Shape, TypeId};
use crate::source::{Node, Value};

/// The longest list with a type for each place that becomes a tuple.
const LONGEST_TUPLE: usize = 12;

impl<'t> Lowerer<'_, 't> {
    /// The shape of a schema, lowered once; a type of its own is named after the spot.
    pub(super) fn shape(&mut self, id: SchemaId, spot: &Spot) -> Lowered {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        if let Some(twin) = self.twin(id, spot) {
            let lowered = self.shape(twin, spot);
            self.known.insert(id, lowered.clone());
            return lowered;
        }
        // Whatever comes back to this schema without passing a type of its own can only be any JSON.
        let nullable = self.is_nullable(id);
        self.known.insert(
            id,
            Lowered {
                shape: Shape::Json,
                nullable,
            },
        );
        let lowered = self.lower_schema(id, spot, None);
        self.known.insert(id, lowered.clone());
        lowered
    }

    /// An inline schema of the same name and content that was met before: both are one type.
    fn twin(&mut self, id: SchemaId, spot: &Spot) -> Option<SchemaId> {
        let schema = self.document.schema(id);
        let makes_type = !schema.properties.is_empty()
            || schema.enumeration.is_some()
            || !schema.one_of.is_empty()
            || !schema.any_of.is_empty()
            || !schema.all_of.is_empty();
        // What looks the same may hold files in one place and strings in the other.
        let of_parts = self.files.is_near(id);
        if !makes_type || of_parts || schema.component.is_some() || spot.own().is_empty() {
            return None;
        }
        let key = (spot.own().to_owned(), fingerprint(schema.node?));
        let first = *self.twins.entry(key).or_insert(id);
        (first != id).then_some(first)
    }

    /// Whether null is allowed, however it is spelled.
    pub(super) fn is_nullable(&self, id: SchemaId) -> bool {
        compose::is_nullable(self.document, id)
    }

    /// Lowers a schema, into the reserved type where there is one and a type is needed.
    pub(super) fn lower_schema(
        &mut self,
        id: SchemaId,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Lowered {
        let nullable = self.is_nullable(id);
        let schema = self.document.schema(id);
        if let Some(place) = schema.not {
            self.keyword_ignored("not", place);
        }
        if schema.boolean.is_some() {
            return Lowered {
                shape: Shape::Json,
                nullable,
            };
        }
        if let Some(children) = self.children_of_base(id) {
            let shape = self.base_union(id, children, spot, reserved);
            return Lowered { shape, nullable };
        }
        if let Some(target) = same_as(self.document, id) {
            let same = self.shape(target, spot);
            return Lowered {
                nullable: nullable || same.nullable,
                ..same
            };
        }
        let parts = Parts::of(self.document, id);
        let shape = self.lower_parts(id, parts, spot, reserved);
        Lowered { shape, nullable }
    }

    /// Lowers what a schema says with all that it is composed of.
    pub(super) fn lower_parts(
        &mut self,
        id: SchemaId,
        mut parts: Parts<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        if self.files.has(id) {
            return Shape::Scalar(Scalar::File);
        }
        if let Some(shape) = self.enumeration(id, &parts, spot, reserved) {
            return shape;
        }
        if let Some(alternatives) = parts.unions.pop() {
            return self.union(id, parts, &alternatives, spot, reserved);
        }
        match parts.simple_types()[..] {
            [] => Shape::Json,
            [simple] => self.simple(id, simple, &parts, spot, reserved),
            ref several => self.union_of_types(id, several, &parts, spot, reserved),
        }
    }

    /// The shape of one simple type.
    pub(super) fn simple(
        &mut self,
        id: SchemaId,
        simple: SimpleType,
        parts: &Parts<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        match simple {
            SimpleType::Array => self.list(parts, spot),
            SimpleType::Object => self.object(id, parts, spot, reserved),
            _ => scalar(simple, parts.format, parts.base64, parts.beyond_i64)
                .map_or(Shape::Json, Shape::Scalar),
        }
    }

    fn list(&mut self, parts: &Parts<'t>, spot: &Spot) -> Shape {
        if let Some(items) = parts.items {
            return Shape::List(Box::new(self.shape(items, &spot.element()).into_element()));
        }
        let places = &parts.prefix_items;
        if places.is_empty() || places.len() > LONGEST_TUPLE {
            return Shape::List(Box::new(Shape::Json));
        }
        let shapes = places.iter().enumerate();
        let shapes = shapes.map(|(i, &place)| {
            self.shape(place, &spot.child(&format!("part {}", i + 1)))
                .into_element()
        });
        Shape::Tuple(shapes.collect())
    }

    fn object(
        &mut self,
        id: SchemaId,
        parts: &Parts<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        if parts.has_members() {
            return Shape::Named(self.record(id, parts, spot, reserved));
        }
        match self.map_values(parts, spot) {
            Some(Shape::Json) | None => Shape::JsonObject,
            Some(values) => Shape::Map(Box::new(values)),
        }
    }

    /// The shape of the members that have no property of their own.
    pub(super) fn map_values(&mut self, parts: &Parts<'t>, spot: &Spot) -> Option<Shape> {
        let schemas: Vec<_> = parts
            .additional_schema
            .iter()
            .chain(&parts.patterns)
            .copied()
            .collect();
        match schemas[..] {
            [] if parts.additional == Some(true) => Some(Shape::Json),
            [] => None,
            [values] => Some(self.shape(values, &spot.value()).into_element()),
            _ => Some(Shape::Json),
        }
    }
}

/// Whether two schemas are one, or say the same.
pub(super) fn mean_the_same(document: &Document<'_>, a: SchemaId, b: SchemaId) -> bool {
    let target = |id| compose::target(document, id);
    let (a, b) = (target(a), target(b));
    a == b
        || match (document.schema(a).node, document.schema(b).node) {
            (Some(a), Some(b)) => fingerprint(a) == fingerprint(b),
            _ => false,
        }
}

/// A hash of what a node says, wherever it stands: 128 bits, so that equal hashes mean equal content.
pub(super) fn fingerprint(node: &Node) -> (u64, u64) {
    let mut hashers = (DefaultHasher::new(), DefaultHasher::new());
    // The two halves differ by what comes first.
    hashers.1.write_u8(1);
    hash_content(node, &mut hashers.0);
    hash_content(node, &mut hashers.1);
    (hashers.0.finish(), hashers.1.finish())
}

fn hash_content(node: &Node, hasher: &mut DefaultHasher) {
    match &node.value {
        Value::Null => hasher.write_u8(0),
        Value::Bool(word) => (1, word).hash(hasher),
        Value::Number(text) => (2, text).hash(hasher),
        Value::String(text) => (3, text).hash(hasher),
        Value::List(elements) => {
            (4, elements.len()).hash(hasher);
            for element in elements {
                hash_content(element, hasher);
            }
        }
        Value::Map(members) => {
            (5, members.len()).hash(hasher);
            for member in members {
                member.key.text.hash(hasher);
                // The same reference means another schema in another file.
                if &*member.key.text == "$ref" {
                    member.value.span.file.hash(hasher);
                }
                hash_content(&member.value, hasher);
            }
        }
    }
}
