//! Applies the fixes of diagnostics to files.

use std::collections::BTreeMap;

use super::{Diagnostic, Diagnostics, Fix};
use crate::text::{FileId, Sources};

/// The maximum number of rounds. Fixing one mistake can reveal another one.
pub const ROUNDS: usize = 10;

/// A file before and after its corrections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// The path of the file.
    pub path: String,
    /// Its original text.
    pub before: String,
    /// Its text with the corrections.
    pub after: String,
    /// The messages of the fixes, in the order of the file.
    pub corrections: Vec<String>,
}

impl Diagnostics {
    /// Applies the fixes of the diagnostics for which `are_certain` holds, if they have only one fix. Of two
    /// overlapping fixes the first is applied; the other one is found again when the corrected file is checked.
    pub(crate) fn corrected(
        &self,
        sources: &Sources,
        are_certain: impl Fn(&Diagnostic) -> bool,
    ) -> Vec<Corrected> {
        let mut of_files: BTreeMap<FileId, Vec<&Fix>> = BTreeMap::new();
        for diagnostic in self.sorted().into_iter().filter(|one| are_certain(one)) {
            if let [fix] = &diagnostic.fixes[..] {
                of_files.entry(fix.span.file).or_default().push(fix);
            }
        }
        let files = of_files.into_iter();
        files
            .map(|(file, fixes)| corrected(sources, file, fixes))
            .collect()
    }
}

impl Corrected {
    /// The messages of the fixes, and the changed lines as a unified diff.
    pub fn diff(&self) -> String {
        let lines = self.corrections.iter();
        let mut text: String = lines.map(|line| line.clone() + "\n").collect();
        let lines = similar::TextDiff::from_lines(&self.before, &self.after);
        for hunk in lines.unified_diff().context_radius(0).iter_hunks() {
            text.push_str(&hunk.to_string());
        }
        text
    }
}

fn corrected(sources: &Sources, file: FileId, mut fixes: Vec<&Fix>) -> Corrected {
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let source = sources.file(file);
    let mut after = String::with_capacity(source.text.len());
    let mut corrections = Vec::new();
    let mut done = 0;
    for fix in fixes {
        let (start, end) = (fix.span.start as usize, fix.span.end as usize);
        if start < done || (start == done && done > 0) {
            continue;
        }
        after.push_str(&source.text[done..start]);
        after.push_str(&fix.replacement);
        done = end;
        corrections.push(format!("{}: {}", source.place(fix.span.start), fix.message));
    }
    after.push_str(&source.text[done..]);
    Corrected {
        path: source.path.clone(),
        before: source.text.to_string(),
        after,
        corrections,
    }
}
