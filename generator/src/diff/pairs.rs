//! The pairs of schemas to compare. Each is compared once, however many operations use it.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use crate::document::SchemaId;
use crate::lower::Joined;

use super::change::Directions;
use super::view::meant;

/// Both sides of a comparison.
#[derive(Clone, Copy)]
pub(super) struct Sides<'s, 't> {
    pub old: &'s Joined<'t>,
    pub new: &'s Joined<'t>,
}

/// Index into [`Pairs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PairId(usize);

/// An old schema and its new counterpart.
#[derive(Debug)]
struct Pair {
    old: SchemaId,
    new: SchemaId,
    directions: Directions,
    /// The positions of the operations that use it directly.
    users: BTreeSet<usize>,
    /// The pairs that contain it, and the directions in which they do.
    parents: Vec<PairId>,
    children: Vec<(PairId, Directions)>,
    /// Whether its values are parts of a multipart body, in which bytes are sent as a file.
    is_part_of_form: bool,
}

/// All pairs, in the order in which they were found.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    list: Vec<Pair>,
    known: HashMap<(SchemaId, SchemaId), PairId>,
    /// The number of pairs that were compared.
    compared: usize,
}

impl Pairs {
    /// The pair of two schemas, after following references.
    pub(super) fn pair(&mut self, sides: Sides<'_, '_>, old: SchemaId, new: SchemaId) -> PairId {
        let (old, new) = (meant(sides.old, old), meant(sides.new, new));
        let next = PairId(self.list.len());
        let id = *self.known.entry((old, new)).or_insert(next);
        if id == next {
            self.list.push(Pair {
                old,
                new,
                directions: Directions::default(),
                users: BTreeSet::new(),
                parents: Vec::new(),
                children: Vec::new(),
                is_part_of_form: false,
            });
        }
        id
    }

    /// Records that an operation uses a pair.
    pub(super) fn used(&mut self, id: PairId, user: Option<usize>, directions: Directions) {
        let pair = &mut self.list[id.0];
        pair.users.extend(user);
        pair.directions = pair.directions.or(directions);
    }

    /// Records that a pair is part of another one, for values of these directions.
    pub(super) fn part(&mut self, parent: PairId, child: PairId, directions: Directions) {
        self.list[child.0].parents.push(parent);
        self.list[parent.0].children.push((child, directions));
    }

    /// Records that the values of a pair are parts of a multipart body.
    pub(super) fn set_part_of_form(&mut self, id: PairId) {
        self.list[id.0].is_part_of_form = true;
    }

    pub(super) fn is_part_of_form(&self, id: PairId) -> bool {
        self.list[id.0].is_part_of_form
    }

    /// The next pair to compare, if there is one.
    pub(super) fn next(&mut self) -> Option<(PairId, SchemaId, SchemaId)> {
        let pair = self.list.get(self.compared)?;
        let id = PairId(self.compared);
        self.compared += 1;
        Some((id, pair.old, pair.new))
    }

    /// The two schemas of a pair.
    pub(super) fn schemas_of(&self, id: PairId) -> (SchemaId, SchemaId) {
        (self.list[id.0].old, self.list[id.0].new)
    }

    /// All pairs of schemas.
    pub(super) fn schemas(&self) -> impl Iterator<Item = (SchemaId, SchemaId)> {
        self.list.iter().map(|pair| (pair.old, pair.new))
    }

    /// Propagates the directions from the pairs that operations use directly to all parts of these.
    pub(super) fn spread(&mut self) {
        let mut open: Vec<usize> = (0..self.list.len()).collect();
        while let Some(at) = open.pop() {
            let directions = self.list[at].directions;
            for (child, allowed) in self.list[at].children.clone() {
                let child_pair = &mut self.list[child.0];
                let reached = child_pair.directions.or(directions.and(allowed));
                if reached != child_pair.directions {
                    child_pair.directions = reached;
                    open.push(child.0);
                }
            }
        }
    }

    pub(super) fn directions(&self, id: PairId) -> Directions {
        self.list[id.0].directions
    }

    /// The operations that use a pair, directly or not.
    pub(super) fn users(&self, id: PairId) -> BTreeSet<usize> {
        let mut users = BTreeSet::new();
        let mut known = BTreeSet::from([id]);
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            let pair = &self.list[id.0];
            users.extend(&pair.users);
            open.extend(pair.parents.iter().filter(|parent| known.insert(**parent)));
        }
        users
    }
}
