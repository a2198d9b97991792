//! Compares two descriptions.

use std::collections::BTreeSet;

use hashbrown::{HashMap, HashSet};

use crate::document::{Document, Operation, PathItem, SchemaId};
use crate::lower::Joined;
use crate::source::Span;

use super::change::{Change, Directions, Part, Subject};
use super::found::{Found, FoundIn, Renamed};
use super::likeness::Features;
use super::matched::Matched;
use super::operation::{self, shape_of};
use super::pairs::{Pairs, Sides};
use super::place::{Places, label};
use super::rule;
use super::schema;
use super::security::{self, of_part};
use super::used;
use super::verdict::Rule;
use super::view::{View, with_leaves};

/// The result of a comparison.
pub(super) struct Compared {
    /// The changes, in the order in which they were found.
    pub changes: Vec<Owned>,
    /// The schemas that were compared.
    pub pairs: Vec<(SchemaId, SchemaId)>,
    /// The labels of the operations that were compared.
    pub operations: Vec<(String, String)>,
    pub renamed: Renamed,
}

/// The minimum similarity of two operations, or of two named schemas, for a rename, in percent.
const OPERATION: u8 = 75;
const SCHEMA: u8 = 75;

/// A change, with its subject in the old and in the new description.
pub(super) struct Owned {
    pub change: Change,
    pub ids: (BTreeSet<SchemaId>, BTreeSet<SchemaId>),
    /// The labels of the operations that the change is about; empty for a change of a schema.
    pub labels: (BTreeSet<String>, BTreeSet<String>),
}

impl Owned {
    /// A change without schemas and operations of its own.
    pub(super) fn new(change: Change) -> Self {
        Self {
            change,
            ids: (BTreeSet::new(), BTreeSet::new()),
            labels: (BTreeSet::new(), BTreeSet::new()),
        }
    }
}

/// The changes from one description to another.
pub(super) fn compare<'t>(
    (old, new): (&Joined<'t>, &Joined<'t>),
    places: (&Places<'_>, &Places<'_>),
) -> Compared {
    let mut walk = Walk {
        sides: Sides { old, new },
        pairs: Pairs::default(),
        found: Vec::new(),
        users: Vec::new(),
        only: (HashSet::new(), HashSet::new()),
        renamed: Renamed::default(),
    };
    walk.api();
    let webhooks = (&*old.document.webhooks, &*new.document.webhooks);
    walk.operations((&old.document.paths, &new.document.paths), false);
    walk.operations(webhooks, true);
    walk.schemas();
    walk.pairs.spread();
    walk.changes(places)
}

struct Walk<'s, 't> {
    sides: Sides<'s, 't>,
    pairs: Pairs,
    found: Vec<Found>,
    /// The labels of the operations of both descriptions.
    users: Vec<(String, String)>,
    /// The names of the named schemas that only one of the descriptions has.
    only: (HashSet<&'s str>, HashSet<&'s str>),
    renamed: Renamed,
}

