//! `cargo lab diff-suite`: compares the verdicts of `specwright diff` with those of openapi-diff or oasdiff on pairs of
//! descriptions.
//!
//! openapi-diff has three grades: unchanged, compatible, incompatible. Ours has a fourth one between the last two,
//! `review`: the effect depends on the program. It is counted separately, and agrees with neither of the two. The
//! grades of oasdiff are INFO, WARN and ERR; WARN is equivalent to `review`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use glob::Pattern;
use serde::Deserialize;
use specwright::diff::{Wire, diff};

use crate::table::aligned;

/// What to compare.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder with `PAIRS.tsv` and the descriptions that it names.
    #[arg(long, default_value = "../shared/suites/openapi-diff")]
    dir: PathBuf,
}

/// A pair with the verdict of the other tool.
struct Pair {
    theirs: String,
    old: String,
    new: String,
    rule: String,
}

/// A difference that is expected, from `exceptions.yaml`: a pair, by its new description, or all pairs of some rules.
#[derive(Debug, Deserialize)]
struct Exception {
    new: Option<String>,
    /// The rules; `*` matches any text.
    #[serde(default)]
    rules: Vec<String>,
    theirs: String,
    /// The reason why our verdict is right.
    reason: String,
}

/// The relation of our verdict to that of the other tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Relation {
    Agrees,
    /// One of the two is `review`, and the other one is a neighbouring grade.
    Between,
    Differs,
}

/// Compares all pairs.
pub(crate) fn run(arguments: &Arguments) -> io::Result<(String, bool)> {
    let list = arguments.dir.join("PAIRS.tsv");
    if !list.is_file() {
        return Ok(crate::skipped(&list));
    }
    let exceptions: Vec<Exception> =
        serde_yaml::from_str(include_str!("exceptions.yaml")).map_err(io::Error::other)?;
    let pairs = pairs(&std::fs::read_to_string(list)?);
    let mut counts: BTreeMap<Relation, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    let mut unexplained = 0;
    let mut used = vec![false; exceptions.len()];
    for pair in &pairs {
        let ours = verdict(&arguments.dir, pair)?;
        let relation = relation(&pair.theirs, ours);
        *counts.entry(relation).or_default() += 1;
        if relation == Relation::Agrees {
            continue;
        }
        let is_of = |one: &Exception| one.theirs == pair.theirs && one.is_of(pair);
        let exception = exceptions.iter().position(is_of);
        if let Some(at) = exception {
            used[at] = true;
        } else {
            unexplained += 1;
        }
        let reason = exception.map_or("UNEXPLAINED", |at| &exceptions[at].reason);
        let ours = ours.map_or("no change", Wire::word);
        let cells = [&*pair.new, &*pair.theirs, &*pair.rule, ours, reason];
        rows.push(cells.map(|cell| cell.trim().to_owned()).to_vec());
    }
    let count = |relation| counts.get(&relation).copied().unwrap_or_default();
    let mut text = aligned(&rows);
    let _ = writeln!(
        text,
        "{} pairs: {} agree, {} of ours are between two grades of theirs, {} differ; {unexplained} without a reason",
        pairs.len(),
        count(Relation::Agrees),
        count(Relation::Between),
        count(Relation::Differs),
    );
    let unused = exceptions.iter().zip(&used).filter(|(_, used)| !**used);
    // A folder need not have a pair for each rule, or pairs of both tools.
    let unused = unused.filter_map(|(exception, _)| exception.new.as_deref());
    let unused: Vec<&str> = unused
        .filter(|new| arguments.dir.join(new).is_file())
        .collect();
    if !unused.is_empty() {
        let _ = writeln!(text, "no longer needed: {}", unused.join(", "));
    }
    Ok((text, unexplained == 0 && unused.is_empty()))
}

impl Exception {
    fn is_of(&self, pair: &Pair) -> bool {
        self.new.as_ref() == Some(&pair.new) || self.rules.iter().any(|rule| fits(rule, &pair.rule))
    }
}

/// Whether a text matches a pattern, in which `*` matches any text.
fn fits(pattern: &str, text: &str) -> bool {
    Pattern::new(pattern).is_ok_and(|pattern| pattern.matches(text))
}

fn pairs(text: &str) -> Vec<Pair> {
    let rows = text.lines().skip(1).map(|line| {
        let mut cells = line.split('\t').map(str::to_owned);
        let mut next = || cells.next().unwrap_or_default();
        Pair {
            theirs: next(),
            old: next(),
            new: next(),
            rule: next(),
        }
    });
    rows.collect()
}

/// The worst verdict of ours; `None` if nothing changed.
fn verdict(dir: &Path, pair: &Pair) -> io::Result<Option<Wire>> {
    let path = |name: &str| dir.join(name).to_string_lossy().into_owned();
    let diff = diff(&path(&pair.old), &path(&pair.new))?;
    Ok(diff
        .changes
        .iter()
        .map(specwright::diff::Change::wire)
        .max())
}

fn relation(theirs: &str, ours: Option<Wire>) -> Relation {
    let fits = match theirs {
        // The other tool does not report changes of texts.
        "AreEquals" => ours.is_none_or(|wire| wire == Wire::None),
        "Unchanged" => ours.is_none(),
        "ChangedEndpoints" => ours.is_some(),
        "Incompatible" | "BackwardIncompatible" | "ERR" => ours == Some(Wire::Breaking),
        "WARN" => ours == Some(Wire::Review),
        _ => ours.is_none_or(|wire| wire <= Wire::Additive),
    };
    match ours {
        _ if fits => Relation::Agrees,
        Some(Wire::Review) => Relation::Between,
        Some(_) if theirs == "WARN" => Relation::Between,
        _ => Relation::Differs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn review_is_between_two_grades() {
        let review = Some(Wire::Review);
        assert_eq!(relation("Incompatible", review), Relation::Between);
        assert_eq!(relation("ChangedButCompatible", review), Relation::Between);
        assert_eq!(
            relation("Incompatible", Some(Wire::Additive)),
            Relation::Differs
        );
        assert_eq!(relation("Unchanged", None), Relation::Agrees);
        assert_eq!(relation("INFO", None), Relation::Agrees);
        assert_eq!(relation("WARN", review), Relation::Agrees);
        assert_eq!(relation("WARN", Some(Wire::Breaking)), Relation::Between);
    }

    #[test]
    fn a_pattern_names_rules() {
        assert!(fits("api-*-added", "api-global-security-added"));
        assert!(fits("api-*", "api-"));
        assert!(!fits("api-*-added", "api-added"));
        assert!(!fits("api-tag", "api-tag-added"));
    }

    #[test]
    fn exceptions_have_reasons() {
        let exceptions: Vec<Exception> =
            serde_yaml::from_str(include_str!("exceptions.yaml")).unwrap();
        for one in exceptions {
            assert!(!one.reason.is_empty());
            assert_eq!(one.new.is_some(), one.rules.is_empty(), "{}", one.reason);
        }
    }
}
