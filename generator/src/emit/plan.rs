//! Which files an API becomes.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

use super::features::Features;
use super::path::Contested;
use super::{client, emitter, examples, index, resource, types_file};
use crate::model::{Api, Home, TypeId};
use crate::name::Ident;

/// What the emitted code has to know beside the API.
#[derive(Debug, Clone)]
pub struct Options {
    /// Name of the generated crate as code writes it: `social_apis`.
    pub crate_name: String,
}

/// A file before it is printed.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path within the crate: `src/insightiq/types/profile.rs`.
    pub path: String,
    /// Which file of this module emits it, for the header: `record.rs`.
    pub emitter: &'static str,
    /// What stands in it.
    pub tokens: TokenStream,
}

/// One file to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// `mod.rs`
    Module,
    /// `client.rs`
    Client,
    /// `resources/mod.rs`
    Resources,
    /// `resources/<tag>.rs`, by its place in [`Api::resources`], with the types that live there.
    Resource(usize, Vec<TypeId>),
    /// `types/mod.rs`
    Types,
    /// `types/<schema>.rs` with its types.
    TypeModule(Ident, Vec<TypeId>),
    /// `tests/<api>_examples.rs`
    Examples,
}

/// The files of one API; it can be shared between threads.
#[derive(Debug)]
pub struct Plan<'a> {
    api: &'a Api,
    options: &'a Options,
    contested: Contested,
    features: Features<'a>,
    modules: BTreeMap<&'a Ident, Vec<TypeId>>,
    parts: Vec<Part>,
}

impl<'a> Plan<'a> {
    /// Plans the files of an API.
    pub fn new(api: &'a Api, options: &'a Options) -> Self {
        let (modules, mut inline) = by_home(api);
        let mut parts = vec![Part::Module, Part::Client];
        if !api.resources.is_empty() {
            parts.push(Part::Resources);
        }
        parts.extend(api.resources.iter().enumerate().map(|(at, resource)| {
            Part::Resource(at, inline.remove(&resource.module).unwrap_or_default())
        }));
        if !modules.is_empty() {
            parts.push(Part::Types);
        }
        parts.extend(
            modules
                .iter()
                .map(|(module, types)| Part::TypeModule((*module).clone(), types.clone())),
        );
        if !api.examples.is_empty() || !api.requests.is_empty() {
            parts.push(Part::Examples);
        }
        Plan {
            api,
            options,
            contested: Contested::of(api),
            features: Features::of(api),
            modules,
            parts,
        }
    }

    /// The files, each to be made with [`Plan::source`].
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Makes one file.
    pub fn source(&self, part: &Part) -> Source {
        let api = self.api.module.plain();
        let (path, emitter, tokens) = match part {
            Part::Module => (format!("src/{api}/mod.rs"), "index.rs", index::module(self)),
            Part::Client => (
                format!("src/{api}/client.rs"),
                "client.rs",
                client::file(self),
            ),
            Part::Resources => (
                format!("src/{api}/resources/mod.rs"),
                "index.rs",
                index::resources(self),
            ),
            Part::Resource(at, types) => {
                let resource = &self.api.resources[*at];
                let path = format!("src/{api}/resources/{}.rs", resource.module.plain());
                (path, "resource.rs", resource::file(self, resource, types))
            }
            Part::Types => (
                format!("src/{api}/types/mod.rs"),
                "index.rs",
                index::types(self),
            ),
            Part::TypeModule(module, types) => {
                let emitter = types
                    .first()
                    .map_or("record.rs", |id| emitter(self.api.ty(*id)));
                (
                    format!("src/{api}/types/{}.rs", module.plain()),
                    emitter,
                    types_file(self, module, types),
                )
            }
            Part::Examples => (
                format!("tests/{api}_examples.rs"),
                "examples.rs",
                examples::file(self),
            ),
        };
        Source {
            path,
            emitter,
            tokens,
        }
    }

    /// The API whose files these are.
    pub fn api(&self) -> &'a Api {
        self.api
    }

    pub(super) fn contested(&self) -> &Contested {
        &self.contested
    }

    pub(super) fn features(&self) -> &Features<'a> {
        &self.features
    }

    pub(super) fn crate_name(&self) -> &str {
        &self.options.crate_name
    }

    /// The modules of `types`, sorted, each with its types in the model's order.
    pub(super) fn type_modules(&self) -> &BTreeMap<&'a Ident, Vec<TypeId>> {
        &self.modules
    }
}

type Modules<'a> = BTreeMap<&'a Ident, Vec<TypeId>>;

/// The types by the module that holds them: those of `types`, and those of `resources`.
fn by_home(api: &Api) -> (Modules<'_>, Modules<'_>) {
    let (mut shared, mut inline) = (Modules::new(), Modules::new());
    for (id, ty) in (0..).map(TypeId).zip(&api.types) {
        match &ty.home {
            Home::Types(module) => shared.entry(module).or_default().push(id),
            Home::Resource(module) => inline.entry(module).or_default().push(id),
        }
    }
    (shared, inline)
}
