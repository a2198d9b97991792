//! The location of an inline schema, which its type is named after.

use std::rc::Rc;

use crate::model::Home;
use crate::name::{pascal, singular};

/// The maximum length of a name for which two parts of the path are kept.
const LONGEST_NAME: usize = 40;

/// A location in the description, as the parts of the name of a type there.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    holder: Rc<Holder>,
    /// The path from the holder; empty for the holder itself.
    path: SchemaPath,
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
        let rest = name.strip_prefix(&pascal(&self.holder.name));
        let rest = rest.map(str::to_owned);
        let heads = self.holder.former_names.iter();
        heads.filter_map(move |head| Some(format!("{head}{}", rest.as_deref()?)))
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
    pub(crate) fn in_operation(&self) -> Option<&[Rc<str>]> {
        self.holder.is_operation.then_some(&*self.path.0)
    }

    /// The names for a type of this location, the best one first: the name of the holder with the last parts of the
    /// path.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        let tails = self.tails();
        tails.map(|tail| format!("{}{tail}", self.holder.name))
    }

    /// The part that the best name for a type of this location adds to the name of the holder: `Email` in
    /// `ProfileEmail`.
    pub(crate) fn tail(&self) -> String {
        self.tails().next().unwrap_or_default()
    }

    /// The last parts of the path, the best choice first.
    ///
    /// Two parts are kept if they are short enough: a single part is unspecific, and collides with any other location
    /// that ends in the same word. More parts are kept only if the shorter names are in use.
    fn tails(&self) -> impl Iterator<Item = String> {
        let parts: Vec<String> = self.path.0.iter().map(|part| pascal(part)).collect();
        let two = parts.len().min(2);
        let tail = |count: usize| parts[parts.len() - count..].concat();
        let is_long = two == 2 && self.holder.name.len() + tail(2).len() > LONGEST_NAME;
        let counts = is_long.then_some(1).into_iter().chain(two..=parts.len());
        let tails: Vec<String> = counts.map(tail).collect();
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

    /// The location of the elements of a list: `emails` → `email`.
    pub(crate) fn element(&self) -> Self {
        self.at(self.path.element())
    }

    /// The location of the values of a map: `limits` → `limit`.
    pub(crate) fn value(&self) -> Self {
        self.at(self.path.value())
    }

    fn at(&self, path: SchemaPath) -> Self {
        let holder = self.holder.clone();
        Self { holder, path }
    }
}

/// The path from a component or an operation to a schema within it, mostly the names of properties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SchemaPath(Vec<Rc<str>>);

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
    pub(crate) fn into_parts(self) -> Vec<Rc<str>> {
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
