//! Decodes the parts of Swagger 2.0 that differ from later versions: bodies among the parameters, media types of an
//! operation.
//!
//! The objects are decoded directly into the shape of later versions; the tree is not rewritten. Thus every diagnostic
//! names the keys that are written, `$ref`s are resolved as written, and the parts that both versions share are decoded
//! by the same code. Different keys are in the table of `keys`.

use std::sync::OnceLock;

use super::super::code::{ASSUMED, DUPLICATE, UNSUPPORTED};
use super::super::{
    Encoding, Example, Location, MediaType, RequestBody, Schema, SchemaId, SimpleType, Style, Text,
    Version, essence,
};
use super::super::{FORM, FORM_DATA};
use super::media_name::is_sendable;
use super::operation::Shared;
use super::operation::written_parameters;
use super::parameter::{default_style, explodes};
use super::read::{head, place};
use super::reference::{Followed, ObjectKind};
use super::schema::Role;
use super::{Decoder, Object, keys};
use crate::diagnostic::Diagnostic;
use crate::source::{Member, Node, Span};

/// The values of `collectionFormat`, with the style and whether it explodes.
const COLLECTION_FORMATS: &[(&str, (Style, bool))] = &[
    ("csv", (Style::Form, false)),
    ("ssv", (Style::SpaceDelimited, false)),
    ("tsv", (Style::TabDelimited, false)),
    ("pipes", (Style::PipeDelimited, false)),
    ("multi", (Style::Form, true)),
];

/// A parameter that is the body or a field of a form.
pub(super) struct BodyInput<'t> {
    followed: Followed<'t>,
    /// `in`.
    location: Text<'t>,
}

impl BodyInput<'_> {
    fn is_field(&self) -> bool {
        self.location.text == "formData"
    }

    /// Whether both are the body, or the same field of a form.
    fn is_same(&self, other: &Self) -> bool {
        let name = |input: &Self| input.followed.node.get("name").and_then(Node::as_str);
        self.is_field() == other.is_field() && (!self.is_field() || name(self) == name(other))
    }
}

