//! The parts of schemas that were asked for before: many questions about one schema are asked one after the other.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::document::{Document, SchemaId};
use crate::lower::Lowerer;
use crate::lower::schema::compose::Parts;

/// About how many entries all remembered parts together may have.
const MOST_ENTRIES: usize = 1 << 20;

/// How many references are followed to their target.
const FARTHEST: usize = 32;

/// Parts by their schemas.
#[derive(Default)]
pub(crate) struct KnownParts<'t> {
    known: RefCell<Known<'t>>,
    /// Whether all joints are made. A new one changes the parts that wait for it.
    pub(crate) are_joined: bool,
}

#[derive(Default)]
struct Known<'t> {
    parts: HashMap<SchemaId, Arc<Parts<'t>>>,
    entries: usize,
}

impl<'t> KnownParts<'t> {
    /// The parts of a schema.
    pub(crate) fn of(&self, document: &Document<'t>, id: SchemaId) -> Arc<Parts<'t>> {
        let known = self.known.borrow().parts.get(&id).cloned();
        known.unwrap_or_else(|| {
            let parts = Arc::new(Parts::of(document, id));
            if self.are_joined || parts.unjoined.pairs.is_empty() {
                self.known.borrow_mut().add(id, &parts);
            }
            parts
        })
    }
}

impl<'t> Lowerer<'_, 't> {
    /// The parts of a schema.
    pub(crate) fn parts(&self, mut id: SchemaId) -> Arc<Parts<'t>> {
        // What is nothing but a reference has the parts of its target.
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
    /// Remembers parts. What was remembered before is forgotten where it takes too much memory.
    fn add(&mut self, id: SchemaId, parts: &Arc<Parts<'t>>) {
        if self.entries > MOST_ENTRIES {
            *self = Self::default();
        }
        self.entries += parts.entries();
        self.parts.insert(id, Arc::clone(parts));
    }
}
