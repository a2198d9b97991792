//! Document → model: every check of meaning, every name.
//!
//! The named schemas are lowered first, so that their names are fixed before any operation uses them; then the
//! operations with their inline types; then everything that needs the whole graph (direction, boxing).
//!
//! ```text
//! schema/       a schema → a shape: record, enumeration, union; `scalar` decides what a `format` becomes
//!   compose/    the keywords of a schema together with those of its `$ref`, `allOf` and null branches
//!   union/      alternatives, their tags and their names
//! operation/    an operation → its inputs, body, output, headers; `resource` groups operations and names methods
//! check/        warnings about what has a usable reading
//! settle/       what needs the whole model: directions, boxes, files
//! ```
//!
//! A folder uses only those above it in this list, and this file's [`Lowerer`] (`tests/walls.rs`).

mod check;
mod circle;
pub(crate) mod code;
mod docs;
mod draft;
mod facts;
mod former;
mod link;
mod numbered;
mod operation;
mod order;
mod page;
mod reserved;
mod schema;
mod settle;
mod spot;

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use hashbrown::{HashMap, HashSet};

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Schema, SchemaId};
use crate::model::{Api, Docs, Home, Kind, Shape, TypeId};
use crate::name::{Ident, Scope, generic_texts, pascal};
use crate::source::{JsonTexts, Span};
pub(crate) use check::check;
use docs::schema_docs;
use draft::TypeDraft;
pub(crate) use facts::Facts;
use facts::Names;
use numbered::OWN_NAME;
use operation::example::settle_samples;
pub(crate) use operation::media::{Content, essence};
use schema::compose::known_parts::KnownParts;
pub(crate) use schema::compose::same::target;
pub(crate) use schema::compose::{Alternatives, Parts};
use schema::json_text::{json_texts, read_json_texts};
pub(crate) use schema::scalar::scalar;
use settle::test_file::test_files;
use spot::Spot;

/// A description whose composed schemas are joined: parts of a schema that describe one value are one schema.
pub(crate) struct Joined<'t> {
    pub(crate) document: Document<'t>,
    /// The schemas that allow null, in any spelling.
    pub(crate) nullable: schema::compose::nullable::Nullable,
    /// The parts of schemas that were asked for before.
    known_parts: KnownParts<'t>,
}

impl<'t> Joined<'t> {
    /// Joins the schemas of a description, and reports the parts that contradict each other. `texts` becomes the values
    /// of the examples that are written as the text of JSON.
    pub(crate) fn of(
        mut document: Document<'t>,
        texts: &'t OnceLock<JsonTexts>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let texts = texts.get_or_init(|| json_texts(&document));
        read_json_texts(&mut document, texts, diagnostics);
        let (mut nullable, known_parts) = schema::compose::joint::join(&mut document, diagnostics);
        operation::patch::allow_null(&document, &mut nullable);
        Self {
            document,
            nullable,
            known_parts,
        }
    }

    /// The parts of a schema.
    pub(crate) fn parts(&self, id: SchemaId) -> Arc<Parts<'t>> {
        self.known_parts.of(&self.document, id)
    }
}

