//! Rules about descriptions that are valid, but most likely not meant as they are, or that lack something that a reader
//! needs.
//!
//! [`RULES`] is the table of the rules, with one row and one function for each. A rule only inspects the decoded
//! description, and reports each mistake at the text to change. Mistakes that prevent correct code are reported by
//! decoding and lowering, and not by rules.

pub(crate) mod code;
mod keyword;
mod operation;
mod path;
mod schema;
mod security;
mod style;
mod unused;
mod version;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Requirement, Schema};
use crate::source::{Member, Node};

/// The input of a rule.
pub(crate) struct Subject<'a, 't> {
    /// The description.
    pub document: &'a Document<'t>,
    /// The trees of its files, the main file first.
    pub trees: &'a [&'t Node],
}

type Check = fn(&Subject<'_, '_>) -> Vec<Diagnostic>;

/// The rules, each with its code.
const RULES: &[(&str, Check)] = &[
    (code::OTHER_VERSION, version::words_of_another_version),
    (code::WITHOUT_EFFECT, keyword::without_effect),
    (code::IMPOSSIBLE_LIMITS, keyword::impossible_limits),
    (code::WITHOUT_ITEMS, schema::without_items),
    (code::READ_AND_WRITE_ONLY, schema::read_and_write_only),
    (code::INVALID_PATTERN, keyword::invalid_pattern),
    (code::NEAR_FORMAT, schema::near_format),
    (code::AMBIGUOUS_PATHS, path::ambiguous),
    (code::TRAILING_SLASH, path::trailing_slash),
    (code::QUERY_IN_PATH, path::query),
    (code::NO_SUCCESS, operation::without_success),
    (code::BODY_NOT_ALLOWED, operation::body_not_allowed),
    (code::UNKNOWN_SCOPE, security::unknown_scope),
    (code::SERVER_SLASH, path::server_slash),
    (code::EMPTY_SEGMENT, path::empty_segment),
    (code::WITHOUT_BRACES, path::without_braces),
    (code::UNUSED_COMPONENT, unused::components),
    (code::UNUSED_SCHEME, unused::schemes),
    (code::UNUSED_TAG, unused::tags),
    (code::UNDECLARED_TAG, unused::undeclared_tags),
    (code::NO_SUMMARY, style::without_summary),
    (code::NO_DESCRIPTION, style::without_description),
    (code::NO_CLIENT_ERROR, operation::without_client_error),
    (code::OPERATION_ID, style::operation_id),
    (code::UNLIMITED_STRING, style::unlimited_string),
    (code::UNLIMITED_ARRAY, style::unlimited_array),
    (code::KEY_IN_QUERY, security::key_in_query),
    (code::UNTYPED, schema::untyped),
    (code::MIXED_CASE, style::mixed_case),
    (code::SPECIAL_PATH, path::special_case),
];

/// Runs the rules for whose codes `is_on` holds.
pub(crate) fn lint(
    subject: &Subject<'_, '_>,
    is_on: impl Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) {
    for (code, check) in RULES {
        if is_on(code) {
            diagnostics.extend(check(subject));
        }
    }
}

impl<'a, 't> Subject<'a, 't> {
    /// The security requirements of the description and of its operations.
    fn requirements(&self) -> impl Iterator<Item = &'a Requirement<'t>> + use<'a, 't> {
        let document = self.document;
        let own = document.operations();
        let own = own.filter_map(|operation| operation.security.as_ref());
        document.security.iter().chain(own).flatten()
    }

    /// Each schema that is an object of keywords, with its keywords as written.
    fn schemas(&self) -> impl Iterator<Item = (&'a Schema<'t>, &'t [Member])> + use<'a, 't> {
        let schemas = self.document.schemas.iter();
        schemas.filter_map(|schema| Some((schema, schema.node?.as_map()?)))
    }
}
