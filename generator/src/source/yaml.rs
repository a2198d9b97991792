//! YAML → tree.
//!
//! The parser's events are folded into nodes on an explicit stack, so that no input can overflow the call stack.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Marks, Tag};

use super::node::{DEEPEST, Fatal, Key, Member, Node, Value};
use super::yaml_error::BEGINNING;
use super::{scalar, yaml_error};
use crate::diagnostic::{Diagnostic, code};
use crate::text::{FileId, Span, line_start, offset};

mod aliases;
mod element;
mod frame;
mod offsets;
mod outline;
mod padding;
#[cfg(test)]
mod tests;

use aliases::Anchors;
use element::deeper_element;
use frame::{Frame, NextChild};
use offsets::Offsets;
use padding::{Padding, too_little};

/// The tree of a text.
pub(super) struct Tree {
    pub(super) node: Node,
    /// Whether every value is where it is written: there are no anchors, no merged maps, and no padding.
    pub(super) is_plain: bool,
}

/// Parses the only document of a text. Recoverable mistakes are added to `found`; the first other mistake is returned
/// as the error.
///
/// A text that the parser rejects is parsed again with [`Padding`] if it has lines that are not indented enough.
pub(super) fn read(file: FileId, text: &str, found: &mut Vec<Diagnostic>) -> Result<Tree, Fatal> {
    let before = found.len();
    let refused = match parse(file, text, &mut Padding::default(), found) {
        Err(error) if error.code == code::YAML => error,
        done => return done,
    };
    let mut padding = Padding::of(text);
    let padded = if padding.is_empty() {
        Err(refused)
    } else {
        found.truncate(before);
        match parse(file, text, &mut padding, found) {
            Ok(tree) if padding.is_confirmed() => return Ok(tree),
            Err(further) if place(&further) > place(&refused) => Err(further),
            _ => Err(refused),
        }
    };
    padded.map_err(|refused| further_mistake(file, text, refused))
}

/// The mistake after brackets and quotes that are only rejected for their indentation, if there is one.
fn further_mistake(file: FileId, text: &str, refused: Fatal) -> Fatal {
    let mut padding = Padding::of_all(text);
    match parse(file, text, &mut padding, &mut Vec::new()) {
        Err(further) if place(&further) > place(&refused) => further,
        _ => refused,
    }
}

fn place(error: &Diagnostic) -> Option<u32> {
    error.primary.as_ref().map(|label| label.span.start)
}

fn parse(
    file: FileId,
    text: &str,
    padding: &mut Padding,
    found: &mut Vec<Diagnostic>,
) -> Result<Tree, Fatal> {
    let parsed = padding.apply(text);
    let mut builder = Builder {
        file,
        text,
        parsed: &parsed,
        offsets: Offsets::new(&parsed),
        padding,
        flow: 0,
        has_merges: false,
        stack: Vec::new(),
        anchors: Anchors::default(),
        root: None,
        found,
    };
    let mut parser = Parser::new_from_str(&parsed);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event, marks)) => builder.event(event, marks)?,
            Err(error) => return Err(builder.syntax_error(&error).into()),
        }
    }
    let is_plain = builder.anchors.is_empty() && !builder.has_merges && builder.padding.is_empty();
    let tree = builder.root.map(|node| Tree { node, is_plain });
    tree.ok_or_else(|| {
        let start = Span {
            file,
            start: 0,
            end: 0,
        };
        Diagnostic::error(code::EMPTY, "the file holds no value")
            .at(start, "")
            .help(BEGINNING)
            .into()
    })
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    /// The text with its padding.
    parsed: &'a str,
    offsets: Offsets,
    padding: &'a mut Padding,
    /// The number of open flow collections.
    flow: usize,
    has_merges: bool,
    stack: Vec<Frame>,
    anchors: Anchors,
    root: Option<Node>,
    found: &'a mut Vec<Diagnostic>,
}

/// A complete node, with the information that its container needs.
struct Built {
    node: Node,
    /// The end of its text here. For an alias, this is the end of the alias and not that of the node.
    end: u32,
    /// The number of levels of nesting in it.
    height: usize,
}

