//! The mentions of a renamed thing outside of descriptions: in `specwright.yaml` and in overlays.

mod overlays;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::check::Checked;
use super::index::Symbol;
use super::replace::{part, spelled};
use super::roots::{Kind, path_of_editor};
use crate::config::{Configuration, Crate, Target};
use crate::document::Filter;
use crate::document::decode::escape;
use crate::overlay;
use crate::text::{OpenTexts, Sources, Span};

/// A renamed thing, with its old name.
pub(super) enum Subject<'s> {
    /// A component, by the path of its file and the keys that lead to it.
    Component {
        file: &'s str,
        way: &'s [String],
    },
    Tag(&'s str),
    Operation(&'s str),
}

impl<'s> Subject<'s> {
    /// A tag or an operation; other symbols are components, or only known in descriptions.
    pub(super) fn of(symbol: &'s Symbol) -> Option<Self> {
        match symbol {
            Symbol::Tag(name) => Some(Self::Tag(name)),
            Symbol::Operation(name) => Some(Self::Operation(name)),
            Symbol::Node(_) | Symbol::Scheme(_) => None,
        }
    }
}

/// The mentions in one file.
#[derive(Default)]
pub(super) struct Outside {
    pub sources: Sources,
    /// The replacements.
    pub edits: Vec<(Span, String)>,
    /// The mentions that may have another meaning, which are not replaced.
    pub warnings: Vec<String>,
    /// The path of an overlay that also changes a description with another thing of the old name, so that no mention in
    /// it is replaced.
    pub kept: Option<String>,
    /// The replacements of mentions that name the file of the thing.
    certain: Vec<(Span, String)>,
}

/// Overlays, with the descriptions that each changes.
type Changes = BTreeMap<String, BTreeSet<String>>;

/// A renaming, with what it concerns.
pub(super) struct Renaming<'r> {
    pub subject: Subject<'r>,
    /// The new name.
    pub name: &'r str,
    /// The descriptions with the thing.
    pub roots: BTreeSet<String>,
    pub open: Arc<OpenTexts>,
    /// Whether each of the other descriptions that were read has something else with the old name.
    pub others: RefCell<BTreeMap<String, bool>>,
}

