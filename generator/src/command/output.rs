//! The output and the exit code of the command.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use specwright::diagnostic::Format;

/// Exit code: the descriptions have errors.
pub(crate) const FINDINGS: u8 = 1;
/// Exit code: the command line is invalid, or reading or writing failed.
pub(crate) const REFUSED: u8 = 2;

pub(crate) fn verdict(fails: bool) -> ExitCode {
    if fails {
        ExitCode::from(FINDINGS)
    } else {
        ExitCode::SUCCESS
    }
}

/// The closing line of a report, if there is one.
pub(crate) fn closing(summary: Option<String>, end: &str) -> String {
    summary.map_or_else(String::new, |summary| format!("{summary}{end}\n"))
}

/// Joins words to a command line, with quotes for a shell.
pub(crate) fn command_line(words: impl IntoIterator<Item = String>) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:=,@%+".contains(letter);
    let words = words.into_iter().map(|word| {
        if !word.is_empty() && word.chars().all(is_plain) {
            word
        } else {
            format!("'{}'", word.replace('\'', r"'\''"))
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Shows progress on a terminal, and removes it at the end.
pub(crate) fn with_progress<T>(doing: &str, specs: &[PathBuf], work: impl FnOnce() -> T) -> T {
    let shows = stderr().is_terminal();
    if shows {
        say(&format!("{doing} {} …", files(specs.len())));
    }
    let done = work();
    if shows {
        say("\r\x1b[2K");
    }
    done
}

pub(crate) fn files(count: usize) -> String {
    match count {
        1 => "1 file".to_owned(),
        _ => format!("{count} files"),
    }
}

pub(crate) fn colours() -> bool {
    stderr().is_terminal() && wants_colours()
}

pub(crate) fn wants_colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Prints a report: to standard error for people, to standard output for programs.
pub(crate) fn show(report: &str, format: Format) {
    if format == Format::Human {
        say(report);
    } else {
        print(report);
    }
}

pub(crate) fn print(text: &str) {
    // A closed pipe, as after `| head`, is not an error.
    let _ = stdout().lock().write_all(text.as_bytes());
}

pub(crate) fn say(text: &str) {
    // An error cannot be reported, because this is standard error itself.
    let _ = stderr().lock().write_all(text.as_bytes());
}
