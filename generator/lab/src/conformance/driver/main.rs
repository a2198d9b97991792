//! Makes the calls of a suite at the address of the first argument, and prints a line of JSON for each.
//! `cargo lab conformance` writes this program.

mod calls;
mod report;
mod suite;

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let base = std::env::args().nth(1).unwrap_or_default();
    match calls::run(&base).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
