//! The list of files to emit for an API.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::known::{Contested, local_names};
use crate::model::{Api, Home, Resource, TestFile, TypeFolder, TypeId, walk};
use crate::name::Ident;

/// What the emitted code depends on beside the API.
#[derive(Debug, Clone)]
pub struct Options {
    /// The name of the generated crate in code: `social_apis`.
    pub crate_name: String,
}

/// A file to emit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlannedFile {
    /// `mod.rs`
    Module,
    /// `client.rs`
    Client,
    /// `resources/mod.rs`
    Resources,
    /// `resources/<tag>.rs`, by its index in [`Api::resources`], with the types that are defined there.
    Resource(usize, Vec<TypeId>),
    /// `resources/<tag>/<section>.rs` of a resource that is too large for one file, with the types that are defined
    /// there.
    Section(usize, Ident, Vec<TypeId>),
    /// `webhooks.rs`
    Webhooks,
    /// `examples/mod.rs`
    Responses,
    /// `examples/<tag>.rs`, by its index in [`Api::resources`]
    ResourceResponses(usize),
    /// `examples/<tag>/<section>.rs` of a resource that is too large for one file.
    SectionResponses(usize, Ident),
    /// `samples/mod.rs`
    SampleIndex,
    /// `samples/types/<schema>.rs` or `samples/resources/<tag>.rs`: the samples of the types of one file.
    Samples(Home, Vec<TypeId>),
    /// `types/mod.rs`
    Types,
    /// `types/<feature>/mod.rs` of a large API.
    TypeFolder(TypeFolder),
    /// `types/<schema>.rs` with its types, or `types/<feature>/<schema>.rs`.
    TypeModule(Ident, Vec<TypeId>),
    /// `types/<schema>/setters.rs` of a record that is too large for one file.
    Setters(Ident, TypeId),
    /// `tests/<api>_examples.rs`, or with many examples `tests/<api>_examples/main.rs`
    Examples,
    /// With many examples: `tests/<api>_examples/types/<schema>.rs` and similar files.
    ExampleGroup(TestFile),
}

impl PlannedFile {
    /// Whether the file contains tests and does not belong to the library.
    pub(crate) fn is_test(&self) -> bool {
        matches!(self, Self::Examples | Self::ExampleGroup(_))
    }
}

/// The files of one API. It can be shared between threads.
#[derive(Debug)]
pub struct Plan<'a> {
    api: &'a Api,
    options: &'a Options,
    contested: Contested,
    modules: BTreeMap<&'a Ident, Vec<TypeId>>,
    /// The names that the files of each resource declare, by its module. Every section of a resource sees all of them.
    locals: BTreeMap<&'a Ident, BTreeSet<&'a str>>,
    /// The sections that define inline types, with the modules of their resources.
    with_types: BTreeSet<(&'a Ident, Ident)>,
    files: Vec<PlannedFile>,
    /// The positions of the resource and the operation of the first example, once it is known.
    first_call: OnceLock<Option<(usize, usize)>>,
}

impl<'a> Plan<'a> {
    /// Plans the files of an API.
    pub fn new(api: &'a Api, options: &'a Options) -> Self {
        let (modules, mut inline) = by_home(api);
        let mut files = vec![PlannedFile::Module, PlannedFile::Client];
        if !api.resources.is_empty() {
            files.push(PlannedFile::Resources);
        }
        for (at, resource) in api.resources.iter().enumerate() {
            let types = inline.remove(&resource.module).unwrap_or_default();
            files.extend(resource_files(api, at, types));
        }
        if api.webhooks.is_some() {
            files.push(PlannedFile::Webhooks);
        }
        if !api.resources.is_empty() {
            files.push(PlannedFile::Responses);
            for (at, resource) in api.resources.iter().enumerate() {
                files.push(PlannedFile::ResourceResponses(at));
                let sections = resource.sections_with_examples().cloned();
                files.extend(sections.map(|section| PlannedFile::SectionResponses(at, section)));
            }
        }
        let samples = samples(api);
        if !samples.is_empty() {
            files.push(PlannedFile::SampleIndex);
            let samples = samples.into_iter();
            files.extend(samples.map(|(home, types)| PlannedFile::Samples(home.clone(), types)));
        }
        if !modules.is_empty() {
            files.push(PlannedFile::Types);
        }
        let folders = api.features.folders.iter();
        files.extend(folders.cloned().map(PlannedFile::TypeFolder));
        files.extend(
            modules
                .iter()
                .map(|(module, types)| PlannedFile::TypeModule((*module).clone(), types.clone())),
        );
        for (module, types) in &modules {
            let parted = types.iter().filter(|id| api.ty(**id).setters().is_some());
            files.extend(parted.map(|id| PlannedFile::Setters((*module).clone(), *id)));
        }
        if !api.examples.is_empty() || !api.requests.is_empty() {
            files.push(PlannedFile::Examples);
            files.extend(
                api.test_files
                    .iter()
                    .cloned()
                    .map(PlannedFile::ExampleGroup),
            );
        }
        let resources = api.resources.iter();
        let locals = resources.map(|resource| (&resource.module, local_names(resource).collect()));
        Plan {
            api,
            options,
            contested: Contested::of(api),
            modules,
            locals: locals.collect(),
            with_types: with_types(api, &files),
            files,
            first_call: OnceLock::new(),
        }
    }

