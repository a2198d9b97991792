//! Finds the path to a position and the word there. It works on the text itself, because a text that is being edited
//! can rarely be parsed.
//!
//! Block collections of YAML are recognized by their indentation, flow collections and JSON by their brackets.

use std::ops::Range;

/// A step from a value to a value in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Element,
}

/// The part of the structure at the position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A key of the object at the path.
    Key,
    /// The value at the path.
    Value,
    /// An element of the array at the path: a value, or the first key of an object.
    Element,
}

/// The structure at a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    pub path: Vec<Step>,
    pub part: Part,
    /// The bytes of the word at the position.
    pub word: Range<usize>,
    /// The existing keys of the object.
    pub siblings: Vec<String>,
    /// Whether the position is within brackets.
    pub in_flow: bool,
}

impl Cursor {
    /// The cursor at a byte; `None` in comments and block scalars.
    pub(super) fn at(text: &str, at: usize) -> Option<Self> {
        let mut scan = Scan::default();
        if text.trim_start().starts_with(['{', '[']) {
            scan.flow(text, 0, at);
            return scan.in_flow(text, at);
        }
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            let is_last = at < end || !line.ends_with('\n');
            if is_last {
                let mut cursor = scan.last_line(text, start, at)?;
                if !cursor.in_flow {
                    cursor
                        .siblings
                        .extend(siblings_below(&text[end..], scan.indent));
                }
                return Some(cursor);
            }
            scan.line(text, start, line);
            start = end;
        }
        scan.last_line(text, start, at)
    }
}

/// An open object or array.
#[derive(Debug)]
struct Frame {
    step: Step,
    /// The column of the key or of the dash.
    indent: usize,
    /// The keys of the value so far.
    keys: Vec<String>,
}

/// An open bracket.
#[derive(Debug)]
struct Bracket {
    is_object: bool,
    /// The key before the current value.
    key: Option<String>,
    keys: Vec<String>,
    /// The beginning of the current word.
    word: usize,
}

#[derive(Debug, Default)]
struct Scan {
    frames: Vec<Frame>,
    /// The keys at the top level.
    keys: Vec<String>,
    brackets: Vec<Bracket>,
    /// The indentation of the key of the current block scalar.
    scalar: Option<usize>,
    /// The column of the key at the cursor.
    indent: usize,
}

impl Scan {
    /// Processes a line before that of the position.
    fn line(&mut self, text: &str, start: usize, line: &str) {
        if !self.brackets.is_empty() {
            self.flow(text, start, start + line.len());
            return;
        }
        let content = line.trim_end();
        let indent = indent_of(content);
        if content.trim_start().is_empty() || content.trim_start().starts_with('#') {
            return;
        }
        if self.scalar.is_some_and(|scalar| indent > scalar) {
            return;
        }
        self.scalar = None;
        let value = self.keys_of(content, start);
        let written = text[value..start + content.len()].trim_start();
        if written.starts_with(['|', '>']) {
            self.scalar = self.frames.last().map(|frame| frame.indent);
        } else if written.starts_with(['{', '[']) {
            self.flow(text, value, start + line.len());
        }
    }

    /// Processes the dashes and the keys of a line, and returns the beginning of the value.
    fn keys_of(&mut self, content: &str, start: usize) -> usize {
        let mut column = indent_of(content);
        loop {
            let rest = &content[column..];
            if rest == "-" || rest.starts_with("- ") {
                self.close(column, true);
                self.push(Step::Element, column);
                let inner = &rest[1..];
                column += 1 + (inner.len() - inner.trim_start_matches(' ').len());
            } else if let Some((key, after)) = key_of(rest) {
                self.close(column, false);
                self.add_key(&key);
                self.push(Step::Key(key), column);
                return start + column + after;
            } else {
                return start + column;
            }
        }
    }

    /// Closes the collections that end before a key or a dash in a column.
    fn close(&mut self, column: usize, is_dash: bool) {
        let ends = |frame: &mut Frame| {
            frame.indent > column
                || frame.indent == column && !(is_dash && matches!(frame.step, Step::Key(_)))
        };
        while self.frames.pop_if(ends).is_some() {}
    }

    fn push(&mut self, step: Step, indent: usize) {
        self.frames.push(Frame {
            step,
            indent,
            keys: Vec::new(),
        });
    }

    fn add_key(&mut self, key: &str) {
        let keys = self
            .frames
            .last_mut()
            .map_or(&mut self.keys, |frame| &mut frame.keys);
        keys.push(key.to_owned());
    }

    fn path(&self) -> Vec<Step> {
        self.frames.iter().map(|frame| frame.step.clone()).collect()
    }

