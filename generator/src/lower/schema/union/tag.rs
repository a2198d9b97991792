//! Tags: the property that distinguishes the alternatives of a union, and its values in each alternative.

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::document::{Discriminator, Format, SchemaId, SimpleType, is_broken};
use crate::lower::code;
use crate::lower::schema::compose::texts::Texts;
use crate::lower::schema::compose::{Alternatives, Parts};
use crate::lower::schema::record::is_object;
use crate::lower::schema::union::tag_values::{List, Settled, Tags};
use crate::lower::schema::union::variant::texts_of_values;
use crate::lower::{Facts, Lowerer};
use crate::model::Constant;
use crate::source::{Span, Value};

/// The maximum depth of nested unions whose tag values are collected.
pub(crate) const DEEPEST: usize = 32;

impl<'t> Lowerer<'_, 't> {
    /// The property that distinguishes the alternatives: that of the discriminator, or one with different values in
    /// each alternative. One that may be null, or that is optional and has several values, does not count: an
    /// alternative without a value fits all the same, and no value can be chosen for it.
    pub(crate) fn tag(
        &mut self,
        alternatives: &Alternatives<'t>,
        parts: &[Arc<Parts<'t>>],
    ) -> Option<&'t str> {
        if let Some(discriminator) = &alternatives.discriminator {
            let objects = parts
                .iter()
                .all(|parts| is_object(parts) || !parts.unions.is_empty());
            if objects {
                return Some(discriminator.property.text);
            }
            let message = "this discriminator belongs to alternatives that are not all objects";
            let diagnostic = Diagnostic::warning(code::DISCRIMINATOR_MISFIT, message)
                .at(discriminator.property.span, "only objects have properties")
                .note("the alternatives are distinguished by their content instead");
            if !parts.iter().any(|parts| self.is_broken(parts)) {
                self.diagnostics.push(diagnostic);
            }
            return None;
        }
        let (first, rest) = parts.split_first().filter(|(_, rest)| !rest.is_empty())?;
        let distinguishes = |name: &str| {
            let mut seen = HashSet::new();
            std::iter::once(first).chain(rest).all(|parts| {
                let words = self.property_words(parts, name).unwrap_or_default();
                let is_certain = words.len() == 1 || parts.requires(name);
                let null = parts.property(name).is_some_and(|id| self.is_nullable(id));
                let is_tag = is_certain && !null && !words.is_empty();
                is_tag && words.into_iter().all(|word| seen.insert(word))
            })
        };
        let properties = first.telling_properties().into_iter();
        let mut names = properties.map(|(key, _)| key.text);
        names.find(|name| distinguishes(name))
    }

    /// Reports the alternatives whose tag has a type that does not match any of their tag values.
    pub(crate) fn impossible_tags(
        &mut self,
        branches: &[SchemaId],
        tag: &'t str,
        words: &[Vec<String>],
        property: Span,
    ) {
        for (&branch, words) in branches.iter().zip(words) {
            let Some(schema) = self.property(branch, tag) else {
                continue;
            };
            let [simple] = self.parts(schema).simple_types()[..] else {
                continue;
            };
            let (Some(word), Some(place)) = (words.first(), self.document.schema(branch).mark)
            else {
                continue;
            };
            if words.iter().any(|word| can_be(simple, word)) {
                continue;
            }
            let kind = simple.noun();
            let message = format!("no value of `{tag}` selects this alternative");
            let diagnostic = Diagnostic::warning(code::DISCRIMINATOR_MISFIT, message);
            self.diagnostics.push(
                diagnostic
                    .at(
                        place,
                        format!("`{tag}` is {kind} here, and `{word}` is not"),
                    )
                    .also(
                        property,
                        "the values of this property tell the alternatives apart",
                    )
                    .note("a value of this alternative is kept as raw JSON")
                    .help("give it a value in `mapping`, or a `const` of its own"),
            );
        }
    }
}

