//! Messages of the YAML parser, rephrased for people who write descriptions.

use super::yaml_shift::shifted;
use super::yaml_slip::{self, Slip};
use crate::diagnostic::{Diagnostic, code};
use crate::text::{Span, offset};

/// The help for an empty file.
pub(super) const BEGINNING: &str = "a description begins with `openapi: 3.1.0`, an overlay with `overlay: 1.1.0`, `specwright.yaml` with `crates:`";

/// A part of the parser's message, its meaning, and what to do.
type Reading = (&'static str, &'static str, &'static str);

const WITHOUT_SPACE: &str = "must be followed by a valid YAML whitespace";

/// Common mistakes. The first entry whose part occurs in the message is used.
const READINGS: &[Reading] = &[
    (
        "mapping values are not allowed",
        "unexpected `:`",
        "quote a string that contains `: `; otherwise check the indentation of this line and the end of the line above",
    ),
    (
        "illegal placement of ':'",
        "unexpected `:`",
        "close the `[` or `{` before it",
    ),
    (
        "may not precede any of",
        "a space is missing after this `:`",
        "put a space after it",
    ),
    (
        "simple key expect",
        "a key without `:`",
        "write each line of a map as `key: value`",
    ),
    (
        "did not find expected key",
        "this line fits no map above it",
        "give all keys of one map the same indentation",
    ),
    (
        "did not find expected '-'",
        "this line fits no list above it",
        "give all `-` of one list the same indentation",
    ),
    ("tab", "a tab is used for indentation", "indent with spaces"),
    (
        "comment intercepting",
        "a comment interrupts a string of several lines",
        "quote the string, or begin it with `|`",
    ),
    (
        "invalid indentation in quoted",
        "this quoted string is not closed, or its next line is not indented enough",
        "close the quote",
    ),
    (
        "unexpected end of stream",
        "this quoted string is not closed",
        "close the quote",
    ),
    (
        "trailing content after",
        "unexpected characters after a closing quote",
        "quote the whole string; write a quote inside it as `\\\"`, or as `''` in single quotes",
    ),
    (
        "unknown escape",
        "unknown escape in a double-quoted string",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "hexadecimal",
        "an escape in this string has too few digits",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "Unicode character escape",
        "an escape in this string is not a character",
        "write the character itself",
    ),
    (
        "expected ',' or '}'",
        "a `,` or `}` is missing here",
        "close the `{`, or put a `,` between its entries",
    ),
    (
        "expected ',' or ']'",
        "a `,` or `]` is missing here",
        "close the `[`, or put a `,` between its elements",
    ),
    (
        "invalid indentation in flow",
        "this line belongs to a `{` or `[` that is still open but is indented too little",
        "close the bracket, or indent the line",
    ),
    (
        "misplaced bracket",
        "a bracket closes nothing",
        "remove it, or quote the string",
    ),
    (
        "unknown anchor",
        "this alias names no anchor above it",
        "an alias `*name` needs `&name` before it; quote a string that begins with `*`",
    ),
    (
        "unexpected character",
        "an unquoted string cannot begin with this character",
        "quote the string",
    ),
    (
        "expected alphabetic or numeric",
        "a name is missing after `&` or `*`",
        "quote a string that begins with `&` or `*`",
    ),
    (
        "did not find expected node content",
        "a value is missing here",
        "write a value, or `null`",
    ),
    (
        "while scanning a block scalar",
        "`|` and `>` are followed by a line break",
        "quote a string that begins with `|` or `>`",
    ),
    (
        "block scalar",
        "a line of this string has the wrong indentation",
        "indent all lines of the string alike",
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin here",
        "begin the list on a separate line",
    ),
    (
        "only valid inside a block",
        "unexpected `-` inside brackets",
        "separate elements with `,` there",
    ),
    (
        WITHOUT_SPACE,
        "a space is missing after this character",
        "put a space after it",
    ),
    (
        "plain scalar cannot start",
        "an unquoted string cannot begin like this",
        "quote the string",
    ),
    (
        "mapping keys are not allowed",
        "a key is not allowed here",
        "check the indentation of this line",
    ),
    (
        "invalid indentation",
        "this line is indented wrongly",
        "give all keys of one map the same indentation",
    ),
    (
        "unprintable character",
        "the file contains a control character",
        "remove it",
    ),
    (
        "byte order mark",
        "the file contains a byte order mark after its beginning",
        "remove it",
    ),
    (
        "tag",
        "a tag that YAML does not know begins with this `!`",
        "quote a string that begins with `!`",
    ),
    (
        "TAG",
        "a directive that YAML does not know begins with this `%`",
        "quote a string that begins with `%`",
    ),
    (
        "directive",
        "a directive that YAML does not know begins with this `%`",
        "quote a string that begins with `%`",
    ),
    (
        "document",
        "a new document begins here",
        "write each description into a separate file",
    ),
];

/// The diagnostic for a bracket that is not closed before this location.
pub(super) fn unclosed(bracket: Span, noticed: Span) -> Diagnostic {
    Diagnostic::error(code::YAML, "not valid YAML: this bracket is not closed")
        .at(bracket, "")
        .also(noticed, "unexpected before it is closed")
        .help("close the bracket, or indent its lines deeper than its key")
}

/// The diagnostic for a message of the parser about a location of a text.
pub(super) fn describe(info: &str, span: Span, text: &str) -> Diagnostic {
    if info.contains("recursion limit") {
        return Diagnostic::error(code::TOO_DEEP, "more than 200 levels of nesting").at(span, "");
    }
    let before = &text[..span.start as usize];
    if info.contains(WITHOUT_SPACE) && before.ends_with('\t') {
        let length = before.len() - before.trim_end_matches('\t').len();
        let tab = Span {
            start: span.start - offset(length),
            end: span.start,
            ..span
        };
        return Diagnostic::error(code::YAML, "not valid YAML: a tab follows a key")
            .at(tab, "")
            .fix("write a space", tab, " ");
    }
    if let Some(slip) = slip_before(info, text, span.start as usize) {
        return describe_slip(slip, span);
    }
    match READINGS.iter().find(|(part, ..)| info.contains(part)) {
        Some((_, meaning, help)) => {
            Diagnostic::error(code::YAML, format!("not valid YAML: {meaning}"))
                .at(span, "")
                .help(*help)
        }
        None => Diagnostic::error(code::YAML, format!("not valid YAML: {info}")).at(span, ""),
    }
}

/// The slip of typing that the parser noticed at a byte.
fn slip_before(info: &str, text: &str, at: usize) -> Option<Slip> {
    let is_one_of = |parts: &[&str]| parts.iter().any(|part| info.contains(part));
    if is_one_of(&["simple key expect", "mapping values are not allowed"]) {
        yaml_slip::slip_above(text, at).or_else(|| shifted(text, at))
    } else if is_one_of(&["unexpected character"]) {
        yaml_slip::text_of_block(text, at)
    } else if is_one_of(&["did not find expected key"]) {
        let slip = yaml_slip::text_after_bracket(text, at);
        let slip = slip.or_else(|| yaml_slip::text_of_block(text, at));
        slip.or_else(|| shifted(text, at))
    } else if is_one_of(&["trailing content after", "comments must be separated"]) {
        yaml_slip::quote_above(text, at)
    } else if is_one_of(&["tab"]) {
        yaml_slip::tabs(text, at)
    } else {
        None
    }
}

fn describe_slip(slip: Slip, noticed: Span) -> Diagnostic {
    let marked = Span {
        start: offset(slip.marked.start),
        end: offset(slip.marked.end),
        ..noticed
    };
    let message = format!("not valid YAML: {}", slip.meaning);
    let mut diagnostic = Diagnostic::error(code::YAML, message).at(marked, "");
    if let Some(text) = slip.noticed {
        diagnostic = diagnostic.also(noticed, text);
    }
    match slip.fixed {
        Some(fixed) => diagnostic.guess(format!("write `{fixed}`"), marked, fixed),
        None => diagnostic.help(slip.help),
    }
}
