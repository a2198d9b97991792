//! Examples of the description that become tests of the generated crate.

use hashbrown::{HashMap, HashSet};
use serde_json::Value as Json;

use crate::document::template::filled;
use crate::document::{self, Example as Described, MediaType, PathItem, SchemaId};
use crate::lower::draft::ResourceDraft;
use crate::lower::operation::media::{Content, preferred};
use crate::lower::operation::server::is_dots;
use crate::lower::schema::compose::Parts;
use crate::lower::schema::enumeration::constants;
use crate::lower::schema::fitting::is_short_object;
use crate::lower::schema::scalar::{is_written_so, scalar as scalar_of};
use crate::lower::status_text;
use crate::lower::{Facts, Lowerer};
use crate::model::{
    Body, Codec, Constant, Encoding, Example, InputLocation, Kind, Operation, RequestExample,
    Scalar, Security, Shape, Style, Type,
};
use crate::name::Scope;
use crate::sample::scalar;
use crate::source::{Node, Value};

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

impl<'t> Lowerer<'_, 't> {
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
}

impl<'d, 't> Facts<'d, 't> {
    /// The webhooks and callbacks of the description.
    pub(crate) fn sent_by_itself(&self) -> impl Iterator<Item = &'d PathItem<'t>> + use<'d, 't> {
        let document = self.document;
        let operations = document.operations();
        let callbacks = operations.flat_map(|operation| &operation.callbacks);
        document.webhooks.iter().chain(callbacks)
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
        &self,
        resources: &[ResourceDraft],
        security: &Security,
        names: &mut Scope,
    ) -> Vec<RequestExample> {
        let schemes = self.document.schemes.iter();
        let schemes: HashSet<&str> = schemes.map(|scheme| &*scheme.key.text).collect();
        let mut requests = Vec::new();
        for (at, resource) in resources.iter().enumerate() {
            for (index, operation) in resource.operations.iter().enumerate() {
                let needed = operation.security.as_ref().unwrap_or(security);
                if !needed.is_met_by(|name| schemes.contains(name)) {
                    continue;
                }
                let Some((values, body)) = request(operation) else {
                    continue;
                };
                requests.push(RequestExample {
                    name: names.claim(&format!("{} sends", operation.label)),
                    resource: at,
                    operation: index,
                    values,
                    body,
                });
            }
        }
        requests
    }

    /// The example of a JSON body, if it is complete.
    pub(crate) fn body_example(&self, media: &MediaType<'t>) -> Option<String> {
        if Content::in_media(self.document, media) != Content::Json {
            return None;
        }
        let example = media.examples.first()?.value;
        let is_whole = self.is_whole(example, media.schema?);
        is_whole.then(|| example.to_json().to_string())
    }

    /// The operation of the document that an operation of the model comes from.
    fn described(&self, operation: &Operation) -> Option<&'d document::Operation<'t>> {
        let key = (operation.method.clone(), operation.path.clone());
        self.described.get(&key).copied()
    }

    /// Whether a value fits its schema, and the schema's type keeps it as it is: every property, and no others.
    pub(crate) fn is_whole(&self, node: &Node, id: SchemaId) -> bool {
        self.misfit(node, id, 0).is_none() && self.keeps(node, id)
    }

