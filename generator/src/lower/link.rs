//! Links in descriptions to other parts of the description lead to the items that are generated from these parts.
//!
//! A link to a schema is a JSON pointer. For operations and tags, the tools that show descriptions have forms of their
//! own: `#operation/ID` and `#tag/NAME` (Redoc), `#/TAG/ID` (Swagger UI), `#tag/NAME/METHOD/PATH` (Scalar).

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::Lowered;
use crate::document::decode::unescape;
use crate::document::{Document, Operation, SchemaId};
use crate::model::{Api, DocLink, Shape};

/// Sets the links of the docs of the API, its resources, operations and types. The docs of an API that can be compiled in
/// parts have no such links, because rustdoc reports a link to an item that is not compiled.
pub(super) fn link(api: &mut Api, document: &Document<'_>, known: &HashMap<SchemaId, Lowered>) {
    if api.features.is_in_parts() {
        return;
    }
    let mut paths: BTreeMap<String, Option<String>> = BTreeMap::new();
    api.each_docs(&mut |docs| {
        let texts = docs.summary.iter().chain(&docs.description);
        let targets = texts.flat_map(|text| targets(text));
        paths.extend(targets.map(|target| (target.to_owned(), None)));
    });
    if paths.is_empty() {
        return;
    }
    let items = Items {
        api,
        document,
        known,
    };
    for (target, path) in &mut paths {
        *path = items.path(target);
    }
    api.each_docs(&mut |docs| {
        let texts = docs.summary.iter().chain(&docs.description);
        let targets = texts.flat_map(|text| targets(text));
        let links = targets.filter_map(|target| {
            Some(DocLink {
                target: target.to_owned(),
                path: paths.get(target)?.clone()?,
            })
        });
        docs.links = links.collect();
    });
}

/// Returns the texts that may be the target of a link to a part of the description.
fn targets(text: &str) -> impl Iterator<Item = &str> {
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

/// The items of an API, which are looked up by the parts of the description.
struct Items<'a, 't> {
    api: &'a Api,
    document: &'a Document<'t>,
    known: &'a HashMap<SchemaId, Lowered>,
}

impl<'t> Items<'_, 't> {
    /// The path of the item that a link leads to.
    fn path(&self, target: &str) -> Option<String> {
        let target = target.strip_prefix('#')?;
        let parts: Vec<String> = target
            .trim_start_matches('/')
            .split('/')
            .map(unescape)
            .collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts[..] {
            ["components", "schemas", name] | ["definitions", name] => self.ty(name),
            ["paths", path, method] => self.method(|operation| {
                *operation.path.text == *path && operation.method.eq_ignore_ascii_case(method)
            }),
            ["operation", id] | ["tag", _, "operation", id] => self.by_id(id),
            ["tag", name] => self.resource(name),
            ["tag", _, method, ref path @ ..] => {
                let path = format!("/{}", path.join("/"));
                self.method(|operation| *operation.path.text == path && operation.method == method)
            }
            [tag, id] if target.starts_with('/') => self.method(|operation| {
                let has_tag = operation.tags.iter().any(|own| own.text == tag);
                let is_in = has_tag || operation.tags.is_empty() && tag == "default";
                is_in && operation.id.is_some_and(|own| own.text == id)
            }),
            _ => None,
        }
    }

    fn ty(&self, name: &str) -> Option<String> {
        let mut components = self.document.components.iter();
        let (_, id) = components.find(|(key, _)| *key.text == *name)?;
        let Shape::Named(ty) = self.known.get(id)?.shape else {
            return None;
        };
        let ty = self.api.ty(ty);
        Some(self.of_api(&format!("{}::{}", ty.home.path(), ty.name.plain())))
    }

    fn by_id(&self, id: &str) -> Option<String> {
        self.method(|operation| operation.id.is_some_and(|own| own.text == id))
    }

    /// The path of the method of an operation.
    fn method(&self, is_it: impl Fn(&Operation<'t>) -> bool) -> Option<String> {
        let wanted = self.document.operations().find(|one| is_it(one))?;
        let mut operations = self.api.operations();
        let (resource, operation) = operations.find(|(_, operation)| {
            *operation.path == *wanted.path.text
                && operation.method == wanted.method
                && operation.form_of.is_none()
        })?;
        let (module, handle) = (resource.module.plain(), resource.handle.plain());
        let method = operation.name.plain();
        let path = self.of_api(&format!("resources::{module}::{handle}::{method}"));
        Some(format!("method@{path}"))
    }

    /// The path of the handle for the operations with a tag.
    fn resource(&self, tag: &str) -> Option<String> {
        let has_tag = |operation: &Operation<'t>| {
            let first = operation.tags.first();
            first.is_some_and(|first| first.text == tag)
        };
        let method = self.method(has_tag)?;
        let (handle, _) = method.strip_prefix("method@")?.rsplit_once("::")?;
        Some(handle.to_owned())
    }

    fn of_api(&self, path: &str) -> String {
        format!("crate::{}::{path}", self.api.module.plain())
    }
}
