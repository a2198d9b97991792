//! A resource with very many operations is spread over several files, by what its paths say.

use std::collections::HashMap;

use super::resource::telling_segments;
use crate::document::Operation;
use crate::name::{Ident, Scope};

/// The most operations that stand in one file.
const MOST_OPERATIONS: usize = 25;

/// The most segments of a path that name a section.
const DEEPEST: usize = 4;

/// The section of each operation; `None` for all where one file is enough.
pub(super) fn sections(operations: &[&Operation<'_>]) -> Vec<Option<Ident>> {
    if operations.len() <= MOST_OPERATIONS {
        return vec![None; operations.len()];
    }
    let paths: Vec<Vec<&str>> = operations
        .iter()
        .map(|operation| telling_segments(&operation.path.text).collect())
        .collect();
    let shared = shared_segments(&paths);
    let keys = |depth: usize| -> Vec<String> {
        let key = |path: &Vec<&str>| match path.get(shared..) {
            Some([]) | None => "root".to_owned(),
            Some(rest) => rest[..depth.min(rest.len())].join(" "),
        };
        paths.iter().map(key).collect()
    };
    let fits = |keys: &Vec<String>| largest(keys) <= MOST_OPERATIONS;
    let mut chosen = keys(1);
    for depth in 2..=DEEPEST {
        if fits(&chosen) {
            break;
        }
        chosen = keys(depth);
    }
    named(&chosen)
}

/// The number of segments that all paths begin with.
fn shared_segments(paths: &[Vec<&str>]) -> usize {
    let Some(first) = paths.first() else { return 0 };
    let same = |at: &usize| paths.iter().all(|path| path.get(*at) == first.get(*at));
    (0..first.len()).take_while(same).count()
}

fn largest(keys: &[String]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts.into_values().max().unwrap_or_default()
}

/// Keys as module names; what is still too long is numbered.
fn named(keys: &[String]) -> Vec<Option<Ident>> {
    let mut scope = Scope::modules();
    let mut known: HashMap<(&str, usize), Ident> = HashMap::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut section = |key| {
        let count = counts.entry(key).or_default();
        *count += 1;
        let part = (*count - 1) / MOST_OPERATIONS;
        let name = known.entry((key, part)).or_insert_with(|| scope.claim(key));
        Some(name.clone())
    };
    keys.iter().map(|key| section(key.as_str())).collect()
}
