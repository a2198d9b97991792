//! Renaming of components, tags, security schemes and operations.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use lsp_types::{OneOf, Position, Range, TextDocumentEdit, TextEdit, WorkspaceEdit};

use super::action::workspace_edit;
use super::check::Good;
use super::index::{Mention, Symbol};
use super::navigate::{Spot, spot};
use super::outside::{Renaming, Subject};
use super::places::Places;
use super::replace::{part, spelled};
use super::roots::Kind;
use super::worker::Found;
use crate::document::decode::escape;
use crate::document::is_component_name;
use crate::read::CONFIGURATION;
use crate::source::Node;
use crate::text::{FileId, OpenTexts, Sources, Span};

/// The range that a renaming at this position would replace.
pub(super) fn renamed(found: &Found, path: &str, position: Position) -> Option<Range> {
    let mut spot = spot(found, path, position)?;
    let own = spot.mention.span;
    if let Some(component) = Component::at(&spot).ok()? {
        let edits = component.edits(spot.good, "").ok()?;
        let is_here =
            |span: &Span| span.file == own.file && own.start <= span.start && span.end <= own.end;
        let (span, _) = edits.into_iter().find(|(span, _)| is_here(span))?;
        return Some(spot.places.range(span));
    }
    Some(spot.places.range(own))
}

/// The results for a workspace.
pub(super) struct Everywhere {
    pub found: Found,
    /// The descriptions of several files that were not checked.
    pub others: Vec<Arc<Good>>,
    /// All configurations, descriptions and overlays.
    pub files: Vec<(String, Kind)>,
    pub open: Arc<OpenTexts>,
}

/// The edits that rename the symbol at a position, and warnings about what may be a mention too. A component is renamed
/// in all descriptions; configurations and overlays are changed as well.
pub(super) fn rename(
    everywhere: &Everywhere,
    (path, position): (&str, Position),
    name: &str,
) -> Result<(WorkspaceEdit, Vec<String>), String> {
    let Everywhere { found, others, .. } = everywhere;
    let spot = spot(found, path, position);
    let spot = spot.ok_or("there is no name here")?;
    let mut mentions = Vec::new();
    let mut roots = BTreeSet::from([spot.good.path().to_owned()]);
    let component = Component::at(&spot)?;
    let subject = if let Some(component) = &component {
        component.accepts(spot.good, name)?;
        mentions.push((&spot.good.sources, component.edits(spot.good, name)?));
        for (good, _) in found.goods_with(&component.path, others) {
            mentions.push((&good.sources, component.edits(good, name)?));
            roots.insert(good.path().to_owned());
        }
        Some(component.subject())
    } else {
        mentions.push((&spot.good.sources, named(&spot, name)?));
        Subject::of(&spot.mention.symbol)
    };
    let open = everywhere.open.clone();
    let renaming = subject.map(|subject| Renaming {
        subject,
        name,
        roots,
        open,
        others: RefCell::default(),
    });
    let outside = renaming.map(|renaming| renaming.outside(&everywhere.files));
    let outside = outside.unwrap_or_default();
    let kept: BTreeSet<&str> = outside
        .iter()
        .filter_map(|one| one.kept.as_deref())
        .collect();
    let mut edits = Edits::default();
    for (sources, mut own) in mentions {
        own.retain(|(span, _)| {
            let path = &*sources.file(span.file).path;
            !is_configuration(path) && !kept.contains(path)
        });
        edits.add(sources, found, own);
    }
    let mut warnings = Vec::new();
    for one in outside {
        edits.add(&one.sources, found, one.edits);
        warnings.extend(one.warnings);
    }
    Ok((edits.finish(), warnings))
}

/// Whether a mention in a file comes from the settings, which [`Renaming`] replaces.
fn is_configuration(path: &str) -> bool {
    Path::new(path).ends_with(CONFIGURATION)
}

/// The replacements for the new name of a tag, a security scheme or an operation.
fn named(spot: &Spot<'_>, name: &str) -> Result<Vec<(Span, String)>, String> {
    if name.trim().is_empty() || name.contains(char::is_control) {
        return Err(format!("{name:?} cannot be a name"));
    }
    let (index, symbol) = (spot.good.index(), &spot.mention.symbol);
    let mut new = symbol.clone();
    if let Symbol::Tag(text) | Symbol::Scheme(text) | Symbol::Operation(text) = &mut new {
        name.clone_into(text);
    }
    if new != *symbol && index.mentions(&new).any(|mention| mention.defines) {
        return Err(format!("there is another `{name}` already"));
    }
    let mentions = index.mentions(symbol);
    Ok(mentions
        .map(|mention| {
            (
                mention.span,
                spelled(&spot.good.sources, mention.span, name),
            )
        })
        .collect())
}

/// The edits of a renaming by the path of their file, without duplicates: a file can be part of several descriptions.
#[derive(Default)]
struct Edits(BTreeMap<String, TextDocumentEdit>);