/// Lowers a description. Its [`check`] is not part of this.
///
/// `module` is the API's module and feature name, `source` the path that the headers of its files show. What
/// cannot be expressed is reported as a warning and replaced by something usable; the result is always complete.
pub(crate) fn lower(
    facts: &Facts<'_, '_>,
    module: &str,
    source: &str,
    diagnostics: &mut Diagnostics,
) -> Api {
    let document = facts.document;
    let mut lowerer = Lowerer {
        facts,
        diagnostics,
        types: Vec::new(),
        names: Names::new(),
        known: HashMap::new(),
        depth: 0,
        twins: HashMap::new(),
        header_sets: HashMap::new(),
        components: HashMap::new(),
        base_records: HashMap::new(),
    };
    lowerer.components();
    lowerer.header_sets();
    let mut resources = lowerer.resources();
    let webhooks = lowerer.webhooks();
    lowerer.former_types(&mut resources);
    let security = lowerer.security();
    let servers = lowerer.servers();
    let partial_server = operation::server::partial_server(document).filter(|_| servers.is_empty());
    let mut tests = Scope::snake(reserved::TESTS);
    let examples = lowerer.examples(&resources, &mut tests);
    let requests = lowerer.requests(&resources, &security, &mut tests);
    let name = crate::name::module(module);
    let schemes = lowerer.schemes(&name, &resources);
    let request_id_headers = lowerer.request_id_headers();
    let (drafts, known, mut modules) = (lowerer.types, lowerer.known, lowerer.names.files);
    let mut types =
        settle::graph::settle(drafts, &resources, webhooks.as_ref(), lowerer.diagnostics);
    settle_samples(&mut types, &examples);
    settle::spread::spread(&mut types, &mut modules);
    let split = settle::features::FeatureSplit::of(&name, &resources, webhooks.as_ref(), &types);
    let test_files = test_files(&examples, &requests, &resources, &types, &split);
    let features = split.features(&name, &types);
    let layouts = resources.iter().map(|resource| {
        let sections = settle::spread::sections(resource, &types);
        (sections, split.of_resource(&resource.module))
    });
    let layouts: Vec<_> = layouts.collect();
    let resources = resources.into_iter().zip(layouts);
    let resources = resources.map(|(draft, (sections, feature))| draft.finish(sections, feature));
    let mut api = Api {
        resources: resources.collect(),
        module: name,
        source: source.to_owned(),
        title: document
            .info
            .title
            .map_or_else(|| module.to_owned(), |title| title.text.trim().to_owned()),
        version: document
            .info
            .version
            .map(|version| version.text.to_owned())
            .unwrap_or_default(),
        docs: Docs {
            summary: document.info.summary.map(str::to_owned),
            description: document.info.description.map(str::to_owned),
            facts: page::facts(document),
            ..Docs::default()
        },
        servers,
        partial_server,
        schemes,
        security,
        usual_credentials: facts.usual_credentials.clone(),
        request_id_headers,
        webhooks,
        types,
        examples,
        requests,
        test_files,
        features,
    };
    link::link(&mut api, document, &known);
    api
}

/// The state of lowering one document. It has the methods of [`Facts`] as well.
struct Lowerer<'d, 't> {
    facts: &'d Facts<'d, 't>,
    diagnostics: &'d mut Diagnostics,
    names: Names,
    types: Vec<TypeDraft>,
    /// The result for each schema. Named schemas are entered before they are lowered, which ends every recursion.
    known: HashMap<SchemaId, Lowered>,
    /// The number of inline schemas around the current one.
    depth: usize,
    /// Inline schemas by their own name and content.
    twins: HashMap<(String, (u64, u64)), SchemaId>,
    /// The record for the headers of each response, by the location of the response.
    header_sets: HashMap<Span, TypeId>,
    /// The components and their types by the names of these.
    components: HashMap<String, (SchemaId, TypeId)>,
    /// The structs of the bases that are alternatives of themselves.
    base_records: HashMap<SchemaId, Shape>,
}

impl<'d, 't> Deref for Lowerer<'d, 't> {
    type Target = Facts<'d, 't>;

    fn deref(&self) -> &Self::Target {
        self.facts
    }
}

/// The result of lowering a schema.
#[derive(Debug, Clone, PartialEq)]
struct Lowered {
    shape: Shape,
    nullable: bool,
}

impl Lowered {
    /// The shape as an element of a list or map: null is part of it.
    fn into_element(self) -> Shape {
        match self.shape {
            Shape::Json => Shape::Json,
            shape if self.nullable => Shape::Nullable(Box::new(shape)),
            shape => shape,
        }
    }
}

impl Lowerer<'_, '_> {
    /// Names every schema that has a name of its own, then lowers each.
    fn components(&mut self) {
        let document = self.document;
        let components = document.components.iter().map(|&(_, id)| id);
        let components: HashSet<SchemaId> = components.collect();
        let mut wanted: Vec<(Vec<String>, Vec<SchemaId>)> = Vec::new();
        let mut taken = HashSet::new();
        for (texts, id) in named_schemas(document) {
            if let Some(shape) = self.own_type(id) {
                let nullable = self.is_nullable(id);
                self.known.insert(id, Lowered { shape, nullable });
                continue;
            }
            if !self.facts.private_bodies.contains(&id) && taken.insert(id) {
                let chain = self.reference_chain(id, &components, &mut taken);
                let own = document.schema(id).rust_name;
                wanted.push((own.map_or(texts, |own| vec![own.text.to_owned()]), chain));
            }
        }
        let (texts, chains): (Vec<_>, Vec<_>) = wanted.into_iter().unzip();
        let names = self.names.types.claim_each_unordered(&texts);
        let modules = self.names.files.claim_all(names.iter().map(Ident::as_str));
        // Names of inline schemas, and what breaks a circle of types, follow the names of the components.
        let mut sorted: Vec<_> = chains.into_iter().zip(names).zip(modules).collect();
        sorted.sort_by(|((_, one), _), ((_, other), _)| one.cmp(other));
        let mut reserved = Vec::new();
        for ((chain, name), module) in sorted {
            let mark = document.schema(chain[0]).mark;
            if self.names.types.is_numbered(&name) {
                self.report_number(name.as_str(), "type", mark, OWN_NAME);
            } else if self.names.files.is_numbered(&module) {
                self.report_number(module.plain(), "file", mark, OWN_NAME);
            }
            let home = Home::Types(module);
            let ty = self.push_type(name.clone(), home.clone(), mark);
            let former = document.schema(chain[0]).former_names.iter();
            let former = former.map(|name| (name.text.to_owned(), Some(name.span)));
            self.types[ty.0 as usize].former_texts = former.collect();
            for &id in &chain {
                let nullable = self.is_nullable(id);
                let shape = Shape::Named(ty);
                self.known.insert(id, Lowered { shape, nullable });
            }
            if let Some(&last) = chain.last() {
                self.components.insert(name.plain().to_owned(), (last, ty));
            }
            reserved.push((chain, ty, self.spot_of(ty)));
        }
        for (chain, ty, spot) in reserved {
            self.define(&chain, ty, &spot);
        }
    }

