//! The location of an inline schema, which its type is named after.

use std::rc::Rc;
use std::sync::Arc;

use crate::model::Home;
use crate::name::{joined, pascal, singular};

/// The maximum length of a name for which two parts of the path are kept.
const LONGEST_NAME: usize = 40;

/// A location in the description, as the parts of the name of a type there.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    holder: Rc<Holder>,
    /// The path from the holder; empty for the holder itself.
    path: SchemaPath,
    /// Whether words that the holder ends and the path begins with are written once.
    is_short: bool,
}

/// The component or the operation that holds a location.
#[derive(Debug, Clone)]
struct Holder {
    home: Home,
    name: String,
    former_names: Vec<String>,
    is_operation: bool,
}

impl Spot {
    /// The location of a type with a name.
    pub(crate) fn new(home: Home, name: &str) -> Self {
        Self::of(home, name, false)
    }

    /// The location of an operation.
    pub(crate) fn of_operation(home: Home, name: &str) -> Self {
        Self::of(home, name, true)
    }

    fn of(home: Home, name: &str, is_operation: bool) -> Self {
        let holder = Holder {
            home,
            name: name.to_owned(),
            former_names: Vec::new(),
            is_operation,
        };
        Self {
            holder: Rc::new(holder),
            path: SchemaPath::default(),
            is_short: false,
        }
    }

    /// The location of a holder with these former names.
    pub(crate) fn formerly(self, names: impl IntoIterator<Item = String>) -> Self {
        let mut holder = Rc::unwrap_or_clone(self.holder);
        holder.former_names = names.into_iter().map(|name| pascal(&name)).collect();
        let holder = Rc::new(holder);
        Self { holder, ..self }
    }

    /// The names of a type of this location while its holder had its former names.
    pub(crate) fn former_names(&self, name: &str) -> impl Iterator<Item = String> {
        let mut tails = self.tails();
        let is_own = |tail: &Tail| {
            tail.names(&self.holder.name)
                .any(|own| pascal(&own) == name)
        };
        let tail = tails.find(is_own).or_else(|| {
            let text = name.strip_prefix(&pascal(&self.holder.name))?.to_owned();
            let is_short = false;
            Some(Tail { text, is_short })
        });
        let heads = self.holder.former_names.iter();
        heads.filter_map(move |head| tail.as_ref()?.names(head).next())
    }

    /// The file that holds types of this location.
    pub(crate) fn home(&self) -> &Home {
        &self.holder.home
    }

    /// Its own name in what holds it; empty for the holder itself.
    pub(crate) fn own(&self) -> &str {
        self.path.own()
    }

    /// The path from an operation to this location; `None` in a component.
    pub(crate) fn in_operation(&self) -> Option<&[Arc<str>]> {
        self.holder.is_operation.then_some(&*self.path.0)
    }

    /// The names for a type of this location, the best one first: the name of the holder with the last parts of the
    /// path.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        let tails = self.tails();
        tails.flat_map(|tail| tail.names(&self.holder.name))
    }

    /// The part that the best name for a type of this location adds to the name of the holder: `Email` in
    /// `ProfileEmail`.
    pub(crate) fn tail(&self) -> String {
        self.tails()
            .next()
            .map_or_else(String::new, |tail| tail.text)
    }

    /// The last parts of the path, the best choice first.
    ///
    /// Two parts are kept if they are short enough: a single part is unspecific, and collides with any other location
    /// that ends in the same word. More parts are kept only if the shorter names are in use.
    fn tails(&self) -> impl Iterator<Item = Tail> + use<> {
        let parts: Vec<String> = self.path.0.iter().map(|part| pascal(part)).collect();
        let two = parts.len().min(2);
        let tail = |count: usize| Tail {
            text: parts[parts.len() - count..].concat(),
            is_short: self.is_short && count == parts.len(),
        };
        let is_long = two == 2 && self.holder.name.len() + tail(2).text.len() > LONGEST_NAME;
        let counts = is_long.then_some(1).into_iter().chain(two..=parts.len());
        let tails: Vec<Tail> = counts.map(tail).collect();
        tails.into_iter()
    }

    /// The best name for a type of this location: `ProfileEmail`.
    pub(crate) fn name(&self) -> String {
        self.names().next().unwrap_or_default()
    }

    /// The location of a property or alternative.
    pub(crate) fn child(&self, name: &str) -> Self {
        self.at(self.path.child(name))
    }

    /// The location of a property or alternative directly in its holder, among all of them. The alternative
    /// `Event message` of `SseEvent` is `SseEventMessage`, unless an alternative `message` has this name.
    pub(crate) fn among<'n>(self, mut siblings: impl Iterator<Item = &'n str>) -> Self {
        if self.holder.is_operation || self.path.0.len() != 1 {
            return self;
        }
        // Most names have no word in common, which their first letters show soonest.
        let first = self.own().chars().find(|letter| letter.is_alphanumeric());
        let can_repeat = first.is_some_and(|first| {
            let capital = first.to_ascii_uppercase();
            !capital.is_ascii() || self.holder.name.contains([capital, first])
        });
        if !can_repeat {
            return self;
        }
        let head = pascal(&self.holder.name);
        let short = joined(&head, self.own());
        let is_sibling = |name: &str| short.strip_prefix(&*head) == Some(&*pascal(name));
        let is_same = short == format!("{head}{}", pascal(self.own()));
        let is_short = !is_same && !siblings.any(is_sibling);
        Self { is_short, ..self }
    }

    /// The location of the elements of a list: `emails` → `email`.
    pub(crate) fn element(&self) -> Self {
        self.at(self.path.element())
    }

    /// The location of the values of a map: `limits` → `limit`.
    pub(crate) fn value(&self) -> Self {
        self.at(self.path.value())
    }

    fn at(&self, path: SchemaPath) -> Self {
        Self {
            holder: self.holder.clone(),
            path,
            is_short: self.is_short,
        }
    }
}

/// The end of a name, after the name of the holder.
struct Tail {
    text: String,
    is_short: bool,
}

impl Tail {
    /// The names within a holder: without repeated words, and with them if the shorter name is in use.
    fn names(&self, head: &str) -> impl Iterator<Item = String> + use<> {
        let whole = format!("{head}{}", self.text);
        let short = self.is_short.then(|| joined(head, &self.text));
        short.into_iter().chain([whole])
    }
}

/// The path from a component or an operation to a schema within it, mostly the names of properties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SchemaPath(Vec<Arc<str>>);

impl SchemaPath {
    /// The path to a property or alternative.
    pub(crate) fn child(&self, name: &str) -> Self {
        let mut child = self.clone();
        child.0.push(name.into());
        child
    }

    /// The path to the elements of a list: `emails` → `email`.
    pub(crate) fn element(&self) -> Self {
        self.inner("item")
    }

    /// The path to the values of a map: `limits` → `limit`.
    pub(crate) fn value(&self) -> Self {
        self.inner("value")
    }

    /// The names on the path.
    pub(crate) fn into_parts(self) -> Vec<Arc<str>> {
        self.0
    }

    fn own(&self) -> &str {
        self.0.last().map_or("", |own| own)
    }

    fn inner(&self, fallback: &str) -> Self {
        let one = singular(self.own());
        if self.own().is_empty() || one == self.own() {
            return self.child(fallback);
        }
        let mut inner = self.clone();
        inner.0.pop();
        inner.child(&one)
    }
}
