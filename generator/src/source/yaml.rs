//! YAML → tree.
//!
//! The parser's events are folded into nodes on an explicit stack, so that no input can exhaust the program's own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Marks, Tag};

use super::syntax::DEEPEST;
use super::{FileId, Key, Member, Node, Span, Value, offset, scalar, yaml_error};
use crate::diagnostic::{Diagnostic, code};

mod aliases;
mod frame;
mod offsets;

use aliases::Anchors;
use frame::{Frame, Place};
use offsets::Offsets;

/// Reads the one document of a text. What does not hinder goes to `found`; the first thing that does is the error.
pub(super) fn read(
    file: FileId,
    text: &str,
    found: &mut Vec<Diagnostic>,
) -> Result<Node, Diagnostic> {
    let mut builder = Builder {
        file,
        text,
        offsets: Offsets::new(text),
        stack: Vec::new(),
        anchors: Anchors::default(),
        root: None,
        found,
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event, marks)) => builder.event(event, marks)?,
            Err(error) => return Err(builder.syntax_error(&error)),
        }
    }
    builder.root.ok_or_else(|| {
        let start = Span {
            file,
            start: 0,
            end: 0,
        };
        Diagnostic::error(code::EMPTY, "the file holds no value")
            .at(start, "")
            .help("a description begins with `openapi: 3.1.0`")
    })
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    offsets: Offsets,
    stack: Vec<Frame>,
    anchors: Anchors,
    root: Option<Node>,
    found: &'a mut Vec<Diagnostic>,
}

/// A node that is complete, with what its container has to know of it.
struct Built {
    node: Node,
    /// Where the text ends that stands for it; elsewhere than the node's own end if it came through an alias.
    end: u32,
    /// How many values stand inside each other in it.
    height: usize,
}

type Step = Result<(), Diagnostic>;

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, marks: Marks) -> Step {
        match event {
            Event::DocumentStart(_) => self.document(marks),
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), marks)
            }
            Event::SequenceStart(anchor, tag) => self.open(Frame::list(anchor), tag, marks),
            Event::MappingStart(anchor, tag) => self.open(Frame::map(anchor), tag, marks),
            Event::SequenceEnd | Event::MappingEnd => self.close(marks),
            Event::Alias(anchor) => self.alias(anchor, marks),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn span(&self, marks: Marks) -> Span {
        let start = self.offsets.byte(self.text, marks.start.index());
        let end = self.offsets.byte(self.text, marks.end.index());
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
        .help("give each description a file of its own"))
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
        if let Some(Place::Key) = self.stack.last().map(Frame::place) {
            let key = Key {
                text: text.into(),
                span,
            };
            self.anchors.keep(
                anchor,
                || Node {
                    span,
                    value: Value::String(text.into()),
                },
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
        let built = Built {
            node: Node { span, value },
            end: span.end,
            height: 0,
        };
        self.anchors.keep(anchor, || built.node.clone(), 0, span)?;
        self.put(built);
        Ok(())
    }

    /// The bytes of `&anchor` and `!tag` before a scalar: the parser counts them in, a reader does not.
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

    /// Where a scalar ends: the parser counts in the empty lines after a block scalar, and spaces and a comment
    /// after a quoted one.
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

    fn key(&mut self, key: Key, style: ScalarStyle) {
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

    fn open(&mut self, mut frame: Frame, tag: Option<Cow<'_, Tag>>, marks: Marks) -> Step {
        let span = self.span(marks);
        if let Some(Place::Key) = self.stack.last().map(Frame::place) {
            return Err(
                Diagnostic::error(code::COMPLEX_KEY, "a map or list is used as a key")
                    .at(span, "")
                    .help("a key is a word; put text that begins with `{` or `[` in quotes"),
            );
        }
        if self.stack.len() >= DEEPEST {
            return Err(too_deep(span));
        }
        match tag.as_deref() {
            Some(tag)
                if !(tag.is_yaml_core_schema() && matches!(tag.suffix.as_str(), "map" | "seq")) =>
            {
                self.unknown_tag(tag, span);
            }
            _ => {}
        }
        frame.start = span.start;
        frame.end = span.end;
        self.stack.push(frame);
        Ok(())
    }

    /// A flow map or list ends with its bracket; a block one ends where its last child ends, which the parser does
    /// not say.
    fn close(&mut self, marks: Marks) -> Step {
        let Some(mut frame) = self.stack.pop() else {
            return Ok(());
        };
        frame.end = frame.end.max(self.bracket_end(marks));
        let span = Span {
            file: self.file,
            start: frame.start,
            end: frame.end,
        };
        let (anchor, height) = (frame.anchor, frame.height + 1);
        let node = Node {
            span,
            value: frame.finish(self.found),
        };
        self.anchors.keep(anchor, || node.clone(), height, span)?;
        self.put(Built {
            node,
            end: span.end,
            height,
        });
        Ok(())
    }

    fn bracket_end(&self, marks: Marks) -> u32 {
        let span = self.span(marks);
        match &self.text[span.start as usize..span.end as usize] {
            "]" | "}" => span.end,
            _ => 0,
        }
    }

    fn alias(&mut self, anchor: usize, marks: Marks) -> Step {
        let span = self.span(marks);
        let built = self.anchors.copy(anchor, span)?;
        if let Some(Place::Key) = self.stack.last().map(Frame::place) {
            let Value::String(text) = built.node.value else {
                return Err(Diagnostic::error(
                    code::COMPLEX_KEY,
                    "this alias is used as a key but stands for no word",
                )
                .at(span, ""));
            };
            self.key(Key { text, span }, ScalarStyle::DoubleQuoted);
            return Ok(());
        }
        if self.stack.len() + built.height > DEEPEST {
            return Err(too_deep(span));
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
        let start = self.offsets.byte(self.text, error.marker().index());
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
        yaml_error::describe(error.info(), span)
    }
}

/// The length of the quoted text that `text` begins with. A quote after `escape` does not close it.
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
    Diagnostic::error(
        code::TOO_DEEP,
        "more than 200 values stand inside each other",
    )
    .at(span, "")
}

fn beyond_json(text: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(code::NOT_FINITE, format!("JSON has no number `{text}`"))
        .at(span, "read as a string")
        .help("leave the limit out, or write a number")
}
