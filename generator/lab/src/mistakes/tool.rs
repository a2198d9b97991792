//! The tools, and what they report.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value as Json;
use specwright::codes::{Rules, Setting};
use specwright::diagnostic::Format;
use specwright::{Options, check_with};

use crate::process;

/// A line of a report.
pub(super) struct Said {
    /// The line in the file, from 1 on.
    pub(super) line: usize,
    /// The code and the message.
    pub(super) message: String,
    /// Whether the report says what to write instead.
    pub(super) has_fix: bool,
}

pub(super) enum Tool {
    Specwright,
    /// Its program.
    Redocly(PathBuf),
    /// Its program.
    Spectral(PathBuf),
}

impl Tool {
    /// Specwright, and the others that are installed in a folder of npm.
    pub(super) fn found(npm: &Path) -> Vec<Self> {
        let program = |name: &str| {
            let path = npm.join("node_modules/.bin").join(name);
            path.is_file().then_some(path)
        };
        let mut tools = vec![Self::Specwright];
        tools.extend(program("redocly").map(Self::Redocly));
        tools.extend(program("spectral").map(Self::Spectral));
        tools
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Specwright => "specwright",
            Self::Redocly(_) => "Redocly",
            Self::Spectral(_) => "Spectral",
        }
    }

    pub(super) fn version(&self) -> io::Result<String> {
        match self {
            Self::Specwright => Ok(env!("CARGO_PKG_VERSION").to_owned()),
            Self::Redocly(program) | Self::Spectral(program) => {
                let version = process::output(Command::new(program).arg("--version"))?;
                Ok(version.trim().to_owned())
            }
        }
    }

    /// Checks a file with the rules that the tool recommends; specwright with the pedantic ones too, because the
    /// recommended rules of the others include such.
    pub(super) fn run(&self, file: &Path) -> io::Result<Vec<Said>> {
        match self {
            Self::Specwright => specwright(file),
            Self::Redocly(program) => redocly(program, file),
            Self::Spectral(program) => spectral(program, file),
        }
    }
}

fn specwright(file: &Path) -> io::Result<Vec<Said>> {
    let mut options = Options::new("mistakes", "cargo lab mistakes");
    let mut rules = Rules::default();
    rules
        .set("pedantic", Setting::Warn)
        .map_err(io::Error::other)?;
    options.rules = rules;
    let text = check_with(&[file.to_owned()], &options).render(Format::Json, false);
    let mut said = Vec::new();
    for line in text.lines() {
        let one: Json = serde_json::from_str(line)?;
        let is_filled = |key: &str| one[key].as_array().is_some_and(|list| !list.is_empty());
        said.push(Said {
            line: number(&one["spans"][0]["line_start"]),
            message: format!("{} {}", one["code"], one["message"]),
            has_fix: is_filled("fixes") || is_filled("helps"),
        });
    }
    Ok(said)
}

fn redocly(program: &Path, file: &Path) -> io::Result<Vec<Said>> {
    let mut command = Command::new(program);
    command.env("REDOCLY_TELEMETRY", "off").args([
        "lint",
        "--extends=recommended",
        "--format=json",
        "--max-problems=100000",
    ]);
    let (out, error) = run(command.arg(file))?;
    let Ok(report) = serde_json::from_str::<Json>(&out) else {
        return Ok(vec![unparsed(&error)]);
    };
    let problems = report["problems"].as_array().into_iter().flatten();
    let said = |problem: &Json| Said {
        line: number(&problem["location"][0]["start"]["line"]),
        message: format!("{} {}", problem["ruleId"], problem["message"]),
        has_fix: problem["suggest"]
            .as_array()
            .is_some_and(|list| !list.is_empty()),
    };
    Ok(problems.map(said).collect())
}

/// A text that is no YAML: the message ends with the line and the column.
fn unparsed(error: &str) -> Said {
    let place = error.rsplit_once('(').map_or("", |(_, place)| place);
    let line = place.split(':').next().and_then(|line| line.parse().ok());
    Said {
        line: line.unwrap_or_default(),
        message: error.to_owned(),
        has_fix: false,
    }
}

fn spectral(program: &Path, file: &Path) -> io::Result<Vec<Said>> {
    let rules = program.with_file_name("spectral-oas.yaml");
    fs::write(&rules, "extends: [\"spectral:oas\"]\n")?;
    let mut command = Command::new(program);
    command.args(["lint", "--format", "json", "--ruleset"]);
    let (out, _) = run(command.arg(rules).arg(file))?;
    // A line for people may follow the JSON.
    let mut values = serde_json::Deserializer::from_str(&out).into_iter();
    let report: Json = values.next().transpose()?.unwrap_or_default();
    let said = |problem: &Json| Said {
        line: number(&problem["range"]["start"]["line"]) + 1,
        message: format!("{} {}", problem["code"], problem["message"]),
        has_fix: false,
    };
    Ok(report.as_array().into_iter().flatten().map(said).collect())
}

/// The output and the errors of a command, however it ends: a mistake ends it with an error.
fn run(command: &mut Command) -> io::Result<(String, String)> {
    let output = command.stdin(Stdio::null()).output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((text(&output.stdout), text(&output.stderr)))
}

fn number(value: &Json) -> usize {
    value
        .as_u64()
        .and_then(|number| usize::try_from(number).ok())
        .unwrap_or_default()
}
