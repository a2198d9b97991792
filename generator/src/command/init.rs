//! `specwright init`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use specwright::config::FILE_NAME;
use specwright::{init, is_standard_input};

use super::output::{closing, colours, say, verdict};

/// What the configuration is for.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The description, YAML or JSON.
    spec: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    if is_standard_input(&arguments.spec) {
        return Err(
            "a configuration names the file of a description, which the standard input is not"
                .to_owned(),
        );
    }
    let spec = beside(&arguments.spec);
    let mut run = specwright::check(std::slice::from_ref(&spec));
    let Some(text) = init::configuration(&spec, &run) else {
        run.diagnostics.retain_errors();
        say(&run.render_briefly(colours()));
        say(&closing(run.diagnostics.summary(), "; nothing was written"));
        return Ok(verdict(true));
    };
    let named = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => {
            format!("`{FILE_NAME}` exists and is not overwritten; move it away first")
        }
        _ => format!("`{FILE_NAME}`: {error}"),
    };
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(FILE_NAME);
    let mut file = file.map_err(named)?;
    file.write_all(text.as_bytes()).map_err(named)?;
    say(&format!(
        "{FILE_NAME}: written; `specwright generate` writes the crate\n"
    ));
    Ok(verdict(false))
}

/// The path of the description in the configuration: relative to the current folder if it is in there.
fn beside(path: &Path) -> PathBuf {
    let folder = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&folder).unwrap_or(path).to_owned()
}
