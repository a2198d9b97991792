//! The part of the description that each public item comes from.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use crate::document::{self, Document, SchemaId};
use crate::lower::Joined;
use crate::model::{
    Home, Input, InputLocation, Kind, Operation, Output, Scheme, Server, Type, Webhooks,
};
use crate::name::Ident;

use super::super::change::Part;
use super::super::place::label;
use super::super::version::Version;
use super::super::view::{View, with_leaves};
use super::path_of;
use super::paths::{self, Paths};

/// A part of the description.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A schema.
    Schema(SchemaId),
    /// An operation with all its parts, by its label.
    Operation(String),
    /// An operation as a whole, without its parts.
    Whole(String),
    /// A parameter of an operation, by its name.
    Input(String, String),
    /// A property of the body of an operation, by its name, or the body.
    Body(String, String),
    /// The responses of an operation.
    Response(String),
    /// A header of the responses of an operation, by its name.
    Header(String, String),
    /// A part that contains its own schemas.
    Part(Part),
    /// A security scheme, by its name.
    Scheme(String),
    /// A server, by its URL.
    Server(String),
}

/// The owners of the public items of a version.
pub(crate) struct Owners {
    /// By the path of the item, or of the type that contains it.
    of: HashMap<String, Vec<Key>>,
    /// The schemas that each operation uses directly.
    schemas: HashMap<String, BTreeSet<SchemaId>>,
    /// The methods by the paths of their items: the positions of the resource and of the operation.
    methods: HashMap<String, (usize, usize)>,
    /// The name in requests of each argument of a method or constructor.
    arguments: HashMap<String, Vec<String>>,
}

impl Owners {
    pub(crate) fn of(version: &Version<'_>) -> Self {
        let mut owners = Self {
            of: HashMap::new(),
            schemas: HashMap::new(),
            methods: HashMap::new(),
            arguments: HashMap::new(),
        };
        owners.types(version);
        owners.operations(version);
        let module = version.api.module.plain();
        for scheme in &version.api.schemes {
            let key = Key::Scheme(scheme.wire.clone());
            for path in scheme_paths(module, scheme) {
                owners.add(path, key.clone());
            }
        }
        for server in &version.api.servers {
            let key = Key::Server(server.url.clone());
            owners.add(server_path(module, server), key);
        }
        // The enum comes with the first server.
        if let Some(first) = version.api.servers.first() {
            for path in ["Server", "BaseUrl: From<Server>"] {
                owners.add(format!("{module}::{path}"), Key::Server(first.url.clone()));
            }
        }
        owners
    }

    /// The names in requests of the arguments of a method or constructor, in their order. Path parameters have no such
    /// name.
    pub(super) fn arguments(&self, path: &str) -> &[String] {
        self.arguments.get(path).map_or(&[], Vec::as_slice)
    }

    /// The owners of an item itself.
    pub(super) fn own(&self, path: Option<&str>) -> Vec<Key> {
        let own = path.and_then(|path| self.of.get(path));
        own.cloned().unwrap_or_default()
    }

    /// The owners of the type that contains an item.
    pub(super) fn of_type(&self, path: Option<&str>) -> Vec<Key> {
        self.own(path.map(path_of))
    }

    /// The parts that contain the owners: the schema of a property, the operation of an input. For an operation, the
    /// schemas that it uses.
    pub(super) fn above(&self, version: &Version<'_>, keys: &[Key]) -> Vec<Key> {
        let above = keys.iter().flat_map(|key| match key {
            Key::Schema(id) => match version.places.above(&version.joined.document, *id) {
                Ok(above) => vec![Key::Schema(above)],
                Err(part) => part.into_iter().cloned().map(Key::Part).collect(),
            },
            Key::Part(part) => {
                let operation = part.operation().map(str::to_owned);
                operation.into_iter().map(Key::Operation).collect()
            }
            Key::Whole(label)
            | Key::Input(label, _)
            | Key::Body(label, _)
            | Key::Header(label, _)
            | Key::Response(label) => vec![Key::Operation(label.clone())],
            Key::Operation(label) => {
                let used = self.schemas.get(label).into_iter().flatten();
                used.map(|id| Key::Schema(*id)).collect()
            }
            Key::Scheme(_) | Key::Server(_) => Vec::new(),
        });
        above.collect()
    }

    /// The parts that the signature of a method depends on: those of its arguments, and those of its output.
    pub(super) fn of_method(
        &self,
        version: &Version<'_>,
        path: &str,
        differs: Differs,
    ) -> Vec<Key> {
        let Some(operation) = self.method(version, path) else {
            return Vec::new();
        };
        let label = paths::label(operation);
        let mut keys = Vec::new();
        for input in &operation.inputs {
            let counts = if input.required {
                differs.arguments
            } else {
                differs.call
            };
            keys.extend(counts.then(|| of_input(&label, input)));
        }
        keys.extend(differs.value.then_some(Key::Response(label)));
        keys
    }

