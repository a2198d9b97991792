//! Definitions and references.

use std::sync::Arc;

use lsp_types::{
    CodeAction, CodeActionKind, CodeLens, Command, Location, OneOf, Position, Range,
    TextDocumentEdit, TextEdit,
};

use super::action::workspace_edit;
use super::check::Good;
use super::index::{Direction, Mention, Symbol};
use super::places::Places;
use super::rust::Rust;
use super::worker::Found;
use crate::diagnostic::laid_out;
use crate::source::Node;
use crate::text::Span;

/// The mention at a position.
pub(super) struct Spot<'f> {
    pub good: &'f Good,
    pub places: Places<'f>,
    pub mention: &'f Mention,
}

pub(super) fn spot<'f>(found: &'f Found, path: &str, position: Position) -> Option<Spot<'f>> {
    let (good, file) = found.good_of(path)?;
    let mut places = Places::new(&good.sources, &found.texts);
    let at = places.older(file, position);
    let mention = good.index().at(file, at)?;
    Some(Spot {
        good,
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

/// The mentions of the symbol at a position. Those of a component are in all descriptions; `others` are those without
/// an open file.
pub(super) fn references(
    found: &Found,
    others: &[Arc<Good>],
    (path, position): (&str, Position),
    with_definition: bool,
) -> Vec<Location> {
    let Some(mut spot) = spot(found, path, position) else {
        return Vec::new();
    };
    let symbol = &spot.mention.symbol;
    let mentions = spot.good.index().mentions(symbol);
    let mentions = mentions.filter(|mention| with_definition || !mention.defines);
    let own = mentions.filter_map(|mention| spot.places.location(mention.span));
    let mut locations: Vec<Location> = own.collect();
    let Symbol::Node(node) = *symbol else {
        return locations;
    };
    let file = &spot.good.sources.file(node.file).path;
    for (good, file) in found.goods_with(file, others) {
        let mut places = Places::new(&good.sources, &found.texts);
        let symbol = Symbol::Node(Span { file, ..node });
        let mentions = good.index().mentions(&symbol);
        let mentions = mentions.filter(|mention| !mention.defines);
        for location in mentions.filter_map(|mention| places.location(mention.span)) {
            if !locations.contains(&location) {
                locations.push(location);
            }
        }
    }
    locations
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
