//! The outline of a file: its operations and components, which can also be folded.

use lsp_types::{DocumentSymbol, FoldingRange, FoldingRangeKind, SymbolKind};

use super::places::Places;
use super::worker::Found;
use crate::document::decode::{METHODS, is_method_key};
use crate::source::{Member, Node};
use crate::text::{FileId, Span};

/// The outline of a file.
pub(super) fn symbols(found: &Found, path: &str) -> Vec<DocumentSymbol> {
    let Some((good, file)) = found.good_of(path) else {
        return Vec::new();
    };
    let mut outline = Outline {
        file,
        places: Places::new(&good.sources, &found.texts),
    };
    let tree = good.tree(file);
    tree.map_or_else(Vec::new, |tree| {
        outline.children(tree, Level::of_root(tree))
    })
}

/// The parts of the outline with more than one line.
pub(super) fn folding_ranges(found: &Found, path: &str) -> Vec<FoldingRange> {
    let mut open = symbols(found, path);
    let mut ranges = Vec::new();
    while let Some(symbol) = open.pop() {
        let (start, end) = (symbol.range.start, symbol.range.end);
        if start.line < end.line {
            ranges.push(FoldingRange {
                start_line: start.line,
                end_line: end.line,
                kind: Some(FoldingRangeKind::Region),
                ..FoldingRange::default()
            });
        }
        open.extend(symbol.children.into_iter().flatten());
    }
    ranges.sort_by_key(|range| (range.start_line, range.end_line));
    ranges
}

/// The level of an object in a description, which determines its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// The keys of a description.
    Description,
    /// Paths or webhooks.
    Paths,
    /// The keys of a path item.
    Path,
    /// The kinds of components.
    Components,
    /// Named schemas.
    Schemas,
    /// The keywords of a schema.
    Schema,
    /// Properties.
    Properties,
    /// Entries with other names.
    Names,
    /// Not part of the outline.
    Other,
}

impl Level {
    /// The level of a whole file, which may be a part of a description.
    fn of_root(tree: &Node) -> Self {
        let has = |keys: &[&str]| keys.iter().any(|key| tree.get(key).is_some());
        if has(&["openapi", "swagger", "paths", "components"]) {
            Self::Description
        } else if has(&["type", "properties", "allOf", "oneOf", "anyOf", "enum"]) {
            Self::Schema
        } else if METHODS.iter().any(|(method, _)| has(&[method])) {
            Self::Path
        } else {
            Self::Names
        }
    }

    /// The level below an entry.
    fn below(self, key: &str) -> Self {
        match (self, key) {
            (Self::Description, "paths" | "webhooks" | "x-webhooks")
            | (Self::Components, "pathItems") => Self::Paths,
            (Self::Description, "components") => Self::Components,
            (Self::Description, "definitions") | (Self::Components, "schemas") => Self::Schemas,
            (Self::Description, "parameters" | "responses" | "securityDefinitions")
            | (Self::Components, _) => Self::Names,
            (Self::Paths, _) => Self::Path,
            (Self::Schemas | Self::Properties, _) => Self::Schema,
            (Self::Schema, "properties") => Self::Properties,
            _ => Self::Other,
        }
    }

    /// The kind of symbol for an entry; `None` if it is not shown.
    fn kind(self, key: &str) -> Option<SymbolKind> {
        Some(match self {
            Self::Description | Self::Components => SymbolKind::NAMESPACE,
            Self::Paths => SymbolKind::INTERFACE,
            Self::Path if is_method_key(key) => SymbolKind::METHOD,
            Self::Schemas => SymbolKind::STRUCT,
            Self::Properties => SymbolKind::FIELD,
            Self::Names => SymbolKind::OBJECT,
            Self::Path | Self::Schema | Self::Other => return None,
        })
    }
}

struct Outline<'f> {
    file: FileId,
    places: Places<'f>,
}

impl Outline<'_> {
    fn children(&mut self, node: &Node, level: Level) -> Vec<DocumentSymbol> {
        let members = node.as_map().unwrap_or_default().iter();
        // A name from the configuration has its location in another file.
        let members = members.filter(|member| member.key.span.file == self.file);
        let mut symbols = Vec::new();
        for member in members.collect::<Vec<_>>() {
            let key = &*member.key.text;
            let below = level.below(key);
            match level.kind(key) {
                Some(kind) => symbols.push(self.symbol(member, kind, below)),
                // The properties of a schema are shown directly below the schema.
                None if below == Level::Properties => {
                    symbols.extend(self.children(&member.value, below));
                }
                None => {}
            }
        }
        symbols
    }

    fn symbol(&mut self, member: &Member, kind: SymbolKind, below: Level) -> DocumentSymbol {
        let key = member.key.span;
        let value = member.value.span;
        // The value of an alias is elsewhere in the file.
        let end = if value.file == key.file && value.start >= key.end {
            value.end
        } else {
            key.end
        };
        let children = self.children(&member.value, below);
        let detail = ["operationId", "title", "$ref"].map(|key| member.value.get(key));
        let detail = detail.into_iter().flatten().find_map(Node::as_str);
        #[expect(deprecated, reason = "the struct still has the field")]
        DocumentSymbol {
            name: match kind {
                SymbolKind::METHOD => member.key.text.to_uppercase(),
                _ if member.key.text.trim().is_empty() => "(empty)".to_owned(),
                _ => member.key.text.to_string(),
            },
            detail: detail.map(str::to_owned),
            kind,
            tags: None,
            deprecated: None,
            range: self.places.range(Span { end, ..key }),
            selection_range: self.places.range(key),
            children: (!children.is_empty()).then_some(children),
        }
    }
}