    /// The method of an item.
    pub(super) fn method<'v>(&self, version: &'v Version<'_>, path: &str) -> Option<&'v Operation> {
        let (resource, operation) = self.methods.get(path)?;
        Some(&version.api.resources[*resource].operations[*operation])
    }

    fn add(&mut self, path: String, key: Key) {
        self.of.entry(path).or_default().push(key);
    }

    fn types(&mut self, version: &Version<'_>) {
        let by_mark = by_mark(&version.joined.document);
        for ty in &version.api.types {
            let Some(&id) = ty.mark.and_then(|mark| by_mark.get(&mark)) else {
                continue;
            };
            let path = path(version.api.module.plain(), ty);
            if let Kind::Record(record) = &ty.kind {
                let arguments = record.fields.iter().filter(|field| field.is_argument());
                let arguments = arguments.map(|field| field.wire.clone()).collect();
                self.arguments.insert(format!("{path}::new"), arguments);
                let view = View::of(&version.joined, id);
                for field in &record.fields {
                    let property = view.parts.properties.get(&field.wire);
                    let ids = property.map(|&(_, id)| with_leaves(&version.joined, id));
                    for key in ids.into_iter().flatten().map(Key::Schema) {
                        self.add(format!("{path}.{}", field.name), key.clone());
                        for name in std::iter::once(&field.name).chain(&field.former) {
                            self.add(format!("{path}::{name}"), key.clone());
                        }
                        if field.is_argument() {
                            self.add(format!("{path}::new"), key.clone());
                            self.add(format!("{path}: Default"), key);
                        }
                    }
                }
                if let (Some(rest), Some(id)) = (&record.rest, view.parts.additional_schema) {
                    for key in with_leaves(&version.joined, id).map(Key::Schema) {
                        self.add(format!("{path}.{}", rest.name), key.clone());
                        self.add(format!("{path}::{}", rest.setter), key);
                    }
                }
            }
            if let Kind::Enumeration(enumeration) = &ty.kind {
                for variant in &enumeration.variants {
                    for name in std::iter::once(&variant.name).chain(&variant.former) {
                        self.add(format!("{path}::{name}"), Key::Schema(id));
                    }
                }
            }
            let former = ty.former.iter();
            let former =
                former.map(|former| path_in(version.api.module.plain(), &ty.home, &former.name));
            for path in former.chain([path]) {
                self.add(path, Key::Schema(id));
            }
        }
    }

    fn operations(&mut self, version: &Version<'_>) {
        let module = version.api.module.plain();
        for (at, resource) in version.api.resources.iter().enumerate() {
            for (position, operation) in resource.operations.iter().enumerate() {
                let label = paths::label(operation);
                let whole = || Key::Whole(label.clone());
                let paths = Paths::of(&version.api, resource, operation);
                let arguments = operation
                    .required_inputs()
                    .map(|input| match input.location {
                        InputLocation::Path(_) => String::new(),
                        _ => input.wire.clone(),
                    });
                let arguments: Vec<String> = arguments.collect();
                for method in std::iter::once(paths.method).chain(paths.former_methods) {
                    self.arguments.insert(method.clone(), arguments.clone());
                    self.methods.insert(method.clone(), (at, position));
                    self.add(method, Key::Operation(label.clone()));
                }
                let handle = [paths.handle, paths.accessor, paths.examples, paths.example];
                for path in handle.into_iter().chain(paths.former) {
                    self.add(path, whole());
                }
                if let (Some(output), Output::OneOf { cases, .. }) =
                    (paths.output, &operation.output)
                {
                    for case in cases {
                        let variant = format!("{output}::{}", case.name);
                        self.add(variant, Key::Response(label.clone()));
                    }
                    self.add(output, Key::Response(label.clone()));
                }
                for headers in &operation.headers {
                    let ty = version.api.ty(headers.ty);
                    if let Kind::Record(record) = &ty.kind {
                        for field in &record.fields {
                            let key = Key::Header(label.clone(), field.wire.clone());
                            self.add(format!("{}.{}", path(module, ty), field.name), key.clone());
                            self.add(path(module, ty), key);
                        }
                    }
                }
                if let Some(callbacks) = &operation.callbacks {
                    let folder = format!("{module}::resources::{}", resource.module);
                    self.webhooks(&folder, callbacks);
                }
                let Some(call) = paths.call else {
                    continue;
                };
                for word in ["call", "paged"] {
                    self.add(format!("{call}: {word}"), Key::Response(label.clone()));
                }
                for input in operation.inputs.iter().filter(|input| !input.required) {
                    let key = of_input(&label, input);
                    self.add(call.clone(), key.clone());
                    for name in std::iter::once(&input.name).chain(&input.former) {
                        self.add(format!("{call}::{name}"), key.clone());
                    }
                }
            }
        }
        if let Some(webhooks) = &version.api.webhooks {
            self.webhooks(&format!("{module}::webhooks"), webhooks);
        }
        for operation in version.joined.document.operations() {
            let schemas = direct(&version.joined, operation);
            self.schemas.insert(label(operation), schemas);
        }
    }

