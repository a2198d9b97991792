//! Tags: the property that tells the alternatives of a union apart, and the words that it has in each.

use std::collections::{HashMap, HashSet};

use super::compose::{Alternatives, Parts};
use super::record::is_object;
use super::{Lowerer, code};
use crate::diagnostic::Diagnostic;
use crate::document::{Discriminator, Document, SchemaId, SimpleType};
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

    /// The values of the tag that lead to each alternative. A value leads to one of them at most: the one that the
    /// mapping says, else the only one that lists it, else the one of that name. An alternative that no value leads to
    /// by then has its name.
    ///
    /// `base` is the schema that all alternatives may inherit the tag from, and with it a list of all its values.
    pub(super) fn tags(
        &self,
        branches: &[SchemaId],
        tag: &str,
        discriminator: Option<&Discriminator<'t>>,
        base: SchemaId,
    ) -> Settled {
        self.tags_within(branches, tag, discriminator, base, &mut HashSet::new())
    }

    /// `passed` are the alternatives that were met.
    fn tags_within(
        &self,
        branches: &[SchemaId],
        tag: &str,
        discriminator: Option<&Discriminator<'t>>,
        base: SchemaId,
        passed: &mut HashSet<SchemaId>,
    ) -> Settled {
        let targets: Vec<SchemaId> = branches.iter().map(|&id| self.target(id)).collect();
        let mut tags = Tags::of(targets.iter().map(|&id| self.document.schema(id).component));
        for &(key, to) in discriminator.iter().flat_map(|d| &d.mapping) {
            let to = self.target(to);
            tags.map(&key.text, targets.iter().position(|&target| target == to));
        }
        let properties = branches.iter().map(|&id| self.property(id, tag));
        let properties: Vec<_> = properties.chain([self.property(base, tag)]).collect();
        for (index, &branch) in branches.iter().enumerate() {
            let own = properties[index];
            let is_own = properties.iter().filter(|other| **other == own).count() == 1;
            tags.list(index, self.words_of(branch, tag, passed), is_own);
        }
        tags.settle()
    }

    /// The values that the tag can have in an alternative, and in those that it has itself.
    fn words_of(&self, branch: SchemaId, tag: &str, passed: &mut HashSet<SchemaId>) -> Vec<String> {
        let target = self.target(branch);
        if !passed.insert(target) {
            return Vec::new();
        }
        let parts = Parts::of(self.document, branch);
        let mut words = self.property_words(&parts, tag).unwrap_or_default();
        for union in &parts.unions {
            let (branches, discriminator) = (&union.branches, union.discriminator.as_ref());
            let tags = self.tags_within(branches, tag, discriminator, branch, passed);
            words.extend(tags.words.concat());
        }
        if let Some(children) = self.children_of_base(target) {
            let discriminator = self.document.schema(target).discriminator.as_ref();
            let discriminator = discriminator.filter(|known| known.property.text == tag);
            let tags = self.tags_within(&children, tag, discriminator, target, passed);
            words.extend(tags.words.concat());
        }
        words
    }

    /// What the schema of a property stands for.
    fn property(&self, id: SchemaId, name: &str) -> Option<SchemaId> {
        let parts = Parts::of(self.document, id);
        let mut properties = parts.properties.iter();
        let found = properties.find(|(key, _)| &*key.text == name)?;
        Some(self.target(found.1))
    }

    /// The one value of the tag in each alternative of a union with a discriminator, where there is exactly one.
    pub(super) fn fixed_tags(&self) -> HashMap<(SchemaId, &'t str), Option<String>> {
        let mut fixed = HashMap::new();
        for (index, schema) in self.document.schemas.iter().enumerate() {
            let Some(discriminator) = &schema.discriminator else {
                continue;
            };
            let id = SchemaId(u32::try_from(index).unwrap_or(u32::MAX));
            let listed = schema.one_of.iter().chain(&schema.any_of).copied();
            let children = self.children_of_base(id).into_iter().flatten();
            let members: Vec<SchemaId> = listed.chain(children).collect();
            let tag = discriminator.property.text;
            let tags = self.tags(&members, tag, Some(discriminator), id);
            for (index, (member, words)) in members.into_iter().zip(tags.words).enumerate() {
                if tags.untold.contains(&index) {
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

/// Which values of a tag lead to which alternative.
pub(super) struct Settled {
    /// The values that lead to each.
    pub(super) words: Vec<Vec<String>>,
    /// The alternatives that no value leads to, because others have the same.
    pub(super) untold: Vec<usize>,
}

/// The values of a tag, sorted to the alternatives that they lead to.
struct Tags<'t> {
    /// The names of the alternatives.
    names: Vec<Option<&'t str>>,
    mapped: Vec<Vec<String>>,
    /// The values of the mapping, wherever they lead.
    taken: HashSet<String>,
    /// The values that each alternative lists, and whether the list is its own.
    lists: Vec<(Vec<String>, bool)>,
}

impl<'t> Tags<'t> {
    fn of(names: impl Iterator<Item = Option<&'t str>>) -> Self {
        let names: Vec<_> = names.collect();
        Self {
            mapped: vec![Vec::new(); names.len()],
            lists: vec![(Vec::new(), true); names.len()],
            taken: HashSet::new(),
            names,
        }
    }

    fn map(&mut self, word: &str, alternative: Option<usize>) {
        if let (true, Some(index)) = (self.taken.insert(word.to_owned()), alternative) {
            self.mapped[index].push(word.to_owned());
        }
    }

    fn list(&mut self, alternative: usize, mut words: Vec<String>, is_own: bool) {
        let mut seen = HashSet::new();
        words.retain(|word| !self.taken.contains(word) && seen.insert(word.clone()));
        let name = self.names[alternative];
        if let Some(name) = name.filter(|name| !self.taken.contains(*name))
            && words.is_empty()
            && self.mapped[alternative].is_empty()
        {
            words.push(name.to_owned());
        }
        self.lists[alternative] = (words, is_own);
    }

    fn settle(self) -> Settled {
        let mut listing: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, (words, _)) in self.lists.iter().enumerate() {
            for word in words {
                listing.entry(word).or_default().push(index);
            }
        }
        let mut tags = self.mapped.clone();
        for (word, listing) in &listing {
            if let Some(owner) = self.owner(word, listing) {
                tags[owner].push((*word).to_owned());
            }
        }
        let mut untold = Vec::new();
        for (index, (tags, (words, is_own))) in tags.iter_mut().zip(&self.lists).enumerate() {
            let place = |word: &String| words.iter().position(|listed| listed == word);
            tags.sort_by_key(place);
            if tags.is_empty() && *is_own && !words.is_empty() {
                untold.push(index);
            }
        }
        let mut taken = self.taken;
        taken.extend(tags.iter().flatten().cloned());
        for (tags, name) in tags.iter_mut().zip(&self.names) {
            let free = name.filter(|name| tags.is_empty() && !taken.contains(*name));
            tags.extend(free.map(str::to_owned));
        }
        Settled {
            words: tags,
            untold,
        }
    }

    /// The alternative that a value leads to, of those that list it.
    fn owner(&self, word: &str, listing: &[usize]) -> Option<usize> {
        if let [only] = listing
            && self.lists[*only].1
        {
            return Some(*only);
        }
        let one = |fits: &dyn Fn(usize) -> bool| {
            let mut fitting = listing.iter().copied().filter(|&index| fits(index));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let unmapped = |index: usize| self.mapped[index].is_empty();
        one(&|index| unmapped(index) && self.names[index] == Some(word))
            .or_else(|| one(&|index| self.lists[index].0.len() == 1 && self.lists[index].1))
            .or_else(|| one(&|index| unmapped(index) && self.is_named(index, word)))
    }

    /// Whether a value is the name of an alternative but for its case and punctuation.
    fn is_named(&self, alternative: usize, word: &str) -> bool {
        let plain = |text: &str| {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect::<String>()
        };
        self.names[alternative].is_some_and(|name| plain(name) == plain(word))
    }
}

/// The components that extend each schema, themselves or through others, in their order.
pub(super) fn extensions(document: &Document<'_>) -> HashMap<SchemaId, Vec<SchemaId>> {
    let mut extensions: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
    for (_, component) in document.named_schemas() {
        for base in bases(document, component) {
            extensions.entry(base).or_default().push(component);
        }
    }
    extensions
}

/// The components that a component is composed of by `allOf`, at any depth.
fn bases(document: &Document<'_>, component: SchemaId) -> Vec<SchemaId> {
    let mut bases = Vec::new();
    let mut seen = HashSet::from([component]);
    let mut open = document.schema(component).all_of.clone();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let schema = document.schema(id);
        if schema.component.is_some() {
            bases.push(id);
        }
        open.extend(schema.reference.map(|(target, _)| target));
        open.extend(&schema.all_of);
    }
    bases
}
