//! Checks of the description as a whole: warnings about usable but questionable parts.
//!
//! A parameter of a path item or a component belongs to many operations, and a schema to many types. What is wrong with
//! them is reported here, once for each location; lowering follows the same rules silently.

mod alternatives;
mod constraint;
mod encoding;
mod example;
mod expression;
mod media;
mod overlap;
mod parameter;
mod schema;
mod server;

use crate::diagnostic::Diagnostics;
use crate::lower::Facts;

/// Reports what is wrong with the parameters, bodies, schemas, examples and servers of a description. Needs nothing that
/// lowering finds out.
pub(crate) fn check(facts: &Facts<'_, '_>, diagnostics: &mut Diagnostics) {
    let document = facts.document;
    parameter::check(facts, diagnostics);
    encoding::check(document, diagnostics);
    media::check(document, diagnostics);
    schema::check(document, diagnostics);
    server::check(document, diagnostics);
    facts.check_examples(diagnostics);
    facts.check_values(diagnostics);
    facts.check_alternatives(diagnostics);
    facts.check_expressions(diagnostics);
}
