//! Path → text.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::yaml_error::BEGINNING;
use super::{FileId, Sources, revision};
use crate::diagnostic::{Diagnostic, Diagnostics, code};

/// The path that means the standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// The standard input, as diagnostics name it.
const SHOWN_INPUT: &str = "<stdin>";

/// The maximum size of a description. The largest public one has a twentieth of it.
const LARGEST: u64 = 256 << 20;

impl Sources {
    /// Reads a file. Errors are added to `diagnostics`.
    pub fn load(&mut self, path: &Path, diagnostics: &mut Diagnostics) -> Option<FileId> {
        let shown = shown(path);
        let open = self.open_text(&shown).cloned();
        let text = match open {
            Some(text) => usable(text),
            None => read(path).and_then(decode),
        };
        self.keep(shown, text, diagnostics)
    }

    /// Whether there is a file, or a text that is read instead of it.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.open_text(path).is_some() || Path::new(path).is_file()
    }

    /// Reads a file as it was in a revision of the git repository that the current folder is in.
    pub(crate) fn load_revision(
        &mut self,
        revision: &str,
        path: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<FileId> {
        let shown = format!("{revision}:{path}");
        let text = read_revision(revision, path).and_then(decode);
        let file = self.keep(shown, text, diagnostics)?;
        self.set_revision(file, revision);
        Some(file)
    }

    fn keep(
        &mut self,
        shown: String,
        text: Result<Arc<str>, Fault>,
        diagnostics: &mut Diagnostics,
    ) -> Option<FileId> {
        match text {
            Ok(text) => Some(self.add(shown, text)),
            Err(fault) => {
                diagnostics.push(fault.describe(&shown));
                self.add_unread(shown);
                None
            }
        }
    }
}

/// A file as it was in a revision of the git repository that the current folder is in.
fn read_revision(revision: &str, path: &str) -> Result<Vec<u8>, Fault> {
    revision::read(revision, path).map_err(|error| match error.kind() {
        io::ErrorKind::Other => Fault::Revision(error.to_string()),
        _ => Fault::Io(error),
    })
}

/// Whether a text is a URL and not a path.
pub(crate) fn is_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        let mut letters = scheme.chars();
        let is_first = letters
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic());
        is_first && letters.all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it))
    })
}

/// How to fetch a description that is given by its URL.
pub(crate) fn fetching(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_named = [".json", ".yaml", ".yml"].iter().any(|ending| {
        let stem = last.strip_suffix(ending).unwrap_or_default();
        stem.starts_with(|first: char| first.is_ascii_alphanumeric())
            && stem
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || "._-".contains(it))
    });
    let file = if is_named { last } else { "openapi.yaml" };
    let quoted = address.replace('\'', "%27");
    is_url(address).then(|| {
        format!(
            "fetch it with `curl --fail --location --output {file} '{quoted}'`, and keep the file in version control, so \
             that everybody generates the same client"
        )
    })
}

/// The path with `/` between its parts, so that output is the same on every machine.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if text == STANDARD_INPUT {
        SHOWN_INPUT.to_owned()
    } else if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// Why a file cannot be read.
#[derive(Debug)]
enum Fault {
    Missing,
    Directory,
    /// A URL.
    Address,
    /// A pipe, a device or a socket: reading one can block forever.
    Special,
    Forbidden,
    TooLarge,
    Io(io::Error),
    /// The repository has no such revision or file.
    Revision(String),
    Empty,
    Binary,
    Utf16,
    NotUtf8 {
        line: usize,
        column: usize,
    },
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    if path == Path::new(STANDARD_INPUT) {
        return read_all(io::stdin().lock(), 0);
    }
    if is_url(&path.to_string_lossy()) {
        return Err(Fault::Address);
    }
    let metadata = fs::metadata(path).map_err(Fault::from)?;
    if metadata.is_dir() {
        return Err(Fault::Directory);
    }
    if !metadata.is_file() && !is_standard_input(path) {
        return Err(Fault::Special);
    }
    read_all(File::open(path).map_err(Fault::from)?, metadata.len())
}

/// Reads to the end. `expected` is the number of bytes if it is known, so that they are not copied while a buffer grows.
fn read_all(reader: impl Read, expected: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected.min(LARGEST)).unwrap_or(0));
    reader
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(Fault::from)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Fault::TooLarge);
    }
    Ok(bytes)
}

/// Whether a path is a pipe that another program writes to: `/dev/stdin`, or the path that a shell creates for `<(…)`.
fn is_standard_input(path: &Path) -> bool {
    path == Path::new("/dev/stdin") || path.starts_with("/dev/fd")
}

fn decode(mut bytes: Vec<u8>) -> Result<Arc<str>, Fault> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Fault::Utf16);
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        if bytes.contains(&0) {
            return Fault::Binary;
        }
        let (good, _) = bytes.split_at(error.utf8_error().valid_up_to());
        let line = good
            .split(|byte| *byte == b'\n')
            .next_back()
            .unwrap_or_default();
        Fault::NotUtf8 {
            line: good.split(|byte| *byte == b'\n').count(),
            column: String::from_utf8_lossy(line).chars().count() + 1,
        }
    })?;
    usable(text.into())
}

