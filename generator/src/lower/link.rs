//! Links in descriptions to other parts of the description lead to the items that are generated from these parts.
//!
//! A link to a schema is a JSON pointer. For operations and tags, the tools that show descriptions have forms of their
//! own: `#operation/ID` and `#tag/NAME` (Redoc), `#/TAG/ID` (Swagger UI), `#tag/NAME/METHOD/PATH` (Scalar). Vendors name
//! schemas and operations in links to their own pages: `entity:Pet`, `/reference/get-pet`.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::Lowered;
use crate::document::decode::unescape;
use crate::document::{Document, Operation, SchemaId, Text};
use crate::model::{self, Api, DocLink, Docs, Home, Resource, Shape};

/// Sets the links of all docs. In an API that is compiled in parts, a link to an item of another part is omitted, because
/// rustdoc reports it where that part is not compiled.
pub(super) fn link(api: &mut Api, document: &Document<'_>, known: &HashMap<SchemaId, Lowered>) {
    let mut items: BTreeMap<String, Option<Item>> = BTreeMap::new();
    api.each_docs(&mut |_, docs| {
        let targets = targets(docs).map(|target| (target.to_owned(), None));
        items.extend(targets);
    });
    if items.is_empty() {
        return;
    }
    let all = Items {
        api,
        document,
        known,
    };
    for (target, item) in &mut items {
        *item = all.item(target);
    }
    let features = all.features();
    api.each_docs(&mut |home, docs| {
        let own = home.and_then(|home| features.get(home));
        let links = targets(docs).filter_map(|target| {
            let item = items.get(target)?.as_ref()?;
            let of_item = features.get(&item.home);
            (of_item.is_none() || of_item == own).then(|| DocLink {
                target: target.to_owned(),
                path: item.path.clone(),
            })
        });
        docs.links = links.collect();
    });
}

/// Returns the texts in docs that may be the target of a link to a part of the description.
fn targets(docs: &Docs) -> impl Iterator<Item = &str> {
    let texts = docs.summary.iter().chain(&docs.description);
    texts.flat_map(|text| targets_in(text))
}

fn targets_in(text: &str) -> impl Iterator<Item = &str> {
    fragments_in(text).chain(pages_in(text))
}

/// The targets of links to pages whose address is not whole.
fn pages_in(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.match_indices("](").filter_map(|(at, mark)| {
        let target = &text[at + mark.len()..];
        target.split([')', ' ', '\n']).next()
    });
    targets.filter(|target| {
        let is_whole = ["#", "http:", "https:", "mailto:"];
        !is_whole.iter().any(|start| target.starts_with(start))
    })
}

fn fragments_in(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('#').filter_map(|(at, _)| {
        let (before, target) = text.split_at(at);
        if before.ends_with('<') {
            return target.split(['>', '\n']).next();
        }
        let is_target = before.ends_with(['(', '"', '\'']) || before.ends_with("]: ");
        let ends = |end: char| end.is_whitespace() || matches!(end, ')' | '"' | '\'' | '\\');
        is_target.then(|| target.split(ends).next().unwrap_or(target))
    })
}

/// An item that a link leads to.
struct Item {
    path: String,
    /// Its module.
    home: Home,
}

/// The items of an API, which are looked up by the parts of the description.
struct Items<'a, 't> {
    api: &'a Api,
    document: &'a Document<'t>,
    known: &'a HashMap<SchemaId, Lowered>,
}