impl Edits {
    fn add(&mut self, sources: &Sources, found: &Found, edits: Vec<(Span, String)>) {
        let mut places = Places::new(sources, &found.texts);
        for (span, text) in edits {
            let path = &sources.file(span.file).path;
            let Some(text_document) = places.document(span.file) else {
                continue;
            };
            let of_file = self.0.entry(path.clone());
            let of_file = of_file.or_insert_with(|| TextDocumentEdit {
                text_document,
                edits: Vec::new(),
            });
            let edit = OneOf::Left(TextEdit::new(places.range(span), text));
            if !of_file.edits.contains(&edit) {
                of_file.edits.push(edit);
            }
        }
    }

    fn finish(self) -> WorkspaceEdit {
        workspace_edit(self.0.into_values().collect())
    }
}

/// A component: a key that references lead to.
struct Component {
    /// The path of its file.
    path: String,
    /// The keys on the path to it in its file.
    way: Vec<String>,
}

impl Component {
    /// The component that is mentioned at a spot; `None` for tags, operations and unknown schemes.
    fn at(spot: &Spot<'_>) -> Result<Option<Self>, String> {
        let symbol = &spot.mention.symbol;
        let definition = || spot.good.index().definition(symbol);
        let key = match symbol {
            Symbol::Node(key) => Some(*key),
            Symbol::Scheme(_) => definition().map(|one| one.span),
            Symbol::Tag(_) | Symbol::Operation(_) => None,
        };
        let Some(key) = key else {
            return Ok(None);
        };
        let way = path_to(spot.good, key).filter(|way| can_be_renamed(way));
        Ok(Some(Self {
            path: spot.good.sources.file(key.file).path.clone(),
            way: way.ok_or("only components can be renamed")?,
        }))
    }

    fn subject(&self) -> Subject<'_> {
        let (file, way) = (&*self.path, &*self.way);
        Subject::Component { file, way }
    }

    /// Checks a new name.
    fn accepts(&self, good: &Good, name: &str) -> Result<(), String> {
        if !is_component_name(name) {
            return Err(format!(
                "`{name}` is not a valid name of a component: use letters, digits, `.`, `-` and `_` only"
            ));
        }
        if self
            .beside(good)
            .is_some_and(|beside| beside.get(name).is_some())
        {
            return Err(format!("there is a component `{name}` already"));
        }
        Ok(())
    }

    /// The replacements in a description for a new name.
    fn edits(&self, good: &Good, name: &str) -> Result<Vec<(Span, String)>, String> {
        let Some((file, key)) = self.key(good) else {
            return Ok(Vec::new());
        };
        let index = good.index();
        if index.values.contains(&key) {
            let is_swagger = good.description.root().get("swagger").is_some();
            let what = if is_swagger {
                ", and Swagger 2.0 has no `mapping` that could keep the value"
            } else {
                "; add it to the `mapping` before you rename it"
            };
            let name = good.sources.text(key);
            return Err(format!("{name} is a value of a discriminator{what}"));
        }
        let mut spans = vec![key];
        // The requirements of a description name its schemes.
        if let Some(Mention {
            symbol,
            defines: true,
            ..
        }) = index.at(file, key.start as usize)
            && matches!(symbol, Symbol::Scheme(_))
        {
            let mentions = index.mentions(symbol).map(|mention| mention.span);
            spans.extend(mentions.filter(|span| *span != key));
        }
        let edits = spans
            .into_iter()
            .map(|span| (span, spelled(&good.sources, span, name)));
        let mut edits: Vec<_> = edits.collect();
        for mention in index.all() {
            let Some((of, parts)) = &mention.target else {
                continue;
            };
            if *of == file && parts.starts_with(&self.way) {
                let span = part(&good.sources, mention.span, self.way.len() - 1)?;
                edits.push((span, escape(name)));
            }
        }
        Ok(edits)
    }

    /// The key of the component in a description.
    fn key(&self, good: &Good) -> Option<(FileId, Span)> {
        let span = self.beside(good)?.member(self.way.last()?)?.key.span;
        Some((span.file, span))
    }

    /// The object in a description that has the component.
    fn beside<'g>(&self, good: &'g Good) -> Option<&'g Node> {
        let tree = good.tree(good.file(&self.path)?)?;
        let (_, above) = self.way.split_last()?;
        above.iter().try_fold(tree, |node, key| node.get(key))
    }
}

/// Whether a path leads to the name of a component, and not to a key that is sent or that the specification defines.
fn can_be_renamed(way: &[String]) -> bool {
    let keys: Vec<&str> = way.iter().map(String::as_str).collect();
    match keys[..] {
        [_] | ["components", _, _] | [.., "$defs" | "definitions", _] => true,
        [section, _] => !matches!(
            section,
            "properties" | "patternProperties" | "paths" | "webhooks"
        ),
        _ => false,
    }
}

/// The keys on the path to the key of a component.
fn path_to(good: &Good, component: Span) -> Option<Vec<String>> {
    let tree = good.tree(component.file)?;
    let mut way = Vec::new();
    let mut node = tree;
    loop {
        let mut members = node.as_map()?.iter();
        let member = members.find(|member| {
            let (key, value) = (member.key.span, member.value.span);
            key == component || value.start <= component.start && component.end <= value.end
        })?;
        way.push(member.key.text.to_string());
        if member.key.span == component {
            return Some(way);
        }
        node = &member.value;
    }
}
