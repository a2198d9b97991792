//! Tags: the property that tells the alternatives of a union apart, and the words that it has in each.

use std::collections::{HashMap, HashSet};

use super::compose::{Alternatives, Parts};
use super::record::is_object;
use super::{Lowerer, code};
use crate::diagnostic::Diagnostic;
use crate::document::{Discriminator, SchemaId, SimpleType};
use crate::model::Constant;

impl<'t> Lowerer<'_, 't> {
    /// The property that tells the alternatives apart: the discriminator's, or one that has different words in each.
    pub(super) fn tag(
        &mut self,
        alternatives: &Alternatives<'t>,
        parts: &[Parts<'t>],
    ) -> Option<String> {
        if let Some(discriminator) = &alternatives.discriminator {
            let objects = parts
                .iter()
                .all(|parts| is_object(parts) || !parts.unions.is_empty());
            if objects {
                return Some(discriminator.property.text.to_owned());
            }
            let message = "this discriminator belongs to alternatives that are not all objects";
            let diagnostic = Diagnostic::warning(code::DISCRIMINATOR_MISFIT, message);
            self.diagnostics.push(
                diagnostic
                    .at(discriminator.property.span, "only objects have properties")
                    .note("the alternatives are told apart by their form instead"),
            );
            return None;
        }
        let (first, rest) = parts.split_first().filter(|(_, rest)| !rest.is_empty())?;
        let telling = |name: &str| {
            let mut seen = HashSet::new();
            std::iter::once(first).chain(rest).all(|parts| {
                let words = self.property_words(parts, name);
                words.is_some_and(|words| words.into_iter().all(|word| seen.insert(word)))
            })
        };
        let mut names = first.properties.iter().map(|(key, _)| &*key.text);
        names.find(|name| telling(name)).map(str::to_owned)
    }

    /// The words that a property of an object can have.
    pub(super) fn property_words(&self, parts: &Parts<'t>, name: &str) -> Option<Vec<String>> {
        let &(_, property) = parts
            .properties
            .iter()
            .find(|(key, _)| &*key.text == name)?;
        Self::words(&Parts::of(self.document, property))
    }

    /// The words of the tag that mean a branch: those of the mapping, those of the branch itself, else its name.
    pub(super) fn tag_words(
        &self,
        branch: SchemaId,
        tag: &str,
        discriminator: Option<&Discriminator<'t>>,
    ) -> Vec<String> {
        let mut words = self.words_within(branch, tag, discriminator, &mut Vec::new());
        let mut seen = HashSet::new();
        words.retain(|word| seen.insert(word.clone()));
        words
    }

    /// The same, each word maybe often; `passed` are the alternatives that were met.
    fn words_within(
        &self,
        branch: SchemaId,
        tag: &str,
        discriminator: Option<&Discriminator<'t>>,
        passed: &mut Vec<SchemaId>,
    ) -> Vec<String> {
        let target = self.target(branch);
        if passed.contains(&target) {
            return Vec::new();
        }
        passed.push(target);
        let mapping = discriminator.map(|d| &d.mapping[..]).unwrap_or_default();
        let mapped = mapping.iter().filter(|&&(_, to)| self.target(to) == target);
        let mut words: Vec<String> = mapped.map(|(key, _)| key.text.to_string()).collect();
        let parts = Parts::of(self.document, branch);
        let name = self.document.schema(target).component;
        let mut own = self.property_words(&parts, tag).unwrap_or_default();
        // One list of words can stand for all alternatives: the mapping says whose each is, or their names do.
        own.retain(|word| !mapping.iter().any(|(key, _)| *key.text == *word));
        if discriminator.is_some() && own.iter().any(|word| Some(&**word) == name) {
            own.retain(|word| Some(&**word) == name);
        }
        words.extend(own);
        for inner in parts.unions.iter().flat_map(|union| &union.branches) {
            words.extend(self.words_within(*inner, tag, None, passed));
        }
        if words.is_empty() {
            words.extend(name.map(str::to_owned));
        }
        words
    }

    /// The one word that each alternative of a union with a discriminator has in the property that tells it apart.
    pub(super) fn fixed_tags(&self) -> HashMap<(SchemaId, &'t str), Option<String>> {
        let mut fixed = HashMap::new();
        for (index, schema) in self.document.schemas.iter().enumerate() {
            let Some(discriminator) = &schema.discriminator else {
                continue;
            };
            let id = SchemaId(u32::try_from(index).unwrap_or(u32::MAX));
            let listed = schema.one_of.iter().chain(&schema.any_of).copied();
            let children = self.children_of_base(id).into_iter().flatten();
            let tag = discriminator.property.text;
            for member in listed.chain(children) {
                let word = self.only_tag(member, tag, discriminator);
                let known = fixed.entry((self.target(member), tag));
                let known = known.or_insert_with(|| word.clone());
                if *known != word {
                    *known = None;
                }
            }
        }
        fixed
    }

    /// The one word that means a member of a union, where the mapping or the property itself says it. A name alone does
    /// not: descriptions without a mapping often mean other words.
    fn only_tag(
        &self,
        member: SchemaId,
        tag: &str,
        discriminator: &Discriminator<'t>,
    ) -> Option<String> {
        let target = self.target(member);
        let mut mapping = discriminator.mapping.iter();
        let mapped = mapping.any(|&(_, to)| self.target(to) == target);
        let parts = Parts::of(self.document, member);
        if !mapped && self.property_words(&parts, tag).is_none() {
            return None;
        }
        let words = self.tag_words(member, tag, Some(discriminator));
        <[String; 1]>::try_from(words).ok().map(|[word]| word)
    }

    /// The word that a required property of an alternative has to have, because it tells the alternative apart: where
    /// the property can have that word at all.
    pub(super) fn fixed_tag(
        &self,
        record: SchemaId,
        key: &str,
        property: SchemaId,
    ) -> Option<Constant> {
        let word = self.fixed_tags.get(&(self.target(record), key))?.as_ref()?;
        let parts = Parts::of(self.document, property);
        let is_text = parts.simple_types() == [SimpleType::String] && parts.format.is_none();
        if !is_text || !parts.unions.is_empty() || self.is_nullable(property) {
            return None;
        }
        let fits = match &parts.values {
            None => true,
            Some(_) => Self::words(&parts).is_some_and(|words| words.contains(word)),
        };
        fits.then(|| Constant::String(word.clone()))
    }
}
