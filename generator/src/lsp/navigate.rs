//! Definitions, references and renaming.

use std::collections::BTreeMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeLens, Command, Location, OneOf, Position, Range,
    TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use super::action::workspace_edit;
use super::check::Good;
use super::index::{Direction, Mention, Symbol};
use super::places::Places;
use super::rust::Rust;
use super::worker::Found;
use crate::diagnostic::laid_out;
use crate::document::decode::escape;
use crate::document::is_component_name;
use crate::source::Node;
use crate::text::{FileId, Span};

/// The mention at a position.
struct Spot<'f> {
    good: &'f Good,
    file: FileId,
    places: Places<'f>,
    mention: &'f Mention,
}

fn spot<'f>(found: &'f Found, path: &str, position: Position) -> Option<Spot<'f>> {
    let (good, file) = found.good_of(path)?;
    let mut places = Places::new(&good.sources, &found.texts);
    let at = places.older(file, position);
    let mention = good.index().at(file, at)?;
    Some(Spot {
        good,
        file,
        places,
        mention,
    })
}

/// The definitions of the symbol at a position.
pub(super) fn definition(found: &Found, path: &str, position: Position) -> Vec<Location> {
    let Some(mut spot) = spot(found, path, position) else {
        return Vec::new();
    };
    let places = &mut spot.places;
    if let Symbol::Node(span) = spot.mention.symbol {
        return places.location(span).into_iter().collect();
    }
    let mentions = spot.good.index().mentions(&spot.mention.symbol);
    let defining = mentions.filter(|mention| mention.defines);
    defining
        .filter_map(|mention| places.location(mention.span))
        .collect()
}

/// The mentions of the symbol at a position.
pub(super) fn references(
    found: &Found,
    path: &str,
    position: Position,
    with_definition: bool,
) -> Vec<Location> {
    let Some(mut spot) = spot(found, path, position) else {
        return Vec::new();
    };
    let mentions = spot.good.index().mentions(&spot.mention.symbol);
    let mentions = mentions.filter(|mention| with_definition || !mention.defines);
    mentions
        .filter_map(|mention| spot.places.location(mention.span))
        .collect()
}

/// The range that a renaming at this position would replace.
pub(super) fn renamed(found: &Found, path: &str, position: Position) -> Option<Range> {
    let mut spot = spot(found, path, position)?;
    let edit = spot.edits("x").ok()?.into_iter().find(|(span, _)| {
        let own = spot.mention.span;
        span.file == spot.file && own.start <= span.start && span.end <= own.end
    });
    edit.map(|(span, _)| spot.places.range(span))
}

/// The edits that rename the symbol at a position.
pub(super) fn rename(
    found: &Found,
    path: &str,
    position: Position,
    name: &str,
) -> Result<WorkspaceEdit, String> {
    let spot = spot(found, path, position);
    let mut spot = spot.ok_or("there is no name here")?;
    let mut of_files: BTreeMap<FileId, Vec<OneOf<TextEdit, _>>> = BTreeMap::new();
    for (span, text) in spot.edits(name)? {
        let edit = TextEdit::new(spot.places.range(span), text);
        of_files
            .entry(span.file)
            .or_default()
            .push(OneOf::Left(edit));
    }
    let edits = of_files.into_iter().filter_map(|(file, edits)| {
        Some(TextDocumentEdit {
            text_document: spot.places.document(file)?,
            edits,
        })
    });
    Ok(workspace_edit(edits.collect()))
}

/// An action that writes the name of a schema's type in Rust into the schema, so that it stays when the schema is
/// renamed.
pub(super) fn keep_rust_name(found: &Found, path: &str, position: Position) -> Option<CodeAction> {
    let mut spot = spot(found, path, position)?;
    let Symbol::Node(component) = spot.mention.symbol else {
        return None;
    };
    let (_, ty) = Rust::of(spot.good.api.as_ref()?).type_at(component)?;
    let schema = spot.good.tree(component.file)?.under(component)?;
    let members = schema.as_map()?;
    let first = members.first()?;
    let mut keys = members.iter().map(|member| &*member.key.text);
    if keys.any(|key| matches!(key, "x-rust-name" | "$ref")) {
        return None;
    }
    let next = first.span();
    let name = ty.name.plain();
    let text = &spot.good.sources.file(component.file).text;
    let entry = laid_out(text, next, &format!("x-rust-name: {name}"));
    let at = spot.places.range(next).start;
    let edit = TextDocumentEdit {
        text_document: spot.places.document(component.file)?,
        edits: vec![OneOf::Left(TextEdit::new(Range::new(at, at), entry))],
    };
    Some(CodeAction {
        title: format!("Keep the name `{name}` in Rust"),
        kind: Some(CodeActionKind::REFACTOR_REWRITE),
        edit: Some(workspace_edit(vec![edit])),
        ..CodeAction::default()
    })
}

