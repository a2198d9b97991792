//! A change as it is found, before it is known where the value travels and who uses it.

use std::collections::HashMap;

use crate::document::SchemaId;
use crate::text::Span;

use super::change::{Directions, Subject};
use super::pairs::PairId;
use super::schema::BOTH;
use super::verdict::Rule;

/// A change that was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub rule: &'static Rule,
    pub of: FoundIn,
    /// The schemas that it is about, if that is a property of the pair.
    pub property: Option<(Option<SchemaId>, Option<SchemaId>)>,
    /// Both locations; `None` on the side where what changed is missing.
    pub spans: (Option<Span>, Option<Span>),
    /// What is near, to be shown instead of a missing location.
    pub near: (Option<Span>, Option<Span>),
    /// Both sides as text.
    pub texts: (Option<String>, Option<String>),
    /// The directions that count, of those in which the value travels.
    pub allowed: Directions,
    /// How many percent of what was renamed is as it was.
    pub similarity: Option<u8>,
}

/// Where a change was found.
#[derive(Debug, Clone)]
pub(super) enum FoundIn {
    /// In a pair of schemas.
    Pair(PairId),
    /// Elsewhere: in this part of the description, by the operation at this position, for values that travel so.
    Part(Subject, Option<usize>, Directions),
}

impl Found {
    pub(super) fn of_pair(
        rule: &'static Rule,
        id: PairId,
        spans: (Option<Span>, Option<Span>),
        texts: (Option<String>, Option<String>),
    ) -> Self {
        Self {
            rule,
            of: FoundIn::Pair(id),
            property: None,
            spans,
            near: (None, None),
            texts,
            allowed: BOTH,
            similarity: None,
        }
    }
}

/// What has another name on the wire, by its old name.
#[derive(Debug, Default)]
pub(super) struct Renamed {
    /// Security schemes.
    pub schemes: HashMap<String, String>,
    /// Parameters, by the old labels of their operations.
    pub parameters: HashMap<String, HashMap<String, String>>,
    /// Properties, by the old schemas that have them.
    pub properties: HashMap<SchemaId, HashMap<String, String>>,
}
