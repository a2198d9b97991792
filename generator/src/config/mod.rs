//! `specwright.yaml`: the crates to generate, and from which descriptions.
//!
//! [`Configuration::load`] reads the file through the spanned tree, so that every mistake in it is reported with its
//! location. The settings for the descriptions of a crate are in [`Settings`], which a run gets with its
//! [`Options`](crate::Options).

pub(crate) mod code;
mod derive;
mod deserialize;
mod fault;
mod file;
mod filter;
mod located;
mod paths;
mod rename;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod tests;
mod types;

use std::path::{Path, PathBuf};

use self::file::{CrateEntry, File, RuleEntries};
use self::filter::Filters;
use self::located::Located;
use self::rename::Renames;
pub(crate) use self::rename::{Target, normalized};
pub(crate) use self::types::Types;
use crate::codes::Rules;
use crate::diagnostic::{Diagnostic, Diagnostics, Format};
use crate::model::Derive;
use crate::name::{Ident, ManifestValue};
use crate::overlay::extended_by;
use crate::read::Description;
use crate::source::{Sources, parse};
use crate::text::Span;

pub use crate::read::CONFIGURATION as FILE_NAME;

/// The JSON Schema of `specwright.yaml`, for editors.
pub const SCHEMA: &str = include_str!("schema.json");

/// The content of a `specwright.yaml`.
#[derive(Debug)]
pub struct Configuration {
    /// The crates to generate, in the order of the file.
    pub crates: Vec<Crate>,
    /// The settings for descriptions that belong to no crate of the file. A run with them also reports the mistakes in
    /// the file.
    pub settings: Settings,
    /// The levels of codes, for all crates.
    pub rules: Rules,
    /// The mistakes in the file.
    pub diagnostics: Diagnostics,
    /// The file itself.
    pub sources: Sources,
}

/// A crate to generate.
#[derive(Debug, Clone)]
pub struct Crate {
    /// Its folder.
    pub out: PathBuf,
    /// The name of its package, if it is set.
    pub name: Option<String>,
    /// The descriptions.
    pub descriptions: Vec<PathBuf>,
    /// Overlays that are applied to the descriptions in this order.
    pub overlays: Vec<PathBuf>,
    /// The path of the runtime that it depends on; `None` for a copy of the runtime.
    pub runtime: Option<PathBuf>,
    /// The version of the published runtime that it depends on instead.
    pub runtime_version: Option<String>,
    /// The fields of its manifest.
    pub about: About,
    /// Whether errors in the descriptions are reported as warnings.
    pub lenient: bool,
    /// The levels of codes.
    pub rules: Rules,
    /// The settings for its descriptions.
    pub settings: Settings,
}

/// Fields of a crate's manifest. A field that is not set stays as it is in an existing manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The version of the crate; for a new crate the default is `0.1.0`.
    pub version: Option<String>,
    /// The licence, as an SPDX expression.
    pub license: Option<String>,
    /// The URL of the repository.
    pub repository: Option<String>,
    /// The authors: `Name <address>`.
    pub authors: Vec<String>,
}

/// The settings for the descriptions of a crate.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The file itself, for diagnostics about the descriptions with locations in it.
    pub(crate) sources: Sources,
    /// The mistakes in the file.
    pub(crate) diagnostics: Diagnostics,
    /// The operations to generate.
    pub(crate) filters: Filters,
    /// The Rust names from `rename`.
    pub(crate) renames: Renames,
    /// The types of other crates for formats and schemas.
    pub(crate) types: Types,
    /// The traits that types derive.
    pub(crate) derives: Vec<Derive>,
    /// Whether only some descriptions of the crate are read. What the settings name may be in the others.
    pub(crate) is_partial: bool,
}

impl Crate {
    /// A crate from descriptions with default settings.
    pub fn new(out: PathBuf, descriptions: Vec<PathBuf>) -> Self {
        Self {
            out,
            name: None,
            descriptions,
            overlays: Vec::new(),
            runtime: None,
            runtime_version: None,
            about: About::default(),
            lenient: false,
            rules: Rules::default(),
            settings: Settings::default(),
        }
    }

    /// The overlays that are applied to some of the descriptions: all except those that extend another one.
    pub(crate) fn overlays_of(&self, descriptions: &[&Path]) -> Vec<PathBuf> {
        let wanted: Vec<PathBuf> = descriptions.iter().map(|path| real(path)).collect();
        let extended = |overlay: &Path| extended_by(overlay, self.settings.sources.clone());
        let applied = self
            .overlays
            .iter()
            .filter(|overlay| extended(overlay).is_none_or(|path| wanted.contains(&real(&path))));
        applied.cloned().collect()
    }

