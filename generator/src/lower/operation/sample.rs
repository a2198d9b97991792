//! Examples of the description that become tests of the generated crate.

use std::collections::{HashMap, HashSet};
use std::ptr;

use crate::document::template::filled;
use crate::document::{self, Example as Described, MediaType, PathItem, SchemaId};
use crate::lower::Lowerer;
use crate::lower::draft::ResourceDraft;
use crate::lower::operation::media::{Content, content_type, preferred};
use crate::lower::operation::server::is_dots;
use crate::lower::schema::fitting::is_short_object;
use crate::lower::schema::scalar::{is_written_so, scalar as scalar_of};
use crate::lower::status_text;
use crate::model::{
    Body, Encoding, Example, InputLocation, Kind, Operation, RequestExample, Security, Shape,
    Style, Type,
};
use crate::name::Scope;
use crate::sample::scalar;
use crate::source::{Node, Value};

/// The media types of the bodies of described operations, by the `Content-Type` that is sent. An operation with several
/// of them has a method for each.
type Bodies<'d, 't> = HashMap<*const document::Operation<'t>, HashMap<String, &'d MediaType<'t>>>;

/// Makes the example of a response the sample of its type if the schema itself has none.
pub(crate) fn settle_samples(types: &mut [Type], examples: &[Example]) {
    for example in examples {
        let Shape::Named(id) = example.shape else {
            continue;
        };
        if let Kind::Record(record) = &mut types[id.0 as usize].kind
            && let Some(sample) = &mut record.sample
            && sample.example.is_none()
            && is_short_object(&example.json)
        {
            sample.example = Some(example.json.clone());
        }
    }
}

impl<'d, 't> Lowerer<'d, 't> {
    /// The values that must be the same after decoding and encoding: examples of named schemas and of responses.
    pub(crate) fn examples(
        &mut self,
        resources: &[ResourceDraft],
        names: &mut Scope,
    ) -> Vec<Example> {
        let document = self.document;
        let mut examples = Vec::new();
        for (name, id) in document.named_schemas() {
            let shape = self.known.get(&id).map(|known| known.shape.clone());
            let described = document.schema(id).examples.iter().copied();
            self.add_examples(name, id, shape, described, names, &mut examples);
        }
        for resource in resources {
            // The other forms of a body have the same responses.
            for operation in resource.operations.iter().filter(|o| o.form_of.is_none()) {
                let Some(described) = self.described(operation) else {
                    continue;
                };
                for response in &described.responses {
                    let name = format!("{} {}", operation.label, status_text(response.status));
                    self.content_examples(&name, &response.content, names, &mut examples);
                }
            }
        }
        for item in self.sent_by_itself() {
            for operation in &item.operations {
                let name = &item.callback.unwrap_or(item.key).text;
                if let Some(body) = &operation.body {
                    self.content_examples(name, &body.content, names, &mut examples);
                }
            }
        }
        examples
    }

    /// The webhooks and callbacks of the description.
    pub(crate) fn sent_by_itself(&self) -> impl Iterator<Item = &'d PathItem<'t>> + use<'d, 't> {
        let document = self.document;
        let operations = document.operations();
        let callbacks = operations.flat_map(|operation| &operation.callbacks);
        document.webhooks.iter().chain(callbacks)
    }