    /// Lowers a named schema, the last of a chain of references, into the type that is
    /// reserved for it.
    fn define(&mut self, chain: &[SchemaId], ty: TypeId, spot: &Spot) {
        let Some(&last) = chain.last() else { return };
        let lowered = self.lower_schema(last, spot, Some(ty));
        if lowered.shape != Shape::Named(ty) {
            self.set_kind(ty, Kind::Alias(lowered.shape));
        }
        let document = self.document;
        let mut schemas = chain.iter().map(|&id| document.schema(id));
        let entry = &mut self.types[ty.0 as usize];
        let name = entry.name.plain();
        let docs = chain.iter().map(|&id| schema_docs(document, id, name));
        entry.docs = docs.reduce(Docs::or).unwrap_or_default();
        entry.deprecated = schemas.any(|schema| schema.deprecated);
    }

    /// The type that is reserved for a schema, or a new one named after its location.
    fn type_for(&mut self, id: SchemaId, spot: &Spot, reserved: Option<TypeId>) -> TypeId {
        let ty = reserved.unwrap_or_else(|| self.new_type(spot, id));
        if reserved.is_none() {
            let schema = self.document.schema(id);
            let document = self.document;
            let entry = &mut self.types[ty.0 as usize];
            entry.docs = schema_docs(document, id, entry.name.plain());
            entry.deprecated = schema.deprecated;
            let nullable = self.is_nullable(id);
            // An inner type that shares the schema of its parent does not represent the schema.
            if !matches!(
                self.known.get(&id),
                Some(Lowered {
                    shape: Shape::Named(_),
                    ..
                })
            ) {
                self.known.insert(
                    id,
                    Lowered {
                        shape: Shape::Named(ty),
                        nullable,
                    },
                );
            }
        }
        ty
    }

    /// A new type in the file of its location.
    fn new_type(&mut self, spot: &Spot, id: SchemaId) -> TypeId {
        let schema = self.document.schema(id);
        let mark = schema.mark;
        let kind = pascal(kind_word(schema));
        let by_kind = pascal(&format!("{} {kind}", spot.name()));
        let wanted = match (schema.rust_name, self.shared_names(id, spot)) {
            (Some(name), _) => vec![name.text.to_owned()],
            (None, Some(names)) => names,
            (None, None) => spot.names().chain([by_kind.clone()]).collect(),
        };
        let texts: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let schemas = self.document.version.schemas();
        let help = format!("give it an `x-rust-name`, or a name under `{schemas}`");
        let name = self.claim_at(spot.home(), &texts, mark, &help);
        // Names of components and resources never depend on inline types: the general word is enough there.
        if name.plain() == by_kind && self.names.inline.contains(&pascal(&spot.name())) {
            let word = format!("the word `{kind}`");
            self.report_poor_name(&word, name.as_str(), "type", mark, &help);
        }
        self.names.inline.insert(name.plain().to_owned());
        let former = former_texts(schema, spot, &name);
        let ty = self.push_type(name, spot.home().clone(), mark);
        self.types[ty.0 as usize].former_texts = former;
        ty
    }

    /// The location of what is described within a type.
    fn spot_of(&self, ty: TypeId) -> Spot {
        let ty = &self.types[ty.0 as usize];
        let former = ty.former_texts.iter().map(|(text, _)| text.clone());
        Spot::new(ty.home.clone(), ty.name.as_str()).formerly(former)
    }

