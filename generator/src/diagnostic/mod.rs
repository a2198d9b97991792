//! What is wrong, where, and what to write instead. Knows no `OpenAPI`.

mod allow;
pub mod code;
mod human;
mod machine;
mod nearest;
mod render;
mod suppress;
#[cfg(test)]
mod tests;

pub use nearest::nearest;
pub use render::Format;

use crate::text::Span;

/// How bad a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Something was assumed or left out; the result is usable.
    Warning,
}

/// A place in a source file and what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The marked text.
    pub span: Span,
    /// What is said beside the mark; may be empty.
    pub text: String,
}

/// A change that mends the mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What to do, as a sentence without a period: "write `Pet`".
    pub message: String,
    /// The text to replace.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// One mistake or one thing worth knowing about a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code such as `SW0102`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// Whether a warning is an error for those who own the description.
    pub strict: bool,
    /// One sentence, lower case, without a period.
    pub message: String,
    /// The place of the mistake; `None` where there is no text (a file that cannot be read).
    pub primary: Option<Label>,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// Facts that help to understand.
    pub notes: Vec<String>,
    /// What to do.
    pub helps: Vec<String>,
    /// Changes that can be applied as they are.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// An error, without a place yet.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message.into())
    }

    /// A warning, without a place yet.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message.into())
    }

    fn new(code: &'static str, severity: Severity, message: String) -> Self {
        Self {
            code,
            severity,
            strict: false,
            message,
            primary: None,
            secondary: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Marks a mistake in the description that has a usable reading: a warning, and an error in a strict run.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// The place of the mistake.
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.primary = Some(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Another place that matters.
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// A fact that helps to understand.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// What to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }

    /// A change that mends the mistake.
    pub fn fix(
        mut self,
        message: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        self.fixes.push(Fix {
            message: message.into(),
            span,
            replacement: replacement.into(),
        });
        self
    }
}

/// What is added to an error that became a warning.
const SOFTENED: &str = "this is an error; `--lenient` ignores what is wrong";

/// Everything a run has to say, in the order of the files once sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Nothing to say yet.
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

    /// How many of them have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Makes warnings of the errors that were added when there were `before` of them.
    pub fn soften(&mut self, before: usize) {
        let since = self.list.iter_mut().skip(before);
        for diagnostic in since.filter(|diagnostic| diagnostic.severity == Severity::Error) {
            diagnostic.severity = Severity::Warning;
            diagnostic.notes.push(SOFTENED.to_owned());
        }
    }

    /// Makes errors of the warnings about mistakes that those who own the description can correct.
    pub fn harden(&mut self) {
        let strict = |one: &&mut Diagnostic| one.strict && one.severity == Severity::Warning;
        for diagnostic in self.list.iter_mut().filter(strict) {
            diagnostic.severity = Severity::Error;
        }
    }

    /// How many of the warnings would be errors if the reading were not lenient.
    pub fn softened(&self) -> usize {
        let softened = |one: &&Diagnostic| one.notes.iter().any(|note| note == SOFTENED);
        self.list.iter().filter(softened).count()
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them, in the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        self.list.extend(diagnostics);
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