    /// The crate with some of its descriptions, which are named by these paths.
    pub(crate) fn with_only(&self, descriptions: Vec<PathBuf>) -> Self {
        let named: Vec<PathBuf> = descriptions.iter().map(|path| real(path)).collect();
        let mut own = self.descriptions.iter();
        let is_partial = self.settings.is_partial || !own.all(|path| named.contains(&real(path)));
        let paths: Vec<&Path> = descriptions.iter().map(PathBuf::as_path).collect();
        Self {
            overlays: self.overlays_of(&paths),
            settings: Settings {
                is_partial,
                ..self.settings.clone()
            },
            descriptions,
            ..self.clone()
        }
    }
}

impl Settings {
    /// Inserts the names and types of schemas into a description. `stem` is its file name without extension.
    pub(crate) fn name(&self, description: &mut Description, stem: &str) {
        self.renames.clone().apply(description.trees_mut(), stem);
        self.types.clone().apply(description.trees_mut(), stem);
    }

    /// What `rename` and `types` name in the descriptions, with the locations.
    pub(crate) fn targets(&self) -> impl Iterator<Item = (Span, &Target)> {
        self.renames.targets().chain(self.types.targets())
    }

    /// The module of a description.
    pub(crate) fn module(&self, stem: &str) -> Ident {
        crate::name::module(self.renames.module(stem).unwrap_or(stem))
    }
}

/// The path without links, or as written if there is no such file.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Finds the nearest `specwright.yaml`: in the current folder or in one above it.
///
/// # Errors
/// Returns an error if the current folder is unknown.
pub fn find() -> std::io::Result<Option<PathBuf>> {
    let depth = std::env::current_dir()?.ancestors().count();
    let mut folder = PathBuf::new();
    for _ in 0..depth {
        let path = folder.join(FILE_NAME);
        if path.is_file() {
            return Ok(Some(path));
        }
        folder.push("..");
    }
    Ok(None)
}

impl Configuration {
    /// Loads a file. The mistakes in it are in [`Configuration::diagnostics`].
    pub fn load(path: &Path) -> Self {
        Self::load_from(path, Sources::default())
    }

    /// Loads a file, or its text in an editor.
    pub(crate) fn load_from(path: &Path, mut sources: Sources) -> Self {
        let mut diagnostics = Diagnostics::new();
        let id = sources.load(path, &mut diagnostics);
        let tree = id.and_then(|id| parse(id, &sources, &mut diagnostics));
        let file = tree.and_then(|mut tree| deserialize::read(&mut tree, &mut diagnostics));
        let file: File = file.unwrap_or_default();
        let mut reader = Reader {
            folder: path.parent().unwrap_or(Path::new("")).to_owned(),
            settings: Settings {
                sources: sources.clone(),
                ..Settings::default()
            },
            rules: Rules::default(),
            diagnostics,
            outs: Vec::new(),
        };
        let mut rules = Rules::default();
        reader.set_rules(&mut rules, &file.rules);
        reader.rules = rules.clone();
        reader.check_crates(&file.crates);
        let crates = file.crates.value.iter().map(|entry| reader.entry(entry));
        Self {
            crates: crates.collect(),
            settings: Settings {
                diagnostics: reader.diagnostics.clone(),
                ..reader.settings
            },
            rules,
            diagnostics: reader.diagnostics,
            sources,
        }
    }

    /// The crate with one of these descriptions, and the path of the description in the configuration.
    pub(crate) fn find(&self, descriptions: &[&Path]) -> Option<(&Crate, &Path)> {
        let real: Vec<PathBuf> = descriptions
            .iter()
            .filter_map(|it| it.canonicalize().ok())
            .collect();
        let all = self.crates.iter();
        let mut all = all.flat_map(|one| one.descriptions.iter().map(move |path| (one, &**path)));
        all.find(|(_, path)| path.canonicalize().is_ok_and(|path| real.contains(&path)))
    }

    /// The crates of the file with those of the descriptions that belong to them. They are removed from the list.
    pub fn claim(&self, descriptions: &mut Vec<PathBuf>) -> Vec<Crate> {
        let mut claimed: Vec<(&Crate, Vec<PathBuf>)> = Vec::new();
        descriptions.retain(|path| {
            let Some((one, _)) = self.find(&[path]) else {
                return true;
            };
            let known = claimed.iter_mut().find(|(known, _)| known.out == one.out);
            match known {
                Some((_, paths)) => paths.push(path.clone()),
                None => claimed.push((one, vec![path.clone()])),
            }
            false
        });
        let crates = claimed.into_iter();
        crates.map(|(one, paths)| one.with_only(paths)).collect()
    }