    /// The location of the children of a type: below the type's own location, unless the type has another name.
    fn spot_within(&self, ty: TypeId, spot: &Spot) -> Spot {
        let name = &self.types[ty.0 as usize].name;
        if spot.names().any(|own| pascal(&own) == name.plain()) {
            return spot.clone();
        }
        self.spot_of(ty)
    }

    /// Claims a name in the file of a resource, whose own types must not hide the shared ones.
    fn claim_in(
        &mut self,
        module: &Ident,
        texts: &[&str],
        place: Option<Span>,
        help: &str,
    ) -> Ident {
        let own = self.names.resources.entry(module.clone());
        let own = own.or_insert_with(types_of_resource);
        let name = own.claim_within(&self.names.types, texts);
        if own.is_numbered(&name) {
            self.report_number(name.as_str(), "type", place, help);
        }
        name
    }

    /// Claims the first unused name for a type that all resources share.
    fn claim_type(&mut self, texts: &[&str], place: Option<Span>, help: &str) -> Ident {
        let name = self.names.types.claim_first(texts);
        if self.names.types.is_numbered(&name) {
            self.report_number(name.as_str(), "type", place, help);
        }
        name
    }

    /// Claims the first unused name for a type of this file.
    fn claim_at(&mut self, home: &Home, texts: &[&str], place: Option<Span>, help: &str) -> Ident {
        match home {
            Home::Types(_) => self.claim_type(texts, place, help),
            Home::Resource(module) => self.claim_in(module, texts, place, help),
        }
    }

    fn push_type(&mut self, name: Ident, home: Home, mark: Option<Span>) -> TypeId {
        let id = TypeId(u32::try_from(self.types.len()).unwrap_or(u32::MAX));
        self.types.push(TypeDraft::new(name, home, mark));
        id
    }

    fn set_kind(&mut self, id: TypeId, kind: Kind) {
        self.types[id.0 as usize].kind = Some(kind);
    }
}

impl Facts<'_, '_> {
    /// A schema and those that it only refers to, components excluded: all of them are one type.
    fn reference_chain(
        &self,
        id: SchemaId,
        components: &HashSet<SchemaId>,
        taken: &mut HashSet<SchemaId>,
    ) -> Vec<SchemaId> {
        let mut chain = vec![id];
        let mut last = id;
        while let Some(next) = self.same_as(last) {
            if components.contains(&next) || !taken.insert(next) {
                break;
            }
            chain.push(next);
            last = next;
        }
        chain
    }
}

/// The scope of the types of a resource.
fn types_of_resource() -> Scope {
    Scope::pascal(reserved::TYPES)
}

/// The texts of the former names of an inline type, which follow from those of its holder and its property.
fn former_texts(schema: &Schema<'_>, spot: &Spot, name: &Ident) -> Vec<(String, Option<Span>)> {
    let by_holder = spot.former_names(name.plain());
    let head = match schema.rust_name {
        Some(_) => Some(""),
        None => name.plain().strip_suffix(&pascal(spot.own())),
    };
    let own = schema.former_names.iter();
    let own = own.filter_map(|former| Some(format!("{}{}", head?, pascal(former.text))));
    by_holder.chain(own).map(|text| (text, None)).collect()
}

/// The schemas with names of their own, each with its texts, the best one first. Schemas of another file are
/// distinguished by its path.
fn named_schemas<'d>(
    document: &'d Document<'_>,
) -> impl Iterator<Item = (Vec<String>, SchemaId)> + 'd {
    let components = document.components.iter();
    let components = components.map(|&(key, id)| (generic_texts(&key.text), id));
    let others = document.file_schemas.iter().map(|schema| {
        let mut texts = generic_texts(schema.name);
        let mut text = schema.name.to_owned();
        for folder in schema.within.iter().rev() {
            text = format!("{folder} {text}");
            texts.push(text.clone());
        }
        (texts, schema.id)
    });
    components.chain(others)
}

/// The kind of a type, as a suffix for a name that is already in use.
fn kind_word(schema: &Schema<'_>) -> &'static str {
    if schema.enumeration.is_some() || schema.constant.is_some() {
        "value"
    } else if schema.one_of.is_empty() && schema.any_of.is_empty() && schema.types.len() < 2 {
        "object"
    } else {
        "choice"
    }
}

/// A status code in the name of a test.
fn status_text(status: crate::document::Status) -> String {
    match status {
        crate::document::Status::Code(code) => code.to_string(),
        crate::document::Status::Range(hundreds) => format!("{hundreds}xx"),
        crate::document::Status::Default => "default".to_owned(),
    }
}
