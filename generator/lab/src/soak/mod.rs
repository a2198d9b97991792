//! `cargo lab soak`: many callers against a server that fails in every way.
//!
//! Each call is judged when it has ended: the server has an account of the requests that arrived, and `oracle` is a
//! second implementation of what the retry policy says about them.

mod attempts;
mod callers;
mod fault;
mod ledger;
mod oracle;
mod run;
mod server;
mod tally;
mod wire;

use std::time::Duration;

use clap::Args;

pub(crate) use run::run;

/// The header of the credential: one that no HTTP library treats as a credential by itself.
const CREDENTIAL: &str = "x-soak-key";

/// The header that names the attempt.
const ATTEMPT_HEADER: specwright_runtime::HeaderName =
    specwright_runtime::HeaderName::from_static("x-soak-attempt");

/// The largest response body that the client accepts.
const BODY_LIMIT: usize = 64 << 10;

/// How long and how much to call.
#[derive(Debug, Clone, Args)]
pub(crate) struct Arguments {
    /// How many seconds new calls are started.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// How many callers there are on an async runtime.
    #[arg(long, default_value_t = 64)]
    callers: usize,
    /// How many callers there are that block a thread each.
    #[arg(long, default_value_t = 8)]
    threads: usize,
    /// The seed of all faults.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Arguments {
    /// How long new calls are started.
    fn time(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}
