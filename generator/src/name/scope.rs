//! Names that must differ from their neighbours.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::spelling::{Signs, has_signs, spelled};
use super::{Ident, LONGEST_FILE, LONGEST_TYPE, RESERVED_FILES, pascal, shortened, snake};

/// The case of the names in a [`Scope`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Snake,
    Pascal,
}

/// Names that must differ from each other: the fields of a struct, the types of a module.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    case: Case,
    taken: HashSet<String>,
    /// The number that comes next, for each name that was wanted again.
    numbers: HashMap<String, usize>,
    /// The names that only a number tells from others.
    numbered: HashSet<String>,
    reserved: Vec<&'static str>,
    /// What follows a name that is reserved.
    suffix: &'static str,
    /// Whether each name is that of a file.
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

    /// A scope of the variants of an enum beside the one for what is not described, which comes with it.
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
            reserved: reserved.to_vec(),
            suffix: "_",
            files: false,
        }
    }

    /// A scope of modules, each of which is a file.
    pub(crate) fn modules() -> Self {
        Self {
            files: true,
            ..Self::snake(RESERVED_FILES)
        }
    }

    /// The scope without these names, which something else has.
    pub(crate) fn without(mut self, reserved: &'static [&'static str]) -> Self {
        self.reserved.extend(reserved);
        self
    }

    /// Whether a name made from this text is still free.
    pub(crate) fn is_free(&self, text: &str) -> bool {
        let name = self.cased(text);
        !self.reserved.contains(&name.as_str()) && !self.taken.contains(&name)
    }

    /// Takes the name made from this text; a number tells it from one that is taken already.
    pub(crate) fn claim(&mut self, text: &str) -> Ident {
        self.claim_beside(None, text)
    }

    /// Takes the name made from this text if it is free: a name that programs use already, which no number may follow.
    pub(crate) fn claim_former(&mut self, text: &str) -> Option<Ident> {
        let name = if self.is_name(text) {
            text.to_owned()
        } else {
            self.cased(text)
        };
        let free = !self.reserved.contains(&name.as_str()) && self.taken.insert(name.clone());
        free.then(|| Ident::escaped(&name))
    }

    /// Takes the first of these names that is free here and in the outer scope, or a numbered form of the last.
    pub(crate) fn claim_within(&mut self, outer: &Self, texts: &[&str]) -> Ident {
        let mut all = texts.iter();
        let free = all.find(|text| self.is_free(text) && !outer.taken.contains(&self.cased(text)));
        let text = free.or(texts.last()).copied().unwrap_or_default();
        self.claim_beside(Some(outer), text)
    }

    fn claim_beside(&mut self, outer: Option<&Self>, text: &str) -> Ident {
        let mut base = self.cased(text);
        if self.reserved.contains(&base.as_str()) {
            base.push_str(self.suffix);
        }
        let mut name = base.clone();
        let stem = base.trim_end_matches('_');
        let first = || outer.and_then(|outer| outer.numbers.get(&base).copied());
        let number = self.numbers.entry(base.clone());
        let number = number.or_insert_with(|| first().unwrap_or(2));
        let is_outer = |name: &str| outer.is_some_and(|outer| outer.taken.contains(name));
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
        if name != base {
            self.numbered.insert(name.clone());
        }
        Ident::escaped(&name)
    }

    /// Takes the first of these names that is free, or a numbered form of the last.
    pub(crate) fn claim_first(&mut self, texts: &[&str]) -> Ident {
        let free = texts.iter().find(|text| self.is_free(text));
        self.claim(free.or(texts.last()).copied().unwrap_or_default())
    }

    /// Takes a name for each of these texts, each the better the fewer others want it: see [`Scope::claim_each`].
    pub(crate) fn claim_all<'x>(&mut self, texts: impl IntoIterator<Item = &'x str>) -> Vec<Ident> {
        let wanted: Vec<Vec<String>> = texts
            .into_iter()
            .map(|text| vec![text.to_owned()])
            .collect();
        self.claim_each(&wanted)
    }

    /// Takes a name for each of these lists of texts, of which the first counts as long as no other one wants its name.
    ///
    /// A text that is a name keeps it: `MW` is `MW` beside `mW`, which becomes `Mw`. Otherwise the name goes to a text
    /// without signs, and the others are told apart by their signs (`A+` → `APlus`), by the further texts of their
    /// lists, or in the end by a number. Among several texts of one kind, `e` comes before `é`, `a_b` before `a.b` and
    /// `a-b`, and small letters before capitals. The order of the lists only decides between those that begin with the same text.
    pub(crate) fn claim_each(&mut self, wanted: &[Vec<String>]) -> Vec<Ident> {
        let texts = wanted
            .iter()
            .map(|texts| texts.first().map_or("", |text| text));
        let texts: Vec<&str> = texts.collect();
        let cased: Vec<String> = texts.iter().map(|text| self.cased(text)).collect();
        let signs: Vec<bool> = texts.iter().map(|text| has_signs(text)).collect();
        // How many want each name, and how many of them no sign can tell apart.
        let mut count: HashMap<&str, (usize, usize)> = HashMap::new();
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
            text if self.is_name(text) && (alike(index) || count.contains_key(text)) => 1,
            _ if !contested(index) => 2,
            _ if !signs[index] => 3,
            _ => 4,
        };
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_cached_key(|&index| {
            (rank(index), !texts[index].is_ascii(), Reverse(texts[index]))
        });
        let order: Vec<_> = order
            .into_iter()
            .map(|index| (rank(index), index))
            .collect();
        let mut names: Vec<Option<Ident>> = vec![None; texts.len()];
        for (rank, index) in order {
            let text = texts[index];
            let kept = rank < 2 && self.is_name(text) && self.taken.insert(text.to_owned());
            names[index] = Some(if kept {
                Ident::escaped(text)
            } else {
                self.claim_telling(&wanted[index], contested(index))
            });
        }
        names.into_iter().flatten().collect()
    }

    /// The same where the order of the lists decides nothing at all: the first name goes to the list that has fewer
    /// further ones.
    pub(crate) fn claim_each_unordered(&mut self, wanted: &[Vec<String>]) -> Vec<Ident> {
        let mut order: Vec<usize> = (0..wanted.len()).collect();
        order.sort_by_key(|&index| (wanted[index].len(), &wanted[index]));
        let sorted: Vec<Vec<String>> = order.iter().map(|&index| wanted[index].clone()).collect();
        let mut names: Vec<_> = order.into_iter().zip(self.claim_each(&sorted)).collect();
        names.sort_by_key(|&(index, _)| index);
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// Takes the first name of a list that is free, where signs may tell it from those of others.
    fn claim_telling(&mut self, texts: &[String], contested: bool) -> Ident {
        let text = texts.first().map_or("", |text| text);
        if !contested && self.is_free(text) {
            return self.claim(text);
        }
        let telling = spelled(text, Signs::Telling);
        let told_by_signs = contested && self.cased(&telling) != self.cased(text);
        let mut candidates = if told_by_signs {
            vec![]
        } else {
            vec![text.to_owned()]
        };
        candidates.push(telling);
        candidates.extend(texts.iter().skip(1).cloned());
        if self.case == Case::Pascal {
            candidates.push(text.to_lowercase());
        }
        if !self.reserved.contains(&self.cased(text).as_str()) {
            candidates.push(spelled(text, Signs::All));
        }
        match candidates.iter().find(|text| self.is_free(text)) {
            Some(free) => self.claim(free),
            None => self.claim(text),
        }
    }

    /// Whether only a number tells a name of this scope from another one.
    pub(crate) fn is_numbered(&self, name: &Ident) -> bool {
        self.numbered.contains(name.plain())
    }

    /// Whether a text can stand as it is for a name of this case that is not reserved.
    fn is_name(&self, text: &str) -> bool {
        let in_case = match self.case {
            Case::Snake => text == self.cased(text),
            Case::Pascal => {
                text.starts_with(|first: char| first.is_ascii_uppercase())
                    && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            }
        };
        in_case && !self.reserved.contains(&text)
    }

    /// Keeps a name from being taken.
    pub(crate) fn reserve(&mut self, name: &Ident) {
        self.taken.insert(name.plain().to_owned());
    }

    fn cased(&self, text: &str) -> String {
        match self.case {
            Case::Snake if self.files => shortened(snake(text), LONGEST_FILE),
            Case::Snake => snake(text),
            Case::Pascal => shortened(pascal(text), LONGEST_TYPE),
        }
    }
}
