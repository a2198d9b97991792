//! Diagnostics: a message, its locations, and what to write instead. Independent of `OpenAPI`.

mod allow;
mod baseline;
pub mod code;
mod fix;
mod group;
mod human;
mod layout;
mod machine;
mod nearest;
mod render;
mod report;
mod spelling;
mod suppress;
#[cfg(test)]
mod tests;

pub(crate) use allow::Allowances;
pub use baseline::Baseline;
pub use fix::{Corrected, ROUNDS};
pub(crate) use layout::laid_out;
pub(crate) use machine::{annotation, sentences};
pub(crate) use nearest::all_nearest;
pub use nearest::nearest;
pub use render::{Format, Reports};
pub(crate) use spelling::{in_quotes, in_single_quotes, is_plain, spelled};
pub(crate) use suppress::CodeOwner;

use std::borrow::Cow;

use crate::text::{Span, floor};

/// The severity of a [`Diagnostic`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// No code is generated.
    Error,
    /// Something was assumed or ignored; the result is usable.
    Warning,
}

/// A location in a source file and a text about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The marked text.
    pub span: Span,
    /// The text beside the mark; may be empty.
    pub text: String,
}

/// A replacement of text that fixes the mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The instruction, as a sentence without a period: "write `Pet`".
    pub message: String,
    /// The text to replace.
    pub span: Span,
    /// The new text.
    pub replacement: String,
    /// Whether the new text is an entry that is to be added in front of the one at `span`, in its layout.
    is_entry: bool,
    /// Whether it may not be what was meant, so that it is only applied on request.
    pub(crate) is_guess: bool,
}

/// An error, or a warning about something that is assumed or ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code such as `SW0102`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// Whether a warning becomes an error in a strict run.
    pub strict: bool,
    /// Whether an error becomes a warning in a lenient run.
    pub lenient: bool,
    /// One sentence, lower case, without a period.
    pub message: String,
    /// The main location; `None` if there is no text (a file that cannot be read).
    pub primary: Option<Label>,
    /// Related locations.
    pub secondary: Vec<Label>,
    /// Explanations.
    pub notes: Vec<String>,
    /// Instructions.
    pub helps: Vec<String>,
    /// Fixes that can be applied automatically.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// Returns an error without a location.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// Returns a warning without a location.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            strict: false,
            lenient: false,
            message: readable(message),
            primary: None,
            secondary: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Whether it is a warning only because of `--lenient`.
    fn is_softened(&self) -> bool {
        self.notes.iter().any(|note| note == SOFTENED)
    }

    /// Marks a warning about a mistake with a usable interpretation. It is an error in a strict run.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// The marked text of the main location.
    pub(crate) fn span(&self) -> Option<Span> {
        self.primary.as_ref().map(|label| label.span)
    }

    /// Sets the location of the mistake.
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.primary = Some(Label {
            span,
            text: readable(text),
        });
        self
    }

    /// Adds a related location.
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            text: readable(text),
        });
        self
    }

    /// Adds an explanation.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(readable(note));
        self
    }

    /// Adds an instruction.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(readable(help));
        self
    }

    /// Adds a fix.
    pub fn fix(
        mut self,
        message: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        self.fixes.push(Fix {
            message: readable(message),
            span,
            replacement: replacement.into(),
            is_entry: false,
            is_guess: false,
        });
        self
    }

    /// Adds the fix that writes another word in place of `written`, which is the string at `span`.
    pub(crate) fn respell(self, written: &str, span: Span, word: &str) -> Self {
        self.fix(
            format!("write `{word}`"),
            span,
            spelled(written, span, word),
        )
    }

    /// Adds a fix that may not be what was meant.
    pub(crate) fn guess(
        mut self,
        message: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        self = self.fix(message, span, replacement);
        if let Some(fix) = self.fixes.last_mut() {
            fix.is_guess = true;
        }
        self
    }

    /// Marks all fixes as ones that may not be what was meant, on a condition.
    pub(crate) fn unsure_if(mut self, is_unsure: bool) -> Self {
        for fix in &mut self.fixes {
            fix.is_guess |= is_unsure;
        }
        self
    }

    /// Adds a fix that adds an entry such as `required: true` in front of the entry at `span`.
    pub fn add_entry(mut self, message: impl Into<String>, span: Span, entry: &str) -> Self {
        self = self.fix(message, span, entry);
        if let Some(fix) = self.fixes.last_mut() {
            fix.is_entry = true;
        }
        self
    }
}

/// A quoted text of more bytes than this is shortened: names and values in a description can be of any length.
const LONG: usize = 300;

/// The text with the middle of each long quoted part left out.
fn readable(text: impl Into<String>) -> String {
    let text = text.into();
    if text.len() <= LONG {
        return text;
    }
    let parts: Vec<Cow<'_, str>> = text.split('`').map(shortened).collect();
    parts.join("`")
}

fn shortened(part: &str) -> Cow<'_, str> {
    if part.len() <= LONG {
        return part.into();
    }
    let begin = floor(part, LONG / 2);
    let end = floor(part, part.len() - LONG / 4);
    format!("{}…{}", &part[..begin], &part[end..]).into()
}

/// The note of an error that `--lenient` turned into a warning.
const SOFTENED: &str = "this is an error; with `--lenient` it is ignored";

/// The diagnostics of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Returns an empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The number of diagnostics with this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// Keeps the diagnostics for which `keeps` returns `true`. `keeps` may change them.
    pub(crate) fn retain_mut(&mut self, keeps: impl FnMut(&mut Diagnostic) -> bool) {
        self.list.retain_mut(keeps);
    }

    /// Removes everything except the errors.
    pub fn retain_errors(&mut self) {
        self.list
            .retain(|diagnostic| diagnostic.severity == Severity::Error);
    }

    /// The number of diagnostics.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Marks the errors after the first `before` diagnostics as those that a lenient run ignores.
    pub fn may_soften(&mut self, before: usize) {
        for diagnostic in self.list.iter_mut().skip(before) {
            diagnostic.lenient = diagnostic.severity == Severity::Error;
        }
    }

    /// Turns the errors that a lenient run ignores into warnings.
    pub fn soften(&mut self) {
        for diagnostic in self.list.iter_mut().filter(|one| one.lenient) {
            diagnostic.severity = Severity::Warning;
            diagnostic.notes.push(SOFTENED.to_owned());
        }
    }

    /// Whether a lenient run has no errors.
    pub fn can_be_softened(&self) -> bool {
        let mut errors = self.list.iter();
        errors.all(|one| one.lenient || one.severity != Severity::Error)
    }

    /// Turns warnings about mistakes with a usable interpretation into errors.
    pub fn harden(&mut self) {
        let strict = |one: &&mut Diagnostic| one.strict && one.severity == Severity::Warning;
        for diagnostic in self.list.iter_mut().filter(strict) {
            diagnostic.severity = Severity::Error;
        }
    }

    /// The number of warnings that are errors without `--lenient`.
    pub fn softened(&self) -> usize {
        self.list.iter().filter(|one| one.is_softened()).count()
    }

    /// Whether there are no diagnostics.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All diagnostics, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        self.list.extend(diagnostics);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
