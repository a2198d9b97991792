//! The outline of a YAML text: which lines belong to a flow collection or a quoted string, and how far they should be
//! indented.
//!
//! The outline is only made of a text that the parser rejects. The parser then confirms the result, so invalid YAML can
//! confuse the outline, but never changes the tree.

use super::padding::Pad;

/// The lines of flow collections and quoted strings that are not indented enough, with the missing spaces. Those with
/// something that libyaml rejects are only included if `foreign` is set.
pub(super) fn too_little(text: &str, foreign: bool) -> Vec<Pad> {
    let mut outline = Outline {
        foreign,
        bytes: text.as_bytes(),
        at: 0,
        line: 0,
        columns: Vec::new(),
        pads: Vec::new(),
    };
    while outline.at < text.len() {
        if outline.block_line().is_none() {
            break;
        }
    }
    outline.pads
}

struct Outline<'t> {
    /// Whether constructs with something that libyaml rejects are included.
    foreign: bool,
    bytes: &'t [u8],
    at: usize,
    /// The beginning of the line of `at`.
    line: usize,
    /// The columns of the block collections that are open.
    columns: Vec<usize>,
    pads: Vec<Pad>,
}

/// A flow collection or a quoted string that is being skipped.
struct Construct {
    opening: usize,
    /// The minimum column of its lines.
    needed: usize,
    /// Whether it contains something that libyaml rejects, so that it is hardly meant like this.
    foreign: bool,
}

/// `None` if a flow collection or a quoted string does not end.
type Step = Option<()>;

