//! Folders below `types` of a large API: each has what is compiled with one feature only.

use std::collections::{BTreeMap, BTreeSet};

use super::features::{Features, Owner};
use crate::model::Api;
use crate::name::{Ident, Scope};

/// Where the modules of `types` are. A small API has no folders.
#[derive(Debug)]
pub(in crate::emit) struct Folders<'a> {
    modules: BTreeMap<&'a Ident, Ident>,
    owners: BTreeMap<Ident, Owner>,
}

impl<'a> Folders<'a> {
    /// Gives each feature that has types of its own a folder.
    pub(in crate::emit) fn of(
        api: &Api,
        features: &Features<'_>,
        modules: impl Iterator<Item = &'a Ident>,
    ) -> Self {
        let mut names = Scope::modules();
        let mut kept_apart = Vec::new();
        for module in modules {
            match features.owner_of_types(module) {
                Owner::Everybody => names.reserve(module),
                other => kept_apart.push((module, other)),
            }
        }
        let owners: BTreeSet<Owner> = kept_apart.iter().map(|&(_, owner)| owner).collect();
        let folders: BTreeMap<Owner, Ident> = owners
            .into_iter()
            .map(|owner| {
                let name = match owner {
                    Owner::Resource(at) => api.resources[at].module.plain(),
                    Owner::Webhooks => "webhook_events",
                    Owner::Nobody | Owner::Everybody => "other",
                };
                (owner, names.claim_first(&[name, &format!("{name} types")]))
            })
            .collect();
        let found = kept_apart.into_iter();
        let found =
            found.filter_map(|(module, owner)| Some((module, folders.get(&owner)?.clone())));
        Self {
            modules: found.collect(),
            owners: folders
                .into_iter()
                .map(|(owner, folder)| (folder, owner))
                .collect(),
        }
    }

    /// The folder of a module, if it is in one.
    pub(in crate::emit) fn of_module(&self, module: &Ident) -> Option<&Ident> {
        self.modules.get(module)
    }

    /// All folders, each with what needs it.
    pub(in crate::emit) fn all(&self) -> impl Iterator<Item = (&Ident, Owner)> {
        self.owners.iter().map(|(folder, &owner)| (folder, owner))
    }

    /// The modules of a folder.
    pub(in crate::emit) fn modules(&self, folder: &Ident) -> impl Iterator<Item = &'a Ident> {
        let modules = self.modules.iter();
        modules.filter_map(move |(&module, own)| (own == folder).then_some(module))
    }
}
