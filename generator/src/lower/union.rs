//! `oneOf`, `anyOf`, type lists and bases with a discriminator: enums of alternatives.

use std::collections::HashSet;

use super::Lowerer;
use super::compose::{self, Alternatives, Parts};
use super::record::is_object;
use super::spot::Spot;
use crate::document::{SchemaId, SimpleType};
use crate::model::{
    Alternative, Constant, Docs, Enumeration, Kind, Scalar, Shape, TypeId, Union, Variant,
};
use crate::name::Scope;
use crate::source::Value;

/// The longest title that names a variant.
const LONGEST_TITLE: usize = 40;

impl<'t> Lowerer<'_, 't> {
    /// The shape of a schema with alternatives; `base` is what it says beside them.
    pub(super) fn union(
        &mut self,
        id: SchemaId,
        mut base: Parts<'t>,
        alternatives: &Alternatives<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        if !base.unions.is_empty()
            && let Some(place) = self.document.schema(id).mark
        {
            self.keyword_ignored("a second list of alternatives", place);
        }
        if let Some(shape) = self.union_of_words(id, &base, alternatives, spot, reserved) {
            return shape;
        }
        let parts: Vec<Parts<'t>> = alternatives
            .branches
            .iter()
            .map(|&b| Parts::of(self.document, b))
            .collect();
        if base.has_members() && !parts.iter().all(is_object) {
            base.unions.clear();
            return self.lower_parts(id, base, spot, reserved);
        }
        let ty = self.type_for(id, spot, reserved);
        let name = self.types[ty.0 as usize].name.to_string();
        let spot = Spot::new(spot.home().clone(), &name);
        let tag = self.tag(alternatives, &parts);
        let mut list = Vec::new();
        for (&branch, branch_parts) in alternatives.branches.iter().zip(&parts) {
            let variant = self.variant_text(branch, branch_parts, tag.as_deref());
            let shape =
                if base.has_members() && !branch_parts.has(id) && !branch_parts.include(&base) {
                    let both = base.clone().with(self.document, branch);
                    Shape::Named(self.record(branch, &both, &spot.child(&variant), None))
                } else {
                    self.alternative_shape(branch, &spot.child(&variant))
                };
            let tags = tag
                .as_deref()
                .map(|tag| self.tag_words(branch, tag, alternatives.discriminator.as_ref()));
            list.push((variant, shape, tags.unwrap_or_default(), branch));
        }
        self.finish_union(ty, tag, list)
    }

    /// Gives a reserved type its alternatives, or what they come down to.
    fn finish_union(
        &mut self,
        ty: TypeId,
        tag: Option<String>,
        list: Vec<(String, Shape, Vec<String>, SchemaId)>,
    ) -> Shape {
        let mut seen = HashSet::new();
        let list: Vec<_> = list
            .into_iter()
            .filter(|(_, shape, _, _)| tag.is_some() || seen.insert(shape.clone()))
            .collect();
        let any = list
            .iter()
            .any(|(_, shape, _, _)| matches!(shape, Shape::Json));
        let kind = match &list[..] {
            _ if any => Kind::Alias(Shape::Json),
            [(_, shape, _, _)] if *shape != Shape::Named(ty) => Kind::Alias(shape.clone()),
            _ if tag.is_some() => {
                let docs: Vec<_> = list
                    .iter()
                    .map(|&(_, _, _, branch)| self.value_docs(branch))
                    .collect();
                Kind::Union(tagged(tag, list, docs))
            }
            _ => Kind::Union(untagged(
                list.into_iter()
                    .map(|(name, shape, _, _)| (name, shape))
                    .collect(),
            )),
        };
        self.set_kind(ty, kind);
        Shape::Named(ty)
    }

    /// The shape of a branch; one that may be null keeps that to itself.
    fn alternative_shape(&mut self, branch: SchemaId, spot: &Spot) -> Shape {
        self.shape(branch, spot).shape
    }

    /// Alternatives that are all words, or words and any string: one enumeration.
    fn union_of_words(
        &mut self,
        id: SchemaId,
        base: &Parts<'t>,
        alternatives: &Alternatives<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Option<Shape> {
        if base.has_members() {
            return None;
        }
        let mut words: Vec<(String, Docs)> = Vec::new();
        let mut any_string = false;
        for &branch in &alternatives.branches {
            let parts = Parts::of(self.document, branch);
            match Self::words(&parts) {
                Some(found) => {
                    let docs = if found.len() == 1 {
                        self.value_docs(branch)
                    } else {
                        Docs::default()
                    };
                    words.extend(found.into_iter().map(|word| (word, docs.clone())));
                }
                None if parts.simple_types() == [SimpleType::String]
                    && parts.format.is_none()
                    && !self.files.has(self.target(branch)) =>
                {
                    any_string = true;
                }
                None => return None,
            }
        }
        if words.is_empty() {
            return None;
        }
        let ty = self.type_for(id, spot, reserved);
        let open = if any_string { Some(true) } else { base.open };
        let mut scope = Scope::pascal(&["Self"]);
        let unknown = (open != Some(false)).then(|| scope.claim("Unknown"));
        let mut seen = HashSet::new();
        words.retain(|(word, _)| seen.insert(word.clone()));
        let variants = words.into_iter().map(|(word, docs)| {
            let name = scope.claim(if word.is_empty() { "Empty" } else { &word });
            Variant {
                name,
                value: Constant::String(word),
                docs,
            }
        });
        let variants = variants.collect();
        self.set_kind(
            ty,
            Kind::Enumeration(Enumeration {
                variants,
                open: unknown,
                fixed: open,
            }),
        );
        Some(Shape::Named(ty))
    }

    /// The words of an enumeration of strings.
    pub(super) fn words(parts: &Parts<'t>) -> Option<Vec<String>> {
        let text = |node: &&crate::source::Node| match &node.value {
            Value::String(text) => Some(text.to_string()),
            _ => None,
        };
        let wants_words = parts.types.is_empty() || parts.types == [SimpleType::String];
        let values = parts
            .values
            .as_ref()
            .filter(|values| wants_words && !values.is_empty())?;
        values
            .iter()
            .filter(|node| node.value != Value::Null)
            .map(text)
            .collect()
    }

    /// A schema with several types: an alternative for each.
    pub(super) fn union_of_types(
        &mut self,
        id: SchemaId,
        types: &[SimpleType],
        parts: &Parts<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        let number = types.contains(&SimpleType::Number);
        let types: Vec<_> = types
            .iter()
            .copied()
            .filter(|&t| !(number && t == SimpleType::Integer))
            .collect();
        if let [only] = types[..] {
            return self.simple(id, only, parts, spot, reserved);
        }
        if types.len() >= 5 {
            return Shape::Json;
        }
        let ty = self.type_for(id, spot, reserved);
        let mut shapes = Vec::new();
        for simple in types {
            let name = type_word(simple);
            let shape = self.simple(id, simple, parts, &spot.child(name), None);
            shapes.push((name.to_owned(), shape));
        }
        self.set_kind(ty, Kind::Union(untagged(shapes)));
        Shape::Named(ty)
    }

    /// The schemas that extend a base with a discriminator; `None` where this is no such base.
    pub(super) fn children_of_base(&self, id: SchemaId) -> Option<Vec<SchemaId>> {
        let schema = self.document.schema(id);
        let discriminator = schema.discriminator.as_ref()?;
        if schema.component.is_none() || !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return None;
        }
        let mut children: Vec<SchemaId> = Vec::new();
        let mapped = discriminator.mapping.iter().map(|&(_, target)| target);
        let extending = self
            .document
            .components
            .iter()
            .map(|&(_, component)| component);
        let extending = extending.filter(|&component| self.extends(component, id));
        for child in mapped.chain(extending) {
            if child != id && !children.contains(&child) {
                children.push(child);
            }
        }
        (!children.is_empty()).then_some(children)
    }

    fn extends(&self, component: SchemaId, base: SchemaId) -> bool {
        let branches = &self.document.schema(component).all_of;
        branches.iter().any(|&b| {
            self.document
                .schema(b)
                .reference
                .is_some_and(|(target, _)| target == base)
        })
    }

    /// A base with a discriminator: a tagged union of what extends it.
    pub(super) fn base_union(
        &mut self,
        id: SchemaId,
        children: Vec<SchemaId>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        let ty = self.type_for(id, spot, reserved);
        let discriminator = self.document.schema(id).discriminator.clone();
        let tag = discriminator.as_ref().map(|d| d.property.text.to_owned());
        let mut list = Vec::new();
        for child in children {
            let parts = Parts::of(self.document, child);
            let variant = self.variant_text(child, &parts, tag.as_deref());
            let shape = self.alternative_shape(child, &spot.child(&variant));
            let tags = tag
                .as_deref()
                .map(|tag| self.tag_words(child, tag, discriminator.as_ref()));
            list.push((variant, shape, tags.unwrap_or_default(), child));
        }
        self.finish_union(ty, tag, list)
    }

    /// The schema that a branch stands for in the end.
    pub(super) fn target(&self, id: SchemaId) -> SchemaId {
        compose::target(self.document, id)
    }

    /// What a variant is named after.
    fn variant_text(&self, branch: SchemaId, parts: &Parts<'t>, tag: Option<&str>) -> String {
        let schema = self.document.schema(branch);
        let target = self.document.schema(self.target(branch));
        let short =
            |title: &&str| title.len() <= LONGEST_TITLE && title.chars().any(char::is_alphanumeric);
        if let Some(name) = schema.rust_name.map(|name| name.text).or(target.component) {
            return name.to_owned();
        }
        if let Some(title) = schema.title.filter(short) {
            return title.to_owned();
        }
        if let Some([word]) = tag
            .and_then(|tag| self.property_words(parts, tag))
            .as_deref()
        {
            return word.clone();
        }
        match parts.simple_types()[..] {
            _ if self.files.has(self.target(branch)) => "File".to_owned(),
            [simple] => type_word(simple).to_owned(),
            _ => "Other".to_owned(),
        }
    }
}