fn usable(text: Arc<str>) -> Result<Arc<str>, Fault> {
    if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
        return Err(Fault::Empty);
    }
    if text.contains('\0') {
        return Err(Fault::Binary);
    }
    Ok(text)
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Directory,
            io::ErrorKind::PermissionDenied => Self::Forbidden,
            _ => Self::Io(error),
        }
    }
}

impl Fault {
    fn describe(&self, path: &str) -> Diagnostic {
        let error = Diagnostic::error;
        match self {
            Self::Missing => error(code::UNREADABLE, format!("no such file: `{path}`")),
            Self::Directory => error(code::UNREADABLE, format!("`{path}` is a directory"))
                .help("name the description files in it, such as `spec/*.yaml`"),
            Self::Address => {
                let error = error(code::UNREADABLE, format!("`{path}` is not a file"));
                fetching(path).into_iter().fold(error, Diagnostic::help)
            }
            Self::Special => error(code::UNREADABLE, format!("`{path}` is not a regular file"))
                .help("write its output into a file, or pass it on standard input as `-`"),
            Self::Forbidden => error(code::UNREADABLE, format!("no permission to read `{path}`"))
                .help("let your user read it, for example with `chmod u+r`"),
            Self::TooLarge => error(
                code::UNREADABLE,
                format!("`{path}` is larger than {} MB", LARGEST >> 20),
            ),
            Self::Io(cause) => error(code::UNREADABLE, format!("cannot read `{path}`: {cause}")),
            Self::Revision(cause) => error(
                code::UNREADABLE,
                format!("git cannot show `{path}`: {cause}"),
            ),
            Self::Empty => error(code::EMPTY, format!("`{path}` is empty")).help(BEGINNING),
            Self::Binary => error(code::NOT_TEXT, format!("`{path}` is not a text file"))
                .help("a description is a YAML or JSON file"),
            Self::Utf16 => error(code::NOT_TEXT, format!("`{path}` is written in UTF-16"))
                .help("save it as UTF-8"),
            Self::NotUtf8 { line, column } => error(
                code::NOT_TEXT,
                format!(
                    "`{path}` is not valid UTF-8: invalid bytes at line {line}, column {column}"
                ),
            )
            .help("save it as UTF-8"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(bytes: &[u8]) -> String {
        decode(bytes.to_vec())
            .unwrap_err()
            .describe("a.yaml")
            .message
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(
            decode(b"\xEF\xBB\xBFa: 1\r\n".to_vec()).unwrap(),
            "a: 1\r\n".into()
        );
    }

    #[test]
    fn files_that_are_not_utf_8_are_named() {
        assert_eq!(fault(b" \n"), "`a.yaml` is empty");
        assert_eq!(fault(b"\x7fELF\0\0"), "`a.yaml` is not a text file");
        assert_eq!(fault(b"\xFF\xFEa\0"), "`a.yaml` is written in UTF-16");
        assert_eq!(
            fault(
                "a: 1\nü"
                    .as_bytes()
                    .iter()
                    .copied()
                    .chain([0xC3, b'x'])
                    .collect::<Vec<_>>()
                    .as_slice()
            ),
            "`a.yaml` is not valid UTF-8: invalid bytes at line 2, column 2"
        );
    }

    #[test]
    fn an_address_is_fetched_by_a_command_that_a_shell_reads_as_it_is() {
        let fetch =
            |address| fetching(address).map(|help| help.split('`').nth(1).unwrap().to_owned());
        let curl = "curl --fail --location --output";
        assert_eq!(fetch("a.yaml"), None);
        for (address, file) in [
            ("https://pets.example/v1/api.json?raw=1&x=2#top", "api.json"),
            ("HTTP://pets.example", "openapi.yaml"),
            ("https://pets.example/$(x).yaml", "openapi.yaml"),
            ("https://pets.example/-o.yaml", "openapi.yaml"),
        ] {
            assert_eq!(fetch(address), Some(format!("{curl} {file} '{address}'")));
        }
        let quoted = fetch("https://a.example/'; ls").unwrap();
        assert!(quoted.ends_with(" 'https://a.example/%27; ls'"), "{quoted}");
    }

    #[test]
    fn missing_files_and_directories_are_told_apart() {
        let mut diagnostics = Diagnostics::new();
        let mut sources = Sources::default();
        assert_eq!(
            sources.load(Path::new("no/such.yaml"), &mut diagnostics),
            None
        );
        assert_eq!(
            sources.load(Path::new(env!("CARGO_MANIFEST_DIR")), &mut diagnostics),
            None
        );
        let messages: Vec<_> = diagnostics.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(messages[0], "no such file: `no/such.yaml`");
        assert!(messages[1].ends_with("is a directory"), "{messages:?}");
    }
}
