//! The open texts of the editor.

use std::sync::Arc;

use hashbrown::HashMap;
use lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::position::Text;
use super::uri::path_of;
use crate::source::prepare;
use crate::text::{self, Earlier, OpenTexts};

/// An open text of the editor.
#[derive(Debug, Clone)]
pub(super) struct OpenText {
    /// The URI in the editor's spelling.
    pub uri: Uri,
    pub version: i32,
    pub text: Arc<Text>,
    /// What was parsed of an earlier version.
    earlier: Earlier,
}

/// The open texts by their paths. A clone is cheap, and is not affected by later changes.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts(HashMap<String, Arc<OpenText>>);

impl Texts {
    pub(super) fn get(&self, path: &str) -> Option<&Arc<OpenText>> {
        self.0.get(path)
    }

    /// The paths, sorted.
    pub(super) fn paths(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = self.0.keys().map(String::as_str).collect();
        paths.sort_unstable();
        paths
    }

    /// The texts that are read instead of files.
    pub(super) fn for_reading(&self) -> OpenTexts {
        let texts = self.0.iter();
        texts
            .map(|(path, open)| {
                let text = open.text.content().clone();
                let earlier = open.earlier.clone();
                (path.clone(), text::OpenText { text, earlier })
            })
            .collect()
    }

    /// Prepares the texts for their next version.
    pub(super) fn prepare(&self) {
        self.0.values().for_each(|open| prepare(&open.earlier));
    }

    /// Adds or replaces a text, and returns its path.
    pub(super) fn open(&mut self, uri: Uri, version: i32, text: &str) -> String {
        let path = path_of(&uri);
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = Arc::new(Text::new(text));
        let earlier = Earlier::default();
        let open = OpenText {
            uri,
            version,
            text,
            earlier,
        };
        self.0.insert(path.clone(), Arc::new(open));
        path
    }

    /// Changes a text, and returns its path if it is open.
    pub(super) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) -> Option<String> {
        let path = path_of(uri);
        let old = self.0.get(&path)?;
        let mut text = old.text.clone();
        for change in changes {
            text = Arc::new(changed(&text, change));
        }
        let open = OpenText {
            uri: old.uri.clone(),
            version,
            text,
            earlier: old.earlier.clone(),
        };
        self.0.insert(path.clone(), Arc::new(open));
        Some(path)
    }

    /// Removes a text, and returns its path.
    pub(super) fn close(&mut self, uri: &Uri) -> String {
        let path = path_of(uri);
        self.0.remove(&path);
        path
    }
}

fn changed(text: &Text, change: TextDocumentContentChangeEvent) -> Text {
    let Some(range) = change.range else {
        return Text::new(change.text);
    };
    let start = text.offset(range.start);
    let end = text.offset(range.end).max(start);
    let (before, after) = (&text.content()[..start], &text.content()[end..]);
    Text::new([before, &change.text, after].concat())
}
