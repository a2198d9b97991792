//! Excerpts of both versions around a change, side by side.

use std::fmt::Write as _;
use std::ops::Range;

use crate::diff::change::{Change, Diff};
use crate::text::{SourceFile, Span, offset};

use super::html::escape;

/// The number of lines that are shown before and after the marked ones.
const AROUND: usize = 2;
/// The maximum number of marked lines that are shown.
const MOST_MARKED: usize = 12;
/// The maximum number of bytes of a line that are shown, and how many of them are before the mark.
const WIDEST: usize = 400;
const BEFORE_MARK: usize = 80;

/// Both excerpts; empty if there is no location.
pub(super) fn both(diff: &Diff, change: &Change) -> String {
    let sides = [("before", change.old), ("after", change.new)];
    let figures: String = sides
        .into_iter()
        .map(|(side, span)| match span {
            Some(span) => figure(diff, side, span),
            None => format!("<figure><figcaption>{side}: nothing</figcaption></figure>\n"),
        })
        .collect();
    if change.old.or(change.new).is_none() {
        return String::new();
    }
    format!("<div class=\"sides\">\n{figures}</div>\n")
}

fn figure(diff: &Diff, side: &str, span: Span) -> String {
    let file = diff.sources.file(span.file);
    let marked = marked(file, span);
    let first = file.line(span.start);
    let last = file.line(offset(marked.end.saturating_sub(1))).max(first);
    let shown = last.min(first + MOST_MARKED - 1);
    let from = first.saturating_sub(AROUND).max(1);
    let to = if shown < last {
        shown
    } else {
        // The text after the last line break is not a line.
        let end = file.text.len();
        let end = file.line(offset(end.saturating_sub(1)));
        (last + AROUND).min(end).max(last)
    };
    let location = escape(&diff.location(span));
    let mut text =
        format!("<figure class=\"{side}\"><figcaption>{side}: {location}</figcaption>\n");
    for line in from..=to {
        row(&mut text, file, line, &marked);
    }
    if shown < last {
        let rest = last - shown;
        let _ = writeln!(
            text,
            "<div class=\"row\"><span class=\"number\">…</span><small>{rest} more</small></div>"
        );
    }
    text.push_str("</figure>\n");
    text
}

/// The marked bytes without trailing white space.
fn marked(file: &SourceFile, span: Span) -> Range<usize> {
    let start = span.start as usize;
    let text = file.text.get(start..span.end as usize).unwrap_or_default();
    start..start + text.trim_end().len()
}

/// A line with its number and its marked part.
fn row(text: &mut String, file: &SourceFile, line: usize, marked: &Range<usize>) {
    let range = file.line_range(line);
    let within = |at: usize| at.clamp(range.start, range.end);
    let (start, end) = (within(marked.start), within(marked.end));
    let class = if start < end { "row marked" } else { "row" };
    let _ = write!(
        text,
        "<div class=\"{class}\"><span class=\"number\">{line}</span><code>"
    );
    let from = if range.len() > WIDEST {
        file.floor(start.saturating_sub(BEFORE_MARK))
            .max(range.start)
    } else {
        range.start
    };
    let to = file.floor((from + WIDEST).min(range.end));
    let part = |from: usize, to: usize| escape(file.text.get(from..to).unwrap_or_default());
    if from > range.start {
        text.push('…');
    }
    text.push_str(&part(from, start.min(to)));
    if start < end {
        let _ = write!(text, "<mark>{}</mark>", part(start, end.min(to)));
    }
    text.push_str(&part(end.min(to), to));
    if to < range.end {
        text.push('…');
    }
    text.push_str("</code></div>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, marked: &str) -> String {
        let mut diff = Diff::default();
        let file = diff.sources.add("pets.yaml", text);
        let start = text.find(marked).unwrap();
        let (start, end) = (offset(start), offset(start + marked.len()));
        figure(&diff, "after", Span { file, start, end })
    }

    #[test]
    fn a_long_part_is_cut_after_its_first_lines() {
        let lines: Vec<String> = (1..=30).map(|line| format!("line {line}\n")).collect();
        let shown = excerpt(&lines.concat(), &lines[4..].concat());
        assert_eq!(shown.matches("<mark>").count(), MOST_MARKED);
        assert!(shown.contains("<mark>line 5</mark>") && shown.contains("<small>14 more</small>"));
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let shown = excerpt(
            &format!("{}here{}", "é".repeat(9000), "ü".repeat(9000)),
            "here",
        );
        assert!(shown.contains("é<mark>here</mark>ü") && shown.len() < 2 * WIDEST);
        assert_eq!(shown.matches('…').count(), 2);
    }

    #[test]
    fn the_end_of_a_file_is_no_line() {
        assert_eq!(excerpt("a\nb\n", "b").matches("class=\"row").count(), 2);
    }
}
