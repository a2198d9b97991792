//! `cargo xtask soak`: many callers against a server that fails in every way.
//!
//! Each call is judged when it is over: the server has an account of the requests that came, and what the policy says
//! about them is written down a second time in `oracle`.
//!
//! The client and its transports take long to compile, and no other command here needs them. So they stand behind the
//! feature `soak`, and a command without it starts one that has it.

#[cfg(any(test, feature = "soak"))]
mod attempts;
#[cfg(any(test, feature = "soak"))]
mod callers;
#[cfg(any(test, feature = "soak"))]
mod fault;
#[cfg(any(test, feature = "soak"))]
mod ledger;
#[cfg(any(test, feature = "soak"))]
mod oracle;
#[cfg(any(test, feature = "soak"))]
mod run;
#[cfg(any(test, feature = "soak"))]
mod server;
#[cfg(any(test, feature = "soak"))]
mod tally;
#[cfg(any(test, feature = "soak"))]
mod wire;

use std::io;

use clap::Args;

/// The header of the credential, which no HTTP library knows as one.
#[cfg(any(test, feature = "soak"))]
const CREDENTIAL: &str = "x-soak-key";

/// The header that names the attempt.
#[cfg(any(test, feature = "soak"))]
const ATTEMPT_HEADER: specwright_runtime::HeaderName =
    specwright_runtime::HeaderName::from_static("x-soak-attempt");

/// The largest answer that the client accepts.
#[cfg(any(test, feature = "soak"))]
const BODY_LIMIT: usize = 64 << 10;

/// What a person asks for.
#[derive(Debug, Clone, Args)]
pub struct Wishes {
    /// How long calls are begun.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// How many callers there are on an async runtime.
    #[arg(long, default_value_t = 64)]
    callers: usize,
    /// How many callers there are that block a thread each.
    #[arg(long, default_value_t = 8)]
    threads: usize,
    /// What decides about all failures.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Runs a soak. Gives the report, and whether all promises were kept.
///
/// # Errors
/// Loopback or the runtime cannot be had.
#[cfg(feature = "soak")]
pub fn run(wishes: &Wishes) -> io::Result<(String, bool)> {
    run::run(run::Plan {
        time: std::time::Duration::from_secs(wishes.seconds),
        callers: wishes.callers,
        threads: wishes.threads,
        seed: wishes.seed,
    })
}

/// Runs a soak by the command that has what it needs. Gives no report, which that command has shown.
///
/// # Errors
/// Cargo cannot be started.
#[cfg(not(feature = "soak"))]
pub fn run(wishes: &Wishes) -> io::Result<(String, bool)> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = std::process::Command::new(cargo)
        .args([
            "run",
            "--quiet",
            "--package",
            "xtask",
            "--features",
            "soak",
            "--",
            "soak",
        ])
        .args(["--seconds", &wishes.seconds.to_string()])
        .args(["--callers", &wishes.callers.to_string()])
        .args(["--threads", &wishes.threads.to_string()])
        .args(["--seed", &wishes.seed.to_string()])
        .status()?;
    Ok((String::new(), done.success()))
}
