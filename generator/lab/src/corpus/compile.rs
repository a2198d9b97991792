//! Cargo over the whole scratch workspace, and what it has to say about each crate.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

use super::measure;
use super::pages;
use super::progress::Progress;
use super::workspace::Workspace;

/// What cargo is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The crates and their tests compile.
    Check,
    /// And clippy likes them.
    Clippy,
    /// And so does rustdoc.
    Doc,
}

impl Step {
    /// The subcommand, which also names the step.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
            Self::Doc => "doc",
        }
    }
}

/// How cargo is run.
#[derive(Debug)]
pub(super) struct Cargo<'a> {
    /// Where.
    pub(super) workspace: &'a Workspace,
    /// The program that notes what the compiler costs.
    pub(super) wrapper: &'a Path,
    /// How many crates at once.
    pub(super) jobs: usize,
    /// Whether any crate has tests.
    pub(super) tests: bool,
}

/// One thing that the compiler says about a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The document of the crate.
    pub(super) document: String,
    /// An error's code, a lint's name, or, where there is neither, the message.
    pub(super) cause: String,
    /// The message as the compiler shows it.
    pub(super) shown: String,
}

impl Cargo<'_> {
    /// Does a step for all crates, whatever becomes of each.
    ///
    /// # Errors
    /// A cargo that cannot be started, or that does not come to the crates.
    pub(super) fn run(&self, step: Step, total: usize) -> io::Result<Vec<Fault>> {
        let mut child = self.command(step).spawn()?;
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let progress = Progress::new(total);
        let (faults, (failed, last)) = thread::scope(|scope| {
            let said = scope.spawn(|| listen(err, step, &progress));
            let faults = out.map(faults).unwrap_or_default();
            (faults, said.join().unwrap_or_default())
        });
        let status = child.wait()?;
        drop(progress);
        let mut faults = faults;
        let known: BTreeSet<String> = faults.iter().map(|fault| fault.document.clone()).collect();
        if !status.success() && known.is_empty() && failed.is_empty() {
            return Err(io::Error::other(format!("cargo {}: {last}", step.name())));
        }
        faults.extend(failed.difference(&known).map(|document| Fault {
            document: document.clone(),
            cause: "the compiler ended without a message".to_owned(),
            shown: last.clone(),
        }));
        Ok(faults)
    }

    fn command(&self, step: Step) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .arg(step.name())
            .args(["--offline", "--workspace", "--keep-going", "--lib"])
            .args(["--message-format", "json"])
            .args(["--jobs", &self.jobs.to_string()]);
        match step {
            Step::Doc => command.arg("--no-deps"),
            Step::Check | Step::Clippy if self.tests => command.args(["--test", "*"]),
            Step::Check | Step::Clippy => &mut command,
        };
        command
            .current_dir(self.workspace.crates())
            .env("CARGO_TARGET_DIR", self.workspace.build())
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_TERM_PROGRESS_WHEN", "never")
            .env("RUSTFLAGS", "-D warnings -D missing_docs")
            .env("RUSTDOCFLAGS", "-D warnings")
            .env("RUSTC_WRAPPER", self.wrapper)
            .envs(std::env::var_os("RUSTDOC").map(|own| (pages::VARIABLE, own)))
            .env("RUSTDOC", self.wrapper)
            .env(
                measure::VARIABLE,
                self.workspace.measures().join(step.name()),
            )
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

fn faults(out: impl Read) -> Vec<Fault> {
    let lines = BufReader::new(out).lines().map_while(Result::ok);
    lines.filter_map(|line| fault(&line)).collect()
}

/// The crates that did not compile and the last line that cargo said.
fn listen(err: Option<impl Read>, step: Step, progress: &Progress) -> (BTreeSet<String>, String) {
    let mut failed = BTreeSet::new();
    let mut last = String::new();
    let lines = err.into_iter().flat_map(|err| BufReader::new(err).lines());
    for line in lines.map_while(Result::ok) {
        if let Some(package) = package(&line) {
            if line.starts_with("error: could not ") {
                failed.insert(package.to_owned());
            } else {
                progress.step(&format!("{} {package}", step.name()));
            }
        }
        if !line.trim().is_empty() {
            last = line;
        }
    }
    (failed, last)
}

/// The document whose crate a line of cargo is about.
fn package(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once(super::PACKAGE)?;
    let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// What a line of cargo's JSON says about a crate, if it is a complaint.
fn fault(line: &str) -> Option<Fault> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message["reason"] != "compiler-message" {
        return None;
    }
    let manifest = Path::new(message["manifest_path"].as_str()?);
    let document = manifest.parent()?.file_name()?.to_str()?;
    let message = &message["message"];
    let text = message["message"].as_str()?;
    let summary = ["aborting due to", "could not "];
    let is_complaint = matches!(message["level"].as_str(), Some("error" | "warning"));
    let emitted = text.ends_with(" emitted");
    if !is_complaint || emitted || summary.iter().any(|start| text.starts_with(start)) {
        return None;
    }
    Some(Fault {
        document: document.to_owned(),
        cause: message["code"]["code"].as_str().unwrap_or(text).to_owned(),
        shown: message["rendered"].as_str().unwrap_or(text).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_found_and_summaries_are_not() {
        let line = |level: &str, text: &str, code: &str| {
            format!(
                "{{\"reason\":\"compiler-message\",\"manifest_path\":\"/x/crates/museum/Cargo.toml\",\
                 \"message\":{{\"level\":\"{level}\",\"message\":\"{text}\",\"code\":{code},\"rendered\":\"shown\"}}}}"
            )
        };
        let found = fault(&line("error", "unused", "{\"code\":\"dead_code\"}")).unwrap();
        assert_eq!(
            (found.document.as_str(), found.cause.as_str()),
            ("museum", "dead_code")
        );
        assert_eq!(
            fault(&line("error", "no semicolon", "null")).unwrap().cause,
            "no semicolon"
        );
        assert_eq!(
            fault(&line("error", "aborting due to 1 previous error", "null")),
            None
        );
        assert_eq!(fault(&line("warning", "3 warnings emitted", "null")), None);
        assert_eq!(fault(&line("failure-note", "more", "null")), None);
        assert_eq!(fault("{\"reason\":\"build-finished\"}"), None);
    }

    #[test]
    fn lines_of_cargo_name_documents() {
        assert_eq!(
            package("error: could not compile `corpus-oai-pets` (lib)"),
            Some("oai-pets")
        );
        assert_eq!(
            package("    Checking corpus-museum v0.1.0 (/x)"),
            Some("museum")
        );
        assert_eq!(package("    Checking serde v1.0.0"), None);
    }
}
