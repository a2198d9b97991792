//! `oneOf`, `anyOf`, lists of types and bases with a discriminator: enums of alternatives.

pub(crate) mod base;
pub(crate) mod combine;
pub(crate) mod tag;
pub(crate) mod tag_values;
pub(crate) mod variant;

use std::sync::Arc;

use hashbrown::HashSet;

use crate::diagnostic::Diagnostic;
use crate::document::{Discriminator, SchemaId, SimpleType};
use crate::lower::code;
use crate::lower::schema::compose::same;
use crate::lower::schema::compose::{Alternatives, Parts};
use crate::lower::schema::enumeration::{Allowed, constants, value_text};
use crate::lower::schema::record::is_object;
use crate::lower::schema::union::combine::COMBINED;
use crate::lower::schema::union::variant::type_word;
use crate::lower::schema::untagged::untagged;
use crate::lower::spot::Spot;
use crate::lower::{Facts, Lowerer};
use crate::model::{Alternative, Constant, Docs, Kind, Shape, TypeId, Union};
use crate::name::Scope;
use crate::source::{Node, Value};

/// An alternative: the text of its variant, its shape, the values of the tag that lead to it, and its schema.
type Branch = (String, Shape, Vec<String>, SchemaId);

impl<'t> Lowerer<'_, 't> {
    /// The shape of a schema with alternatives; `base` has its other keywords.
    pub(crate) fn union(
        &mut self,
        id: SchemaId,
        mut base: Parts<'t>,
        alternatives: &Alternatives<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        let further = std::mem::take(&mut base.unions);
        if !further.is_empty() {
            base = self.with_further(id, base, &further, spot);
        }
        if let Some(shape) = self.union_of_constants(id, &base, alternatives, spot, reserved) {
            return shape;
        }
        let parts: Vec<Arc<Parts<'t>>> = alternatives
            .branches
            .iter()
            .map(|&b| self.parts(b))
            .collect();
        if base.has_properties() && !parts.iter().all(|parts| is_object(parts)) {
            base.unions.clear();
            return self.lower_parts(id, &base, spot, reserved);
        }
        let ty = self.type_for(id, spot, reserved);
        let spot = self.spot_within(ty, spot);
        let discriminator = alternatives.discriminator.as_ref();
        let tag = self.tag(alternatives, &parts);
        let (tag, tags) = self.tags_of(&alternatives.branches, tag, discriminator, id);
        let texts = self.variant_texts(&alternatives.branches, &parts, tag);
        let branches = alternatives.branches.iter().zip(&parts);
        let mut list = Vec::new();
        for (((&branch, branch_parts), tags), text) in branches.zip(tags).zip(&texts) {
            let variant = text.text.clone();
            let siblings = texts.iter().map(|sibling| &*sibling.text);
            let spot = spot.child(&variant).among(siblings);
            let shape =
                if base.has_properties() && !branch_parts.has(id) && !branch_parts.include(&base) {
                    let both = base.clone().with(self.document, branch);
                    Shape::Named(self.record(branch, &both, &spot, None))
                } else {
                    self.alternative_shape(branch, &spot)
                };
            list.push((variant, shape, tags, branch));
        }
        if alternatives.any
            && tag.is_none()
            && let Some(shape) = self.combined((id, ty), &base, &parts, &spot)
        {
            list.push((COMBINED.to_owned(), shape, Vec::new(), id));
        }
        let shape = self.finish_union(ty, tag, discriminator, list);
        self.numbered_variants(ty, &texts, &alternatives.branches);
        shape
    }

    /// A schema with the properties of further lists of alternatives, which apply to the same value. Each property is
    /// optional unless all alternatives require it. A list with alternatives other than objects is ignored. Both cases
    /// are reported.
    fn with_further(
        &mut self,
        id: SchemaId,
        base: Parts<'t>,
        further: &[Alternatives<'t>],
        spot: &Spot,
    ) -> Parts<'t> {
        let mut joined = Vec::new();
        for list in further {
            let parts: Vec<Arc<Parts<'t>>> = list.branches.iter().map(|&b| self.parts(b)).collect();
            let are_objects = parts.iter().all(|parts| is_object(parts));
            if let Some(place) = self.document.schema(id).mark {
                if are_objects {
                    let message = "only one list of alternatives can be expressed by a type";
                    let diagnostic = Diagnostic::warning(code::KEYWORD_IGNORED, message);
                    let label = "the properties of the other alternatives are optional here";
                    self.diagnostics.push(diagnostic.at(place, label));
                } else {
                    self.keyword_ignored("a second list of alternatives", place);
                }
            }
            joined.extend(are_objects.then_some(parts));
        }
        if joined.is_empty() {
            return base;
        }
        self.joined(base, &joined, spot)
    }

    /// The tag, and its values for each alternative. There is no tag if two alternatives have a value in common: such
    /// alternatives are distinguished by their content.
    pub(crate) fn tags_of(
        &mut self,
        branches: &[SchemaId],
        tag: Option<&'t str>,
        discriminator: Option<&Discriminator<'t>>,
        base: SchemaId,
    ) -> (Option<&'t str>, Vec<Vec<String>>) {
        let Some(tag) = tag else {
            return (None, vec![Vec::new(); branches.len()]);
        };
        let settled = self.tags(branches, tag, discriminator, base);
        if settled.is_cut {
            let message = format!("more than {} unions hold each other here", tag::DEEPEST);
            self.cut(base, message);
        }
        let unreachable = settled.unreachable.first().copied();
        let Some(discriminator) = discriminator else {
            return (Some(tag), settled.words);
        };
        let property = discriminator.property;
        let Some(unreachable) = unreachable else {
            self.impossible_tags(branches, tag, &settled.words, property.span);
            return (Some(tag), settled.words);
        };
        let message = format!("`{tag}` does not tell these alternatives apart");
        let mut diagnostic = Diagnostic::warning(code::DISCRIMINATOR_MISFIT, message)
            .at(property.span, "several of them have the same value")
            .note("the alternatives are distinguished by their content instead");
        if let Some(place) = self.document.schema(branches[unreachable]).mark {
            diagnostic = diagnostic.also(place, "another one has its values too");
        }
        self.diagnostics.push(diagnostic);
        (None, vec![Vec::new(); branches.len()])
    }

    /// Reports a union that is nested too deeply for tag values to lead to its innermost alternatives.
    pub(crate) fn cut(&mut self, id: SchemaId, message: String) {
        if let Some(place) = self.document.schema(id).mark {
            let diagnostic = Diagnostic::warning(code::DISCRIMINATOR_MISFIT, message);
            self.diagnostics.push(
                diagnostic
                    .at(place, "the innermost alternatives are not selected here")
                    .note("a value of one of them is kept as raw JSON")
                    .help("list the innermost alternatives here as well"),
            );
        }
    }

    /// Fills a reserved type with its alternatives, or with the shape that they reduce to.
    pub(crate) fn finish_union(
        &mut self,
        ty: TypeId,
        tag: Option<&'t str>,
        discriminator: Option<&Discriminator<'t>>,
        mut list: Vec<Branch>,
    ) -> Shape {
        if tag.is_some() {
            self.tag_the_rest(&mut list, discriminator);
        } else {
            let mut seen = HashSet::new();
            list.retain(|(_, shape, _, _)| seen.insert(shape.clone()));
        }
        let any = list
            .iter()
            .any(|(_, shape, _, _)| matches!(shape, Shape::Json));
        let default = discriminator
            .and_then(|known| known.default)
            .map(|id| self.target(id));
        let kind = match &list[..] {
            _ if any => Kind::Alias(Shape::Json),
            [(_, shape, _, _)] if tag.is_none() && *shape != Shape::Named(ty) => {
                Kind::Alias(shape.clone())
            }
            _ if tag.is_some() => {
                let default = list
                    .iter()
                    .position(|&(_, _, _, branch)| Some(self.target(branch)) == default);
                let docs = self.alternative_docs(ty, &list);
                Kind::Union(tagged(tag, list, docs, default))
            }
            _ => {
                let docs = self.alternative_docs(ty, &list);
                let list = list.into_iter().zip(docs);
                let list = list.map(|((name, shape, ..), docs)| (name, shape, docs));
                Kind::Union(untagged(list.collect()))
            }
        };
        self.set_kind(ty, kind);
        Shape::Named(ty)
    }

    /// The docs of the alternatives of a union. One that has the schema of the union itself has none.
    fn alternative_docs(&self, ty: TypeId, list: &[Branch]) -> Vec<Docs> {
        let own = self.types[ty.0 as usize].mark;
        let docs = list.iter().map(|(name, _, _, branch)| {
            let mark = self.document.schema(*branch).mark;
            if mark.is_some() && mark == own {
                Docs::default()
            } else {
                self.value_docs(*branch, name)
            }
        });
        docs.collect()
    }

    /// Maps the variant name of each alternative without a tag value to that alternative, and drops an alternative if
    /// that name already leads to another one.
    fn tag_the_rest(&mut self, list: &mut Vec<Branch>, discriminator: Option<&Discriminator<'t>>) {
        let words = list.iter().flat_map(|(_, _, tags, _)| tags);
        let mut taken: HashSet<String> = words.cloned().collect();
        list.retain_mut(|(variant, _, tags, branch)| {
            if !tags.is_empty() {
                return true;
            }
            if taken.insert(variant.clone()) {
                tags.push(variant.clone());
                return true;
            }
            let place = self.document.schema(*branch).mark;
            if let (Some(place), Some(discriminator)) = (place, discriminator) {
                let property = discriminator.property;
                let message = format!("no value of `{}` selects this alternative", property.text);
                let diagnostic = Diagnostic::warning(code::DISCRIMINATOR_MISFIT, message);
                self.diagnostics.push(
                    diagnostic
                        .at(place, format!("`{variant}` means another alternative"))
                        .also(property.span, "the values of this property tell them apart")
                        .note("the alternative is ignored")
                        .help("give it a value of its own in `mapping`"),
                );
            }
            false
        });
    }

    /// The shape of a branch, without its nullability.
    pub(crate) fn alternative_shape(&mut self, branch: SchemaId, spot: &Spot) -> Shape {
        self.shape(branch, spot).shape
    }

    /// One enumeration, if the alternatives are all constant strings, with or without an alternative for any string, or
    /// all integers. A value is named after the title of its alternative.
    fn union_of_constants(
        &mut self,
        id: SchemaId,
        base: &Parts<'t>,
        alternatives: &Alternatives<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Option<Shape> {
        if base.has_properties() {
            return None;
        }
        let mut values: Vec<Allowed<'t>> = Vec::new();
        let mut any_string = false;
        for &branch in &alternatives.branches {
            let parts = self.parts(branch);
            match constants(&parts) {
                Some(found) => {
                    let alone = found.len() == 1;
                    let label = |(node, value): (&Node, Constant)| {
                        let mut label = self.document.labels.of(node);
                        let described = self.document.schema(branch);
                        if alone {
                            label.former_names.extend(&described.former_names);
                        }
                        let title = described.title;
                        let title = title.filter(|_| alone && !speaks(&value));
                        let name = label.name.or(title);
                        let docs = if alone {
                            let text = match &value {
                                Constant::String(text) => text,
                                _ => "",
                            };
                            self.value_docs(branch, name.unwrap_or(text))
                        } else {
                            Docs {
                                description: label.description.map(str::to_owned),
                                ..Docs::default()
                            }
                        };
                        Allowed {
                            value,
                            name: name.map(str::to_owned),
                            former_names: label.former_names,
                            docs,
                            place: node.span,
                        }
                    };
                    values.extend(found.into_iter().map(label));
                }
                None if parts.simple_types() == [SimpleType::String]
                    && parts.format.is_none()
                    && !self.facts.files.has(self.target(branch)) =>
                {
                    any_string = true;
                }
                None => return None,
            }
        }
        let are_words = |one: &Allowed<'_>| matches!(one.value, Constant::String(_));
        let words = values.iter().filter(|one| are_words(one)).count();
        if values.is_empty() || (words < values.len() && (words > 0 || any_string)) {
            return None;
        }
        let ty = self.type_for(id, spot, reserved);
        let open = if any_string { Some(true) } else { base.open };
        let mut seen = HashSet::new();
        values.retain(|one| seen.insert(value_text(&one.value)));
        let enumeration = self.enumeration_of(values, open);
        self.set_kind(ty, Kind::Enumeration(enumeration));
        Some(Shape::Named(ty))
    }

    /// A schema with several types: an alternative for each.
    pub(crate) fn union_of_types(
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
            shapes.push((name.to_owned(), shape, Docs::default()));
        }
        self.set_kind(ty, Kind::Union(untagged(shapes)));
        Shape::Named(ty)
    }
}

impl<'t> Facts<'_, 't> {
    /// The values of an enumeration of strings.
    pub(crate) fn words(parts: &Parts<'t>) -> Option<Vec<String>> {
        let text = |node: &&Node| match &node.value {
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

    /// The schema at the end of a branch's references.
    pub(crate) fn target(&self, id: SchemaId) -> SchemaId {
        same::target(self.document, id)
    }
}

/// Whether a value has letters that can name it.
fn speaks(value: &Constant) -> bool {
    matches!(value, Constant::String(text) if text.chars().any(char::is_alphabetic))
}

/// A union whose alternatives are chosen by a tag.
fn tagged(tag: Option<&str>, list: Vec<Branch>, docs: Vec<Docs>, default: Option<usize>) -> Union {
    let (mut scope, unknown) = Scope::open_variants();
    let names = scope.claim_all(list.iter().map(|(name, ..)| &**name));
    let alternatives = list.into_iter().zip(docs).zip(names);
    let alternatives = alternatives.map(|(((_, shape, tags, _), docs), name)| Alternative {
        name,
        shape,
        tags,
        docs,
    });
    Union {
        alternatives: alternatives.collect(),
        tag: tag.map(str::to_owned),
        default,
        unknown,
    }
}
