//! The results: a row for each document, totals, the slowest, and the causes with an example each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::compile::Fault;
use super::generate::{Generation, Typed};
use super::wrapper::Cost;
use super::{Document, PACKAGE, Workspace};

/// The maximum number of lines of a generated file.
const LONGEST_FILE: usize = 3000;
/// The number of causes and of slow documents in the report.
const SHOWN: usize = 10;
/// The maximum number of lines of an example.
const EXAMPLE: usize = 14;

/// The results of a document.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) document: Document,
    pub(super) generation: Generation,
    /// The cost of checking the crate, if it was checked.
    pub(super) check: Option<Cost>,
    /// All failures.
    wrong: Vec<String>,
}

impl Row {
    pub(super) fn new(document: Document, generation: Generation, faults: &[Fault]) -> Self {
        let mut wrong = wrong(&generation, document.configured.is_some());
        let own = faults
            .iter()
            .filter(|fault| fault.document == document.name);
        let causes: BTreeSet<&str> = own.map(|fault| &*fault.cause).collect();
        wrong.extend(causes.into_iter().map(str::to_owned));
        Self {
            document,
            generation,
            check: None,
            wrong,
        }
    }

    /// Adds the cost of checking the crate.
    pub(super) fn with_cost(self, workspace: &Workspace) -> Self {
        let name = format!("{PACKAGE}{}", self.document.name).replace('-', "_");
        let path = workspace.measures("check").join(name);
        let check = Some(Cost::read(&path).unwrap_or_default());
        Self { check, ..self }
    }

    /// Whether everything passed.
    pub(super) fn passes(&self) -> bool {
        self.wrong.is_empty()
    }

    fn check(&self) -> Cost {
        self.check.unwrap_or_default()
    }
}

/// Returns what is wrong with a generated crate. A configuration chooses the operations of its crate.
fn wrong(generation: &Generation, is_configured: bool) -> Vec<String> {
    let Generation {
        errors,
        described,
        emitted,
        longest,
        same,
        ..
    } = generation;
    if !errors.is_empty() {
        let codes: Vec<&str> = errors.keys().map(String::as_str).collect();
        return vec![format!("does not generate ({})", codes.join(", "))];
    }
    let checks = [
        (
            emitted != described && !is_configured,
            format!("{emitted} of {described} operations"),
        ),
        (!same, "other bytes the second time".to_owned()),
        (
            *longest > LONGEST_FILE,
            format!("a file of {longest} lines"),
        ),
    ];
    let wrong = checks.into_iter().filter(|(wrong, _)| *wrong);
    wrong.map(|(_, text)| text).collect()
}

/// Returns the cells of the table; the first row is the head.
pub(super) fn cells(rows: &[Row]) -> Vec<Vec<String>> {
    let head = [
        "document",
        "version",
        "kB",
        "operations",
        "types",
        "raw",
        "warnings",
        "CPU s",
        "MB",
        "files",
        "lines",
        "longest",
        "check CPU s",
        "check MB",
        "verdict",
    ];
    let cells = rows.iter().map(|row| {
        let Row {
            document,
            generation,
            ..
        } = row;
        let verdict = match row.wrong.join(", ") {
            wrong if wrong.is_empty() => "ok".to_owned(),
            wrong => wrong.replace(['\t', '\n'], " "),
        };
        vec![
            document.name.clone(),
            generation.version.clone(),
            document.bytes.div_ceil(1000).to_string(),
            generation.emitted.to_string(),
            generation.types.to_string(),
            generation
                .typed
                .values()
                .map(|typed| typed.raw)
                .sum::<usize>()
                .to_string(),
            generation.warnings.values().sum::<usize>().to_string(),
            seconds(generation.cost.seconds),
            megabytes(generation.cost.peak),
            generation.files.to_string(),
            generation.lines.to_string(),
            generation.longest.to_string(),
            seconds(row.check().seconds),
            megabytes(row.check().peak),
            verdict,
        ]
    });
    [head.map(str::to_owned).to_vec()]
        .into_iter()
        .chain(cells)
        .collect()
}

fn seconds(seconds: Option<f64>) -> String {
    seconds.map_or_else(|| "-".to_owned(), |seconds| format!("{seconds:.2}"))
}

/// Formats KiB as MB.
fn megabytes(kib: Option<u64>) -> String {
    kib.map_or_else(
        || "-".to_owned(),
        |kib| (kib * 1024 / 1_000_000).to_string(),
    )
}

/// Returns the text below the table.
pub(super) fn summary(rows: &[Row], faults: &[Fault]) -> String {
    let mut text = totals(rows, faults);
    text.push_str(&slowest(rows));
    for row in rows {
        if let Some(error) = &row.generation.first_error {
            let _ = writeln!(text, "\n{}: {error}", row.document.name);
        }
    }
    text + &causes(faults)
}

