//! The compiler's wrapper: notes what each check of a generated crate costs. rustdoc has one of its own, [`pages`].

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{pages, usage};

/// The variable that turns this program into the wrapper: the directory for the notes.
pub(crate) const VARIABLE: &str = "SPECWRIGHT_CORPUS_MEASURES";

/// How often the compiler's memory is looked at.
const INTERVAL: Duration = Duration::from_millis(20);

/// What one run of the compiler cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Cost {
    /// CPU seconds, user and system.
    pub(super) seconds: Option<f64>,
    /// The most memory at once, in KiB.
    pub(super) peak: Option<u64>,
}

impl Cost {
    /// The note about a crate, if there is one.
    pub(super) fn read(dir: &Path, name: &str) -> Option<Self> {
        let text = fs::read_to_string(dir.join(name)).ok()?;
        serde_json::from_str(&text).ok()
    }
}

/// Runs the compiler with the arguments that cargo gave, and writes down what a library of a corpus cost; or rustdoc.
///
/// # Errors
/// A compiler that cannot be started.
pub(crate) fn wrap(dir: &Path) -> io::Result<ExitCode> {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    if pages::is_rustdoc(&arguments) {
        return Ok(code(pages::document(arguments)?));
    }
    let Some((compiler, arguments)) = arguments.split_first() else {
        return Err(io::Error::other("cargo names no compiler"));
    };
    let child = Command::new(compiler)
        .args(arguments)
        .env_remove(VARIABLE)
        .spawn()?;
    let (status, peak) = watch(child)?;
    if let Some(name) = library(arguments) {
        let seconds = usage::children_seconds();
        let cost = serde_json::to_string(&Cost { seconds, peak })?;
        fs::create_dir_all(dir)?;
        fs::write(dir.join(name), cost)?;
    }
    Ok(code(status))
}

fn code(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Waits for a process, and tells the most memory that it was seen with.
fn watch(mut child: Child) -> io::Result<(ExitStatus, Option<u64>)> {
    let process = child.id().to_string();
    let mut peak = None;
    loop {
        peak = usage::peak_memory(&process).max(peak);
        if let Some(status) = child.try_wait()? {
            return Ok((status, peak));
        }
        thread::sleep(INTERVAL);
    }
}

/// The name of the crate, if it is the library of a generated one.
fn library(arguments: &[OsString]) -> Option<PathBuf> {
    let value = |flag: &str| arguments[value_of(arguments, flag)?].to_str();
    let name = value("--crate-name")?;
    let is_library = value("--crate-type") == Some("lib");
    (is_library && name.starts_with(super::PREFIX)).then(|| PathBuf::from(name))
}

/// The place of what stands behind a flag.
pub(super) fn value_of(arguments: &[OsString], flag: &str) -> Option<usize> {
    let at = arguments.iter().position(|argument| argument == flag)? + 1;
    (at < arguments.len()).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(arguments: &str) -> Option<PathBuf> {
        let arguments: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
        library(&arguments)
    }

    #[test]
    fn only_libraries_of_the_corpus_are_noted() {
        let wanted = Some(PathBuf::from("corpus_museum"));
        assert_eq!(
            named("--crate-name corpus_museum --edition=2024 src/lib.rs --crate-type lib"),
            wanted
        );
        assert_eq!(named("--crate-name corpus_museum --test"), None);
        assert_eq!(named("--crate-name serde --crate-type lib"), None);
        assert_eq!(named("-vV"), None);
    }
}
