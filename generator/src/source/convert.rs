//! The tree as plain JSON, and lookups by JSON pointer.

use serde_json::{Map, Number, Value as Json};

use super::{Key, Member, Node, Span, Value};

impl Node {
    /// The value without its locations.
    ///
    /// A number that JSON readers cannot hold (`1e999`) becomes a string.
    pub fn to_json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Number(text) => number(text),
            Value::String(text) => Json::String(text.to_string()),
            Value::List(elements) => Json::Array(elements.iter().map(Self::to_json).collect()),
            Value::Map(members) => {
                let pairs = members
                    .iter()
                    .map(|member| (member.key.text.to_string(), member.value.to_json()));
                Json::Object(pairs.collect::<Map<_, _>>())
            }
        }
    }

    /// A value whose parts all have the same location.
    pub(crate) fn of_json(json: &Json, span: Span) -> Self {
        let value = match json {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => Value::Number(number.to_string().into()),
            Json::String(text) => Value::String(text.as_str().into()),
            Json::Array(elements) => {
                let elements = elements.iter();
                Value::List(elements.map(|it| Self::of_json(it, span)).collect())
            }
            Json::Object(properties) => {
                let members = properties.iter().map(|(key, value)| Member {
                    key: Key {
                        text: key.as_str().into(),
                        span,
                    },
                    value: Self::of_json(value, span),
                });
                Value::Map(members.collect())
            }
        };
        Self::new(span, value)
    }

    /// The node at a JSON pointer (RFC 6901) such as `/paths/~1pets/get`; the empty pointer is the node itself.
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut node = self;
        for token in pointer.strip_prefix('/')?.split('/') {
            node = node.step(&unescape(token))?;
        }
        Some(node)
    }

    fn step(&self, token: &str) -> Option<&Self> {
        match &self.value {
            Value::Map(_) => self.get(token),
            Value::List(elements) => elements.get(index(token)?),
            _ => None,
        }
    }
}

/// A part of a JSON pointer without its escapes (RFC 6901, section 4).
pub(crate) fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// An index as JSON pointers write it: digits without a leading zero.
fn index(token: &str) -> Option<usize> {
    let plain = token == "0"
        || (token.bytes().all(|byte| byte.is_ascii_digit()) && !token.starts_with('0'));
    plain.then(|| token.parse().ok()).flatten()
}

/// The number nearest to the text; integers are kept as they are while 64 bits hold them.
fn number(text: &str) -> Json {
    let integer = text
        .parse::<i64>()
        .map(Number::from)
        .or_else(|_| text.parse::<u64>().map(Number::from))
        .ok();
    match integer.or_else(|| Number::from_f64(text.parse().ok()?)) {
        Some(number) => Json::Number(number),
        None => Json::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::diagnostic::Diagnostics;
    use crate::source::{Node, Sources, parse};

    fn node(text: &str) -> Node {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", text);
        parse(file, &sources, &mut Diagnostics::new()).unwrap()
    }

    #[test]
    fn numbers_keep_their_value() {
        let node =
            node("[1, -9223372036854775808, 18446744073709551615, -90.16470679999999, 1e400, 1e2]");
        let found = node.to_json();
        assert_eq!(found[0], json!(1));
        assert_eq!(found[1], json!(i64::MIN));
        assert_eq!(found[2], json!(u64::MAX));
        assert_eq!(found[3].to_string(), "-90.16470679999999");
        assert_eq!(found[4], json!("1e400"));
        assert_eq!(found[5], json!(100.0));
    }

    #[test]
    fn pointers_lead_to_keys_and_elements() {
        let node = node("paths:\n  /a/{b}:\n    - x\n    - ~y: 1\n      '': 2\n      '0': 3\n");
        let at = |pointer: &str| node.pointer(pointer).map(Node::to_json);
        assert_eq!(at("/paths/~1a~1{b}/0"), Some(json!("x")));
        assert_eq!(at("/paths/~1a~1{b}/1/~0y"), Some(json!(1)));
        assert_eq!(at("/paths/~1a~1{b}/1/"), Some(json!(2)));
        assert_eq!(at("/paths/~1a~1{b}/1/0"), Some(json!(3)));
        assert_eq!(at("/paths/~1a~1{b}/00"), None);
        assert_eq!(at("/paths/~1a~1{b}/2"), None);
        assert_eq!(at("paths"), None);
        assert_eq!(at(""), Some(node.to_json()));
    }
}