impl<'s, 't> Walk<'s, 't> {
    fn api(&mut self) {
        let (old, new) = (&self.sides.old.document, &self.sides.new.document);
        self.renamed.schemes = security::schemes(old, new, &mut self.found);
        self.renamed.servers = security::servers(old, new, &mut self.found);
        let texts = |document: &Document<'t>| {
            let info = &document.info;
            let version = info.version.map(|version| version.text);
            let title = info.title.map(|title| title.text);
            let tags = document.tags.iter();
            let tags: Vec<_> = tags.map(|tag| (tag.name.text, tag.description)).collect();
            (title, version, info.description, tags)
        };
        if texts(old) != texts(new) {
            let spans = (
                old.info.title.map(|text| text.span),
                new.info.title.map(|text| text.span),
            );
            let found = of_part(&rule::DOCS_CHANGED, Part::Api, spans, (None, None));
            self.found.push(found);
        }
    }

    /// Compares the operations that are in both lists, and records the others as added or removed.
    fn operations(&mut self, paths: (&'s [PathItem<'t>], &'s [PathItem<'t>]), is_received: bool) {
        let mut matched = matched(paths.0, paths.1);
        let alike = matched.take_alike(OPERATION, features, features, |old, new| {
            old.method == new.method && !old.deprecated && !new.deprecated
        });
        for operation in matched.gone {
            let rule = match (is_received, operation.deprecated) {
                (true, _) => &rule::WEBHOOK_REMOVED,
                (false, true) => &rule::DEPRECATED_OPERATION_REMOVED,
                (false, false) => &rule::OPERATION_REMOVED,
            };
            self.whole(rule, operation, (Some(operation.span), None), is_received);
        }
        for operation in matched.come {
            let rule = if is_received {
                &rule::WEBHOOK_ADDED
            } else {
                &rule::OPERATION_ADDED
            };
            self.whole(rule, operation, (None, Some(operation.span)), is_received);
        }
        let both = matched.both.into_iter().map(|(old, new)| (old, new, None));
        let alike = alike.into_iter();
        let alike = alike.map(|(old, new, similarity)| (old, new, Some(similarity)));
        for (old, new, similarity) in both.chain(alike) {
            let user = self.users.len();
            self.users.push((label(old), label(new)));
            operation::Comparison {
                sides: self.sides,
                pairs: &mut self.pairs,
                found: &mut self.found,
                old,
                new,
                user,
                is_received,
                renamed: &mut self.renamed,
            }
            .run(similarity);
            if !(old.callbacks.is_empty() && new.callbacks.is_empty()) {
                self.operations((&old.callbacks, &new.callbacks), !is_received);
            }
        }
    }

    /// Records that an operation was added or removed.
    fn whole(
        &mut self,
        rule: &'static Rule,
        operation: &Operation<'t>,
        spans: (Option<Span>, Option<Span>),
        is_received: bool,
    ) {
        let part = Part::Operation(label(operation));
        let mut found = of_part(rule, part.clone(), spans, (None, None));
        if is_received {
            found.of = FoundIn::Part(part.into(), None, Directions::RESPONSE);
        }
        self.found.push(found);
    }

    /// Compares the named schemas, used or not, and all schemas that operations use.
    fn schemas(&mut self) {
        let Sides { old, new } = self.sides;
        let named = |side: &'s Joined<'t>| side.document.named_schemas();
        let mut matched = Matched::of(named(old), named(new)).by(|(name, _)| name);
        let texts = |list: &[(&'s str, SchemaId)]| list.iter().map(|(name, _)| *name).collect();
        self.only = (texts(&matched.gone), texts(&matched.come));
        for ((_, old), (_, new)) in std::mem::take(&mut matched.both) {
            self.pair(old, new);
        }
        self.compare_pairs();
        // A schema that replaces another one in use is the same schema with a new name.
        let is_renamed = |found: &&Found| found.rule.code == rule::SCHEMA_RENAMED.code;
        let renamed = self.found.iter().filter(is_renamed);
        let texts = renamed.flat_map(|found| [found.texts.0.clone(), found.texts.1.clone()]);
        let renamed: HashSet<String> = texts.flatten().collect();
        matched.gone.retain(|(name, _)| !renamed.contains(*name));
        matched.come.retain(|(name, _)| !renamed.contains(*name));
        let features = |side: &'s Joined<'t>| {
            move |(name, id): (&str, SchemaId)| {
                let node = side.document.schema(id).node;
                node.map(Features::of).unwrap_or_default().name(name)
            }
        };
        for ((_, old), (_, new), _) in
            matched.take_alike(SCHEMA, features(old), features(new), |_, _| true)
        {
            self.pair(old, new);
        }
        self.compare_pairs();
        for (name, id) in matched.gone {
            let spans = (old.document.schema(id).mark, None);
            self.schema(&rule::SCHEMA_REMOVED, name, spans);
        }
        for (name, id) in matched.come {
            let spans = (None, new.document.schema(id).mark);
            self.schema(&rule::SCHEMA_ADDED, name, spans);
        }
    }

    fn pair(&mut self, old: SchemaId, new: SchemaId) {
        let pair = self.pairs.pair(self.sides, old, new);
        used::compare(self.sides, pair, (old, new), &mut self.found);
    }

    /// Records that a named schema was added or removed.
    fn schema(&mut self, rule: &'static Rule, name: &str, spans: (Option<Span>, Option<Span>)) {
        let part = Part::Schema(name.to_owned());
        let found = of_part(rule, part, spans, (None, None));
        self.found.push(found);
    }

    /// Compares the pairs of schemas that were not compared yet. Comparing a pair may add more of them.
    fn compare_pairs(&mut self) {
        while let Some((id, old, new)) = self.pairs.next() {
            let (old, new) = View::both((self.sides.old, self.sides.new), (old, new));
            schema::Comparison {
                sides: self.sides,
                pairs: &mut self.pairs,
                id,
                old,
                new,
                found: &mut self.found,
                only: (&self.only.0, &self.only.1),
                renamed: &mut self.renamed,
            }
            .run();
        }
    }

    /// Merges what was found into changes without duplicates.
    fn changes(mut self, places: (&Places<'_>, &Places<'_>)) -> Compared {
        let found = std::mem::take(&mut self.found);
        let mut changes: Vec<(Owned, BTreeSet<usize>)> = Vec::new();
        let mut known = HashMap::new();
        for mut found in found {
            let (directions, users) = self.reach(&found);
            let subject = self.subject(places, &found);
            let of_parameter =
                matches!(subject.part, Part::Parameter { .. }) && subject.property.is_empty();
            if of_parameter && found.rule.code == rule::DEFAULT_CHANGED.code {
                found.rule = &rule::PARAMETER_DEFAULT;
            }
            // A change of a part that several operations share is reported once, though each operation has its own name
            // for the part.
            let shared = matches!(found.of, FoundIn::Pair(_)) || found.spans.1.is_some();
            let own = (!shared).then(|| subject.clone());
            let key = (found.rule.code, found.spans, found.texts.clone(), own);
            let at = *known.entry(key).or_insert(changes.len());
            if let Some((known, users_before)) = changes.get_mut(at)
                && users.iter().any(|user| !users_before.contains(user))
                && matches!(found.of, FoundIn::Part(..))
            {
                known.change.subject.part.share();
            }
            if at == changes.len() {
                changes.push((owned(&found, subject), BTreeSet::new()));
            }
            let (owned, known_users) = &mut changes[at];
            owned.change.directions = owned.change.directions.or(directions);
            known_users.extend(users);
            self.own(places, owned, &found);
        }
        let with_users = changes.into_iter().map(|(mut owned, users)| {
            let users = users.into_iter().map(|at| self.users[at].1.clone());
            owned.change.users = users.collect();
            // An operation that was added or removed has no counterpart.
            if let (Part::Operation(label), []) = (&owned.change.subject.part, &*owned.change.users)
            {
                owned.change.users = vec![label.clone()];
            }
            owned
        });
        Compared {
            changes: with_users.collect(),
            pairs: self.pairs.schemas().collect(),
            operations: self.users,
            renamed: self.renamed,
        }
    }

    /// Records the schemas and operations that a change is about.
    fn own(&self, places: (&Places<'_>, &Places<'_>), owned: &mut Owned, found: &Found) {
        let Sides { old, new } = self.sides;
        match &found.of {
            FoundIn::Pair(id) => {
                let whole = self.pairs.schemas_of(*id);
                let mut ids = (Vec::new(), Vec::new());
                if let Some(property) = found.property {
                    ids.0.extend(property.0);
                    ids.1.extend(property.1);
                } else {
                    ids.0.extend(with_leaves(old, whole.0));
                    ids.1.extend(with_leaves(new, whole.1));
                }
                let holders = (
                    ids.0.iter().flat_map(|id| places.0.holders(*id)),
                    ids.1.iter().flat_map(|id| places.1.holders(*id)),
                );
                owned.ids.0.extend(holders.0);
                owned.ids.1.extend(holders.1);
                owned.ids.0.extend(ids.0);
                owned.ids.1.extend(ids.1);
                let operation = owned.change.subject.part.operation().map(str::to_owned);
                owned.labels.0.extend(operation.clone());
                owned.labels.1.extend(operation);
            }
            FoundIn::Part(subject, user, _) => {
                let both = user.map(|user| self.users[user].clone());
                let alone = || {
                    subject
                        .part
                        .operation()
                        .map(|own| (own.to_owned(), own.to_owned()))
                };
                if let Some((before, after)) = both.or_else(alone) {
                    owned.labels.0.insert(before);
                    owned.labels.1.insert(after);
                }
                if let Part::Schema(name) = &subject.part {
                    let named = |side: &Joined<'t>| {
                        let mut all = side.document.named_schemas();
                        all.find(|(own, _)| own == name).map(|(_, id)| id)
                    };
                    owned.ids.0.extend(named(old));
                    owned.ids.1.extend(named(new));
                }
            }
        }
    }

    /// The directions in which a changed value is transferred, and the operations that use it.
    fn reach(&self, found: &Found) -> (Directions, BTreeSet<usize>) {
        match &found.of {
            FoundIn::Pair(id) => {
                let directions = self.pairs.directions(*id).and(found.allowed);
                (directions, self.pairs.users(*id))
            }
            FoundIn::Part(_, user, directions) => (*directions, user.iter().copied().collect()),
        }
    }

    fn subject(&self, places: (&Places<'_>, &Places<'_>), found: &Found) -> Subject {
        let (old, new) = (&self.sides.old.document, &self.sides.new.document);
        match (&found.of, found.property) {
            (FoundIn::Part(subject, ..), _) => subject.clone(),
            (FoundIn::Pair(_), Some((_, Some(id)))) => places.1.subject(new, id),
            (FoundIn::Pair(_), Some((Some(id), None))) => places.0.subject(old, id),
            (FoundIn::Pair(id), _) => places.1.subject(new, self.pairs.schemas_of(*id).1),
        }
    }
}

