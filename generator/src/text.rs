//! The files of a run, and the locations in them.

use std::any::Any;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use hashbrown::HashMap;

/// The index of a file in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as given by the user, with `/` between its parts. For a file of a revision, the revision comes first.
    pub path: String,
    /// The revision of the git repository.
    revision: Option<String>,
    /// The content of the file, without a byte order mark.
    pub text: Arc<str>,
    /// Offset of the first byte of each line.
    lines: Vec<u32>,
    /// The number of characters before every [`STEP`]th byte. With it, computing a column of a long line does not count
    /// from the beginning of the line.
    characters: Vec<u32>,
}

/// The distance in bytes between two entries of `SourceFile::characters`.
const STEP: usize = 256;

impl SourceFile {
    fn new(path: String, text: Arc<str>) -> Self {
        let lines = line_starts(&text);
        let mut characters = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for bytes in text.as_bytes().chunks(STEP) {
            characters.push(count);
            count += offset(begun(bytes));
        }
        Self {
            path,
            revision: None,
            text,
            lines,
            characters,
        }
    }

    /// The path in the working tree, without the revision.
    pub(crate) fn tree_path(&self) -> &str {
        let revision = self.revision.as_deref();
        let path =
            revision.and_then(|revision| self.path.strip_prefix(revision)?.strip_prefix(':'));
        path.unwrap_or(&self.path)
    }

    /// The number of characters that begin before a byte.
    fn characters_before(&self, at: usize) -> usize {
        let Some(counted) = self.characters.get(at / STEP) else {
            // A text whose length is a multiple of the step has no entry for its end.
            let last = self.characters.len().saturating_sub(1);
            let count = self.characters.last().copied().unwrap_or_default();
            return count as usize + begun(&self.text.as_bytes()[last * STEP..]);
        };
        *counted as usize + begun(&self.text.as_bytes()[at / STEP * STEP..at])
    }

    /// The line and the column of a byte, both counted from 1; the column counts characters.
    pub fn location(&self, offset: u32) -> (usize, usize) {
        let line = self.line(offset);
        let start = self.lines[line - 1] as usize;
        let end = self.floor(offset as usize).max(start);
        let column = self.characters_before(end) - self.characters_before(start);
        (line, column + 1)
    }

    /// The path with the line and the column of a byte: `spec/museum.yaml:12:7`.
    pub(crate) fn place(&self, offset: u32) -> String {
        let (line, column) = self.location(offset);
        format!("{}:{line}:{column}", self.path)
    }

    /// The line of a byte, counted from 1.
    pub fn line(&self, offset: u32) -> usize {
        self.lines.partition_point(|start| *start <= offset)
    }

    /// The bytes of a line, counted from 1, without its line break; empty if there is no such line.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let Some(start) = line.checked_sub(1).and_then(|index| self.lines.get(index)) else {
            return self.text.len()..self.text.len();
        };
        let start = *start as usize;
        let end = self
            .lines
            .get(line)
            .map_or(self.text.len(), |next| *next as usize - 1);
        let text = &self.text[start..end];
        start..start + text.strip_suffix('\r').unwrap_or(text).len()
    }

    /// The number of lines. A file that ends with a line break has an empty last line.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The nearest offset at or before `offset` where a character begins.
    pub(crate) fn floor(&self, offset: usize) -> usize {
        floor(&self.text, offset)
    }
}

/// The number of characters that begin in these bytes.
fn begun(bytes: &[u8]) -> usize {
    count_bytes(bytes, begins_character)
}

/// Whether a byte of UTF-8 is the first one of a character.
pub(crate) fn begins_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// The number of bytes that are counted. Counters of one byte let the processor compare many bytes at once.
pub(crate) fn count_bytes(bytes: &[u8], is_counted: impl Fn(u8) -> bool) -> usize {
    let parts = bytes.chunks(usize::from(u8::MAX));
    let counts = parts.map(|part| {
        part.iter()
            .map(|byte| u8::from(is_counted(*byte)))
            .sum::<u8>()
    });
    counts.map(usize::from).sum()
}

