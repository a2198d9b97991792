//! Rules about paths and server URLs.

use hashbrown::{HashMap, HashSet};

use super::{Subject, code};
use crate::diagnostic::Diagnostic;
use crate::document::{Location, PathItem, Server, template};
use crate::source::Key;

/// Pairs of paths that one request can match, of which neither is more specific: `/{kind}/list` and `/books/{id}`.
pub(super) fn ambiguous(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let pairs = overlapping(subject, |more, less| more && less);
    let pairs = pairs.into_iter();
    let pairs = pairs.filter(|(item, other)| have_common_method(item, other));
    let report = |(item, other): (&PathItem<'_>, &PathItem<'_>)| {
        overlap(code::AMBIGUOUS_PATHS, item.key, other.key)
            .at(item.key.span, "neither is more specific")
            .also(other.key.span, "the other path")
    };
    pairs.map(report).collect()
}

/// Paths with a literal segment where another path has a placeholder: `/shops/{shop}/pets` and `/shops/open/pets`.
pub(super) fn special_case(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    // Without a common method too: a server that chooses by the path has no `GET` for this shop, if only the other path
    // has one.
    let pairs = overlapping(subject, |more, less| more != less);
    let report = |(item, other): (&PathItem<'_>, &PathItem<'_>)| {
        overlap(code::SPECIAL_PATH, item.key, other.key)
            .at(item.key.span, "")
            .also(other.key.span, "the path without the placeholder is meant")
    };
    pairs.into_iter().map(report).collect()
}

fn overlap(code: &'static str, key: &Key, other: &Key) -> Diagnostic {
    let (key, other) = (&key.text, &other.text);
    Diagnostic::warning(
        code,
        format!("a request can match both `{other}` and `{key}`"),
    )
}

/// The pairs of paths that one request can match, the later path first. `are_meant` selects the pairs. Its arguments are
/// whether the later path is more specific in some segment, and whether the earlier one is.
fn overlapping<'a, 't>(
    subject: &Subject<'a, 't>,
    are_meant: fn(bool, bool) -> bool,
) -> Vec<(&'a PathItem<'t>, &'a PathItem<'t>)> {
    let mut tree = Segments::default();
    let mut found = Vec::new();
    for item in &subject.document.paths {
        let segments: Vec<&str> = item.key.text.split('/').skip(1).collect();
        let others = tree.overlapping(&segments, are_meant).into_iter();
        found.extend(others.map(|other| (item, other)));
        tree.insert(&segments, item);
    }
    found
}

fn have_common_method(one: &PathItem<'_>, other: &PathItem<'_>) -> bool {
    let methods: Vec<&str> = other.operations.iter().map(|it| it.method).collect();
    one.operations.iter().any(|it| methods.contains(&it.method))
}

/// The segments of paths as a trie.
#[derive(Default)]
struct Segments<'a, 't> {
    item: Option<&'a PathItem<'t>>,
    fixed: HashMap<&'a str, Segments<'a, 't>>,
    /// The paths that have a placeholder in this segment.
    any: Option<Box<Segments<'a, 't>>>,
}

