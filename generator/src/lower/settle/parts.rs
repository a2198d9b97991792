//! Features: a large API can be compiled in parts.
//!
//! A small API is one feature. A large one has a feature for each resource (`github-repos`), one for its webhooks
//! (`github-webhook-events`), one for the types that neither uses (`github-other-types`), one that all of these switch
//! on and that has what several of them use (`github-core`), and one that switches on everything (`github`).

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::draft::ResourceDraft;
use crate::model::{Features, Home, Operation, Shape, Type, TypeFolder, TypeId, Webhooks, walk};
use crate::name::{Ident, Scope};

/// The most operations of an API that is compiled whole.
const MOST_OPERATIONS: usize = 100;

/// The parts of an API, and who needs what.
pub(crate) struct Parts<'a> {
    resources: &'a [ResourceDraft],
    names: Names,
    /// The resources and webhooks that need each module of `types` and `resources`; `None` where all is one feature.
    users: Option<Users<'a>>,
}

/// The names of the features.
struct Names {
    core: String,
    resources: Vec<String>,
    webhooks: Option<String>,
    other: String,
}

/// Who needs a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    /// Several resources, or the API is one feature.
    Everybody,
    /// One resource, by its position.
    Resource(usize),
    /// The webhooks.
    Webhooks,
    /// Neither a resource nor the webhooks.
    Nobody,
}

/// The resources, by their index, that need a module; the webhooks have the index after the last.
#[derive(Debug, Default)]
struct Users<'a> {
    types: BTreeMap<&'a Ident, BTreeSet<usize>>,
    resources: BTreeMap<&'a Ident, BTreeSet<usize>>,
}

impl<'a> Parts<'a> {
    /// Finds out which part of an API needs what.
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
            users: is_large.then(|| Users::of(resources, webhooks, types)),
        }
    }

    /// The feature of a module of `resources`: other resources may use its types.
    pub(crate) fn of_resource(&self, module: &Ident) -> Option<String> {
        self.feature(self.owner(|users| users.resources.get(module)))
    }

    /// The feature of a module of `types`.
    pub(crate) fn of_types(&self, module: &Ident) -> Option<String> {
        self.feature(self.owner_of_types(module))
    }

    /// All features, with the folder of each.
    pub(crate) fn features(&self, api: &Ident, types: &[Type]) -> Features {
        let names = &self.names;
        if self.users.is_none() {
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
                Owner::Nobody | Owner::Everybody => "other",
            };
            Some(TypeFolder {
                module: names.claim_first(&[name, &format!("{name} types")]),
                feature: self.feature(owner)?,
                modules,
            })
        });
        let mut folders: Vec<TypeFolder> = folders.collect();
        folders.sort_by(|one, other| one.module.cmp(&other.module));
        folders
    }

    fn owner_of_types(&self, module: &Ident) -> Owner {
        self.owner(|users| users.types.get(module))
    }

    fn owner<'u>(&'u self, of: impl Fn(&'u Users<'a>) -> Option<&'u BTreeSet<usize>>) -> Owner {
        let Some(users) = &self.users else {
            return Owner::Everybody;
        };
        let mut of = of(users).into_iter().flatten();
        match (of.next(), of.next()) {
            (None, _) => Owner::Nobody,
            (Some(&only), None) if only < self.resources.len() => Owner::Resource(only),
            (Some(_), None) => Owner::Webhooks,
            _ => Owner::Everybody,
        }
    }

    /// The feature of what has this owner: what several resources share is always compiled.
    fn feature(&self, owner: Owner) -> Option<String> {
        match owner {
            Owner::Everybody => None,
            Owner::Resource(only) => self.names.resources.get(only).cloned(),
            Owner::Webhooks => self.names.webhooks.clone(),
            Owner::Nobody => Some(self.names.other.clone()),
        }
    }
}

impl Names {
    fn of(api: &Ident, resources: &[ResourceDraft], has_webhooks: bool) -> Self {
        let part = |name: &str| format!("{}-{}", api.plain(), name.replace('_', "-"));
        let (core, webhooks, other) = (part("core"), part("webhook-events"), part("other-types"));
        // A resource whose name means something else here says what it is.
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

impl<'a> Users<'a> {
    fn of(resources: &'a [ResourceDraft], webhooks: Option<&Webhooks>, types: &'a [Type]) -> Self {
        let mut users = Self::default();
        for (at, resource) in resources.iter().enumerate() {
            users
                .resources
                .entry(&resource.module)
                .or_default()
                .insert(at);
            let used = resource.operations.iter().flat_map(Operation::named);
            users.reach(types, used.collect(), at);
        }
        if let Some(webhooks) = webhooks {
            let mut used = Vec::new();
            webhooks.each_shape(&mut |shape: &Shape| used.extend(shape.named()));
            users.reach(types, used, resources.len());
        }
        users.complete(types);
        users
    }

    /// Notes the modules of types that are used, directly or not.
    fn reach(&mut self, types: &'a [Type], used: Vec<TypeId>, at: usize) {
        let mut reached = BTreeSet::new();
        walk(types, used, |id, _| reached.insert(id));
        for id in reached {
            self.users_of(&types[id.0 as usize].home).insert(at);
        }
    }

    /// A module is needed with all its types, and so is what these use.
    fn complete(&mut self, types: &'a [Type]) {
        loop {
            let mut grown = false;
            for ty in types {
                let Some(users) = self.of_home(&ty.home).cloned() else {
                    continue;
                };
                for id in ty.kind.named() {
                    grown |= self.add(&types[id.0 as usize].home, &users);
                }
            }
            if !grown {
                return;
            }
        }
    }

    fn of_home(&self, home: &Home) -> Option<&BTreeSet<usize>> {
        match home {
            Home::Types(module) => self.types.get(module),
            Home::Resource(module) => self.resources.get(module),
        }
    }

    fn add(&mut self, home: &'a Home, users: &BTreeSet<usize>) -> bool {
        let known = self.users_of(home);
        let before = known.len();
        known.extend(users);
        known.len() > before
    }

    fn users_of(&mut self, home: &'a Home) -> &mut BTreeSet<usize> {
        let users = match home {
            Home::Types(module) => self.types.entry(module),
            Home::Resource(module) => self.resources.entry(module),
        };
        users.or_default()
    }
}
