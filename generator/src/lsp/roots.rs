//! Finds the descriptions to check for the open files, and their options.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::{DirEntry, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hashbrown::HashMap;

use super::texts::Texts;
use crate::Options;
use crate::config::{Configuration, Crate, normalized};
use crate::diagnostic::Diagnostics;
use crate::overlay::Overlays;
use crate::read::{self, CONFIGURATION, Input, is_description};
use crate::text::{OpenTexts, Sources};

/// The kind of a root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A description with the files that it refers to.
    Description,
    /// A `specwright.yaml` with its descriptions.
    Configuration,
    /// An overlay with the description that it extends.
    Overlay,
}

/// The maximum number of folders above a file that are searched for its description, if the file is outside of the
/// workspace.
const MOST_FOLDERS: usize = 4;

/// The maximum number of descriptions in one folder that are searched for a reference to a file.
const MOST_DESCRIPTIONS: usize = 20;

/// The number of bytes of a file from which its kind is determined.
const HEAD: u64 = 64 * 1024;

/// The roots of the open files.
#[derive(Debug, Default)]
pub(super) struct Roots {
    /// The folders of the workspace.
    folders: Vec<String>,
    /// The open files that are roots. A file stays a root while it is open, even if its text is invalid meanwhile.
    known: BTreeMap<String, Kind>,
    /// The descriptions that the other open files are part of.
    parts: HashMap<String, Vec<String>>,
}

impl Roots {
    pub(super) fn of_workspace(folders: Vec<String>) -> Self {
        Self {
            folders,
            ..Self::default()
        }
    }

    /// Forgets the descriptions of parts, so that they are searched again after other files have changed.
    pub(super) fn forget_parts(&mut self) {
        self.parts.clear();
    }

    /// The roots to check.
    pub(super) fn of(&mut self, texts: &Texts) -> BTreeMap<String, Kind> {
        self.known.retain(|path, _| texts.get(path).is_some());
        for path in texts.paths() {
            let text = texts.get(path).map_or("", |open| open.text.content());
            if let Some(kind) = kind_of(path, text) {
                self.known.insert(path.to_owned(), kind);
            }
        }
        let mut roots = self.known.clone();
        let open = Arc::new(texts.for_reading());
        for path in texts.paths() {
            if self.known.contains_key(path) {
                continue;
            }
            if !self.parts.contains_key(path) {
                let found = self.descriptions_with(path, &open);
                self.parts.insert(path.to_owned(), found);
            }
            let found = self.parts.get(path).into_iter().flatten();
            roots.extend(found.map(|root| (root.clone(), Kind::Description)));
        }
        roots
    }

    /// The descriptions that refer to a file: those of the configuration, otherwise those in its folder or in the
    /// nearest folder above it that has some.
    fn descriptions_with(&self, path: &str, open: &Arc<OpenTexts>) -> Vec<String> {
        let has = |root: &String| files_of(root, open).contains(path);
        let configured = configuration_of(path, open).into_iter();
        let configured = configured.flat_map(|configuration| configuration.crates);
        let configured = configured.flat_map(|one| one.descriptions);
        let configured = configured.map(|path| path_of_editor(&path)).filter(has);
        let mut found: Vec<String> = configured.collect();
        let known = self.known.iter();
        let known = known.filter(|(_, kind)| **kind == Kind::Description);
        found.extend(known.map(|(path, _)| path.clone()).filter(has));
        for folder in self.folders_above(path) {
            if !found.is_empty() {
                break;
            }
            let nearby = descriptions_in(&folder, open).into_iter();
            found.extend(nearby.take(MOST_DESCRIPTIONS).filter(has));
        }
        found
    }

    fn folders_above(&self, path: &str) -> Vec<PathBuf> {
        let inside = |folder: &Path| {
            let mut folders = self.folders.iter();
            folders.any(|workspace| folder.starts_with(workspace))
        };
        let folders = Path::new(path).ancestors().skip(1).map(Path::to_owned);
        if Path::new(path).parent().is_some_and(inside) {
            return folders.take_while(|folder| inside(folder)).collect();
        }
        folders.take(MOST_FOLDERS).collect()
    }
}

/// The files of a description.
fn files_of(root: &str, open: &Arc<OpenTexts>) -> BTreeSet<String> {
    let mut sources = Sources::with_open(open.clone());
    let input = Input::from(Path::new(root));
    let (mut overlays, mut diagnostics) = (Overlays::default(), Diagnostics::new());
    read::description(&input, &mut overlays, &mut sources, &mut diagnostics);
    sources.iter().map(|(_, file)| file.path.clone()).collect()
}

/// The descriptions in a folder, sorted.
fn descriptions_in(folder: &Path, open: &OpenTexts) -> Vec<String> {
    let files = files_in(folder, open).into_iter();
    let descriptions = files.filter(|(_, kind)| *kind == Kind::Description);
    descriptions.map(|(path, _)| path).collect()
}

/// The files in a folder that can be roots, sorted.
fn files_in(folder: &Path, open: &OpenTexts) -> Vec<(String, Kind)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let is_wanted = |path: &PathBuf| is_description(path) || path.ends_with(CONFIGURATION);
    let paths = paths.filter(|path| is_wanted(path) && path.is_file());
    let paths = paths.map(|path| slashed(&path));
    let with_kind = |path: String| {
        let text = open.get(&path).map(|open| open.text.to_string());
        let text = text.unwrap_or_else(|| head(&path));
        let kind = kind_of(&path, &text)?;
        Some((path, kind))
    };
    let mut found: Vec<_> = paths.filter_map(with_kind).collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found
}

/// The maximum number of folders of a workspace that are searched for descriptions.
pub(super) const MOST_SEARCHED: usize = 2000;

