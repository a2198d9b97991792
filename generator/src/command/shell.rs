//! `specwright completions` and `specwright man`: what a shell and `man` know of the command.

use std::process::ExitCode;

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use super::output::print;

const NAME: &str = "specwright";
const SOURCE: &str = concat!("specwright ", env!("CARGO_PKG_VERSION"));

/// The commands, each of which has a manual page.
pub(crate) const COMMANDS: [&str; 9] = [
    "check",
    "completions",
    "diff",
    "explain",
    "generate",
    "init",
    "lsp",
    "man",
    "schema",
];

/// Prints the completions of a shell.
pub(crate) fn completions(mut command: Command, shell: Shell) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, NAME, &mut script);
    print(&String::from_utf8_lossy(&script));
}

/// Prints the manual page of one of [`COMMANDS`], or of the program.
pub(crate) fn man(mut program: Command, command: Option<&str>) -> Result<ExitCode, String> {
    program.build();
    let of_command = command.and_then(|name| program.find_subcommand(name).cloned());
    let mut page = Vec::new();
    let manual = Man::new(of_command.unwrap_or(program)).source(SOURCE);
    let written = manual.render(&mut page);
    written.map_err(|error| error.to_string())?;
    print(&String::from_utf8_lossy(&page));
    Ok(ExitCode::SUCCESS)
}
