//! Bodies, responses, media types and examples.

use super::super::code::{ASSUMED, UNKNOWN_WORD, UNSUPPORTED};
use super::super::{
    Encoding, Example, Location, MediaType, RequestBody, Response, Status, Text, Version,
};
use super::media_name::is_sendable;
use super::read::head;
use super::reference::ObjectKind;
use super::{Decoder, Object, keys};
use crate::diagnostic::Diagnostic;
use crate::source::{Key, Member, Node, Value};

/// `encoding` excludes the two keys that describe parts by position.
const ENCODINGS: [(&str, &str); 2] = [("encoding", "prefixEncoding"), ("encoding", "itemEncoding")];

impl<'t> Decoder<'t, '_> {
    pub(super) fn request_body(&mut self, member: &'t Member) -> Option<RequestBody<'t>> {
        if member.value.value == Value::Null {
            return None;
        }
        let followed = self.follow(&member.value, member.key.span, ObjectKind::RequestBody)?;
        let object = self.object(followed.node, followed.at, &keys::BODY)?;
        let description = self.text(object.get("description"));
        let rust_name = self.rust_name(object.get("x-rust-name"));
        if object.get("content").is_none() {
            self.missing(object.at, "content", keys::BODY.noun);
        }
        Some(RequestBody {
            span: member.key.span,
            description: followed.description.or(description),
            required: self.flag(object.get("required")),
            content: self.content(object.get("content")),
            rust_name: followed.rust_name.or(rust_name),
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
        let none = Object {
            members: &[],
            at: followed.at,
        };
        let object = match followed.node.value {
            Value::Null => none,
            _ => self.object(followed.node, followed.at, &keys::RESPONSE)?,
        };
        let summary = self.text(object.get("summary"));
        let description = self.text(object.get("description")).or(summary);
        let rust_name = self.rust_name(object.get("x-rust-name"));
        if description.is_none()
            && self.version < Version::V3_2
            && object.get("description").is_none()
        {
            self.missing(followed.at, "description", keys::RESPONSE.noun);
        }
        Some(Response {
            status,
            span: member.key.span,
            description: followed.description.or(description),
            headers: self.headers(object.get("headers")),
            content: match self.version {
                Version::V2_0 => self.content_of_2_0(&object, produces),
                _ => self.content(object.get("content")),
            },
            links: self.links(object.get("links")),
            component: followed.component,
            rust_name: followed.rust_name.or(rust_name),
        })
    }

    /// The status code, range or `default` that a key of `responses` names.
    pub(super) fn status(&mut self, key: &'t Key) -> Option<Status> {
        let text = key.text.trim();
        if text.eq_ignore_ascii_case("default") {
            return Some(Status::Default);
        }
        let status = exact_status(text).or_else(|| self.status_within(key));
        if let (Some(Status::Range(digit)), true) = (status, text.contains('x')) {
            let message =
                format!("a range is written in capital letters; this is read as `{digit}XX`");
            let diagnostic = Diagnostic::warning(ASSUMED, message).at(key.span, "");
            let range = format!("\"{digit}XX\"");
            self.reporter
                .push(diagnostic.fix(format!("write `{digit}XX`"), key.span, range));
        }
        if let Some(Status::Code(code @ 600..)) = status {
            let message =
                format!("`{code}` is not an HTTP status code; it is read as an error response");
            self.assume(key.span, message);
        }
        if status.is_none() {
            let message = format!(
                "`{}` is not a status code; the response is ignored",
                key.text
            );
            let diagnostic = Diagnostic::warning(UNKNOWN_WORD, message)
                .strict()
                .at(key.span, "");
            self.reporter.push(
                diagnostic
                    .help("write a status such as `200`, a range such as `2XX`, or `default`"),
            );
        }
        status
    }

    /// The only number in a key with several words: 204 of `204 NO_CONTENT`.
    fn status_within(&mut self, key: &'t Key) -> Option<Status> {
        let words = key.text.split(|char: char| !char.is_alphanumeric());
        let mut numbers = words.filter(|word| word.contains(|char: char| char.is_ascii_digit()));
        let (Some(number), None) = (numbers.next(), numbers.next()) else {
            return None;
        };
        let status = exact_status(number)?;
        let message = format!("the status `{}` is read as `{number}`", key.text);
        let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
        self.reporter.push(diagnostic.at(key.span, "").fix(
            format!("write `{number}`"),
            key.span,
            format!("\"{number}\""),
        ));
        Some(status)
    }

    /// The media types of a `content` map.
    pub(super) fn content(&mut self, member: Option<&'t Member>) -> Vec<MediaType<'t>> {
        let members = self.map(member);
        members
            .iter()
            .filter_map(|member| self.media_type(member))
            .collect()
    }

    fn media_type(&mut self, member: &'t Member) -> Option<MediaType<'t>> {
        if !is_sendable(&member.key.text) {
            self.no_media_type(&member.key.text, member.key.span, "it is ignored");
            return None;
        }
        let none = Object {
            members: &[],
            at: member.key.span,
        };
        let object = if member.value.value == Value::Null {
            none
        } else {
            let followed = self.follow(&member.value, member.key.span, ObjectKind::MediaType)?;
            self.object(followed.node, followed.at, &keys::MEDIA_TYPE)?
        };
        let is_known = self.media_type_name((&member.key).into());
        let encoding = self.map(object.get("encoding"));
        let prefix = self.list(object.get("prefixEncoding"), |node| node.as_map().is_some());
        let reading = "the one that fits the schema counts";
        self.exclusive(&object, &ENCODINGS, reading);
        Some(MediaType {
            name: (&member.key).into(),
            is_known,
            schema: object.get("schema").map(|member| self.child(member)),
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

/// Parses a status code (`404`), a range (`4XX`) or `default`.
fn exact_status(text: &str) -> Option<Status> {
    match text.as_bytes() {
        [digit @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => Some(Status::Range(digit - b'0')),
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => text.parse().ok().map(Status::Code),
        _ => None,
    }
}
