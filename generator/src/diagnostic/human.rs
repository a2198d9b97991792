//! A diagnostic with an excerpt of the file, in the style of rustc.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::{Diagnostic, Fix, Label, Severity};
use crate::text::{FileId, SourceFile, Sources};

/// The maximum distance in bytes between two labels in one excerpt.
const GAP: usize = 16 << 10;

/// The number of bytes of a line that are shown around a label, because a whole file may be one line.
const AROUND: usize = 400;

/// If there are more bytes than this before a label in its line, the excerpt begins shortly before the label.
const LONG: usize = 4 << 10;

/// A label of more lines than this is only drawn on the first one.
const TALL: usize = 8;

pub(super) fn render(diagnostic: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code);
    let mut group = Group::with_title(title);
    for excerpt in excerpts(diagnostic, sources) {
        if let Some(origin) = excerpt.origin() {
            group = group.element(origin);
        }
        group = group.element(excerpt.snippet());
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    for help in &diagnostic.helps {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let mut report = vec![group];
    report.extend(diagnostic.fixes.iter().map(|fix| patch(fix, sources)));
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = renderer.render(&report);
    text.push('\n');
    text
}

/// Some lines of a file with the labels in them.
struct Excerpt<'a> {
    window: Window<'a>,
    marks: Vec<Mark<'a>>,
}

struct Mark<'a> {
    label: &'a Label,
    kind: AnnotationKind,
    range: Range<usize>,
}

impl<'a> Excerpt<'a> {
    /// The location of the first label, if the excerpt alone would show a wrong column.
    fn origin(&self) -> Option<Origin<'a>> {
        let first = self.marks.first().filter(|_| self.window.cut)?;
        let (line, column) = self.window.file.location(first.label.span.start);
        Some(
            Origin::path(self.window.file.path.as_str())
                .line(line)
                .char_column(column),
        )
    }

    fn snippet(self) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let Window {
            file,
            range,
            line,
            cut,
        } = self.window;
        let marks = self.marks.into_iter().map(|mark| {
            let span = mark.range.start - range.start..mark.range.end - range.start;
            let text = (!mark.label.text.is_empty()).then_some(mark.label.text.as_str());
            mark.kind.span(span).label(text)
        });
        Snippet::source(&file.text[range.clone()])
            .path((!cut).then_some(file.path.as_str()))
            .line_start(line)
            .annotations(marks.collect::<Vec<_>>())
    }
}

/// The excerpt of the primary label first, then the others in the order of the files.
fn excerpts<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Excerpt<'a>> {
    let Some(primary) = &diagnostic.primary else {
        return Vec::new();
    };
    let mut labels: Vec<_> = diagnostic
        .secondary
        .iter()
        .map(|label| (label, AnnotationKind::Context))
        .collect();
    labels.push((primary, AnnotationKind::Primary));
    labels.sort_by_key(|(label, _)| (label.span.file, label.span.start, label.span.end));
    let mut excerpts: Vec<Excerpt<'_>> = Vec::new();
    let mut main = 0;
    let mut last: Option<FileId> = None;
    for (label, kind) in labels {
        let file = sources.file(label.span.file);
        let range = drawn(file, label);
        let mark = Mark {
            label,
            kind,
            range: range.clone(),
        };
        let joins = last == Some(label.span.file);
        match excerpts
            .last_mut()
            .filter(|excerpt| joins && excerpt.window.reaches(range.start))
        {
            Some(excerpt) => {
                excerpt.window.include(&range);
                excerpt.marks.push(mark);
            }
            None => excerpts.push(Excerpt {
                window: Window::around(file, &range),
                marks: vec![mark],
            }),
        }
        last = Some(label.span.file);
        if std::ptr::eq(label, primary) {
            main = excerpts.len() - 1;
        }
    }
    excerpts[..=main].rotate_right(1);
    excerpts
}

/// The part of a label's span that is drawn.
fn drawn(file: &SourceFile, label: &Label) -> Range<usize> {
    let start = file.floor(label.span.start as usize);
    let end = file.floor(label.span.end as usize).max(start);
    let line = file.line(label.span.start);
    let lines = file.line(label.span.end) - line;
    let most = if lines == 0 { AROUND } else { GAP };
    if lines < TALL && end - start <= most {
        return start..end;
    }
    start
        ..file
            .line_range(line)
            .end
            .min(end)
            .min(file.floor(start + AROUND))
            .max(start)
}

/// Whole lines of a file, or the part of a very long line around a label.
struct Window<'a> {
    file: &'a SourceFile,
    range: Range<usize>,
    line: usize,
    /// Whether the excerpt begins in the middle of its first line.
    cut: bool,
}

impl<'a> Window<'a> {
    fn around(file: &'a SourceFile, range: &Range<usize>) -> Self {
        let line = line_at(file, range.start);
        let line_start = file.line_range(line).start;
        let cut = range.start - line_start > LONG;
        let start = if cut {
            file.floor(range.start - AROUND)
        } else {
            line_start
        };
        let mut window = Self {
            file,
            range: start..range.start,
            line,
            cut,
        };
        window.include(range);
        window
    }

    fn reaches(&self, start: usize) -> bool {
        let one_line = line_at(self.file, start) == line_at(self.file, self.range.end);
        start < self.range.end + if one_line { AROUND } else { GAP }
    }

    fn include(&mut self, range: &Range<usize>) {
        let line = self.file.line_range(line_at(self.file, range.end));
        let far = self.file.floor(range.end + AROUND);
        self.range.end = self.range.end.max(line.end.min(far)).max(range.end);
    }
}

fn line_at(file: &SourceFile, at: usize) -> usize {
    file.line(u32::try_from(at).unwrap_or(u32::MAX))
}

fn patch<'a>(fix: &'a Fix, sources: &'a Sources) -> Group<'a> {
    let file = sources.file(fix.span.file);
    let start = file.floor(fix.span.start as usize);
    let end = file.floor(fix.span.end as usize).max(start);
    let window = Window::around(file, &(start..end));
    let title = Level::HELP.secondary_title(fix.message.as_str());
    // A patch shows whole lines, so for a very long line only the sentence is shown.
    if window.cut || window.range.len() > LONG {
        return Group::with_title(title);
    }
    let patch = Patch::new(
        start - window.range.start..end - window.range.start,
        fix.replacement.as_str(),
    );
    let snippet = Snippet::source(&file.text[window.range])
        .path(file.path.as_str())
        .line_start(window.line);
    Group::with_title(title).element(snippet.patch(patch))
}
