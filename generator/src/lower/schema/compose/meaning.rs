//! The meaning of a schema as a hash: schemas with the same meaning are one type.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::document::{Document, SchemaId};
use crate::lower::schema::compose::same;
use crate::source::{Node, Value};

/// The meaning of a schema. It is equal for schemas with the same content.
pub(crate) type Meaning = Result<(u64, u64), SchemaId>;

/// The meaning of a schema after its references are followed.
pub(crate) fn meaning(document: &Document<'_>, id: SchemaId) -> Meaning {
    let target = same::target(document, id);
    document.schema(target).node.map(fingerprint).ok_or(target)
}

/// Whether two schemas are identical or have the same meaning.
pub(crate) fn mean_the_same(document: &Document<'_>, a: SchemaId, b: SchemaId) -> bool {
    meaning(document, a) == meaning(document, b)
}

/// A hash of the content of a node: 128 bits, so that equal hashes mean equal content.
pub(crate) fn fingerprint(node: &Node) -> (u64, u64) {
    let mut hashers = (DefaultHasher::new(), DefaultHasher::new());
    // The two halves have different prefixes.
    hashers.1.write_u8(1);
    hash_content(node, &mut hashers.0);
    hash_content(node, &mut hashers.1);
    (hashers.0.finish(), hashers.1.finish())
}

fn hash_content(node: &Node, hasher: &mut DefaultHasher) {
    match &node.value {
        Value::Null => hasher.write_u8(0),
        Value::Bool(word) => (1, word).hash(hasher),
        Value::Number(text) => (2, text).hash(hasher),
        Value::String(text) => (3, text).hash(hasher),
        Value::List(elements) => {
            (4, elements.len()).hash(hasher);
            for element in elements {
                hash_content(element, hasher);
            }
        }
        Value::Map(members) => {
            (5, members.len()).hash(hasher);
            for member in members {
                member.key.text.hash(hasher);
                // The same reference means another schema in another file.
                if &*member.key.text == "$ref" {
                    member.value.span.file.hash(hasher);
                }
                hash_content(&member.value, hasher);
            }
        }
    }
}
