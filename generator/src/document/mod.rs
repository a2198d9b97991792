//! The description as written: Swagger 2.0 and `OpenAPI` 3.0, 3.1 and 3.2 in one shape, `$ref` resolved.
//!
//! Everything borrows from the spanned tree. References to parameters, bodies, responses, headers, examples, path items
//! and security schemes are followed while decoding. References to schemas become a [`SchemaId`], and each schema of
//! the tree is decoded once, wherever it is used.
//!
//! [`decode`] reads a description, which may refer to other files; the loader gets the list of those files from
//! [`external_references`]. An object that cannot be understood is an error: it is skipped, and decoding goes on. An
//! object that is unusual but unambiguous is read, with a warning that says what was assumed.

mod bound;
pub(crate) mod code;
pub(crate) mod decode;
mod expression;
mod files;
mod format;
mod label;
mod media_type;
mod operation;
mod pagination;
mod restrict;
mod schema;
mod security;
mod selection;
pub(crate) mod template;

pub(crate) use bound::Bound;
pub(crate) use expression::{Expression, Source};
pub(crate) use files::{Files, external_references, local_pointer, percent_decode, resolve_path};
pub(crate) use format::Format;
pub(crate) use label::Labels;
pub(crate) use media_type::{FORM, FORM_DATA, essence, is_json, without_charset};
pub(crate) use operation::{
    Encoding, Example, Location, MediaType, Operation, Parameter, PathItem, RequestBody, Response,
    Status, Style,
};
pub(crate) use pagination::{Pagination, Turning};
pub(crate) use restrict::{NUMBERS, restricts_any};
pub(crate) use schema::{
    ANNOTATIONS, Discriminator, Limits, Reach, Schema, SimpleType, SuccessFlag, is_broken,
    scalar_text,
};
pub(crate) use security::{
    Flow, Flows, OauthScope, Requirement, SchemeKind, SecurityScheme, TokenFlow,
};
pub(crate) use selection::{Filter, Selection};

use std::borrow::Cow;
use std::collections::BTreeMap;

use hashbrown::HashMap;

use crate::source::{Key, Node, Span};

/// A string of the description with its location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text<'t> {
    /// The string.
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
    /// The section of named schemas, for messages.
    pub(crate) fn schemas(self) -> &'static str {
        match self {
            Self::V2_0 => "definitions",
            _ => "components.schemas",
        }
    }

    /// The section of security schemes, for messages.
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
    /// `info`.
    pub info: Info<'t>,
    /// `externalDocs`.
    pub external_docs: Option<Page<'t>>,
    /// Top-level servers.
    pub servers: Vec<Server<'t>>,
    /// Top-level security; `None` where the key is missing.
    pub security: Option<Vec<Requirement<'t>>>,
    /// `components.securitySchemes`.
    pub schemes: Vec<SecurityScheme<'t>>,
    /// The security schemes as written, including unused and invalid ones; `$ref` followed.
    pub declared_schemes: Vec<(&'t Key, &'t Node)>,
    /// Declared tags.
    pub tags: Vec<Tag<'t>>,
    /// Path items in the order of the file; `$ref` followed.
    pub paths: Vec<PathItem<'t>>,
    /// `webhooks` of 3.1 and `x-webhooks` of 3.0.
    pub webhooks: Vec<PathItem<'t>>,
    /// `components.parameters`, used or not.
    pub parameters: Vec<Parameter<'t>>,
    /// All schemas that were decoded.
    pub schemas: Vec<Schema<'t>>,
    /// For each schema, the end of its chain of references if that is long, otherwise the schema itself.
    pub ends: Vec<SchemaId>,
    /// The named schemas (`components.schemas`) in the order of the file.
    pub components: Vec<(&'t Key, SchemaId)>,
    /// For two schemas that apply to the same value, their combination; filled by lowering.
    pub joints: HashMap<(SchemaId, SchemaId), SchemaId>,
    /// For each such combination, the schemas of the description that it consists of.
    pub leaves: BTreeMap<SchemaId, Vec<SchemaId>>,
    /// The schemas of other files that a reference names: entries of maps, and whole files under their stems.
    pub file_schemas: Vec<FileSchema<'t>>,
    /// The types of other crates that the caller names for formats: `rust_decimal::Decimal` for `decimal`.
    pub own_types: BTreeMap<String, String>,
    /// The keys of later versions that are written outside of schemas, with the versions that introduced them.
    pub newer_keys: Vec<(&'t Key, Version)>,
    /// The names and descriptions of `enum` values from keys such as `x-enum-varnames`.
    pub labels: Labels<'t>,
}

/// Index into [`Document::schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SchemaId(pub u32);

impl SchemaId {
    /// The id of the schema at an index.
    pub(crate) fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

impl<'t> Document<'t> {
    /// Every path item: those of paths, of webhooks and of callbacks.
    pub(crate) fn items(&self) -> Vec<&PathItem<'t>> {
        let mut items: Vec<&PathItem<'t>> = Vec::new();
        let mut open: Vec<&PathItem<'t>> = self.webhooks.iter().rev().collect();
        open.extend(self.paths.iter().rev());
        while let Some(item) = open.pop() {
            items.push(item);
            let operations = item.operations.iter();
            open.extend(operations.flat_map(|operation| &operation.callbacks));
        }
        items
    }

    /// The security requirements of an operation: its own, otherwise those of the API.
    pub(crate) fn security_of<'a>(&'a self, operation: &'a Operation<'t>) -> &'a [Requirement<'t>] {
        let own = operation.security.as_ref().or(self.security.as_ref());
        own.map_or(&[], Vec::as_slice)
    }

    /// The operations of all paths, in the order of the file.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation<'t>> + Clone {
        self.paths.iter().flat_map(|path| &path.operations)
    }

    /// The schema with this id.
    pub(crate) fn schema(&self, id: SchemaId) -> &Schema<'t> {
        &self.schemas[id.0 as usize]
    }

    /// Every named schema: the components, then those of other files.
    pub(crate) fn named_schemas(&self) -> impl Iterator<Item = (&'t str, SchemaId)> {
        let components = self.components.iter().map(|&(key, id)| (&*key.text, id));
        let others = self.file_schemas.iter();
        components.chain(others.map(|schema| (schema.name, schema.id)))
    }

    /// The end of the schema's chain of references if that is long, otherwise the schema itself.
    pub(crate) fn end(&self, id: SchemaId) -> SchemaId {
        self.ends.get(id.0 as usize).copied().unwrap_or(id)
    }
}