impl Renaming<'_> {
    /// The mentions in these files: configurations, the overlays that they name, and overlays that extend one of the
    /// descriptions.
    pub(super) fn outside(&self, files: &[(String, Kind)]) -> Vec<Outside> {
        let of_kind = |wanted: Kind| files.iter().filter(move |(_, kind)| *kind == wanted);
        let mut all = Vec::new();
        let mut overlays = Changes::new();
        for (path, _) in of_kind(Kind::Configuration) {
            let sources = Sources::with_open(self.open.clone());
            let configuration = Configuration::load_from(Path::new(path), sources);
            all.extend(self.configuration(&configuration, &mut overlays));
        }
        for (path, _) in of_kind(Kind::Overlay) {
            if let Some(extended) = self.extended(Path::new(path))
                && self.roots.contains(&extended)
            {
                overlays.entry(path.clone()).or_default().insert(extended);
            }
        }
        let overlays = overlays.iter();
        all.extend(overlays.filter_map(|(path, changed)| self.overlay(path, changed)));
        all
    }

    /// The description that an overlay extends.
    fn extended(&self, overlay: &Path) -> Option<String> {
        let sources = Sources::with_open(self.open.clone());
        let extended = overlay::extended_by(overlay, sources)?;
        Some(path_of_editor(&extended))
    }

    /// The mentions in the crates of a configuration. Adds the overlays of the crates.
    fn configuration(&self, configuration: &Configuration, overlays: &mut Changes) -> Vec<Outside> {
        let mut all = Vec::new();
        for one in &configuration.crates {
            let paths = one.descriptions.iter();
            let paths: BTreeSet<String> = paths.map(|path| path_of_editor(path)).collect();
            let own = paths.intersection(&self.roots).map(Path::new);
            let own: Vec<&Path> = own.collect();
            if own.is_empty() {
                continue;
            }
            for overlay in one.overlays_of(&own) {
                let changed = match self.extended(&overlay) {
                    Some(extended) => BTreeSet::from([extended]),
                    None => paths.clone(),
                };
                let known = overlays.entry(path_of_editor(&overlay));
                known.or_default().extend(changed);
            }
            let mut found = Outside {
                sources: configuration.sources.clone(),
                ..Outside::default()
            };
            self.of_crate(one, &mut found);
            let needs_check = !found.edits.is_empty();
            let other = self.another(paths.iter().filter(|_| needs_check));
            all.push(found.finish(other));
        }
        all
    }

    /// One of the descriptions that has another thing with the old name.
    fn another<'d>(&self, descriptions: impl IntoIterator<Item = &'d String>) -> Option<&'d str> {
        let mut paths = descriptions.into_iter().map(String::as_str);
        paths.find(|path| self.is_another(path))
    }

    fn is_another(&self, path: &str) -> bool {
        let is_same = match self.subject {
            Subject::Component { file, .. } => file == path,
            Subject::Tag(_) | Subject::Operation(_) => self.roots.contains(path),
        };
        if is_same {
            return false;
        }
        let known = self.others.borrow().get(path).copied();
        known.unwrap_or_else(|| {
            let has = self.has_old_name(path);
            self.others.borrow_mut().insert(path.to_owned(), has);
            has
        })
    }

    /// Whether a description has a thing with the old name, once the overlays of its configuration are applied.
    fn has_old_name(&self, path: &str) -> bool {
        let Some(good) = Checked::closed(path, &self.open) else {
            return false;
        };
        let symbol = match self.subject {
            Subject::Component { way, .. } => {
                let (mut way, root) = (way.iter(), good.description.root());
                return way.try_fold(root, |node, key| node.get(key)).is_some();
            }
            Subject::Tag(name) => Symbol::Tag(name.to_owned()),
            Subject::Operation(id) => Symbol::Operation(id.to_owned()),
        };
        good.index().mentions(&symbol).next().is_some()
    }

    fn of_crate(&self, one: &Crate, found: &mut Outside) {
        for (span, target) in one.settings.targets() {
            let new = match (target, &self.subject) {
                (Target::Tag(tag), Subject::Tag(old)) if tag == old => format!("tag {}", self.name),
                (Target::Operation(id), Subject::Operation(old)) if id == old => {
                    format!("operation {}", self.name)
                }
                (Target::Pointer { file, parts }, Subject::Component { file: own, way }) => {
                    let is_own = match file {
                        Some(file) => file == own,
                        None => self.roots.contains(*own),
                    };
                    if is_own && parts.starts_with(way) {
                        found.pointer(span, way.len(), self.name, file.is_some());
                    }
                    continue;
                }
                _ => continue,
            };
            found.replace(span, &new);
        }
        for (span, filter) in one.settings.filters.located() {
            self.filter(span, filter, found);
        }
    }

    fn filter(&self, span: Span, filter: &Filter, found: &mut Outside) {
        match (filter, &self.subject) {
            (Filter::Tag(tag), Subject::Tag(old)) if tag == old => found.tag(span, old, self.name),
            (Filter::Id(pattern), Subject::Operation(old)) => {
                if pattern.as_str() == *old {
                    found.replace(span, self.name);
                } else if pattern.matches(old) != pattern.matches(self.name) {
                    let verb = if pattern.matches(old) {
                        "no longer matches"
                    } else {
                        "matches"
                    };
                    found.warn(span, &format!("{verb} the renamed operation"));
                }
            }
            _ => {}
        }
    }
}

impl Outside {
    /// Replaces a whole string.
    fn replace(&mut self, span: Span, new: &str) {
        let new = spelled(&self.sources, span, new);
        self.edits.push((span, new));
    }

    /// Replaces a part of a pointer, counted from 1.
    fn pointer(&mut self, span: Span, number: usize, name: &str, is_certain: bool) {
        if let Ok(span) = part(&self.sources, span, number - 1) {
            let edits = if is_certain {
                &mut self.certain
            } else {
                &mut self.edits
            };
            edits.push((span, escape(name)));
        }
    }

    /// Keeps the mentions that also concern another description, if there is one with the old name.
    fn finish(mut self, other: Option<&str>) -> Self {
        if let Some(other) = other {
            let what = format!("also concerns {other} and is not changed");
            for (span, _) in std::mem::take(&mut self.edits) {
                self.warn(span, &what);
            }
        }
        self.edits.append(&mut self.certain);
        self
    }

    /// Replaces the tag of a filter: `"tag: pets"` or the value of `tag`.
    fn tag(&mut self, span: Span, old: &str, new: &str) {
        let text = self.sources.text(span);
        if text.starts_with(['"', '\'']) {
            return self.replace(span, &format!("tag: {new}"));
        }
        let Some(at) = text.rfind(old) else {
            return;
        };
        let is_quoted = text[..at].ends_with(['"', '\'']);
        let (start, end) = if is_quoted {
            (at - 1, at + old.len() + 1)
        } else {
            (at, at + old.len())
        };
        let start = span.start + crate::text::offset(start);
        let end = span.start + crate::text::offset(end);
        self.replace(Span { start, end, ..span }, new);
    }

    fn warn(&mut self, span: Span, what: &str) {
        let file = self.sources.file(span.file);
        let text = self.sources.text(span).trim_matches(['"', '\'']);
        self.warnings
            .push(format!("{}: `{text}` {what}", file.place(span.start)));
    }
}
