//! Files: binary strings that are parts of a multipart body.
//!
//! JSON has no bytes, so a binary string is a file only if it is used in the parts of multipart bodies and nowhere
//! else. A binary string that is also used in JSON, or is not used at all, stays a string.

use hashbrown::HashSet;

use crate::document::{Document, Encoding, MediaType, Operation, Schema, SchemaId, SimpleType};
use crate::lower::operation::form::forms;
use crate::lower::operation::media::{Content, FORM_DATA, essence, is_string, preferred};
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::same::{is_annotation, never_fits, same_as_last};

/// The schemas that are files.
#[derive(Debug, Default)]
pub(crate) struct Files {
    binary: HashSet<SchemaId>,
    /// The schemas that would be files if they were not part of JSON too.
    texts: HashSet<SchemaId>,
    /// The schemas of multipart bodies and of their parts.
    near: HashSet<SchemaId>,
}

impl Files {
    /// Finds the files of a description.
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let mut search = FileSearch::new(document);
        let paths = document.paths.iter().chain(&document.webhooks);
        for operation in paths.flat_map(|path| &path.operations) {
            search.operation(operation);
        }
        let others = reached(document, std::mem::take(&mut search.others));
        let is_text = |id: SchemaId| others.get(id.0 as usize) == Some(&true);
        let seen = search.seen.iter();
        let binary = seen.filter(|&&(id, context)| search.is_file(id, context));
        let (texts, mut binary): (HashSet<_>, HashSet<_>) =
            binary.map(|&(id, _)| id).partition(|&id| is_text(id));
        let references = search.references_to(&texts);
        binary.extend(references.filter(|&id| !is_text(id)));
        Self {
            binary,
            texts,
            near: search.seen.iter().map(|&(id, _)| id).collect(),
        }
    }

    /// Whether a schema is a file.
    pub(crate) fn has(&self, id: SchemaId) -> bool {
        self.binary.contains(&id)
    }

    /// Whether a schema is a multipart body or one of its parts, or is composed into one of these.
    pub(crate) fn is_near(&self, id: SchemaId) -> bool {
        self.near.contains(&id)
    }

    /// Whether a schema would be a file, if it were not part of JSON too.
    pub(crate) fn is_text(&self, id: SchemaId) -> bool {
        self.texts.contains(&id)
    }
}

/// The media type in which a body is sent: the preferred one, or multipart if the preferred one is JSON or a form that
/// would contain files, and multipart can express everything else in it.
pub(crate) fn chosen<'d, 't>(
    document: &Document<'t>,
    content: &'d [MediaType<'t>],
) -> Option<&'d MediaType<'t>> {
    let preferred = preferred(document, content)?;
    let multipart = content
        .iter()
        .find(|media| Content::of(media.name.text) == Content::Multipart);
    match (multipart, preferred.schema) {
        (Some(multipart), Some(schema))
            if matches!(
                Content::in_media(document, preferred),
                Content::Json | Content::Form
            ) && carries_files(document, schema) =>
        {
            Some(multipart)
        }
        _ => Some(preferred),
    }
}

/// Whether a body has files among its properties, and otherwise only text and the like.
fn carries_files(document: &Document<'_>, schema: SchemaId) -> bool {
    let mut search = FileSearch::new(document);
    search.go(schema, Context::Body);
    let has_files = search.seen.iter().any(|&(id, context)| {
        matches!(context, Context::Part(_)) && is_binary(document.schema(id), Typed::Unspecified)
    });
    let has_objects = search.seen.iter().any(|&(id, context)| {
        let is_object = document.schema(id).types.contains(&SimpleType::Object);
        is_object && context != Context::Body
    });
    let has_objects = has_objects || !search.others.is_empty();
    has_files && !has_objects
}

/// Where a schema is used in a multipart body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Context {
    /// As the body.
    Body,
    /// As a part, or as an element of an array of parts.
    Part(Typed),
}

/// The content type that the description gives a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Typed {
    /// None.
    Unspecified,
    /// A content type of bytes.
    Bytes,
    /// Another content type, or the part is not named in the description.
    Other,
}