impl Spot<'_> {
    /// The replacements for a new name.
    fn edits(&self, name: &str) -> Result<Vec<(Span, String)>, String> {
        let index = self.good.index();
        let Symbol::Node(component) = self.mention.symbol else {
            if name.trim().is_empty() || name.contains(char::is_control) {
                return Err(format!("{name:?} cannot be a name"));
            }
            let mentions = index.mentions(&self.mention.symbol);
            return Ok(mentions
                .map(|mention| (mention.span, self.spelled(mention.span, name)))
                .collect());
        };
        if !is_component_name(name) {
            return Err(format!(
                "`{name}` is not a valid name of a component: use letters, digits, `.`, `-` and `_` only"
            ));
        }
        let old = self.good.sources.text(component);
        if index.values.contains(&component) {
            return Err(format!(
                "{old} is a value of a discriminator; add it to the `mapping` before you rename it"
            ));
        }
        let path = self
            .path_to(component)
            .ok_or("only components can be renamed")?;
        if let Some((_, above)) = path.split_last()
            && self.has(component.file, above, name)
        {
            return Err(format!("there is a component `{name}` already"));
        }
        let mut edits = vec![(component, self.spelled(component, name))];
        for mention in index.all() {
            let Some((file, parts)) = &mention.target else {
                continue;
            };
            if *file == component.file && parts.starts_with(&path) {
                let span = self.part(mention.span, path.len() - 1)?;
                edits.push((span, escape(name)));
            }
        }
        Ok(edits)
    }

    /// The keys on the path to the key of a component.
    fn path_to(&self, component: Span) -> Option<Vec<String>> {
        let tree = self.good.tree(component.file)?;
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

    fn has(&self, file: FileId, way: &[String], name: &str) -> bool {
        let mut node = self.good.tree(file);
        for key in way {
            node = node.and_then(|node| node.get(key));
        }
        node.and_then(|node| node.get(name)).is_some()
    }

    /// The span of one part of the pointer of a reference.
    fn part(&self, span: Span, number: usize) -> Result<Span, String> {
        let text = self.good.sources.text(span);
        let quotes: &[char] = &['\'', '"'];
        let start = text.len() - text.trim_start_matches(quotes).len();
        let end = text.trim_end_matches(quotes).len();
        let refused = || format!("the reference {text} cannot be changed");
        let mut from = match text.find('#') {
            Some(hash) => hash + 1,
            // A mapping may contain the bare name.
            None => {
                return Ok(Span {
                    start: span.start + crate::text::offset(start),
                    end: span.start + crate::text::offset(end),
                    ..span
                });
            }
        };
        for _ in 0..=number {
            let next = text[from..end].find('/').ok_or_else(refused)?;
            from += next + 1;
        }
        let to = text[from..end].find('/').map_or(end, |next| from + next);
        Ok(Span {
            start: span.start + crate::text::offset(from),
            end: span.start + crate::text::offset(to),
            ..span
        })
    }

    /// The replacement for a name: with the same quotes, or with quotes if it needs them.
    fn spelled(&self, span: Span, name: &str) -> String {
        let old = self.good.sources.text(span);
        let is_plain = name.starts_with(|first: char| first.is_alphabetic())
            && name
                .chars()
                .all(|one| one.is_alphanumeric() || "._-/ ".contains(one))
            && !name.ends_with(' ')
            && !matches!(name, "null" | "true" | "false");
        if old.starts_with('"') {
            format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
        } else if old.starts_with('\'') || !is_plain {
            format!("'{}'", name.replace('\'', "''"))
        } else {
            name.to_owned()
        }
    }
}

/// Lenses above the schemas of a file, with the users of each.
pub(super) fn lenses(found: &Found, path: &str) -> Vec<CodeLens> {
    let Some((good, file)) = found.good_of(path) else {
        return Vec::new();
    };
    let mut places = Places::new(&good.sources, &found.texts);
    let index = good.index();
    let is_schema = |span: Span| {
        let tree = good.tree(file);
        let sections = tree.into_iter().flat_map(|tree| {
            [
                tree.get("components").and_then(|node| node.get("schemas")),
                tree.get("definitions"),
            ]
        });
        let mut sections = sections.flatten();
        sections
            .any(|schemas: &Node| schemas.span.start <= span.start && span.end <= schemas.span.end)
    };
    let own = index
        .all()
        .filter(|mention| mention.defines && mention.span.file == file && is_schema(mention.span));
    let spans: Vec<Span> = own.map(|mention| mention.span).collect();
    spans
        .into_iter()
        .map(|span| CodeLens {
            range: places.range(span),
            command: Some(Command::new(usage(good, span), String::new(), None)),
            data: None,
        })
        .collect()
}

/// A short description of the users of a component.
pub(super) fn usage(good: &Good, component: Span) -> String {
    let index = good.index();
    let users = index.users(component);
    let mut labels: Vec<&str> = users.iter().map(|(label, _)| label.as_str()).collect();
    labels.dedup();
    let has = |direction| users.iter().any(|(_, own)| *own == Some(direction));
    let directions = match (has(Direction::Read), has(Direction::Sent)) {
        (true, true) => "; read and sent",
        (true, false) => "; read",
        (false, true) => "; sent",
        (false, false) => "",
    };
    match (labels.len(), index.users_among_components(component)) {
        (0, 0) => "not used".to_owned(),
        (0, 1) => "used by 1 component, by no operation".to_owned(),
        (0, components) => format!("used by {components} components, by no operation"),
        (1, _) => format!("used by 1 operation{directions}"),
        (operations, _) => format!("used by {operations} operations{directions}"),
    }
}
