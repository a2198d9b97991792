//! Paths with their operations: parameters, bodies, responses.

use std::sync::OnceLock;

use super::{Page, Pagination, Requirement, SchemaId, Server, Text};
use crate::source::{Key, Node, Span};

/// A path with its operations; for webhooks, a name with its operations.
#[derive(Debug)]
pub(crate) struct PathItem<'t> {
    /// The template, or the webhook's name.
    pub key: &'t Key,
    /// For a path item of a callback: the callback's name.
    pub callback: Option<&'t Key>,
    /// The operations in the order of the file.
    pub operations: Vec<Operation<'t>>,
}

/// One operation.
#[derive(Debug)]
pub(crate) struct Operation<'t> {
    /// The node it was decoded from.
    pub node: &'t Node,
    /// The method in capitals: `GET`.
    pub method: &'t str,
    /// Location of the method's key.
    pub span: Span,
    /// The path template (or webhook name).
    pub path: &'t Key,
    /// `operationId`.
    pub id: Option<Text<'t>>,
    /// `summary`.
    pub summary: Option<&'t str>,
    /// `description`.
    pub description: Option<&'t str>,
    /// `externalDocs`.
    pub external_docs: Option<Page<'t>>,
    /// Tags in order.
    pub tags: Vec<Text<'t>>,
    /// The path item's parameters, overridden by the operation's own (same name and location).
    pub parameters: Vec<Parameter<'t>>,
    /// Whether a parameter could not be decoded completely. That is already reported, so nothing else is reported about
    /// a missing parameter.
    pub incomplete: bool,
    /// Whether a mistake in the operation was reported, so that parts of it may be missing.
    pub has_mistakes: bool,
    /// The request body.
    pub body: Option<RequestBody<'t>>,
    /// Responses in the order of the file.
    pub responses: Vec<Response<'t>>,
    /// Own security; `None` where the key is missing.
    pub security: Option<Vec<Requirement<'t>>>,
    /// Own servers, otherwise the path item's, otherwise empty.
    pub servers: Vec<Server<'t>>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `x-pagination`.
    pub pagination: Option<Pagination<'t>>,
    /// `x-stream-flag`: the boolean property of the body that asks for a stream.
    pub stream_flag: Option<Text<'t>>,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
    /// `x-rust-former-name`.
    pub former_names: Vec<Text<'t>>,
    /// Callbacks: the operations that the server calls.
    pub callbacks: Vec<PathItem<'t>>,
}

impl Operation<'_> {
    /// Whether a response has no body. Responses to HEAD never have one: they describe the response to GET.
    pub(crate) fn is_empty(&self, response: &Response<'_>) -> bool {
        self.method == "HEAD" || response.is_empty()
    }
}

/// The location of a parameter or an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// The whole query (`querystring` of 3.2).
    Querystring,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// How a parameter's value is serialized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Style {
    /// `form`
    Form,
    /// `simple`
    Simple,
    /// `label`
    Label,
    /// `matrix`
    Matrix,
    /// `spaceDelimited`
    SpaceDelimited,
    /// `pipeDelimited`
    PipeDelimited,
    /// `collectionFormat: tsv` (2.0)
    TabDelimited,
    /// `deepObject`
    DeepObject,
    /// `cookie` (3.2)
    Cookie,
}

/// A parameter of an operation; also a response header or an encoding header.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of the specification"
)]
pub(crate) struct Parameter<'t> {
    /// Name in the request or response, with its location.
    pub name: Text<'t>,
    /// The part of the request.
    pub location: Location,
    /// The description.
    pub description: Option<&'t str>,
    /// Whether it is required (always true in a path).
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `style`, or the default of the location.
    pub style: Style,
    /// `style` as written, valid or not.
    pub written_style: Option<&'t str>,
    /// `explode`, or the default of the style.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// `schema`.
    pub schema: Option<SchemaId>,
    /// The one entry of `content`, where there is no `schema`.
    pub content: Option<Box<MediaType<'t>>>,
    /// `example` and the values of `examples`.
    pub examples: Vec<Example<'t>>,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
    /// `x-rust-former-name`.
    pub former_names: Vec<Text<'t>>,
}

/// A request body.
#[derive(Debug)]
pub(crate) struct RequestBody<'t> {
    /// Location of the key `requestBody`.
    pub span: Span,
    /// The description.
    pub description: Option<&'t str>,
    /// `required`, if it is written.
    pub required: Option<bool>,
    /// One entry for each media type.
    pub content: Vec<MediaType<'t>>,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
    /// The positions of the media types in which it is sent, computed on first use, when the schemas are joined.
    pub forms: OnceLock<Vec<usize>>,
}

/// A media type with its schema.
#[derive(Debug, Clone)]
pub(crate) struct MediaType<'t> {
    /// The name as written: `application/json; charset=utf-8`.
    pub name: Text<'t>,
    /// Whether the name can be a media type. Otherwise it is already reported.
    pub is_known: bool,
    /// `schema`.
    pub schema: Option<SchemaId>,
    /// `itemSchema` (3.2): the schema of each item of a stream.
    pub item_schema: Option<SchemaId>,
    /// `example` and the values of `examples`.
    pub examples: Vec<Example<'t>>,
    /// `encoding`, by property.
    pub encoding: Vec<Encoding<'t>>,
    /// `prefixEncoding` (3.2): the encodings of the first parts of a body whose parts have no names.
    pub prefix_encoding: Vec<Encoding<'t>>,
    /// `itemEncoding` (3.2): the encoding of each of the following parts.
    pub item_encoding: Option<Encoding<'t>>,
}

/// An example value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Example<'t> {
    /// Its name under `examples`; `None` for `example`.
    pub name: Option<&'t str>,
    /// The value.
    pub value: &'t Node,
}

/// How a property of a form or multipart body is encoded, or a part without a name.
#[derive(Debug, Clone)]
pub(crate) struct Encoding<'t> {
    /// The property. For a part without a name, the key that describes it.
    pub name: Text<'t>,
    /// `contentType`.
    pub content_type: Option<&'t str>,
    /// `style`.
    pub style: Option<Style>,
    /// `explode`.
    pub explode: Option<bool>,
    /// `headers`: the headers of a part of a multipart body.
    pub headers: Vec<Parameter<'t>>,
}

/// The status codes that a response applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Status {
    /// One status code.
    Code(u16),
    /// `2XX`: the hundreds digit.
    Range(u8),
    /// `default`.
    Default,
}

/// A documented response.
#[derive(Debug)]
pub(crate) struct Response<'t> {
    /// The status codes.
    pub status: Status,
    /// Location of the status key.
    pub span: Span,
    /// The summary (3.2).
    pub summary: Option<&'t str>,
    /// The description.
    pub description: Option<&'t str>,
    /// Its headers.
    pub headers: Vec<Parameter<'t>>,
    /// One entry for each media type; empty for no body.
    pub content: Vec<MediaType<'t>>,
    /// The values of its links that can have runtime expressions.
    pub links: Vec<Text<'t>>,
    /// Its name under `components.responses`, if it was referenced.
    pub component: Option<&'t str>,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
}

impl Response<'_> {
    /// Whether it has no body: none is described, or its status code does not allow one.
    pub(crate) fn is_empty(&self) -> bool {
        self.content.is_empty() || matches!(self.status, Status::Code(204 | 205))
    }
}
