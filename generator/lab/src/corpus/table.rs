//! The table: for programs a file with tabs, for people aligned columns.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::record::Typed;
use super::verdict::Row;

const HEAD: [&str; 18] = [
    "document",
    "version",
    "bytes",
    "operations",
    "emitted",
    "types",
    "places",
    "raw",
    "warnings",
    "seconds",
    "cpu_seconds",
    "peak_kib",
    "files",
    "lines",
    "longest",
    "check_cpu_seconds",
    "check_peak_kib",
    "verdict",
];

/// The table with tabs.
pub(super) fn with_tabs(rows: &[Row]) -> String {
    let mut text = HEAD.join("\t") + "\n";
    for row in rows {
        text.push_str(&cells(row).join("\t"));
        text.push('\n');
    }
    text
}

fn cells(row: &Row) -> Vec<String> {
    let document = &row.document;
    let generation = row.generation.clone().unwrap_or_default();
    let typed = sum(generation.places.values());
    let number = |value: Option<u64>| value.map_or_else(String::new, |value| value.to_string());
    let decimal =
        |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.2}"));
    vec![
        document.name.clone(),
        generation.version,
        document.bytes.to_string(),
        generation.described.to_string(),
        generation.emitted.to_string(),
        generation.types.to_string(),
        typed.all.to_string(),
        typed.raw.to_string(),
        by_code(&generation.warnings),
        format!("{:.3}", generation.seconds),
        decimal(generation.cpu),
        number(generation.peak),
        generation.files.to_string(),
        generation.lines.to_string(),
        generation.longest.to_string(),
        decimal(row.cost.seconds),
        number(row.cost.peak),
        row.verdict().replace(['\t', '\n'], " "),
    ]
}

/// Codes with their counts: `SW0205×3 SW0408×1`.
pub(super) fn by_code(counts: &BTreeMap<String, usize>) -> String {
    let codes: Vec<String> = counts
        .iter()
        .map(|(code, count)| format!("{code}×{count}"))
        .collect();
    codes.join(" ")
}

/// All kinds of places together.
pub(super) fn sum<'a>(typed: impl Iterator<Item = &'a Typed>) -> Typed {
    typed.fold(Typed::default(), |sum, typed| Typed {
        all: sum.all + typed.all,
        raw: sum.raw + typed.raw,
    })
}

/// The table in aligned columns, without what takes too much room.
pub(super) fn aligned(rows: &[Row]) -> String {
    let mut text = format!(
        "{:<32} {:>6} {:>6} {:>6} {:>6} {:>5} {:>7} {:>5} {:>7} {:>7} {:>6}  verdict\n",
        "document", "size", "ops", "types", "raw", "warn", "gen s", "MB", "lines", "check s", "MB"
    );
    for row in rows {
        // A string takes everything that is written to it.
        let _ = writeln!(text, "{}", line(row));
    }
    text
}

fn line(row: &Row) -> String {
    let generation = row.generation.clone().unwrap_or_default();
    let lost = generation.described != generation.emitted;
    let operations = if lost {
        format!("{}/{}", generation.emitted, generation.described)
    } else {
        generation.emitted.to_string()
    };
    let warnings: usize = generation.warnings.values().sum();
    format!(
        "{:<32} {:>6} {:>6} {:>6} {:>6} {:>5} {:>7.2} {:>5} {:>7} {:>7} {:>6}  {}",
        row.document.name,
        size(row.document.bytes),
        operations,
        generation.types,
        sum(generation.places.values()).raw,
        warnings,
        generation.seconds,
        megabytes(generation.peak),
        generation.lines,
        row.cost
            .seconds
            .map_or_else(|| "-".to_owned(), |seconds| format!("{seconds:.1}")),
        megabytes(row.cost.peak),
        row.verdict()
    )
}

/// KiB as MB; `-` where nothing is known.
pub(super) fn megabytes(kib: Option<u64>) -> String {
    kib.map_or_else(
        || "-".to_owned(),
        |kib| (kib * 1024 / 1_000_000).to_string(),
    )
}

fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{}k", bytes.div_ceil(1000))
    } else {
        format!("{}.{}M", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(1), "1k");
        assert_eq!(size(13_001_822), "13.0M");
        assert_eq!(megabytes(Some(2_000_000)), "2048");
        assert_eq!(megabytes(None), "-");
    }

    #[test]
    fn codes_stand_with_their_counts() {
        let counts = BTreeMap::from([("SW0408".to_owned(), 1), ("SW0205".to_owned(), 3)]);
        assert_eq!(by_code(&counts), "SW0205×3 SW0408×1");
    }
}
