//! `cargo xtask`.

use std::io::{IsTerminal, stderr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::{enter_workspace, regenerate, snapshots};

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
}

/// The exit code for an error of the file system or of a process.
const REFUSED: u8 = 2;

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    let done = enter_workspace().and_then(|root| match command {
        Command::Regenerate { check } => {
            let colours = stderr().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            regenerate::run(check, colours)
        }
        Command::Snapshots { references } => snapshots::run(&root, references.as_deref()),
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
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(REFUSED)
        }
    }
}
