//! Slips of typing that YAML reads as something else, so that the parser rejects a later place. They are looked for in the
//! lines before that place.

use std::ops::Range;

use crate::text::line_start;

/// A slip: where and what it is.
pub(super) struct Slip {
    pub(super) marked: Range<usize>,
    pub(super) meaning: &'static str,
    pub(super) help: &'static str,
    /// What to write in its place, if that is clear.
    pub(super) fixed: Option<String>,
    /// What happens where the parser noticed it.
    pub(super) noticed: Option<&'static str>,
}

impl Slip {
    pub(super) fn new(marked: Range<usize>, meaning: &'static str, help: &'static str) -> Self {
        Self {
            marked,
            meaning,
            help,
            fixed: None,
            noticed: None,
        }
    }
}

/// A line that has content, without its indentation, its comment and the `- ` before it.
struct Line<'t> {
    start: usize,
    text: &'t str,
    /// Whether it goes on with the text of the line above it.
    goes_on: bool,
}

impl<'t> Line<'t> {
    /// The line that most likely is the reason why a byte is rejected: the one above, or the line of the byte if its words
    /// are not a key.
    fn suspect(text: &'t str, at: usize) -> Option<Self> {
        let line = line_start(text, at);
        let own = &text[line..at];
        if own.contains(": ") {
            return None;
        }
        let is_own = !own.trim().is_empty() && !text[at..].starts_with(':');
        let end = if is_own { at } else { line };
        let mut lines = lines_above(text, end);
        let (start, suspect) = lines.next()?;
        let written = without_comment(suspect).trim();
        let written = written.strip_prefix("- ").unwrap_or(written).trim_start();
        let goes_on = lines
            .next()
            .is_some_and(|(_, above)| !is_open(above) && indentation(above) < indentation(suspect));
        Some(Self {
            start: start + suspect.find(written)?,
            text: written,
            goes_on,
        })
    }

    fn slip(&self, meaning: &'static str, help: &'static str, fixed: Option<String>) -> Slip {
        let marked = self.start..self.start + self.text.len();
        Slip {
            fixed,
            ..Slip::new(marked, meaning, help)
        }
    }
}

/// The slip that is most likely the reason why a key or its `:` is rejected at a byte.
pub(super) fn slip_above(text: &str, at: usize) -> Option<Slip> {
    let line = Line::suspect(text, at);
    let slip = line.and_then(|line| {
        let slip = conflict(&line).or_else(|| dash(&line));
        slip.or_else(|| colon(&line)).or_else(|| key(&line))
    });
    slip.or_else(|| text_of_block(text, at))
}

/// The number of spaces before a line.
pub(super) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The mark of a merge conflict.
fn conflict(line: &Line<'_>) -> Option<Slip> {
    let marks = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
    let is_mark = marks.iter().any(|mark| line.text.starts_with(mark));
    let help = "decide on one of the versions, and remove the marks";
    is_mark.then(|| line.slip("this is the mark of a merge conflict", help, None))
}

/// An element of a list without the space after its `-`.
fn dash(line: &Line<'_>) -> Option<Slip> {
    let element = line.text.strip_prefix('-')?;
    let fixed = Some(format!("- {element}"));
    (lacks_space(line.text) && !line.goes_on).then(|| {
        line.slip(
            "a space is missing after this `-`",
            "put a space after it",
            fixed,
        )
    })
}

/// Whether a text most likely begins with an element of a list whose `-` has no space after it.
pub(crate) fn lacks_space(text: &str) -> bool {
    let element = text.strip_prefix('-');
    element.is_some_and(|element| {
        element.starts_with(|first: char| first.is_alphabetic() || "$'\"".contains(first))
    })
}

/// A key with something else than a `:` and a space after it.
fn colon(line: &Line<'_>) -> Option<Slip> {
    let end = line.text.find([':', '=', '\u{ff1a}'])?;
    let (key, rest) = line.text.split_at(end);
    let key = key.trim_end();
    let mut rest = rest.chars();
    let sign = rest.next()?;
    let value = rest.as_str().trim_start();
    // A key may have a `:` itself, as the name of a scope.
    let whole = line.text.split_once(": ").map_or("", |(whole, _)| whole);
    let is_right = sign == ':' && (rest.as_str().starts_with([' ', '\t']) || is_scope(whole));
    if line.goes_on || !is_key(key) || is_right || value.is_empty() || value.starts_with("//") {
        return None;
    }
    let meaning = match sign {
        ':' => "a space is missing after this `:`",
        '=' => "this key has a `=` instead of a `:`",
        _ => "this key has a full-width `：` instead of a `:`",
    };
    // Of several `:`, any may be the one after the key.
    let is_clear = !value.contains(':') || value.contains("://");
    let fixed = is_clear.then(|| format!("{key}: {value}"));
    Some(line.slip(meaning, "write `key: value`", fixed))
}

/// A key without anything after it, or with a value and no `:` between them.
fn key(line: &Line<'_>) -> Option<Slip> {
    let (word, value) = line.text.split_once(' ').unwrap_or((line.text, ""));
    // A string of several lines also consists of words, but its lines are longer than a key and a value.
    if !is_key(word) || value.trim().contains([' ', ':', '#', '\'', '"']) {
        return None;
    }
    let fixed = format!("{word}: {value}").trim_end().to_owned();
    Some(line.slip("a key without `:`", "write `key: value`", Some(fixed)))
}

