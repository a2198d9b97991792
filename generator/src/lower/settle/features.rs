//! Features: a large API can be compiled in parts.
//!
//! A small API is one feature. A large one has a feature for each resource (`github-repos`), one for its webhooks
//! (`github-webhook-events`), one for the types that neither uses (`github-other-types`), one for what several of them
//! use (`github-core`), which each of them enables, and one that enables everything (`github`).

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use crate::lower::draft::ResourceDraft;
use crate::model::{Features, Home, Operation, Shape, Type, TypeFolder, TypeId, Webhooks};
use crate::name::{Ident, Scope};

/// The maximum number of operations of an API that is one feature.
const MOST_OPERATIONS: usize = 100;

/// How an API is split into features, and which feature needs which module.
pub(crate) struct FeatureSplit<'a> {
    resources: &'a [ResourceDraft],
    names: Names,
    /// The owner of each module of `types` and `resources`; `None` if the API is one feature.
    owners: Option<Owners<'a>>,
}

/// The names of the features.
struct Names {
    core: String,
    resources: Vec<String>,
    webhooks: Option<String>,
    other: String,
}

/// The owner of a module: the part of the API that uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    /// Several resources, or the API is one feature.
    Everybody,
    /// One resource, by its position.
    Resource(usize),
    /// The webhooks.
    Webhooks,
    /// Only types that neither a resource nor the webhooks use.
    Others,
    /// No user is known so far.
    Nobody,
}

impl Owner {
    /// The owner of a module that both this owner and another one use.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nobody, owner) | (owner, Self::Nobody) => owner,
            _ if self == other => self,
            _ => Self::Everybody,
        }
    }
}

/// The owner of each module; an unused module has none.
#[derive(Debug, Default)]
struct Owners<'a> {
    types: BTreeMap<&'a Ident, Owner>,
    resources: BTreeMap<&'a Ident, Owner>,
}

impl<'a> FeatureSplit<'a> {
    /// Finds which resources and webhooks use each module.
    pub(crate) fn of(
        api: &Ident,
        resources: &'a [ResourceDraft],
        webhooks: Option<&Webhooks>,
        types: &'a [Type],
    ) -> Self {
        let operations = resources.iter().map(|resource| resource.operations.len());
        let is_large = resources.len() > 1 && operations.sum::<usize>() > MOST_OPERATIONS;
        Self {
            resources,
            names: Names::of(api, resources, webhooks.is_some()),
            owners: is_large.then(|| Owners::of(resources, webhooks, types)),
        }
    }

    /// The feature of a module of `resources`: other resources may use its types.
    pub(crate) fn of_resource(&self, module: &Ident) -> Option<String> {
        self.feature(self.owner(|owners| owners.resources.get(module)))
    }

    /// The feature of a module of `types`.
    pub(crate) fn of_types(&self, module: &Ident) -> Option<String> {
        self.feature(self.owner_of_types(module))
    }

    /// All features, with the folder of each.
    pub(crate) fn features(&self, api: &Ident, types: &[Type]) -> Features {
        let names = &self.names;
        if self.owners.is_none() {
            return Features {
                core: api.plain().to_owned(),
                parts: Vec::new(),
                webhooks: None,
                folders: Vec::new(),
            };
        }
        let parts = names.resources.iter().chain(&names.webhooks);
        Features {
            core: names.core.clone(),
            parts: parts.chain([&names.other]).cloned().collect(),
            webhooks: names.webhooks.clone(),
            folders: self.folders(types),
        }
    }

    /// Folders below `types`: each feature that has types of its own has one.
    fn folders(&self, types: &[Type]) -> Vec<TypeFolder> {
        let modules = types.iter().filter_map(|ty| match &ty.home {
            Home::Types(module) => Some(module),
            Home::Resource(_) => None,
        });
        let mut names = Scope::modules();
        let mut apart: BTreeMap<Owner, BTreeSet<Ident>> = BTreeMap::new();
        for module in modules {
            match self.owner_of_types(module) {
                Owner::Everybody => names.reserve(module),
                owner => drop(apart.entry(owner).or_default().insert(module.clone())),
            }
        }
        let folders = apart.into_iter().filter_map(|(owner, modules)| {
            let name = match owner {
                Owner::Resource(at) => self.resources[at].module.plain(),
                Owner::Webhooks => "webhook_events",
                Owner::Others | Owner::Nobody | Owner::Everybody => "other",
            };
            let mut text = name.to_owned();
            while !names.is_free(&text) {
                text.push_str(" types");
            }
            Some(TypeFolder {
                module: names.claim(&text),
                feature: self.feature(owner)?,
                modules,
            })
        });
        let mut folders: Vec<TypeFolder> = folders.collect();
        folders.sort_by(|one, other| one.module.cmp(&other.module));
        folders
    }