/// Pairs the operations of both lists: by method and path, by the path with other parameter names, by `operationId`,
/// and finally by similarity.
fn matched<'s, 't>(old: &'s [PathItem<'t>], new: &'s [PathItem<'t>]) -> Matched<&'s Operation<'t>> {
    let all = |paths: &'s [PathItem<'t>]| paths.iter().flat_map(|path| &path.operations);
    let id = |operation: &'s Operation<'t>| operation.id.map(|id| id.text);
    let matched = Matched::of(all(old), all(new));
    let matched = matched
        .by(label)
        .by(|operation| shape_of(&label(operation)));
    matched.by_each(id, id)
}

/// The features by which an operation is recognized although its path and its `operationId` changed.
fn features(operation: &Operation<'_>) -> Features {
    let segments = operation.path.text.split('/');
    let segments = segments.filter(|segment| !segment.is_empty());
    let features = Features::of(operation.node).hint(operation.method);
    segments.fold(features, Features::hint)
}

/// The change for something that was found.
fn owned(found: &Found, subject: Subject) -> Owned {
    let change = Change {
        from: found.texts.0.clone(),
        to: found.texts.1.clone(),
        old: found.spans.0.or(found.near.0),
        new: found.spans.1.or(found.near.1),
        similarity: found.similarity,
        ..Change::new(found.rule, subject)
    };
    Owned::new(change)
}