    pub(crate) fn keeps(&self, node: &Node, id: SchemaId) -> bool {
        let parts = self.parts(id);
        if !parts.unions.is_empty() {
            return false;
        }
        match &node.value {
            Value::Map(members) if parts.has_properties() => {
                self.has_tags(node, id)
                    && members
                        .iter()
                        .all(|member| match parts.property(&member.key.text) {
                            Some(property) => {
                                !self.flag(property, |schema| schema.read_only)
                                    && self.keeps(&member.value, property)
                            }
                            None => {
                                parts.additional == Some(true) || parts.additional_schema.is_some()
                            }
                        })
            }
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
                is_as_long
                    && elements.iter().enumerate().all(|(index, element)| {
                        let schema = parts.element(index);
                        schema.is_none_or(|schema| self.keeps(element, schema))
                    })
            }
            // In JSON, a file is Base64.
            Value::String(_) if self.files.has(self.target(id)) => {
                is_written_so(&node.value, Scalar::Base64)
            }
            // An enum of integers writes `1.0` as `1`.
            Value::Number(text) if has_integers(&parts) => text.parse::<i64>().is_ok(),
            Value::String(_) | Value::Number(_) => match parts.simple_types()[..] {
                [simple] => scalar_of(simple, parts.format, false, parts.reach)
                    .is_none_or(|scalar| is_written_so(&node.value, scalar)),
                _ => true,
            },
            Value::Null | Value::Bool(_) => true,
        }
    }

    /// Whether an object has every tag that the type of its schema would add. A type of another crate adds none.
    fn has_tags(&self, node: &Node, id: SchemaId) -> bool {
        if self.own_type(self.target(id)).is_some() {
            return true;
        }
        let parts = self.parts(id);
        let mut missing = parts
            .properties
            .iter()
            .filter(|(key, _)| node.get(key.text).is_none());
        missing.all(|&(key, property)| self.preset_tag(id, &parts, (key.text, property)).is_none())
    }
}

/// Whether a schema is an enum of integers.
fn has_integers(parts: &Parts<'_>) -> bool {
    let values = constants(parts).unwrap_or_default();
    matches!(values[..], [(_, Constant::Integer(_)), ..])
}

/// The values of inputs as JSON texts, each with its index, and the body.
type Shown = (Vec<(usize, String)>, Option<String>);

/// The values of the inputs that the description shows, and the body. `None` if it does not show
/// all that are required, or if the request might not be sent.
fn request(operation: &Operation) -> Option<Shown> {
    let mut body: Option<Json> = match &operation.body {
        Body::Whole(media) | Body::Properties(media) if media.codec == Codec::Json => {
            Some(serde_json::from_str(media.example.as_deref()?).ok()?)
        }
        Body::None => None,
        _ => return None,
    };
    let mut values = Vec::new();
    for (at, input) in operation.inputs.iter().enumerate() {
        let value = match input.location {
            InputLocation::Body => body.as_ref().map(Json::to_string),
            InputLocation::Property => body.as_ref()?.get(&input.wire).map(Json::to_string),
            _ => {
                let shown = input.sample.clone();
                let shown = shown.filter(|_| input.required || input.has_example);
                shown.or_else(|| input.required.then(|| scalar(&input.shape)).flatten())
            }
        };
        match value {
            Some(value) => values.push((at, value)),
            None if input.required => return None,
            None => {}
        }
    }
    if let (Some((flag, value)), Some(Json::Object(object))) = (&operation.stream_flag, &mut body) {
        object.insert(flag.clone(), (*value).into());
    }
    can_be_sent(operation, &values).then(|| (values, body.as_ref().map(Json::to_string)))
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
fn written(value: &Json, encoding: &Encoding) -> (String, Option<Style>) {
    match encoding {
        Encoding::Style { style, .. } => (plain(value).unwrap_or_default(), Some(*style)),
        Encoding::Json | Encoding::Querystring | Encoding::QuerystringJson => {
            (value.to_string(), None)
        }
    }
}

/// The text of a value; `None` for one that is not sent.
fn plain(value: &Json) -> Option<String> {
    let texts: Vec<String> = match value {
        Json::Null => return None,
        Json::String(text) => return Some(text.clone()),
        Json::Array(elements) => elements.iter().filter_map(plain).collect(),
        Json::Object(properties) => {
            let sent = properties.iter();
            let sent = sent.filter_map(|(name, value)| Some(format!("{name},{}", plain(value)?)));
            sent.collect()
        }
        other => return Some(other.to_string()),
    };
    (!texts.is_empty()).then(|| texts.join(","))
}
