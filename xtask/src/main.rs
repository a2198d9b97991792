//! `cargo xtask`.

use std::io::{IsTerminal, stderr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::{conformance, corpus, cost, enter_workspace, regenerate, snapshots, soak};

/// The commands that a person runs in this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generates the clients in generated/ from the descriptions in spec/.
    Regenerate {
        /// Writes nothing; fails where generated/ is not what the descriptions say.
        #[arg(long)]
        check: bool,
    },
    /// Fails where a snapshot of the generator's tests belongs to no test.
    Snapshots {
        /// The list that insta wrote while the tests ran (`INSTA_SNAPSHOT_REFERENCES_FILE`); without it they are run.
        #[arg(long, value_name = "FILE")]
        references: Option<PathBuf>,
    },
    /// Generates a crate from each document of a corpus and tells how it went.
    Corpus(corpus::Wishes),
    /// Makes calls to a server that fails in every way, and fails where one does not end as the policy says.
    Soak(soak::Wishes),
    /// Measures what a call costs beside reqwest used by hand and the client that progenitor generates.
    Cost,
    /// Calls every operation of generated clients on mock servers that others wrote, which check each request.
    Conformance(conformance::Wishes),
    /// Generates from one document; `corpus` starts it.
    #[command(hide = true)]
    CorpusOne(corpus::Job),
}

/// The machine refuses.
const REFUSED: u8 = 2;

fn main() -> ExitCode {
    if let Some(dir) = std::env::var_os(corpus::VARIABLE) {
        return corpus::wrap(dir.as_ref()).unwrap_or_else(|error| refused(&error));
    }
    let command = Arguments::parse().command;
    let done = enter_workspace().and_then(|root| match command {
        Command::Regenerate { check } => {
            let colours = stderr().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            regenerate::run(check, colours)
        }
        Command::Snapshots { references } => snapshots::run(&root, references.as_deref()),
        Command::Corpus(wishes) => corpus::run(&wishes),
        Command::Soak(wishes) => soak::run(&wishes),
        Command::Cost => cost::run(),
        Command::Conformance(wishes) => conformance::run(&wishes),
        Command::CorpusOne(job) => {
            println!("{}", corpus::one(&job)?);
            Ok((String::new(), true))
        }
    });
    match done {
        Ok((text, true)) => {
            eprint!("{text}");
            ExitCode::SUCCESS
        }
        Ok((text, false)) => {
            eprint!("{text}");
            ExitCode::FAILURE
        }
        Err(error) => refused(&error),
    }
}

fn refused(error: &std::io::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::from(REFUSED)
}
