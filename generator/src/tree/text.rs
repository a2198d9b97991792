//! The texts of files that exist, and their line breaks.

use std::fs;
use std::io;
use std::path::Path;

use super::named;

/// The text of a file with `\n` as line breaks; `None` if it does not exist. A symbolic link is followed.
pub(crate) fn read(path: &Path) -> io::Result<Option<String>> {
    let text = read_as_it_is(path)?;
    Ok(text.map(|text| plain_breaks(&text)))
}

/// A text with `\n` as line breaks.
pub(super) fn plain_breaks(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// Whether the first line of a text ends as Windows writes it.
pub(super) fn has_windows_breaks(text: &str) -> bool {
    let first = text.split_once('\n').map(|(first, _)| first);
    first.is_some_and(|first| first.ends_with('\r'))
}

/// The text of a file; `None` if it does not exist.
pub(super) fn read_as_it_is(path: &Path) -> io::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(named(&error, path)),
    }
}