impl<'t> Facts<'_, 't> {
    /// Whether a mistake was reported because of which a schema, or a part of it, allows any JSON.
    pub(crate) fn is_broken(&self, parts: &Parts<'t>) -> bool {
        let mut schemas = parts.composed().map(|id| self.document.schema(id));
        schemas.any(is_broken)
    }

    /// The values that a property of an object can have, if they are strings, integers or booleans.
    pub(crate) fn property_words(&self, parts: &Parts<'t>, name: &str) -> Option<Vec<String>> {
        let property = self.parts(parts.property(name)?);
        Self::words(&property)
            .or_else(|| Some(tag_texts(&property).words.clone()).filter(|texts| !texts.is_empty()))
    }

    /// The values of the tag that lead to each alternative. A value leads to at most one alternative: the one in the
    /// mapping, otherwise the only one that lists the value, otherwise the one with that name. An alternative that no
    /// other value leads to has its name as its value.
    ///
    /// `base` is the schema from which all alternatives can inherit the tag, together with the list of all its values.
    pub(crate) fn tags(
        &self,
        branches: &[SchemaId],
        tag: &'t str,
        discriminator: Option<&Discriminator<'t>>,
        base: SchemaId,
    ) -> Settled {
        let state = (&mut HashSet::new(), 0);
        self.tags_within(branches, tag, discriminator, base, state)
    }

    /// `passed` are the alternatives visited so far, and `depth` is the number of unions around this one.
    fn tags_within(
        &self,
        branches: &[SchemaId],
        tag: &'t str,
        discriminator: Option<&Discriminator<'t>>,
        base: SchemaId,
        (passed, depth): (&mut HashSet<SchemaId>, usize),
    ) -> Settled {
        let targets: Vec<SchemaId> = branches.iter().map(|&id| self.target(id)).collect();
        let mut positions = HashMap::new();
        for (index, &target) in targets.iter().enumerate() {
            positions.entry(target).or_insert(index);
        }
        let schemas = targets.iter().map(|&id| self.document.schema(id));
        let mut tags = Tags::of(schemas.map(|schema| schema.tag_value.or(schema.component)));
        for &(key, to) in discriminator.iter().flat_map(|d| &d.mapping) {
            tags.map(&key.text, positions.get(&self.target(to)).copied());
        }
        if self.children_of_base(base).is_some() {
            // The mappings of other discriminators for the alternatives of a base apply in the base as well.
            for (index, &target) in targets.iter().enumerate() {
                for word in self.bases.mapped(target, tag) {
                    tags.map(word, Some(index));
                }
            }
        }
        let properties: Vec<_> = branches.iter().map(|&id| self.property(id, tag)).collect();
        let mut owners: HashMap<Option<SchemaId>, usize> = HashMap::new();
        for property in properties.iter().copied().chain([self.property(base, tag)]) {
            *owners.entry(property).or_default() += 1;
        }
        let mut shared: HashMap<SchemaId, List> = HashMap::new();
        for (index, &branch) in branches.iter().enumerate() {
            let property = properties[index];
            let (nested, is_cut) =
                self.nested_words(branch, tag, (base, &positions), (passed, depth));
            tags.is_cut |= is_cut;
            let is_nested = property.is_none() && !nested.is_empty();
            let is_own = is_nested || owners.get(&property) == Some(&1);
            let list = match property {
                Some(property) if nested.is_empty() => {
                    let list = shared.entry(property).or_insert_with(|| {
                        tags.listed(tag_texts(&self.parts(property)).words.clone())
                    });
                    list.clone()
                }
                property => {
                    let own = property.map(|id| tag_texts(&self.parts(id)).words.clone());
                    tags.listed(own.into_iter().flatten().chain(nested).collect())
                }
            };
            tags.list(index, list, is_own);
        }
        tags.settle()
    }

    /// The tag values of the alternatives nested in an alternative, except those that are also alternatives of the
    /// outer union, and whether there are more below the maximum depth. `base` is the schema of the outer union, and
    /// `beside` are its alternatives.
    fn nested_words(
        &self,
        branch: SchemaId,
        tag: &'t str,
        (base, beside): (SchemaId, &HashMap<SchemaId, usize>),
        (passed, depth): (&mut HashSet<SchemaId>, usize),
    ) -> (Vec<String>, bool) {
        let target = self.target(branch);
        if passed.contains(&target) {
            return (Vec::new(), false);
        }
        let parts = self.parts(branch);
        // An extension of a base is an alternative beside its own extensions, except those that are too many levels
        // below the base.
        let is_settled = self.bases.is_cut(base) && self.bases.extends(target, base);
        let children = (!is_settled)
            .then(|| self.children_of_base(target))
            .flatten()
            .unwrap_or_default();
        let has_children = children.iter().any(|child| !beside.contains_key(child));
        if depth == DEEPEST {
            return (Vec::new(), has_children || !parts.unions.is_empty());
        }
        passed.insert(target);
        let (mut words, mut is_cut) = (Vec::new(), false);
        for union in &parts.unions {
            let (branches, discriminator) = (&union.branches, union.discriminator.as_ref());
            let state = (&mut *passed, depth + 1);
            let tags = self.tags_within(branches, tag, discriminator, branch, state);
            words.extend(tags.words.concat());
            is_cut |= tags.is_cut;
        }
        if has_children {
            let discriminator = self.document.schema(target).discriminator.as_deref();
            let discriminator = discriminator.filter(|known| known.property.text == tag);
            let state = (&mut *passed, depth + 1);
            let tags = self.tags_within(&children, tag, discriminator, target, state);
            words.extend(tags.words.concat());
            is_cut |= tags.is_cut;
        }
        (words, is_cut)
    }

    /// The schema of a property without references.
    fn property(&self, id: SchemaId, name: &str) -> Option<SchemaId> {
        let property = self.parts(id).property(name)?;
        Some(self.target(property))
    }

    /// The value of the tag in each alternative of a union with a discriminator that has exactly one.
    pub(crate) fn fixed_tags(&self) -> HashMap<(SchemaId, &'t str), Option<String>> {
        let mut fixed = HashMap::new();
        for (index, schema) in self.document.schemas.iter().enumerate() {
            let Some(discriminator) = &schema.discriminator else {
                continue;
            };
            let id = SchemaId::at(index);
            let listed = schema.one_of.iter().chain(&schema.any_of).copied();
            let children = self.children_of_base(id).into_iter().flatten();
            let mut seen = HashSet::new();
            let members = listed.chain(children);
            let members: Vec<SchemaId> = members
                .filter(|&member| seen.insert(self.target(member)))
                .collect();
            let tag = discriminator.property.text;
            let tags = self.tags(&members, tag, Some(discriminator), id);
            for (index, (member, words)) in members.into_iter().zip(tags.words).enumerate() {
                if tags.unreachable.contains(&index) {
                    continue;
                }
                let word = <[String; 1]>::try_from(words).ok().map(|[word]| word);
                let known = fixed.entry((self.target(member), tag));
                let known = known.or_insert_with(|| word.clone());
                if *known != word {
                    *known = None;
                }
            }
        }
        fixed
    }

    /// The components that are alternatives with exactly one value of the tag, and no unions themselves.
    pub(crate) fn tagged(&self) -> HashSet<SchemaId> {
        let fixed = self.fixed_tags.iter();
        let fixed = fixed.filter(|(_, word)| word.is_some());
        let fixed = fixed.map(|(&(id, _), _)| id);
        fixed
            .filter(|&id| self.document.schema(id).component.is_some())
            .filter(|&id| self.parts(id).unions.is_empty())
            .collect()
    }

    /// The alternatives of values whose tag is absent or unknown.
    pub(crate) fn default_alternatives(&self) -> HashSet<SchemaId> {
        let schemas = self.document.schemas.iter();
        let defaults = schemas.filter_map(|schema| schema.discriminator.as_ref()?.default);
        defaults.map(|id| self.target(id)).collect()
    }

    /// The value that a property of an alternative must have because it is the tag, provided that the property allows
    /// it. A nullable property has this value unless null is set explicitly.
    pub(crate) fn fixed_tag(
        &self,
        record: SchemaId,
        key: &'t str,
        property: SchemaId,
    ) -> Option<Constant> {
        let word = self.fixed_tag_text(record, key)?;
        let parts = self.parts(self.target(property));
        if !parts.unions.is_empty() || parts.format.is_some_and(is_textual) {
            return None;
        }
        let constant = match parts.simple_types()[..] {
            [SimpleType::String] => Constant::String(word.clone()),
            [SimpleType::Integer] => Constant::Integer(word.parse().ok()?),
            [SimpleType::Boolean] => Constant::Bool(word.parse().ok()?),
            _ => return None,
        };
        let fits = parts.values.is_none() || tag_texts(&parts).has(word);
        fits.then_some(constant)
    }

    /// The value of the tag in an alternative, if there is exactly one.
    pub(crate) fn fixed_tag_text(&self, record: SchemaId, key: &'t str) -> Option<&String> {
        self.fixed_tags.get(&(self.target(record), key))?.as_ref()
    }
}

/// The values of a tag, as texts. Booleans do not become an enumeration, but they distinguish alternatives.
fn tag_texts<'p>(parts: &'p Parts<'_>) -> Cow<'p, Texts> {
    let texts = texts_of_values(parts);
    if !texts.words.is_empty() {
        return Cow::Borrowed(texts);
    }
    let values = parts.values.iter().flatten();
    let flags = values.filter_map(|node| match node.value {
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    });
    Cow::Owned(Texts::of(flags))
}

/// Whether a tag of this type can have a value.
fn can_be(simple: SimpleType, word: &str) -> bool {
    match simple {
        SimpleType::Integer => word.parse::<i64>().is_ok(),
        SimpleType::Boolean => word.parse::<bool>().is_ok(),
        _ => true,
    }
}

/// Whether a format describes strings, whose values may have a type of their own.
fn is_textual(format: &str) -> bool {
    Format::of(format).is_some_and(|format| format.simple_type == SimpleType::String)
}
