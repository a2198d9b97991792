//! A description with the files that it refers to.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use hashbrown::HashSet;

use crate::diagnostic::Diagnostics;
use crate::document::decode::decode_selected;
use crate::document::{Document, Files, Selection, external_references, resolve_path};
use crate::lower::Joined;
use crate::overlay::Overlays;
use crate::source::{FileId, JsonTexts, Node, STANDARD_INPUT, Sources, parse_description};

/// The maximum number of files of one description.
const MOST_FILES: usize = 10_000;

/// The trees of a description: the main file first, then the files that it refers to.
#[derive(Debug)]
pub(crate) struct Description {
    trees: Vec<(String, Arc<Node>)>,
    /// The paths of the other files that it refers to, which cannot be read or parsed.
    invalid: Vec<String>,
    /// The overlays that were applied to the main file.
    overlays: Vec<FileId>,
    /// The values of its examples that are written as the text of JSON, once it is lowered.
    json_texts: OnceLock<JsonTexts>,
}

impl Description {
    /// The tree of the main file.
    pub(crate) fn root(&self) -> &Node {
        &self.trees[0].1
    }

    /// The title of the API, if it has a valid one.
    pub(crate) fn title(&self) -> Option<&str> {
        let info = &self.root().member("info")?.value;
        info.member("title")?.value.as_str()
    }

    /// All trees by path, for changes before decoding.
    pub(crate) fn trees_mut(&mut self) -> &mut [(String, Arc<Node>)] {
        &mut self.trees
    }

    /// All trees, the main file first.
    pub(crate) fn trees(&self) -> Vec<&Node> {
        self.trees.iter().map(|(_, tree)| &**tree).collect()
    }

    /// All trees by path.
    pub(crate) fn files(&self) -> Files<'_> {
        let mut files = Files::new();
        for (path, tree) in &self.trees {
            files.add(path, tree);
        }
        for path in &self.invalid {
            files.add_invalid(path);
        }
        let (path, _) = &self.trees[0];
        for overlay in &self.overlays {
            files.add_overlay(path, *overlay);
        }
        files
    }

    /// Decodes the selected operations, and joins the schemas. `prepare` gets the document as it is written.
    pub(crate) fn joined<'t>(
        &'t self,
        selection: &mut Selection,
        diagnostics: &mut Diagnostics,
        prepare: impl FnOnce(&mut Document<'t>),
    ) -> Option<Joined<'t>> {
        let files = self.files();
        let mut document = decode_selected(self.root(), &files, selection, diagnostics)?;
        prepare(&mut document);
        Some(Joined::of(document, &self.json_texts, diagnostics))
    }
}

/// A description to read: a file, or its version in a revision of the git repository around the current folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    pub revision: Option<String>,
    pub path: PathBuf,
}

impl From<&Path> for Input {
    fn from(path: &Path) -> Self {
        Self {
            revision: None,
            path: path.to_owned(),
        }
    }
}

impl Input {
    /// Loads one of the files of the description.
    fn load(
        &self,
        path: &str,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<Node>> {
        let file = match &self.revision {
            Some(revision) => sources.load_revision(revision, path, diagnostics)?,
            None => sources.load(Path::new(path), diagnostics)?,
        };
        parse_description(file, sources, diagnostics)
    }
}

/// Loads a file, applies overlays to it, and loads every file that the result refers to, directly or not. The decoder
/// reports a missing file at the reference to it.
pub(crate) fn description(
    input: &Input,
    overlays: &mut Overlays,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Description> {
    let path = input.path.to_string_lossy().replace('\\', "/");
    let mut tree = input.load(&path, sources, diagnostics)?;
    if !overlays.apply(&mut tree, &path, diagnostics) {
        return None;
    }
    let applied = overlays.files(&path).collect();
    let mut known: HashSet<_> = HashSet::from([path.clone()]);
    let mut trees = vec![(path, tree)];
    let mut invalid = Vec::new();
    let mut at = 0;
    while at < trees.len() && trees.len() < MOST_FILES {
        let (from, tree) = &trees[at];
        let wanted: Vec<String> = external_references(tree)
            .iter()
            .map(|reference| resolve_path(from, reference.path))
            .collect();
        for path in wanted {
            if known.insert(path.clone()) && (input.revision.is_some() || sources.has(&path)) {
                match input.load(&path, sources, diagnostics) {
                    Some(tree) => trees.push((path, tree)),
                    None => invalid.push(path),
                }
            }
        }
        at += 1;
    }
    Some(Description {
        trees,
        invalid,
        overlays: applied,
        json_texts: OnceLock::new(),
    })
}

/// The name of the configuration file.
pub const CONFIGURATION: &str = "specwright.yaml";

/// Whether a path can be that of a description: a YAML or JSON file that is not hidden and not the configuration.
pub fn is_description(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    let ending = path.extension().unwrap_or_default();
    let fits = ["yaml", "yml", "json"].iter().any(|known| ending == *known);
    fits && name != CONFIGURATION && !name.as_encoded_bytes().starts_with(b".")
}

/// The file's name without its extension, which names the API's module.
pub(crate) fn stem(input: &Path) -> String {
    if is_standard_input(input) {
        return "stdin".to_owned();
    }
    input
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Whether a path is `-`, the standard input.
pub fn is_standard_input(path: &Path) -> bool {
    path == Path::new(STANDARD_INPUT)
}