impl Outline<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Whether the byte after the next is blank or there is none.
    fn is_blank_after(&self, next: usize) -> bool {
        self.bytes.get(next + 1).is_none_or(u8::is_ascii_whitespace)
    }

    fn is_after_blank(&self) -> bool {
        self.at == 0 || self.bytes[self.at - 1].is_ascii_whitespace()
    }

    fn skip(&mut self, skipped: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&skipped) {
            self.at += 1;
        }
    }

    fn skip_blanks(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
    }

    fn skip_to_line_end(&mut self) {
        self.skip(|byte| byte != b'\n');
    }

    /// Skips a line break; `false` at the end of the text.
    fn next_line(&mut self) -> bool {
        let more = self.at < self.bytes.len();
        self.at += usize::from(more);
        self.line = self.at;
        more
    }

    fn column(&self) -> usize {
        self.at - self.line
    }

    /// The minimum column of the content of the innermost block collection.
    fn needed(&self) -> usize {
        self.columns.last().map_or(0, |column| column + 1)
    }

    fn open(&mut self, column: usize) {
        if self.needed() <= column {
            self.columns.push(column);
        }
    }

    fn is_document_mark(&self) -> bool {
        let rest = &self.bytes[self.line..];
        let marked = rest.starts_with(b"---") || rest.starts_with(b"...");
        marked && rest.get(3).is_none_or(u8::is_ascii_whitespace)
    }

    /// Skips a line that begins outside of flow collections and quoted strings, and the rest of a construct that
    /// continues on later lines.
    fn block_line(&mut self) -> Step {
        self.skip(|byte| byte == b' ');
        let column = self.column();
        if self.is_document_mark() {
            self.columns.clear();
            self.at += 3;
        } else if matches!(self.peek(), Some(b'\n' | b'\r' | b'#'))
            || self.bytes[self.at..].starts_with(b"%")
        {
            self.skip_to_line_end();
        } else {
            while self.columns.last().is_some_and(|open| *open > column) {
                self.columns.pop();
            }
        }
        let mut start = None;
        loop {
            self.skip_blanks();
            match self.peek() {
                None | Some(b'\n') => break,
                Some(b'#') if self.is_after_blank() => self.skip_to_line_end(),
                Some(_) => self.block_node(&mut start)?,
            }
        }
        self.next_line();
        Some(())
    }

    /// Skips a key, an indicator or a value. `start` is the column where a possible key begins.
    fn block_node(&mut self, start: &mut Option<usize>) -> Step {
        let column = *start.get_or_insert(self.column());
        match self.bytes[self.at] {
            b'-' | b'?' | b':' if self.is_blank_after(self.at) => {
                self.open(column);
                self.at += 1;
                *start = None;
            }
            b'&' | b'!' | b'*' => self.skip(|byte| !byte.is_ascii_whitespace()),
            b'|' | b'>' => self.block_scalar(),
            b'"' | b'\'' | b'[' | b'{' => self.construct()?,
            _ => self.plain(),
        }
        Some(())
    }

    /// Skips the header and the lines of a block scalar, which begins with `|` or `>`.
    fn block_scalar(&mut self) {
        let header = self.at;
        self.skip_to_line_end();
        let digit = self.bytes[header..self.at]
            .iter()
            .take(3)
            .find(|byte| byte.is_ascii_digit());
        let mut content =
            digit.map(|digit| self.needed().saturating_sub(1) + usize::from(digit - b'0'));
        loop {
            let end = self.at;
            if !self.next_line() {
                return;
            }
            self.skip(|byte| byte == b' ');
            let column = self.column();
            let blank = matches!(self.peek(), None | Some(b'\n' | b'\r'));
            if !blank && column < *content.get_or_insert(column.max(self.needed())) {
                self.at = end;
                return;
            }
            self.skip_to_line_end();
        }
    }

    /// Skips a key without quotes, or a plain scalar with all its lines.
    fn plain(&mut self) {
        while !self.plain_line() {
            let end = self.at;
            loop {
                if !self.next_line() {
                    return;
                }
                self.skip_blanks();
                if self.peek() != Some(b'\n') {
                    break;
                }
            }
            let spaces = self.bytes[self.line..]
                .iter()
                .take_while(|byte| **byte == b' ')
                .count();
            if spaces < self.needed() || self.peek() == Some(b'#') || self.is_document_mark() {
                self.at = end;
                return;
            }
        }
    }

    /// Advances to the end of the line, or to a `:` or `#` before it, which ends the scalar.
    fn plain_line(&mut self) -> bool {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => return false,
                b':' if self.is_blank_after(self.at) => return true,
                b'#' if self.is_after_blank() => return true,
                _ => self.at += 1,
            }
        }
        true
    }

    /// Skips a flow collection or a quoted string. Keeps the pads of its lines only if nothing but a comment follows:
    /// otherwise it was most likely left unclosed, and ended at a later bracket or quote.
    fn construct(&mut self) -> Step {
        let mut construct = Construct {
            opening: self.at,
            needed: self.needed(),
            foreign: false,
        };
        let kept = self.pads.len();
        let closed = match self.bytes[self.at] {
            b'"' | b'\'' => self.quoted(&construct),
            _ => self.flow(&mut construct),
        };
        if closed.is_none() {
            self.pads.truncate(kept);
            return None;
        }
        if self.pads.len() > kept {
            self.skip_blanks();
            let ends = matches!(self.peek(), None | Some(b'\n'));
            let ends = ends || self.peek() == Some(b'#') && self.is_after_blank();
            if construct.foreign && !self.foreign || !ends {
                self.pads.truncate(kept);
            }
        }
        Some(())
    }

    /// Advances to the next line of a construct. `None` if no parser accepts it as a part of the construct.
    fn inner_line(&mut self, construct: &Construct) -> Step {
        self.next_line();
        if self.is_document_mark() {
            return None;
        }
        self.skip(|byte| byte == b' ');
        let spaces = self.column();
        self.skip_blanks();
        let empty = matches!(self.peek(), None | Some(b'\n'));
        if !empty && spaces < construct.needed {
            self.pads.push(Pad {
                at: self.line,
                spaces: construct.needed - spaces,
                before: self.pads.last().map_or(0, |pad| pad.before + pad.spaces),
                opening: construct.opening,
            });
        }
        Some(())
    }

    fn quoted(&mut self, construct: &Construct) -> Step {
        let quote = self.peek()?;
        self.at += 1;
        loop {
            match self.peek()? {
                b'\n' => self.inner_line(construct)?,
                b'\\' if quote == b'"' && self.bytes.get(self.at + 1) != Some(&b'\n') => {
                    self.at += 2;
                }
                byte if byte == quote => {
                    self.at += 1;
                    if quote == b'"' || self.peek() != Some(b'\'') {
                        return Some(());
                    }
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    fn flow(&mut self, construct: &mut Construct) -> Step {
        let mut open: Vec<(u8, usize)> = Vec::new();
        // The line of the key, if there is one: libyaml requires a key and its `:` on one line.
        let mut key = None;
        loop {
            match self.peek()? {
                b'\n' => self.flow_line(construct)?,
                b'#' if self.is_after_blank() => self.skip_to_line_end(),
                byte if byte.is_ascii_whitespace() => self.at += 1,
                byte @ (b'[' | b'{') => {
                    open.push((byte + 2, self.line));
                    self.at += 1;
                    key = None;
                }
                byte @ (b']' | b'}') => {
                    let (_, line) = open.pop().filter(|(closing, _)| *closing == byte)?;
                    self.at += 1;
                    if open.is_empty() {
                        return Some(());
                    }
                    key = Some(line);
                }
                b',' => {
                    self.at += 1;
                    key = None;
                }
                b':' => {
                    construct.foreign |= key != Some(self.line);
                    self.at += 1;
                }
                b'"' | b'\'' => {
                    key = Some(self.line);
                    self.quoted(construct)?;
                }
                b'&' | b'!' | b'*' => {
                    self.skip(|byte| !byte.is_ascii_whitespace() && !is_flow_mark(byte));
                }
                _ => {
                    key = Some(self.line);
                    self.flow_plain(construct)?;
                }
            }
        }
    }

    /// Advances to the next line of a flow collection. A comment can begin anywhere.
    fn flow_line(&mut self, construct: &Construct) -> Step {
        let kept = self.pads.len();
        self.inner_line(construct)?;
        if self.peek() == Some(b'#') {
            self.pads.truncate(kept);
        }
        Some(())
    }

    /// Skips a plain scalar with all its lines. libyaml rejects a tab in their indentation.
    fn flow_plain(&mut self, construct: &mut Construct) -> Step {
        loop {
            match self.peek()? {
                b'\n' => {
                    let kept = self.pads.len();
                    self.flow_line(construct)?;
                    let padded = self.pads.len() > kept;
                    construct.foreign |= padded && self.bytes[self.line..self.at].contains(&b'\t');
                }
                b'#' if self.is_after_blank() => return Some(()),
                b':' => {
                    let next = self.bytes.get(self.at + 1);
                    // libyaml rejects a bracket or a comma right after the `:` of an unquoted key.
                    construct.foreign |= next.copied().is_some_and(is_flow_mark);
                    if next.is_none_or(|next| next.is_ascii_whitespace() || is_flow_mark(*next)) {
                        return Some(());
                    }
                    self.at += 1;
                }
                byte if is_flow_mark(byte) => return Some(()),
                _ => self.at += 1,
            }
        }
    }
}

fn is_flow_mark(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}
