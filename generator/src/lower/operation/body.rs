//! Request bodies: passed whole, or made of the call's inputs.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::document::{
    Document, Encoding, MediaType, Parameter, RequestBody, SchemaId, Text, Version, is_token,
    scalar_text,
};
use crate::lower::Lowered;
use crate::lower::code;
use crate::lower::operation::file::Elements;
use crate::lower::operation::input::InputDraft;
use crate::lower::operation::media::{Content, FORM_DATA, content_type, essence};
use crate::lower::operation::parameter::lower_style;
use crate::lower::operation::patch::is_misdescribed;
use crate::lower::order::in_order_of;
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::same::same_as_last;
use crate::lower::schema::enumeration::constant;
use crate::lower::schema::fitting::Sampled;
use crate::lower::schema::record::{MOST_ARGUMENTS, is_object};
use crate::lower::spot::Spot;
use crate::lower::{Facts, Lowerer};
use crate::model::{Body, Codec, Constant, Docs, InputLocation, Media, Part, Scalar, Shape, Style};

impl<'t> Lowerer<'_, 't> {
    /// A body in one of its forms, and the inputs that it consists of.
    pub(crate) fn body(
        &mut self,
        body: &RequestBody<'t>,
        media: &MediaType<'t>,
        parameters: &[InputDraft<'t>],
        spot: &Spot,
    ) -> (Body, Vec<InputDraft<'t>>) {
        let content = Content::in_media(self.document, media);
        let styled = has_styles(self.document.version, content);
        let codec = self.codec(media, content);
        let parts = if codec == Codec::Items {
            let encodings = media.prefix_encoding.iter().map(Some);
            let encodings = encodings.chain([media.item_encoding.as_ref()]);
            let encodings = encodings.map(|one| self.part("", one, codec, false));
            encodings.collect()
        } else {
            let encodings = media.encoding.iter();
            let encodings = encodings.map(|one| self.part(one.name.text, Some(one), codec, styled));
            encodings.collect()
        };
        let described = Media {
            content_type: content_type(self.document, media),
            codec,
            always: body.required == Some(true),
            parts,
            example: self.body_example(media),
        };
        if let (Some(schema), Codec::Multipart) = (media.schema, described.codec) {
            self.files_as_text(schema);
        }
        if let (Some(schema), Codec::Json | Codec::Form | Codec::Multipart) =
            (media.schema, described.codec)
            && (body.required != Some(false) || !self.has_required(media.schema))
            && let Some(parts) = self.inline_object(schema, parameters)
        {
            return (
                Body::Properties(described),
                self.members(&parts, media, spot),
            );
        }
        if content == Content::Multipart && codec == Codec::Bytes {
            self.parts_not_described(media);
        }
        self.encoding_of_whole(media, described.codec);
        let input = self.whole(body, media, described.codec, spot);
        (Body::Whole(described), vec![input])
    }

    /// The properties of an inline object as inputs.
    fn members(
        &mut self,
        parts: &Parts<'t>,
        media: &MediaType<'t>,
        spot: &Spot,
    ) -> Vec<InputDraft<'t>> {
        let properties = parts.properties.iter().copied();
        let properties = properties.filter(|(_, id)| !self.flag(*id, |schema| schema.read_only));
        let mut wanted = in_order_of(
            &self.in_rank(properties),
            |(rank, _)| *rank,
            |&(_, (key, property))| {
                self.member(key, property, parts.requires(key.text), media, spot)
            },
        );
        for name in &parts.required {
            if !parts.knows(name.text) {
                self.required_without_property(name, parts, true);
                wanted.push(undescribed(name));
            }
        }
        wanted
    }

    fn member(
        &mut self,
        key: Text<'t>,
        property: SchemaId,
        required: bool,
        media: &MediaType<'t>,
        spot: &Spot,
    ) -> InputDraft<'t> {
        let lowered = self.shape(property, &spot.child(key.text));
        let schema = self.document.schema(property);
        let shown = media.examples.iter();
        let shown = shown.filter_map(|example| example.value.get(key.text));
        let sampled = self.sample_among(shown, property);
        let text = schema.rust_name.map_or(key.text, |name| name.text);
        InputDraft {
            text: text.to_owned(),
            former_names: schema.former_names.clone(),
            other: "body",
            mark: Some(key.span),
            wire: key.text.to_string(),
            docs: self.value_docs(property, key.text),
            nullable: lowered.nullable && lowered.shape != Shape::Json,
            shape: lowered.shape,
            required,
            deprecated: schema.deprecated,
            location: InputLocation::Property,
            sampled,
        }
    }

    fn whole(
        &mut self,
        body: &RequestBody<'t>,
        media: &MediaType<'t>,
        codec: Codec,
        spot: &Spot,
    ) -> InputDraft<'t> {
        let lowered = match (codec, media.schema) {
            (Codec::Text, _) => Lowered {
                shape: Shape::Scalar(Scalar::String),
                nullable: false,
            },
            (Codec::Items, _) if Elements::of_array(self.document, media).is_none() => {
                self.parts_of_stream(media, spot)
            }
            (Codec::Bytes, _) | (_, None) => Lowered {
                shape: Shape::Json,
                nullable: false,
            },
            _ if is_misdescribed(self.document, media) => Lowered {
                shape: Shape::Json,
                nullable: false,
            },
            (_, Some(schema)) => self.shape(schema, &spot.child("request")),
        };
        let text = match (body.rust_name, &lowered.shape) {
            (Some(name), _) => name.text.to_owned(),
            (None, Shape::Named(id))
                if media.schema.is_some_and(|schema| self.is_named(schema)) =>
            {
                self.types[id.0 as usize].name.plain().to_owned()
            }
            _ => "body".to_owned(),
        };
        let shown = media.examples.iter().map(|example| example.value);
        let sampled = media
            .schema
            .map(|id| self.sample_among(shown, id))
            .unwrap_or_default();
        InputDraft {
            text,
            former_names: Vec::new(),
            other: "body",
            mark: Some(media.name.span),
            wire: String::new(),
            docs: Docs {
                summary: None,
                description: body.description.map(str::to_owned),
                ..Docs::default()
            },
            nullable: lowered.nullable && lowered.shape != Shape::Json,
            shape: lowered.shape,
            required: body
                .required
                .unwrap_or_else(|| self.has_required(media.schema)),
            deprecated: false,
            location: InputLocation::Body,
            sampled,
        }
    }

    /// An array whose elements `itemSchema` describes.
    fn parts_of_stream(&mut self, media: &MediaType<'t>, spot: &Spot) -> Lowered {
        let item = media.item_schema.map(|item| {
            let item = self.shape(item, &spot.child("part"));
            item.into_element()
        });
        Lowered {
            shape: Shape::List(Box::new(item.unwrap_or(Shape::Json))),
            nullable: false,
        }
    }

    /// Reports a multipart body that the caller has to encode, including its boundary.
    fn parts_not_described(&mut self, media: &MediaType<'t>) {
        let message = format!("`{}` is sent as bytes", media.name.text);
        let diagnostic = Diagnostic::warning(code::PARTS_NOT_DESCRIBED, message)
            .at(media.name.span, "the parts are not described")
            .note("the caller sets `Content-Type` with the boundary: `with_header`");
        let help = "describe an object whose properties are the parts, or an array of parts";
        self.diagnostics.push(diagnostic.help(help));
    }

    /// Reports the parts of encodings that take effect only if the properties of the body are inputs of the call.
    fn encoding_of_whole(&mut self, media: &MediaType<'t>, codec: Codec) {
        for encoding in &media.encoding {
            let key = match codec {
                Codec::Multipart if style(encoding).is_some() => "style",
                Codec::Form if encoding.content_type.is_some_and(is_json) => "contentType",
                _ => continue,
            };
            let message = format!(
                "the `{key}` of `{}` has no effect on a body that is passed as a whole",
                encoding.name.text
            );
            self.diagnostics.push(
                Diagnostic::warning(code::ENCODING_IGNORED, message)
                    .at(encoding.name.span, "written by its type instead")
                    .help("describe the body's schema in its place, without `$ref`"),
            );
        }
    }

    /// The encoding of a part or field. A list of content types, or a range such as `image/*`, only limits the allowed
    /// types; the file itself has the content type that is sent.
    fn part(
        &mut self,
        wire: &str,
        encoding: Option<&Encoding<'t>>,
        codec: Codec,
        styled: bool,
    ) -> Part {
        let one = |content_type: &&str| !content_type.contains([',', '*']);
        let content_type = encoding.and_then(|encoding| encoding.content_type);
        Part {
            wire: wire.to_owned(),
            content_type: content_type.filter(one).map(str::to_owned),
            style: encoding.and_then(style).filter(|_| styled),
            headers: encoding.map_or_else(Vec::new, |one| self.part_headers(one, codec)),
        }
    }

    /// The headers of a part that have a fixed value: the only value that they can have, or their default. Other
    /// headers are reported.
    fn part_headers(&mut self, encoding: &Encoding<'t>, codec: Codec) -> Vec<(String, String)> {
        let mut headers: Vec<(String, String)> = Vec::new();
        for header in &encoding.headers {
            let name = header.name.text;
            if name.eq_ignore_ascii_case("content-type") {
                // The specification ignores this header because `contentType` sets it.
                continue;
            }
            let value = self.fixed_text(header.schema);
            match value.filter(|_| has_headers(codec) && is_free(name)) {
                Some(value) => headers.push((name.to_owned(), value)),
                None => self.part_header_left_out(header, encoding, codec),
            }
        }
        headers
    }

    fn part_header_left_out(
        &mut self,
        header: &Parameter<'t>,
        encoding: &Encoding<'t>,
        codec: Codec,
    ) {
        let (name, part) = (header.name.text, encoding.name.text);
        let message = format!("the header `{name}` of `{part}` is not sent");
        let diagnostic = Diagnostic::warning(code::ENCODING_IGNORED, message);
        let diagnostic = diagnostic.at(header.name.span, "this header is ignored");
        self.diagnostics.push(if !has_headers(codec) {
            diagnostic.note("only the parts of a multipart body have headers")
        } else if is_free(name) {
            diagnostic
                .note("a file can have it: `File::with_header`")
                .help("give it a `const` or a `default` to have it sent")
        } else {
            diagnostic.note("no part can have it, or the client writes it itself")
        });
    }

    /// Reports the parts of a multipart body that would be files, if they were not part of JSON too.
    fn files_as_text(&mut self, schema: SchemaId) {
        for &(key, property) in &self.parts(schema).properties {
            let files = &self.facts.files;
            if !files.has(property) && files.is_text(same_as_last(self.document, property)) {
                let message = format!("`{}` is sent as text, not as a file", key.text);
                let diagnostic = Diagnostic::warning(code::FILE_AS_TEXT, message)
                    .at(key.span, "its schema is part of JSON too");
                self.diagnostics
                    .push(diagnostic.help("give the part a schema of its own"));
            }
        }
    }
}

