//! Spanned tree → [`Document`]: one method for each object of the specification.

mod content;
mod dangling;
mod flow;
mod grammar;
mod indentation;
mod info;
mod json_schema;
mod keys;
mod keyword;
mod kind;
mod label;
mod limit;
mod link;
mod list;
mod look;
mod meaning;
mod media_name;
mod misplaced;
mod missing;
mod needed;
mod operation;
mod pagination;
mod parameter;
mod path;
mod pointer;
mod read;
mod reference;
mod report;
mod resolve;
mod rule;
mod schema;
mod section;
mod security;
mod server;
mod since;
mod swagger;
mod types;
mod version;
mod words;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

use hashbrown::{HashMap, HashSet};

pub(crate) use self::grammar::{Form, Names, Word, Words};
pub(crate) use self::json_schema::json_schema;
pub(crate) use self::keys::{
    ALL as OBJECTS, COMPONENTS, DOCUMENT, FLOW, Keys, OPERATION, PATH_ITEM, SCHEMA, SECURITY_SCHEME,
};
pub(crate) use self::label::VALUE_NAMES;
pub(crate) use self::path::{METHODS, is_method_key};
pub(crate) use self::pointer::{Target, escape, unescape};
pub(crate) use self::resolve::Resolver;
pub(crate) use self::version::{version, version_in};

use self::reference::{ObjectKind, Targets};
use self::report::Reporter;
use super::code::BAD_NAME;
use super::{
    Document, FileSchema, Files, Labels, Parameter, Schema, SchemaId, Selection, Version,
    is_component_name,
};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Key, Member, Node, Span};

/// The number of bytes of a description for each of its schemas, which large descriptions are near. A list of schemas that
/// has to grow is copied several times.
const BYTES_PER_SCHEMA: usize = 100;

/// Decodes a description that refers to other files. All of them have been loaded, and `root` itself is one of `files`.
pub(crate) fn decode_files<'t>(
    root: &'t Node,
    files: &Files<'t>,
    diagnostics: &mut Diagnostics,
) -> Option<Document<'t>> {
    decode_selected(root, files, &mut Selection::default(), diagnostics)
}

/// Decodes the selected operations, and the components that they need.
pub(crate) fn decode_selected<'t>(
    root: &'t Node,
    files: &Files<'t>,
    selection: &mut Selection,
    diagnostics: &mut Diagnostics,
) -> Option<Document<'t>> {
    let (version, span) = version(root, diagnostics)?;
    let expected = root.span.end as usize / BYTES_PER_SCHEMA;
    let mut decoder = Decoder {
        version,
        root,
        files,
        selection,
        reporter: Reporter::new(diagnostics),
        targets: Targets::default(),
        schemas: Vec::with_capacity(expected),
        file_schemas: Vec::new(),
        newer_keys: Vec::new(),
        labels: Labels::default(),
        ids: HashMap::with_capacity(expected),
        queue: VecDeque::new(),
        recursive: None,
        schemes: security::Declared::default(),
        decoded_path_items: HashSet::new(),
        common_schemes: None,
        in_callback: false,
        links: Vec::new(),
        linked: HashSet::new(),
    };
    let document = decoder.document(version, span);
    decoder.reporter.join_unindented(files.roots());
    decoder.reporter.finish();
    Some(document)
}

/// The state of decoding one description.
struct Decoder<'t, 'd> {
    version: Version,
    root: &'t Node,
    files: &'d Files<'t>,
    selection: &'d mut Selection,
    reporter: Reporter<'t, 'd>,
    targets: Targets<'t>,
    schemas: Vec<Schema<'t>>,
    file_schemas: Vec<FileSchema<'t>>,
    newer_keys: Vec<(&'t Key, Version)>,
    labels: Labels<'t>,
    /// The schema of each node that a reference or a key led to, by the address of the node.
    ids: HashMap<usize, SchemaId>,
    /// Schemas that have an id but are not decoded yet. A queue instead of recursion allows chains of any length.
    queue: VecDeque<schema::Pending<'t>>,
    /// The innermost schema with `$recursiveAnchor` around the one that is being decoded.
    recursive: Option<SchemaId>,
    schemes: security::Declared<'t>,
    /// The addresses of the path items with a `$ref` that were decoded together with its target.
    decoded_path_items: HashSet<usize>,
    /// The `schemes` of the server of Swagger 2.0.
    common_schemes: Option<&'t Member>,
    /// Whether the current operations belong to a callback.
    in_callback: bool,
    /// Links whose operation is looked up at the end.
    links: Vec<link::Link<'t>>,
    /// The addresses of the links that were decoded.
    linked: HashSet<usize>,
}

/// A map of the tree, taken as an object of the specification.
#[derive(Clone, Copy)]
struct Object<'t> {
    members: &'t [Member],
    /// The best location to mark: the key that holds it.
    at: Span,
    /// Whether some of the keys are not keys of the object, so that they may be misspelt.
    has_unknown: bool,
}

