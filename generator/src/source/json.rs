//! JSON → tree, in one pass over the bytes.

use super::members;
use super::node::{DEEPEST, Fatal, Key, Member, Node, Value};
use crate::diagnostic::{Diagnostic, code};
use crate::text::{FileId, Span, floor, offset};

/// Reads one JSON value. Duplicate keys are added to `found`; the first syntax error is returned.
pub(super) fn read(file: FileId, text: &str, found: &mut Vec<Diagnostic>) -> Result<Node, Fatal> {
    let mut reader = Reader {
        file,
        text,
        bytes: text.as_bytes(),
        at: 0,
        depth: 0,
        elements: Vec::new(),
        members: Vec::new(),
        found,
    };
    let node = reader.document();
    node.map_err(|fault| fault.describe(file, text).into())
}

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    /// The elements of all arrays that are open. Those of the innermost one are last.
    elements: Vec<Node>,
    /// The members of all objects that are open. Those of the innermost one are last.
    members: Vec<Member>,
    found: &'a mut Vec<Diagnostic>,
}

/// A syntax error and its location.
struct Fault {
    code: &'static str,
    at: usize,
    end: usize,
    message: &'static str,
    help: Option<&'static str>,
}

impl Fault {
    fn at(at: usize, message: &'static str) -> Self {
        Self {
            code: code::JSON,
            at,
            end: at + 1,
            message,
            help: None,
        }
    }

    fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    fn describe(self, file: FileId, text: &str) -> Diagnostic {
        let start = floor(text, self.at);
        let first = text[start..].chars().next().map_or(0, char::len_utf8);
        let end = floor(text, self.end).max(start + first);
        let span = Span {
            file,
            start: offset(start),
            end: offset(end),
        };
        let error = Diagnostic::error(self.code, self.message).at(span, "");
        match self.help {
            Some(help) => error.help(help),
            None => error,
        }
    }
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Node, Fault> {
        self.space();
        let node = self.value()?;
        self.space();
        match self.peek() {
            None => Ok(node),
            Some(_) => Err(Fault::at(
                self.at,
                "unexpected characters after the end of the JSON value",
            )),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn span(&self, start: usize) -> Span {
        Span {
            file: self.file,
            start: offset(start),
            end: offset(self.at),
        }
    }

    fn value(&mut self) -> Result<Node, Fault> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::array)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?.into()),
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            _ => return Err(self.no_value()),
        };
        Ok(Node::new(self.span(start), value))
    }

    fn no_value(&self) -> Fault {
        match self.peek() {
            None => Fault::at(self.at, "the file ends where a value is expected"),
            Some(b'}' | b']' | b',') => Fault::at(self.at, "a value is missing here")
                .help("remove the comma after the last value"),
            Some(b'\'') => Fault::at(self.at, "a JSON string needs double quotes"),
            Some(b'/' | b'#') => Fault::at(self.at, "JSON has no comments")
                .help("write the description in YAML to comment it"),
            Some(_) => Fault::at(self.at, "this is not a JSON value")
                .help("write a string in double quotes"),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Fault>) -> Result<Value, Fault> {
        if self.depth == DEEPEST {
            let fault = Fault::at(self.at, "more than 200 levels of nesting");
            return Err(Fault {
                code: code::TOO_DEEP,
                ..fault
            });
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Result<Value, Fault> {
        let first = self.elements.len();
        self.space();
        if self.closes(b']') {
            return Ok(Value::List(Vec::new()));
        }
        loop {
            self.space();
            let element = self.value()?;
            self.elements.push(element);
            self.space();
            if self.closes(b']') {
                return Ok(Value::List(self.elements.drain(first..).collect()));
            }
            self.comma("a `,` or `]` is missing here")?;
        }
    }

    fn object(&mut self) -> Result<Value, Fault> {
        let first = self.members.len();
        self.space();
        if self.closes(b'}') {
            return Ok(Value::Map(Vec::new()));
        }
        loop {
            self.space();
            let member = self.member()?;
            self.members.push(member);
            self.space();
            if self.closes(b'}') {
                let members = self.members.drain(first..).collect();
                return Ok(Value::Map(members::keep_first(members, self.found)));
            }
            self.comma("a `,` or `}` is missing here")?;
        }
    }

    fn member(&mut self) -> Result<Member, Fault> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.no_key());
        }
        let text = self.string()?;
        let key = Key {
            text,
            span: self.span(start),
        };
        self.space();
        if !self.closes(b':') {
            return Err(Fault::at(self.at, "a `:` is missing after the key"));
        }
        self.space();
        Ok(Member {
            key,
            value: self.value()?,
        })
    }

    fn no_key(&self) -> Fault {
        match self.peek() {
            None => Fault::at(self.at, "the file ends inside an object").help("close it with `}`"),
            Some(b'}') => Fault::at(self.at, "a key is missing here")
                .help("remove the comma after the last member"),
            Some(b'/' | b'#') => Fault::at(self.at, "JSON has no comments")
                .help("write the description in YAML to comment it"),
            Some(_) => Fault::at(self.at, "a JSON key needs double quotes"),
        }
    }

    /// Skips `byte` if it is next.
    fn closes(&mut self, byte: u8) -> bool {
        let closes = self.peek() == Some(byte);
        self.at += usize::from(closes);
        closes
    }

    fn comma(&mut self, missing: &'static str) -> Result<(), Fault> {
        if self.closes(b',') {
            Ok(())
        } else {
            Err(Fault::at(self.at, missing))
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Fault> {
        let ends = |byte: &u8| !byte.is_ascii_alphanumeric() && *byte != b'_';
        let after = self.bytes.get(self.at + word.len());
        if self.bytes[self.at..].starts_with(word.as_bytes()) && after.is_none_or(ends) {
            self.at += word.len();
            return Ok(value);
        }
        Err(Fault::at(self.at, "this is not a JSON value").help("write a string in double quotes"))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<&str, Fault> {
        let start = self.at;
        self.closes(b'-');
        let first = self.peek();
        match self.digits() {
            0 => return Err(Fault::at(self.at, "a digit is missing here")),
            1 => {}
            _ if first == Some(b'0') => {
                return Err(Fault::at(start, "a JSON number has no leading zero"));
            }
            _ => {}
        }
        if self.closes(b'.') && self.digits() == 0 {
            return Err(Fault::at(
                self.at,
                "a digit is missing after the decimal point",
            ));
        }
        if self.closes(b'e') || self.closes(b'E') {
            let _signed = self.closes(b'+') || self.closes(b'-');
            if self.digits() == 0 {
                return Err(Fault::at(self.at, "a digit is missing in the exponent"));
            }
        }
        Ok(&self.text[start..self.at])
    }

    /// Most strings contain no escape and are one slice of the text.
    fn string(&mut self) -> Result<Box<str>, Fault> {
        let open = self.at;
        self.at += 1;
        let start = self.at;
        self.plain(open)?;
        if self.closes(b'"') {
            return Ok(self.text[start..self.at - 1].into());
        }
        let mut decoded = self.text[start..self.at].to_owned();
        while !self.closes(b'"') {
            self.escape(&mut decoded)?;
            let start = self.at;
            self.plain(open)?;
            decoded.push_str(&self.text[start..self.at]);
        }
        Ok(decoded.into())
    }

    /// Advances to the next quote or backslash of the string that began at `open`.
    fn plain(&mut self, open: usize) -> Result<(), Fault> {
        let rest = &self.bytes[self.at..];
        let Some(length) = rest
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F))
        else {
            return Err(Fault::at(open, "this string does not end").help("close it with `\"`"));
        };
        self.at += length;
        match self.peek() {
            Some(b'"' | b'\\') => Ok(()),
            Some(b'\n' | b'\r') => {
                let end = self.at;
                Err(Fault {
                    end,
                    ..Fault::at(open, "this string does not end on its line")
                }
                .help("close it with `\"`, or write `\\n` for a line break"))
            }
            _ => Err(Fault::at(self.at, "a string contains a control character")
                .help("write it as an escape such as `\\t`")),
        }
    }

    fn escape(&mut self, decoded: &mut String) -> Result<(), Fault> {
        let start = self.at;
        self.at += 2;
        let character = match self.bytes.get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => self.unicode(start)?,
            _ => {
                return Err(Fault {
                    end: start + 2,
                    ..Fault::at(start, "JSON has no such escape")
                }
                .help("write `\\\\` for a backslash"));
            }
        };
        decoded.push(character);
        Ok(())
    }

    /// The character of `\uXXXX`, or of a surrogate pair. An unpaired surrogate becomes U+FFFD.
    fn unicode(&mut self, start: usize) -> Result<char, Fault> {
        let high = self.hex(start)?;
        if let Some(character) = char::from_u32(high) {
            return Ok(character);
        }
        let next = self.at;
        if high < 0xDC00 && self.bytes[next..].starts_with(b"\\u") {
            self.at += 2;
            let low = self.hex(next)?;
            if (0xDC00..0xE000).contains(&low) {
                let combined = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                return Ok(char::from_u32(combined).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = next;
        }
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn hex(&mut self, start: usize) -> Result<u32, Fault> {
        let fault = || Fault {
            end: start + 2,
            ..Fault::at(start, "four hexadecimal digits belong after `\\u`")
        };
        let digits = self.bytes.get(self.at..self.at + 4).ok_or_else(fault)?;
        let mut value = 0;
        for digit in digits {
            value = value * 16 + char::from(*digit).to_digit(16).ok_or_else(fault)?;
        }
        self.at += 4;
        Ok(value)
    }
}
