//! The description as written: `OpenAPI` 3.0, 3.1 and 3.2 in one shape, `$ref` resolved.
//!
//! Everything borrows from the spanned tree. References to parameters, bodies, responses, headers,
//! examples, path items and security schemes are followed while decoding; references to schemas become
//! a [`SchemaId`], and each schema of the tree is decoded once, wherever it stands.

use crate::source::{Key, Node, Span};

/// A word of the description with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'t> {
    /// The word.
    pub text: &'t str,
    /// Its place.
    pub span: Span,
}

/// The version of the specification a description is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 3.0.x
    V3_0,
    /// 3.1.x
    V3_1,
    /// 3.2.x
    V3_2,
}

/// A whole description.
#[derive(Debug)]
pub struct Document<'t> {
    /// Version of the specification.
    pub version: Version,
    /// Place of the `openapi` key's value.
    pub span: Span,
    /// `info.title`.
    pub title: Option<Text<'t>>,
    /// `info.version`.
    pub api_version: Option<Text<'t>>,
    /// `info.description`, else `info.summary`.
    pub description: Option<&'t str>,
    /// Top-level servers.
    pub servers: Vec<Server<'t>>,
    /// Top-level security; `None` where the key is missing.
    pub security: Option<Vec<Requirement<'t>>>,
    /// `components.securitySchemes`.
    pub schemes: Vec<SecurityScheme<'t>>,
    /// Declared tags.
    pub tags: Vec<Tag<'t>>,
    /// Path items in the order of the file; `$ref` followed.
    pub paths: Vec<PathItem<'t>>,
    /// `webhooks` of 3.1 and `x-webhooks` of 3.0.
    pub webhooks: Vec<PathItem<'t>>,
    /// Every schema that was met.
    pub schemas: Vec<Schema<'t>>,
    /// The named schemas (`components.schemas`) in the order of the file.
    pub components: Vec<(&'t Key, SchemaId)>,
}

/// Index into [`Document::schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

impl<'t> Document<'t> {
    /// The schema with this id.
    pub fn schema(&self, id: SchemaId) -> &Schema<'t> {
        &self.schemas[id.0 as usize]
    }
}

/// A server, with the variables of its URL.
#[derive(Debug, Clone)]
pub struct Server<'t> {
    /// The URL, `{variables}` in braces; may be relative.
    pub url: Text<'t>,
    /// `name` (3.2) or `x-rust-name`.
    pub name: Option<Text<'t>>,
    /// What it is for.
    pub description: Option<&'t str>,
    /// The variables of the URL.
    pub variables: Vec<Variable<'t>>,
}

/// A variable of a server URL.
#[derive(Debug, Clone)]
pub struct Variable<'t> {
    /// Its name.
    pub key: &'t Key,
    /// `default`; empty where it is missing.
    pub default: &'t str,
    /// Allowed values, empty for any.
    pub values: Vec<&'t str>,
    /// What it is for.
    pub description: Option<&'t str>,
}

/// A declared tag.
#[derive(Debug, Clone)]
pub struct Tag<'t> {
    /// Its name.
    pub name: Text<'t>,
    /// What it groups.
    pub description: Option<&'t str>,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
}

/// Schemes that must all be satisfied; empty for "no credential needed".
#[derive(Debug, Clone, Default)]
pub struct Requirement<'t> {
    /// Names of security schemes (those that exist; a dangling name is reported while decoding).
    pub schemes: Vec<Text<'t>>,
}

/// A way to prove who is calling.
#[derive(Debug, Clone)]
pub struct SecurityScheme<'t> {
    /// Name under `components.securitySchemes`.
    pub key: &'t Key,
    /// What kind it is.
    pub kind: SchemeKind<'t>,
    /// How to get one.
    pub description: Option<&'t str>,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
}

/// The kind of a [`SecurityScheme`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeKind<'t> {
    /// `http` + `basic`.
    Basic,
    /// `http` + `bearer`, `oauth2`, `openIdConnect`: a token in `Authorization: Bearer`.
    Bearer,
    /// `apiKey`: a secret in a place of its own.
    ApiKey {
        /// Where it goes: `Query`, `Header` or `Cookie`.
        location: Location,
        /// Name of the parameter, header or cookie.
        name: &'t str,
        /// `x-value-prefix`, what precedes the secret.
        prefix: &'t str,
    },
    /// Another `http` scheme: the caller gives the whole `Authorization` value.
    Other,
}