    /// The examples of a JSON body.
    fn content_examples(
        &self,
        name: &str,
        content: &[MediaType<'t>],
        names: &mut Scope,
        examples: &mut Vec<Example>,
    ) {
        let json = preferred(self.document, content);
        let json = json.filter(|media| Content::in_media(self.document, media) == Content::Json);
        let Some((media, id)) = json.and_then(|media| Some((media, media.schema?))) else {
            return;
        };
        let known = self.known.get(&id).or(self.known.get(&self.target(id)));
        let shape = known.map(|known| known.shape.clone());
        let described = media.examples.iter().copied();
        self.add_examples(name, id, shape, described, names, examples);
    }

    fn add_examples(
        &self,
        name: &str,
        id: SchemaId,
        shape: Option<Shape>,
        described: impl Iterator<Item = Described<'t>>,
        names: &mut Scope,
        examples: &mut Vec<Example>,
    ) {
        let Some(shape) = shape else { return };
        // Whether null is allowed is not part of the type.
        let is_value = |example: &Described<'_>| example.value.value != Value::Null;
        let described = described.filter(is_value);
        for example in described.filter(|example| self.is_whole(example.value, id)) {
            let name = match example.name {
                Some(own) => names.claim(&format!("{name} {own}")),
                None => names.claim(name),
            };
            examples.push(Example {
                name,
                shape: shape.clone(),
                json: example.value.to_json().to_string(),
            });
        }
    }

    /// The requests whose body the description shows, and which a client with all credentials can send.
    pub(crate) fn requests(
        &mut self,
        resources: &[ResourceDraft],
        security: &Security,
        names: &mut Scope,
    ) -> Vec<RequestExample> {
        let schemes = self.document.schemes.iter();
        let schemes: HashSet<&str> = schemes.map(|scheme| &*scheme.key.text).collect();
        let mut requests = Vec::new();
        let mut bodies = Bodies::new();
        for (at, resource) in resources.iter().enumerate() {
            for (index, operation) in resource.operations.iter().enumerate() {
                let needed = operation.security.as_ref().unwrap_or(security);
                if !needed.is_met_by(|name| schemes.contains(name)) {
                    continue;
                }
                requests.extend(self.request(operation, &mut bodies, names).map(|request| {
                    RequestExample {
                        resource: at,
                        operation: index,
                        ..request
                    }
                }));
            }
        }
        requests
    }

    fn request(
        &self,
        operation: &Operation,
        bodies: &mut Bodies<'d, 't>,
        names: &mut Scope,
    ) -> Option<RequestExample> {
        let body = match &operation.body {
            Body::Whole(media) | Body::Properties(media)
                if media.codec == crate::model::Codec::Json =>
            {
                Some(self.body_example(operation, bodies)?)
            }
            Body::None => None,
            _ => return None,
        };
        let mut values = Vec::new();
        for (at, input) in operation.inputs.iter().enumerate() {
            let value = match input.location {
                InputLocation::Body => body.map(|node| node.to_json().to_string()),
                InputLocation::Property => body?
                    .get(&input.wire)
                    .map(|node| node.to_json().to_string()),
                _ => input
                    .example
                    .clone()
                    .or_else(|| input.required.then(|| scalar(&input.shape)).flatten()),
            };
            match value {
                Some(value) => values.push((at, value)),
                None if input.required => return None,
                None => {}
            }
        }
        if !can_be_sent(operation, &values) {
            return None;
        }
        let name = names.claim(&format!("{} sends", operation.label));
        let body = body.map(|node| {
            let mut body = node.to_json();
            if let (Some((flag, value)), Some(object)) =
                (&operation.stream_flag, body.as_object_mut())
            {
                object.insert(flag.clone(), (*value).into());
            }
            body.to_string()
        });
        Some(RequestExample {
            name,
            resource: 0,
            operation: 0,
            values,
            body,
        })
    }

    /// The example of a JSON body, if it is complete.
    fn body_example(&self, operation: &Operation, bodies: &mut Bodies<'d, 't>) -> Option<&'t Node> {
        let (Body::Whole(sent) | Body::Properties(sent)) = &operation.body else {
            return None;
        };
        let described = self.described(operation)?;
        let body = described.body.as_ref()?;
        let by_type = bodies.entry(ptr::from_ref(described)).or_insert_with(|| {
            let media = body.content.iter().rev();
            let media = media.map(|media| (content_type(self.document, media), media));
            media.collect()
        });
        let media = *by_type.get(&sent.content_type)?;
        let example = media.examples.first()?.value;
        self.is_whole(example, media.schema?).then_some(example)
    }

    /// The operation of the document that an operation of the model comes from.
    fn described(&self, operation: &Operation) -> Option<&'d document::Operation<'t>> {
        let key = (operation.method.clone(), operation.path.clone());
        self.facts.described.get(&key).copied()
    }

    /// Whether a value fits its schema and has no property that the schema's type would not keep.
    pub(crate) fn is_whole(&self, node: &Node, id: SchemaId) -> bool {
        self.misfit(node, id, 0).is_none() && self.keeps(node, id)
    }

