//! `cargo lab mistakes`: what specwright, Redocly and Spectral report of descriptions with one mistake each.
//!
//! All files of one ending are the same description but for the mistake. What a tool reports of half of them is about the
//! description and does not count; the lines that differ from the description are the place of the mistake.

mod place;
mod tool;

use std::collections::HashMap;
use std::fs;
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use clap::Args;

use place::Places;
use tool::{Said, Tool};

/// Which tools report on which files.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The descriptions, and `MISTAKES.tsv` with what is wrong in them.
    #[arg(long, default_value = "../shared/suites/mistakes")]
    dir: PathBuf,
    /// The folder where `npm install @redocly/cli @stoplight/spectral-cli` was run.
    #[arg(long, default_value = "target/npm")]
    npm: PathBuf,
}

/// How often a tool did well.
#[derive(Default)]
struct Total {
    reported: usize,
    at_place: usize,
    with_fix: usize,
    extra: usize,
}

/// Descriptions without a mistake.
const SOUND: [&str; 2] = ["probe-dirA.json", "probe-n30.json"];

/// Prints a table of the mistakes and the tools.
pub(crate) fn run(arguments: &Arguments) -> io::Result<(String, bool)> {
    if !arguments.dir.is_dir() {
        return Ok(crate::skipped(&arguments.dir));
    }
    let files = files(&arguments.dir)?;
    let wrong = descriptions_of_mistakes(&arguments.dir);
    let places = Places::of(&files);
    let tools = Tool::found(&arguments.npm);
    let mut heads = vec!["mistake".to_owned()];
    let mut columns = Vec::new();
    let mut totals = Vec::new();
    for tool in &tools {
        heads.push(format!("{} {}", tool.name(), tool.version()?));
        let (cells, total) = column(tool, &files, &places)?;
        columns.push(cells);
        totals.push(total);
    }
    let mut text = row(&heads) + &row(&vec!["---".to_owned(); heads.len()]);
    for (index, (path, _)) in files.iter().enumerate() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let what = wrong.get(&*name).cloned();
        let mut cells = vec![what.unwrap_or_else(|| format!("`{}`", stem(&name)))];
        cells.extend(columns.iter().map(|column| column[index].clone()));
        text += &row(&cells);
    }
    let mut last = vec![format!("**of {}**", files.len())];
    last.extend(totals.iter().map(Total::text));
    text += &row(&last);
    if tools.len() == 1 {
        text += "skipped: Redocly and Spectral are not installed; see `--npm`\n";
    }
    let all = totals.first().map_or(0, |total| total.reported);
    Ok((text, all == files.len()))
}

impl Total {
    fn text(&self) -> String {
        format!(
            "{} reported, {} at the place, {} with a fix, {} extra lines",
            self.reported, self.at_place, self.with_fix, self.extra
        )
    }
}

fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn stem(name: &str) -> &str {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.strip_prefix("probe-").unwrap_or(stem)
}

/// What a tool reports of each file.
fn column(
    tool: &Tool,
    files: &[(PathBuf, String)],
    places: &Places,
) -> io::Result<(Vec<String>, Total)> {
    let mut reports = Vec::new();
    for (path, _) in files {
        reports.push(tool.run(path)?);
    }
    let mut total = Total::default();
    let mut cells = Vec::new();
    for ((path, _), report) in files.iter().zip(&reports) {
        let of_its_kind = files.iter().zip(&reports);
        let others: Vec<&[Said]> = of_its_kind
            .filter(|((other, _), _)| other.extension() == path.extension())
            .map(|(_, report)| &report[..])
            .collect();
        let own: Vec<&Said> = report
            .iter()
            .filter(|said| !is_usual(said, &others))
            .collect();
        cells.push(cell(&own, places.of_file(path), &mut total));
    }
    Ok((cells, total))
}

/// Whether a tool says the same of half of the files.
fn is_usual(said: &Said, reports: &[&[Said]]) -> bool {
    let says = |report: &&&[Said]| report.iter().any(|other| other.message == said.message);
    reports.iter().filter(says).count() * 2 > reports.len()
}

fn cell(own: &[&Said], place: Option<&RangeInclusive<usize>>, total: &mut Total) -> String {
    let at_place = |said: &&&Said| place.is_some_and(|place| place.contains(&said.line));
    let best = own.iter().filter(at_place).max_by_key(|said| said.has_fix);
    let Some(said) = best.or(own.first()) else {
        return "–".to_owned();
    };
    let extra = own.len() - 1;
    total.reported += 1;
    total.at_place += usize::from(best.is_some());
    total.with_fix += usize::from(said.has_fix);
    total.extra += extra;
    let place = if best.is_some() { "place" } else { "elsewhere" };
    let fix = if said.has_fix { ", fix" } else { "" };
    match extra {
        0 => format!("{place}{fix}"),
        extra => format!("{place}{fix}, +{extra}"),
    }
}

/// The descriptions and their texts, sorted.
fn files(dir: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let extension = path.extension().unwrap_or_default();
        let is_sound = SOUND.iter().any(|name| path.ends_with(name));
        if !is_sound && (extension == "yaml" || extension == "json") {
            let text = fs::read_to_string(&path)?;
            files.push((path, text));
        }
    }
    files.sort();
    Ok(files)
}

/// What `MISTAKES.tsv` says of the files.
fn descriptions_of_mistakes(dir: &Path) -> HashMap<String, String> {
    let text = fs::read_to_string(dir.join("MISTAKES.tsv")).unwrap_or_default();
    let rows = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'));
    rows.map(|(file, wrong)| (file.to_owned(), wrong.to_owned()))
        .collect()
}
