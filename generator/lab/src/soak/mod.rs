//! `cargo lab soak`: many callers against a server that fails in every way.
//!
//! Each call is judged when it is over: the server has an account of the requests that came, and what the policy says
//! about them is written down a second time in `oracle`.

mod attempts;
mod callers;
mod fault;
mod ledger;
mod oracle;
mod run;
mod server;
mod tally;
mod wire;

use std::io;

use clap::Args;

use crate::Outcome;

/// The header of the credential, which no HTTP library knows as one.
const CREDENTIAL: &str = "x-soak-key";

/// The header that names the attempt.
const ATTEMPT_HEADER: specwright_runtime::HeaderName =
    specwright_runtime::HeaderName::from_static("x-soak-attempt");

/// The largest answer that the client accepts.
const BODY_LIMIT: usize = 64 << 10;

/// What a person asks for.
#[derive(Debug, Clone, Args)]
pub(crate) struct Arguments {
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
pub(crate) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    run::run(run::Plan {
        time: std::time::Duration::from_secs(arguments.seconds),
        callers: arguments.callers,
        threads: arguments.threads,
        seed: arguments.seed,
    })
}
