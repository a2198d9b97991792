//! Comments that silence a warning: `# specwright: allow(SW0205) the server is fixed in June`.

use super::{FileId, SourceFile, Sources, Span, offset};

const MARK: &str = "specwright: allow(";

/// A code that a comment names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The code as written.
    pub code: String,
    /// Its place.
    pub span: Span,
}

impl Sources {
    /// Whether a comment silences the warning `code` at `span`: one at the end of the line where the span begins, or
    /// one in the comment lines right above it.
    pub fn allows(&self, span: Span, code: &str) -> bool {
        self.allowance(span, code).is_some()
    }

    /// The comment that [`Sources::allows`] found.
    pub(crate) fn allowance(&self, span: Span, code: &str) -> Option<Allow> {
        let file = self.file(span.file);
        let line = file.line(span.start);
        let above = (1..line)
            .rev()
            .take_while(|line| is_comment(&file.text[file.line_range(*line)]));
        std::iter::once(line).chain(above).find_map(|line| {
            let mut allows = in_line(file, span.file, line);
            allows.find(|allow| allow.code == code)
        })
    }

    /// All codes that comments of the files name, in their order.
    pub(crate) fn allowances(&self) -> Vec<Allow> {
        let mut all = Vec::new();
        for (id, file) in self.iter() {
            for (at, _) in file.text.match_indices(MARK) {
                let line = file.line(offset(at));
                if all.last().is_none_or(|last: &Allow| {
                    last.span.file != id || file.line(last.span.start) != line
                }) {
                    all.extend(in_line(file, id, line));
                }
            }
        }
        all
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// The codes that the comment of a line names.
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

/// Where the comment of a line begins: at a `#` that begins the line or follows a space.
fn comment(line: &str) -> Option<usize> {
    let marks = line.match_indices('#').map(|(at, _)| at);
    marks.into_iter().find(|at| {
        line[..*at]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace)
            && line[*at..].contains(MARK)
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

    #[test]
    fn a_comment_on_the_line_or_right_above_counts() {
        let mut sources = Sources::default();
        let text = "a: 1 # specwright: allow(SW0205) here\n\
                    # specwright: allow(SW0206, SW0207) for both\n# more\nb: 2\nc: 3\n";
        let file = sources.add("a.yaml", text);
        assert!(sources.allows(span_of(&sources, file, "a: 1"), "SW0205"));
        assert!(!sources.allows(span_of(&sources, file, "a: 1"), "SW0206"));
        assert!(sources.allows(span_of(&sources, file, "b: 2"), "SW0207"));
        assert!(!sources.allows(span_of(&sources, file, "c: 3"), "SW0207"));
        let all = sources.allowances();
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
        assert!(!sources.allows(span_of(&sources, file, "a:"), "SW0205"));
        assert!(!sources.allows(span_of(&sources, file, "b#"), "SW0205"));
    }
}