impl<'t> Object<'t> {
    fn empty(at: Span) -> Self {
        Self {
            members: &[],
            at,
            has_unknown: false,
        }
    }

    /// An object with these keys. `keys` are those of the description's version.
    fn of(members: &'t [Member], at: Span, keys: &Keys) -> Self {
        let mut written = members.iter().map(|member| &*member.key.text);
        Self {
            members,
            at,
            has_unknown: !written.all(|key| keys.has(key)),
        }
    }

    /// An object whose keys may be unknown.
    fn unchecked(members: &'t [Member], at: Span) -> Self {
        Self {
            members,
            at,
            has_unknown: true,
        }
    }

    /// The property with this key, otherwise one whose key differs only in case.
    fn get(&self, key: &str) -> Option<&'t Member> {
        let mut members = self.members.iter();
        let exact = members.clone().find(|member| &*member.key.text == key);
        if exact.is_some() || !self.has_unknown {
            return exact;
        }
        members.find(|member| keys::is_spelling_of(key, &member.key.text))
    }

    /// The property with this key, otherwise one whose unknown key was probably meant to be it.
    fn meant(&self, key: &str, keys: &'static Keys) -> Option<&'t Member> {
        let is_meant = |member: &&Member| {
            let written = &member.key.text;
            let fits =
                |near: &&str| self.get(near).is_none() && read::may_hold(keys, near, &member.value);
            !keys.has(written) && keys.nearest(written).find(fits) == Some(key)
        };
        self.get(key).or_else(|| self.members.iter().find(is_meant))
    }

    /// Whether the object has an unknown key that was probably meant to be this one.
    fn misspells(&self, key: &str, keys: &'static Keys) -> bool {
        self.get(key).is_none() && self.meant(key, keys).is_some()
    }
}

/// Whether an object lacks a key of the description's latest version, and has an unknown one that was probably meant to be
/// it, which is reported.
pub(crate) fn misspells(node: &Node, keys: &'static Keys, key: &str) -> bool {
    node.as_map()
        .is_some_and(|members| Object::unchecked(members, node.span).misspells(key, keys))
}

/// The identity of a node: two nodes of one tree never share an address.
fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

