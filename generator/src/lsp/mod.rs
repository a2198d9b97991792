//! `specwright lsp`: a language server for descriptions and for `specwright.yaml`.
//!
//! The main thread ([`serve`]) stores the open texts and responds to requests. Each change is passed to one worker
//! thread (`worker`). It checks the descriptions that the changed file is part of, always with the newest texts,
//! publishes the diagnostics, and stores the parsed descriptions for requests. While a description cannot be parsed,
//! the last parsed version is used, and its locations are adjusted to the changes since then.
//!
//! - `position`, `places` and `uri`: convert locations and files to those of the protocol.
//! - `texts`: the open texts of the editor.
//! - `roots`: the descriptions to check for the open files, with their options.
//! - `check`: checks one description or configuration.
//! - `worker`: schedules the checks.
//! - `report`: converts diagnostics to those of the protocol.
//! - `index`: all mentions of names; `navigate`: definitions and references; `rename`: renaming;
//!   `outside`: in configurations and overlays.
//! - `cursor`: the structure at a position; `known` and `completion`: completions there; `configuration`: the keys of
//!   `specwright.yaml`.
//! - `hover` and `rust`: hover texts, with the Rust code for a part of the description. `words`: the meanings of words.
//! - `action`: quick fixes.
//! - `symbol`: the outline of a file.
//! - `server`: the requests.

mod action;
mod check;
mod completion;
mod configuration;
mod cursor;
mod hover;
mod index;
mod known;
mod navigate;
mod outside;
mod places;
mod position;
mod rename;
mod replace;
mod report;
mod roots;
mod rust;
mod server;
mod symbol;
mod texts;
mod uri;
mod words;
mod worker;

use lsp_server::{Connection, ProtocolError};

pub use server::serve;

/// Runs the server on the standard input and output, until the editor ends it.
///
/// # Errors
/// Returns an error if the messages do not follow the protocol, or cannot be read or written.
pub fn run() -> Result<(), String> {
    let (connection, threads) = Connection::stdio();
    serve(&connection).map_err(|error: ProtocolError| error.to_string())?;
    // The writer thread ends when all senders are dropped.
    drop(connection);
    threads.join().map_err(|error| error.to_string())
}
