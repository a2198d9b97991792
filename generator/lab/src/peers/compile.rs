//! Checks generated crates, and builds programs with them.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::measure::{self, MOST_MEMORY, MOST_SECONDS, Measured};
use crate::corpus::{Cost, VARIABLE, fault};
use crate::process;

/// The name of the program that makes a call.
pub(super) const PROGRAM: &str = "corpus-program";

/// Where a generated crate is, and the program beside it.
pub(super) struct Place {
    scratch: PathBuf,
    crates: PathBuf,
    /// The name of the generated package, which is that of its directory.
    pub(super) package: String,
}

/// The cost of compiling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Compiled {
    /// CPU seconds of the generated crate, and of the program if one was built.
    pub(super) seconds: f64,
    /// CPU seconds of everything else that was compiled in the same run.
    pub(super) others: f64,
    /// The maximum memory of the compiler, in KiB.
    pub(super) peak: u64,
    /// Warnings about the generated crate.
    pub(super) warnings: usize,
    /// The bytes of the program, if one was built.
    pub(super) bytes: u64,
}

impl Place {
    pub(super) fn new(scratch: &Path, crates: &Path, package: &str) -> Self {
        Self {
            scratch: scratch.to_owned(),
            crates: crates.to_owned(),
            package: package.to_owned(),
        }
    }

    pub(super) fn program(&self) -> PathBuf {
        self.crates.join("program")
    }

    /// Checks the crate. The dependencies are compiled in the same run, and measured separately.
    pub(super) fn check(&self) -> io::Result<Result<Compiled, String>> {
        self.cargo(&["check"], &self.scratch.join("check"))
    }

    /// Builds the program. The dependencies of one generator are built once for all descriptions.
    pub(super) fn build(&self) -> io::Result<Result<Compiled, String>> {
        let tool = self.crates.file_name().unwrap_or_default();
        let target = self.scratch.join("release").join(tool);
        let built = self.cargo(&["build", "--release"], &target)?;
        Ok(match built {
            Ok(mut compiled) => {
                compiled.bytes = fs::metadata(target.join("release").join(PROGRAM))?.len();
                Ok(compiled)
            }
            Err(reason) => Err(reason),
        })
    }

    fn cargo(&self, arguments: &[&str], target: &Path) -> io::Result<Result<Compiled, String>> {
        let costs = self.crates.join("costs").join(arguments[0]);
        let mut cargo = process::cargo();
        cargo
            .args(arguments)
            .args(["--message-format", "json"])
            .current_dir(self.program())
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTC_WRAPPER", env::current_exe()?)
            .env(VARIABLE, &costs);
        self.measured(&mut cargo, &costs)
    }

    fn measured(&self, cargo: &mut Command, costs: &Path) -> io::Result<Result<Compiled, String>> {
        let measured = measure::run(cargo)?;
        let cost = |name: &str| Cost::read(&costs.join(name.replace('-', "_")));
        let client = cost(&self.package);
        let program = cost(PROGRAM).unwrap_or_default();
        let seconds = client.and_then(|cost| cost.seconds).unwrap_or_default()
            + program.seconds.unwrap_or_default();
        let peak = client.and_then(|cost| cost.peak).unwrap_or_default();
        if !measured.status.success() {
            return Ok(Err(failure(&measured, &self.package, (seconds, peak))));
        }
        Ok(Ok(Compiled {
            seconds,
            others: measured.seconds - seconds,
            peak,
            warnings: count(&measured.stdout, &self.package).1,
            bytes: 0,
        }))
    }
}

/// Says why a compilation failed.
fn failure(measured: &Measured, package: &str, (seconds, peak): (f64, u64)) -> String {
    let (errors, _) = count(&measured.stdout, package);
    #[expect(clippy::cast_precision_loss, reason = "a limit of seconds is small")]
    let is_late = seconds >= MOST_SECONDS as f64 * 0.99;
    if is_late {
        format!("ended after {MOST_SECONDS} CPU s")
    } else if peak > (MOST_MEMORY << 20) / 10 * 9 {
        format!("ended at {MOST_MEMORY} GB")
    } else if errors > 0 {
        format!("does not compile, {errors} errors")
    } else {
        format!("does not compile: {}", measured.reason())
    }
}

/// Counts the errors and the warnings about a package.
fn count(stdout: &str, package: &str) -> (usize, usize) {
    let faults = stdout.lines().filter_map(fault);
    let faults = faults.filter(|fault| fault.document == package);
    let (errors, warnings): (Vec<_>, Vec<_>) = faults.partition(|fault| fault.is_error);
    (errors.len(), warnings.len())
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn only_messages_about_the_package_count() {
        let line = |package: &str, level: &str, text: &str| {
            format!(
                "{{\"reason\":\"compiler-message\",\"manifest_path\":\"/x/{package}/Cargo.toml\",\
                 \"message\":{{\"level\":\"{level}\",\"message\":\"{text}\",\"code\":null}}}}\n"
            )
        };
        let text = line("corpus-pets", "warning", "unused import")
            + &line("corpus-pets", "error", "mismatched types")
            + &line("corpus-pets", "error", "no field")
            + &line("program", "error", "mismatched types")
            + &line("corpus-pets", "error", "aborting due to 2 previous errors")
            + "{\"reason\":\"build-finished\",\"success\":false}\n";
        assert_eq!(count(&text, "corpus-pets"), (2, 1));
    }
}
