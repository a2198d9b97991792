//! The description as written: Swagger 2.0 and `OpenAPI` 3.0, 3.1 and 3.2 in one shape, `$ref` resolved.
//!
//! Everything borrows from the spanned tree. References to parameters, bodies, responses, headers,
//! examples, path items and security schemes are followed while decoding; references to schemas become
//! a [`SchemaId`], and each schema of the tree is decoded once, wherever it stands.
//!
//! [`decode`] reads a description, which may refer to other files; the loader
//! learns from [`external_references`] which files those are. Reading follows one rule: an error means that
//! something can't be understood. It is left out and everything else goes on. What is odd but clear is read,
//! and a warning says what was assumed.

pub(crate) mod code;
pub(crate) mod decode;
mod files;
mod format;
mod label;
mod operation;
mod pagination;
mod schema;
mod security;
mod selection;
pub(crate) mod template;

pub(crate) use files::{Files, external_references, local_pointer, percent_decode, resolve_path};
pub(crate) use format::Format;
pub(crate) use label::Labels;
pub(crate) use operation::{
    Encoding, Example, Location, MediaType, Operation, Parameter, PathItem, RequestBody, Response,
    Status, Style,
};
pub(crate) use pagination::{Pagination, Turning};
pub(crate) use schema::{Discriminator, Limits, Reach, Schema, SimpleType, SuccessFlag};
pub(crate) use security::{Flow, Flows, Requirement, SchemeKind, SecurityScheme};
pub(crate) use selection::{Filter, Selection};

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::source::{Key, Node, Span};

/// A string of the description with its location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text<'t> {
    /// The word.
    pub text: &'t str,
    /// Its location.
    pub span: Span,
}

impl<'t> From<&'t Key> for Text<'t> {
    fn from(key: &'t Key) -> Self {
        Self {
            text: &key.text,
            span: key.span,
        }
    }
}

/// The version of the specification a description is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    /// Swagger 2.0
    V2_0,
    /// 3.0.x
    V3_0,
    /// 3.1.x
    V3_1,
    /// 3.2.x
    V3_2,
}

impl Version {
    /// Where named schemas stand, for messages.
    pub(crate) fn schemas(self) -> &'static str {
        match self {
            Self::V2_0 => "definitions",
            _ => "components.schemas",
        }
    }

    /// Where security schemes stand, for messages.
    pub(crate) fn security_schemes(self) -> &'static str {
        match self {
            Self::V2_0 => "securityDefinitions",
            _ => "components.securitySchemes",
        }
    }
}

/// A whole description.
#[derive(Debug)]
pub(crate) struct Document<'t> {
    /// Version of the specification.
    pub version: Version,
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
    /// The same as written, with those that no client needs or that could not be read; `$ref` followed.
    pub declared_schemes: Vec<(&'t Key, &'t Node)>,
    /// Declared tags.
    pub tags: Vec<Tag<'t>>,
    /// Path items in the order of the file; `$ref` followed.
    pub paths: Vec<PathItem<'t>>,
    /// `webhooks` of 3.1 and `x-webhooks` of 3.0.
    pub webhooks: Vec<PathItem<'t>>,
    /// `components.parameters`, whether an operation has them or not.
    pub parameters: Vec<Parameter<'t>>,
    /// Every schema that was met.
    pub schemas: Vec<Schema<'t>>,
    /// For each schema, the end of the chain of references that begins with it; the schema itself if it has no
    /// reference.
    pub ends: Vec<SchemaId>,
    /// The named schemas (`components.schemas`) in the order of the file.
    pub components: Vec<(&'t Key, SchemaId)>,
    /// For two schemas that hold at once for one value, the schema that says both; made by lowering.
    pub joints: HashMap<(SchemaId, SchemaId), SchemaId>,
    /// The schemas of the description that each such schema is made of.
    pub leaves: BTreeMap<SchemaId, Vec<SchemaId>>,
    /// The named schemas of other files that something refers to: what stands under a key there, and whole files by
    /// their stems.
    pub file_schemas: Vec<FileSchema<'t>>,
    /// The types of other crates that the caller names for formats: `rust_decimal::Decimal` for `decimal`.
    pub own_types: BTreeMap<String, String>,
    /// What vendors' keys such as `x-enum-varnames` say of the values of an `enum`.
    pub labels: Labels<'t>,
}

/// Index into [`Document::schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SchemaId(pub u32);

impl<'t> Document<'t> {
    /// The operations of all paths, in the order of the file.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation<'t>> + Clone {
        self.paths.iter().flat_map(|path| &path.operations)
    }

    /// The schema with this id.
    pub(crate) fn schema(&self, id: SchemaId) -> &Schema<'t> {
        &self.schemas[id.0 as usize]
    }

    /// Every schema with a name of its own: the components, then those of other files.
    pub(crate) fn named_schemas(&self) -> impl Iterator<Item = (&'t str, SchemaId)> {
        let components = self.components.iter().map(|&(key, id)| (&*key.text, id));
        let others = self.file_schemas.iter();
        components.chain(others.map(|schema| (schema.name, schema.id)))
    }

    /// The schema behind a long chain of schemas that are nothing but references.
    pub(crate) fn end(&self, id: SchemaId) -> SchemaId {
        self.ends.get(id.0 as usize).copied().unwrap_or(id)
    }
}

/// A named schema of another file.
#[derive(Debug, Clone)]
pub(crate) struct FileSchema<'t> {
    /// The key that it stands under, or the file's stem.
    pub name: &'t str,
    /// The folders of the file; its stem as well where the schema stands under a key.
    pub within: Vec<String>,
    /// The schema.
    pub id: SchemaId,
}

/// A server, with the variables of its URL.
#[derive(Debug, Clone)]
pub(crate) struct Server<'t> {
    /// The URL, `{variables}` in braces; may be relative.
    pub url: Cow<'t, str>,
    /// The location of what says the URL.
    pub span: Span,
    /// `name` (3.2) or `x-rust-name`.
    pub name: Option<Text<'t>>,
    /// What it is for.
    pub description: Option<&'t str>,
    /// The variables of the URL.
    pub variables: Vec<Variable<'t>>,
}

/// A variable of a server URL.
#[derive(Debug, Clone)]
pub(crate) struct Variable<'t> {
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
pub(crate) struct Tag<'t> {
    /// Its name.
    pub name: Text<'t>,
    /// What it groups.
    pub description: Option<&'t str>,
    /// `parent` (3.2): the name of the tag that it belongs to.
    pub parent: Option<Text<'t>>,
    /// `x-rust-name`.
    pub rust_name: Option<Text<'t>>,
}

/// Whether the specification allows a name for a component.
pub(crate) fn is_component_name(name: &str) -> bool {
    let is_valid = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    !name.is_empty() && name.bytes().all(is_valid)
}

/// Whether HTTP takes a name for a method, a header or a cookie: the `token` of RFC 9110.
pub(crate) fn is_token(name: &str) -> bool {
    let is_token_byte =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token_byte)
}
