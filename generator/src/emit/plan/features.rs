//! Features: a large API can be compiled in parts.
//!
//! A small API is one feature. A large one has a feature for each resource (`github-repos`), one for its webhooks
//! (`github-webhook-events`), one for the types that neither uses (`github-other-types`), one that all of these switch
//! on and that has what several of them use
//! (`github-core`), and one that switches on everything (`github`).

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Home, Operation, Shape, TypeId, walk};
use crate::name::Ident;

/// The most operations of an API that is compiled whole.
const MOST_OPERATIONS: usize = 100;

/// The types that no operation uses.
const OTHER: &str = "other-types";

/// The webhooks.
const WEBHOOKS: &str = "webhook-events";

/// What the features of an API switch on.
#[derive(Debug)]
pub(in crate::emit) struct Features<'a> {
    api: &'a Api,
    /// The resources and webhooks that need each module of `types` and `resources`; `None` where all is one feature.
    users: Option<Users<'a>>,
}

/// Who needs a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::emit) enum Owner {
    /// Several resources, or the API is one feature.
    Everybody,
    /// One resource, by its index.
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

/// The features of an API for the manifest: each name with the features that it switches on. The first one is the
/// API's own, which is on by default.
pub fn features(api: &Api) -> Vec<(String, Vec<String>)> {
    let name = api.module.plain();
    if !is_large(api) {
        return vec![(name.to_owned(), Vec::new())];
    }
    let parts: Vec<String> = parts(api).collect();
    let mut features = vec![(name.to_owned(), parts.clone()), (core(api), Vec::new())];
    features.extend(parts.into_iter().map(|part| (part, vec![core(api)])));
    features
}

/// Whether an API is compiled in parts.
pub(in crate::emit) fn is_large(api: &Api) -> bool {
    api.resources.len() > 1
        && api
            .resources
            .iter()
            .map(|r| r.operations.len())
            .sum::<usize>()
            > MOST_OPERATIONS
}

fn parts(api: &Api) -> impl Iterator<Item = String> {
    let resources = api.resources.iter();
    let resources = resources.map(|resource| of_operations(api, resource.module.plain()));
    let webhooks = api.webhooks.iter().map(|_| part(api, WEBHOOKS));
    resources.chain(webhooks).chain([part(api, OTHER)])
}

/// The feature of a resource; one whose name means something else here says what it is.
fn of_operations(api: &Api, module: &str) -> String {
    match part(api, module) {
        taken if [core(api), part(api, OTHER), part(api, WEBHOOKS)].contains(&taken) => {
            format!("{taken}-operations")
        }
        name => name,
    }
}

fn part(api: &Api, name: &str) -> String {
    format!("{}-{}", api.module.plain(), name.replace('_', "-"))
}

fn core(api: &Api) -> String {
    part(api, "core")
}

/// The feature that switches on the API's module.
pub(in crate::emit) fn switch(api: &Api) -> String {
    if is_large(api) {
        core(api)
    } else {
        api.module.plain().to_owned()
    }
}

impl<'a> Features<'a> {
    /// Finds out which resource needs what.
    pub(in crate::emit) fn of(api: &'a Api) -> Self {
        Self {
            api,
            users: is_large(api).then(|| Users::of(api)),
        }
    }

    /// Emits the condition of a module of `types`, if it has one.
    pub(in crate::emit) fn of_types(&self, module: &Ident) -> Option<TokenStream> {
        self.condition(self.owner_of_types(module))
    }

    /// Emits the condition of a module of `resources`: other resources may use its types.
    pub(in crate::emit) fn of_resource(&self, module: &Ident) -> Option<TokenStream> {
        self.condition(self.owner(|users| users.resources.get(module)))
    }

    /// Emits the condition of the webhooks.
    pub(in crate::emit) fn of_webhooks(&self) -> Option<TokenStream> {
        self.users.as_ref()?;
        self.condition(Owner::Webhooks)
    }

    /// What needs a module of `types`.
    pub(in crate::emit) fn owner_of_types(&self, module: &Ident) -> Owner {
        self.owner(|users| users.types.get(module))
    }

    fn owner<'u>(&'u self, of: impl Fn(&'u Users<'a>) -> Option<&'u BTreeSet<usize>>) -> Owner {
        let Some(users) = &self.users else {
            return Owner::Everybody;
        };
        let mut of = of(users).into_iter().flatten();
        match (of.next(), of.next()) {
            (None, _) => Owner::Nobody,
            (Some(&only), None) if only < self.api.resources.len() => Owner::Resource(only),
            (Some(_), None) => Owner::Webhooks,
            _ => Owner::Everybody,
        }
    }

    /// Emits the condition of what has this owner: what several resources share is always compiled.
    pub(in crate::emit) fn condition(&self, owner: Owner) -> Option<TokenStream> {
        let feature = match owner {
            Owner::Everybody => return None,
            Owner::Resource(only) => {
                let only = self.api.resources.get(only)?;
                of_operations(self.api, only.module.plain())
            }
            Owner::Webhooks => part(self.api, WEBHOOKS),
            Owner::Nobody => part(self.api, OTHER),
        };
        Some(quote!(#[cfg(feature = #feature)]))
    }
}

impl<'a> Users<'a> {
    fn of(api: &'a Api) -> Self {
        let mut users = Self::default();
        for (at, resource) in api.resources.iter().enumerate() {
            users
                .resources
                .entry(&resource.module)
                .or_default()
                .insert(at);
            let used = resource.operations.iter().flat_map(Operation::named);
            users.reach(api, used.collect(), at);
        }
        if let Some(webhooks) = &api.webhooks {
            let mut used = Vec::new();
            webhooks.each_shape(&mut |shape: &Shape| used.extend(shape.named()));
            users.reach(api, used, api.resources.len());
        }
        users.complete(api);
        users
    }

    /// Notes the modules of types that are used, directly or not.
    fn reach(&mut self, api: &'a Api, used: Vec<TypeId>, at: usize) {
        let mut reached = BTreeSet::new();
        walk(&api.types, used, |id, _| reached.insert(id));
        for id in reached {
            self.users_of(&api.ty(id).home).insert(at);
        }
    }

    /// A module is needed with all its types, and so is what these use.
    fn complete(&mut self, api: &'a Api) {
        loop {
            let mut grown = false;
            for ty in &api.types {
                let Some(users) = self.of_home(&ty.home).cloned() else {
                    continue;
                };
                for id in ty.kind.named() {
                    grown |= self.add(&api.ty(id).home, &users);
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
