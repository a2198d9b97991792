//! Where the mistakes are: the lines in which a file differs from the description that all files of its kind share.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// How many lines beside the changed ones still are the place: an object is reported at its key, a missing key at its
/// neighbour.
const NEAR: usize = 1;

pub(super) struct Places(HashMap<PathBuf, RangeInclusive<usize>>);

impl Places {
    pub(super) fn of(files: &[(PathBuf, String)]) -> Self {
        let kinds: HashSet<Option<&OsStr>> =
            files.iter().map(|(path, _)| path.extension()).collect();
        let mut places = HashMap::new();
        for kind in kinds {
            let of_kind = files.iter().filter(|(path, _)| path.extension() == kind);
            let of_kind: Vec<&(PathBuf, String)> = of_kind.collect();
            let base = shared(&of_kind);
            places.extend(
                of_kind
                    .iter()
                    .map(|(path, text)| (path.clone(), changed(&base, text))),
            );
        }
        Self(places)
    }

    /// The lines of the mistake in a file, from 1 on.
    pub(super) fn of_file(&self, path: &Path) -> Option<&RangeInclusive<usize>> {
        self.0.get(path)
    }
}

/// The lines that most files have, in the order of the file with most of them.
fn shared<'f>(files: &[&'f (PathBuf, String)]) -> Vec<&'f str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (_, text) in files {
        let lines: HashSet<&str> = text.lines().collect();
        for line in lines {
            *counts.entry(line).or_default() += 1;
        }
    }
    let is_shared = |line: &&str| {
        counts
            .get(line)
            .is_some_and(|count| count * 2 > files.len())
    };
    let texts = files
        .iter()
        .map(|(_, text)| text.lines().filter(is_shared).collect::<Vec<_>>());
    texts.max_by_key(Vec::len).unwrap_or_default()
}

/// The lines of a text between those that it has in common with the base at its beginning and at its end.
fn changed(base: &[&str], text: &str) -> RangeInclusive<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let same =
        |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(a, b)| a == b).count();
    let before = same(&mut lines.iter().zip(base));
    let after = same(&mut lines.iter().rev().zip(base.iter().rev()));
    let first = (before + 1).saturating_sub(NEAR);
    let last = (lines.len() - after.min(lines.len() - before)).max(before + 1) + NEAR;
    first..=last
}

#[cfg(test)]
mod tests {
    use super::changed;

    #[test]
    fn changed_lines_are_between_the_common_ones() {
        let base = ["a", "b", "c", "d", "e"];
        assert_eq!(changed(&base, "a\nb\nx\nd\ne"), 2..=4);
        assert_eq!(changed(&base, "a\nb\nc\nx\ny\nd\ne"), 3..=6);
        assert_eq!(changed(&base, "a\nb\nd\ne"), 2..=4);
    }
}
