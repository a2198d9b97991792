//! Which schemas allow null, in every spelling. Computed for all schemas at once, because the result is needed for each
//! one.

use crate::document::{Document, Schema, SchemaId};
use crate::lower::schema::compose::same::{is_null, only_allows_null, says_nothing_of_null};
use crate::source::Value;

/// Whether each schema of a document allows null.
#[derive(Debug)]
pub(crate) struct Nullable(Vec<bool>);

/// A schema that may allow null because another schema does.
#[derive(Clone, Copy)]
struct User {
    schema: usize,
    part: Part,
}

/// The role of the other schema in it.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// An alternative, or the target of its reference.
    Alternative,
    /// A branch of its `allOf` that has to allow null as well.
    Branch,
    /// A branch of its `allOf` that does not decide whether null is allowed.
    Open,
}

impl Nullable {
    /// Computes which schemas allow null: starts with those that allow it themselves, and goes on to those that refer
    /// to them.
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let (users, mut missing) = users(document);
        let own = document.schemas.iter().zip(0..);
        let own = own.map(|(schema, index)| allows_null(document, schema, SchemaId(index)));
        let mut known: Vec<bool> = own.collect();
        let mut open: Vec<usize> = (0..known.len()).filter(|&index| known[index]).collect();
        while let Some(index) = open.pop() {
            for user in &users[index] {
                missing[user.schema] -= usize::from(user.part == Part::Branch);
                let waits = user.part != Part::Alternative && missing[user.schema] > 0;
                if !waits && !std::mem::replace(&mut known[user.schema], true) {
                    open.push(user.schema);
                }
            }
        }
        Self(known)
    }

    /// Adds a schema whose parts are known already.
    pub(crate) fn add(&mut self, document: &Document<'_>, id: SchemaId) {
        let schema = document.schema(id);
        let parts = parts(document, schema, id);
        let allows = |part: Part| {
            let mut parts = parts.iter().filter(|(_, own)| *own == part);
            parts.any(|&(id, _)| self.has(id))
        };
        let mut branches = parts.iter().filter(|(_, part)| *part == Part::Branch);
        let all_allow = branches.all(|&(id, _)| self.has(id));
        let any_allows = allows(Part::Branch) || allows(Part::Open);
        let nullable = allows_null(document, schema, id)
            || allows(Part::Alternative)
            || (all_allow && any_allows);
        self.0.push(nullable);
    }

    /// Lets this schema allow null, but not the schemas that it refers to.
    pub(crate) fn allow(&mut self, id: SchemaId) {
        self.0[id.0 as usize] = true;
    }

    pub(crate) fn has(&self, id: SchemaId) -> bool {
        self.0[id.0 as usize]
    }
}

/// For each schema, those that refer to it, and how many of its own branches have to allow null.
fn users(document: &Document<'_>) -> (Vec<Vec<User>>, Vec<usize>) {
    let mut users = vec![Vec::new(); document.schemas.len()];
    let mut missing = vec![0; document.schemas.len()];
    for (index, schema) in document.schemas.iter().enumerate() {
        let id = SchemaId::at(index);
        for (other, part) in parts(document, schema, id) {
            missing[index] += usize::from(part == Part::Branch);
            users[other.0 as usize].push(User {
                schema: index,
                part,
            });
        }
    }
    (users, missing)
}

/// The schemas on which it depends whether a schema allows null.
fn parts(document: &Document<'_>, schema: &Schema<'_>, id: SchemaId) -> Vec<(SchemaId, Part)> {
    let is_joint = document.leaves.contains_key(&id);
    let alternatives = schema.one_of.iter().chain(&schema.any_of).copied();
    let target = schema.reference.filter(|_| schema.types.is_empty());
    let alternatives = alternatives.chain(target.map(|(target, _)| target));
    let branches = schema.all_of.iter().map(|&branch| {
        let part = if says_nothing_of_null(document.schema(branch), is_joint) {
            Part::Open
        } else {
            Part::Branch
        };
        (branch, part)
    });
    let alternatives = alternatives.map(|id| (id, Part::Alternative));
    alternatives.chain(branches).collect()
}

/// Whether a schema says itself that null is allowed.
fn allows_null(document: &Document<'_>, schema: &Schema<'_>, id: SchemaId) -> bool {
    let mut values = schema.enumeration.iter().flatten();
    let idiom = |id: &SchemaId| only_allows_null(document.schema(*id));
    schema.nullable
        || is_null(document, id)
        || values.any(|value| value.value == Value::Null)
        || schema.all_of.iter().any(idiom)
}