    /// Processes the line of the position, up to the position.
    fn last_line(&mut self, text: &str, start: usize, at: usize) -> Option<Cursor> {
        if !self.brackets.is_empty() {
            self.flow(text, start, at);
            return self.in_flow(text, at);
        }
        let before = &text[start..at.max(start)];
        let content = before.trim_start();
        if content.starts_with('#') || is_comment_after(content) {
            return None;
        }
        let indent = before.len() - content.len();
        let below = indent_below(text, at);
        let is_text = |scalar| indent > scalar || content.is_empty() && below > Some(scalar);
        if self.scalar.is_some_and(is_text) {
            return None;
        }
        let value = self.keys_of(before, start);
        let written = text[value.min(at)..at].trim_start();
        let word = at - written.len();
        if written.starts_with(['{', '[']) {
            self.flow(text, word, at);
            return self.in_flow(text, at);
        }
        let is_value = value > start && text[..value].ends_with(':');
        let part = if is_value {
            Part::Value
        } else if before[..word - start].trim_end().ends_with('-') {
            Part::Element
        } else {
            self.indent = word - start;
            self.close(self.indent, false);
            Part::Key
        };
        if part == Part::Element {
            self.indent = word - start;
        }
        let keys = self.frames.last().map_or(&self.keys, |frame| &frame.keys);
        Some(Cursor {
            path: self.path(),
            part,
            word: word..word_end(text, at, false),
            siblings: keys.clone(),
            in_flow: false,
        })
    }