impl<'t> Decoder<'t, '_> {
    fn document(&mut self, version: Version, span: Span) -> Document<'t> {
        let root = self.object(self.root, span, &DOCUMENT);
        let root = root.unwrap_or(Object::empty(span));
        // The key of the version is reported already, if it is that of another version.
        let is_version = |member: &&Member| matches!(&*member.key.text, "openapi" | "swagger");
        let mut versions = root.members.iter().filter(is_version);
        if let (Some(only), None) = (versions.next(), versions.next()) {
            self.reporter.forget(&only.key, DOCUMENT.noun);
        }
        self.check_content(&root);
        self.check_self(&root);
        let components = self.components(&root);
        self.check_sections(&components);
        let is_whole = self.selection.is_whole();
        let mut named = Vec::new();
        if is_whole {
            named = self.named_schemas(&components);
        }
        let schemes = self.section(&components, ObjectKind::SecurityScheme.section(version));
        let mut schemes = self.security_schemes(schemes);
        let info = self.info(&root);
        let external_docs = self.external_docs(root.get("externalDocs"));
        let servers = match version {
            Version::V2_0 => self.server_of_2_0(&root),
            _ => self.servers(root.get("servers")),
        };
        let security = self.security(&root, &DOCUMENT);
        let tags = self.tags(root.get("tags"));
        let paths = self.paths(root.get("paths"));
        let webhooks = self.webhooks(root.get("webhooks").or_else(|| root.get("x-webhooks")));
        self.keep_needed_schemes(&mut schemes, &paths, security.as_deref());
        let mut parameters = Vec::new();
        if is_whole {
            parameters = self.component_parameters(&components);
            self.component_names(&components);
            self.check_components(&components);
            self.pending_schemas();
        } else {
            named = self.needed_schemas(&components);
        }
        self.check_links(&paths, &webhooks);
        self.break_cycles();
        Document {
            version,
            info,
            external_docs,
            servers,
            security: security.or_else(|| self.misplaced_security()),
            schemes,
            declared_schemes: std::mem::take(&mut self.schemes.written),
            tags,
            paths,
            webhooks,
            parameters,
            ends: self.ends(),
            schemas: std::mem::take(&mut self.schemas),
            components: named,
            joints: HashMap::default(),
            leaves: BTreeMap::default(),
            own_types: BTreeMap::default(),
            file_schemas: std::mem::take(&mut self.file_schemas),
            newer_keys: std::mem::take(&mut self.newer_keys),
            labels: std::mem::take(&mut self.labels),
        }
    }

    /// Reports a description without any content, which is most likely the result of a misspelt key.
    fn check_content(&mut self, root: &Object<'t>) {
        let content = [
            "paths",
            "components",
            "webhooks",
            "x-webhooks",
            "definitions",
        ];
        // A misspelt key is already reported.
        if self.reporter.mistakes() == 0 && !content.iter().any(|key| root.get(key).is_some()) {
            let message = match self.version {
                Version::V2_0 => "a description should have `paths` or `definitions`",
                _ => "a description should have `paths`, `components` or `webhooks`",
            };
            self.reporter.push(
                Diagnostic::warning(super::code::MISSING_KEY, message)
                    .at(root.at, "nothing else is described here"),
            );
        }
    }

    /// Checks `$self`. It is not used: references are resolved against the file that they are written in.
    fn check_self(&mut self, root: &Object<'t>) {
        let own = self.word(root.get("$self"));
        if let Some(own) = own.filter(|own| own.text.contains('#')) {
            let message = "`$self` must not have a fragment; the fragment is ignored";
            self.assume(own.span, message.to_owned());
        }
        self.dialect(root.get("jsonSchemaDialect"));
    }

    fn named_schemas(&mut self, components: &Object<'t>) -> Vec<(&'t Key, SchemaId)> {
        let schemas = self.section(components, ObjectKind::Schema.section(self.version));
        let members = self.map(schemas);
        let named = members.iter().filter(|member| !is_extension_only(member));
        named
            .map(|member| (&member.key, self.named_schema(member)))
            .collect()
    }

    fn component_parameters(&mut self, components: &Object<'t>) -> Vec<Parameter<'t>> {
        let members = self.map(self.section(components, "parameters")).iter();
        let nodes = members.map(|member| (&member.value, member.key.span));
        nodes
            .filter_map(|(node, at)| match self.body_input(node, at) {
                Some(_) => None,
                None => self.parameter(None, node, at),
            })
            .collect()
    }

    /// Warns about names of components that the specification does not allow, once for each kind of component.
    fn component_names(&mut self, components: &Object<'t>) {
        // Swagger 2.0 allows any name.
        let is_limited = self.version > Version::V2_0;
        for section in COMPONENTS.all().filter(|_| is_limited) {
            let members = self.map(self.section(components, section));
            let invalid: Vec<&Key> = members
                .iter()
                .map(|member| &member.key)
                .filter(|key| !is_component_name(&key.text))
                .collect();
            let Some(first) = invalid.first() else {
                continue;
            };
            let message = format!("`{}` is not a valid name of a component", first.text);
            let diagnostic = Diagnostic::warning(BAD_NAME, message)
                .strict()
                .at(first.span, "")
                .help("use letters, digits, `.`, `-` and `_` only");
            self.reporter.push(match invalid.len() - 1 {
                0 => diagnostic,
                1 => diagnostic.note(format!("one more name under `{section}` is invalid")),
                more => diagnostic.note(format!("{more} more names under `{section}` are invalid")),
            });
        }
    }

    /// Decodes the components that nothing refers to, so that their mistakes are reported as well.
    fn check_components(&mut self, components: &Object<'t>) {
        let produces = self.media_list(components, "produces");
        for member in self.map(self.section(components, "responses")) {
            self.response(member, super::Status::Default, &produces);
        }
        if self.version == Version::V2_0 {
            return;
        }
        for member in self.map(self.section(components, "requestBodies")) {
            self.request_body(member);
        }
        for member in self.map(self.section(components, "examples")) {
            self.example(member);
        }
        self.links(self.section(components, "links"));
        self.headers(self.section(components, "headers"));
        self.named_media_types(self.section(components, "mediaTypes"));
        for member in self.map(self.section(components, "pathItems")) {
            self.check_path_item(member);
        }
        for member in self.map(self.section(components, "callbacks")) {
            self.callback(member);
        }
    }
}

/// Whether an entry of a map of names is an extension and not a name: `x-…` with a value that is not a map.
fn is_extension_only(member: &Member) -> bool {
    member.key.text.starts_with("x-") && member.value.as_map().is_none()
}
