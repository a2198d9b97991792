//! Public items that have another name in the new crate and are otherwise the same.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use crate::model::{Field, Input, Kind, Operation, Resource, Type, Variant};

use super::super::compare::Compared;
use super::super::place::label as document_label;
use super::super::version::Version;
use super::super::view::meant;
use super::owners::{by_mark, path, scheme_paths, server_path};
use super::path_of;
use super::paths::{Paths, label};
use crate::listing::{Listing, PublicItem, each_word};

/// How to keep the name of an item that was renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Workaround {
    /// `x-rust-name` at the part that it is named after, such as the tag of a resource.
    Derived,
    /// Its own `x-rust-name`.
    OwnName,
    /// Its own `x-rust-name`, or its own `x-rust-former-name`, which keeps the old name beside the new one.
    FormerName,
    /// The new crate already has it as a former name.
    Kept,
}

/// An item that was renamed.
#[derive(Debug)]
pub(super) struct Rename {
    /// The new path.
    pub to: String,
    pub workaround: Workaround,
}

/// The renamed items by their old paths.
#[derive(Default)]
pub(super) struct Renames {
    paths: BTreeMap<String, Rename>,
    /// The names of types, as written in signatures.
    names: HashMap<String, String>,
    /// The names in requests of arguments, by the old paths of their methods and constructors.
    arguments: HashMap<String, HashMap<String, String>>,
}

impl Renames {
    pub(super) fn of(
        (old, new): (&Version<'_>, &Version<'_>),
        new_items: &Listing,
        compared: &Compared,
    ) -> Self {
        let mut renames = Self::default();
        let types = (types(old), types(new));
        for (id, after) in &compared.pairs {
            if let (Some(before), Some(after)) = (types.0.get(id), types.1.get(after)) {
                let properties = compared.renamed.properties.get(id);
                renames.ty((old, new), (before, after), properties);
            }
        }
        let inputs = inputs(old, compared);
        let operations = (operations(old), operations(new));
        for (before, after) in &compared.operations {
            let methods = (operations.0.get(before), operations.1.get(after));
            let names = inputs.get(before);
            if let (Some(before), Some(after)) = methods {
                for (before, after) in before.iter().zip(after) {
                    renames.operation((old, new), (*before, *after), names);
                }
            }
        }
        for (before, after) in &compared.renamed.schemes {
            renames.scheme((old, new), (before, after));
        }
        for (before, after) in &compared.renamed.servers {
            let variants = (server(old, before), server(new, after));
            if let (Some(before), Some(after)) = variants {
                renames.add(before, after, Workaround::OwnName);
            }
        }
        renames.settle(&new_items.items);
        let last = |path: &str| path.rsplit("::").next().unwrap_or(path).to_owned();
        let types = renames
            .paths
            .iter()
            .filter(|(path, _)| path_of(path) == *path);
        renames.names = types.map(|(old, new)| (last(old), last(&new.to))).collect();
        renames
    }

    /// Keeps only real renames: the new item exists, and the old one does not, except as a former name.
    fn settle(&mut self, items: &BTreeMap<String, PublicItem>) {
        let is_former = |path: &str| items.get(path).is_some_and(|item| item.is_former);
        let kept = self.paths.keys();
        let kept = kept.filter(|path| is_former(path) || is_former(&self.within(path)));
        for path in kept.cloned().collect::<Vec<_>>() {
            if let Some(rename) = self.paths.get_mut(&path) {
                rename.workaround = Workaround::Kept;
            }
        }
        self.paths.retain(|before, after| {
            let is_gone = !items.contains_key(before) || after.workaround == Workaround::Kept;
            *before != after.to && is_gone && items.contains_key(&after.to)
        });
    }

    /// The renamed items.
    pub(super) fn items(&self) -> impl Iterator<Item = (&str, &Rename)> {
        self.paths.iter().map(|(old, new)| (&**old, new))
    }

    /// The path of an old item in the new crate, if it is still there.
    pub(super) fn path(&self, path: &str) -> String {
        if let Some(new) = self.paths.get(path) {
            return new.to.clone();
        }
        self.within(path)
    }

    /// The new path of an old item whose type may have been renamed.
    fn within(&self, path: &str) -> String {
        let base = path_of(path);
        match self.paths.get(base) {
            Some(new) => format!("{}{}", new.to, &path[base.len()..]),
            None => path.to_owned(),
        }
    }

    /// Whether no type was renamed.
    pub(super) fn no_type(&self) -> bool {
        self.names.is_empty()
    }

    /// A signature with the new names of types.
    pub(super) fn text(&self, text: &str) -> String {
        each_word(text, |word| self.names.get(word).map(String::as_str))
    }

    /// The current name in requests of an argument of an old method or constructor.
    pub(super) fn argument<'n>(&'n self, path: &str, wire: &'n str) -> &'n str {
        new_name(self.arguments.get(path), wire)
    }