impl<'a, 't> Segments<'a, 't> {
    fn insert(&mut self, path: &[&'a str], item: &'a PathItem<'t>) {
        let mut at = self;
        for segment in path {
            at = if has_placeholder(segment) {
                at.any.get_or_insert_default()
            } else {
                at.fixed.entry(segment).or_default()
            };
        }
        at.item.get_or_insert(item);
    }

    /// The paths that can match the same request as `path` and are selected by `are_meant`. Its arguments are whether
    /// `path` is more specific in some segment, and whether the other path is.
    fn overlapping(
        &self,
        path: &[&str],
        are_meant: fn(bool, bool) -> bool,
    ) -> Vec<&'a PathItem<'t>> {
        let mut found = Vec::new();
        let mut open = vec![(self, path, false, false)];
        // Paths that differ only in the last segment, such as `/users/me` and `/users/{id}`, are common and not
        // reported.
        while let Some((at, rest, more, less)) = open.pop() {
            let Some((segment, rest)) = rest.split_first() else {
                found.extend(at.item.filter(|_| are_meant(more, less)));
                continue;
            };
            if has_placeholder(segment) {
                open.extend(at.any.iter().map(|next| (&**next, rest, more, less)));
                let fixed = at.fixed.values().filter(|_| !rest.is_empty() || more);
                open.extend(fixed.map(|next| (next, rest, more, true)));
            } else {
                let any = at.any.iter().filter(|_| !rest.is_empty() || less);
                open.extend(any.map(|next| (&**next, rest, true, less)));
                open.extend(at.fixed.get(segment).map(|next| (next, rest, more, less)));
            }
        }
        found
    }
}

fn has_placeholder(segment: &str) -> bool {
    !template::placeholders(segment).is_empty()
}

/// Paths with a `/` at the end, if other paths have none.
pub(super) fn trailing_slash(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let keys = subject.document.paths.iter().map(|item| item.key);
    let (with, without): (Vec<&Key>, Vec<&Key>) = keys
        .filter(|key| key.text.len() > 1)
        .partition(|key| key.text.ends_with('/'));
    if with.is_empty() || with.len() > without.len() {
        return Vec::new();
    }
    let report = |key: &&Key| {
        let message = format!("the path `{}` ends with `/`, and others do not", key.text);
        let diagnostic = Diagnostic::warning(code::TRAILING_SLASH, message);
        diagnostic
            .at(key.span, "")
            .help("remove the `/`, if the server does not need it")
    };
    with.iter().map(report).collect()
}

/// Paths with `?` or `#`, which would be percent-encoded.
pub(super) fn query(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let paths = subject.document.paths.iter();
    let wrong = paths.filter(|item| item.key.text.contains(['?', '#']));
    let report = |item: &PathItem<'_>| {
        let message = "a path has neither a query nor a fragment";
        let diagnostic = Diagnostic::warning(code::QUERY_IN_PATH, message).strict();
        let diagnostic = diagnostic.at(item.key.span, "");
        diagnostic.help("describe the query as parameters with `in: query`")
    };
    wrong.map(report).collect()
}

/// Paths with `//`, which a server does not take for `/`.
pub(super) fn empty_segment(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let paths = subject.document.paths.iter();
    let is_wrong = |path: &str| path.starts_with('/') && path.contains("//");
    let wrong = paths.filter(|item| is_wrong(&item.key.text));
    let report = |item: &PathItem<'_>| {
        let message = format!("the path `{}` has an empty segment", item.key.text);
        let diagnostic = Diagnostic::warning(code::EMPTY_SEGMENT, message).strict();
        diagnostic
            .at(item.key.span, "`//` is sent as it is written")
            .help("write one `/`, or the segment that is missing")
    };
    wrong.map(report).collect()
}

/// Paths with a segment `:id` or `<id>`, which other notations have for parameters.
pub(super) fn without_braces(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let paths = subject.document.paths.iter();
    let report = |item: &PathItem<'_>| {
        let (segment, name) = item.key.text.split('/').find_map(other_parameter)?;
        let operations = item.operations.iter();
        let mut parameters = operations.flat_map(|operation| &operation.parameters);
        // A parameter without its placeholder is reported there.
        if parameters.any(|one| one.location == Location::Path && one.name.text == name) {
            return None;
        }
        let message = format!("`{segment}` is sent as it is, and not replaced by a value");
        let diagnostic = Diagnostic::warning(code::WITHOUT_BRACES, message).strict();
        let diagnostic = diagnostic.at(item.key.span, "");
        Some(diagnostic.help(format!("write `{{{name}}}` if it is a parameter")))
    };
    paths.filter_map(report).collect()
}

/// A segment that other notations have for a parameter, and the name of the parameter.
fn other_parameter(segment: &str) -> Option<(&str, &str)> {
    let in_brackets = segment
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    let name = segment.strip_prefix(':').or(in_brackets)?;
    // `<int:id>` has a type.
    let name = name.rsplit(':').next().unwrap_or(name);
    let is_name = !name.is_empty() && name.chars().all(|one| one.is_alphanumeric() || one == '_');
    is_name.then_some((segment, name))
}

/// Server URLs that end with `/`, though every path begins with one.
pub(super) fn server_slash(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let operations = subject.document.operations();
    let own = operations.flat_map(|operation| &operation.servers);
    let servers = subject.document.servers.iter().chain(own);
    let mut seen = HashSet::new();
    let wrong = servers.filter(|server| {
        server.url.len() > 1 && server.url.ends_with('/') && seen.insert(server.span)
    });
    let report = |server: &Server<'_>| {
        let message = "the URL of a server should not end with `/`: each path begins with one";
        let diagnostic = Diagnostic::warning(code::SERVER_SLASH, message);
        diagnostic
            .at(server.span, "the last `/` is ignored")
            .help("remove it")
    };
    wrong.map(report).collect()
}
