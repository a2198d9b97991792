//! A cache of the parts of schemas, because the parts of one schema are often used several times in a row.

use std::sync::{Arc, PoisonError, RwLock};

use crate::document::{Document, SchemaId};
use crate::lower::Facts;
use crate::lower::schema::compose::Parts;

/// The approximate maximum number of entries of all cached parts together.
const MOST_ENTRIES: usize = 1 << 20;

/// The maximum number of references that are followed to a target.
const FARTHEST: usize = 32;

/// Cached parts by their schemas.
#[derive(Default)]
pub(crate) struct KnownParts<'t> {
    known: RwLock<Known<'t>>,
    /// Whether all joints are made. A new joint changes the parts of the schemas that need it.
    pub(crate) are_joined: bool,
}

#[derive(Default)]
struct Known<'t> {
    /// By the number of the schema.
    parts: Vec<Option<Arc<Parts<'t>>>>,
    entries: usize,
}

impl<'t> KnownParts<'t> {
    /// The parts of a schema.
    pub(crate) fn of(&self, document: &Document<'t>, id: SchemaId) -> Arc<Parts<'t>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let found = known.parts.get(id.0 as usize).cloned().flatten();
        drop(known);
        found.unwrap_or_else(|| {
            let parts = Arc::new(Parts::of(document, id));
            if self.are_joined || parts.unjoined.pairs.is_empty() {
                let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
                known.add(id, &parts);
            }
            parts
        })
    }
}

impl<'t> Facts<'_, 't> {
    /// The parts of a schema.
    pub(crate) fn parts(&self, mut id: SchemaId) -> Arc<Parts<'t>> {
        // A schema that is only a reference has the parts of its target.
        for _ in 0..FARTHEST {
            match self.document.schema(id).bare_reference() {
                Some(target) => id = target,
                None => break,
            }
        }
        self.known_parts.of(self.document, id)
    }
}

impl<'t> Known<'t> {
    /// Caches parts. Clears the cache first if it has become too large.
    fn add(&mut self, id: SchemaId, parts: &Arc<Parts<'t>>) {
        if self.entries > MOST_ENTRIES {
            *self = Self::default();
        }
        self.entries += parts.entries();
        let at = id.0 as usize;
        if self.parts.len() <= at {
            self.parts.resize(at + 1, None);
        }
        self.parts[at] = Some(Arc::clone(parts));
    }
}