/// Whether a word consists of several with `:` between them.
fn is_scope(word: &str) -> bool {
    !word.is_empty() && word.split(':').all(is_key)
}

/// Whether a word can be a key. A key in quotes is one word without spaces, as others are.
fn is_key(word: &str) -> bool {
    let quotes: &[char] = &['"', '\''];
    let bare = word.trim_matches(quotes);
    let is_part = |character: char| character.is_alphanumeric() || "$_./{}-".contains(character);
    bare.starts_with(|first: char| first.is_alphanumeric() || "$/_".contains(first))
        && bare.chars().all(is_part)
}

/// The maximum number of lines between the `|` or `>` of a text and the place that is rejected.
const MOST_LINES: usize = 30;

/// A text after `|` or `>` that is not indented deeper than its key.
pub(super) fn text_of_block(text: &str, at: usize) -> Option<Slip> {
    let own = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let mut below: Vec<(usize, &str)> = Vec::new();
    for (start, line) in lines_above(text, own).take(MOST_LINES) {
        let head = without_comment(line).trim_end();
        let head = head.trim_end_matches(|sign: char| sign.is_ascii_digit() || "+-".contains(sign));
        if head.ends_with(": |") || head.ends_with(": >") {
            // The first line decides how far all of them are indented.
            let needed = below.last().map_or(0, |(_, first)| indentation(first));
            let needed = needed.max(indentation(line) + 1);
            let is_outside = |(_, below): &&(usize, &str)| indentation(below) < needed;
            let (start, first) = below.iter().rev().find(is_outside)?;
            let words = first.split(':').next().unwrap_or_default().trim();
            let is_text = words.contains(' ') && !words.starts_with("- ");
            let marked = start + indentation(first)..start + first.trim_end().len();
            let meaning = "a line of the text after `|` or `>` is not indented";
            let help = "indent all of its lines deeper than its key";
            return is_text.then(|| Slip::new(marked, meaning, help));
        }
        below.push((start, line));
    }
    None
}

/// The text after a closing bracket, which is rejected at a byte.
pub(super) fn text_after_bracket(text: &str, at: usize) -> Option<Slip> {
    let start = line_start(text, at);
    let before = text[start..at].trim_end();
    let opening = before.find(['{', '['])?;
    let is_value = before[..opening].ends_with(": ") || before[..opening].ends_with("- ");
    if !is_value || !before.ends_with(['}', ']']) {
        return None;
    }
    let opening = start + opening;
    let value = text[opening..].lines().next().unwrap_or_default();
    let value = without_comment(value).trim_end();
    match text[at..opening + value.len()].trim() {
        "" => return None,
        "," => {
            let end = opening + value.len();
            let meaning = "a `,` follows the closing bracket";
            return Some(Slip::new(end - 1..end, meaning, "remove it"));
        }
        _ => {}
    }
    let meaning = "text follows the closing bracket";
    let help = "quote a string that begins with `{` or `[`";
    Some(Slip {
        fixed: Some(format!("'{}'", value.replace('\'', "''"))),
        ..Slip::new(opening..opening + value.len(), meaning, help)
    })
}

/// The tabs in the indentation of the line of a byte, or of the next line that has some.
pub(super) fn tabs(text: &str, at: usize) -> Option<Slip> {
    let mut start = line_start(text, at);
    let marked = text[start..].split_inclusive('\n').find_map(|line| {
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        let own = start;
        start += line.len();
        let first = line[..indentation].find('\t')?;
        Some(own + first..own + indentation)
    })?;
    let meaning = "a tab is used for indentation";
    Some(Slip::new(marked, meaning, "indent with spaces"))
}

/// The quote that opens the string that ends before a byte, if it is on an earlier line.
pub(super) fn quote_above(text: &str, at: usize) -> Option<Slip> {
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
    let is_unclosed = |line: &str| quotes(line).len() % 2 == 1;
    let mut lines = before.split_inclusive('\n').rev();
    let own = lines.next().filter(|line| is_unclosed(line))?;
    let mut start = at - own.len();
    let above = lines.find(|line| {
        start -= line.len();
        is_unclosed(line)
    })?;
    let quote = start + *quotes(above).last()?;
    let meaning = "this quoted string is not closed";
    Some(Slip {
        noticed: Some("it ends before this"),
        ..Slip::new(quote..quote + 1, meaning, "close the quote")
    })
}

/// The lines with content that end before a byte, from the last one to the first, with their offsets.
pub(super) fn lines_above(text: &str, end: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut start = end;
    let lines = text[..end].split_inclusive('\n').rev();
    let lines = lines.map(move |line| {
        start -= line.len();
        (start, line)
    });
    lines.filter(|(_, line)| !line.trim().is_empty() && !line.trim().starts_with('#'))
}

/// Whether a line ends with a key, whose value is in the next lines.
pub(super) fn is_open(line: &str) -> bool {
    without_comment(line).trim_end().ends_with(':')
}

/// The part of a line before a comment.
pub(super) fn without_comment(line: &str) -> &str {
    line.split_once(" #").map_or(line, |(before, _)| before)
}
