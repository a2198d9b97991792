//! The verdict for Rust: the public items that differ between the two generated crates, and the change that each of
//! them belongs to.

mod meanings;
mod owners;
mod paths;
mod renames;
mod schemes;
mod sent;

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashSet;

use crate::document::SchemaId;
use crate::listing::{ItemKind, Listing, PublicItem};

use super::change::{Change, ItemChange, Part, Subject};
use super::compare::{Compared, Owned};
use super::rule;
use super::verdict::Rust;
use super::version::Version;
use owners::{Differs, Key, Owners};
use renames::{Rename, Renames, Workaround};

/// The public items of the generated module of a version.
pub(super) struct Items {
    listing: Listing,
    owners: Owners,
}

impl Items {
    pub(super) fn of(version: &Version<'_>) -> Self {
        Self {
            listing: Listing::of(&version.api),
            owners: Owners::of(version),
        }
    }
}

/// Sets the verdict for Rust of each change. Differing items that belong to no change become separate changes, such as
/// a type that is now sent, or a name that got a number.
pub(super) fn judge<'t>(
    (old, new): (&Version<'t>, &Version<'t>),
    (old_items, new_items): (Items, Items),
    compared: Compared,
) -> Vec<Change> {
    let listings = (&old_items.listing, &new_items.listing);
    let renames = Renames::of((old, new), listings.1, &compared);
    let mut changes = compared.changes;
    changes.extend(schemes::moved_methods(old, new, &compared.renamed));
    changes.extend(meanings::moved((old, new), &renames));
    changes.extend(sent::media_types((old, new), &new_items.owners, &renames));
    changes.extend(sent::paginations((old, new), &new_items.owners, &renames));
    changes.extend(sent::discriminator_values((old, new), &renames));
    let mut judge = Judge {
        old,
        new,
        listings,
        owners: (old_items.owners, new_items.owners),
        changes,
        unclaimed: BTreeMap::new(),
    };
    for (before, after) in renames.items() {
        judge.renamed(before, after);
    }
    let before = listings.0.items.iter();
    let before = before.map(|(path, item)| (renames.path(path), (path, item)));
    let before: BTreeMap<String, (&String, &PublicItem)> = before.collect();
    let same_names = renames.no_type() && listings.0.has_aliases_of(listings.1);
    for (path, (written, item)) in &before {
        let Some(other) = listings.1.items.get(path) else {
            let gone = line(written, item);
            judge.claim(
                Some(written.as_str()),
                Some(path),
                (Some(gone), None),
                Rust::Major,
            );
            continue;
        };
        let arguments = judge.owners.0.arguments(written).iter();
        let arguments = arguments.map(|wire| renames.argument(written, wire));
        let same_arguments = arguments.eq(judge.owners.1.arguments(path));
        if same_names && same_arguments && *item == other {
            continue;
        }
        let lines = || (Some(line(written, item)), Some(line(path, other)));
        let contract = renames.text(&listings.0.expanded(&item.contract));
        let other_contract = listings.1.expanded(&other.contract);
        // A former name that is the name of the same item again.
        let is_back = item.is_former
            && (other.kind == ItemKind::Variant
                || renames.text(&item.signature) == format!(" = {}", last(path)));
        if contract != other_contract && !is_back {
            judge.changed((written, path), lines(), (&contract, &other_contract));
        } else if item.deprecated != other.deprecated || is_back {
            judge.claim(Some(written.as_str()), Some(path), lines(), Rust::Minor);
        } else if !same_arguments {
            judge.same_types(written, path);
        }
    }
    for (path, item) in &listings.1.items {
        if !before.contains_key(path) {
            let rust = judge.added(path, item);
            judge.claim(Some(path), Some(path), (None, Some(line(path, item))), rust);
        }
    }
    judge.finish()
}

struct Judge<'v, 't> {
    old: &'v Version<'t>,
    new: &'v Version<'t>,
    listings: (&'v Listing, &'v Listing),
    owners: (Owners, Owners),
    changes: Vec<Owned>,
    /// Items that belong to no change, by the type or method that contains them.
    unclaimed: BTreeMap<String, Unclaimed>,
}

