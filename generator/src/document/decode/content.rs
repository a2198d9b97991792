//! Bodies, responses, media types and examples.

use std::sync::OnceLock;

use super::super::code::{ASSUMED, UNKNOWN_WORD, UNSUPPORTED, WRONG_TYPE};
use super::super::files::split;
use super::super::media_type::joined;
use super::super::{
    ANNOTATIONS, Encoding, Example, Location, MediaType, RequestBody, Response, Status, Text,
    Version,
};
use super::look::Look;
use super::media_name::is_sendable;
use super::read::{describe, head, place};
use super::reference::ObjectKind;
use super::{Decoder, Object, keys};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Key, Member, Node, Value};

/// `encoding` excludes the two keys that describe parts by position.
const ENCODINGS: [(&str, &str); 2] = [("encoding", "prefixEncoding"), ("encoding", "itemEncoding")];

/// The maximum number of schemas that are visited to find out whether they say nothing.
const MOST_VISITED: usize = 32;

impl<'t> Decoder<'t, '_> {
    pub(super) fn request_body(&mut self, member: &'t Member) -> Option<RequestBody<'t>> {
        if member.value.value == Value::Null {
            self.without_value(member);
            return None;
        }
        let followed = self.follow(&member.value, member.key.span, ObjectKind::RequestBody)?;
        let object = self.object(followed.node, followed.at, &keys::BODY)?;
        let description = self.text(object.get("description"));
        let rust_name = self.rust_name(object.get("x-rust-name"));
        if object.get("content").is_none() {
            self.incomplete(&object, "content", &keys::BODY);
        }
        Some(RequestBody {
            span: member.key.span,
            description: followed.description.or(description),
            required: self.flag(object.get("required")),
            content: self.content(object.get("content")),
            rust_name: followed.rust_name.or(rust_name),
            forms: OnceLock::new(),
        })
    }

    /// Decodes a response. In Swagger 2.0 its media types are listed by the operation.
    pub(super) fn response(
        &mut self,
        member: &'t Member,
        status: Status,
        produces: &[Text<'t>],
    ) -> Option<Response<'t>> {
        let followed = self.follow(&member.value, member.key.span, ObjectKind::Response)?;
        let none = Object::empty(followed.at);
        let object = match followed.node.value {
            Value::Null => none,
            _ => self.object(followed.node, followed.at, &keys::RESPONSE)?,
        };
        let [summary, description] = self.texts(&object);
        let rust_name = self.rust_name(object.get("x-rust-name"));
        if description.or(summary).is_none()
            && self.version < Version::V3_2
            && object.get("description").is_none()
        {
            self.missing(followed.at, "description", keys::RESPONSE.noun);
        }
        Some(Response {
            status,
            span: member.key.span,
            summary: followed.summary.or(summary),
            description: followed.description.or(description),
            headers: self.headers_of_response(object.get("headers")),
            content: match self.version {
                Version::V2_0 => self.content_of_2_0(&object, produces),
                _ => self.content_of_response(object.get("content")),
            },
            links: self.links(object.get("links")),
            component: followed.component,
            rust_name: followed.rust_name.or(rust_name),
        })
    }

    /// The status code, range or `default` that a key of `responses` names.
    pub(super) fn status(&mut self, key: &'t Key) -> Option<Status> {
        let text = &*key.text;
        let Some((status, meant)) = status_within(text) else {
            let message = format!("`{text}` is not a status code; the response is ignored");
            let diagnostic = Diagnostic::warning(UNKNOWN_WORD, message).strict();
            let help = "write a status such as `200`, a range such as `2XX`, or `default`";
            self.reporter.push(diagnostic.at(key.span, "").help(help));
            return None;
        };
        if meant != text {
            let message = format!("the status `{text}` is read as `{meant}`");
            let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
            self.reporter.push(diagnostic.at(key.span, "").fix(
                format!("write `{meant}`"),
                key.span,
                format!("\"{meant}\""),
            ));
        }
        if let Status::Code(code @ 600..) = status {
            let message =
                format!("`{code}` is not an HTTP status code; it is read as an error response");
            self.assume(key.span, message);
        }
        Some(status)
    }

    /// The content of a response. An invalid one is ignored: the caller has the bytes of the body.
    fn content_of_response(&mut self, member: Option<&'t Member>) -> Vec<MediaType<'t>> {
        match member {
            Some(member) if is_scalar_or_list(&member.value) => {
                let message = format!(
                    "`content` must be an object, not {}",
                    describe(&member.value)
                );
                let diagnostic =
                    Diagnostic::warning(WRONG_TYPE, format!("{message}; it is ignored"));
                self.reporter
                    .push(diagnostic.strict().at(place(member), "expected an object"));
                Vec::new()
            }
            _ => self.content(member),
        }
    }

    /// The media types of a `content` map.
    pub(super) fn content(&mut self, member: Option<&'t Member>) -> Vec<MediaType<'t>> {
        let members = self.map(member);
        let content = members.iter().filter_map(|member| self.media_type(member));
        let content: Vec<MediaType<'t>> = content.collect();
        if let [] | [_] = content[..] {
            return content;
        }
        let schemas = content
            .iter()
            .flat_map(|media| [media.schema, media.item_schema]);
        let silent = schemas.flatten().filter(|id| {
            let node = self
                .schemas
                .get(id.0 as usize)
                .and_then(|schema| schema.node);
            node.is_some_and(|node| self.says_nothing(node, &mut { MOST_VISITED }))
        });
        let silent = silent.collect();
        joined(content, &silent)
    }

    /// Whether a schema only has documentation and extensions of others, or refers to such a schema.
    fn says_nothing(&mut self, node: &'t Node, left: &mut usize) -> bool {
        *left = left.saturating_sub(1);
        let members = match &node.value {
            Value::Bool(fits) => return *fits,
            Value::Map(members) if *left > 0 => members,
            _ => return false,
        };
        members.iter().all(|member| match &*member.key.text {
            "$ref" => {
                let text = member.value.as_str().map(|text| Text {
                    text: text.trim(),
                    span: member.value.span,
                });
                let target = text.and_then(|text| self.anything(text));
                // A reference to a schema that does not exist is reported as such.
                target.is_none_or(|target| self.says_nothing(target.node, left))
            }
            // So is an `allOf` that is not a list.
            "allOf" => {
                let mut parts = member.value.as_list().unwrap_or_default().iter();
                parts.all(|part| self.says_nothing(part, left))
            }
            key => ANNOTATIONS.contains(&key) || (key.starts_with("x-") && !keys::SCHEMA.has(key)),
        })
    }

    fn media_type(&mut self, member: &'t Member) -> Option<MediaType<'t>> {
        if !is_sendable(&member.key.text) {
            self.no_media_type(&member.key.text, member.key.span, "it is ignored");
            return None;
        }
        let is_known = self.media_type_name((&member.key).into());
        self.media_type_object(member, is_known)
    }

    /// The media types of the components. Their keys are names of components, not of media types.
    pub(super) fn named_media_types(&mut self, member: Option<&'t Member>) {
        for member in self.map(member) {
            self.media_type_object(member, true);
        }
    }

    fn media_type_object(&mut self, member: &'t Member, is_known: bool) -> Option<MediaType<'t>> {
        let none = Object::empty(member.key.span);
        let members = member.value.as_map().unwrap_or_default();
        let unindented = self.unindented_reference(members, |key| key == "schema");
        let is_schema = unindented.is_none() && self.is_schema(&member.value);
        // `schema` and `example` without a media type around them do not hold the keys of one.
        let is_key = !is_known && keys::MEDIA_TYPE.has(&member.key.text);
        let object = if is_schema || is_key || member.value.value == Value::Null {
            none
        } else if unindented.is_some() {
            self.members(&member.value, member.key.span, &keys::MEDIA_TYPE)?
        } else {
            let followed = self.follow(&member.value, member.key.span, ObjectKind::MediaType)?;
            self.object(followed.node, followed.at, &keys::MEDIA_TYPE)?
        };
        let encoding = self.map(object.get("encoding"));
        let prefix = self.list(object.get("prefixEncoding"), |node| node.as_map().is_some());
        let reading = "the one that fits the schema counts";
        self.exclusive(&object, &ENCODINGS, reading);
        if is_schema && is_known {
            let message = "the schema of a media type must be under `schema`; it is read from here";
            self.assume(member.key.span, message.to_owned());
        }
        let schema = Some(member).filter(|_| is_schema);
        let schema = object.get("schema").or(schema);
        Some(MediaType {
            name: (&member.key).into(),
            is_known,
            schema: schema.map(|member| self.child(member)),
            item_schema: object.get("itemSchema").map(|member| self.child(member)),
            examples: self.examples(&object),
            encoding: encoding
                .iter()
                .filter_map(|member| self.encoding(&member.key, &member.value))
                .collect(),
            prefix_encoding: prefix
                .iter()
                .map(|node| self.encoding_at_position(node))
                .collect(),
            item_encoding: object
                .get("itemEncoding")
                .and_then(|member| self.encoding(&member.key, &member.value)),
        })
    }

    /// Whether a schema is written where a media type is expected.
    fn is_schema(&self, node: &'t Node) -> bool {
        let Some(reference) = node.get("$ref").and_then(Node::as_str) else {
            return Look::of(node) == Some(Look::Schema) && node.get("schema").is_none();
        };
        let section = ObjectKind::Schema.section(self.version);
        self.component_section(split(reference).1) == Some(section)
    }

    fn encoding(&mut self, key: &'t Key, node: &'t Node) -> Option<Encoding<'t>> {
        let name = Text {
            text: &key.text,
            span: key.span,
        };
        self.encoding_called(name, node)
    }

    /// Decodes an element of `prefixEncoding`. An invalid one is replaced by an empty one, so that the next ones keep
    /// their positions.
    fn encoding_at_position(&mut self, node: &'t Node) -> Encoding<'t> {
        let name = Text {
            text: "prefixEncoding",
            span: head(node),
        };
        self.encoding_called(name, node).unwrap_or(Encoding {
            name,
            content_type: None,
            style: None,
            explode: None,
            headers: Vec::new(),
        })
    }

    fn encoding_called(&mut self, name: Text<'t>, node: &'t Node) -> Option<Encoding<'t>> {
        let object = self.object(node, name.span, &keys::ENCODING)?;
        for key in ["encoding", "prefixEncoding", "itemEncoding"] {
            self.unsupported(object.get(key), "it is not sent");
        }
        self.exclusive(&object, &ENCODINGS, "neither is sent");
        // Only the type of the value is checked: reserved characters decode to the same value, encoded or not.
        self.flag(object.get("allowReserved"));
        Some(Encoding {
            name,
            content_type: self.media_types(object.get("contentType")),
            style: self
                .style(object.get("style"))
                .and_then(|style| self.fitting(style, Location::Query))
                .map(|(style, _)| style),
            explode: self.flag(object.get("explode")),
            headers: self.headers(object.get("headers")),
        })
    }

    /// Warns about a key that the generator cannot express.
    pub(super) fn unsupported(&mut self, member: Option<&'t Member>, instead: &str) {
        let Some(member) = member else { return };
        let message = format!("`{}` is not supported: {instead}", member.key.text);
        self.reporter
            .push(Diagnostic::warning(UNSUPPORTED, message).at(member.key.span, ""));
    }

    /// `example` and the values of `examples`.
    pub(super) fn examples(&mut self, object: &Object<'t>) -> Vec<Example<'t>> {
        let mut found: Vec<Example<'t>> = Vec::new();
        found.extend(object.get("example").map(|member| Example {
            name: None,
            value: &member.value,
        }));
        self.exclusive(object, &[("example", "examples")], "both are read");
        let Some(member) = object.get("examples") else {
            return found;
        };
        match &member.value.value {
            Value::Map(members) => {
                found.extend(members.iter().filter_map(|member| self.example(member)));
            }
            Value::List(elements) => {
                if !elements.is_empty() {
                    let message = "`examples` must be an object here; the elements of the array are used as values";
                    self.assume(member.key.span, message.to_owned());
                }
                found.extend(elements.iter().map(|value| Example { name: None, value }));
            }
            Value::Null => {}
            _ => self.wrong_type(member, "an object"),
        }
        found
    }

    pub(super) fn example(&mut self, member: &'t Member) -> Option<Example<'t>> {
        let name = Some(&*member.key.text);
        let followed = self.follow(&member.value, member.key.span, ObjectKind::Example)?;
        let keys = followed.node.as_map().unwrap_or_default();
        let is_object = keys
            .iter()
            .any(|member| keys::EXAMPLE.has(&member.key.text));
        if !is_object {
            return self.raw_example(member, followed.node);
        }
        let object = self.object(followed.node, followed.at, &keys::EXAMPLE)?;
        let others = ["dataValue", "serializedValue", "externalValue"];
        let pairs = others.map(|other| ("value", other));
        self.exclusive(&object, &pairs, "`value` counts");
        let pairs = [("serializedValue", "externalValue")];
        self.exclusive(&object, &pairs, "neither is read");
        let value = object.get("value").or_else(|| object.get("dataValue"))?;
        Some(Example {
            name,
            value: &value.value,
        })
    }

    /// An example that is written directly under its name, without `value`.
    fn raw_example(&mut self, member: &'t Member, node: &'t Node) -> Option<Example<'t>> {
        if matches!(&node.value, Value::Map(members) if members.is_empty())
            || node.value == Value::Null
        {
            return None;
        }
        let message = format!(
            "the example `{}` has no `value`; it is read as the value itself",
            member.key.text
        );
        self.assume(member.key.span, message);
        Some(Example {
            name: Some(&*member.key.text),
            value: node,
        })
    }
}

fn is_scalar_or_list(node: &Node) -> bool {
    node.as_scalar().is_some() || node.as_list().is_some_and(|elements| !elements.is_empty())
}

/// The only status in a text, with its correct spelling: 204 of `204 NO_CONTENT`.
fn status_within(text: &str) -> Option<(Status, String)> {
    if let Some(status) = exact_status(text) {
        return Some((status, text.to_owned()));
    }
    let words = text.split(|char: char| !char.is_alphanumeric());
    let words = words.map(|word| match word.get(..3) {
        // `200OK`
        Some(code) if code.bytes().all(|byte| byte.is_ascii_digit()) => {
            let rest = &word[3..];
            let is_name = rest.starts_with(|char: char| char.is_alphabetic());
            if is_name { code } else { word }
        }
        _ => word,
    });
    let is_number = |word: &str| word.contains(|char: char| char.is_ascii_digit());
    let mut found = words.filter(|word| is_number(word) || nearest(word, ["default"]).is_some());
    let (Some(word), None) = (found.next(), found.next()) else {
        return None;
    };
    let meant = if is_number(word) {
        word.to_ascii_uppercase()
    } else {
        "default".to_owned()
    };
    Some((exact_status(&meant)?, meant))
}

/// Parses a status code (`404`), a range (`4XX`) or `default`.
fn exact_status(text: &str) -> Option<Status> {
    match text.as_bytes() {
        b"default" => Some(Status::Default),
        [digit @ b'1'..=b'5', b'X', b'X'] => Some(Status::Range(digit - b'0')),
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => text.parse().ok().map(Status::Code),
        _ => None,
    }
}
