//! How much two parts of a description have in common.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use heck::ToSnakeCase;

use crate::source::{Node, Value};

/// What describes a part of a description.
#[derive(Debug, Default)]
pub(super) struct Features {
    /// The hash of each value with the keys that lead to it.
    shape: HashSet<u64>,
    /// What else tells that it is the same: words of its name, its position.
    hints: HashSet<u64>,
}

/// Keys whose texts are names, so that a rename changes them too.
const NAMES: [&str; 6] = [
    "operationId",
    "summary",
    "tags",
    "title",
    "x-rust-name",
    "x-rust-former-name",
];

impl Features {
    /// What a node says, but for names.
    pub(super) fn of(node: &Node) -> Self {
        let mut shape = HashSet::new();
        let mut open = vec![(0, node)];
        while let Some((path, node)) = open.pop() {
            match &node.value {
                Value::Map(members) if !members.is_empty() => {
                    let members = members.iter().filter(|member| {
                        let is_name = NAMES.contains(&&*member.key.text);
                        !is_name || matches!(member.value.value, Value::Map(_))
                    });
                    let below = members.map(|one| (hash(&(path, &one.key.text)), &one.value));
                    open.extend(below);
                }
                Value::List(elements) if !elements.is_empty() => {
                    let path = hash(&(path, "[]"));
                    open.extend(elements.iter().map(|element| (path, element)));
                }
                _ => {
                    shape.insert(hash(&(path, node.as_scalar())));
                }
            }
        }
        let hints = HashSet::new();
        Self { shape, hints }
    }

    /// Adds what else tells that it is the same.
    pub(super) fn hint(mut self, hint: impl Hash) -> Self {
        self.hints.insert(hash(&hint));
        self
    }

    /// Adds the words of its name.
    pub(super) fn name(mut self, name: &str) -> Self {
        let words = name.to_snake_case();
        self.hints.extend(words.split('_').map(|word| hash(&word)));
        self
    }

    /// How many percent of all are the same.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let shape = common(&self.shape, &other.shape);
        let hints = common(&self.hints, &other.hints);
        percent((shape.0 + hints.0, shape.1 + hints.1))
    }

    /// How many percent of the values are the same, without the name.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is at most 100"
    )]
    pub(super) fn similarity(&self, other: &Self) -> u8 {
        percent(common(&self.shape, &other.shape)).floor() as u8
    }
}

/// How many there are in both, and in each of them, together.
fn common(one: &HashSet<u64>, other: &HashSet<u64>) -> (usize, usize) {
    let common = one.intersection(other).count();
    (common, one.len() + other.len())
}

/// Twice the common part of two sets in the sum of their sizes, which is 100 for equal ones.
#[expect(
    clippy::cast_precision_loss,
    reason = "no description has so many values"
)]
fn percent((common, all): (usize, usize)) -> f64 {
    200.0 * common as f64 / all.max(1) as f64
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
