//! The mentions of a renamed thing outside of descriptions: in `specwright.yaml` and in overlays.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::index::Symbol;
use super::rename::{part, spelled};
use super::roots::{Kind, slashed};
use crate::config::{Configuration, Crate, Target, normalized};
use crate::diagnostic::Diagnostics;
use crate::document::Filter;
use crate::document::decode::escape;
use crate::overlay;
use crate::source::{Node, parse, unescape};
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
}

/// A renaming, with what it concerns.
pub(super) struct Renaming<'r> {
    pub subject: Subject<'r>,
    /// The new name.
    pub name: &'r str,
    /// The descriptions with the thing.
    pub roots: BTreeSet<String>,
    pub open: Arc<OpenTexts>,
}

impl Renaming<'_> {
    /// The mentions in these files: configurations, the overlays that they name, and overlays that extend one of the
    /// descriptions.
    pub(super) fn outside(&self, files: &[(String, Kind)]) -> Vec<Outside> {
        let of_kind = |wanted: Kind| files.iter().filter(move |(_, kind)| *kind == wanted);
        let mut all = Vec::new();
        let mut overlays = BTreeSet::new();
        for (path, _) in of_kind(Kind::Configuration) {
            let sources = Sources::with_open(self.open.clone());
            let configuration = Configuration::load_from(Path::new(path), sources);
            all.push(self.configuration(&configuration, &mut overlays));
        }
        let mut extending: Vec<&String> = of_kind(Kind::Overlay).map(|(path, _)| path).collect();
        extending.retain(|path| self.extends(path));
        overlays.extend(extending.into_iter().cloned());
        all.extend(overlays.iter().filter_map(|path| self.overlay(path)));
        all
    }

    fn has_root(&self, path: &Path) -> bool {
        self.roots.contains(&normalized(&slashed(path)))
    }

    /// Whether an overlay extends one of the descriptions.
    fn extends(&self, overlay: &str) -> bool {
        let sources = Sources::with_open(self.open.clone());
        let extended = overlay::extended_by(Path::new(overlay), sources);
        extended.is_some_and(|path| self.has_root(&path))
    }

    /// The mentions in a configuration. Adds the overlays of its crates.
    fn configuration(
        &self,
        configuration: &Configuration,
        overlays: &mut BTreeSet<String>,
    ) -> Outside {
        let mut found = Outside {
            sources: configuration.sources.clone(),
            ..Outside::default()
        };
        for one in &configuration.crates {
            let own = one.descriptions.iter().filter(|path| self.has_root(path));
            let own: Vec<&Path> = own.map(|path| &**path).collect();
            if !own.is_empty() {
                let applied = one.overlays_of(&own);
                overlays.extend(applied.iter().map(|path| normalized(&slashed(path))));
                self.of_crate(one, &mut found);
            }
        }
        found
    }

    fn of_crate(&self, one: &Crate, found: &mut Outside) {
        for (span, target) in one.settings.targets() {
            let new = match (target, &self.subject) {
                (Target::Tag(tag), Subject::Tag(old)) if tag == old => format!("tag {}", self.name),
                (Target::Operation(id), Subject::Operation(old)) if id == old => {
                    format!("operation {}", self.name)
                }
                (Target::Pointer { file, parts }, Subject::Component { file: own, way }) => {
                    let file = file.as_ref();
                    let is_own = file.map_or_else(|| self.roots.contains(*own), |file| file == own);
                    if is_own && parts.starts_with(way) {
                        found.pointer(span, way.len(), self.name);
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

    /// The mentions in an overlay. It only changes the main files of descriptions.
    fn overlay(&self, path: &str) -> Option<Outside> {
        let mut sources = Sources::with_open(self.open.clone());
        let mut ignored = Diagnostics::new();
        let file = sources.load(Path::new(path), &mut ignored)?;
        let root = parse(file, &sources, &mut ignored)?;
        let mut found = Outside {
            sources,
            ..Outside::default()
        };
        let (way, is_main): (&[String], _) = match self.subject {
            Subject::Component { file, way } => (way, self.roots.contains(file)),
            Subject::Tag(old) | Subject::Operation(old) => (&[old.to_owned()], true),
        };
        let actions = root.get("actions").and_then(Node::as_list);
        for action in actions.filter(|_| is_main).unwrap_or_default() {
            for query in ["target", "copy"].iter().filter_map(|key| action.get(key)) {
                self.query(query, way, &mut found);
            }
            if let (Some(update), Subject::Component { .. }) = (action.get("update"), &self.subject)
            {
                self.references(update, way, &mut found);
            }
        }
        Some(found)
    }

    fn query(&self, query: &Node, way: &[String], found: &mut Outside) {
        let Some(text) = query.as_str() else {
            return;
        };
        let is_component = matches!(self.subject, Subject::Component { .. });
        match overlay::renamed(text, way, self.name) {
            Ok(Some(new)) if is_component => found.replace(query.span, &new),
            Ok(_) => {}
            Err(()) => found.warn(query.span, "may refer to the old name and is not changed"),
        }
    }

    /// The references to the component below a value that an overlay adds.
    fn references(&self, node: &Node, way: &[String], found: &mut Outside) {
        for member in node.as_map().unwrap_or_default() {
            let pointer = member
                .value
                .as_str()
                .and_then(|text| text.strip_prefix("#/"));
            if let Some(pointer) = pointer.filter(|_| &*member.key.text == "$ref") {
                let parts: Vec<String> = pointer.split('/').map(unescape).collect();
                if parts.starts_with(way) {
                    found.pointer(member.value.span, way.len(), self.name);
                }
            }
            self.references(&member.value, way, found);
        }
        for element in node.as_list().unwrap_or_default() {
            self.references(element, way, found);
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
    fn pointer(&mut self, span: Span, number: usize, name: &str) {
        if let Ok(span) = part(&self.sources, span, number - 1) {
            self.edits.push((span, escape(name)));
        }
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
