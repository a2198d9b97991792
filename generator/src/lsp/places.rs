//! Converts the spans of a run to locations in the current texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_types::{Location, OptionalVersionedTextDocumentIdentifier, Position, Range, Uri};

use super::position::{Shift, Text};
use super::texts::Texts;
use super::uri::uri_of;
use crate::text::{FileId, Sources, Span};

/// Converts spans to current locations. An open text may have changed since it was checked, so spans are shifted.
pub(super) struct Places<'r> {
    pub sources: &'r Sources,
    texts: &'r Texts,
    known: BTreeMap<FileId, (Arc<Text>, Shift)>,
}

impl<'r> Places<'r> {
    pub(super) fn new(sources: &'r Sources, texts: &'r Texts) -> Self {
        Self {
            sources,
            texts,
            known: BTreeMap::new(),
        }
    }

    /// The current text of a file, and the shift since it was checked.
    fn text(&mut self, file: FileId) -> &(Arc<Text>, Shift) {
        let (sources, texts) = (self.sources, self.texts);
        self.known.entry(file).or_insert_with(|| {
            let read = sources.file(file);
            let open = texts.get(&read.path).map(|open| open.text.clone());
            let text = open.unwrap_or_else(|| Arc::new(Text::new(read.text.clone())));
            let shift = Shift::between(&read.text, text.content());
            (text, shift)
        })
    }

    pub(super) fn range(&mut self, span: Span) -> Range {
        let (text, shift) = self.text(span.file);
        text.range(shift.newer(span.start as usize)..shift.newer(span.end as usize))
    }

    pub(super) fn location(&mut self, span: Span) -> Option<Location> {
        let uri = self.document(span.file)?.uri;
        let range = self.range(span);
        Some(Location { uri, range })
    }

    /// The byte of the checked text at a position of the current text.
    pub(super) fn older(&mut self, file: FileId, position: Position) -> usize {
        let (text, shift) = self.text(file);
        shift.older(text.offset(position))
    }

    /// The name of a file for an edit, with its version if it is open.
    pub(super) fn document(&self, file: FileId) -> Option<OptionalVersionedTextDocumentIdentifier> {
        let path = &self.sources.file(file).path;
        let open = self.texts.get(path);
        let uri: Option<Uri> = open.map(|open| open.uri.clone());
        Some(OptionalVersionedTextDocumentIdentifier {
            uri: uri.or_else(|| uri_of(path))?,
            version: open.map(|open| open.version),
        })
    }
}