/// The files of a workspace that can be roots, sorted.
pub(super) struct Workspace {
    pub files: Vec<(String, Kind)>,
    /// `false` if some folders were not searched.
    pub is_complete: bool,
}

impl Workspace {
    pub(super) fn of(folders: &[String], open: &OpenTexts) -> Self {
        // Folders near the root of the workspace come first.
        let mut wanted: VecDeque<PathBuf> = folders.iter().map(PathBuf::from).collect();
        let mut files = Vec::new();
        for _ in 0..MOST_SEARCHED {
            let Some(folder) = wanted.pop_front() else {
                break;
            };
            files.extend(files_in(&folder, open));
            wanted.extend(folders_in(&folder));
        }
        files.sort_by(|(one, _), (other, _)| one.cmp(other));
        files.dedup();
        let is_complete = wanted.is_empty();
        Self { files, is_complete }
    }

    /// Adds the configurations that roots are checked with, which may be above the workspace.
    pub(super) fn add_configurations<'r>(
        &mut self,
        roots: impl Iterator<Item = &'r String>,
        open: &Arc<OpenTexts>,
    ) {
        let sources = Sources::with_open(open.clone());
        let above: BTreeSet<String> = roots
            .filter_map(|root| configuration_above(root, &sources))
            .map(|path| slashed(&path))
            .collect();
        for path in above {
            let file = (path, Kind::Configuration);
            if !self.files.contains(&file) {
                self.files.push(file);
            }
        }
    }

    /// The descriptions that are not open and refer to other files.
    pub(super) fn closed_descriptions(&self, open: &OpenTexts) -> impl Iterator<Item = &str> {
        let descriptions = self
            .files
            .iter()
            .filter(|(_, kind)| *kind == Kind::Description);
        let paths = descriptions.map(|(path, _)| path.as_str());
        paths.filter(|path| !open.contains_key(*path) && refers_elsewhere(path))
    }
}

/// The folders in a folder, without hidden ones, those of dependencies and those of build results.
fn folders_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_wanted = |entry: &DirEntry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        is_folder && !name.starts_with('.') && !matches!(&*name, "node_modules" | "target")
    };
    entries.filter(is_wanted).map(|entry| entry.path())
}

/// Whether a description may have a `$ref` to another file, as far as its text tells without parsing it.
fn refers_elsewhere(path: &str) -> bool {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.split("$ref").skip(1).any(|rest| {
        let target = rest.trim_start_matches(['"', '\'', ':', ' ', '\n', '\r']);
        !target.starts_with('#')
    })
}

fn head(path: &str) -> String {
    let mut bytes = Vec::new();
    if let Ok(file) = File::open(path) {
        // A file that cannot be read is not a description.
        let _ = file.take(HEAD).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The kind of a file, by its name and its first keys; `None` for a part of a description, and for any other file.
pub(super) fn kind_of(path: &str, text: &str) -> Option<Kind> {
    if path.rsplit('/').next() == Some(CONFIGURATION) {
        return Some(Kind::Configuration);
    }
    let is_json = text.trim_start().starts_with('{');
    let has = |key: &str| {
        if is_json {
            let quoted = format!("\"{key}\"");
            text.split(&quoted).skip(1).any(|rest| {
                let value = rest.trim_start().strip_prefix(':').map(str::trim_start);
                value.is_some_and(|value| value.starts_with(['"', '2', '3']))
            })
        } else {
            let mut lines = text.lines();
            lines.any(|line| {
                let rest = line.trim_start_matches(['"', '\'']).strip_prefix(key);
                let rest = rest.map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
                rest.is_some_and(|rest| rest.starts_with(':'))
            })
        }
    };
    if has("openapi") || has("swagger") {
        Some(Kind::Description)
    } else if has("overlay") && has("actions") {
        Some(Kind::Overlay)
    } else {
        None
    }
}

/// The nearest configuration above a file, if there is one.
fn configuration_of(path: &str, open: &Arc<OpenTexts>) -> Option<Configuration> {
    let sources = Sources::with_open(open.clone());
    let path = configuration_above(path, &sources)?;
    Some(Configuration::load_from(&path, sources))
}

fn configuration_above(path: &str, sources: &Sources) -> Option<PathBuf> {
    let folders = Path::new(path).ancestors().skip(1);
    let mut paths = folders.map(|folder| folder.join(CONFIGURATION));
    paths.find(|path| sources.has(&slashed(path)))
}

/// The options for checking a description: those of its crate in the nearest configuration.
pub(super) fn options_of(root: &str, open: &Arc<OpenTexts>) -> Options {
    let mut options = Options::new("", "");
    options.settings.sources = Sources::with_open(open.clone());
    let Some(configuration) = configuration_of(root, open) else {
        return options;
    };
    let is_root = |path: &PathBuf| path_of_editor(path) == root;
    let mut crates = configuration.crates.iter();
    if let Some(one) = crates.find(|one| one.descriptions.iter().any(is_root)) {
        let one = with_paths_of_editor(one.with_only(vec![root.into()]));
        return Options::of(&one, "", "");
    }
    options.rules = configuration.rules;
    options.settings.sources = configuration.sources;
    options
}

/// The crate with the paths that an editor has for its files.
pub(super) fn with_paths_of_editor(one: Crate) -> Crate {
    let each = |paths: &[PathBuf]| {
        let paths = paths.iter().map(|path| path_of_editor(path).into());
        paths.collect()
    };
    Crate {
        descriptions: each(&one.descriptions),
        overlays: each(&one.overlays),
        ..one
    }
}

/// The path that an editor has for a file: `/api/pets.yaml` for `/api/./pets.yaml`.
pub(super) fn path_of_editor(path: &Path) -> String {
    normalized(&slashed(path))
}

/// A path with `/` between its parts.
pub(super) fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
