//! The values that a query selects, as a tree of the paths to them.

use hashbrown::HashMap;
use serde_json::Value as Json;
use serde_json_path::{NormalizedPath, PathElement};

use crate::source::{Node, Value};

/// The values that a query selects in a tree, each once.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// Whether the value itself is selected.
    pub(super) is_selected: bool,
    members: HashMap<String, Selection>,
    elements: HashMap<usize, Selection>,
}

impl Selection {
    pub(super) fn insert(&mut self, path: &NormalizedPath<'_>) {
        let mut at = self;
        for step in path.iter() {
            at = match step {
                PathElement::Name(name) => at.members.entry((*name).to_owned()).or_default(),
                PathElement::Index(index) => at.elements.entry(*index).or_default(),
            };
        }
        at.is_selected = true;
    }

    /// Changes every selected value, and the same value of `json`.
    pub(super) fn change(
        &self,
        node: &mut Node,
        json: &mut Json,
        change: &mut impl FnMut(&mut Node),
    ) {
        if self.is_selected {
            change(node);
            *json = node.to_json();
        }
        match (&mut node.value, json) {
            (Value::Map(members), Json::Object(values)) if !self.members.is_empty() => {
                for member in members {
                    let below = self.members.get(&*member.key.text);
                    if let (Some(below), Some(json)) = (below, values.get_mut(&*member.key.text)) {
                        below.change(&mut member.value, json, change);
                    }
                }
            }
            (Value::List(elements), Json::Array(values)) if !self.elements.is_empty() => {
                for (index, (element, json)) in elements.iter_mut().zip(values).enumerate() {
                    if let Some(below) = self.elements.get(&index) {
                        below.change(element, json, change);
                    }
                }
            }
            _ => {}
        }
    }

    /// Removes every selected value from its map or list, and the same value of `json`.
    pub(super) fn remove(&self, node: &mut Node, json: &mut Json) {
        match (&mut node.value, json) {
            (Value::Map(members), Json::Object(values)) if !self.members.is_empty() => {
                members.retain_mut(|member| {
                    let below = self.members.get(&*member.key.text);
                    if let (Some(below), Some(json)) = (below, values.get_mut(&*member.key.text)) {
                        below.remove(&mut member.value, json);
                    }
                    below.is_none_or(|below| !below.is_selected)
                });
                values
                    .retain(|key, _| self.members.get(key).is_none_or(|below| !below.is_selected));
            }
            (Value::List(elements), Json::Array(values)) if !self.elements.is_empty() => {
                for (index, below) in &self.elements {
                    if let (Some(element), Some(json)) =
                        (elements.get_mut(*index), values.get_mut(*index))
                    {
                        below.remove(element, json);
                    }
                }
                let mut index = 0..;
                let is_kept = |index: Option<usize>| {
                    let below = index.and_then(|index| self.elements.get(&index));
                    below.is_none_or(|below| !below.is_selected)
                };
                elements.retain(|_| is_kept(index.next()));
                let mut index = 0..;
                values.retain(|_| is_kept(index.next()));
            }
            _ => {}
        }
    }
}