impl Judge<'_, '_> {
    /// The effect of an added item. A program that matches all variants of an enum, or writes all fields of a struct,
    /// no longer compiles, unless the type is `#[non_exhaustive]`.
    fn added(&self, path: &str, item: &PublicItem) -> Rust {
        let closed = |base: &str| {
            let base = self.listings.1.items.get(base);
            let old = base.is_some_and(|base| base.kind == ItemKind::Type { open: false });
            old && self.listings.0.items.contains_key(path_of(path))
        };
        match item.kind {
            ItemKind::Field | ItemKind::Variant if closed(path_of(path)) => Rust::Major,
            _ => Rust::Minor,
        }
    }

    /// Adds an item that was renamed.
    fn renamed(&mut self, before: &str, rename: &Rename) {
        let (after, name) = (&*rename.to, last(before));
        let own = format!("`x-rust-name: {name}` in the new description keeps the name");
        let (rust, help) = match rename.workaround {
            Workaround::Derived => (Rust::Major, None),
            Workaround::OwnName => (Rust::Major, Some(own)),
            Workaround::FormerName => {
                // A report formats everything between the first and the last backtick as code, so there are no
                // backticks here.
                let beside = "x-rust-former-name keeps it beside the new one";
                (Rust::Major, Some(format!("{own}, and {beside}")))
            }
            Workaround::Kept => (Rust::Minor, None),
        };
        let of =
            |listing: &Listing, path: &str| listing.items.get(path).map(|item| line(path, item));
        let items = (of(self.listings.0, before), of(self.listings.1, after));
        let claims = match rename.workaround {
            Workaround::Derived => Claims::Derived,
            _ => Claims::Names,
        };
        self.claim_with(Some(before), Some(after), items, rust, claims, help);
    }

    /// Adds an item whose signature changed.
    fn changed(
        &mut self,
        paths: (&str, &str),
        lines: (Option<String>, Option<String>),
        contracts: (&str, &str),
    ) {
        let (old, new) = (
            self.owners.0.method(self.old, paths.0),
            self.owners.1.method(self.new, paths.1),
        );
        let (Some(old), Some(new)) = (old, new) else {
            self.claim(Some(paths.0), Some(paths.1), lines, Rust::Major);
            return;
        };
        let split = |contract: &str| {
            let (arguments, value) = contract.split_once(") -> ").unwrap_or((contract, ""));
            (arguments.to_owned(), value.to_owned())
        };
        let (before, after) = (split(contracts.0), split(contracts.1));
        let call = old.call.is_some() != new.call.is_some();
        let differs = Differs {
            arguments: before.0 != after.0,
            call,
            value: before.1 != after.1 && !call,
        };
        let keys = (
            self.owners.0.of_method(self.old, paths.0, differs),
            self.owners.1.of_method(self.new, paths.1, differs),
        );
        let item = ItemChange {
            old: lines.0,
            new: lines.1,
            rust: Rust::Major,
        };
        self.give(item, &keys, paths.1, Claims::Signatures, None);
    }

    /// Adds a method or constructor whose inputs changed but not their types, so that programs still compile.
    fn same_types(&mut self, old: &str, new: &str) {
        let differs = Differs {
            arguments: true,
            call: false,
            value: false,
        };
        let mut keys = (self.owners.0.own(Some(old)), self.owners.1.own(Some(new)));
        if self.owners.0.method(self.old, old).is_some() {
            keys = (
                self.owners.0.of_method(self.old, old, differs),
                self.owners.1.of_method(self.new, new, differs),
            );
        }
        for at in self.claimants(&keys.0, &keys.1, Claims::Signatures) {
            let change = &mut self.changes[at].change;
            if change.rule.code == rule::PARAMETER_ORDER.code {
                change.rule = &rule::SAME_TYPE_PARAMETER_ORDER;
            }
            change.behaviour = change
                .behaviour
                .or(rule::SAME_TYPE_PARAMETER_ORDER.behaviour);
        }
    }

    fn claim(
        &mut self,
        old: Option<&str>,
        new: Option<&str>,
        lines: (Option<String>, Option<String>),
        rust: Rust,
    ) {
        self.claim_with(old, new, lines, rust, Claims::Signatures, None);
    }