    /// The files. [`source`](super::source) emits each of them.
    pub fn files(&self) -> &[PlannedFile] {
        &self.files
    }

    /// The path of a file within the crate.
    pub(in crate::emit) fn path(&self, file: &PlannedFile) -> String {
        let api = self.api.module.plain();
        let resource = |at: &usize| self.api.resources[*at].module.plain();
        match file {
            PlannedFile::Module => format!("src/{api}/mod.rs"),
            PlannedFile::Client => format!("src/{api}/client.rs"),
            PlannedFile::Resources => format!("src/{api}/resources/mod.rs"),
            PlannedFile::Resource(at, _) => format!("src/{api}/resources/{}.rs", resource(at)),
            PlannedFile::Section(at, section, _) => {
                format!(
                    "src/{api}/resources/{}/{}.rs",
                    resource(at),
                    section.plain()
                )
            }
            PlannedFile::Webhooks => format!("src/{api}/webhooks.rs"),
            PlannedFile::Responses => format!("src/{api}/examples/mod.rs"),
            PlannedFile::ResourceResponses(at) => format!("src/{api}/examples/{}.rs", resource(at)),
            PlannedFile::SectionResponses(at, section) => {
                format!("src/{api}/examples/{}/{}.rs", resource(at), section.plain())
            }
            PlannedFile::SampleIndex => format!("src/{api}/samples/mod.rs"),
            PlannedFile::Samples(home, _) => {
                let (folder, module) = match home {
                    Home::Types(module) => ("types", module),
                    Home::Resource(module) => ("resources", module),
                };
                format!("src/{api}/samples/{folder}/{}.rs", module.plain())
            }
            PlannedFile::Types => format!("src/{api}/types/mod.rs"),
            PlannedFile::TypeFolder(folder) => {
                format!("src/{api}/types/{}/mod.rs", folder.module.plain())
            }
            PlannedFile::TypeModule(module, _) => format!("{}.rs", self.type_path(module)),
            PlannedFile::Setters(module, id) => {
                let setters = self.api.ty(*id).setters().map_or("setters", Ident::plain);
                format!("{}/{setters}.rs", self.type_path(module))
            }
            PlannedFile::Examples if self.api.test_files.is_empty() => {
                format!("tests/{api}_examples.rs")
            }
            PlannedFile::Examples => format!("tests/{api}_examples/main.rs"),
            PlannedFile::ExampleGroup(file) => {
                let folder = match &file.home {
                    Some(Home::Types(_)) => "types/",
                    Some(Home::Resource(_)) => "resources/",
                    None => "",
                };
                let module = file.module.plain();
                format!("tests/{api}_examples/{folder}{module}.rs")
            }
        }
    }

    /// The path of a module of `types`, without the extension.
    fn type_path(&self, module: &Ident) -> String {
        let api = self.api.module.plain();
        let folder = self.api.features.folder_of(module);
        let folder = folder.map_or_else(String::new, |f| format!("{}/", f.module.plain()));
        format!("src/{api}/types/{folder}{}", module.plain())
    }

