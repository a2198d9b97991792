//! Scopes, in which every name is unique.

use std::cmp::Reverse;

use hashbrown::{HashMap, HashSet};

use super::spelling::{Signs, has_signs, spelled};
use super::{
    Ident, LONGEST_FILE, LONGEST_NAME, RESERVED_FILES, is_pascal, is_snake, pascal, shortened,
    snake,
};

/// The case of the names in a [`Scope`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Snake,
    Pascal,
}

/// A set of names that must differ from each other: the fields of a struct, the types of a module.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    case: Case,
    taken: HashSet<String>,
    /// The next number for each name that was claimed more than once.
    numbers: HashMap<String, usize>,
    /// The names that differ from another one only by a number.
    numbered: HashSet<String>,
    /// The names that differ from another one only by the name of a separator: `InUnderscoreProgress`.
    separated: HashSet<String>,
    reserved: Vec<&'static str>,
    /// The suffix that is appended to a reserved name.
    suffix: &'static str,
    /// Whether each name is also the name of a file.
    files: bool,
}

impl Scope {
    /// A scope of fields, arguments, methods or modules.
    pub(crate) fn snake(reserved: &'static [&'static str]) -> Self {
        Self::new(Case::Snake, reserved)
    }

    /// A scope of types or variants.
    pub(crate) fn pascal(reserved: &'static [&'static str]) -> Self {
        Self::new(Case::Pascal, reserved)
    }

    /// A scope of the variants of an enum.
    pub(crate) fn variants() -> Self {
        Self {
            suffix: "Value",
            ..Self::pascal(&["Self"])
        }
    }

    /// A scope of the variants of an open enum, and the name of its variant for unknown values.
    pub(crate) fn open_variants() -> (Self, Ident) {
        let unknown = Ident::escaped("Unknown");
        (Self::variants().without(&["Unknown"]), unknown)
    }

    fn new(case: Case, reserved: &'static [&'static str]) -> Self {
        Self {
            case,
            taken: HashSet::new(),
            numbers: HashMap::new(),
            numbered: HashSet::new(),
            separated: HashSet::new(),
            reserved: reserved.to_vec(),
            suffix: "_",
            files: false,
        }
    }

    /// A scope of modules. Each of them is a file.
    pub(crate) fn modules() -> Self {
        Self {
            files: true,
            ..Self::snake(RESERVED_FILES)
        }
    }

    /// Reserves these names, which are used by something else.
    pub(crate) fn without(mut self, reserved: &'static [&'static str]) -> Self {
        self.reserved.extend(reserved);
        self
    }

    /// Whether the name made from this text is free.
    pub(crate) fn is_free(&self, text: &str) -> bool {
        self.is_free_name(&self.cased(text))
    }

    fn is_free_name(&self, name: &str) -> bool {
        !self.reserved.contains(&name) && !self.taken.contains(name)
    }

    /// Claims the name made from this text. If it is taken, a number is appended.
    pub(crate) fn claim(&mut self, text: &str) -> Ident {
        self.claim_beside(None, self.cased(text))
    }

    /// Claims the name made from this text if it is free. Programs already use this name, so no number may be appended.
    pub(crate) fn claim_former(&mut self, text: &str) -> Option<Ident> {
        let cased = self.cased(text);
        let name = if self.is_name(text, &cased) {
            text.to_owned()
        } else {
            cased
        };
        let free = !self.reserved.contains(&name.as_str()) && self.taken.insert(name.clone());
        free.then(|| Ident::escaped(&name))
    }

    /// Claims the first of these names that is free both here and in the outer scope, otherwise the last one with a
    /// number.
    pub(crate) fn claim_within(&mut self, outer: &Self, texts: &[&str]) -> Ident {
        let mut all = texts.iter();
        let free = all.find(|text| self.is_free(text) && !outer.taken.contains(&self.cased(text)));
        let text = free.or(texts.last()).copied().unwrap_or_default();
        self.claim_beside(Some(outer), self.cased(text))
    }

    fn claim_beside(&mut self, outer: Option<&Self>, mut base: String) -> Ident {
        if self.reserved.contains(&base.as_str()) {
            base.push_str(self.suffix);
        }
        let is_outer = |name: &str| outer.is_some_and(|outer| outer.taken.contains(name));
        if !is_outer(&base) && self.taken.insert(base.clone()) {
            return Ident::escaped(&base);
        }
        let mut name = base.clone();
        let stem = base.trim_end_matches('_');
        let first = || outer.and_then(|outer| outer.numbers.get(&base).copied());
        let number = self.numbers.entry(base.clone());
        let number = number.or_insert_with(|| first().unwrap_or(2));
        while is_outer(&name) || !self.taken.insert(name.clone()) {
            name = match self.case {
                Case::Snake => format!("{stem}_{number}"),
                Case::Pascal if stem.ends_with(|c: char| c.is_ascii_digit()) => {
                    format!("{stem}V{number}")
                }
                Case::Pascal => format!("{stem}{number}"),
            };
            *number += 1;
        }
        self.numbered.insert(name.clone());
        Ident::escaped(&name)
    }

    /// Claims the first of these names that is free, otherwise the last one with a number.
    pub(crate) fn claim_first(&mut self, texts: &[&str]) -> Ident {
        let free = texts.iter().find(|text| self.is_free(text));
        self.claim(free.or(texts.last()).copied().unwrap_or_default())
    }

    /// Claims a name for each of these texts, independently of their order as far as possible: see
    /// [`Scope::claim_each`].
    pub(crate) fn claim_all<'x>(&mut self, texts: impl IntoIterator<Item = &'x str>) -> Vec<Ident> {
        let texts: Vec<&str> = texts.into_iter().collect();
        self.claim_each(&texts, |_| Vec::new())
    }

    /// Claims a name for each of these texts. `others` are the further texts for the one at an index, the best first. A
    /// text is used unless another one wants the same name.
    ///
    /// A text that is already a valid name keeps it: `MW` is `MW` beside `mW`, which becomes `Mw`. Otherwise the name
    /// goes to a text without signs, and the others are distinguished by their signs (`A+` → `APlus`), by their further
    /// texts, or else by a number. Among several texts of one kind, `e` comes before `é`, `a_b` before `a.b` and `a-b`,
    /// and lower case before upper case. The order only matters for equal texts.
    pub(crate) fn claim_each(
        &mut self,
        texts: &[&str],
        others: impl Fn(usize) -> Vec<String>,
    ) -> Vec<Ident> {
        self.taken.reserve(texts.len());
        let names = texts.iter().map(|text| self.claim_unchanged(text));
        let mut names: Vec<Option<Ident>> = names.collect();
        // Often that is all.
        if names.iter().any(Option::is_none) {
            self.claim_the_rest(texts, others, &mut names);
        }
        names.into_iter().flatten().collect()
    }

    /// Claims a text that certainly is a name in the case of this scope, if it is free.
    fn claim_unchanged(&mut self, text: &str) -> Option<Ident> {
        let is_unchanged = match self.case {
            Case::Snake => is_snake(text),
            Case::Pascal => is_pascal(text),
        };
        let is_short = text.len()
            <= if self.files {
                LONGEST_FILE
            } else {
                LONGEST_NAME
            };
        let is_name = is_unchanged && is_short && !self.reserved.contains(&text);
        (is_name && self.taken.insert(text.to_owned())).then(|| Ident::escaped(text))
    }

    /// Claims a name for each text that has none yet.
    fn claim_the_rest(
        &mut self,
        texts: &[&str],
        others: impl Fn(usize) -> Vec<String>,
        names: &mut [Option<Ident>],
    ) {
        let cased: Vec<String> = texts.iter().map(|text| self.cased(text)).collect();
        let signs: Vec<bool> = texts.iter().map(|text| has_signs(text)).collect();
        // For each name the number of texts that want it, and how many of them have no signs to distinguish them.
        let mut count: HashMap<&str, (usize, usize)> = HashMap::with_capacity(texts.len());
        for (name, signs) in cased.iter().zip(&signs) {
            let (all, plain) = count.entry(name).or_default();
            *all += 1;
            *plain += usize::from(!signs);
        }
        let contested = |index: usize| count.get(&*cased[index]).is_some_and(|&(all, _)| all > 1);
        let alike = |index: usize| {
            count
                .get(&*cased[index])
                .is_some_and(|&(_, plain)| plain > 1)
        };
        let rank = |index: usize| match texts[index] {
            text if text == cased[index] => 0,
            text if self.is_name(text, &cased[index])
                && (alike(index) || count.contains_key(text)) =>
            {
                1
            }
            _ if !contested(index) => 2,
            _ if !signs[index] => 3,
            _ => 4,
        };
        let unnamed = (0..texts.len()).filter(|&index| names[index].is_none());
        let mut order: Vec<_> = unnamed.map(|index| (rank(index), index)).collect();
        order.sort_by_key(|&(rank, index)| (rank, !texts[index].is_ascii(), Reverse(texts[index])));
        for (rank, index) in order {
            let text = texts[index];
            let kept =
                rank < 2 && self.is_name(text, &cased[index]) && self.taken.insert(text.to_owned());
            names[index] = Some(if kept {
                Ident::escaped(text)
            } else {
                let further = || others(index);
                self.claim_distinct(text, further, &cased[index], contested(index))
            });
        }
    }

    /// Claims a name for each of these lists of texts, the best first, like [`Scope::claim_each`], but fully independent
    /// of their order: the name goes to the list with fewer texts.
    pub(crate) fn claim_each_unordered(&mut self, wanted: &[Vec<String>]) -> Vec<Ident> {
        let mut order: Vec<usize> = (0..wanted.len()).collect();
        order.sort_by_key(|&index| (wanted[index].len(), &wanted[index]));
        let texts = order.iter().map(|&index| wanted[index].first());
        let texts: Vec<&str> = texts.map(|text| text.map_or("", |text| text)).collect();
        let names = self.claim_each(&texts, |at| {
            wanted[order[at]].iter().skip(1).cloned().collect()
        });
        let mut names: Vec<_> = order.into_iter().zip(names).collect();
        names.sort_by_key(|&(index, _)| index);
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// Claims the first free name for a text, which becomes the name `cased`. If it is `contested`, signs in the text are
    /// spelled out first.
    fn claim_distinct(
        &mut self,
        text: &str,
        others: impl FnOnce() -> Vec<String>,
        cased: &str,
        contested: bool,
    ) -> Ident {
        if !contested && self.is_free_name(cased) {
            return self.claim_beside(None, cased.to_owned());
        }
        let with_signs = spelled(text, Signs::Meaningful);
        let signs_differ = contested && self.cased(&with_signs) != cased;
        let mut candidates = if signs_differ {
            vec![]
        } else {
            vec![text.to_owned()]
        };
        candidates.push(with_signs);
        candidates.extend(others());
        if self.case == Case::Pascal {
            candidates.push(text.to_lowercase());
        }
        if let Some(free) = candidates.iter().find(|text| self.is_free(text)) {
            return self.claim(free);
        }
        let with_separators = spelled(text, Signs::All);
        if self.reserved.contains(&cased) || !self.is_free(&with_separators) {
            return self.claim(text);
        }
        let name = self.claim(&with_separators);
        if text.chars().any(char::is_alphanumeric) {
            self.separated.insert(name.plain().to_owned());
        }
        name
    }

    /// Whether the name differs from another one in this scope only by the name of a separator.
    pub(crate) fn is_separated(&self, name: &Ident) -> bool {
        self.separated.contains(name.plain())
    }

    /// Whether the name differs from another one in this scope only by a number.
    pub(crate) fn is_numbered(&self, name: &Ident) -> bool {
        self.numbered.contains(name.plain())
    }

    /// Whether a text, which becomes the name `cased`, is already a valid name in the case of this scope, and not
    /// reserved.
    fn is_name(&self, text: &str, cased: &str) -> bool {
        let in_case = match self.case {
            Case::Snake => text == cased,
            Case::Pascal => {
                text.starts_with(|first: char| first.is_ascii_uppercase())
                    && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            }
        };
        in_case && !self.reserved.contains(&text)
    }

    /// Marks a name as taken.
    pub(crate) fn reserve(&mut self, name: &Ident) {
        self.taken.insert(name.unescaped().to_owned());
    }

    fn cased(&self, text: &str) -> String {
        match self.case {
            Case::Snake if self.files => shortened(snake(text), LONGEST_FILE),
            Case::Snake => shortened(snake(text), LONGEST_NAME),
            Case::Pascal => shortened(pascal(text), LONGEST_NAME),
        }
    }
}
