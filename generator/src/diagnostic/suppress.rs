//! Warnings that a comment silences.

use super::{Diagnostic, Diagnostics, Severity, code};
use crate::source::Sources;

impl Diagnostics {
    /// Drops the warnings that comments of the files allow, and warns of comments that allow something that is no
    /// code.
    pub fn suppress(&mut self, sources: &Sources) {
        self.list
            .retain(|diagnostic| !is_allowed(diagnostic, sources));
        for allow in sources.allowances() {
            if !is_code(&allow.code) {
                let warning = Diagnostic::warning(
                    code::UNKNOWN_ALLOW,
                    format!("`{}` is no code", allow.code),
                );
                self.push(
                    warning
                        .at(allow.span, "allowed here")
                        .help("write the code of the warning, such as `SW0205`"),
                );
            }
        }
    }
}

fn is_code(text: &str) -> bool {
    let digits = text.strip_prefix("SW").unwrap_or_default();
    digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
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
    fn what_is_no_code_is_told() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "a: 1 # specwright: allow(missing-docs)\n");
        let mut diagnostics = Diagnostics::new();
        diagnostics.suppress(&sources);
        let told = diagnostics.iter().next().unwrap();
        assert_eq!(told.message, "`missing-docs` is no code");
        assert_eq!(
            sources.text(told.primary.as_ref().unwrap().span),
            "missing-docs"
        );
    }
}