/// A path with its operations; for webhooks, a name with its operations.
#[derive(Debug)]
pub struct PathItem<'t> {
    /// The template, or the webhook's name.
    pub key: &'t Key,
    /// The operations in the order of the file.
    pub operations: Vec<Operation<'t>>,
}

/// One operation.
#[derive(Debug)]
pub struct Operation<'t> {
    /// The method in capitals: `GET`.
    pub method: &'t str,
    /// Place of the method's key.
    pub span: Span,
    /// The path template (or webhook name).
    pub path: &'t Key,
    /// `operationId`.
    pub id: Option<Text<'t>>,
    /// `summary`.
    pub summary: Option<&'t str>,
    /// `description`.
    pub description: Option<&'t str>,
    /// Tags in order.
    pub tags: Vec<Text<'t>>,
    /// The path item's parameters, overridden by the operation's own (same name and place).
    pub parameters: Vec<Parameter<'t>>,
    /// The request body.
    pub body: Option<RequestBody<'t>>,
    /// Responses in the order of the file.
    pub responses: Vec<Response<'t>>,
    /// Own security; `None` where the key is missing.
    pub security: Option<Vec<Requirement<'t>>>,
    /// Own servers, else the path item's, else empty.
    pub servers: Vec<Server<'t>>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
    /// Callbacks: the operations that the other side will call.
    pub callbacks: Vec<PathItem<'t>>,
}

/// Where a parameter or key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
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

/// How a parameter's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
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
    /// `deepObject`
    DeepObject,
}

/// A parameter of an operation; also a response header or an encoding header.
#[derive(Debug)]
pub struct Parameter<'t> {
    /// Name on the wire, with its place.
    pub name: Text<'t>,
    /// Where it goes.
    pub location: Location,
    /// What it is for.
    pub description: Option<&'t str>,
    /// Whether it must be given (always true in a path).
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `style`, or the default of the place.
    pub style: Style,
    /// `explode`, or the default of the style.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `schema`.
    pub schema: Option<SchemaId>,
    /// The one entry of `content`, where there is no `schema`.
    pub content: Option<MediaType<'t>>,
    /// `example` and the values of `examples`.
    pub examples: Vec<Example<'t>>,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
}

/// A request body.
#[derive(Debug)]
pub struct RequestBody<'t> {
    /// Place of the `requestBody` key.
    pub span: Span,
    /// What it holds.
    pub description: Option<&'t str>,
    /// `required`.
    pub required: bool,
    /// One entry for each media type.
    pub content: Vec<MediaType<'t>>,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
    /// Name under `components.requestBodies`, where it was referenced.
    pub component: Option<&'t str>,
}

/// A media type with what it carries.
#[derive(Debug)]
pub struct MediaType<'t> {
    /// The name as written: `application/json; charset=utf-8`.
    pub key: &'t Key,
    /// `schema`.
    pub schema: Option<SchemaId>,
    /// `itemSchema` (3.2): the schema of each item of a stream.
    pub item_schema: Option<SchemaId>,
    /// `example` and the values of `examples`.
    pub examples: Vec<Example<'t>>,
    /// `encoding`, by property.
    pub encoding: Vec<Encoding<'t>>,
}

/// An example value.
#[derive(Debug, Clone, Copy)]
pub struct Example<'t> {
    /// Its name under `examples`; `None` for `example`.
    pub name: Option<&'t str>,
    /// The value.
    pub value: &'t Node,
}

/// How a property of a form or multipart body is written.
#[derive(Debug)]
pub struct Encoding<'t> {
    /// The property.
    pub key: &'t Key,
    /// `contentType`.
    pub content_type: Option<&'t str>,
    /// `style`.
    pub style: Option<Style>,
    /// `explode`.
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: bool,
}

/// Which statuses a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status.
    Code(u16),
    /// `2XX`: the hundreds digit.
    Range(u8),
    /// `default`.
    Default,
}

