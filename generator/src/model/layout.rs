//! How an API is spread over files and features.

use std::collections::BTreeSet;

use super::Home;
use crate::name::Ident;

/// The features of an API.
#[derive(Debug, Clone)]
pub struct Features {
    /// The feature that its module is compiled with: the API's own, or `github-core` of an API in parts.
    pub core: String,
    /// The features that an API's own one switches on, where the API is compiled in parts; each of them switches on
    /// the core.
    pub parts: Vec<String>,
    /// The feature of the webhooks, where the API is compiled in parts.
    pub webhooks: Option<String>,
    /// Folders below `types`, sorted by name.
    pub folders: Vec<TypeFolder>,
}

/// A folder below `types`, with what is compiled with one feature only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeFolder {
    /// Its module.
    pub module: Ident,
    /// The feature.
    pub feature: String,
    /// The modules in it.
    pub modules: BTreeSet<Ident>,
}

/// Examples and requests whose tests stand in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFile {
    /// The module whose types or operations they are of; `None` for values without a type of their own.
    pub home: Option<Home>,
    /// The file's module.
    pub module: Ident,
    /// The feature of what they are of, where it is not the API's core.
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