    fn owner_of_types(&self, module: &Ident) -> Owner {
        self.owner(|owners| owners.types.get(module))
    }

    fn owner<'o>(&'o self, of: impl Fn(&'o Owners<'a>) -> Option<&'o Owner>) -> Owner {
        match &self.owners {
            Some(owners) => of(owners).copied().unwrap_or(Owner::Nobody),
            None => Owner::Everybody,
        }
    }

    /// The feature of this owner. Modules that several resources share are always compiled.
    fn feature(&self, owner: Owner) -> Option<String> {
        match owner {
            Owner::Everybody => None,
            Owner::Resource(only) => self.names.resources.get(only).cloned(),
            Owner::Webhooks => self.names.webhooks.clone(),
            Owner::Others | Owner::Nobody => Some(self.names.other.clone()),
        }
    }
}

impl Names {
    fn of(api: &Ident, resources: &[ResourceDraft], has_webhooks: bool) -> Self {
        let part = |name: &str| format!("{}-{}", api.plain(), name.replace('_', "-"));
        let (core, webhooks, other) = (part("core"), part("webhook-events"), part("other-types"));
        // A resource with the name of one of the other features gets a suffix.
        let resource = |resource: &ResourceDraft| match part(resource.module.plain()) {
            taken if [&core, &webhooks, &other].contains(&&taken) => format!("{taken}-operations"),
            name => name,
        };
        Self {
            resources: resources.iter().map(resource).collect(),
            webhooks: has_webhooks.then_some(webhooks.clone()),
            core,
            other,
        }
    }
}

impl<'a> Owners<'a> {
    fn of(resources: &'a [ResourceDraft], webhooks: Option<&Webhooks>, types: &'a [Type]) -> Self {
        let mut owners = Self::default();
        let mut used: HashMap<Home, Vec<TypeId>> = HashMap::new();
        for ty in types {
            let used = used.entry(ty.home.clone()).or_default();
            used.extend(ty.kind.named());
        }
        let mut open: Vec<(TypeId, Owner)> = Vec::new();
        for (at, resource) in resources.iter().enumerate() {
            let owner = Owner::Resource(at);
            owners.resources.insert(&resource.module, owner);
            let home = Home::Resource(resource.module.clone());
            let used = used.entry(home).or_default();
            used.extend(resource.operations.iter().flat_map(Operation::named));
            open.extend(used.iter().map(|&id| (id, owner)));
        }
        if let Some(webhooks) = webhooks {
            webhooks.each_shape(&mut |shape: &Shape| {
                open.extend(shape.named().into_iter().map(|id| (id, Owner::Webhooks)));
            });
        }
        owners.spread(open, &used, types);
        let ids = (0..).map(TypeId).zip(types);
        let others = ids.filter(|(_, ty)| owners.owner_of(&ty.home) == &Owner::Nobody);
        let others = others.map(|(id, _)| (id, Owner::Others)).collect();
        owners.spread(others, &used, types);
        owners
    }

    /// A module is used as a whole, and so is every module with a type that it uses. The owner of a module changes at
    /// most twice.
    fn spread(
        &mut self,
        mut open: Vec<(TypeId, Owner)>,
        used: &HashMap<Home, Vec<TypeId>>,
        types: &'a [Type],
    ) {
        while let Some((id, owner)) = open.pop() {
            let home = &types[id.0 as usize].home;
            let known = self.owner_of(home);
            let both = known.and(owner);
            if *known != both {
                *known = both;
                let used = used.get(home).into_iter().flatten();
                open.extend(used.map(|&id| (id, both)));
            }
        }
    }

    fn owner_of(&mut self, home: &'a Home) -> &mut Owner {
        let owner = match home {
            Home::Types(module) => self.types.entry(module),
            Home::Resource(module) => self.resources.entry(module),
        };
        owner.or_insert(Owner::Nobody)
    }
}