impl Typed {
    fn by(content_type: &str) -> Self {
        if of_bytes(content_type) {
            Self::Bytes
        } else {
            Self::Other
        }
    }
}

struct FileSearch<'d, 't> {
    document: &'d Document<'t>,
    /// The schemas in multipart bodies.
    seen: HashSet<(SchemaId, Context)>,
    /// The schemas of all other values: of JSON, of forms and of parameters. What they lead to is not among them.
    others: Vec<SchemaId>,
}

impl<'d, 't> FileSearch<'d, 't> {
    fn new(document: &'d Document<'t>) -> Self {
        Self {
            document,
            seen: HashSet::new(),
            others: Vec::new(),
        }
    }

    fn operation(&mut self, operation: &Operation<'_>) {
        for parameter in &operation.parameters {
            let content = parameter.content.as_deref().and_then(|media| media.schema);
            self.others
                .extend(parameter.schema.into_iter().chain(content));
        }
        if let Some(body) = &operation.body {
            for media in forms(self.document, body) {
                self.body(media);
            }
        }
        for media in operation.responses.iter().flat_map(|r| &r.content) {
            if !matches!(
                Content::in_media(self.document, media),
                Content::Text | Content::Bytes | Content::Multipart
            ) {
                let schemas = media.schema.into_iter().chain(media.item_schema);
                self.others.extend(schemas);
            }
        }
        for callback in operation.callbacks.iter().flat_map(|path| &path.operations) {
            self.operation(callback);
        }
    }

    fn body(&mut self, media: &MediaType<'_>) {
        match (Content::in_media(self.document, media), media.schema) {
            (Content::Multipart, _) => self.parts(media),
            (Content::Text | Content::Bytes, _) | (_, None) => {}
            (_, Some(schema)) => self.others.push(schema),
        }
    }

    /// The parts of a multipart body: its properties, or the elements of an array.
    fn parts(&mut self, media: &MediaType<'_>) {
        if let Some(elements) = Elements::of(self.document, media) {
            for (element, encoding) in elements.with_encodings(media) {
                let content_type = encoding.and_then(|encoding| encoding.content_type);
                let typed = content_type.map_or(Typed::Unspecified, Typed::by);
                self.go(element, Context::Part(typed));
            }
            return;
        }
        let Some(schema) = media.schema else { return };
        self.go(schema, Context::Body);
        let parts = Parts::of(self.document, schema);
        for encoding in &media.encoding {
            let property = parts.property(encoding.name.text);
            if let (Some(property), Some(content_type)) = (property, encoding.content_type) {
                self.go(property, Context::Part(Typed::by(content_type)));
            }
        }
    }

    /// Whether a schema that is used here is a file.
    fn is_file(&self, id: SchemaId, context: Context) -> bool {
        let schema = self.document.schema(id);
        let other = (id, Context::Part(Typed::Other));
        match context {
            Context::Part(typed) if is_binary(schema, typed) => true,
            Context::Part(Typed::Unspecified | Typed::Bytes) => {
                is_open(schema) && !self.seen.contains(&other)
            }
            _ => false,
        }
    }

    /// The parts that refer to these schemas. They are files, even if the schema itself is part of JSON too.
    fn references_to(&self, texts: &HashSet<SchemaId>) -> impl Iterator<Item = SchemaId> {
        let parts = self.seen.iter().filter(|&&(id, context)| {
            let last = same_as_last(self.document, id);
            last != id && texts.contains(&last) && self.is_file(last, context)
        });
        parts.map(|&(id, _)| id)
    }

