//! Public items that have another name in the new crate and are the same otherwise.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Kind, Operation, Resource, Type};

use super::super::compare::Compared;
use super::super::version::Version;
use super::owners::{by_mark, path};
use super::path_of;
use super::paths::{Paths, label};
use crate::listing::each_word;

/// The new paths by the old ones.
#[derive(Default)]
pub(super) struct Renames {
    paths: BTreeMap<String, String>,
    /// The names of types, as signatures have them.
    names: HashMap<String, String>,
}

impl Renames {
    pub(super) fn of(old: &Version<'_, '_>, new: &Version<'_, '_>, compared: &Compared) -> Self {
        let mut renames = Self::default();
        let types = (types(old), types(new));
        for (before, after) in &compared.pairs {
            if let (Some(before), Some(after)) = (types.0.get(before), types.1.get(after)) {
                renames.ty(old, before, new, after);
            }
        }
        let operations = (operations(old), operations(new));
        for (before, after) in &compared.operations {
            let methods = (operations.0.get(before), operations.1.get(after));
            if let (Some(before), Some(after)) = methods {
                for (before, after) in before.iter().zip(after) {
                    renames.operation((old, new), *before, *after);
                }
            }
        }
        // An item that is still there was not renamed, and no two items take one name.
        let kept = &new.listing.items;
        renames.paths.retain(|before, after| {
            before != after && !kept.contains_key(before) && kept.contains_key(after)
        });
        let last = |path: &str| path.rsplit("::").next().unwrap_or(path).to_owned();
        let types = renames
            .paths
            .iter()
            .filter(|(path, _)| path_of(path) == *path);
        renames.names = types.map(|(old, new)| (last(old), last(new))).collect();
        renames
    }

    /// The renamed items.
    pub(super) fn items(&self) -> impl Iterator<Item = (&str, &str)> {
        self.paths.iter().map(|(old, new)| (&**old, &**new))
    }

    /// The path of an old item in the new crate, if it is still there.
    pub(super) fn path(&self, path: &str) -> String {
        if let Some(new) = self.paths.get(path) {
            return new.clone();
        }
        let base = path_of(path);
        match self.paths.get(base) {
            Some(new) => format!("{new}{}", &path[base.len()..]),
            None => path.to_owned(),
        }
    }

    /// A signature with the new names of types.
    pub(super) fn text(&self, text: &str) -> String {
        each_word(text, |word| self.names.get(word).map(String::as_str))
    }

    fn add(&mut self, before: String, after: String) {
        self.paths.insert(before, after);
    }

    fn ty(&mut self, old: &Version<'_, '_>, before: &Type, new: &Version<'_, '_>, after: &Type) {
        let paths = (
            path(old.api.module.plain(), before),
            path(new.api.module.plain(), after),
        );
        if let (Kind::Record(one), Kind::Record(other)) = (&before.kind, &after.kind) {
            for field in &one.fields {
                let same = other.fields.iter().find(|same| same.wire == field.wire);
                if let Some(same) = same.filter(|same| same.name != field.name) {
                    for sign in [".", "::"] {
                        let before = format!("{}{sign}{}", paths.0, field.name);
                        self.add(before, format!("{}{sign}{}", paths.1, same.name));
                    }
                }
            }
        }
        self.add(paths.0, paths.1);
    }

    fn operation(
        &mut self,
        versions: (&Version<'_, '_>, &Version<'_, '_>),
        before: (&Resource, &Operation),
        after: (&Resource, &Operation),
    ) {
        let old = Paths::of(&versions.0.api, before.0, before.1);
        let new = Paths::of(&versions.1.api, after.0, after.1);
        self.add(old.handle, new.handle);
        self.add(old.accessor, new.accessor);
        self.add(old.examples, new.examples);
        self.add(old.method, new.method);
        self.add(old.example, new.example);
        for both in [(old.call, new.call), (old.output, new.output)] {
            if let (Some(before), Some(after)) = both {
                self.add(before, after);
            }
        }
    }
}

/// The types by their schemas.
fn types<'v>(version: &'v Version<'_, '_>) -> HashMap<crate::document::SchemaId, &'v Type> {
    let by_mark = by_mark(&version.joined.document);
    let mut types = HashMap::new();
    for ty in &version.api.types {
        if let Some(id) = ty.mark.and_then(|mark| by_mark.get(&mark)) {
            types.entry(*id).or_insert(ty);
        }
    }
    types
}

type Methods<'v> = HashMap<String, Vec<(&'v Resource, &'v Operation)>>;

/// The methods of each operation by its label.
fn operations<'v>(version: &'v Version<'_, '_>) -> Methods<'v> {
    let mut operations = Methods::new();
    for resource in &version.api.resources {
        for operation in &resource.operations {
            operations
                .entry(label(operation))
                .or_default()
                .push((resource, operation));
        }
    }
    operations
}
