//! Pairs of schemas that apply to one value and still have to be joined.

use std::collections::BTreeMap;

use crate::document::SchemaId;

/// Pairs of schemas that apply to one value, in the order in which they are joined.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unjoined {
    pub(crate) pairs: Vec<Pair>,
    /// The pair that each schema is the later part of; `None` where there are several.
    pairs_of: BTreeMap<SchemaId, Option<usize>>,
}

/// Two schemas that apply to one value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) known: SchemaId,
    pub(crate) later: SchemaId,
    /// The pair whose joint replaces the first schema.
    pub(crate) after: Option<usize>,
}

impl Unjoined {
    pub(crate) fn add(&mut self, known: SchemaId, later: SchemaId) {
        let index = self.pairs.len();
        self.pairs.push(Pair {
            known,
            later,
            after: self.pairs_of.get(&known).copied().flatten(),
        });
        let several = |of: &mut Option<usize>| *of = None;
        let of = self.pairs_of.entry(later).and_modify(several);
        of.or_insert(Some(index));
    }
}