    /// Marks a schema and what it leads to.
    fn go(&mut self, id: SchemaId, context: Context) {
        let mut open = vec![(id, context)];
        while let Some((id, context)) = open.pop() {
            if !self.seen.insert((id, context)) {
                continue;
            }
            let schema = self.document.schema(id);
            open.extend(same(schema).map(|id| (id, context)));
            if context == Context::Body {
                self.others.extend(elements(schema));
                let parts = members(schema);
                open.extend(parts.map(|id| (id, Context::Part(Typed::Unspecified))));
                let unnamed = schema.additional_schema;
                open.extend(unnamed.map(|id| (id, Context::Part(Typed::Other))));
            } else {
                open.extend(elements(schema).map(|id| (id, context)));
                self.others.extend(members(schema));
                self.others.extend(schema.additional_schema);
            }
        }
    }
}

/// For each schema of the description, whether it is one of these or one that they lead to.
fn reached(document: &Document<'_>, mut open: Vec<SchemaId>) -> Vec<bool> {
    let mut reached = vec![false; document.schemas.len()];
    while let Some(id) = open.pop() {
        let Some(is_known) = reached.get_mut(id.0 as usize) else {
            continue;
        };
        if !std::mem::replace(is_known, true) {
            let schema = document.schema(id);
            let within = same(schema).chain(elements(schema)).chain(members(schema));
            open.extend(within.chain(schema.additional_schema));
        }
    }
    reached
}

/// The schemas of the same value.
fn same(schema: &Schema<'_>) -> impl Iterator<Item = SchemaId> {
    let reference = schema.reference.map(|(target, _)| target);
    reference.into_iter().chain(composed(schema))
}

/// The schemas of the elements of an array.
fn elements(schema: &Schema<'_>) -> impl Iterator<Item = SchemaId> {
    schema.items.iter().chain(&schema.prefix_items).copied()
}

/// The schemas of the properties with names or patterns.
fn members(schema: &Schema<'_>) -> impl Iterator<Item = SchemaId> {
    let named = schema.properties.iter().chain(&schema.pattern_properties);
    named.map(|&(_, id)| id)
}

fn composed(schema: &Schema<'_>) -> impl Iterator<Item = SchemaId> {
    let mapped = schema.discriminator.iter().flat_map(|d| &d.mapping);
    let branches = schema.all_of.iter().chain(&schema.one_of);
    let branches = branches.chain(&schema.any_of).copied();
    branches.chain(mapped.map(|&(_, target)| target))
}

/// The schemas of the parts of a multipart body that have no names, by position.
#[derive(Debug)]
pub(crate) struct Elements {
    /// Those of the first parts.
    first: Vec<SchemaId>,
    /// The schema of the parts after these.
    rest: Option<SchemaId>,
    /// The maximum number of parts.
    pub most: Option<usize>,
}

impl Elements {
    /// The elements of a body: those of its array, otherwise those that `itemSchema` describes. A form has none,
    /// because its parts have names.
    pub(crate) fn of(document: &Document<'_>, media: &MediaType<'_>) -> Option<Self> {
        if essence(media.name.text) == FORM_DATA {
            return None;
        }
        let of_stream = || {
            Some(Self {
                first: Vec::new(),
                rest: Some(media.item_schema?),
                most: None,
            })
        };
        Self::of_array(document, media).or_else(of_stream)
    }

    /// The elements of a body that is an array, where its schema describes them.
    pub(crate) fn of_array(document: &Document<'_>, media: &MediaType<'_>) -> Option<Self> {
        let parts = Parts::of(document, media.schema?);
        let is_array = parts.simple_types() == [SimpleType::Array];
        let rest = parts.items.filter(|&rest| !never_fits(document, rest));
        let ends = (parts.items != rest).then_some(parts.prefix_items.len());
        let elements = Self {
            most: ends.or(parts.limits.max_items),
            first: parts.prefix_items,
            rest,
        };
        let is_described = elements.rest.is_some() || !elements.first.is_empty();
        (is_array && is_described).then_some(elements)
    }

    /// Each schema with the encoding of its position.
    fn with_encodings<'d, 't>(
        &self,
        media: &'d MediaType<'t>,
    ) -> impl Iterator<Item = (SchemaId, Option<&'d Encoding<'t>>)> {
        let (prefix, rest) = (&media.prefix_encoding, media.item_encoding.as_ref());
        let positions = self.first.len().max(prefix.len());
        // The encoding after the last position applies to all further parts.
        (0..=positions).filter_map(move |position| {
            let schema = self.first.get(position).copied().or(self.rest)?;
            Some((schema, prefix.get(position).or(rest)))
        })
    }
}

