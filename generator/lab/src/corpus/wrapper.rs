//! A wrapper of the compiler, which records the cost of checking each generated crate.
//!
//! It also wraps rustdoc, and passes each crate its own directory for the pages. In a common directory, rustdoc would
//! write the index of all crates again for each crate, which takes a minute even for the smallest one. The pages are
//! removed, because only the messages of rustdoc matter.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use serde::{Deserialize, Serialize};

/// The variable that turns this program into the wrapper: the directory for the costs.
pub(crate) const VARIABLE: &str = "SPECWRIGHT_CORPUS_MEASURES";

/// The cost of a process.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Cost {
    /// CPU seconds, user and system.
    pub(crate) seconds: Option<f64>,
    /// The maximum memory, in KiB.
    pub(crate) peak: Option<u64>,
}

impl Cost {
    /// Reads the cost of checking a crate, if it was recorded.
    pub(crate) fn read(path: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    }
}

/// Returns the cost of this process so far.
pub(super) fn own_cost() -> Cost {
    cost::of(false)
}

/// Returns the CPU seconds of the processes that this one started and waited for.
pub(crate) fn cost_of_children() -> f64 {
    cost::of(true).seconds.unwrap_or_default()
}

#[cfg(unix)]
mod cost {
    use std::time::Duration;

    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;

    /// Returns the cost of this process, or of its children that have ended.
    pub(super) fn of(children: bool) -> super::Cost {
        let who = if children {
            UsageWho::RUSAGE_CHILDREN
        } else {
            UsageWho::RUSAGE_SELF
        };
        let usage = getrusage(who).ok();
        let time = usage.map(|usage| (usage.user_time() + usage.system_time()).num_microseconds());
        let time = time.and_then(|time| u64::try_from(time).ok());
        super::Cost {
            seconds: time.map(|time| Duration::from_micros(time).as_secs_f64()),
            peak: usage.and_then(|usage| usage.max_rss().try_into().ok()),
        }
    }
}

#[cfg(not(unix))]
mod cost {
    pub(super) fn of(_: bool) -> super::Cost {
        super::Cost::default()
    }
}

/// Runs the compiler or rustdoc with the arguments from cargo, and records the cost for a crate of a document.
///
/// # Errors
/// The compiler cannot be started, or a directory cannot be written.
pub(crate) fn wrap(dir: &Path) -> io::Result<ExitCode> {
    let mut arguments: Vec<OsString> = env::args_os().skip(1).collect();
    // Cargo passes the path of the compiler before its arguments, but not that of rustdoc.
    let first = arguments.first();
    let is_rustdoc = first.is_some_and(|first| first.as_encoded_bytes().starts_with(b"-"));
    let code = if is_rustdoc {
        document(&mut arguments)?
    } else {
        compile(&arguments, dir)?
    };
    let code = code.and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

fn compile(arguments: &[OsString], dir: &Path) -> io::Result<Option<i32>> {
    let (compiler, arguments) = arguments
        .split_first()
        .ok_or_else(|| io::Error::other("cargo names no compiler"))?;
    let status = Command::new(compiler)
        .args(arguments)
        .env_remove(VARIABLE)
        .status()?;
    if let Some(name) = own(arguments) {
        fs::create_dir_all(dir)?;
        fs::write(dir.join(name), serde_json::to_vec(&cost::of(true))?)?;
    }
    Ok(status.code())
}

/// Returns the name of the crate, if it is the library of a document, or a program that uses one.
fn own(arguments: &[OsString]) -> Option<&str> {
    let value = |flag: &str| arguments[value_of(arguments, flag)?].to_str();
    let name = value("--crate-name")?;
    let is_measured = matches!(value("--crate-type"), Some("lib" | "bin"));
    let prefix = super::PACKAGE.replace('-', "_");
    (is_measured && name.starts_with(&prefix)).then_some(name)
}

/// Returns the index of the value of a flag.
fn value_of(arguments: &[OsString], flag: &str) -> Option<usize> {
    let at = arguments.iter().position(|argument| argument == flag)? + 1;
    (at < arguments.len()).then_some(at)
}

fn document(arguments: &mut [OsString]) -> io::Result<Option<i32>> {
    let pages = redirect(arguments);
    let status = Command::new("rustdoc").args(arguments).status()?;
    if let Some((own, index)) = pages {
        // Failing to remove pages does no harm.
        let _ = fs::remove_dir_all(own);
        if let (true, Some(dir)) = (status.success(), index.parent()) {
            // Cargo checks for this page to see whether the crate is documented.
            fs::create_dir_all(dir)?;
            fs::write(index, "")?;
        }
    }
    Ok(status.code())
}

/// Replaces the common directory of the pages by one for this crate. Returns it, and the page that cargo checks for.
fn redirect(arguments: &mut [OsString]) -> Option<(PathBuf, PathBuf)> {
    let at = value_of(arguments, "-o").or_else(|| value_of(arguments, "--out-dir"))?;
    let name = &arguments[value_of(arguments, "--crate-name")?];
    let shared = Path::new(&arguments[at]);
    let own = shared.with_file_name("pages").join(name);
    let index = shared.join(name).join("index.html");
    arguments[at] = own.clone().into_os_string();
    Some((own, index))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<OsString> {
        text.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn only_crates_of_documents_are_recorded() {
        let named = |text| own(&split(text)).map(str::to_owned);
        assert_eq!(
            named("--crate-name corpus_museum --edition=2024 src/lib.rs --crate-type lib"),
            Some("corpus_museum".to_owned())
        );
        assert_eq!(
            named("--crate-name corpus_program src/main.rs --crate-type bin"),
            Some("corpus_program".to_owned())
        );
        assert_eq!(named("--crate-name corpus_museum --test"), None);
        assert_eq!(named("--crate-name serde --crate-type lib"), None);
        assert_eq!(named("-vV"), None);
    }

    #[test]
    fn each_crate_has_a_directory_of_pages() {
        let mut arguments = split("--crate-name corpus_museum src/lib.rs -o build/doc");
        let (_, index) = redirect(&mut arguments).unwrap();
        let expected = "--crate-name corpus_museum src/lib.rs -o build/pages/corpus_museum";
        assert_eq!(arguments, split(expected));
        assert_eq!(index, Path::new("build/doc/corpus_museum/index.html"));
        assert!(redirect(&mut split("--crate-name corpus_museum -o")).is_none());
        assert!(redirect(&mut split("-vV")).is_none());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_process_costs_something() {
        let cost = own_cost();
        assert!(cost.peak.unwrap() > 100 && cost.seconds.is_some());
        let status = Command::new("sh").args(["-c", "exit"]).status();
        assert!(status.unwrap().success() && cost::of(true).peak.unwrap() > 100);
    }
}