/// A named schema of another file.
#[derive(Debug, Clone)]
pub(crate) struct FileSchema<'t> {
    /// Its key, or the file's stem.
    pub name: &'t str,
    /// The folders of the file, followed by the file's stem if the schema has a key in it.
    pub within: Vec<String>,
    /// The schema.
    pub id: SchemaId,
}

/// What the description says about the API as a whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Info<'t> {
    /// `title`.
    pub title: Option<Text<'t>>,
    /// `version`.
    pub version: Option<Text<'t>>,
    /// `summary` (3.1).
    pub summary: Option<&'t str>,
    /// `description`.
    pub description: Option<&'t str>,
    /// `termsOfService`.
    pub terms: Option<&'t str>,
    /// `name` and `url` of `contact`.
    pub contact: Option<Page<'t>>,
    /// `contact.email`.
    pub email: Option<&'t str>,
    /// `name` and `url` of `license`.
    pub license: Option<Page<'t>>,
    /// `license.identifier`.
    pub license_identifier: Option<&'t str>,
}

/// A page that is not part of the description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page<'t> {
    /// Its address.
    pub url: Option<&'t str>,
    /// Its content, in a few words.
    pub text: Option<&'t str>,
}

/// A server, with the variables of its URL.
#[derive(Debug, Clone)]
pub(crate) struct Server<'t> {
    /// The URL, `{variables}` in braces; may be relative.
    pub url: Cow<'t, str>,
    /// The location of the URL.
    pub span: Span,
    /// `name` (3.2) or `x-rust-name`.
    pub name: Option<Text<'t>>,
    /// Its purpose.
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
    pub default: Text<'t>,
    /// Allowed values, empty for any.
    pub values: Vec<&'t str>,
    /// Its purpose.
    pub description: Option<&'t str>,
}

/// A declared tag.
#[derive(Debug, Clone)]
pub(crate) struct Tag<'t> {
    /// Its name.
    pub name: Text<'t>,
    /// Its short name for people (3.2).
    pub summary: Option<&'t str>,
    /// Its meaning.
    pub description: Option<&'t str>,
    /// `externalDocs`.
    pub external_docs: Option<Page<'t>>,
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

/// Whether HTTP allows a name for a method, a header or a cookie: the `token` of RFC 9110.
pub(crate) fn is_token(name: &str) -> bool {
    let is_token_byte =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token_byte)
}