    /// Assigns an item to every change that it belongs to.
    fn claim_with(
        &mut self,
        old: Option<&str>,
        new: Option<&str>,
        lines: (Option<String>, Option<String>),
        rust: Rust,
        claims: Claims,
        help: Option<String>,
    ) {
        let item = ItemChange {
            old: lines.0,
            new: lines.1,
            rust,
        };
        // If a whole method was added or removed, it belongs to the call and not only to its responses.
        let is_whole = item.old.is_none() || item.new.is_none();
        let mut keys = (self.owners.0.own(old), self.owners.1.own(new));
        let of_value = |keys: &[Key]| keys.iter().all(|key| matches!(key, Key::Response(_)));
        if is_whole && of_value(&keys.0) && of_value(&keys.1) {
            keys = (self.owners.0.of_type(old), self.owners.1.of_type(new));
        }
        let path = new.or(old).unwrap_or_default();
        self.give(item, &keys, path, claims, help);
    }

    /// Adds an item to the changes with one of these keys.
    fn give(
        &mut self,
        item: ItemChange,
        keys: &(Vec<Key>, Vec<Key>),
        path: &str,
        claims: Claims,
        help: Option<String>,
    ) {
        let mut found = self.claimants(&keys.0, &keys.1, claims);
        let sides = (item.old.is_some(), item.new.is_some());
        found.retain(|at| self.changes[*at].change.rule.fits(sides.0, sides.1));
        for at in &found {
            let change = &mut self.changes[*at].change;
            change.raise(item.rust);
            change.items.push(item.clone());
            if change.help.is_none() {
                change.help.clone_from(&help);
            }
        }
        if found.is_empty() {
            let subject = self.subject(keys);
            let unclaimed = self.unclaimed.entry(path_of(path).to_owned());
            let unclaimed = unclaimed.or_insert_with(|| Unclaimed {
                subject,
                items: Vec::new(),
                is_rename: claims != Claims::Signatures,
                help,
            });
            unclaimed.items.push(item);
        }
    }

    /// The changes that an item with these owners belongs to: those of the owners themselves, otherwise those of the
    /// parts that contain the owners.
    fn claimants(&self, old: &[Key], new: &[Key], claims: Claims) -> BTreeSet<usize> {
        let all = self.changes.iter().enumerate();
        let fits = |owned: &Owned| match claims {
            Claims::Signatures => owned.change.rule.changes_signatures(),
            Claims::Names | Claims::Derived => owned.change.rule.changes_names(),
        };
        let all: Vec<_> = all.filter(|(_, owned)| fits(owned)).collect();
        let mut keys = (old.to_vec(), new.to_vec());
        let mut known = (HashSet::new(), HashSet::new());
        loop {
            // Operations and schemas can contain each other, so each key is visited once.
            keys.0.retain(|key| known.0.insert(key.clone()));
            keys.1.retain(|key| known.1.insert(key.clone()));
            if keys.0.is_empty() && keys.1.is_empty() {
                return BTreeSet::new();
            }
            let has = |owned: &Owned| {
                keys.0.iter().any(|key| owned.has(key, true))
                    || keys.1.iter().any(|key| owned.has(key, false))
            };
            let found = all.iter().filter(|(_, owned)| has(owned));
            let found: BTreeSet<usize> = found.map(|(at, _)| *at).collect();
            if !found.is_empty() {
                return found;
            }
            keys = (
                self.owners.0.above(self.old, &keys.0),
                self.owners.1.above(self.new, &keys.1),
            );
            // The type of a call is named after its operation, but not after the schemas in the operation.
            let is_named_after = |key: &Key| match claims {
                Claims::Signatures => true,
                Claims::Names => false,
                Claims::Derived => matches!(key, Key::Operation(_)),
            };
            keys.0.retain(is_named_after);
            keys.1.retain(is_named_after);
        }
    }