    /// Adds the methods of a security scheme that was renamed.
    fn scheme(&mut self, (old, new): (&Version<'_>, &Version<'_>), names: (&str, &str)) {
        let find = |version: &Version<'_>, name: &str| {
            let mut schemes = version.api.schemes.iter();
            let scheme = schemes.find(|scheme| scheme.wire == name)?;
            Some(scheme_paths(version.api.module.plain(), scheme))
        };
        let (old, new) = (find(old, names.0), find(new, names.1));
        let both = old.into_iter().flatten().zip(new.into_iter().flatten());
        for (at, (before, after)) in both.enumerate() {
            let workaround = if at == 0 {
                Workaround::OwnName
            } else {
                Workaround::Derived
            };
            self.add(before, after, workaround);
        }
    }

    fn add(&mut self, before: String, to: String, workaround: Workaround) {
        self.paths.insert(before, Rename { to, workaround });
    }

    fn ty(
        &mut self,
        (old, new): (&Version<'_>, &Version<'_>),
        (before, after): (&Type, &Type),
        properties: Option<&Names>,
    ) {
        let paths = (
            path(old.api.module.plain(), before),
            path(new.api.module.plain(), after),
        );
        if let (Kind::Record(one), Kind::Record(other)) = (&before.kind, &after.kind) {
            let by_wire: HashMap<&str, &Field> = other
                .fields
                .iter()
                .map(|field| (&*field.wire, field))
                .collect();
            for field in &one.fields {
                let same = by_wire.get(new_name(properties, &field.wire));
                if let Some(same) = same.filter(|same| same.name != field.name) {
                    for sign in [".", "::"] {
                        let before = format!("{}{sign}{}", paths.0, field.name);
                        let after = format!("{}{sign}{}", paths.1, same.name);
                        self.add(before, after, Workaround::OwnName);
                    }
                }
            }
            if let Some(properties) = properties {
                let constructor = format!("{}::new", paths.0);
                self.arguments.insert(constructor, properties.clone());
            }
        }
        if let (Kind::Enumeration(one), Kind::Enumeration(other)) = (&before.kind, &after.kind) {
            for variant in &one.variants {
                let mut same = other.variants.iter();
                if let Some(same) = same.find(|same| same.value == variant.value) {
                    let path = |path: &str, one: &Variant| format!("{path}::{}", one.name);
                    let (before, after) = (path(&paths.0, variant), path(&paths.1, same));
                    self.add(before, after, Workaround::Derived);
                }
            }
        }
        self.add(paths.0, paths.1, Workaround::FormerName);
    }

    fn operation(
        &mut self,
        versions: (&Version<'_>, &Version<'_>),
        (before, after): ((&Resource, &Operation), (&Resource, &Operation)),
        names: Option<&Names>,
    ) {
        let old = Paths::of(&versions.0.api, before.0, before.1);
        let new = Paths::of(&versions.1.api, after.0, after.1);
        // A former name would be added to the new resource, where programs that use the old one do not look for it.
        let workaround = if before.0.handle == after.0.handle {
            Workaround::FormerName
        } else {
            Workaround::Derived
        };
        if let Some(names) = names {
            self.arguments.insert(old.method.clone(), names.clone());
        }
        self.add(old.handle, new.handle, Workaround::Derived);
        self.add(old.accessor, new.accessor, Workaround::OwnName);
        self.add(old.examples, new.examples, Workaround::Derived);
        self.add(old.method, new.method, workaround);
        self.add(old.example, new.example, Workaround::Derived);
        if let (Some(call), Some(other)) = (&old.call, &new.call) {
            for input in &before.1.inputs {
                let wire = new_name(names, &input.wire);
                let is_same =
                    |other: &&Input| other.wire == wire && other.location == input.location;
                let same = after.1.inputs.iter().find(is_same);
                if let Some(same) = same.filter(|same| same.name != input.name) {
                    let (before, after) = (setter(call, input), setter(other, same));
                    self.add(before, after, Workaround::FormerName);
                }
            }
        }
        for both in [(old.call, new.call), (old.output, new.output)] {
            if let (Some(before), Some(after)) = both {
                self.add(before, after, Workaround::Derived);
            }
        }
    }
}

/// New names by old ones.
type Names = HashMap<String, String>;

/// The new name for an old name in requests.
fn new_name<'n>(names: Option<&'n Names>, wire: &'n str) -> &'n str {
    let new = names.and_then(|names| names.get(wire));
    new.map_or(wire, String::as_str)
}

/// The inputs of operations that were renamed, by the old labels: parameters, and properties of a body.
fn inputs(old: &Version<'_>, compared: &Compared) -> HashMap<String, Names> {
    let mut inputs = compared.renamed.parameters.clone();
    for operation in old.joined.document.operations() {
        let content = operation.body.iter().flat_map(|body| &body.content);
        for id in content.filter_map(|media| media.schema) {
            let id = meant(&old.joined, id);
            if let Some(names) = compared.renamed.properties.get(&id) {
                let own = inputs.entry(document_label(operation)).or_default();
                own.extend(names.clone());
            }
        }
    }
    inputs
}

/// The path of the variant of a server.
fn server(version: &Version<'_>, url: &str) -> Option<String> {
    let mut servers = version.api.servers.iter();
    let server = servers.find(|server| server.url == url)?;
    Some(server_path(version.api.module.plain(), server))
}

fn setter(call: &str, input: &Input) -> String {
    format!("{call}::{}", input.name)
}

/// The types by their schemas.
fn types<'v>(version: &'v Version<'_>) -> HashMap<crate::document::SchemaId, &'v Type> {
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
fn operations<'v>(version: &'v Version<'_>) -> Methods<'v> {
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
