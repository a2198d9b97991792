//! The meaning of a schema as a hash: schemas with the same meaning are one type.

use std::hash::{DefaultHasher, Hasher};

use crate::document::{ANNOTATIONS, Document, SchemaId};
use crate::lower::schema::compose::same;
use crate::source::{Node, Value, canonical_number};

/// The length in bytes that the content of most schemas does not exceed.
const USUAL_LENGTH: usize = 4096;

/// The meaning of a schema. It is equal for schemas with the same content.
pub(crate) type Meaning = Result<(u64, u64), SchemaId>;

/// The meaning of a schema after its references are followed, those of named schemas that only refer to another one
/// included.
pub(crate) fn meaning(document: &Document<'_>, id: SchemaId) -> Meaning {
    let target = same::same_as_last(document, id);
    let schema = document.schema(target);
    let known = |node| *schema.fingerprint.get_or_init(|| fingerprint(node));
    schema.node.map(known).ok_or(target)
}

/// The meaning of a schema without its documentation.
pub(crate) fn undocumented_meaning(document: &Document<'_>, id: SchemaId) -> Meaning {
    let target = same::same_as_last(document, id);
    let node = document.schema(target).node;
    node.map(|node| hashes(node, Map::Schema)).ok_or(target)
}

/// Whether two schemas are identical or have the same meaning.
pub(crate) fn mean_the_same(document: &Document<'_>, a: SchemaId, b: SchemaId) -> bool {
    meaning(document, a) == meaning(document, b)
}

/// A hash of the content of a node: 128 bits, so that equal hashes mean equal content. The order of keys, and of the
/// names under `required`, has no meaning.
pub(crate) fn fingerprint(node: &Node) -> (u64, u64) {
    hashes(node, Map::Whole)
}

/// A hash of a value of `enum` or `const`. Equal numbers are one value, however they are written: `1` and `1.0`.
pub(crate) fn value_fingerprint(node: &Node) -> (u64, u64) {
    hashes(node, Map::Value)
}

fn hashes(node: &Node, map: Map) -> (u64, u64) {
    let mut content = Vec::with_capacity(USUAL_LENGTH);
    write_content(node, map, &mut content);
    let mut hasher = DefaultHasher::new();
    hasher.write(&content);
    let first = hasher.finish();
    // The state of the hasher has 256 bits, so that its next hash has bits that the first one lacks.
    hasher.write_u8(0);
    (first, hasher.finish())
}

/// Which keys of a map count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Map {
    /// All, at any depth.
    Whole,
    /// All, at any depth, and numbers by their value.
    Value,
    /// Those of a schema that are not documentation.
    Schema,
    /// All, which are the names of schemas without their documentation.
    Names,
}

impl Map {
    fn has(self, key: &str) -> bool {
        self != Self::Schema || !ANNOTATIONS.contains(&key)
    }

    /// What counts in the value of a key.
    fn of_value(self, key: &str) -> Self {
        match (self, key) {
            (Self::Value, _) => Self::Value,
            (Self::Whole, _) | (Self::Schema, "enum" | "const" | "default") => Self::Whole,
            (Self::Schema, "properties" | "patternProperties" | "$defs" | "definitions") => {
                Self::Names
            }
            (Self::Schema | Self::Names, _) => Self::Schema,
        }
    }
}

/// Writes the content of a node as bytes that no other content has.
fn write_content(node: &Node, map: Map, out: &mut Vec<u8>) {
    match &node.value {
        Value::Null => out.push(0),
        Value::Bool(value) => out.extend([1, u8::from(*value)]),
        Value::Number(text) if map == Map::Value => write_text(2, &canonical_number(text), out),
        Value::Number(text) => write_text(2, text, out),
        Value::String(text) => write_text(3, text, out),
        Value::List(elements) => {
            write_length(4, elements.len(), out);
            for element in elements {
                write_content(element, map, out);
            }
        }
        Value::Map(members) => {
            let members = members.iter().filter(|member| map.has(&member.key.text));
            let mut members: Vec<_> = members.collect();
            write_length(5, members.len(), out);
            members.sort_by_key(|member| &member.key.text);
            for member in members {
                write_text(6, &member.key.text, out);
                match (&*member.key.text, &member.value.value) {
                    // The same reference means another schema in another file.
                    ("$ref", _) => out.extend(member.value.span.file.0.to_le_bytes()),
                    ("required", Value::List(names)) => {
                        write_set(names, out);
                        continue;
                    }
                    _ => {}
                }
                write_content(&member.value, map.of_value(&member.key.text), out);
            }
        }
    }
}

/// Writes the elements of a list whose order has no meaning.
fn write_set(elements: &[Node], out: &mut Vec<u8>) {
    let contents = elements.iter().map(|node| {
        let mut content = Vec::new();
        write_content(node, Map::Whole, &mut content);
        content
    });
    let mut contents: Vec<_> = contents.collect();
    contents.sort();
    write_length(7, contents.len(), out);
    out.extend(contents.concat());
}

fn write_text(kind: u8, text: &str, out: &mut Vec<u8>) {
    write_length(kind, text.len(), out);
    out.extend(text.as_bytes());
}

fn write_length(kind: u8, length: usize, out: &mut Vec<u8>) {
    out.push(kind);
    out.extend(length.to_le_bytes());
}
