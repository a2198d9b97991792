//! The tables, in Markdown.

use std::fmt::Write as _;

use super::Row;
use super::compile::Compiled;

const HEAD: &str = "\
| | generate: CPU s | wall s | files | check: CPU s | GB | warnings | a program: CPU s | MB | its dependencies: CPU s |
|---|---|---|---|---|---|---|---|---|---|
";

/// A table for each description, and the command of each generator.
pub(super) fn tables(rows: &[Row]) -> String {
    let mut text = String::new();
    for rows in rows.chunk_by(|one, other| one.document == other.document) {
        if let [first, ..] = rows {
            let _ = write!(text, "\n{}:\n\n{HEAD}", first.document);
        }
        for row in rows {
            let _ = writeln!(text, "| {} |", cells(row).join(" | "));
        }
    }
    text.push_str("\nThe commands, with `SPEC`, `OUT` and `NAME` for the description, the folder and the crate:\n\n");
    let mut known = Vec::new();
    for tool in rows.iter().map(|row| row.tool) {
        if !known.contains(&tool) {
            known.push(tool);
            let arguments = tool.arguments().join(" ");
            let _ = writeln!(text, "- {} {}: `{arguments}`", tool.name(), tool.version());
        }
    }
    text
}

fn cells(row: &Row) -> Vec<String> {
    let mut cells = vec![format!("{} {}", row.tool.name(), row.tool.version())];
    match &row.generated {
        Ok(one) => cells.extend([
            format!("{:.2}", one.seconds),
            format!("{:.2}", one.wall),
            one.files.to_string(),
        ]),
        Err(reason) => cells.extend(failed(&format!("stops: {reason}"), 3)),
    }
    cells.extend(match &row.checked {
        Some(Ok(one)) => vec![
            seconds(one.seconds),
            gigabytes(one.peak),
            one.warnings.to_string(),
        ],
        Some(Err(reason)) => failed(reason, 3),
        None => failed("", 3),
    });
    cells.extend(match &row.built {
        Some(Ok(one)) => program(one),
        Some(Err(reason)) => failed(reason, 3),
        None => failed("", 3),
    });
    cells
}

fn program(one: &Compiled) -> Vec<String> {
    let megabytes = bytes_to_megabytes(one.bytes);
    vec![seconds(one.seconds), megabytes, seconds(one.others)]
}

/// A reason in the first of several cells.
fn failed(reason: &str, width: usize) -> Vec<String> {
    let mut cells = vec![String::new(); width];
    cells[0] = reason.replace('|', "\\|");
    cells
}

fn seconds(value: f64) -> String {
    let decimals = usize::from(value < 10.0);
    format!("{value:.decimals$}")
}

/// KiB as GB with one decimal.
fn gigabytes(kibibytes: u64) -> String {
    tenths(kibibytes.saturating_mul(1024), 1_000_000_000)
}

fn bytes_to_megabytes(bytes: u64) -> String {
    tenths(bytes, 1_000_000)
}

fn tenths(value: u64, unit: u64) -> String {
    let tenths = value.saturating_mul(10).saturating_add(unit / 2) / unit;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::super::Generated;
    use super::super::tool::Tool;
    use super::*;

    #[test]
    fn a_table_has_a_row_for_each_generator() {
        let compiled = Compiled {
            seconds: 12.34,
            others: 150.0,
            peak: 1_572_864,
            warnings: 2,
            bytes: 3_450_000,
        };
        let row = |tool, generated, checked, built| Row {
            document: "pets".to_owned(),
            tool,
            generated,
            checked,
            built,
        };
        let generated = Generated {
            seconds: 1.234,
            wall: 0.8,
            files: 12,
        };
        let rows = [
            row(
                Tool::Specwright,
                Ok(generated),
                Some(Ok(compiled)),
                Some(Ok(compiled)),
            ),
            row(
                Tool::Ploidy,
                Ok(generated),
                Some(Err("4 errors".to_owned())),
                None,
            ),
            row(Tool::Progenitor, Err("no a|b".to_owned()), None, None),
        ];
        let text = tables(&rows);
        let version = env!("CARGO_PKG_VERSION");
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("| ") && !line.starts_with("| |"))
            .collect();
        let ours =
            format!("| specwright {version} | 1.23 | 0.80 | 12 | 12 | 1.6 | 2 | 12 | 3.5 | 150 |");
        assert_eq!(
            lines,
            [
                ours.as_str(),
                "| ploidy 0.15.0 | 1.23 | 0.80 | 12 | 4 errors |  |  |  |  |  |",
                "| progenitor 0.15.1 | stops: no a\\|b |  |  |  |  |  |  |  |  |",
            ]
        );
        assert!(text.starts_with("\npets:\n"));
        assert!(text.contains("- ploidy 0.15.0: `generate rust SPEC -o OUT --name NAME`"));
    }
}