/// Whether a schema allows any value: a part without a type is octets (3.1.1, "Encoding Object").
fn is_open(schema: &Schema<'_>) -> bool {
    is_annotation(schema)
        && schema.additional.is_none()
        && schema.not.is_none()
        && schema.content_encoding.is_none()
        && schema.content_media_type.is_none()
        && schema.content_schema.is_none()
}

/// Whether a body of this schema is bytes, directly or through references. A choice of bytes or text counts as bytes.
pub(crate) fn is_bytes(document: &Document<'_>, schema: SchemaId) -> bool {
    if is_binary_at(document, schema) {
        return true;
    }
    let branches = alternatives(document, schema);
    let fits = |&branch: &SchemaId| is_binary_at(document, branch) || is_string(document, branch);
    has_bytes(document, &branches) && branches.iter().all(fits)
}

/// Whether a body of this schema is either bytes or a JSON value.
pub(crate) fn may_be_bytes(document: &Document<'_>, schema: SchemaId) -> bool {
    has_bytes(document, &alternatives(document, schema)) && !is_bytes(document, schema)
}

fn has_bytes(document: &Document<'_>, branches: &[SchemaId]) -> bool {
    branches
        .iter()
        .any(|&branch| is_binary_at(document, branch))
}

fn is_binary_at(document: &Document<'_>, schema: SchemaId) -> bool {
    let last = same_as_last(document, schema);
    is_binary(document.schema(last), Typed::Unspecified)
}

/// The alternatives of a schema; empty if it has none.
fn alternatives(document: &Document<'_>, schema: SchemaId) -> Vec<SchemaId> {
    if !is_union(document, schema) {
        return Vec::new();
    }
    let unions = Parts::of(document, schema).unions.into_iter();
    unions.flat_map(|union| union.branches).collect()
}

/// Whether a schema, or a part of it, has alternatives. It is asked of every body, and composing a large body takes much
/// longer.
fn is_union(document: &Document<'_>, schema: SchemaId) -> bool {
    let mut parts = vec![schema];
    let mut at = 0;
    while let Some(&id) = parts.get(at) {
        let schema = document.schema(id);
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return true;
        }
        let reference = schema.reference.iter().map(|(target, _)| target);
        for part in reference.chain(&schema.all_of) {
            if !parts.contains(part) {
                parts.push(*part);
            }
        }
        at += 1;
    }
    false
}

/// Whether a schema is a string of bytes: `format: binary` (3.0), a media type without an encoding (3.1), or a plain
/// string in a part that is typed as bytes.
fn is_binary(schema: &Schema<'_>, typed: Typed) -> bool {
    let some = schema.types.iter().filter(|&&t| t != SimpleType::Null);
    let is_string = some.clone().any(|&t| t == SimpleType::String);
    let untyped = some.count() == 0;
    let plain = schema.enumeration.is_none() && schema.constant.is_none();
    if !(is_string || untyped) || !plain {
        return false;
    }
    let format = schema.format.map(|format| format.text);
    let encoding = schema.content_encoding.map(str::to_ascii_lowercase);
    let media = schema.content_media_type;
    match encoding.as_deref() {
        Some("binary") => true,
        Some("base64" | "base64url" | "base32" | "base16" | "quoted-printable") => false,
        _ if matches!(format, Some("binary" | "file")) => true,
        _ if media.is_some_and(of_bytes) => true,
        _ => typed == Typed::Bytes && is_string && format.is_none(),
    }
}

/// Whether a content type, or the first in a list of them, is one of bytes. `*/*` is.
fn of_bytes(content_type: &str) -> bool {
    let first = essence(content_type.split(',').next().unwrap_or_default());
    let text = first.starts_with("text/") || first.contains("urlencoded");
    !text && (first == "*/*" || Content::of(&first) == Content::Bytes)
}
