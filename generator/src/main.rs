//! `specwright`: checks descriptions, and generates a crate from them.

mod command;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use specwright::config;

use command::output::{REFUSED, print, say};
use command::values::Codes;
use command::{check, diff, explain, generate, init, lsp, shell};

/// Syntax trees consist of many small allocations; with this allocator a generation takes a third less CPU time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Generates Rust clients from `OpenAPI` descriptions.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Reads descriptions and reports what is wrong with them.
    Check(check::Arguments),
    /// Writes the completions of a shell to standard output.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Reports what changed between two versions of a description, on the wire and in Rust.
    Diff(diff::Arguments),
    /// Explains a code such as SW0301; without one, lists all codes.
    Explain {
        /// The code.
        #[arg(value_parser = Codes::Explained, hide_possible_values = true)]
        code: Option<String>,
        /// Writes the explanations of all codes as one Markdown page.
        #[arg(long, conflicts_with = "code")]
        all: bool,
    },
    /// Writes a crate with a client for each description.
    Generate(generate::Arguments),
    /// Writes a commented `specwright.yaml` for a description into the current folder.
    Init(init::Arguments),
    /// Serves an editor on the standard input and output: the language server for descriptions and `specwright.yaml`.
    Lsp,
    /// Writes a manual page to standard output.
    Man {
        /// The command that the page is about; without one, the page of `specwright` itself.
        #[arg(value_parser = shell::COMMANDS, hide_possible_values = true)]
        command: Option<String>,
    },
    /// Writes the JSON Schema of a file to standard output, for editors.
    Schema {
        /// The file: config, which is `specwright.yaml`, or openapi, which is a description.
        #[arg(value_parser = ["config", "openapi"])]
        file: String,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Completions { shell } => {
            shell::completions(Arguments::command(), shell);
            Ok(ExitCode::SUCCESS)
        }
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Explain { code, all } => explain::run(code.as_deref(), all),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Lsp => lsp::run(),
        Command::Man { command } => shell::man(Arguments::command(), command.as_deref()),
        Command::Schema { file } => {
            match file.as_str() {
                "openapi" => print(&specwright::description_schema()),
                _ => print(config::SCHEMA),
            }
            Ok(ExitCode::SUCCESS)
        }
    };
    done.unwrap_or_else(|message| {
        say(&format!("error: {message}\n"));
        ExitCode::from(REFUSED)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_manual_page() {
        let program = Arguments::command();
        let names = program.get_subcommands().map(clap::Command::get_name);
        assert_eq!(names.collect::<Vec<_>>(), shell::COMMANDS);
    }
}
