//! Where an inline schema stands, which is what its type is named after.

use crate::model::Home;
use crate::name::{pascal, singular};

/// The longest name of which the last two parts of the way are kept.
const LONGEST_NAME: usize = 40;

/// A location in the description, as the name that a type standing there gets.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    home: Home,
    /// The name of the component or the operation that holds it.
    head: String,
    /// The former names of that.
    former_heads: Vec<String>,
    /// The way from there; empty for the holder itself.
    way: Way,
    /// Whether the head is an operation.
    of_operation: bool,
}

impl Spot {
    /// The location of a type with a name.
    pub(crate) fn new(home: Home, name: &str) -> Self {
        Self {
            home,
            head: name.to_owned(),
            former_heads: Vec::new(),
            way: Way::default(),
            of_operation: false,
        }
    }

    /// The location of an operation.
    pub(crate) fn of_operation(home: Home, name: &str) -> Self {
        Self {
            of_operation: true,
            ..Self::new(home, name)
        }
    }

    /// The location of something that has these former names.
    pub(crate) fn formerly(self, names: impl IntoIterator<Item = String>) -> Self {
        Self {
            former_heads: names.into_iter().map(|name| pascal(&name)).collect(),
            ..self
        }
    }

    /// What a type of this location was called when its holder had its former names.
    pub(crate) fn former_names(&self, name: &str) -> impl Iterator<Item = String> {
        let rest = name.strip_prefix(&pascal(&self.head)).map(str::to_owned);
        let heads = self.former_heads.iter();
        heads.filter_map(move |head| Some(format!("{head}{}", rest.as_deref()?)))
    }

    /// The file that holds types of this location.
    pub(crate) fn home(&self) -> &Home {
        &self.home
    }

    /// Its own name in what holds it; empty for the holder itself.
    pub(crate) fn own(&self) -> &str {
        self.way.own()
    }

    /// The way from an operation to this location; `None` in a component.
    pub(crate) fn in_operation(&self) -> Option<&[String]> {
        self.of_operation.then_some(&*self.way.0)
    }

    /// The names for a type of this location, the best one first: the head with the last parts of the way.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        let tails = self.tails();
        tails.map(|tail| format!("{}{tail}", self.head))
    }

    /// What the best name for a type of this location adds to the head: `Email` in `ProfileEmail`.
    pub(crate) fn tail(&self) -> String {
        self.tails().next().unwrap_or_default()
    }

    /// The last parts of the way, the best choice first.
    ///
    /// Two parts are kept where they fit: one alone says too little, and is taken as soon as another location ends in
    /// the same word. More are kept only where a shorter name is taken.
    fn tails(&self) -> impl Iterator<Item = String> {
        let parts: Vec<String> = self.way.0.iter().map(|part| pascal(part)).collect();
        let two = parts.len().min(2);
        let tail = |count: usize| parts[parts.len() - count..].concat();
        let is_long = two == 2 && self.head.len() + tail(2).len() > LONGEST_NAME;
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
        self.at(self.way.child(name))
    }

    /// The location of the elements of a list: `emails` → `email`.
    pub(crate) fn element(&self) -> Self {
        self.at(self.way.element())
    }

    /// The location of the values of a map: `limits` → `limit`.
    pub(crate) fn value(&self) -> Self {
        self.at(self.way.value())
    }

    fn at(&self, way: Way) -> Self {
        Self {
            way,
            ..self.clone()
        }
    }
}

/// The way from a component or an operation to a schema within it: the names of the properties, for the most part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Way(Vec<String>);

impl Way {
    /// The way to a property or alternative.
    pub(crate) fn child(&self, name: &str) -> Self {
        let mut child = self.clone();
        child.0.push(name.to_owned());
        child
    }

    /// The way to the elements of a list: `emails` → `email`.
    pub(crate) fn element(&self) -> Self {
        self.inner("item")
    }

    /// The way to the values of a map: `limits` → `limit`.
    pub(crate) fn value(&self) -> Self {
        self.inner("value")
    }

    /// The names on the way.
    pub(crate) fn into_parts(self) -> Vec<String> {
        self.0
    }

    fn own(&self) -> &str {
        self.0.last().map_or("", String::as_str)
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
