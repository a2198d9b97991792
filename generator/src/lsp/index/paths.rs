//! The operations of path items, which several paths can share by `$ref`.

use std::rc::Rc;

use super::{Open, Walk};
use crate::document::decode::is_method_key;
use crate::source::Node;

impl Open<'_> {
    /// The labels of the operations with a method: one for each path.
    pub(super) fn labels(&self, method: &str) -> impl Iterator<Item = String> {
        self.paths
            .iter()
            .map(move |path| format!("{method} {path}"))
    }
}

impl<'t> Walk<'t> {
    /// Records which paths have a path item by `$ref`.
    pub(super) fn referring_paths(&mut self, root: &'t Node) {
        let maps = ["paths", "webhooks", "x-webhooks"].map(|key| root.get(key));
        let maps = maps.into_iter().flatten().filter_map(Node::as_map);
        for member in maps.flatten() {
            let path = &*member.key.text;
            let mut item = &member.value;
            while let Some(target) = self.referred(item) {
                item = target.node;
                let paths = self.paths.entry(std::ptr::from_ref(item).addr());
                let paths = paths.or_default();
                if paths.contains(&path) {
                    break;
                }
                paths.push(path);
            }
        }
    }

    /// The paths of a path item: its own, if it is not a component, and those that refer to it.
    pub(super) fn paths_of(&self, item: &Node, own: Option<&'t str>) -> Rc<[&'t str]> {
        let others = self.paths.get(&std::ptr::from_ref(item).addr());
        let others = others.into_iter().flatten().copied();
        own.into_iter().chain(others).collect()
    }

    /// The labels of the operations that a key of a path item concerns: those of its method, otherwise all.
    pub(super) fn operations(&mut self, open: &Open<'t>, key: &str) -> Rc<[String]> {
        if is_method_key(key) {
            return open.labels(&key.to_uppercase()).collect();
        }
        let target = self.referred(open.node).filter(|_| key == "$ref");
        let item = target.map_or(open.node, |target| target.node);
        let members = item.as_map().unwrap_or_default().iter();
        let methods = members.filter(|member| is_method_key(&member.key.text));
        let usual = methods.map(|member| member.key.text.to_uppercase());
        let more = item.get("additionalOperations").and_then(Node::as_map);
        let more = more.unwrap_or_default().iter();
        let methods = usual.chain(more.map(|member| member.key.text.to_string()));
        methods
            .flat_map(|method| open.labels(&method).collect::<Vec<_>>())
            .collect()
    }
}
