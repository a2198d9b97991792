//! Warnings that a comment silences.

use super::{Diagnostic, Diagnostics, Severity, code};
use crate::source::Sources;

impl Diagnostics {
    /// Drops the warnings that comments of the files allow, and warns of comments that allow a code that does not
    /// exist.
    pub fn suppress(&mut self, sources: &Sources) {
        self.list
            .retain(|diagnostic| !is_allowed(diagnostic, sources));
        let codes = || code::ALL.iter().map(|(code, _)| *code);
        for allow in sources.allowances() {
            if codes().any(|code| code == allow.code) {
                continue;
            }
            let warning = Diagnostic::warning(
                code::UNKNOWN_ALLOW,
                format!("there is no code `{}`", allow.code),
            )
            .at(allow.span, "allowed here");
            self.push(match super::nearest(&allow.code, codes()) {
                Some(near) => warning.fix(format!("write `{near}`"), allow.span, near),
                None => warning,
            });
        }
    }
}

fn is_allowed(diagnostic: &Diagnostic, sources: &Sources) -> bool {
    let Some(primary) = &diagnostic.primary else {
        return false;
    };
    diagnostic.severity == Severity::Warning && sources.allows(primary.span, diagnostic.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

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
        diagnostics.suppress(&sources);
        let left: Vec<_> = diagnostics.iter().map(|one| one.code).collect();
        assert_eq!(left, [code::DUPLICATE_KEY]);
    }

    #[test]
    fn a_code_that_does_not_exist_is_told() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "a: 1 # specwright: allow(SW9999)\n");
        let mut diagnostics = Diagnostics::new();
        diagnostics.suppress(&sources);
        let told = diagnostics.iter().next().unwrap();
        assert_eq!(told.message, "there is no code `SW9999`");
        assert_eq!(sources.text(told.primary.as_ref().unwrap().span), "SW9999");
    }
}
