//! The similarity of two parts of a description, as the Sørensen–Dice coefficient of their values.

use std::hash::{DefaultHasher, Hash, Hasher};

use hashbrown::HashSet;
use heck::ToSnakeCase;

use crate::source::{Node, Value};

/// The features of a part of a description.
#[derive(Debug, Default)]
pub(super) struct Features {
    /// The hash of each scalar with the path to it.
    shape: HashSet<u64>,
    /// Further features: words of its name, its position.
    hints: HashSet<u64>,
}

/// Keys whose values are names, which a rename changes as well.
const NAMES: [&str; 6] = [
    "operationId",
    "summary",
    "tags",
    "title",
    "x-rust-name",
    "x-rust-former-name",
];

impl Features {
    /// The features of a node without its names.
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

    /// Adds a further feature.
    pub(super) fn hint(mut self, hint: impl Hash) -> Self {
        self.hints.insert(hash(&hint));
        self
    }

    /// Adds the words of its name as features.
    pub(super) fn name(mut self, name: &str) -> Self {
        let words = name.to_snake_case();
        self.hints.extend(words.split('_').map(|word| hash(&word)));
        self
    }

    /// The similarity of all features, in percent.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let shape = common(&self.shape, &other.shape);
        let hints = common(&self.hints, &other.hints);
        percent((shape.0 + hints.0, shape.1 + hints.1))
    }

    /// The similarity of the values in percent, without the hints.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is at most 100"
    )]
    pub(super) fn similarity(&self, other: &Self) -> u8 {
        percent(common(&self.shape, &other.shape)).floor() as u8
    }
}

/// The size of the intersection, and the sum of both sizes.
fn common(one: &HashSet<u64>, other: &HashSet<u64>) -> (usize, usize) {
    let common = one.intersection(other).count();
    (common, one.len() + other.len())
}

/// The Sørensen–Dice coefficient in percent: twice the size of the intersection, divided by the sum of both sizes.
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
