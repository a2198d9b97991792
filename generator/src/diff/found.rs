//! A change as it is found, before its directions and its users are known.

use hashbrown::HashMap;

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
    /// The schemas that it is about, if they are a property of the pair.
    pub property: Option<(Option<SchemaId>, Option<SchemaId>)>,
    /// Both locations; `None` on the side without the changed part.
    pub spans: (Option<Span>, Option<Span>),
    /// Locations near a missing part, which are shown instead.
    pub near: (Option<Span>, Option<Span>),
    /// Both sides as text.
    pub texts: (Option<String>, Option<String>),
    /// The directions to which the change is limited.
    pub allowed: Directions,
    /// The similarity of a renamed part in percent.
    pub similarity: Option<u8>,
}

/// Where a change was found.
#[derive(Debug, Clone)]
pub(super) enum FoundIn {
    /// In a pair of schemas.
    Pair(PairId),
    /// Elsewhere: in this part of the description, in the operation at this position, for values of these directions.
    Part(Subject, Option<usize>, Directions),
}

impl Found {
    pub(super) fn of_pair(
        rule: &'static Rule,
        id: PairId,
        spans: (Option<Span>, Option<Span>),
        texts: (Option<String>, Option<String>),
    ) -> Self {
        Self::new(rule, FoundIn::Pair(id), spans, texts)
    }

    pub(super) fn new(
        rule: &'static Rule,
        of: FoundIn,
        spans: (Option<Span>, Option<Span>),
        texts: (Option<String>, Option<String>),
    ) -> Self {
        Self {
            rule,
            of,
            property: None,
            spans,
            near: (None, None),
            texts,
            allowed: BOTH,
            similarity: None,
        }
    }
}

/// Parts that were renamed, by their old names.
#[derive(Debug, Default)]
pub(super) struct Renamed {
    /// Security schemes.
    pub schemes: HashMap<String, String>,
    /// Servers that both descriptions have: the new URLs by the old ones.
    pub servers: HashMap<String, String>,
    /// Parameters, by the old labels of their operations.
    pub parameters: HashMap<String, HashMap<String, String>>,
    /// Properties, by the old schemas that contain them.
    pub properties: HashMap<SchemaId, HashMap<String, String>>,
}
