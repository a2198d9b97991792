//! Elements of lists that are indented deeper than those before them.

use crate::diagnostic::{Diagnostic, code};
use crate::text::{Span, offset};

/// The warning about a line of an element without quotes that begins like another element.
pub(super) fn deeper_element(text: &str, element: Span) -> Option<Diagnostic> {
    let own = &text[element.start as usize..element.end as usize];
    // A sentence may be followed by a list in the text.
    if own.lines().next()?.trim_end().contains(' ') {
        return None;
    }
    let at = own.match_indices('\n').find_map(|(at, _)| {
        let line = own[at..].trim_start();
        line.starts_with("- ").then_some(own.len() - line.len())
    })?;
    let line = own[at..].lines().next().unwrap_or_default().trim_end();
    let start = element.start + offset(at);
    let marked = Span {
        start,
        end: start + offset(line.len()),
        ..element
    };
    let message = "this line belongs to the element above it, because it is indented deeper";
    let diagnostic = Diagnostic::warning(code::DEEPER_ELEMENT, message).strict();
    let diagnostic = diagnostic.at(marked, "both are one string");
    Some(diagnostic.help("give all `-` of one list the same indentation"))
}