    /// The API that was planned.
    pub fn api(&self) -> &'a Api {
        self.api
    }

    pub(in crate::emit) fn contested(&self) -> &Contested {
        &self.contested
    }

    /// The positions of the resource and the operation of the first example, which several pages show.
    pub(in crate::emit) fn first_call(
        &self,
        choose: impl FnOnce() -> Option<(usize, usize)>,
    ) -> Option<(usize, usize)> {
        *self.first_call.get_or_init(choose)
    }

    /// Whether inline types are defined in a section of a resource.
    pub(in crate::emit) fn has_types(&self, resource: &Resource, section: &Ident) -> bool {
        let section = (&resource.module, section.clone());
        self.with_types.contains(&section)
    }

    /// The names that the files of a resource declare.
    pub(in crate::emit) fn locals(&self, resource: &Resource) -> Option<&BTreeSet<&'a str>> {
        self.locals.get(&resource.module)
    }

    /// Whether a type has a sample.
    pub(in crate::emit) fn has_samples(&self) -> bool {
        self.files.contains(&PlannedFile::SampleIndex)
    }

    /// The types with samples, by the file that defines them.
    pub(in crate::emit) fn samples(&self) -> impl Iterator<Item = (&Home, &[TypeId])> {
        self.files.iter().filter_map(|file| match file {
            PlannedFile::Samples(home, types) => Some((home, &**types)),
            _ => None,
        })
    }

    pub(crate) fn crate_name(&self) -> &str {
        &self.options.crate_name
    }

    /// The modules of `types`, sorted, each with its types in the model's order.
    pub(in crate::emit) fn type_modules(&self) -> &BTreeMap<&'a Ident, Vec<TypeId>> {
        &self.modules
    }
}

/// The sections that define inline types, with the modules of their resources.
fn with_types<'a>(api: &'a Api, files: &[PlannedFile]) -> BTreeSet<(&'a Ident, Ident)> {
    let sections = files.iter().filter_map(|file| match file {
        PlannedFile::Section(at, section, types) if !types.is_empty() => {
            Some((&api.resources[*at].module, section.clone()))
        }
        _ => None,
    });
    sections.collect()
}

type Modules<'a> = BTreeMap<&'a Ident, Vec<TypeId>>;

/// The types by the module that defines them: those of `types`, and those of `resources`.
fn by_home(api: &Api) -> (Modules<'_>, Modules<'_>) {
    let (mut shared, mut inline) = (Modules::new(), Modules::new());
    for (id, ty) in (0..).map(TypeId).zip(&api.types) {
        match &ty.home {
            Home::Types(module) => shared.entry(module).or_default().push(id),
            Home::Resource(module) => inline.entry(module).or_default().push(id),
        }
    }
    for types in shared.values_mut() {
        // The first one is the type that the file is named after.
        in_order(api, &mut types[1..]);
    }
    (shared, inline)
}

/// Sorts the types of a file as the description has them.
fn in_order(api: &Api, types: &mut [TypeId]) {
    types.sort_by_key(|id| api.ty(*id).mark.map(|mark| (mark.file, mark.start)));
}

/// The types with samples, by the file that defines them.
fn samples(api: &Api) -> BTreeMap<&Home, Vec<TypeId>> {
    let mut samples: BTreeMap<&Home, Vec<TypeId>> = BTreeMap::new();
    for (id, ty) in (0..).map(TypeId).zip(&api.types) {
        if ty.sample().is_some() {
            samples.entry(&ty.home).or_default().push(id);
        }
    }
    samples
}

/// The files of a resource: one file with the handle, and one for each of its sections. A type that several sections
/// use is in the first of them by name, so that the order of the operations has no meaning.
fn resource_files(api: &Api, at: usize, types: Vec<TypeId>) -> Vec<PlannedFile> {
    let resource = &api.resources[at];
    let mut sections: BTreeMap<&Ident, Vec<TypeId>> = BTreeMap::new();
    let mut open: BTreeSet<TypeId> = types.into_iter().collect();
    for (section, operations) in &resource.sections {
        let own = sections.entry(section).or_default();
        for &operation in operations {
            let named = resource.operations[operation].named();
            walk(&api.types, named, |id, _| {
                let inline = open.remove(&id);
                if inline {
                    own.push(id);
                }
                inline
            });
        }
    }
    let mut types: Vec<TypeId> = open.into_iter().collect();
    in_order(api, &mut types);
    let mut files = vec![PlannedFile::Resource(at, types)];
    files.extend(sections.into_iter().map(|(section, mut types)| {
        in_order(api, &mut types);
        PlannedFile::Section(at, section.clone(), types)
    }));
    files
}
