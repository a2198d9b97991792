//! Runs commands and measures them.

use std::io;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

use crate::corpus::cost_of_children;

/// The memory that each process may use, in GiB.
pub(super) const MOST_MEMORY: u64 = 15;
/// The CPU seconds that each process may use.
pub(super) const MOST_SECONDS: u64 = 900;

/// What a command did, and what it cost.
pub(super) struct Measured {
    pub(super) status: ExitStatus,
    pub(super) stdout: String,
    pub(super) stderr: String,
    /// CPU seconds, with those of the processes that it started and waited for.
    pub(super) seconds: f64,
    /// Seconds by the clock.
    pub(super) wall: f64,
}

/// Limits this process and all that it starts, so that one compilation does not take the memory of the whole machine.
///
/// # Errors
/// The system refuses the limits.
#[cfg(unix)]
pub(super) fn limit() -> io::Result<()> {
    use nix::sys::resource::{Resource, setrlimit};

    let memory = MOST_MEMORY << 30;
    setrlimit(Resource::RLIMIT_DATA, memory, memory)?;
    Ok(setrlimit(Resource::RLIMIT_CPU, MOST_SECONDS, MOST_SECONDS)?)
}

#[cfg(not(unix))]
pub(super) fn limit() -> io::Result<()> {
    Ok(())
}

/// Runs a command without input.
///
/// # Errors
/// The command cannot be started.
pub(super) fn run(command: &mut Command) -> io::Result<Measured> {
    let before = cost_of_children();
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).output()?;
    let wall = start.elapsed().as_secs_f64();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Measured {
        status: output.status,
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
        seconds: cost_of_children() - before,
        wall,
    })
}

impl Measured {
    /// The reason why the command failed, in a few words.
    pub(super) fn reason(&self) -> String {
        let lines = self.stderr.lines().chain(self.stdout.lines());
        let mut lines = lines.map(str::trim).filter(|line| !line.is_empty());
        let error = lines.clone().find(|line| {
            ["error", "panicked", "Exception"]
                .iter()
                .any(|it| line.contains(it))
        });
        let reason = error.or_else(|| lines.next()).unwrap_or("no message");
        reason.chars().take(160).collect()
    }
}