/// A documented answer.
#[derive(Debug)]
pub struct Response<'t> {
    /// Which statuses.
    pub status: Status,
    /// Place of the status key.
    pub span: Span,
    /// What it says.
    pub description: Option<&'t str>,
    /// Its headers.
    pub headers: Vec<Parameter<'t>>,
    /// One entry for each media type; empty for no body.
    pub content: Vec<MediaType<'t>>,
    /// Name under `components.responses`, where it was referenced.
    pub component: Option<&'t str>,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
}

/// The simple types of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SimpleType {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `string`
    String,
    /// `array`
    Array,
    /// `object`
    Object,
}

/// A schema, with the keywords that matter for types.
#[derive(Debug, Default)]
pub struct Schema<'t> {
    /// The node it was decoded from (`None` only in tests).
    pub node: Option<&'t Node>,
    /// The best place to mark: the key that holds the schema, else the schema itself.
    pub mark: Option<Span>,
    /// Name under `components.schemas` (or `$defs`, `definitions`), where it stands there.
    pub component: Option<&'t str>,
    /// For a schema that is `true` or `false`.
    pub boolean: Option<bool>,
    /// `$ref`, with the place of its value. Siblings are decoded as well.
    pub reference: Option<(SchemaId, Span)>,
    /// `type`, one or several; `nullable: true` adds `Null` where a type is given.
    pub types: Vec<SimpleType>,
    /// Null is allowed: `nullable: true` or `null` in `type`.
    pub nullable: bool,
    /// `format`.
    pub format: Option<Text<'t>>,
    /// `title`.
    pub title: Option<&'t str>,
    /// `description`.
    pub description: Option<&'t str>,
    /// `enum`.
    pub enumeration: Option<Vec<&'t Node>>,
    /// `const`.
    pub constant: Option<&'t Node>,
    /// `default`.
    pub default: Option<&'t Node>,
    /// `example` and `examples`.
    pub examples: Vec<Example<'t>>,
    /// `properties`.
    pub properties: Vec<(&'t Key, SchemaId)>,
    /// `required`.
    pub required: Vec<Text<'t>>,
    /// `additionalProperties: true | false`.
    pub additional: Option<bool>,
    /// `additionalProperties: {…}`.
    pub additional_schema: Option<SchemaId>,
    /// `patternProperties`.
    pub pattern_properties: Vec<(&'t Key, SchemaId)>,
    /// `items`.
    pub items: Option<SchemaId>,
    /// `prefixItems`.
    pub prefix_items: Vec<SchemaId>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `oneOf`.
    pub one_of: Vec<SchemaId>,
    /// `anyOf`.
    pub any_of: Vec<SchemaId>,
    /// `not`.
    pub not: Option<Span>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator<'t>>,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `contentEncoding`.
    pub content_encoding: Option<&'t str>,
    /// `contentMediaType`.
    pub content_media_type: Option<&'t str>,
    /// Any of `minLength`, `maxLength`, `pattern`: an untyped schema with one is a string.
    pub has_string_keywords: bool,
    /// Any of `minimum`, `maximum`, `exclusive…`, `multipleOf`: an untyped schema with one is a number.
    pub has_number_keywords: bool,
    /// Any of `minItems`, `maxItems`, `uniqueItems`, `contains`: an untyped schema with one is a list.
    pub has_list_keywords: bool,
    /// Any of `minProperties`, `maxProperties`, `propertyNames`: an untyped schema with one is an object.
    pub has_object_keywords: bool,
    /// `maximum`, where it is an integer beyond `i64`.
    pub beyond_i64: bool,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
    /// `x-enum: open | closed`: whether it is open.
    pub open: Option<bool>,
    /// `x-success-flag`.
    pub success_flag: Option<SuccessFlag<'t>>,
}

/// Which property tells the alternatives of a union apart.
#[derive(Debug, Clone)]
pub struct Discriminator<'t> {
    /// `propertyName`.
    pub property: Text<'t>,
    /// `mapping`: word → schema. A target that dangles is reported and left out.
    pub mapping: Vec<(&'t Key, SchemaId)>,
}

/// A 2xx body that can say no.
#[derive(Debug, Clone, Copy)]
pub struct SuccessFlag<'t> {
    /// The boolean property that is true on success.
    pub flag: Text<'t>,
    /// The property with the reasons.
    pub messages: Option<Text<'t>>,
}
