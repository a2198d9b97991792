//! `cargo lab soak`: many callers of a server that fails in many ways.
//!
//! Each call is checked after its end against the requests that the server received. `oracle` is a second
//! implementation of the retry policy.

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

/// The header of the credential. It is not one that HTTP libraries know as a credential.
const CREDENTIAL: &str = "x-soak-key";

/// The header with the number of the attempt.
const ATTEMPT_HEADER: specwright_runtime::HeaderName =
    specwright_runtime::HeaderName::from_static("x-soak-attempt");

/// The largest response body that the client accepts.
const BODY_LIMIT: usize = 64 << 10;

/// The duration and the load.
#[derive(Debug, Clone, Args)]
pub(crate) struct Arguments {
    /// The number of seconds during which calls are started.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// The number of callers on an async runtime.
    #[arg(long, default_value_t = 64)]
    callers: usize,
    /// The number of callers that block a thread each.
    #[arg(long, default_value_t = 8)]
    threads: usize,
    /// The seed of all faults.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Arguments {
    /// Returns how long calls are started.
    fn time(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}
