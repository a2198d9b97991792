//! Runs cargo for the whole scratch workspace, and collects its messages for each crate.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::Stdio;
use std::thread;

use serde_json::Value;

use super::{PACKAGE, Workspace, wrapper};

/// A message of the compiler about a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The document of the crate.
    pub(crate) document: String,
    pub(crate) is_error: bool,
    /// The code of an error or the name of a lint, or the message if it has neither.
    pub(super) cause: String,
    /// The rendered message.
    pub(super) shown: String,
}

/// Runs subcommands of cargo for the crates of the documents `members`.
///
/// # Errors
/// Cargo cannot be started, or fails before it compiles a crate.
pub(super) fn run(
    members: &[&str],
    workspace: &Workspace,
    jobs: usize,
    steps: &[&str],
) -> io::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for step in steps {
        let mut members = members.to_vec();
        if *step == "test" {
            // If one crate does not compile, cargo runs no test at all.
            let unbuilt = run_step((step, &["--no-run"]), &members, workspace, jobs)?;
            members.retain(|name| unbuilt.iter().all(|fault| fault.document != *name));
            faults.extend(unbuilt);
        }
        faults.extend(run_step((step, &[]), &members, workspace, jobs)?);
    }
    Ok(faults)
}

fn run_step(
    (step, options): (&str, &[&str]),
    members: &[&str],
    workspace: &Workspace,
    jobs: usize,
) -> io::Result<Vec<Fault>> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let wrapper = env::current_exe()?;
    let mut cargo = workspace.cargo(step, members)?;
    cargo.args(options).args([
        "--lib",
        "--message-format",
        "json",
        "--jobs",
        &jobs.to_string(),
    ]);
    cargo.arg(match step {
        "test" => "--no-fail-fast",
        _ => "--keep-going",
    });
    // Cargo refuses `--test` in a workspace without tests.
    let has_tests = |name: &&str| workspace.crates().join(name).join("tests").is_dir();
    if step == "doc" {
        cargo.arg("--no-deps");
    } else if members.iter().any(has_tests) {
        cargo.args(["--test", "*"]);
    }
    cargo
        // Nobody debugs these crates, and the debug information of all of them takes many GB.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_TERM_PROGRESS_WHEN", "never")
        .env("RUSTFLAGS", "-D warnings -D missing_docs")
        .env("RUSTDOCFLAGS", "-D warnings")
        .env("RUSTC_WRAPPER", &wrapper)
        .env("RUSTDOC", &wrapper)
        .env(wrapper::VARIABLE, workspace.measures(step))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = cargo.spawn()?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (mut faults, said) = thread::scope(|scope| -> io::Result<_> {
        let stderr = scope.spawn(|| {
            let lines = lines(stderr).inspect(|line| eprintln!("{line}"));
            lines.collect::<Vec<_>>()
        });
        let faults: Vec<Fault> = lines(stdout).filter_map(|line| fault(&line)).collect();
        let said = stderr.join();
        let said = said.map_err(|_| io::Error::other("what cargo said could not be shown"));
        said.map(|said| (faults, said))
    })?;
    let known: BTreeSet<&str> = faults.iter().map(|fault| &*fault.document).collect();
    let failed: BTreeSet<&str> = said.iter().filter_map(|line| failed(line)).collect();
    let silent: Vec<Fault> = failed
        .difference(&known)
        .map(|document| Fault {
            document: (*document).to_owned(),
            is_error: true,
            cause: "the compiler or a test failed without a message".to_owned(),
            shown: said.last().cloned().unwrap_or_default(),
        })
        .collect();
    faults.extend(silent);
    if !child.wait()?.success() && faults.is_empty() {
        let last = said.last().cloned().unwrap_or_default();
        return Err(io::Error::other(format!("cargo {step}: {last}")));
    }
    Ok(faults)
}

fn lines(output: Option<impl Read>) -> impl Iterator<Item = String> {
    let lines = output
        .into_iter()
        .flat_map(|output| BufReader::new(output).lines());
    lines.map_while(Result::ok)
}

/// Returns the document whose crate did not compile or whose tests failed, if a line of cargo says so.
fn failed(line: &str) -> Option<&str> {
    let line = line.strip_prefix("error: ")?;
    let is_failure = line.starts_with("could not ") || line.starts_with("test failed");
    let (_, rest) = line.split_once(PACKAGE).filter(|_| is_failure)?;
    let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// Returns the error or warning in a line of cargo's JSON, if there is one.
pub(crate) fn fault(line: &str) -> Option<Fault> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message["reason"] != "compiler-message" {
        return None;
    }
    let manifest = Path::new(message["manifest_path"].as_str()?);
    let document = manifest.parent()?.file_name()?.to_str()?;
    let message = &message["message"];
    let text = message["message"].as_str()?;
    let level = message["level"].as_str();
    let is_fault = matches!(level, Some("error" | "warning"));
    let is_summary = text.ends_with(" emitted")
        || text.starts_with("aborting due to")
        || text.starts_with("could not ");
    (is_fault && !is_summary).then(|| Fault {
        document: document.to_owned(),
        is_error: level == Some("error"),
        cause: message["code"]["code"].as_str().unwrap_or(text).to_owned(),
        shown: message["rendered"].as_str().unwrap_or(text).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_found_and_summaries_are_not() {
        let line = |level: &str, text: &str, code: &str| {
            format!(
                "{{\"reason\":\"compiler-message\",\"manifest_path\":\"/x/crates/museum/Cargo.toml\",\
                 \"message\":{{\"level\":\"{level}\",\"message\":\"{text}\",\"code\":{code},\"rendered\":\"shown\"}}}}"
            )
        };
        let found = fault(&line("error", "unused", "{\"code\":\"dead_code\"}")).unwrap();
        assert_eq!((&*found.document, &*found.cause), ("museum", "dead_code"));
        let found = fault(&line("error", "no semicolon", "null")).unwrap();
        assert_eq!(found.cause, "no semicolon");
        for (level, text) in [
            ("error", "aborting due to 1 previous error"),
            ("warning", "3 warnings emitted"),
            ("failure-note", "more"),
        ] {
            assert_eq!(fault(&line(level, text, "null")), None);
        }
        assert_eq!(fault("{\"reason\":\"build-finished\"}"), None);
    }

    #[test]
    fn crates_that_fail_are_found() {
        let line = "error: could not compile `corpus-oai-pets` (lib)";
        assert_eq!(failed(line), Some("oai-pets"));
        let line = "error: test failed, to rerun pass `-p corpus-oai-pets --test pets_examples`";
        assert_eq!(failed(line), Some("oai-pets"));
        assert_eq!(failed("    Checking corpus-museum v0.1.0 (/x)"), None);
    }
}
