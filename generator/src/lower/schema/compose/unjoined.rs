//! What is still to be joined: pairs of schemas that hold at once for one value.

use std::collections::HashMap;

use crate::document::SchemaId;

/// Pairs of schemas that hold at once for one value, in the order in which they are to be joined.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unjoined {
    pub(crate) pairs: Vec<Pair>,
    /// The pair that each schema is the later part of; `None` where there are several.
    pairs_of: HashMap<SchemaId, Option<usize>>,
}

/// Two schemas that hold at once for one value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) known: SchemaId,
    pub(crate) later: SchemaId,
    /// The pair whose joint takes the place of the first schema.
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