impl<'t> Facts<'_, 't> {
    /// The codec of a body. A multipart body whose schema describes no parts is bytes, except that the parts of a form
    /// may be undescribed.
    fn codec(&self, media: &MediaType<'t>, content: Content) -> Codec {
        if content != Content::Multipart {
            return content.codec();
        }
        if Elements::of(self.document, media).is_some() {
            return Codec::Items;
        }
        let is_form = essence(media.name.text) == FORM_DATA;
        let has_parts = |schema| {
            let parts = self.parts(schema);
            let is_open = parts.simple_types().is_empty();
            is_object(&parts) || !parts.unions.is_empty() || (is_form && is_open)
        };
        if media.schema.map_or(is_form, has_parts) {
            Codec::Multipart
        } else {
            Codec::Bytes
        }
    }

    /// The parts of an inline object whose properties become inputs; `None` for a body that is passed as a whole.
    fn inline_object(
        &self,
        schema: SchemaId,
        parameters: &[InputDraft<'t>],
    ) -> Option<Arc<Parts<'t>>> {
        if self.is_named(schema) || self.is_nullable(schema) {
            return None;
        }
        let parts = self.parts(schema);
        let plain = is_object(&parts)
            && parts.unions.is_empty()
            && parts.values.is_none()
            && !parts.has_rest();
        let empty = !parts.has_properties();
        if !plain || (empty && parts.additional != Some(false)) {
            return None;
        }
        let required = |id: &SchemaId| !self.flag(*id, |schema| schema.read_only);
        let members = parts
            .properties
            .iter()
            .filter(|(key, id)| parts.requires(key.text) && required(id));
        let arguments = parameters.iter().filter(|wanted| wanted.required).count();
        (arguments + members.count() <= MOST_ARGUMENTS).then_some(parts)
    }

    /// Whether a schema is, or only refers to, a named one.
    fn is_named(&self, schema: SchemaId) -> bool {
        let target = self.target(schema);
        self.document.schema(target).component.is_some() && !self.private_bodies.contains(&target)
    }

    /// The text of the default value, which is sent if the caller sets none.
    fn fixed_text(&self, schema: Option<SchemaId>) -> Option<String> {
        let schema = schema?;
        let default = || {
            let default = self.document.schema(self.target(schema)).default?;
            scalar_text(default, &self.parts(schema).simple_types()).map(str::to_owned)
        };
        let text = match constant(&self.parts(schema)) {
            Some(Constant::String(text)) => Some(text),
            Some(Constant::Bool(value)) => Some(value.to_string()),
            Some(Constant::Integer(value)) => Some(value.to_string()),
            None => default(),
        };
        text.filter(|text| !text.contains(char::is_control))
    }

    /// Whether a schema has required properties. A body of such a schema is required unless the description says
    /// otherwise, because most descriptions omit `required` even where they mean it.
    fn has_required(&self, schema: Option<SchemaId>) -> bool {
        schema.is_some_and(|schema| !self.parts(schema).required.is_empty())
    }
}