    /// The enum of webhooks or callbacks in a module.
    fn webhooks(&mut self, module: &str, webhooks: &Webhooks) {
        let path = format!("{module}::{}", webhooks.name);
        for hook in &webhooks.hooks {
            let url = hook.url.as_ref().unwrap_or(&hook.wire);
            let key = Key::Whole(format!("{} {url}", hook.method));
            let variant = format!("{path}::{}", hook.name);
            let from_slice = format!("{path}::from_slice");
            for path in [path.clone(), from_slice, format!("{variant}.0"), variant] {
                self.add(path, key.clone());
            }
        }
    }
}

/// The differences between two signatures of a method.
#[derive(Debug, Clone, Copy)]
pub(super) struct Differs {
    pub arguments: bool,
    /// Whether the call has a separate type, which takes optional inputs.
    pub call: bool,
    /// The output.
    pub value: bool,
}

fn of_input(label: &str, input: &Input) -> Key {
    let (label, wire) = (label.to_owned(), input.wire.clone());
    match input.location {
        InputLocation::Property | InputLocation::Body => Key::Body(label, wire),
        _ => Key::Input(label, wire),
    }
}

/// The paths of the methods of a security scheme, beginning with the one that the others are named after.
pub(super) fn scheme_paths(module: &str, scheme: &Scheme) -> Vec<String> {
    let exchanges = scheme.exchange.iter().chain(&scheme.refresh);
    let builder = [&scheme.method, &scheme.provider];
    let builder = builder.into_iter().chain(exchanges.map(|one| &one.method));
    let logins = scheme.logins.iter().map(|login| &login.method);
    let client = [&scheme.with].into_iter().chain(&scheme.with_refresh);
    let path = |owner: &str, method: &Ident| format!("{module}::{owner}::{method}");
    let builder = builder.map(|method| path("ClientBuilder", method));
    let client = client.chain(logins).map(|method| path("Client", method));
    builder.chain(client).collect()
}

/// The path of the variant of a server.
pub(super) fn server_path(module: &str, server: &Server) -> String {
    format!("{module}::Server::{}", server.variant)
}

/// The path of a type.
pub(super) fn path(module: &str, ty: &Type) -> String {
    path_in(module, &ty.home, &ty.name)
}

fn path_in(module: &str, home: &Home, name: &Ident) -> String {
    format!("{module}::{}::{name}", home.path())
}

/// The schemas by the locations that are stored in their types.
pub(super) fn by_mark(document: &Document<'_>) -> HashMap<crate::text::Span, SchemaId> {
    let mut by_mark = HashMap::new();
    for (schema, at) in document.schemas.iter().zip(0..) {
        if let Some(mark) = schema.mark {
            by_mark.entry(mark).or_insert(SchemaId(at));
        }
    }
    by_mark
}

/// The schemas of the parameters, bodies and responses of an operation, and of the properties of a body.
fn direct(joined: &Joined<'_>, operation: &document::Operation<'_>) -> BTreeSet<SchemaId> {
    let parameters = operation.parameters.iter().filter_map(|one| one.schema);
    let bodies = operation.body.iter().flat_map(|body| &body.content);
    let bodies: Vec<SchemaId> = bodies.filter_map(|media| media.schema).collect();
    let responses = operation.responses.iter();
    let contents = responses.clone().flat_map(|response| &response.content);
    let contents = contents.flat_map(|media| [media.schema, media.item_schema]);
    let headers = responses.flat_map(|response| &response.headers);
    let headers = headers.filter_map(|header| header.schema);
    let mut all: BTreeSet<SchemaId> = parameters
        .chain(contents.flatten())
        .chain(headers)
        .collect();
    for id in bodies {
        all.insert(id);
        let view = View::of(joined, id);
        all.extend(view.parts.properties.iter().map(|(_, id)| *id));
    }
    all.iter().flat_map(|id| with_leaves(joined, *id)).collect()
}
