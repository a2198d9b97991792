//! Filters of operations, as written: `tag: pets`, `pets/*`, `GET /pets/**`, `deprecated`.

use std::fmt;

use glob::Pattern;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::code::UNUSED_FILTER;
use super::file::Operations;
use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::{Filter, Selection};
use crate::text::Span;

/// The filters of a crate.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filters {
    pub(crate) selection: Selection,
    /// The locations of the filters: those of `include`, followed by those of `exclude`.
    places: Vec<Option<Span>>,
    /// The number of `include` filters.
    included: usize,
}

impl Filters {
    pub(super) fn of(operations: &Operations) -> Self {
        let Operations { include, exclude } = operations;
        let places = include.iter().chain(exclude).map(|filter| filter.span);
        let include: Vec<Filter> = include.iter().map(|it| it.value.clone()).collect();
        let exclude = exclude.iter().map(|it| it.value.clone()).collect();
        Self {
            places: places.collect(),
            included: include.len(),
            selection: Selection::new(include, exclude),
        }
    }

    /// The filters with their locations.
    pub(crate) fn located(&self) -> impl Iterator<Item = (Span, &Filter)> {
        let filters = self.selection.filters().zip(&self.places);
        filters.filter_map(|(filter, place)| Some(((*place)?, filter)))
    }

    /// Reports the filters that match no operation of any description, and filters that leave no operation. `deprecated`
    /// under `exclude` is not reported, because a description may have no deprecated operations.
    pub(crate) fn report_unused(&self, selection: &Selection, diagnostics: &mut Diagnostics) {
        let before = diagnostics.len();
        for (index, filter) in selection.unused() {
            if *filter == Filter::Deprecated && index >= self.included {
                continue;
            }
            let (message, near) = unused(filter, selection);
            let mut diagnostic = Diagnostic::error(UNUSED_FILTER, message);
            if let Some(span) = self.places.get(index).copied().flatten() {
                let label = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
                diagnostic = diagnostic.at(span, label);
            }
            diagnostics.push(diagnostic);
        }
        let is_empty = !selection.paths.is_empty() && !selection.has_operation;
        if is_empty && diagnostics.len() == before {
            let message = "the filters leave no operation";
            let diagnostic = Diagnostic::error(UNUSED_FILTER, message)
                .help("remove a filter of `exclude`, or add one to `include`");
            let last = self.places.iter().rev().find_map(|place| *place);
            diagnostics.push(match last {
                Some(span) => diagnostic.at(span, "nothing is left after this filter"),
                None => diagnostic,
            });
        }
    }
}

/// The message about a filter without a match, and the most similar existing tag, id or path.
fn unused<'s>(filter: &'s Filter, selection: &'s Selection) -> (String, Option<&'s str>) {
    let (message, written, known) = match filter {
        Filter::Tag(tag) => (
            format!("no operation has the tag `{tag}`"),
            tag.as_str(),
            &selection.tags,
        ),
        Filter::Id(id) => (
            format!("no `operationId` matches `{id}`"),
            id.as_str(),
            &selection.ids,
        ),
        Filter::Route { method, path } => (
            match method {
                Some(method) => format!("no operation matches `{method} {path}`"),
                None => format!("no operation matches `{path}`"),
            },
            path.as_str(),
            &selection.paths,
        ),
        Filter::Deprecated => return ("no operation is deprecated".to_owned(), None),
    };
    let near = nearest(written, known.iter().map(String::as_str));
    (message, near.filter(|near| *near != written))
}

impl<'de> Deserialize<'de> for Filter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FilterVisitor)
    }
}

/// The keys of a filter that is written as an object.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct Named {
    tag: String,
}

struct FilterVisitor;

impl<'de> Visitor<'de> for FilterVisitor {
    type Value = Filter;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`tag: NAME` or a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Filter, E> {
        let pattern = |text: &str| {
            let fault = |error: glob::PatternError| E::custom(format!("`{text}`: {}", error.msg));
            Pattern::new(text).map_err(fault)
        };
        if text == "deprecated" {
            return Ok(Filter::Deprecated);
        }
        if let Some(tag) = text.strip_prefix("tag: ") {
            return Ok(Filter::Tag(tag.trim().to_owned()));
        }
        if text.starts_with('/') {
            let path = pattern(text)?;
            return Ok(Filter::Route { method: None, path });
        }
        match text.split_once(' ') {
            Some((method, path)) if path.trim_start().starts_with('/') => Ok(Filter::Route {
                method: (method != "*").then(|| method.to_ascii_uppercase()),
                path: pattern(path.trim_start())?,
            }),
            _ => pattern(text).map(Filter::Id),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Filter, A::Error> {
        let named = Named::deserialize(MapAccessDeserializer::new(members))?;
        Ok(Filter::Tag(named.tag))
    }
}
