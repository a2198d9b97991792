//! Which files an API becomes, and which feature each is compiled with.

mod features;
mod folder;
mod groups;

use std::collections::{BTreeMap, BTreeSet};

use super::known::Contested;
use crate::model::{Api, Home, Resource, TypeId, walk};
use crate::name::Ident;
use folder::Folders;
use groups::groups;

pub use features::features;
pub(super) use features::{Features, is_large, switch};
pub(super) use groups::Group;

/// What the emitted code has to know beside the API.
#[derive(Debug, Clone)]
pub struct Options {
    /// Name of the generated crate as code writes it: `social_apis`.
    pub crate_name: String,
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
    /// `resources/<tag>.rs`, by its index in [`Api::resources`], with the types that live there.
    Resource(usize, Vec<TypeId>),
    /// `resources/<tag>/<section>.rs` of a resource that is too large for one file, with the types that live there.
    Section(usize, Ident, Vec<TypeId>),
    /// `webhooks.rs`
    Webhooks,
    /// `examples/mod.rs`
    Replies,
    /// `examples/<tag>.rs`, by its index in [`Api::resources`]
    ResourceReplies(usize),
    /// `examples/<tag>/<section>.rs` of a resource that is too large for one file.
    SectionReplies(usize, Ident),
    /// `types/mod.rs`
    Types,
    /// `types/<feature>/mod.rs` of a large API.
    TypeFolder(Ident),
    /// `types/<schema>.rs` with its types, or `types/<feature>/<schema>.rs`.
    TypeModule(Ident, Vec<TypeId>),
    /// `tests/<api>_examples.rs`, or, where there are many, `tests/<api>_examples/main.rs`
    Examples,
    /// `tests/<api>_examples/types/<schema>.rs` and the like, where there are many.
    ExampleGroup(Group),
}

/// The files of one API; it can be shared between threads.
#[derive(Debug)]
pub struct Plan<'a> {
    api: &'a Api,
    options: &'a Options,
    contested: Contested,
    features: Features<'a>,
    folders: Folders<'a>,
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
        for (at, resource) in api.resources.iter().enumerate() {
            let types = inline.remove(&resource.module).unwrap_or_default();
            parts.extend(resource_parts(api, at, types));
        }
        if api.webhooks.is_some() {
            parts.push(Part::Webhooks);
        }
        if !api.resources.is_empty() {
            parts.push(Part::Replies);
            for (at, resource) in api.resources.iter().enumerate() {
                parts.push(Part::ResourceReplies(at));
                let sections: BTreeSet<&Ident> = resource.sections().collect();
                let sections = sections.into_iter().cloned();
                parts.extend(sections.map(|section| Part::SectionReplies(at, section)));
            }
        }
        if !modules.is_empty() {
            parts.push(Part::Types);
        }
        let features = Features::of(api);
        let folders = Folders::of(api, &features, modules.keys().copied());
        let listed = folders.all().map(|(folder, _)| folder.clone());
        parts.extend(listed.map(Part::TypeFolder));
        parts.extend(
            modules
                .iter()
                .map(|(module, types)| Part::TypeModule((*module).clone(), types.clone())),
        );
        if !api.examples.is_empty() || !api.requests.is_empty() {
            parts.push(Part::Examples);
            parts.extend(groups(api).into_iter().map(Part::ExampleGroup));
        }
        Plan {
            api,
            options,
            contested: Contested::of(api),
            features,
            folders,
            modules,
            parts,
        }
    }

    /// The files, each to be made with [`source`](super::source).
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The path of a file within the crate.
    pub(in crate::emit) fn path(&self, part: &Part) -> String {
        let api = self.api.module.plain();
        let resource = |at: &usize| self.api.resources[*at].module.plain();
        match part {
            Part::Module => format!("src/{api}/mod.rs"),
            Part::Client => format!("src/{api}/client.rs"),
            Part::Resources => format!("src/{api}/resources/mod.rs"),
            Part::Resource(at, _) => format!("src/{api}/resources/{}.rs", resource(at)),
            Part::Section(at, section, _) => {
                format!(
                    "src/{api}/resources/{}/{}.rs",
                    resource(at),
                    section.plain()
                )
            }
            Part::Webhooks => format!("src/{api}/webhooks.rs"),
            Part::Replies => format!("src/{api}/examples/mod.rs"),
            Part::ResourceReplies(at) => format!("src/{api}/examples/{}.rs", resource(at)),
            Part::SectionReplies(at, section) => {
                format!("src/{api}/examples/{}/{}.rs", resource(at), section.plain())
            }
            Part::Types => format!("src/{api}/types/mod.rs"),
            Part::TypeFolder(folder) => format!("src/{api}/types/{}/mod.rs", folder.plain()),
            Part::TypeModule(module, _) => {
                let folder = self.folders.of_module(module);
                let folder = folder.map_or_else(String::new, |f| format!("{}/", f.plain()));
                format!("src/{api}/types/{folder}{}.rs", module.plain())
            }
            Part::Examples if self.example_groups().is_empty() => {
                format!("tests/{api}_examples.rs")
            }
            Part::Examples => format!("tests/{api}_examples/main.rs"),
            Part::ExampleGroup(group) => format!("tests/{api}_examples/{}", group.path()),
        }
    }

    /// The files of the examples, where one is not enough.
    pub(in crate::emit) fn example_groups(&self) -> Vec<&Group> {
        let parts = self.parts.iter();
        let groups = parts.filter_map(|part| match part {
            Part::ExampleGroup(group) => Some(group),
            _ => None,
        });
        groups.collect()
    }

    /// The API whose files these are.
    pub fn api(&self) -> &'a Api {
        self.api
    }

    pub(in crate::emit) fn contested(&self) -> &Contested {
        &self.contested
    }

    /// Whether inline types live in a section of a resource.
    pub(in crate::emit) fn has_types(&self, resource: &Resource, section: &Ident) -> bool {
        self.parts.iter().any(|part| match part {
            Part::Section(at, name, types) => {
                self.api.resources[*at].module == resource.module
                    && name == section
                    && !types.is_empty()
            }
            _ => false,
        })
    }

    pub(in crate::emit) fn features(&self) -> &Features<'a> {
        &self.features
    }

    pub(in crate::emit) fn folders(&self) -> &Folders<'a> {
        &self.folders
    }

    pub(in crate::emit) fn crate_name(&self) -> &str {
        &self.options.crate_name
    }

    /// The modules of `types`, sorted, each with its types in the model's order.
    pub(in crate::emit) fn type_modules(&self) -> &BTreeMap<&'a Ident, Vec<TypeId>> {
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

/// The files of a resource: one, or one for each of its sections beside the one with the handle.
fn resource_parts(api: &Api, at: usize, types: Vec<TypeId>) -> Vec<Part> {
    let operations = &api.resources[at].operations;
    if operations
        .iter()
        .all(|operation| operation.section.is_none())
    {
        return vec![Part::Resource(at, types)];
    }
    let mut sections: BTreeMap<&Ident, Vec<TypeId>> = BTreeMap::new();
    let mut open: BTreeSet<TypeId> = types.into_iter().collect();
    for operation in operations {
        let Some(section) = &operation.section else {
            continue;
        };
        let own = sections.entry(section).or_default();
        walk(&api.types, operation.named(), |id, _| {
            let inline = open.remove(&id);
            if inline {
                own.push(id);
            }
            inline
        });
    }
    let mut parts = vec![Part::Resource(at, open.into_iter().collect())];
    parts.extend(sections.into_iter().map(|(section, mut types)| {
        types.sort();
        Part::Section(at, section.clone(), types)
    }));
    parts
}
