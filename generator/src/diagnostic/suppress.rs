//! Removes warnings that a comment silences.

use hashbrown::HashSet;

use super::allow::{Allow, Allowances};
use super::{Diagnostic, Diagnostics, Severity, code};
use crate::text::Sources;

/// The place where a code in a comment is defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeOwner {
    /// The code of a diagnostic.
    Here,
    /// Another code, such as that of a change between two descriptions.
    Elsewhere,
    /// An unknown code.
    Nowhere,
}

impl Diagnostics {
    /// Removes the warnings that comments in the files allow, and adds warnings about comments with an unknown code or
    /// without effect. If there are errors, later stages have not run, so comments without effect are not reported.
    pub(crate) fn suppress(&mut self, sources: &Sources, known: impl Fn(&str) -> CodeOwner) {
        let allowances = Allowances::of(sources);
        let mut used = HashSet::new();
        self.list.retain(|diagnostic| {
            let allowance = allowance(diagnostic, sources, &allowances);
            used.extend(allowance);
            allowance.is_none()
        });
        let complete = !self.has_errors();
        for (index, allow) in allowances.iter().enumerate() {
            match known(&allow.code) {
                CodeOwner::Nowhere => self.push(unknown(allow)),
                CodeOwner::Here if complete && !used.contains(&index) => self.push(unused(allow)),
                CodeOwner::Here | CodeOwner::Elsewhere => {}
            }
        }
    }
}

fn allowance(diagnostic: &Diagnostic, sources: &Sources, allowances: &Allowances) -> Option<usize> {
    let primary = diagnostic.primary.as_ref()?;
    let silenced = diagnostic.severity == Severity::Warning;
    silenced
        .then(|| allowances.find(sources, primary.span, diagnostic.code))
        .flatten()
}

fn unknown(allow: &Allow) -> Diagnostic {
    let message = format!("unknown code `{}`", allow.code);
    Diagnostic::warning(code::UNKNOWN_ALLOW, message)
        .at(allow.span, "allowed here")
        .help("write the code of the warning, such as `SW0205`")
}

fn unused(allow: &Allow) -> Diagnostic {
    let message = format!(
        "this comment allows `{}`, which is not reported here",
        allow.code
    );
    Diagnostic::warning(code::UNUSED_ALLOW, message)
        .at(allow.span, "silences nothing")
        .note("a comment silences warnings of its own line and of the line after it")
        .help("remove the comment")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn known(text: &str) -> CodeOwner {
        if text.starts_with("SWD") {
            CodeOwner::Elsewhere
        } else if text.starts_with("SW") {
            CodeOwner::Here
        } else {
            CodeOwner::Nowhere
        }
    }

    #[test]
    fn only_warnings_are_silenced() {
        let mut sources = Sources::default();
        let file = sources.add(
            "a.yaml",
            "a: !x 1 # specwright: allow(SW0012, SW0006) on purpose\n",
        );
        let span = Span {
            file,
            start: 0,
            end: 1,
        };
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(Diagnostic::warning(code::TAG, "tag").at(span, ""));
        diagnostics.push(Diagnostic::error(code::DUPLICATE_KEY, "twice").at(span, ""));
        diagnostics.suppress(&sources, known);
        let left: Vec<_> = diagnostics.iter().map(|one| one.code).collect();
        assert_eq!(left, [code::DUPLICATE_KEY]);
    }

    #[test]
    fn a_comment_that_silences_nothing_is_told_unless_there_are_errors() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "a: 1 # specwright: allow(SW0012)\n");
        let mut diagnostics = Diagnostics::new();
        diagnostics.suppress(&sources, known);
        let codes: Vec<_> = diagnostics.iter().map(|one| one.code).collect();
        assert_eq!(codes, [code::UNUSED_ALLOW]);
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(Diagnostic::error(code::DUPLICATE_KEY, "twice"));
        diagnostics.suppress(&sources, known);
        assert_eq!(diagnostics.count(Severity::Warning), 0);
    }

    #[test]
    fn a_comment_for_another_command_is_not_reported() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "a: 1 # specwright: allow(SWD101)\n");
        let mut diagnostics = Diagnostics::new();
        diagnostics.suppress(&sources, known);
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn unknown_codes_are_reported() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "a: 1 # specwright: allow(missing-docs)\n");
        let mut diagnostics = Diagnostics::new();
        diagnostics.suppress(&sources, known);
        let diagnostic = diagnostics.iter().next().unwrap();
        assert_eq!(diagnostic.message, "unknown code `missing-docs`");
        assert_eq!(
            sources.text(diagnostic.primary.as_ref().unwrap().span),
            "missing-docs"
        );
    }
}
