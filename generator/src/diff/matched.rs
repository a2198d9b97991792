//! Pairs the items of two lists, by equal keys or by similarity.

use std::collections::VecDeque;
use std::hash::Hash;

use hashbrown::{HashMap, HashSet};

use super::likeness::Features;

/// The items of two lists: the pairs, those only in the old list, and those only in the new one.
#[derive(Debug)]
pub(super) struct Matched<T> {
    pub both: Vec<(T, T)>,
    pub gone: Vec<T>,
    pub come: Vec<T>,
}

/// The maximum number of pairs whose similarity is computed. If two lists have even less in common, they describe
/// different things, and similar items would be a coincidence.
const MOST_PAIRS: usize = 10_000;

impl<T: Copy> Matched<T> {
    /// Two lists without any pairs.
    pub(super) fn of(old: impl IntoIterator<Item = T>, new: impl IntoIterator<Item = T>) -> Self {
        Self {
            both: Vec::new(),
            gone: old.into_iter().collect(),
            come: new.into_iter().collect(),
        }
    }

    /// Pairs the remaining items with equal keys, in their order.
    pub(super) fn by<K: Eq + Hash>(self, key: impl Fn(T) -> K) -> Self {
        self.by_each(|one| Some(key(one)), |one| Some(key(one)))
    }

    /// The same with a separate key function for each list. An item without a key is not paired.
    pub(super) fn by_each<K: Eq + Hash>(
        mut self,
        old_key: impl Fn(T) -> Option<K>,
        new_key: impl Fn(T) -> Option<K>,
    ) -> Self {
        let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (at, one) in self.come.iter().enumerate() {
            if let Some(key) = new_key(*one) {
                by_key.entry(key).or_default().push_back(at);
            }
        }
        let mut taken = HashSet::new();
        self.gone.retain(|one| {
            let partner = old_key(*one).and_then(|key| by_key.get_mut(&key)?.pop_front());
            if let Some(at) = partner {
                taken.insert(at);
                self.both.push((*one, self.come[at]));
            }
            partner.is_none()
        });
        remove(&mut self.come, &taken);
        self
    }

    /// Removes and returns the remaining items that are similar: at least this similarity in percent, and no other
    /// candidate as similar. Each pair is returned with its similarity.
    pub(super) fn take_alike(
        &mut self,
        least: u8,
        old_features: impl Fn(T) -> Features,
        new_features: impl Fn(T) -> Features,
        may_be: impl Fn(T, T) -> bool,
    ) -> Vec<(T, T, u8)> {
        if self.gone.len().saturating_mul(self.come.len()) > MOST_PAIRS {
            return Vec::new();
        }
        let old: Vec<Features> = self.gone.iter().map(|one| old_features(*one)).collect();
        let new: Vec<Features> = self.come.iter().map(|one| new_features(*one)).collect();
        let mut near = Vec::new();
        for (before, one) in old.iter().enumerate() {
            for (after, other) in new.iter().enumerate() {
                let likeness = one.likeness(other);
                if likeness >= f64::from(least) && may_be(self.gone[before], self.come[after]) {
                    near.push((likeness, before, after));
                }
            }
        }
        let pairs = unambiguous(near).into_iter();
        let pairs: Vec<(usize, usize)> = pairs.collect();
        let alike = pairs.iter().map(|&(before, after)| {
            let similarity = old[before].similarity(&new[after]);
            (self.gone[before], self.come[after], similarity)
        });
        let alike = alike.collect();
        remove(&mut self.gone, &pairs.iter().map(|pair| pair.0).collect());
        remove(&mut self.come, &pairs.iter().map(|pair| pair.1).collect());
        alike
    }
}

/// Greedy matching by descending similarity. An item with two candidates of the same similarity is not paired.
fn unambiguous(mut near: Vec<(f64, usize, usize)>) -> Vec<(usize, usize)> {
    near.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut taken: (HashSet<usize>, HashSet<usize>) = Default::default();
    let mut pairs = Vec::new();
    for equal in near.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
        let free = equal
            .iter()
            .filter(|(_, before, after)| !taken.0.contains(before) && !taken.1.contains(after));
        let free: Vec<(usize, usize)> = free.map(|pair| (pair.1, pair.2)).collect();
        let mut counts: (HashMap<usize, usize>, HashMap<usize, usize>) = Default::default();
        for (before, after) in &free {
            *counts.0.entry(*before).or_insert(0) += 1;
            *counts.1.entry(*after).or_insert(0) += 1;
        }
        // An ambiguous item is not paired at all, not even with a less similar one.
        taken.0.extend(counts.0.keys());
        taken.1.extend(counts.1.keys());
        pairs.extend(free.into_iter().filter(|(before, after)| {
            counts.0.get(before) == Some(&1) && counts.1.get(after) == Some(&1)
        }));
    }
    pairs
}

fn remove<T>(list: &mut Vec<T>, positions: &HashSet<usize>) {
    let mut at = 0..;
    list.retain(|_| at.next().is_none_or(|at| !positions.contains(&at)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_paired_by_one_key_after_another() {
        let matched = Matched::of(["a1", "b1", "b2", "c1"], ["b2", "a9", "d1"]);
        let matched = matched.by(|text| text).by(|text| text.as_bytes()[0]);
        assert_eq!(matched.both, [("b2", "b2"), ("a1", "a9")]);
        assert_eq!(matched.gone, ["b1", "c1"]);
        assert_eq!(matched.come, ["d1"]);
    }

    #[test]
    fn only_a_pair_without_a_rival_is_one() {
        let near = vec![
            (90.0, 0, 0),
            (90.0, 1, 0),
            (80.0, 1, 1),
            (70.0, 2, 1),
            (70.0, 2, 2),
        ];
        assert_eq!(unambiguous(near), []);
        let near = vec![(90.0, 0, 0), (80.0, 0, 1), (80.0, 1, 1)];
        assert_eq!(unambiguous(near), [(0, 0), (1, 1)]);
    }
}