    /// Processes brackets in a range of bytes.
    fn flow(&mut self, text: &str, from: usize, to: usize) {
        let bytes = text.as_bytes();
        let mut at = from;
        while at < to.min(bytes.len()) {
            match bytes[at] {
                b'{' | b'[' => self.brackets.push(Bracket {
                    is_object: bytes[at] == b'{',
                    key: None,
                    keys: Vec::new(),
                    word: at + 1,
                }),
                b'}' | b']' => {
                    self.brackets.pop();
                    if self.brackets.is_empty() {
                        return;
                    }
                }
                b',' => {
                    if let Some(bracket) = self.brackets.last_mut() {
                        bracket.key = None;
                        bracket.word = at + 1;
                    }
                }
                b':' => self.colon(text, at),
                quote @ (b'"' | b'\'') => {
                    let end = string_end(bytes, at, quote);
                    if end > to {
                        return;
                    }
                    at = end;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn colon(&mut self, text: &str, at: usize) {
        let Some(bracket) = self.brackets.last_mut() else {
            return;
        };
        let word = text[bracket.word.min(at)..at].trim();
        let ends = word.ends_with(['"', '\''])
            || !text[at + 1..].starts_with(|next: char| !next.is_whitespace());
        if bracket.is_object && bracket.key.is_none() && ends {
            let key = word.trim_matches(['"', '\'']).to_owned();
            bracket.keys.push(key.clone());
            bracket.key = Some(key);
            bracket.word = at + 1;
        }
    }

    /// The cursor within brackets.
    fn in_flow(&self, text: &str, at: usize) -> Option<Cursor> {
        let last = self.brackets.last()?;
        let mut path = self.path();
        let (own, above) = self.brackets.split_last()?;
        for bracket in above {
            path.push(match &bracket.key {
                Some(key) => Step::Key(key.clone()),
                None => Step::Element,
            });
        }
        let part = match &own.key {
            Some(key) => {
                path.push(Step::Key(key.clone()));
                Part::Value
            }
            None if own.is_object => Part::Key,
            None => {
                path.push(Step::Element);
                Part::Element
            }
        };
        let written = text[last.word.min(at)..at].trim_start();
        Some(Cursor {
            path,
            part,
            word: at - written.len()..word_end(text, at, true),
            siblings: own.keys.clone(),
            in_flow: true,
        })
    }
}

/// Whether a line ends with a comment. `$ref: #/…` is one too, but most likely a reference without its quotes.
fn is_comment_after(content: &str) -> bool {
    content.split_once(" #").is_some_and(|(before, comment)| {
        let is_reference = before.trim_end().ends_with("$ref:");
        !is_reference || !(comment.is_empty() || comment.starts_with('/'))
    })
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The indentation of the next line below a position that is not empty.
fn indent_below(text: &str, at: usize) -> Option<usize> {
    let mut lines = text[at..].lines().skip(1);
    lines.find(|line| !line.trim().is_empty()).map(indent_of)
}

/// The key at the beginning of a line, and the beginning of the text after its colon.
fn key_of(line: &str) -> Option<(String, usize)> {
    if let Some(quote @ (b'"' | b'\'')) = line.bytes().next() {
        let end = string_end(line.as_bytes(), 0, quote);
        let rest = line.get(end..)?;
        let colon = rest.len() - rest.trim_start_matches(' ').len();
        let key = line.get(1..end.checked_sub(1)?)?;
        return rest[colon..]
            .starts_with(':')
            .then(|| (key.to_owned(), end + colon + 1));
    }
    if line.starts_with(['{', '[', '#', '|', '>']) {
        return None;
    }
    let colon = line
        .find(": ")
        .or_else(|| line.strip_suffix(':').map(str::len))?;
    let key = line[..colon].trim_end();
    (!key.is_empty()).then(|| (key.to_owned(), colon + 1))
}

/// The end of a quoted string; after the end of the text if the string is not closed.
fn string_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len() + 1
}

/// The end of the word at a position.
fn word_end(text: &str, at: usize, in_flow: bool) -> usize {
    let rest = &text[at..];
    let ends = |next: char| {
        next.is_whitespace() || next == ':' || in_flow && matches!(next, ',' | '}' | ']')
    };
    at + rest.find(ends).unwrap_or(rest.len())
}

/// The keys in a column below a position, up to the end of the object.
fn siblings_below(text: &str, column: usize) -> Vec<String> {
    let mut keys = Vec::new();
    for line in text.lines() {
        let indent = indent_of(line);
        if line.trim().is_empty() {
            continue;
        }
        if indent < column || indent == column && line[indent..].starts_with("- ") {
            break;
        }
        if indent == column {
            keys.extend(key_of(line[indent..].trim_end()).map(|(key, _)| key));
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The path, the part, the word and the siblings at the mark `|` of a text.
    fn shown(text: &str) -> String {
        let at = text.find('¦').unwrap();
        let text = text.replace('¦', "");
        let Some(cursor) = Cursor::at(&text, at) else {
            return "none".to_owned();
        };
        let path = cursor.path.iter().map(|step| match step {
            Step::Key(key) => format!("/{key}"),
            Step::Element => "/-".to_owned(),
        });
        let path: String = path.collect();
        let word = &text[cursor.word.clone()];
        format!(
            "{path} {:?} {word:?} {}",
            cursor.part,
            cursor.siblings.join(",")
        )
    }

    #[test]
    fn blocks_are_told_by_their_indentation() {
        assert_eq!(shown("a:\n  b: 1\n  ¦\n  c: 2\nd: 3\n"), "/a Key \"\" b,c");
        assert_eq!(shown("a:\n  b: 1\nc¦\n"), " Key \"c\" a");
        assert_eq!(shown("a:\n  b: x¦y\n"), "/a/b Value \"xy\" ");
        assert_eq!(shown("a:\n  b:\n    ¦"), "/a/b Key \"\" ");
        assert_eq!(shown("a:\n- b: 1\n  ¦\n- c: 2\n"), "/a/- Key \"\" b");
        assert_eq!(shown("a:\n  - ¦\n"), "/a/- Element \"\" ");
        assert_eq!(shown("a:\n  - x\n  - y¦\n"), "/a/- Element \"y\" ");
        assert_eq!(shown("a: |\n  text ¦\nb: 1\n"), "none");
        assert_eq!(shown("a: |\n  text\nb: ¦\n"), "/b Value \"\" ");
        assert_eq!(shown("a: |\n  text\n¦\nb: 1\n"), " Key \"\" a,b");
        assert_eq!(shown("a: |\n  text\n¦\n  more\n"), "none");
        assert_eq!(shown("'a b':\n  \"c\": ¦"), "/a b/c Value \"\" ");
        assert_eq!(shown("a: 1 # x¦"), "none");
        assert_eq!(shown("$ref: #/x¦"), "/$ref Value \"#/x\" ");
        assert_eq!(shown("a: #/x¦"), "none");
        assert_eq!(shown("a:\r\n  b: 1\r\n  c¦\r\n"), "/a Key \"c\" b");
    }

    #[test]
    fn brackets_are_read_across_lines() {
        assert_eq!(shown("a: {b: 1, c¦}\n"), "/a Key \"c\" b");
        assert_eq!(
            shown("a: {b: {$ref: '#/x¦'}}\n"),
            "/a/b/$ref Value \"'#/x'\" $ref"
        );
        assert_eq!(shown("a: [x, ¦]\n"), "/a/- Element \"\" ");
        assert_eq!(shown("a: [\n  {b: 1,\n   ¦"), "/a/- Key \"\" b");
        assert_eq!(shown("a: [x]\nb: ¦"), "/b Value \"\" ");
        let json = "{\"a\": {\"b\": [1, {\"c\": \"x:,\", \"¦\"";
        assert_eq!(shown(json), "/a/b/- Key \"\\\"\\\"\" c");
    }

    proptest! {
        #[test]
        fn any_text_at_any_byte_is_read(text in "[ab:{}\\[\\],'\"#|\\- \n\r😀]{0,60}") {
            for (at, _) in text.char_indices() {
                if let Some(cursor) = Cursor::at(&text, at) {
                    prop_assert!(text.get(cursor.word).is_some());
                }
            }
            Cursor::at(&text, text.len());
        }
    }
}
