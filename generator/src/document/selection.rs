//! The selection of a description's operations.

use std::collections::BTreeSet;

use glob::{MatchOptions, Pattern};
use hashbrown::HashSet;

use crate::source::{Node, Value};

/// A criterion for selecting operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filter {
    /// It has this tag.
    Tag(String),
    /// Its `operationId` matches.
    Id(Pattern),
    /// Its path matches, and its method is this one, if there is one.
    Route {
        method: Option<String>,
        path: Pattern,
    },
    /// It is deprecated.
    Deprecated,
}

/// An operation before it is decoded, with what a [`Filter`] compares.
pub(crate) struct Candidate<'t> {
    method: &'t str,
    path: &'t str,
    id: Option<&'t str>,
    tags: Vec<&'t str>,
    deprecated: bool,
}

impl<'t> Candidate<'t> {
    pub(crate) fn new(method: &'t str, path: &'t str, operation: &'t Node) -> Self {
        let tags = operation.get("tags").and_then(Node::as_list);
        let tags = tags.unwrap_or_default().iter().filter_map(Node::as_str);
        let deprecated = operation.get("deprecated").map(|node| &node.value);
        Self {
            method,
            path,
            id: operation.get("operationId").and_then(Node::as_str),
            tags: tags.collect(),
            deprecated: deprecated == Some(&Value::Bool(true)),
        }
    }
}

impl Filter {
    fn fits(&self, operation: &Candidate<'_>) -> bool {
        match self {
            Self::Tag(tag) => operation.tags.contains(&&**tag),
            Self::Id(pattern) => operation.id.is_some_and(|id| pattern.matches(id)),
            Self::Route { method, path } => {
                let options = MatchOptions {
                    require_literal_separator: true,
                    ..MatchOptions::new()
                };
                let method = method.as_deref();
                method.is_none_or(|method| method == operation.method)
                    && path.matches_with(operation.path, options)
            }
            Self::Deprecated => operation.deprecated,
        }
    }
}

/// The selected operations: those that match an `include` filter (without one, all of them), except those that match an
/// `exclude` filter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Selection {
    include: Vec<Filter>,
    exclude: Vec<Filter>,
    /// The positions of the filters that matched an operation. Those of `exclude` are numbered after those of
    /// `include`.
    used: HashSet<usize>,
    /// Whether an operation was selected.
    pub has_operation: bool,
    /// The tags of all operations, for suggestions.
    pub tags: BTreeSet<String>,
    pub ids: BTreeSet<String>,
    pub paths: BTreeSet<String>,
}

impl Selection {
    pub(crate) fn new(include: Vec<Filter>, exclude: Vec<Filter>) -> Self {
        Self {
            include,
            exclude,
            ..Self::default()
        }
    }

    /// All filters: those of `include`, followed by those of `exclude`.
    pub(crate) fn filters(&self) -> impl Iterator<Item = &Filter> {
        self.include.iter().chain(&self.exclude)
    }

    /// Whether everything is selected.
    pub(crate) fn is_whole(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Whether an operation is selected. Records the filters that match.
    pub(crate) fn takes(&mut self, operation: &Candidate<'_>) -> bool {
        self.tags
            .extend(operation.tags.iter().map(|&tag| tag.to_owned()));
        self.ids.extend(operation.id.map(str::to_owned));
        self.paths.insert(operation.path.to_owned());
        let mut fits = [false, false];
        let filters = self.include.iter().map(|filter| (0, filter));
        let filters = filters.chain(self.exclude.iter().map(|filter| (1, filter)));
        for (index, (list, filter)) in filters.enumerate() {
            if filter.fits(operation) {
                fits[list] = true;
                self.used.insert(index);
            }
        }
        let [included, excluded] = fits;
        let takes = (included || self.include.is_empty()) && !excluded;
        self.has_operation |= takes;
        takes
    }

    /// The filters that matched no operation, with their positions: those of `exclude` are numbered after those of
    /// `include`.
    pub(crate) fn unused(&self) -> impl Iterator<Item = (usize, &Filter)> {
        let filters = self.filters().enumerate();
        filters.filter(|(index, _)| !self.used.contains(index))
    }
}