type Step = Result<(), Fatal>;

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, marks: Marks) -> Step {
        match event {
            Event::DocumentStart(_) => self.document(marks),
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), marks)
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(Frame::list(anchor), tag.as_deref(), marks)
            }
            Event::MappingStart(anchor, tag) => {
                self.open(Frame::map(anchor), tag.as_deref(), marks)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(marks),
            Event::Alias(anchor) => self.alias(anchor, marks),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    /// The byte offset of a character index from the parser.
    fn byte(&self, index: usize) -> usize {
        self.padding.original(self.offsets.byte(self.parsed, index))
    }

    fn span(&self, marks: Marks) -> Span {
        let start = self.byte(marks.start.index());
        let end = self.byte(marks.end.index());
        Span {
            file: self.file,
            start: offset(start),
            end: offset(end.max(start)),
        }
    }

    fn document(&mut self, marks: Marks) -> Step {
        if self.root.is_none() {
            return Ok(());
        }
        Err(Diagnostic::error(
            code::SEVERAL_DOCUMENTS,
            "a second YAML document begins in this file",
        )
        .at(self.span(marks), "")
        .help("write each description into a separate file")
        .into())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        marks: Marks,
    ) -> Step {
        let mut span = self.span(marks);
        span.start += self.properties(span, anchor != 0 || tag.is_some());
        span.end = span.end.min(self.ends(span, style));
        if matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) {
            self.padded(span);
        }
        if let Some(NextChild::Key) = self.stack.last().map(Frame::place) {
            let key = Key {
                text: text.into(),
                span,
            };
            self.anchors.keep(
                anchor,
                || Node::new(span, Value::String(text.into())),
                0,
                span,
            )?;
            self.key(key, style);
            return Ok(());
        }
        let value = match style {
            ScalarStyle::Plain => scalar::resolve(text),
            _ => Value::String(text.into()),
        };
        let value = match tag {
            Some(tag) => self.tagged(text, value, tag, span),
            None => value,
        };
        if style == ScalarStyle::Plain && tag.is_none() && scalar::is_beyond_json(text) {
            self.found.push(beyond_json(text, span));
        }
        let is_in_block = self.flow == 0 && self.stack.last().is_some_and(Frame::is_list);
        if style == ScalarStyle::Plain && is_in_block {
            self.found.extend(deeper_element(self.text, span));
        }
        let built = Built {
            node: Node {
                span,
                written: scalar::as_written(text, &value),
                value,
            },
            end: span.end,
            height: 0,
        };
        self.anchors.keep(anchor, || built.node.clone(), 0, span)?;
        self.put(built);
        Ok(())
    }

    /// The bytes of `&anchor` and `!tag` before a scalar. The parser includes them in the scalar, but a diagnostic must
    /// not mark them.
    fn properties(&self, span: Span, some: bool) -> u32 {
        let whole = &self.text[span.start as usize..span.end as usize];
        let mut rest = whole;
        while some && rest.starts_with(['&', '!']) {
            rest = rest
                .trim_start_matches(|character: char| !character.is_whitespace())
                .trim_start();
        }
        offset(whole.len() - rest.len())
    }

    /// The end of a scalar. The parser includes the empty lines after a block scalar, and spaces and a comment after a
    /// quoted one.
    fn ends(&self, span: Span, style: ScalarStyle) -> u32 {
        let text = &self.text[span.start as usize..span.end as usize];
        let length = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => text.trim_end().len(),
            ScalarStyle::SingleQuoted => closing_quote(text, b'\'', b'\''),
            ScalarStyle::DoubleQuoted => closing_quote(text, b'"', b'\\'),
            ScalarStyle::Plain => text.len(),
        };
        span.start + offset(length)
    }

    /// Warns about lines of a quoted string or a flow collection that are not indented enough.
    fn padded(&mut self, span: Span) {
        if self.flow > 0 {
            return;
        }
        let pads = self.padding.confirm(span.start, span.end);
        if let [first, rest @ ..] = pads {
            self.found
                .push(too_little(self.file, self.text, first, rest.len()));
        }
    }

    fn key(&mut self, key: Key, style: ScalarStyle) {
        self.has_merges |= &*key.text == "<<";
        if let Some(frame) = self.stack.last_mut() {
            frame.end = frame.end.max(key.span.end);
            frame.key(key, style == ScalarStyle::Plain);
        }
    }

    /// The value of a scalar with a tag.
    fn tagged(&mut self, text: &str, resolved: Value, tag: &Tag, span: Span) -> Value {
        let string = || Value::String(text.into());
        if tag.handle.is_empty() && tag.suffix == "!" {
            return string();
        }
        if !tag.is_yaml_core_schema() {
            self.unknown_tag(tag, span);
            return resolved;
        }
        let plain = scalar::resolve(text);
        match (tag.suffix.as_str(), &plain) {
            ("str" | "binary" | "timestamp", _) => string(),
            ("int" | "float", Value::Number(_))
            | ("bool", Value::Bool(_))
            | ("null", Value::Null) => plain,
            _ => {
                self.unknown_tag(tag, span);
                resolved
            }
        }
    }

    fn unknown_tag(&mut self, tag: &Tag, span: Span) {
        let name = if tag.is_yaml_core_schema() {
            format!("!!{}", tag.suffix)
        } else {
            tag.to_string()
        };
        self.found.push(
            Diagnostic::warning(code::TAG, format!("the tag `{name}` is ignored"))
                .at(span, "read as if the tag were not there")
                .help("remove the tag"),
        );
    }

    fn open(&mut self, mut frame: Frame, tag: Option<&Tag>, marks: Marks) -> Step {
        let span = self.span(marks);
        if let Some(NextChild::Key) = self.stack.last().map(Frame::place) {
            return Err(
                Diagnostic::error(code::COMPLEX_KEY, "a map or a list cannot be a key")
                    .at(span, "")
                    .help("write a string as the key; quote a string that begins with `{` or `[`")
                    .into(),
            );
        }
        if self.stack.len() >= DEEPEST {
            return Err(too_deep(span).into());
        }
        match tag {
            Some(tag)
                if !(tag.is_yaml_core_schema() && matches!(tag.suffix.as_str(), "map" | "seq")) =>
            {
                self.unknown_tag(tag, span);
            }
            _ => {}
        }
        self.flow += usize::from(self.opens_flow(span));
        frame.start = span.start;
        frame.end = span.end;
        self.stack.push(frame);
        Ok(())
    }

    /// A flow map or list ends with its bracket. A block map or list ends where its last child ends, which the parser
    /// does not report.
    fn close(&mut self, marks: Marks) -> Step {
        let Some(mut frame) = self.stack.pop() else {
            return Ok(());
        };
        let bracket = self.bracket_end(marks);
        frame.end = frame.end.max(bracket);
        let span = Span {
            file: self.file,
            start: frame.start,
            end: frame.end,
        };
        if bracket > 0 {
            self.flow = self.flow.saturating_sub(1);
            self.padded(span);
        }
        let (anchor, height) = (frame.anchor, frame.height + 1);
        let node = Node::new(span, frame.finish(self.found));
        self.anchors.keep(anchor, || node.clone(), height, span)?;
        self.put(Built {
            node,
            end: span.end,
            height,
        });
        Ok(())
    }

    /// Whether a collection begins with a bracket.
    fn opens_flow(&self, span: Span) -> bool {
        self.text[span.start as usize..span.end as usize].starts_with(['[', '{'])
    }

    /// The end of the bracket that closes a collection, if there is one. The parser includes the spaces and the comment
    /// after it.
    fn bracket_end(&self, marks: Marks) -> u32 {
        let span = self.span(marks);
        let text = &self.text[span.start as usize..span.end as usize];
        if text.starts_with([']', '}']) {
            span.start + 1
        } else {
            0
        }
    }

    fn alias(&mut self, anchor: usize, marks: Marks) -> Step {
        let span = self.span(marks);
        let built = self.anchors.copy(anchor, span)?;
        if let Some(NextChild::Key) = self.stack.last().map(Frame::place) {
            let Value::String(text) = built.node.value else {
                return Err(Diagnostic::error(
                    code::COMPLEX_KEY,
                    "an alias used as a key must refer to a string",
                )
                .at(span, "")
                .into());
            };
            self.key(Key { text, span }, ScalarStyle::DoubleQuoted);
            return Ok(());
        }
        if self.stack.len() + built.height > DEEPEST {
            return Err(too_deep(span).into());
        }
        self.put(built);
        Ok(())
    }

    fn put(&mut self, built: Built) {
        match self.stack.last_mut() {
            Some(frame) => frame.put(built),
            None => self.root = Some(built.node),
        }
    }

    fn syntax_error(&self, error: &ScanError) -> Diagnostic {
        let start = self.byte(error.marker().index());
        let length = self.text[start..]
            .chars()
            .next()
            .filter(|next| !next.is_control())
            .map_or(0, char::len_utf8);
        let span = Span {
            file: self.file,
            start: offset(start),
            end: offset(start + length),
        };
        if let Some(bracket) = self.unclosed(start) {
            return yaml_error::unclosed(bracket, span);
        }
        yaml_error::describe(error.info(), span, self.text)
    }

    /// The innermost open bracket, if the line of this byte is not indented deeper than the line of the bracket.
    fn unclosed(&self, at: usize) -> Option<Span> {
        let mut starts = self.stack.iter().rev().map(|frame| frame.start as usize);
        let start = starts.find(|start| self.text[*start..].starts_with(['[', '{']))?;
        let indentation = |at: usize| {
            let line = line_start(self.text, at);
            let text = &self.text[line..];
            (line, text.len() - text.trim_start_matches(' ').len())
        };
        let ((opened, outer), (line, inner)) = (indentation(start), indentation(at));
        (line > opened && inner <= outer).then_some(Span {
            file: self.file,
            start: offset(start),
            end: offset(start + 1),
        })
    }
}

/// The length of the quoted string at the beginning of `text`. A quote after `escape` does not close it.
fn closing_quote(text: &str, quote: u8, escape: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        if *byte == escape && (escape != quote || bytes.get(at + 1) == Some(&quote)) {
            at += 2;
        } else if *byte == quote {
            return at + 1;
        } else {
            at += 1;
        }
    }
    text.len()
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(code::TOO_DEEP, "more than 200 levels of nesting").at(span, "")
}

fn beyond_json(text: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(code::NOT_FINITE, format!("`{text}` is not a JSON number"))
        .at(span, "read as a string")
        .help("leave the limit out, or write a number")
}