impl<'t> Items<'_, 't> {
    /// The modules that are not compiled with the core of the API, with their features.
    fn features(&self) -> HashMap<Home, String> {
        let types = self.api.types.iter().map(|ty| ty.home.clone());
        let resources = self.api.resources.iter();
        let resources = resources.map(|resource| Home::Resource(resource.module.clone()));
        let homes: BTreeSet<Home> = types.chain(resources).collect();
        let features = homes.into_iter().filter_map(|home| {
            let feature = self.api.feature_of(&home)?.clone();
            Some((home, feature))
        });
        features.collect()
    }

    /// The item that a link leads to.
    fn item(&self, target: &str) -> Option<Item> {
        let Some(target) = target.strip_prefix('#') else {
            return self.named(target);
        };
        let parts: Vec<String> = target
            .trim_start_matches('/')
            .split('/')
            .map(unescape)
            .collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts[..] {
            ["components", "schemas", name, ..]
            | ["definitions" | "schema" | "schemas", name, ..] => self.ty(name),
            ["paths", path, method] => self.method(|operation| {
                *operation.path.text == *path && operation.method.eq_ignore_ascii_case(method)
            }),
            ["operation", id] | ["tag", _, "operation", id] => self.by_id(id),
            ["tag", name] => self.resource(name),
            ["tag", _, method, ref path @ ..] => {
                let path = format!("/{}", path.join("/"));
                self.method(|operation| *operation.path.text == path && operation.method == method)
            }
            [tag] if target.starts_with('/') => self.resource(tag),
            [tag, id] if target.starts_with('/') => self.method(|operation| {
                let has_tag = operation.tags.iter().any(|own| own.text == tag);
                let is_in = has_tag || operation.tags.is_empty() && tag == "default";
                is_in && operation.id.is_some_and(|own| own.text == id)
            }),
            _ => None,
        }
    }

    /// The item whose name is the end of the address of a page: `entity:Pet`, `/reference/get-pet`,
    /// `endpoint:Pets-GetPet`.
    fn named(&self, target: &str) -> Option<Item> {
        let name = target.rsplit(['/', ':']).next()?;
        let of_tag = || {
            let (_, id) = name.split_once('-').filter(|_| target.contains(':'))?;
            self.by_id(id)
        };
        let exact = self.ty(name).or_else(|| self.by_id(name));
        exact.or_else(of_tag)
    }

    fn ty(&self, name: &str) -> Option<Item> {
        let mut components = self.document.components.iter();
        let (_, id) = components.find(|(key, _)| *key.text == *name)?;
        let Shape::Named(ty) = self.known.get(id)?.shape else {
            return None;
        };
        let ty = self.api.ty(ty);
        let path = self.of_api(&format!("{}::{}", ty.home.path(), ty.name.plain()));
        Some(Item {
            path,
            home: ty.home.clone(),
        })
    }

    fn by_id(&self, id: &str) -> Option<Item> {
        self.method(|operation| operation.id.is_some_and(|own| own.text == id))
    }

    /// The method of an operation.
    fn method(&self, is_it: impl Fn(&Operation<'t>) -> bool) -> Option<Item> {
        let wanted = self.document.operations().find(|one| is_it(one))?;
        let (resource, operation) = self.find(wanted)?;
        let handle = self.handle(resource);
        Some(Item {
            path: format!("method@{}::{}", handle.path, operation.name.plain()),
            ..handle
        })
    }

    /// The handle for the operations with a tag. Redoc writes spaces as `-` and `&` as `and`.
    fn resource(&self, tag: &str) -> Option<Item> {
        let is_it = |own: &Text<'_>| {
            own.text == tag || own.text.replace('&', "and").replace(' ', "-") == tag
        };
        let mut operations = self.document.operations();
        let wanted = operations.find(|operation| operation.tags.first().is_some_and(is_it))?;
        let (resource, _) = self.find(wanted)?;
        Some(self.handle(resource))
    }

    fn handle(&self, resource: &Resource) -> Item {
        let (module, handle) = (resource.module.plain(), resource.handle.plain());
        Item {
            path: self.of_api(&format!("resources::{module}::{handle}")),
            home: Home::Resource(resource.module.clone()),
        }
    }

    /// The operation with its resource.
    fn find(&self, wanted: &Operation<'_>) -> Option<(&Resource, &model::Operation)> {
        let mut operations = self.api.operations();
        operations.find(|(_, operation)| {
            *operation.path == *wanted.path.text
                && operation.method == wanted.method
                && operation.form_of.is_none()
        })
    }

    fn of_api(&self, path: &str) -> String {
        format!("crate::{}::{path}", self.api.module.plain())
    }
}
