//! Comments that silence a warning: `# specwright: allow(SW0205) the server is fixed in June`.

use hashbrown::HashMap;

use crate::text::{FileId, SourceFile, Sources, Span, offset};

const MARK: &str = "specwright: allow(";

/// A code that a comment names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allow {
    /// The code as written.
    pub code: String,
    /// Its location.
    pub span: Span,
}

/// The codes that comments of all files name.
#[derive(Debug, Default)]
pub(crate) struct Allowances {
    /// In the order of the files.
    all: Vec<Allow>,
    /// For each line the positions in `all` of the codes that are silenced there.
    lines: HashMap<(FileId, usize), Vec<usize>>,
}

impl Allowances {
    /// Finds the comments. A comment at the end of a line silences that line, a comment on a separate line the next
    /// line that is not a comment.
    pub(crate) fn of(sources: &Sources) -> Self {
        let mut found = Self::default();
        for (id, file) in sources.iter() {
            let mut last = 0;
            let mut below = 0;
            for at in memchr::memmem::find_iter(file.text.as_bytes(), MARK) {
                let line = file.line(offset(at));
                if line == last {
                    continue;
                }
                last = line;
                let is_comment = |line: usize| is_comment(&file.text[file.line_range(line)]);
                if is_comment(line) {
                    below = below.max(line + 1);
                    while below <= file.line_count() && is_comment(below) {
                        below += 1;
                    }
                }
                found.add(file, id, line, below);
            }
        }
        found
    }

    fn add(&mut self, file: &SourceFile, id: FileId, line: usize, below: usize) {
        let first = self.all.len();
        self.all.extend(in_line(file, id, line));
        let new = first..self.all.len();
        let lines = [Some(line), Some(below).filter(|below| *below > line)];
        for line in lines.into_iter().flatten() {
            self.lines
                .entry((id, line))
                .or_default()
                .extend(new.clone());
        }
    }

    /// The index of the comment that silences the warning `code` at `span`.
    pub(crate) fn find(&self, sources: &Sources, span: Span, code: &str) -> Option<usize> {
        let line = sources.file(span.file).line(span.start);
        let here = self.lines.get(&(span.file, line))?;
        let mut here = here.iter().copied();
        here.find(|at| self.all[*at].code == code)
    }

    /// All codes with their locations.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Allow> {
        self.all.iter()
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// The codes in the comment of a line.
fn in_line(file: &SourceFile, id: FileId, line: usize) -> impl Iterator<Item = Allow> + '_ {
    let range = file.line_range(line);
    let text = &file.text[range.clone()];
    let comment = comment(text).unwrap_or(text.len());
    let list = text[comment..]
        .find(MARK)
        .map(|at| comment + at + MARK.len());
    let list = list.and_then(|start| Some(start..start + text[start..].find(')')?));
    let list = list.unwrap_or_default();
    let mut at = range.start + list.start;
    text[list].split(',').filter_map(move |part| {
        let start = at + part.len() - part.trim_start().len();
        at += part.len() + 1;
        let code = part.trim();
        let span = Span {
            file: id,
            start: offset(start),
            end: offset(start + code.len()),
        };
        (!code.is_empty()).then(|| Allow {
            code: code.to_owned(),
            span,
        })
    })
}

/// The beginning of the comment with the mark: a `#` at the beginning of the line or after a space.
fn comment(line: &str) -> Option<usize> {
    let last = line.rfind(MARK)?;
    let mut marks = line[..last].match_indices('#').map(|(at, _)| at);
    marks.find(|at| {
        let before = line[..*at].chars().next_back();
        before.is_none_or(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span_of(sources: &Sources, file: FileId, part: &str) -> Span {
        let start = sources.file(file).text.find(part).unwrap();
        Span {
            file,
            start: offset(start),
            end: offset(start + part.len()),
        }
    }

    fn allows(sources: &Sources, span: Span, code: &str) -> bool {
        Allowances::of(sources).find(sources, span, code).is_some()
    }

    #[test]
    fn a_comment_on_the_line_or_right_above_counts() {
        let mut sources = Sources::default();
        let text = "a: 1 # specwright: allow(SW0205) here\n\
                    # specwright: allow(SW0206, SW0207) for both\n# more\nb: 2\nc: 3\n";
        let file = sources.add("a.yaml", text);
        assert!(allows(&sources, span_of(&sources, file, "a: 1"), "SW0205"));
        assert!(!allows(&sources, span_of(&sources, file, "a: 1"), "SW0206"));
        assert!(allows(&sources, span_of(&sources, file, "b: 2"), "SW0207"));
        assert!(!allows(&sources, span_of(&sources, file, "c: 3"), "SW0207"));
        let all = Allowances::of(&sources);
        let codes: Vec<_> = all
            .iter()
            .map(|allow| (&*allow.code, sources.text(allow.span)))
            .collect();
        assert_eq!(
            codes,
            [
                ("SW0205", "SW0205"),
                ("SW0206", "SW0206"),
                ("SW0207", "SW0207")
            ]
        );
    }

    #[test]
    fn the_words_without_a_comment_do_nothing() {
        let mut sources = Sources::default();
        let file = sources.add(
            "a.yaml",
            "a: specwright: allow(SW0205)\nb#specwright: allow(SW0205): 1\n",
        );
        assert!(!allows(&sources, span_of(&sources, file, "a:"), "SW0205"));
        assert!(!allows(&sources, span_of(&sources, file, "b#"), "SW0205"));
    }
}
