//! Replacements of names in texts.

use crate::diagnostic::{in_quotes, in_single_quotes, is_plain};
use crate::text::{Sources, Span};

/// The span of one part of the pointer of a reference.
pub(super) fn part(sources: &Sources, span: Span, number: usize) -> Result<Span, String> {
    let text = sources.text(span);
    let quotes: &[char] = &['\'', '"'];
    let start = text.len() - text.trim_start_matches(quotes).len();
    let end = text.trim_end_matches(quotes).len();
    let refused = || format!("the reference {text} cannot be changed");
    let mut from = match text.find('#') {
        Some(hash) => hash + 1,
        // A mapping may contain the bare name.
        None => {
            return Ok(Span {
                start: span.start + crate::text::offset(start),
                end: span.start + crate::text::offset(end),
                ..span
            });
        }
    };
    for _ in 0..=number {
        let next = text[from..end].find('/').ok_or_else(refused)?;
        from += next + 1;
    }
    let to = text[from..end].find('/').map_or(end, |next| from + next);
    Ok(Span {
        start: span.start + crate::text::offset(from),
        end: span.start + crate::text::offset(to),
        ..span
    })
}

/// The replacement for a name: with the same quotes, or with quotes if it needs them.
pub(super) fn spelled(sources: &Sources, span: Span, name: &str) -> String {
    let old = sources.text(span);
    if old.starts_with('"') {
        in_quotes(name)
    } else if old.starts_with('\'') || !is_plain(name, old) {
        in_single_quotes(name)
    } else {
        name.to_owned()
    }
}
