//! Small descriptions, the decoded documents and the diagnostics.

mod operation;
mod reference;
mod schema;
mod security;
mod top;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::document::decode::decode_files;
use crate::document::{Document, Files, Operation, Schema, SchemaId};
use crate::source::{Node, Sources, parse};

/// A decoded description with its diagnostics.
struct Read<'t> {
    document: Option<Document<'t>>,
    /// `error SW0204 3: message`, with the line of the mark, in the order of the file.
    messages: Vec<String>,
    diagnostics: Diagnostics,
}

impl<'t> Read<'t> {
    fn document(&self) -> &Document<'t> {
        self.document.as_ref().expect("a description")
    }

    /// The first operation of the first path.
    fn operation(&self) -> &Operation<'t> {
        &self.document().paths[0].operations[0]
    }

    /// The component with this name.
    fn schema(&self, name: &str) -> &Schema<'t> {
        let named = self
            .document()
            .components
            .iter()
            .find(|(key, _)| &*key.text == name);
        self.by_id(named.expect("a component").1)
    }

    fn by_id(&self, id: SchemaId) -> &Schema<'t> {
        self.document().schema(id)
    }

    /// The only diagnostic.
    fn only(&self) -> &Diagnostic {
        assert_eq!(self.messages.len(), 1, "{:#?}", self.messages);
        self.diagnostics.iter().next().expect("a diagnostic")
    }
}

/// Decodes the first of the files, which may refer to the others, and passes the result to `look`.
fn read_files(files: &[(&str, &str)], look: impl FnOnce(&Read<'_>)) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::new();
    let mut roots: Vec<(&str, Node)> = Vec::new();
    for (path, text) in files {
        let id = sources.add(*path, *text);
        roots.push((path, parse(id, &sources, &mut diagnostics).expect("a tree")));
    }
    let mut known = Files::new();
    for (path, root) in &roots {
        known.add(path, root);
    }
    let document = decode_files(&roots[0].1, &known, &mut diagnostics);
    let mut placed: Vec<(u32, String)> = diagnostics
        .iter()
        .map(|diagnostic| message(diagnostic, &sources))
        .collect();
    placed.sort();
    let messages = placed.into_iter().map(|(_, message)| message).collect();
    look(&Read {
        document,
        messages,
        diagnostics,
    });
}

fn message(diagnostic: &Diagnostic, sources: &Sources) -> (u32, String) {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let span = diagnostic.primary.as_ref().expect("a place").span;
    let start = usize::try_from(span.start).expect("an offset");
    let line = sources.file(span.file).text[..start].matches('\n').count() + 1;
    (
        span.start,
        format!(
            "{severity} {} {line}: {}",
            diagnostic.code, diagnostic.message
        ),
    )
}

/// Decodes one file.
fn read(text: &str, look: impl FnOnce(&Read<'_>)) {
    read_files(&[("api.yaml", text)], look);
}

/// Decodes a description whose first line is the version and whose second is `info`.
fn read_api(text: &str, look: impl FnOnce(&Read<'_>)) {
    read(
        &format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{text}"),
        look,
    );
}

/// Decodes components. The schemas begin in line 5.
fn read_schemas(schemas: &str, look: impl FnOnce(&Read<'_>)) {
    let indented: String = schemas
        .lines()
        .flat_map(|line| ["    ", line, "\n"])
        .collect();
    read_api(&format!("components:\n  schemas:\n{indented}"), look);
}

/// Decodes one operation, whose keys begin in line 6.
fn read_operation(operation: &str, look: impl FnOnce(&Read<'_>)) {
    let indented: String = operation
        .lines()
        .flat_map(|line| ["      ", line, "\n"])
        .collect();
    read_api(
        &format!("paths:\n  /pets/{{id}}:\n    get:\n{indented}"),
        look,
    );
}
