//! Counts what a document describes and what is generated from it, independently.

use std::collections::BTreeMap;

use specwright::internals::model::{Api, Kind, Output, Shape};
use specwright::internals::source::{Node, Value};
use specwright::tree::Tree;

use super::generate::Typed;

/// The keys of a path item that are operations.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The maximum number of references of a path item that are followed.
const FARTHEST: usize = 8;

/// Counts the operations under `paths` in the tree of the document.
pub(super) fn described(root: &Node) -> usize {
    let paths = root.get("paths").and_then(Node::as_map).unwrap_or_default();
    paths
        .iter()
        .filter(|member| !member.key.text.starts_with("x-"))
        .map(|member| operations(root, &member.value))
        .sum()
}

fn operations(root: &Node, item: &Node) -> usize {
    let item = followed(root, item);
    let is_operation = |member: &&specwright::internals::source::Member| {
        METHODS.contains(&&*member.key.text) && matches!(member.value.value, Value::Map(_))
    };
    let usual = item.as_map().unwrap_or_default().iter();
    let additional = item.get("additionalOperations").and_then(Node::as_map);
    usual.filter(is_operation).count() + additional.unwrap_or_default().len()
}

/// Follows the references of a path item within the file.
fn followed<'a>(root: &'a Node, mut item: &'a Node) -> &'a Node {
    for _ in 0..FARTHEST {
        let reference = item.get("$ref").and_then(Node::as_str);
        let Some(pointer) = reference.and_then(|reference| reference.strip_prefix("#/")) else {
            break;
        };
        let steps = pointer.split('/').map(|step| {
            let step = step.replace("%7B", "{").replace("%7D", "}");
            step.replace("~1", "/").replace("~0", "~")
        });
        let found = steps
            .into_iter()
            .try_fold(root, |node, step| node.get(&step));
        let Some(found) = found else { break };
        item = found;
    }
    item
}

/// Counts the generated methods whose docs name an operation, such as `` `GET /pets` ``.
pub(super) fn emitted(tree: &Tree) -> usize {
    let sources = tree.iter().filter(|(path, _)| path.starts_with("src/"));
    sources.map(|(_, text)| methods(text)).sum()
}

/// Each method counts once, because descriptions can contain such lines as well.
fn methods(text: &str) -> usize {
    let (mut count, mut named) = (0, false);
    for line in text.lines().map(str::trim_start) {
        if line.starts_with("///") {
            named |= names_operation(line);
        } else if !line.starts_with('#') {
            count += usize::from(named && line.starts_with("pub fn "));
            named = false;
        }
    }
    count
}

fn names_operation(line: &str) -> bool {
    let code = line.strip_prefix("/// `");
    // A line with other code is for another media type of an operation that was counted.
    let code = code.and_then(|line| line.strip_suffix('`'));
    let code = code.filter(|code| !code.contains('`'));
    code.and_then(|code| code.split_once(' '))
        .is_some_and(|(method, path)| {
            !method.is_empty()
                && method.bytes().all(|byte| byte.is_ascii_uppercase())
                && path.starts_with('/')
        })
}

/// Counts the typed values by kind, and those of them that have raw JSON in their type.
pub(super) fn typed(api: &Api, counts: &mut BTreeMap<String, Typed>) {
    let mut count = |kind: &str, shape: &Shape| {
        let typed = counts.entry(kind.to_owned()).or_default();
        typed.all += 1;
        typed.raw += usize::from(is_raw(api, shape));
    };
    for ty in &api.types {
        match &ty.kind {
            Kind::Record(record) => {
                for field in &record.fields {
                    count("fields", &field.shape);
                }
            }
            Kind::Union(union) => {
                for alternative in &union.alternatives {
                    count("alternatives", &alternative.shape);
                }
            }
            Kind::Enumeration(_) | Kind::Alias(_) | Kind::Wrapper(_) => {}
        }
    }
    let resources = api.resources.iter();
    for operation in resources.flat_map(|resource| &resource.operations) {
        for input in &operation.inputs {
            count("inputs", &input.shape);
        }
        for shape in responses(&operation.output) {
            count("responses", shape);
        }
        for shape in operation
            .errors
            .iter()
            .filter_map(|error| error.shape.as_ref())
        {
            count("errors", shape);
        }
    }
}

fn responses(output: &Output) -> Vec<&Shape> {
    match output {
        Output::Json(shape, _) | Output::Events(Some(shape)) | Output::JsonLines(shape) => {
            vec![shape]
        }
        Output::OneOf { cases, .. } => cases
            .iter()
            .flat_map(|case| responses(&case.output))
            .collect(),
        Output::Any => vec![&Shape::Json],
        Output::Empty | Output::Text | Output::Bytes | Output::Events(None) => Vec::new(),
    }
}

/// Whether a type accepts any JSON. A free-form object does not count, because the description says that it is one.
fn is_raw(api: &Api, shape: &Shape) -> bool {
    match api.resolved(shape) {
        Shape::Json => true,
        Shape::List(inner) | Shape::Map(inner) | Shape::Nullable(inner) => is_raw(api, inner),
        Shape::Tuple(elements) => elements.iter().any(|element| is_raw(api, element)),
        Shape::Scalar(_)
        | Shape::Named(_)
        | Shape::Boxed(_)
        | Shape::JsonObject
        | Shape::Own(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use specwright::diagnostic::Diagnostics;
    use specwright::internals::source::{Sources, parse};

    use super::*;

    #[test]
    fn operations_are_counted_through_references() {
        let text = "paths:\n  /a: {get: {}, x-get: {}, parameters: []}\n  /b: {$ref: '#/paths/~1a'}\n  x-c: {get: {}}\n\
                    \x20 /d: {additionalOperations: {COPY: {}}, query: {}, $ref: '#/paths/~1d'}\n";
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", text);
        let root = parse(file, &sources, &mut Diagnostics::new()).unwrap();
        assert_eq!(described(&root), 4);
    }

    #[test]
    fn a_method_counts_once() {
        let text = "/// `GET /not/me`\npub struct A;\n    /// Gets.\n    /// `GET /pets/{id}`\n    /// `GET /other`\n\
                    \x20   #[must_use]\n    pub fn get() {}\n    /// See `GET /pets`\n    pub fn see() {}\n";
        assert_eq!(methods(text), 1);
    }

    #[test]
    fn only_whole_lines_name_operations() {
        assert!(names_operation("/// `GET /pets/{id}`"));
        assert!(!names_operation("/// See `GET /pets`"));
        assert!(!names_operation("/// `get /pets`"));
        assert!(!names_operation("// `GET /pets`"));
    }
}
