//! Fixes that depend on what is written in the file: the layout of an added entry, and the quotes of a string.

use super::{Diagnostics, Fix};
use crate::text::{Sources, Span, line_start};

impl Diagnostics {
    /// Writes the entries that fixes add in the layout of the entries in front of which they are added, and the strings in
    /// the quotes of those that they replace.
    pub(crate) fn lay_out(&mut self, sources: &Sources) {
        for fix in self.list.iter_mut().flat_map(|one| &mut one.fixes) {
            if std::mem::take(&mut fix.is_entry) {
                fix.replacement = entry(sources, fix);
                fix.span.end = fix.span.start;
            } else if let Some(string) = single_quoted(sources, fix) {
                fix.replacement = string;
            }
        }
    }
}

/// The string of a fix in single quotes, if it replaces one in such quotes and has no character that is written
/// differently in them.
fn single_quoted(sources: &Sources, fix: &Fix) -> Option<String> {
    let inner = fix.replacement.strip_prefix('"')?.strip_suffix('"')?;
    let (start, end) = (fix.span.start as usize, fix.span.end as usize);
    let written = sources.file(fix.span.file).text.get(start..end)?;
    let is_single = written.len() > 1 && written.starts_with('\'') && written.ends_with('\'');
    (is_single && !inner.contains(['"', '\'', '\\'])).then(|| format!("'{inner}'"))
}

/// The text of an entry in front of another one.
fn entry(sources: &Sources, fix: &Fix) -> String {
    let text = &sources.file(fix.span.file).text;
    laid_out(text, fix.span, &fix.replacement)
}

/// The text to insert in front of the entry at `next`: `entry`, and what separates the two. In a block, and where each
/// entry has a line of its own, that is a line break with the indentation of the next entry.
pub(crate) fn laid_out(text: &str, next: Span, entry: &str) -> String {
    let (start, end) = (next.start as usize, next.end as usize);
    let line = line_start(text, start);
    let before = &text[line..start];
    let begins_line = before.chars().all(|c| c.is_whitespace() || c == '-');
    let comma = if is_in_flow(&text[end..]) { "," } else { "" };
    let entry = match (entry.split_once(": "), text[start..].starts_with('"')) {
        (Some((key, value)), true) => format!("\"{key}\": {}", json(value)),
        _ => entry.to_owned(),
    };
    if begins_line {
        let indent: String = before
            .chars()
            .map(|c| if c == '-' { ' ' } else { c })
            .collect();
        let line_break = if text[..line].ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        format!("{entry}{comma}{line_break}{indent}")
    } else {
        format!("{entry}, ")
    }
}

/// A value of YAML as JSON: a string in quotes.
fn json(value: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(value) {
        Ok(_) => value.to_owned(),
        Err(_) => serde_json::Value::from(value).to_string(),
    }
}

/// Whether a flow collection goes on or ends after an entry.
fn is_in_flow(after: &str) -> bool {
    let mut rest = after.trim_start();
    while rest.starts_with('#') {
        rest = rest
            .split_once('\n')
            .map_or("", |(_, rest)| rest.trim_start());
    }
    rest.starts_with([',', '}'])
}

#[cfg(test)]
mod tests {
    use super::laid_out;
    use crate::text::{FileId, Span};

    fn added(text: &str, next: &str) -> String {
        let start = text.find(next).unwrap();
        let offset = |at: usize| u32::try_from(at).unwrap();
        let span = Span {
            file: FileId(0),
            start: offset(start),
            end: offset(start + next.len()),
        };
        let mut text = text.to_owned();
        text.insert_str(start, &laid_out(&text, span, "b: 1"));
        text
    }

    #[test]
    fn an_entry_is_written_like_the_next_one() {
        for (text, next, expected) in [
            ("a: 2 # why\n", "a: 2", "b: 1\na: 2 # why\n"),
            ("- a: 2\n  c: 3\n", "a: 2", "- b: 1\n  a: 2\n  c: 3\n"),
            ("- x: 1\n  a: 2\n", "a: 2", "- x: 1\n  b: 1\n  a: 2\n"),
            ("[{x: 1, a: 2}]", "a: 2", "[{x: 1, b: 1, a: 2}]"),
            (
                "{\n  \"a\": 2\n}",
                "\"a\": 2",
                "{\n  \"b\": 1,\n  \"a\": 2\n}",
            ),
            ("{\"a\":2}", "\"a\":2", "{\"b\": 1, \"a\":2}"),
            (
                "{\n  a: 2, # why\n}",
                "a: 2",
                "{\n  b: 1,\n  a: 2, # why\n}",
            ),
        ] {
            assert_eq!(added(text, next), expected);
        }
    }
}
