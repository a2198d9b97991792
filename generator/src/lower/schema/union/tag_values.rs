//! The values of a tag, and the alternative that each value leads to.

use std::rc::Rc;

use hashbrown::{HashMap, HashSet};

use crate::lower::schema::compose::texts::Texts;

/// The assignment of tag values to alternatives.
pub(crate) struct Settled {
    /// The values of each alternative.
    pub(crate) words: Vec<Vec<String>>,
    /// The alternatives that no value leads to, because other alternatives have the same values.
    pub(crate) unreachable: Vec<usize>,
    /// Whether nested unions exceed the maximum depth.
    pub(crate) is_cut: bool,
}

/// The values that an alternative lists.
#[derive(Clone, Default)]
pub(crate) struct List {
    all: Rc<Texts>,
    /// Those that the mapping does not have.
    unmapped: Rc<Texts>,
}

/// Assigns the values of a tag to alternatives.
pub(crate) struct Tags<'t> {
    /// The names of the alternatives.
    names: Vec<Option<&'t str>>,
    mapped: Vec<Vec<String>>,
    /// All values of the mapping.
    taken: HashSet<String>,
    /// The values that each alternative lists, and whether the list is its own and not inherited.
    lists: Vec<(List, bool)>,
    /// Whether values of unions within the alternatives are missing.
    pub(crate) is_cut: bool,
}

impl<'t> Tags<'t> {
    pub(crate) fn of(names: impl Iterator<Item = Option<&'t str>>) -> Self {
        let names: Vec<_> = names.collect();
        Self {
            mapped: vec![Vec::new(); names.len()],
            lists: vec![(List::default(), true); names.len()],
            taken: HashSet::new(),
            names,
            is_cut: false,
        }
    }

    /// Adds a value of a mapping; the first one counts.
    pub(crate) fn map(&mut self, word: &str, alternative: Option<usize>) {
        if let (true, Some(index)) = (self.taken.insert(word.to_owned()), alternative) {
            self.mapped[index].push(word.to_owned());
        }
    }

    /// A list with these values.
    pub(crate) fn listed(&self, words: Vec<String>) -> List {
        let unmapped = words.iter().filter(|word| !self.taken.contains(*word));
        List {
            unmapped: Rc::new(Texts::of(unmapped.cloned())),
            all: Rc::new(Texts::of(words)),
        }
    }

    /// Adds the list of an alternative. If an alternative has no value, its name is its value.
    pub(crate) fn list(&mut self, alternative: usize, mut list: List, is_own: bool) {
        let name = self.names[alternative];
        let name = name.filter(|name| !self.taken.contains(*name));
        let has_none = list.unmapped.words.is_empty() && self.mapped[alternative].is_empty();
        if let Some(name) = name.filter(|_| has_none) {
            list.unmapped = Rc::new(Texts::of([name.to_owned()]));
        }
        self.lists[alternative] = (list, is_own);
    }

    pub(crate) fn settle(self) -> Settled {
        let listed = Listed::of(&self);
        let mut tags = self.mapped.clone();
        for word in listed.words() {
            if let Some(owner) = self.owner(word, &listed) {
                tags[owner].push(word.to_owned());
            }
        }
        let mut unreachable = Vec::new();
        for (index, (tags, (list, is_own))) in tags.iter_mut().zip(&self.lists).enumerate() {
            rank(tags, self.names[index], &list.all);
            if tags.is_empty() && *is_own && !list.unmapped.words.is_empty() {
                unreachable.push(index);
            }
        }
        let mut taken = self.taken.clone();
        taken.extend(tags.iter().flatten().cloned());
        for (tags, name) in tags.iter_mut().zip(&self.names) {
            let free = name.filter(|name| tags.is_empty() && !taken.contains(*name));
            tags.extend(free.map(str::to_owned));
        }
        Settled {
            words: tags,
            unreachable,
            is_cut: self.is_cut,
        }
    }

    /// The alternative that a value leads to, among those that list it.
    fn owner(&self, word: &str, listed: &Listed<'_>) -> Option<usize> {
        let own = listed.own.get(word).map_or(&[][..], Vec::as_slice);
        if let [only] = own
            && !listed.shared.contains(word)
        {
            return Some(*only);
        }
        let one = |candidates: Option<&Vec<usize>>, fits: &dyn Fn(usize) -> bool| {
            let mut fitting = candidates.into_iter().flatten().copied();
            let mut fitting = fitting.by_ref().filter(|&index| fits(index));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let unmapped =
            |index: usize| self.mapped[index].is_empty() && self.lists[index].0.unmapped.has(word);
        one(listed.names.get(word), &unmapped)
            .or_else(|| {
                one(listed.own.get(word), &|index| {
                    self.lists[index].0.unmapped.words.len() == 1
                })
            })
            .or_else(|| one(listed.plain_names.get(&plain(word)), &unmapped))
    }
}

/// Sorts the values that lead to an alternative. The first one is written for a value of the alternative that does not
/// bring its own: the only value that the alternative lists, otherwise its name, otherwise the first that it lists,
/// otherwise its name in another notation (`dog` of `Dog`), otherwise the shortest, and of several the first by alphabet.
/// The order of the mapping has no meaning.
fn rank(words: &mut [String], name: Option<&str>, list: &Texts) {
    let is_only = list.words.len() == 1;
    let plain_name = name.map(plain);
    words.sort_by_cached_key(|word| {
        let position = list.positions.get(word).copied();
        let listed = (position.is_none(), position);
        let is_named = name == Some(word);
        (
            !(is_only && list.has(word)),
            !is_named,
            listed,
            plain_name != Some(plain(word)),
            word.len(),
            word.clone(),
        )
    });
}

/// The alternatives by the values that they list, and by their names.
struct Listed<'a> {
    /// The alternatives with lists of their own, by the values in the lists.
    own: HashMap<&'a str, Vec<usize>>,
    /// The values in lists that several alternatives share.
    shared: HashSet<&'a str>,
    names: HashMap<&'a str, Vec<usize>>,
    /// The names without case and punctuation.
    plain_names: HashMap<String, Vec<usize>>,
}

impl<'a> Listed<'a> {
    fn of(tags: &'a Tags<'_>) -> Self {
        let mut listed = Self {
            own: HashMap::new(),
            shared: HashSet::new(),
            names: HashMap::new(),
            plain_names: HashMap::new(),
        };
        let mut seen = HashSet::new();
        for (index, (list, is_own)) in tags.lists.iter().enumerate() {
            let list = &list.unmapped;
            let words = list.words.iter().map(String::as_str);
            if *is_own {
                for word in words {
                    listed.own.entry(word).or_default().push(index);
                }
            } else if seen.insert(Rc::as_ptr(list)) {
                listed.shared.extend(words);
            }
        }
        for (index, name) in tags.names.iter().enumerate() {
            if let Some(name) = name {
                listed.names.entry(name).or_default().push(index);
                let plain_names = listed.plain_names.entry(plain(name));
                plain_names.or_default().push(index);
            }
        }
        listed
    }

    /// Every value that is listed, once.
    fn words(&self) -> impl Iterator<Item = &'a str> {
        let own = self.own.keys().copied();
        let shared = self.shared.iter().copied();
        own.chain(shared.filter(|word| !self.own.contains_key(word)))
    }
}

/// A text without case and punctuation.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
