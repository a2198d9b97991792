//! The files and features of a generated API.

use std::collections::BTreeSet;

use super::{Api, Home};
use crate::name::Ident;

/// The features of an API.
#[derive(Debug, Clone)]
pub struct Features {
    /// The feature of the API's module: the API's own feature, or `github-core` if the API is compiled in parts.
    pub core: String,
    /// If the API is compiled in parts, the features that the API's own one enables: those of the resources in their order,
    /// that of the webhooks, and that of other types. Each of them enables the core.
    pub parts: Vec<String>,
    /// The feature of the webhooks, if the API is compiled in parts.
    pub webhooks: Option<String>,
    /// Folders below `types`, sorted by name.
    pub folders: Vec<TypeFolder>,
}

/// A folder below `types`. Its files are compiled with one feature only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeFolder {
    /// Its module.
    pub module: Ident,
    /// The feature.
    pub feature: String,
    /// The modules in it.
    pub modules: BTreeSet<Ident>,
}

/// The examples and requests whose tests are in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFile {
    /// The module of their types or operations; `None` for values without a named type.
    pub home: Option<Home>,
    /// The file's module.
    pub module: Ident,
    /// The feature of this module, unless it is the API's core.
    pub feature: Option<String>,
    /// Positions in [`Api::examples`](super::Api::examples).
    pub examples: Vec<usize>,
    /// Positions in [`Api::requests`](super::Api::requests).
    pub requests: Vec<usize>,
}

impl Features {
    /// Whether the API is compiled in parts.
    pub fn is_in_parts(&self) -> bool {
        !self.parts.is_empty()
    }

    /// The folder of a module of `types`, if it is in one.
    pub fn folder_of(&self, module: &Ident) -> Option<&TypeFolder> {
        let mut folders = self.folders.iter();
        folders.find(|folder| folder.modules.contains(module))
    }
}

impl Api {
    /// The feature of a file of types, unless it is the API's core.
    pub fn feature_of(&self, home: &Home) -> Option<&String> {
        match home {
            Home::Types(module) => Some(&self.features.folder_of(module)?.feature),
            Home::Resource(module) => {
                let mut resources = self.resources.iter();
                resources
                    .find(|one| one.module == *module)?
                    .feature
                    .as_ref()
            }
        }
    }
}