/// The offset of the first byte of each line. Only `\n` ends a line.
pub(crate) fn line_starts(text: &str) -> Vec<u32> {
    let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
    let after = breaks.map(|at| offset(at + 1));
    std::iter::once(0).chain(after).collect()
}

/// The number of bytes that are compared at once.
const BLOCK: usize = 1024;

/// The number of equal bytes at the beginning of both.
pub(crate) fn common_start(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.chunks(BLOCK).zip(other.chunks(BLOCK));
    let equal = blocks.take_while(|(one, other)| one == other);
    let start: usize = equal.map(|(one, _)| one.len()).sum();
    let rest = one[start..].iter().zip(&other[start..]);
    start + rest.take_while(|(one, other)| one == other).count()
}

/// The number of equal bytes at the end of both.
pub(crate) fn common_end(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.rchunks(BLOCK).zip(other.rchunks(BLOCK));
    let equal = blocks.take_while(|(one, other)| one == other);
    let end: usize = equal.map(|(one, _)| one.len()).sum();
    let rest = one[..one.len() - end]
        .iter()
        .rev()
        .zip(other[..other.len() - end].iter().rev());
    end + rest.take_while(|(one, other)| one == other).count()
}

/// The nearest offset at or before `at` where a character of `text` begins, or the end of `text`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}

/// The start of the line that contains a byte.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |before| before + 1)
}

/// Converts an offset for a span. [`Sources::load`] rejects files of 4 GB and more.
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The files of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
    /// Texts that are read instead of the files with these paths.
    open: Arc<OpenTexts>,
    /// The paths of the files that could not be read.
    unread: Vec<String>,
}

/// Open texts of an editor, by their paths with `/` between the parts.
pub(crate) type OpenTexts = HashMap<String, OpenText>;

/// An open text of an editor.
#[derive(Debug, Clone)]
pub(crate) struct OpenText {
    pub text: Arc<str>,
    pub earlier: Earlier,
}

/// What was parsed of an earlier version of an open text. The parser knows its type.
pub(crate) type Earlier = Arc<Mutex<Option<Box<dyn Any + Send>>>>;

impl PartialEq for OpenText {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for OpenText {}

impl Sources {
    /// No files yet. These texts are read instead of the files with the same paths.
    pub(crate) fn with_open(open: Arc<OpenTexts>) -> Self {
        Self {
            open,
            ..Self::default()
        }
    }

    /// The text that is read instead of a file.
    pub(crate) fn open_text(&self, path: &str) -> Option<&Arc<str>> {
        self.open.get(path).map(|open| &open.text)
    }

    /// What was parsed of an earlier version of an open text.
    pub(crate) fn earlier(&self, path: &str) -> Option<&Earlier> {
        self.open.get(path).map(|open| &open.earlier)
    }

    /// Adds a file that was read elsewhere.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let file = SourceFile::new(path.into(), text.into());
        self.files.push(Arc::new(file));
        id
    }

    /// Records that a file could not be read.
    pub(crate) fn add_unread(&mut self, path: String) {
        self.unread.push(path);
    }

    /// Whether a file with this path was read, or could not be read.
    pub(crate) fn asked_for(&self, path: &str) -> bool {
        let mut unread = self.unread.iter();
        self.files.iter().any(|file| file.path == path) || unread.any(|one| one == path)
    }

    /// Records the revision that a file was read from.
    pub(crate) fn set_revision(&mut self, id: FileId, revision: &str) {
        Arc::make_mut(&mut self.files[id.0 as usize]).revision = Some(revision.to_owned());
    }

    /// The file with this id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files with their ids, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        let files = self.files.iter().map(|file| &**file);
        (0u32..).map(FileId).zip(files)
    }

    /// The text that a span marks.
    pub fn text(&self, span: Span) -> &str {
        let text = &self.file(span.file).text;
        text.get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }
}

/// `1 change`, `3 changes`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_in_the_working_tree_has_no_revision() {
        let mut sources = Sources::default();
        let plain = sources.add("spec/a:b.yaml", "");
        let revised = sources.add("main:spec/a.yaml", "");
        sources.set_revision(revised, "main");
        assert_eq!(sources.file(plain).tree_path(), "spec/a:b.yaml");
        assert_eq!(sources.file(revised).tree_path(), "spec/a.yaml");
    }
}
