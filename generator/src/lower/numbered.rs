//! Names that only a number or a general word tells from others, which the description could say better.

use crate::diagnostic::Diagnostic;
use crate::lower::Lowerer;
use crate::lower::code;
use crate::name::{Ident, Scope};
use crate::source::Span;

/// What could give a thing a name of its own.
pub(crate) const OWN_NAME: &str = "give one of them an `x-rust-name`";

impl Lowerer<'_, '_> {
    /// Reports a name that only a number tells from another one of its scope.
    pub(crate) fn report_if_numbered(
        &mut self,
        scope: &Scope,
        name: &Ident,
        kind: &str,
        place: Option<Span>,
        help: &str,
    ) {
        if scope.is_numbered(name) {
            self.report_number(name.as_str(), kind, place, help);
        }
    }

    /// Reports a name that only a number tells from another one. A location that several types or operations share is
    /// reported once.
    pub(crate) fn report_number(
        &mut self,
        name: &str,
        kind: &str,
        place: Option<Span>,
        help: &str,
    ) {
        self.report_poor_name("a number", name, kind, place, help);
    }

    /// Reports a name that only `what` tells from another one of its scope.
    pub(crate) fn report_poor_name(
        &mut self,
        what: &str,
        name: &str,
        kind: &str,
        place: Option<Span>,
        help: &str,
    ) {
        let Some(place) = place.filter(|&place| self.numbered.insert(place)) else {
            return;
        };
        let message = format!("only {what} tells the {kind} `{name}` from another one");
        self.diagnostics.push(
            Diagnostic::warning(code::NUMBERED_NAME, message)
                .at(
                    place,
                    format!("another {kind} has the name that this one would get"),
                )
                .help(help),
        );
    }
}
