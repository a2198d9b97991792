//! Decodes `type`: one value or several.

use super::super::code::{ASSUMED, UNKNOWN_WORD, WRONG_TYPE};
use super::super::{Format, Schema, SimpleType, Text, Version};
use super::Decoder;
use super::grammar::Words;
use super::meaning::TYPES as KNOWN;
use super::read::{describe, head, meant};
use super::reference::ObjectKind;
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Member, Node, Value};

const TYPES: &[&str] = &[
    "null", "boolean", "integer", "number", "string", "array", "object",
];

impl<'t> Decoder<'t, '_> {
    /// Decodes `type`.
    pub(super) fn types(&mut self, schema: &mut Schema<'t>, member: &'t Member) {
        let nodes = match &member.value.value {
            Value::List(elements) => {
                if elements.is_empty() {
                    let message = "`type` is empty; any JSON is accepted".to_owned();
                    self.assume(member.key.span, message);
                }
                elements
            }
            _ => std::slice::from_ref(&member.value),
        };
        let mut is_any = false;
        for node in nodes {
            let found = match &node.value {
                Value::String(text) => self.simple_type(
                    schema,
                    Text {
                        text,
                        span: node.span,
                    },
                ),
                Value::Null if node.span.start == node.span.end => {
                    let message = "`type` has no value; it is ignored".to_owned();
                    self.assume(member.key.span, message);
                    None
                }
                Value::Null => {
                    self.null_type(node);
                    Some(SimpleType::Null)
                }
                _ => {
                    self.wrong_value(member, node);
                    None
                }
            };
            match found {
                Some(found) if !schema.types.contains(&found) => schema.types.push(found),
                Some(_) => {}
                None => is_any = true,
            }
        }
        // Without the unknown type, the remaining ones would reject valid values.
        if is_any {
            schema.types.clear();
        }
        schema.nullable |= schema.types.contains(&SimpleType::Null);
        // Swagger 2.0 has no types beside each other: Kubernetes writes one of them, and the other one in the format.
        let format = schema.format.map(|format| format.text);
        if format == Some("int-or-string") && schema.types == [SimpleType::String] {
            schema.types.insert(0, SimpleType::Integer);
        }
    }

    /// Warns about null that is written as a value and not as the name of the type.
    fn null_type(&mut self, node: &'t Node) {
        let message = "the type must be a string; it is read as `\"null\"`";
        let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
        let diagnostic = diagnostic.at(node.span, "");
        self.reporter
            .push(diagnostic.fix("quote it", node.span, "\"null\""));
    }

    /// Reports a `type` that is not a string. A map is the schema of a property named `type` that is written outside of
    /// `properties`.
    fn wrong_value(&mut self, member: &'t Member, node: &'t Node) {
        let what = describe(node);
        let message = format!("`type` must be a string, not {what}; it is ignored");
        let diagnostic = Diagnostic::warning(WRONG_TYPE, message).strict();
        self.reporter.push(match member.value.value {
            Value::Map(_) => diagnostic
                .at(member.key.span, "")
                .help("describe a property called `type` under `properties`"),
            _ => diagnostic.at(head(node), ""),
        });
    }

    fn simple_type(&mut self, schema: &mut Schema<'t>, word: Text<'t>) -> Option<SimpleType> {
        if let Some(found) = SimpleType::named(word.text) {
            return Some(found);
        }
        let Some((found, format)) = foreign(word.text) else {
            self.unknown_type(word);
            return None;
        };
        if self.version == Version::V2_0 && word.text == "file" {
            schema.format = Some(Text {
                text: "binary",
                span: word.span,
            });
            return found;
        }
        let read_as = match (found, format) {
            (None, _) => "any JSON is accepted".to_owned(),
            (Some(found), None) => format!("it is read as `{}`", TYPES[found as usize]),
            (Some(found), Some(format)) => format!(
                "it is read as `{}` of format `{format}`",
                TYPES[found as usize]
            ),
        };
        let message = format!("`{}` is not a schema type; {read_as}", word.text);
        match (found, format) {
            (Some(found), None) => self.assume_as(word, message, TYPES[found as usize]),
            _ => self.assume(word.span, message),
        }
        if let Some(format) = format {
            schema.format.get_or_insert(Text {
                text: format,
                span: word.span,
            });
        }
        found
    }

    /// The types of the version of the description.
    fn known_types(&self) -> Vec<&'static str> {
        let Words::Of(types) = KNOWN else {
            return Vec::new();
        };
        let types = types.iter().map(|(word, _)| *word);
        let versions = self.version..=self.version;
        types.filter(|word| KNOWN.has_in(word, &versions)).collect()
    }

    fn unknown_type(&mut self, word: Text<'t>) {
        let diagnostic = Diagnostic::warning(
            UNKNOWN_WORD,
            format!("`{}` is not a schema type; it is ignored", word.text),
        )
        .strict();
        let types = self.known_types();
        let component = self.components_of(ObjectKind::Schema);
        let component = component.and_then(|node| node.member(word.text));
        let reference = self.component(ObjectKind::Schema, word.text);
        self.reporter.push(
            match (nearest(word.text, types.iter().copied()), component) {
                (_, Some(_)) => diagnostic
                    .at(word.span, "")
                    .help(format!("refer to the schema: `$ref: \"{reference}\"`")),
                (Some(_), None) if word.text.ends_with("[]") => diagnostic.at(word.span, "").help(
                    "for an array, write `type: array`, and the type of its elements under `items`",
                ),
                (Some(near), None) => meant(diagnostic, word.text, word.span, near),
                (None, None) => diagnostic
                    .at(word.span, "")
                    .note(format!("the types are: {}", types.join(", "))),
            },
        );
    }
}

/// Whether a word is a type of JSON Schema.
pub(super) fn is_type(word: &str) -> bool {
    SimpleType::named(word).is_some()
}

/// The type and format for a type name of another language; `(None, _)` for any value.
fn foreign(word: &str) -> Option<(Option<SimpleType>, Option<&'static str>)> {
    let word = word.trim().to_ascii_lowercase();
    if let Some(found) = SimpleType::named(&word) {
        return Some((Some(found), None));
    }
    let found = match word.as_str() {
        "" | "any" | "mixed" | "unknown" | "*" => None,
        "int" | "int32" | "int64" | "long" | "short" => Some(SimpleType::Integer),
        "float" | "double" | "decimal" | "numeric" => Some(SimpleType::Number),
        "bool" => Some(SimpleType::Boolean),
        "none" | "nil" => Some(SimpleType::Null),
        "str" | "text" | "char" | "enum" | "datetime" | "timestamp" => Some(SimpleType::String),
        "file" => return Some((Some(SimpleType::String), Some("binary"))),
        "list" | "set" => Some(SimpleType::Array),
        "dict" | "map" | "hash" | "json" => Some(SimpleType::Object),
        // The name of a string format, used as a type.
        _ => {
            let format = Format::of(&word)?;
            return Some((Some(format.simple_type), Some(format.name)));
        }
    };
    Some((found, None))
}