    pub(crate) fn keeps(&self, node: &Node, id: SchemaId) -> bool {
        let parts = self.parts(id);
        if !parts.unions.is_empty() {
            return false;
        }
        match &node.value {
            Value::Map(members) if parts.has_members() => members.iter().all(|member| match parts
                .property(&member.key.text)
            {
                Some(property) => {
                    !self.flag(property, |schema| schema.read_only)
                        && self.keeps(&member.value, property)
                }
                None => parts.additional == Some(true) || parts.additional_schema.is_some(),
            }),
            Value::Map(members) => {
                let values = parts.additional_schema;
                values.is_none_or(|values| {
                    members
                        .iter()
                        .all(|member| self.keeps(&member.value, values))
                })
            }
            Value::List(elements) => {
                let (least, most) = (parts.limits.min_items, parts.limits.max_items);
                let is_as_long = least.is_none_or(|least| least <= elements.len())
                    && most.is_none_or(|most| elements.len() <= most);
                let schemas = parts.prefix_items.iter().copied().map(Some);
                let mut pairs = elements
                    .iter()
                    .zip(schemas.chain(std::iter::repeat(parts.items)));
                is_as_long
                    && pairs.all(|(element, schema)| {
                        schema.is_none_or(|schema| self.keeps(element, schema))
                    })
            }
            Value::String(_) | Value::Number(_) => match parts.simple_types()[..] {
                [simple] => scalar_of(simple, parts.format, false, parts.reach)
                    .is_none_or(|scalar| is_written_so(&node.value, scalar)),
                _ => true,
            },
            Value::Null | Value::Bool(_) => true,
        }
    }
}

/// Whether the runtime certainly sends a request with these values. It refuses a path value that is empty or has a
/// segment `.` or `..`, a header value with control characters, and a cookie value with characters that a cookie cannot
/// contain.
fn can_be_sent(operation: &Operation, values: &[(usize, String)]) -> bool {
    let mut segments = HashMap::new();
    for (at, json) in values {
        let Some(input) = operation.inputs.get(*at) else {
            continue;
        };
        let value = serde_json::from_str(json).unwrap_or_default();
        let (text, style) = match &input.location {
            InputLocation::Path(encoding)
            | InputLocation::Header(encoding)
            | InputLocation::Cookie(encoding) => written(&value, encoding),
            InputLocation::Query(_) | InputLocation::Property | InputLocation::Body => continue,
        };
        let is_refused = match input.location {
            InputLocation::Path(_) if style == Some(Style::Label) => {
                segments.insert(&*input.wire, format!(".{text}"));
                leads_elsewhere(&text)
            }
            InputLocation::Path(_) => {
                segments.insert(&*input.wire, text.clone());
                leads_elsewhere(&text)
            }
            InputLocation::Header(_) => text.contains(char::is_control),
            _ => style == Some(Style::Cookie) && !text.bytes().all(is_cookie_octet),
        };
        if is_refused {
            return false;
        }
    }
    let path = filled(&operation.path, |name| {
        segments.get(name).map(String::as_str)
    });
    let path = path.split('?').next().unwrap_or_default();
    !path.split('/').any(is_dots)
}

/// Whether a path value has an empty segment, or one that is `.` or `..`.
fn leads_elsewhere(text: &str) -> bool {
    let text = text.replace("%2f", "/").replace("%2F", "/");
    let mut segments = text.split(['/', '\\']);
    segments.any(|segment| segment.is_empty() || is_dots(segment))
}

fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\=".contains(&byte)
}

/// The text of a parameter's value before it is percent-encoded, without the delimiters of its style, and the style.
fn written(value: &serde_json::Value, encoding: &Encoding) -> (String, Option<Style>) {
    match encoding {
        Encoding::Style { style, .. } => (plain(value).unwrap_or_default(), Some(*style)),
        Encoding::Json | Encoding::Querystring | Encoding::QuerystringJson => {
            (value.to_string(), None)
        }
    }
}

/// The text of a value; `None` for one that is not sent.
fn plain(value: &serde_json::Value) -> Option<String> {
    let texts: Vec<String> = match value {
        serde_json::Value::Null => return None,
        serde_json::Value::String(text) => return Some(text.clone()),
        serde_json::Value::Array(elements) => elements.iter().filter_map(plain).collect(),
        serde_json::Value::Object(properties) => {
            let sent = properties.iter();
            let sent = sent.filter_map(|(name, value)| Some(format!("{name},{}", plain(value)?)));
            sent.collect()
        }
        other => return Some(other.to_string()),
    };
    (!texts.is_empty()).then(|| texts.join(","))
}
