//! Messages of the YAML parser, rephrased for people who write descriptions.

use std::ops::Range;

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
    let (at, noticed) = (span.start as usize, span);
    let marked = |part: Range<usize>| Span {
        start: offset(part.start),
        end: offset(part.end),
        ..span
    };
    if ["simple key expect", "mapping values are not allowed"]
        .iter()
        .any(|part| info.contains(part))
        && let Some((key, fixed)) = key_without_colon(text, at)
    {
        let key = marked(key);
        return Diagnostic::error(code::YAML, "not valid YAML: a key without `:`")
            .at(key, "")
            .guess(format!("write `{fixed}`"), key, fixed);
    }
    if ["trailing content after", "comments must be separated"]
        .iter()
        .any(|part| info.contains(part))
        && let Some(quote) = quote_above(text, at)
    {
        return Diagnostic::error(
            code::YAML,
            "not valid YAML: this quoted string is not closed",
        )
        .at(marked(quote..quote + 1), "")
        .also(noticed, "it ends before this")
        .help("close the quote");
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

/// The line at a byte, or the one above it, if it most likely should be a key, with its correction.
fn key_without_colon(text: &str, at: usize) -> Option<(Range<usize>, String)> {
    let line = text[..at].rfind('\n')? + 1;
    let own = &text[line..at];
    if own.contains(':') {
        return None;
    }
    let is_own = !own.trim().is_empty() && !text[at..].starts_with(':');
    let mut end = if is_own { at } else { line };
    let is_content = |text: &str| !text.trim().is_empty() && !text.trim().starts_with('#');
    let above = text[..end].split_inclusive('\n').rev().find(|above| {
        end -= above.len();
        is_content(above)
    })?;
    let written = without_comment(above).trim();
    let written = written.strip_prefix("- ").unwrap_or(written).trim_start();
    let (word, value) = written.split_once(' ').unwrap_or((written, ""));
    // A key in quotes is one word without spaces, as others are.
    let quotes: &[char] = &['"', '\''];
    let bare = word.trim_matches(quotes);
    let is_key = |character: char| character.is_alphanumeric() || "$_./{}-".contains(character);
    let is_word = bare.starts_with(|first: char| first.is_alphanumeric() || "$/_".contains(first));
    // A string of several lines also consists of words, but its lines are longer than a key and a value.
    if !is_word || !bare.chars().all(is_key) || value.trim().contains([' ', ':', '#', '\'', '"']) {
        return None;
    }
    let start = end + above.find(written)?;
    let fixed = format!("{word}: {value}");
    Some((start..start + written.len(), fixed.trim_end().to_owned()))
}

/// The part of a line before a comment.
fn without_comment(line: &str) -> &str {
    line.split_once(" #").map_or(line, |(before, _)| before)
}

/// The quote that opens the string that ends before a byte, if it stands on an earlier line.
fn quote_above(text: &str, at: usize) -> Option<usize> {
    let before = &text[..at];
    let last = before.rfind(['\'', '"'])?;
    let quote = before[last..].chars().next()?;
    // An apostrophe within a word is none of them.
    let is_apostrophe = |line: &str, at: usize| {
        let is_letter = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
        is_letter(line[..at].chars().next_back()) && is_letter(line[at + 1..].chars().next())
    };
    let quotes = |line: &str| {
        let all = line.match_indices(quote).map(|(at, _)| at);
        let real: Vec<usize> = all.filter(|at| !is_apostrophe(line, *at)).collect();
        real
    };
    let is_open = |line: &str| quotes(line).len() % 2 == 1;
    let mut lines = before.split_inclusive('\n').rev();
    let own = lines.next().filter(|line| is_open(line))?;
    let mut start = at - own.len();
    let above = lines.find(|line| {
        start -= line.len();
        is_open(line)
    })?;
    Some(start + *quotes(above).last()?)
}
