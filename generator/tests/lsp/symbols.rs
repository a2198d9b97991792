//! The outline of a file.

use lsp_types::request::{DocumentSymbolRequest, FoldingRangeRequest, Request as _};
use lsp_types::{DocumentSymbol, FoldingRange};
use serde_json::json;

use crate::MUSEUM;
use crate::client::{Editor, shown_range};

fn outline(symbols: &[DocumentSymbol], indent: usize) -> String {
    let lines = symbols.iter().map(|symbol| {
        let detail = symbol.detail.as_deref().unwrap_or_default();
        let children = symbol.children.as_deref().unwrap_or_default();
        let own = format!(
            "{:indent$}{} {} {detail}",
            "",
            shown_range(symbol.range),
            symbol.name
        );
        own.trim_end().to_owned() + "\n" + &outline(children, indent + 2)
    });
    lines.collect()
}

fn symbols(editor: &mut Editor, name: &str) -> String {
    let document = json!({ "textDocument": { "uri": editor.uri(name) } });
    let symbols = editor.ask_json(DocumentSymbolRequest::METHOD, document);
    let symbols: Vec<DocumentSymbol> = serde_json::from_value(symbols).unwrap();
    outline(&symbols, 0)
}

#[test]
fn operations_and_schemas_are_the_outline() {
    let mut editor = Editor::with(&[("museum.yaml", MUSEUM)]);
    editor.open("museum.yaml");
    insta::assert_snapshot!(symbols(&mut editor, "museum.yaml"));
    let document = json!({ "textDocument": { "uri": editor.uri("museum.yaml") } });
    let ranges = editor.ask_json(FoldingRangeRequest::METHOD, document);
    let ranges: Vec<FoldingRange> = serde_json::from_value(ranges).unwrap();
    let lines = ranges
        .iter()
        .map(|range| format!("{}-{} ", range.start_line, range.end_line));
    insta::assert_snapshot!(lines.collect::<String>());
    editor.end();
}

#[test]
fn the_outline_stays_and_moves_while_the_text_cannot_be_parsed() {
    let mut editor = Editor::with(&[("museum.yaml", MUSEUM)]);
    editor.open("museum.yaml");
    let before = symbols(&mut editor, "museum.yaml");
    editor.replace("museum.yaml", "tags:\n", "x-a: [\n\ntags:\n");
    let after = symbols(&mut editor, "museum.yaml");
    let names = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.trim().split_once(' '));
        lines.map(|line| line.unwrap().1.to_owned()).collect()
    };
    assert_eq!(names(&after), names(&before));
    let line = |text: &str| {
        let found = text.lines().find(|line| line.ends_with(" Visitor"));
        let line = found.unwrap().trim().split(':').next().unwrap();
        line.parse::<u32>().unwrap()
    };
    assert_eq!(line(&after), line(&before) + 2);
    editor.end();
}
