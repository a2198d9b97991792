//! `specwright lsp`: a language server for descriptions and for `specwright.yaml`.
//!
//! The main thread ([`serve`]) keeps the open texts and responds to requests. Each change is handed to one worker
//! (`worker`), which checks the descriptions that the changed file is part of, always with the newest texts, publishes what
//! is wrong, and keeps what it read for the requests. A description that cannot be parsed at the moment leaves the last one
//! that could, whose locations move with the changes since.
//!
//! - `position`, `places` and `uri`: locations and files as the protocol has them.
//! - `texts`: what the editor has open.
//! - `roots`: which descriptions have to be checked for the open files, and with which options.
//! - `check`: one description or configuration, checked.
//! - `worker`: when they are checked.
//! - `report`: diagnostics as the protocol has them.
//! - `index`: what refers to what; `navigate` goes from one to the other and renames them.
//! - `cursor`: what is being written at a position; `known` and `completion` say what can be written there.
//! - `hover` and `rust`: what something is, and what it becomes in Rust.
//! - `action`: quick fixes.
//! - `symbol`: the outline of a file.
//! - `server`: the requests.

mod action;
mod check;
mod completion;
mod cursor;
mod hover;
mod index;
mod known;
mod navigate;
mod places;
mod position;
mod report;
mod roots;
mod rust;
mod server;
mod symbol;
mod texts;
mod uri;
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
    // The writer ends when nothing can send any more.
    drop(connection);
    threads.join().map_err(|error| error.to_string())
}