    /// A crate with descriptions that belong to no crate of the file, for which its `rules` hold.
    pub fn rest(&self, descriptions: Vec<PathBuf>) -> Crate {
        let settings = Settings {
            diagnostics: Diagnostics::new(),
            ..self.settings.clone()
        };
        Crate {
            rules: self.rules.clone(),
            settings,
            ..Crate::new(PathBuf::new(), descriptions)
        }
    }

    /// The diagnostics as text.
    pub fn render(&self, format: Format, colour: bool) -> String {
        self.diagnostics.render(&self.sources, format, colour)
    }
}

/// Checks the values of the keys, and resolves the paths.
struct Reader {
    folder: PathBuf,
    /// The settings for all crates.
    settings: Settings,
    rules: Rules,
    diagnostics: Diagnostics,
    /// The folders of the crates so far, with the locations of their keys `out`.
    outs: Vec<(String, Option<Span>)>,
}

impl Reader {
    /// Reports a list of crates without any.
    fn check_crates(&mut self, crates: &Located<Vec<CrateEntry>>) {
        // An invalid entry was removed, and is already reported.
        if crates.value.is_empty() && crates.span.is_some() && !self.diagnostics.has_errors() {
            let message = "`crates` has no crate, so nothing is generated".to_owned();
            self.report(code::BAD_VALUE, message, crates.span, |it| {
                it.help("add one: `- {out: client, description: api.yaml}`")
            });
        }
    }

    fn entry(&mut self, entry: &CrateEntry) -> Crate {
        let mut rules = self.rules.clone();
        self.set_rules(&mut rules, &entry.rules);
        let out = self.out(&entry.out);
        let name = self.value(ManifestValue::Name, entry.name.as_ref());
        let authors = entry.authors.iter();
        let authors = authors.filter_map(|author| self.value(ManifestValue::Author, Some(author)));
        let authors = authors.collect();
        let overlays: Vec<PathBuf> = entry
            .overlays
            .iter()
            .map(|it| self.path(&it.value))
            .collect();
        let before = self.diagnostics.len();
        let descriptions = self.descriptions(&entry.description, &overlays);
        // What is in a missing description is unknown.
        let is_partial = self.diagnostics.len() > before;
        Crate {
            out,
            name,
            descriptions,
            overlays: self.overlays(&entry.overlays, overlays),
            runtime: entry.runtime.as_ref().map(|path| self.path(path)),
            runtime_version: self.runtime_version(entry),
            about: About {
                version: self.value(ManifestValue::Version, entry.version.as_ref()),
                license: self.value(ManifestValue::License, entry.license.as_ref()),
                repository: self.value(ManifestValue::Repository, entry.repository.as_ref()),
                authors,
            },
            lenient: entry.lenient,
            rules,
            settings: Settings {
                filters: Filters::of(&entry.operations),
                renames: self.renames(&entry.rename),
                types: self.types(&entry.types),
                derives: self.derives(&entry.derive),
                is_partial,
                ..self.settings.clone()
            },
        }
    }

    fn path(&self, written: &str) -> PathBuf {
        self.folder.join(written)
    }

    /// A value of the manifest, if it is set.
    fn value(&mut self, kind: ManifestValue, set: Option<&Located<String>>) -> Option<String> {
        let Located { value, span } = set?;
        if let Some(fault) = kind.fault(value) {
            self.report(code::BAD_VALUE, fault, *span, |it| it);
        }
        Some(value.clone())
    }

    fn runtime_version(&mut self, entry: &CrateEntry) -> Option<String> {
        let version = entry.runtime_version.as_ref();
        if let Some(Located { span, .. }) = version.filter(|_| entry.runtime.is_some()) {
            let message = "the crate already depends on the runtime in `runtime`".to_owned();
            self.report(code::BAD_VALUE, message, *span, |it| {
                it.help("remove one of the two keys")
            });
        }
        self.value(ManifestValue::RuntimeVersion, version)
    }

    /// Sets the levels of codes. Unknown codes are reported.
    fn set_rules(&mut self, rules: &mut Rules, entries: &RuleEntries) {
        let mut entries: Vec<_> = entries.iter().collect();
        Rules::groups_first(&mut entries, |(selector, _)| &selector.value);
        for (Located { value, span }, setting) in entries {
            if let Err(message) = rules.set(value, setting.value) {
                self.report(code::UNKNOWN_RULE, message, *span, |it| {
                    it.help("`specwright explain` lists all codes")
                });
            }
        }
    }

    fn report(
        &mut self,
        code: &'static str,
        message: String,
        span: Option<Span>,
        more: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let mut diagnostic = Diagnostic::error(code, message);
        if let Some(span) = span {
            diagnostic = diagnostic.at(span, "");
        }
        self.diagnostics.push(more(diagnostic));
    }
}