/// The name of an alternative that is only known by its type.
fn type_word(simple: SimpleType) -> &'static str {
    match simple {
        SimpleType::Null => "Null",
        SimpleType::Boolean => "Boolean",
        SimpleType::Integer => "Integer",
        SimpleType::Number => "Number",
        SimpleType::String => "Text",
        SimpleType::Array => "List",
        SimpleType::Object => "Object",
    }
}

/// A union that a tag decides.
fn tagged(
    tag: Option<String>,
    list: Vec<(String, Shape, Vec<String>, SchemaId)>,
    docs: Vec<Docs>,
) -> Union {
    let mut scope = Scope::pascal(&["Self"]);
    let unknown = scope.claim("Unknown");
    let mut seen = HashSet::new();
    let alternatives = list
        .into_iter()
        .zip(docs)
        .map(|((name, shape, mut tags, _), docs)| {
            tags.retain(|word| seen.insert(word.clone()));
            Alternative {
                name: scope.claim(&name),
                shape,
                tags,
                docs,
            }
        });
    Union {
        alternatives: alternatives.collect(),
        tag,
        unknown,
    }
}

/// A union that is told apart by form, the most specific alternative first.
pub(super) fn untagged(mut shapes: Vec<(String, Shape)>) -> Union {
    shapes.sort_by_key(|(_, shape)| generality(shape));
    let mut scope = Scope::pascal(&["Self"]);
    let unknown = scope.claim("Unknown");
    let alternatives = shapes.into_iter().map(|(name, shape)| Alternative {
        name: scope.claim(&name),
        shape,
        tags: Vec::new(),
        docs: Docs::default(),
    });
    Union {
        alternatives: alternatives.collect(),
        tag: None,
        unknown,
    }
}

/// How much a shape lets through; named types decide for themselves and come before what takes anything.
fn generality(shape: &Shape) -> u8 {
    match shape {
        Shape::Scalar(Scalar::Bool | Scalar::Uuid | Scalar::Timestamp | Scalar::Date) => 0,
        Shape::Scalar(Scalar::I32 | Scalar::I64 | Scalar::U64) => 1,
        Shape::Named(_) | Shape::Boxed(_) => 2,
        Shape::Scalar(Scalar::F32 | Scalar::F64) => 3,
        Shape::Scalar(_) => 4,
        Shape::Tuple(_) => 5,
        Shape::List(_) => 6,
        Shape::Nullable(_) | Shape::Map(_) => 7,
        Shape::JsonObject => 8,
        Shape::Json => 9,
    }
}
