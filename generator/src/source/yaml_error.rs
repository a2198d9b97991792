//! What the YAML parser says, in words for people who write descriptions.

use super::Span;
use crate::diagnostic::{Diagnostic, code};

/// A part of the parser's message, what it means, and what to do.
type Reading = (&'static str, &'static str, &'static str);

/// The mistakes that people make. The first part that occurs in the message counts.
const READINGS: &[Reading] = &[
    (
        "mapping values are not allowed",
        "a `:` stands where no key can end",
        "put text that holds `: ` in quotes; otherwise check the indentation of this line and the end of the line above",
    ),
    (
        "illegal placement of ':'",
        "a `:` stands where no key can end",
        "close the `[` or `{` before it",
    ),
    (
        "simple key expect",
        "a key without `:`",
        "each line of a map reads `key: value`",
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
        "a comment stands inside a text of several lines",
        "put the text in quotes, or begin it with `|`",
    ),
    (
        "invalid indentation in quoted",
        "this quoted text does not end, or goes on with too little indentation",
        "close the quote",
    ),
    (
        "unexpected end of stream",
        "this quoted text does not end",
        "close the quote",
    ),
    (
        "trailing content after",
        "text after a closing quote",
        "put the whole text in quotes; write a quote inside as `\\\"`, or as `''` in single quotes",
    ),
    (
        "unknown escape",
        "this text in double quotes holds an escape that YAML has not",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "hexadecimal",
        "digits are missing in an escape of this text",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "Unicode character escape",
        "an escape in this text stands for no character",
        "write the character itself",
    ),
    (
        "expected ',' or '}'",
        "a `,` or `}` is missing here",
        "close the `{`, or put a `,` between its members",
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
        "remove it, or put the text in quotes",
    ),
    (
        "unknown anchor",
        "this alias names no anchor above it",
        "an alias `*name` needs `&name` before it; put text that begins with `*` in quotes",
    ),
    (
        "unexpected character",
        "no plain text begins with this character",
        "put the text in quotes",
    ),
    (
        "expected alphabetic or numeric",
        "a name is missing after `&` or `*`",
        "put text that begins with `&` or `*` in quotes",
    ),
    (
        "did not find expected node content",
        "a value is missing here",
        "write a value, or `null`",
    ),
    (
        "while scanning a block scalar",
        "`|` and `>` are followed by a line break",
        "put text that begins with `|` or `>` in quotes",
    ),
    (
        "block scalar",
        "a line of this text is indented wrongly",
        "indent all lines of the text alike",
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin here",
        "begin the list on a line of its own",
    ),
    (
        "only valid inside a block",
        "a `-` stands inside brackets",
        "separate elements with `,` there",
    ),
    (
        "must be followed by a valid YAML whitespace",
        "a space is missing after this character",
        "put a space after it",
    ),
    (
        "plain scalar cannot start",
        "no plain text begins like this",
        "put the text in quotes",
    ),
    (
        "mapping keys are not allowed",
        "a key cannot stand here",
        "check the indentation of this line",
    ),
    (
        "invalid indentation",
        "this line is indented wrongly",
        "give all keys of one map the same indentation",
    ),
    (
        "unprintable character",
        "a control character stands in the text",
        "remove it",
    ),
    (
        "byte order mark",
        "a byte order mark stands inside the text",
        "remove it",
    ),
    (
        "tag",
        "a tag that YAML does not know begins with this `!`",
        "put text that begins with `!` in quotes",
    ),
    (
        "TAG",
        "a directive that YAML does not know begins with this `%`",
        "put text that begins with `%` in quotes",
    ),
    (
        "directive",
        "a directive that YAML does not know begins with this `%`",
        "put text that begins with `%` in quotes",
    ),
    (
        "document",
        "a new document begins here",
        "give each description a file of its own",
    ),
];

/// The diagnostic for a message of the parser.
pub(super) fn describe(info: &str, span: Span) -> Diagnostic {
    if info.contains("recursion limit") {
        return Diagnostic::error(
            code::TOO_DEEP,
            "more than 200 values stand inside each other",
        )
        .at(span, "");
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
