//! Reports names that differ from others only in a number or a general word, because the description could give better
//! ones.

use crate::diagnostic::Diagnostic;
use crate::lower::Lowerer;
use crate::lower::code;
use crate::name::{Ident, Scope};
use crate::source::Span;

/// The help for giving an item a name of its own.
pub(crate) const OWN_NAME: &str = "give one of them an `x-rust-name`";

impl Lowerer<'_, '_> {
    /// Reports a name that differs from another one of its scope only in a number or in a separator.
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
        } else if scope.is_separated(name) {
            self.report_poor_name("a separator", name.as_str(), kind, place, help);
        }
    }

    /// Reports a name that differs from another one only in a number. A location that several types or operations share
    /// is reported once.
    pub(crate) fn report_number(
        &mut self,
        name: &str,
        kind: &str,
        place: Option<Span>,
        help: &str,
    ) {
        self.report_poor_name("a number", name, kind, place, help);
    }

    /// Reports a name that differs from another one of its scope only in `what`.
    pub(crate) fn report_poor_name(
        &mut self,
        what: &str,
        name: &str,
        kind: &str,
        place: Option<Span>,
        help: &str,
    ) {
        let Some(place) = place.filter(|&place| self.names.numbered.insert(place)) else {
            return;
        };
        let message = format!("the {kind} `{name}` differs from another one only in {what}");
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