fn totals(rows: &[Row], faults: &[Fault]) -> String {
    let generations = || rows.iter().map(|row| &row.generation);
    let sum = |count: fn(&Generation) -> usize| generations().map(count).sum::<usize>();
    let count = |holds: fn(&Generation) -> bool| generations().filter(|one| holds(one)).count();
    let generate = count(|one| one.errors.is_empty());
    let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut typed: BTreeMap<&str, Typed> = BTreeMap::new();
    for one in generations() {
        for (code, count) in &one.warnings {
            *warnings.entry(code).or_default() += count;
        }
        for (kind, own) in &one.typed {
            let all = typed.entry(kind).or_default();
            all.all += own.all;
            all.raw += own.raw;
        }
    }
    let by_code: Vec<String> = warnings
        .iter()
        .map(|(code, count)| format!("{code}×{count}"))
        .collect();
    let raw: Vec<String> = typed
        .iter()
        .map(|(kind, typed)| format!("{} of {} {kind}", typed.raw, typed.all))
        .collect();
    let mut text = format!(
        "\n{} documents: {generate} generate, {} give the same bytes twice",
        rows.len(),
        count(|one| one.same),
    );
    if rows.iter().any(|row| row.check.is_some()) {
        let failed: BTreeSet<&str> = faults.iter().map(|fault| &*fault.document).collect();
        let _ = write!(
            text,
            ", {} compile without a warning",
            generate - failed.len()
        );
    }
    let _ = writeln!(
        text,
        "\n{} of {} operations, {} types, {} files, {} lines (the longest file has {})\n\
         generating: {}\n{} warnings: {}\n{} documents have mistakes that are ignored, {} in all\n\
         raw JSON: {}",
        sum(|one| one.emitted),
        sum(|one| one.described),
        sum(|one| one.types),
        sum(|one| one.files),
        sum(|one| one.lines),
        generations()
            .map(|one| one.longest)
            .max()
            .unwrap_or_default(),
        total(generations().map(|one| one.cost)),
        warnings.values().sum::<usize>(),
        by_code.join(" "),
        count(|one| one.mistakes > 0),
        sum(|one| one.mistakes),
        raw.join(", "),
    );
    if rows.iter().any(|row| row.check.is_some()) {
        let _ = writeln!(text, "checking: {}", total(rows.iter().map(Row::check)));
    }
    text
}

fn total(costs: impl Iterator<Item = Cost> + Clone) -> String {
    let sum = costs.clone().filter_map(|cost| cost.seconds).sum::<f64>();
    let peak = costs.filter_map(|cost| cost.peak).max();
    format!("{sum:.1} CPU s, at most {} MB", megabytes(peak))
}

fn slowest(rows: &[Row]) -> String {
    let mut costs: Vec<(f64, &Row)> = rows
        .iter()
        .filter_map(|row| Some((row.check?.seconds?, row)))
        .collect();
    costs.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let mut text = String::new();
    for (at, (seconds, row)) in costs.iter().take(SHOWN).enumerate() {
        if at == 0 {
            text.push_str("\nthe slowest to check:\n");
        }
        let (memory, name) = (megabytes(row.check().peak), &row.document.name);
        let _ = writeln!(text, "  {seconds:>7.1} CPU s {memory:>6} MB  {name}");
    }
    text
}

/// Returns the messages of the compiler for the most documents, with an example each.
fn causes(faults: &[Fault]) -> String {
    let mut causes: BTreeMap<&str, Vec<&Fault>> = BTreeMap::new();
    for fault in faults {
        causes.entry(&fault.cause).or_default().push(fault);
    }
    let documents = |faults: &[&Fault]| {
        let documents: BTreeSet<&str> = faults.iter().map(|fault| &*fault.document).collect();
        documents.len()
    };
    let mut causes: Vec<(&str, Vec<&Fault>)> = causes.into_iter().collect();
    causes.sort_by_key(|(_, faults)| Reverse((documents(faults), faults.len())));
    let mut text = String::new();
    for (cause, faults) in causes.iter().take(SHOWN) {
        let (count, documents) = (faults.len(), documents(faults));
        let _ = writeln!(text, "\n{cause}: {count} times in {documents} documents");
        let _ = writeln!(text, "  for example {}:", faults[0].document);
        for line in faults[0].shown.lines().take(EXAMPLE) {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(document: &str, cause: &str) -> Fault {
        Fault {
            is_error: true,
            document: document.to_owned(),
            cause: cause.to_owned(),
            shown: format!("shown {document}"),
        }
    }

    #[test]
    fn a_verdict_names_everything_that_is_wrong() {
        let verdict = |generation: Generation, faults: &[Fault]| {
            let document = Document {
                name: "pets".to_owned(),
                path: "pets.yaml".into(),
                bytes: 1,
                configured: None,
            };
            cells(&[Row::new(document, generation, faults)])[1]
                .last()
                .cloned()
                .unwrap()
        };
        let good = Generation {
            same: true,
            ..Generation::default()
        };
        assert_eq!(verdict(good.clone(), &[]), "ok");
        let bad = Generation {
            described: 3,
            emitted: 2,
            longest: 3001,
            ..Generation::default()
        };
        let faults = [
            fault("pets", "E0599"),
            fault("pets", "E0599"),
            fault("other", "E1"),
        ];
        assert_eq!(
            verdict(bad, &faults),
            "2 of 3 operations, other bytes the second time, a file of 3001 lines, E0599"
        );
        let crashed = Generation {
            errors: BTreeMap::from([("crashed".to_owned(), 1)]),
            ..good
        };
        assert_eq!(verdict(crashed, &[]), "does not generate (crashed)");
    }

    #[test]
    fn the_cause_in_the_most_documents_comes_first() {
        let text = causes(&[
            fault("a", "one"),
            fault("a", "one"),
            fault("a", "two"),
            fault("b", "two"),
        ]);
        let at = |part: &str| text.find(part).unwrap();
        assert!(
            at("\ntwo: 2 times in 2") < at("\none: 2 times in 1"),
            "{text}"
        );
        assert!(text.contains("  shown a\n"), "{text}");
    }
}