impl<'t> Decoder<'t, '_> {
    /// The parameter at a node, if it is the body or a field of a form.
    pub(super) fn body_input(&mut self, node: &'t Node, at: Span) -> Option<BodyInput<'t>> {
        if self.version != Version::V2_0 {
            return None;
        }
        let followed = self.follow(node, at, ObjectKind::Parameter)?;
        let written = followed.node.get("in")?;
        let (text, span) = (written.as_str()?, written.span);
        let known = ["body", "formData"];
        let text = known
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(text))?;
        if written.as_str() != Some(text) {
            self.assume(span, format!("the location is read as `{text}`"));
        }
        let location = Text { text, span };
        Some(BodyInput { followed, location })
    }

    /// The body that the parameters of an operation and its path item form.
    pub(super) fn body_of_2_0(
        &mut self,
        shared: &Shared<'t>,
        operation: &Object<'t>,
    ) -> Option<RequestBody<'t>> {
        let lists = shared.parameters.iter().copied();
        let lists = lists.chain(operation.get("parameters"));
        let inputs: Vec<_> = lists.flat_map(|list| self.body_inputs(list)).collect();
        let body = inputs.iter().rposition(|input| !input.is_field());
        match body.map(|at| &inputs[at]) {
            Some(body) => {
                self.fields_beside_body(body, &inputs);
                self.whole_body(&body.followed, operation)
            }
            None if inputs.is_empty() => None,
            None => Some(self.form(inputs, operation)),
        }
    }

    /// The parameters of a list that form the body, without duplicates.
    fn body_inputs(&mut self, list: &'t Member) -> Vec<BodyInput<'t>> {
        let mut inputs: Vec<BodyInput<'t>> = Vec::new();
        for node in written_parameters(list) {
            let Some(input) = self.body_input(node, head(node)) else {
                continue;
            };
            match inputs.iter().find(|known| known.is_same(&input)) {
                None => inputs.push(input),
                Some(known) => {
                    let message = "this part of the body is given twice; the first one counts";
                    self.reporter.push(
                        Diagnostic::warning(DUPLICATE, message)
                            .strict()
                            .at(input.location.span, "given again here")
                            .also(known.location.span, "given here"),
                    );
                }
            }
        }
        inputs
    }

    fn fields_beside_body(&mut self, body: &BodyInput<'t>, inputs: &[BodyInput<'t>]) {
        for field in inputs.iter().filter(|input| input.is_field()) {
            let message = "a field of a form is ignored beside a parameter that is the body";
            let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
            self.reporter.push(
                diagnostic
                    .at(field.location.span, "")
                    .also(body.location.span, "the body"),
            );
        }
    }

    fn whole_body(
        &mut self,
        followed: &Followed<'t>,
        operation: &Object<'t>,
    ) -> Option<RequestBody<'t>> {
        let object = self.parameter_object(followed, &keys::PARAMETER)?;
        let description = self.text(object.get("description"));
        let rust_name = self.rust_name(object.get("x-rust-name"));
        if object.get("schema").is_none() {
            self.missing(object.at, "schema", "a parameter that is the body");
        }
        let schema = object.get("schema").map(|member| self.child(member));
        let mut consumes = self.media_list(operation, "consumes");
        if consumes.is_empty() {
            consumes.push(self.default_media("consumes", schema));
        }
        let content = consumes.into_iter();
        Some(RequestBody {
            span: followed.at,
            description: followed.description.or(description),
            required: self.flag(object.get("required")),
            content: content
                .map(|name| self.media_of_2_0(name, schema, Vec::new()))
                .collect(),
            rust_name: followed.rust_name.or(rust_name),
            forms: OnceLock::new(),
        })
    }

    /// The body of a form with these fields. Fields of an operation override those of its path item.
    fn form(&mut self, inputs: Vec<BodyInput<'t>>, operation: &Object<'t>) -> RequestBody<'t> {
        let mut form = Schema {
            mark: inputs.first().map(|input| input.followed.at),
            types: vec![SimpleType::Object],
            ..Schema::default()
        };
        let mut encodings: Vec<Encoding<'t>> = Vec::new();
        for input in inputs {
            self.field(&input.followed, &mut form, &mut encodings);
        }
        let has_files = form.properties.iter().any(|&(_, field)| {
            let field = self.schemas[field.0 as usize].node;
            field.is_some_and(|node| is_file(node) || node.get("items").is_some_and(is_file))
        });
        let required = !form.required.is_empty();
        let span = form.mark.unwrap_or(operation.at);
        let schema = self.add_schema(form);
        let names = self.forms(operation, has_files);
        let content = names.into_iter().map(|name| MediaType {
            encoding: encodings.clone(),
            ..self.media_of_2_0(name, Some(schema), Vec::new())
        });
        RequestBody {
            span,
            description: None,
            content: content.collect(),
            required: Some(required),
            rust_name: None,
            forms: OnceLock::new(),
        }
    }

    fn field(
        &mut self,
        followed: &Followed<'t>,
        form: &mut Schema<'t>,
        encodings: &mut Vec<Encoding<'t>>,
    ) {
        let Some(object) = self.parameter_object(followed, &keys::PARAMETER) else {
            return;
        };
        let Some(name) = self.required_word(&object, "name", &keys::PARAMETER) else {
            return;
        };
        if object.get("type").is_none() {
            self.incomplete(&object, "type", &keys::PARAMETER);
        }
        let field = self.schema(followed.node, followed.at, None, Role::Field);
        form.required.retain(|known| known.text != name.text);
        encodings.retain(|known| known.name.text != name.text);
        if self.flag(object.get("required")) == Some(true) {
            form.required.push(name);
        }
        let mut known = form.properties.iter_mut();
        match known.find(|(known, _)| known.text == name.text) {
            Some(known) => *known = (name, field),
            None => form.properties.push((name, field)),
        }
        let is_array = followed.node.get("type").and_then(Node::as_str) == Some("array");
        if is_array && !followed.node.get("items").is_some_and(is_file) {
            let (style, explode) = self.collection_format(&object, Location::Query);
            encodings.push(Encoding {
                name,
                content_type: None,
                style: Some(style),
                explode: Some(explode),
                headers: Vec::new(),
            });
        }
    }

    /// The media types of a form: those that the operation consumes and that are possible for a form.
    fn forms(&mut self, operation: &Object<'t>, has_files: bool) -> Vec<Text<'t>> {
        let mut names = self.media_list(operation, "consumes");
        let written = names.first().map(|name| name.span);
        names.retain(|name| match &*essence(name.text) {
            FORM => !has_files,
            FORM_DATA => true,
            _ => false,
        });
        if names.is_empty() {
            let text = if has_files { FORM_DATA } else { FORM };
            let span = written.unwrap_or(self.root_mark());
            if written.is_some() || has_files {
                let message = format!("`consumes` should list `{text}`, which a form is sent as");
                self.assume(span, message);
            }
            names.push(Text { text, span });
        }
        names
    }

    /// The style of a parameter, and whether it explodes. Some tools write maps in a query, which Swagger 2.0 does not have.
    pub(super) fn style_of_2_0(
        &mut self,
        object: &Object<'t>,
        location: Location,
    ) -> (Style, bool) {
        let kind = object
            .get("type")
            .filter(|kind| kind.value.as_str() == Some("object"));
        let Some(kind) = kind.filter(|_| location == Location::Query) else {
            return self.collection_format(object, location);
        };
        let message =
            "Swagger 2.0 has no objects in a query; `name[key]=value` is sent for each property";
        self.assume(kind.value.span, message.to_owned());
        (Style::DeepObject, true)
    }

    /// The style of `collectionFormat`, and whether it explodes.
    pub(super) fn collection_format(
        &mut self,
        object: &Object<'t>,
        location: Location,
    ) -> (Style, bool) {
        let default = default_style(location);
        if object.get("type").and_then(|it| it.value.as_str()) != Some("array") {
            self.meaningless(object, &["collectionFormat"], "for what is not an array");
            return (default, explodes(default));
        }
        let Some(word) = self.word(object.get("collectionFormat")) else {
            return (default, false);
        };
        let formats = COLLECTION_FORMATS;
        let found = self.choose_near(word, "collection format", formats, "`csv` is used");
        let format = found.unwrap_or((Style::Form, false));
        if location == Location::Query {
            return format;
        }
        if format != (Style::Form, false) {
            let name = word.text;
            let message =
                format!("the format `{name}` is not supported in this location: `csv` is used");
            let diagnostic = Diagnostic::warning(UNSUPPORTED, message);
            self.reporter.push(diagnostic.at(word.span, ""));
        }
        (default, false)
    }

    /// The media types that an operation lists under a key, otherwise those of the description; empty in later
    /// versions.
    pub(super) fn media_list(&mut self, object: &Object<'t>, key: &str) -> Vec<Text<'t>> {
        if self.version != Version::V2_0 {
            return Vec::new();
        }
        let member = object.get(key).or_else(|| self.root.member(key));
        let mut names = self.words(member);
        names.retain(|name| {
            let usable = is_sendable(name.text);
            if !usable {
                self.no_media_type(name.text, name.span, "it is ignored");
            }
            usable
        });
        self.each_once(key, names)
    }

    /// The default media type of a body without listed ones.
    fn default_media(&mut self, key: &str, schema: Option<SchemaId>) -> Text<'t> {
        let node = schema.and_then(|id| self.schemas[id.0 as usize].node);
        let text = if node.is_some_and(is_file) {
            "application/octet-stream"
        } else {
            "application/json"
        };
        let span = self.root_mark();
        let message = format!("no media type is listed under `{key}`; `{text}` is used");
        let diagnostic = Diagnostic::warning(ASSUMED, message).at(span, "");
        self.reporter.push(diagnostic);
        Text { text, span }
    }

    /// The content of a response: its schema in each of the media types that the operation produces.
    pub(super) fn content_of_2_0(
        &mut self,
        response: &Object<'t>,
        produces: &[Text<'t>],
    ) -> Vec<MediaType<'t>> {
        let schema = response.get("schema").map(|member| self.child(member));
        let examples = self.map(response.get("examples"));
        if schema.is_none() {
            return Vec::new();
        }
        let mut names = produces.to_vec();
        if names.is_empty() {
            names.push(self.default_media("produces", schema));
        }
        self.examples_of_other_media(examples, &names);
        let content = names.into_iter().map(|name| {
            let shown = examples
                .iter()
                .filter(|it| is_same(&it.key.text, name.text));
            let shown = shown.map(|member| Example {
                name: None,
                value: &member.value,
            });
            self.media_of_2_0(name, schema, shown.collect())
        });
        content.collect()
    }

    /// Warns about examples for media types that the response does not have.
    fn examples_of_other_media(&mut self, examples: &'t [Member], names: &[Text<'t>]) {
        for member in examples {
            let key = &member.key;
            let is_known = names.iter().any(|name| is_same(&key.text, name.text));
            if !is_known && !key.text.starts_with("x-") {
                let message = format!(
                    "the operation does not produce `{}`; the example is ignored",
                    key.text
                );
                self.assume(key.span, message);
            }
        }
    }

    fn media_of_2_0(
        &mut self,
        name: Text<'t>,
        schema: Option<SchemaId>,
        examples: Vec<Example<'t>>,
    ) -> MediaType<'t> {
        MediaType {
            name,
            is_known: self.media_type_name(name),
            schema,
            item_schema: None,
            examples,
            encoding: Vec::new(),
            prefix_encoding: Vec::new(),
            item_encoding: None,
        }
    }

    /// The span that marks the description as a whole: its version.
    fn root_mark(&self) -> Span {
        self.root.member("swagger").map_or(self.root.span, place)
    }
}

/// Whether a schema is a file.
fn is_file(node: &Node) -> bool {
    node.get("type").and_then(Node::as_str) == Some("file")
}

/// Whether two media types are equal except for their parameters.
fn is_same(one: &str, other: &str) -> bool {
    essence(one) == essence(other)
}