    fn subject(&self, keys: &(Vec<Key>, Vec<Key>)) -> Subject {
        let of = |version: &Version<'_>, key: &Key| match key {
            Key::Schema(id) => version.places.subject(&version.joined.document, *id),
            Key::Operation(label)
            | Key::Whole(label)
            | Key::Input(label, _)
            | Key::Body(label, _)
            | Key::Header(label, _)
            | Key::Response(label) => Part::Operation(label.clone()).into(),
            Key::Part(part) => part.clone().into(),
            Key::Scheme(name) => Part::Scheme(name.clone()).into(),
            Key::Server(url) => Part::Server(url.clone()).into(),
        };
        let new = keys.1.first().map(|key| of(self.new, key));
        let old = || keys.0.first().map(|key| of(self.old, key));
        new.or_else(old).unwrap_or_else(|| Part::Api.into())
    }

    fn finish(self) -> Vec<Change> {
        let unclaimed = self.unclaimed.into_values().map(|unclaimed| {
            let rule = if unclaimed.is_rename {
                &rule::RUST_NAME_CHANGED
            } else {
                &rule::ITEMS_CHANGED
            };
            let worst = unclaimed.items.iter().map(|item| item.rust).max();
            Change {
                rust: worst.unwrap_or(Rust::Patch),
                items: unclaimed.items,
                help: unclaimed.help,
                ..Change::new(rule, unclaimed.subject)
            }
        });
        let unclaimed: Vec<Change> = unclaimed.collect();
        let changes = self.changes.into_iter().map(|owned| {
            let mut change = owned.change;
            // A closed enum has no `Unknown` for a new value.
            let is_closed =
                change.rule.code == rule::VALUES_ADDED.code && change.rust == Rust::Major;
            let of_received = [&rule::ALTERNATIVE_ADDED, &rule::DISCRIMINATOR_CHANGED];
            let of_received = of_received.map(|rule| rule.code);
            if is_closed || of_received.contains(&change.rule.code) && !change.directions.response {
                change.behaviour = None;
            }
            if change.rust == Rust::Major && change.help.is_none() {
                change.help = help_of_types(change.rule.code).map(str::to_owned);
            }
            change
        });
        changes.chain(unclaimed).collect()
    }
}

/// What to write so that a change of types concerns a program as little as possible.
fn help_of_types(code: &str) -> Option<&'static str> {
    if code == rule::PARAMETER_ADDED.code {
        Some(
            "do not name the type of the call: with its first optional input, it is a type of its own that has the setters",
        )
    } else if code == rule::SUCCESS_ADDED.code {
        Some(
            "match on the output: responses that differ are an enum, so that a program knows which one came",
        )
    } else {
        None
    }
}

/// The items of one type or method that belong to no change.
struct Unclaimed {
    subject: Subject,
    items: Vec<ItemChange>,
    is_rename: bool,
    /// How to keep the name, if that is what changed.
    help: Option<String>,
}

/// The changes that an item can belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claims {
    /// Changes that affect signatures.
    Signatures,
    /// Changes of a name.
    Names,
    /// Changes of the name, or of the name that it is derived from.
    Derived,
}

impl Owned {
    /// Whether the change is about the part with this key, in the old description or in the new one.
    fn has(&self, key: &Key, is_old: bool) -> bool {
        let labels = if is_old {
            &self.labels.0
        } else {
            &self.labels.1
        };
        let is_used = |label: &String| labels.contains(label) || self.change.users.contains(label);
        let property = &self.change.subject.property;
        match (key, &self.change.subject.part) {
            (Key::Schema(id), _) => {
                let ids: &BTreeSet<SchemaId> = if is_old { &self.ids.0 } else { &self.ids.1 };
                ids.contains(id)
            }
            (Key::Operation(label), _) | (Key::Whole(label), Part::Operation(_)) => {
                labels.contains(label)
            }
            (Key::Input(label, wire), Part::Parameter { name, .. }) => {
                name == wire && is_used(label)
            }
            (Key::Body(label, wire), Part::Body { .. }) => {
                is_used(label) && (property.is_empty() || property == wire)
            }
            (Key::Response(label), Part::Response { .. }) => {
                is_used(label) && !self.change.rule.is_of_error()
            }
            (Key::Header(label, wire), Part::Header { name, .. }) => {
                is_used(label) && name.eq_ignore_ascii_case(wire)
            }
            (Key::Part(part), own) => part.is_within(own),
            (Key::Scheme(wire), Part::Scheme(name)) => name == wire,
            (Key::Server(own), Part::Server(url)) => {
                own == url || (is_old && self.change.from.as_ref() == Some(own))
            }
            _ => false,
        }
    }
}

/// An item as a line, without the module of the API.
fn line(path: &str, item: &PublicItem) -> String {
    item.line(path.split_once("::").map_or(path, |(_, rest)| rest))
}

/// The last name of a path.
fn last(path: &str) -> &str {
    path.rsplit([':', '.']).next().unwrap_or(path)
}

/// The type or function that contains an item: `museum::types::Pet.name` is part of `museum::types::Pet`.
fn path_of(path: &str) -> &str {
    let item = path.find(|sign: char| sign.is_ascii_uppercase());
    let Some(start) = item else { return path };
    let end = path[start..].find(['.', ':']);
    end.map_or(path, |end| &path[..start + end])
}
