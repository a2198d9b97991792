//! A baseline: a file that lists the known warnings of a description, so that only new ones are shown.
//!
//! It is sorted and has one line for each known warning, with the code, the file and the message. The line and the
//! column are not included, so that a warning stays known when the file changes elsewhere.

use std::collections::BTreeMap;

use super::{Diagnostic, Diagnostics, Severity};
use crate::text::Sources;

/// The known warnings, with the number of times that each occurs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<String, usize>);

impl Baseline {
    /// Parses a baseline.
    pub fn parse(text: &str) -> Self {
        let mut known = BTreeMap::new();
        let lines = text.lines().map(str::trim_end);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            *known.entry(line.to_owned()).or_default() += 1;
        }
        Self(known)
    }

    /// The baseline with all warnings of a run.
    pub fn text(diagnostics: &Diagnostics, sources: &Sources) -> String {
        let sorted = diagnostics.sorted().into_iter();
        let warnings = sorted.filter(|one| one.severity == Severity::Warning);
        let mut lines: Vec<String> = warnings.map(|one| line(one, sources)).collect();
        lines.sort_unstable();
        lines.iter().map(|line| line.clone() + "\n").collect()
    }

    /// Removes the known warnings, and returns how many there were.
    pub fn apply(&mut self, diagnostics: &mut Diagnostics, sources: &Sources) -> usize {
        let before = diagnostics.len();
        diagnostics.retain_mut(|diagnostic| {
            let known = (diagnostic.severity == Severity::Warning)
                .then(|| self.0.get_mut(&line(diagnostic, sources)))
                .flatten();
            match known {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        });
        before - diagnostics.len()
    }
}

fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let file = diagnostic.primary.as_ref();
    let file = file.map_or("", |label| &*sources.file(label.span.file).path);
    let text = format!("{} {file}: {}", diagnostic.code, diagnostic.message);
    text.replace(['\n', '\r'], " ").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::code;

    #[test]
    fn a_warning_is_known_as_often_as_it_was() {
        let sources = Sources::default();
        let warning = || Diagnostic::warning(code::TAG, "a tag");
        let mut before = Diagnostics::new();
        before.extend([warning(), Diagnostic::error(code::YAML, "not YAML")]);
        let text = Baseline::text(&before, &sources);
        assert_eq!(text, "SW0012 : a tag\n");
        let mut after = Diagnostics::new();
        after.extend([
            warning(),
            warning(),
            Diagnostic::error(code::YAML, "not YAML"),
        ]);
        let mut baseline = Baseline::parse(&format!("# known\n{text}"));
        assert_eq!(baseline.apply(&mut after, &sources), 1);
        let left: Vec<_> = after.iter().map(|one| one.severity).collect();
        assert_eq!(left, [Severity::Warning, Severity::Error]);
    }
}
