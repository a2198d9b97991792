//! How messages describe a value, and which part of it they mark.

use super::{Node, Span, Value};

/// The kind of a value, for messages.
pub(crate) fn describe(node: &Node) -> String {
    match &node.value {
        Value::Null if node.has_no_text() => "nothing".to_owned(),
        Value::Null => "`null`".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(text) => format!("the number {text}"),
        Value::String(text) if text.chars().count() <= 40 && !text.contains(['\n', '`']) => {
            format!("the string `{text}`")
        }
        Value::String(_) => "a string".to_owned(),
        Value::List(_) => "an array".to_owned(),
        Value::Map(_) => "an object".to_owned(),
    }
}

/// A short location for a value: the first key of a map, otherwise the value.
pub(crate) fn head(node: &Node) -> Span {
    match &node.value {
        Value::Map(members) => members.first().map_or(node.span, |member| member.key.span),
        Value::List(elements) => elements.first().map_or(node.span, head_of_element),
        _ => node.span,
    }
}

fn head_of_element(node: &Node) -> Span {
    match &node.value {
        Value::Map(members) => members.first().map_or(node.span, |member| member.key.span),
        _ => node.span,
    }
}