/// The components `Body_…` that `FastAPI` generates for an operation whose function takes the properties of the body as
/// arguments, if nothing else refers to them.
pub(crate) fn private_bodies(document: &Document<'_>) -> HashSet<SchemaId> {
    let operations = document.operations();
    let names: HashSet<String> = operations
        .filter_map(|operation| Some(format!("Body_{}", operation.id?.text)))
        .collect();
    let mut uses: HashMap<SchemaId, usize> = HashMap::new();
    for schema in &document.schemas {
        if let Some((target, _)) = schema.reference {
            *uses.entry(target).or_default() += 1;
        }
    }
    let components = document.components.iter();
    let private =
        components.filter(|(key, id)| names.contains(&*key.text) && uses.get(id) == Some(&1));
    private.map(|&(_, id)| id).collect()
}

fn is_json(content_type: &str) -> bool {
    Content::of(content_type) == Content::Json
}

/// Headers of a part that are always sent, or that give its length.
const OWN_OF_PARTS: [&str; 3] = ["content-disposition", "content-length", "transfer-encoding"];

/// Whether the parts of a body have headers.
fn has_headers(codec: Codec) -> bool {
    matches!(codec, Codec::Multipart | Codec::Items)
}

/// Whether a part can have a header of this name.
fn is_free(name: &str) -> bool {
    is_token(name) && !OWN_OF_PARTS.contains(&&*name.to_ascii_lowercase())
}

/// Whether `style` and `explode` of an encoding take effect: in 3.0 they apply to forms only.
pub(crate) fn has_styles(version: Version, content: Content) -> bool {
    content != Content::Multipart || version != Version::V3_0
}

/// The style of a part; `None` if neither `style` nor `explode` is set. Only `form` explodes by default.
fn style(encoding: &Encoding<'_>) -> Option<(Style, bool)> {
    if encoding.style.is_none() && encoding.explode.is_none() {
        return None;
    }
    let style = encoding.style.map_or(Style::Form, lower_style);
    Some((style, encoding.explode.unwrap_or(style == Style::Form)))
}

/// The input for a name in `required` without a property: any JSON. It is optional, like the field of a record.
fn undescribed<'t>(name: &Text<'t>) -> InputDraft<'t> {
    InputDraft {
        text: name.text.to_owned(),
        former_names: Vec::new(),
        other: "body",
        mark: Some(name.span),
        wire: name.text.to_owned(),
        docs: Docs::default(),
        nullable: false,
        shape: Shape::Json,
        required: false,
        deprecated: false,
        location: InputLocation::Property,
        sampled: Sampled::default(),
    }
}
