//! What the table comes to: totals, the slowest, and the causes with an example each.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::compile::Fault;
use super::record::{Generation, Typed};
use super::table::{by_code, megabytes, sum};
use super::verdict::Row;

/// How many causes and how many slow documents are shown.
const SHOWN: usize = 10;
/// How many lines of an example are shown.
const EXAMPLE: usize = 14;

/// Everything below the table.
pub(super) fn summary(rows: &[Row], faults: &[Fault], compiled: bool) -> String {
    let mut text = totals(rows, faults, compiled);
    text.push_str(&raw(rows));
    text.push_str(&slowest(rows));
    text.push_str(&generator_errors(rows));
    text.push_str(&causes(faults));
    text
}

fn generations(rows: &[Row]) -> impl Iterator<Item = &Generation> {
    rows.iter().filter_map(|row| row.generation.as_ref().ok())
}

fn totals(rows: &[Row], faults: &[Fault], compiled: bool) -> String {
    let failed: BTreeSet<&str> = faults.iter().map(|fault| fault.document.as_str()).collect();
    let generated = generations(rows)
        .filter(|one| one.errors.is_empty())
        .count();
    let mut warnings = BTreeMap::new();
    for (code, count) in generations(rows).flat_map(|one| &one.warnings) {
        *warnings.entry(code.clone()).or_default() += count;
    }
    let all = |what: fn(&Generation) -> usize| generations(rows).map(what).sum::<usize>();
    let mut text = format!(
        "\n{} documents: {generated} generate, {} give the same bytes twice",
        rows.len(),
        generations(rows).filter(|one| one.same).count(),
    );
    if compiled {
        let _ = write!(
            text,
            ", {} compile without a warning",
            generated - failed.len()
        );
    }
    let seconds: f64 = generations(rows).map(|one| one.seconds).sum();
    let _ = write!(
        text,
        "\n{} of {} operations, {} types, {} files, {} lines (the longest file has {})\n\
         {seconds:.1} s to generate, at most {} MB{}\n\
         {} warnings: {}\n\
         {} documents have mistakes that were left out, {} in all\n",
        all(|one| one.emitted),
        all(|one| one.described),
        all(|one| one.types),
        all(|one| one.files),
        all(|one| one.lines),
        generations(rows)
            .map(|one| one.longest)
            .max()
            .unwrap_or_default(),
        megabytes(generations(rows).filter_map(|one| one.peak).max()),
        checked(rows),
        warnings.values().sum::<usize>(),
        by_code(&warnings),
        generations(rows).filter(|one| one.mistakes > 0).count(),
        all(|one| one.mistakes),
    );
    text
}

/// What the compiler needed; nothing where it was not asked.
fn checked(rows: &[Row]) -> String {
    let costs: Vec<f64> = rows.iter().filter_map(|row| row.cost.seconds).collect();
    if costs.is_empty() {
        return String::new();
    }
    format!(
        "; {:.1} CPU s to check, at most {} MB",
        costs.iter().sum::<f64>(),
        megabytes(rows.iter().filter_map(|row| row.cost.peak).max())
    )
}

/// How many places have any JSON, by their kind.
fn raw(rows: &[Row]) -> String {
    let mut kinds: BTreeMap<&str, Typed> = BTreeMap::new();
    for (kind, typed) in generations(rows).flat_map(|one| &one.places) {
        let total = kinds.entry(kind).or_default();
        *total = sum([*total, *typed].iter());
    }
    let kinds: Vec<String> = kinds
        .iter()
        .map(|(kind, typed)| format!("{} of {} {kind}", typed.raw, typed.all))
        .collect();
    format!("raw JSON: {}\n", kinds.join(", "))
}

fn slowest(rows: &[Row]) -> String {
    let mut rows: Vec<&Row> = rows
        .iter()
        .filter(|row| row.cost.seconds.is_some())
        .collect();
    rows.sort_by(|one, other| {
        let seconds = |row: &Row| row.cost.seconds.unwrap_or_default();
        seconds(other).total_cmp(&seconds(one))
    });
    let mut text = String::new();
    for row in rows.iter().take(SHOWN) {
        let seconds = row.cost.seconds.unwrap_or_default();
        let _ = writeln!(
            text,
            "  {seconds:>7.1} CPU s {:>6} MB  {}",
            megabytes(row.cost.peak),
            row.document.name
        );
    }
    if text.is_empty() {
        text
    } else {
        format!("\nthe slowest to check:\n{text}")
    }
}

fn generator_errors(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let said = match &row.generation {
            Ok(generation) => generation.first_error.as_ref(),
            Err(ended) => Some(ended),
        };
        if let Some(said) = said {
            let _ = writeln!(text, "\n{}: {said}", row.document.name);
        }
    }
    text
}

/// What the compiler says most often, by the number of documents, with an example each.
fn causes(faults: &[Fault]) -> String {
    let mut causes: BTreeMap<&str, Vec<&Fault>> = BTreeMap::new();
    for fault in faults {
        causes.entry(&fault.cause).or_default().push(fault);
    }
    let mut causes: Vec<(&str, usize, Vec<&Fault>)> = causes
        .into_iter()
        .map(|(cause, faults)| {
            let documents: BTreeSet<_> = faults.iter().map(|fault| &fault.document).collect();
            (cause, documents.len(), faults)
        })
        .collect();
    causes.sort_by_key(|(_, documents, faults)| std::cmp::Reverse((*documents, faults.len())));
    let mut text = String::new();
    for (cause, documents, faults) in causes.iter().take(SHOWN) {
        let _ = writeln!(
            text,
            "\n{cause}: {} times in {documents} documents",
            faults.len()
        );
        if let Some(example) = faults.first() {
            let _ = writeln!(text, "  for example {}:", example.document);
            for line in example.shown.lines().take(EXAMPLE) {
                let _ = writeln!(text, "  {line}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_in_most_documents_comes_first() {
        let fault = |document: &str, cause: &str| Fault {
            document: document.to_owned(),
            cause: cause.to_owned(),
            shown: format!("shown {document}"),
        };
        let text = causes(&[
            fault("a", "one"),
            fault("a", "one"),
            fault("a", "two"),
            fault("b", "two"),
        ]);
        let (one, two) = (
            text.find("\none: 2 times in 1").unwrap(),
            text.find("\ntwo: 2 times in 2").unwrap(),
        );
        assert!(two < one && text.contains("  shown a\n"), "{text}");
    }
}
