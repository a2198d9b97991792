//! The mentions of a renamed thing in an overlay.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Outside, Renaming, Subject};
use crate::diagnostic::Diagnostics;
use crate::document::resolve_path;
use crate::overlay;
use crate::source::{Key, Node, parse, unescape};
use crate::text::{Sources, Span};

const UNCERTAIN: &str = "may refer to the old name and is not changed";

impl Renaming<'_> {
    /// The mentions in an overlay. It only changes the main files of these descriptions.
    pub(super) fn overlay(&self, path: &str, changed: &BTreeSet<String>) -> Option<Outside> {
        let mut sources = Sources::with_open(self.open.clone());
        let mut ignored = Diagnostics::new();
        let file = sources.load(Path::new(path), &mut ignored)?;
        let root = parse(file, &sources, &mut ignored)?;
        let mut walk = Walk {
            renaming: self,
            changed,
            is_main: match self.subject {
                Subject::Component { file, .. } => changed.contains(file),
                Subject::Tag(_) | Subject::Operation(_) => true,
            },
            found: Outside {
                sources,
                ..Outside::default()
            },
        };
        let actions = root.get("actions").and_then(Node::as_list);
        for action in actions.unwrap_or_default() {
            walk.action(action);
        }
        let Walk { found, is_main, .. } = walk;
        let other = self.another(changed.iter().filter(|_| is_main));
        Some(Outside {
            kept: other.map(|_| path.to_owned()),
            ..found.finish(other)
        })
    }
}

struct Walk<'w> {
    renaming: &'w Renaming<'w>,
    /// The descriptions that the overlay changes.
    changed: &'w BTreeSet<String>,
    /// Whether the thing is in the main file of one of them.
    is_main: bool,
    found: Outside,
}

impl Walk<'_> {
    fn action(&mut self, action: &Node) {
        if self.is_main {
            for query in ["target", "copy"].iter().filter_map(|key| action.get(key)) {
                self.query(query);
            }
        }
        let target = action.get("target").and_then(Node::as_str);
        if let (Some(target), Some(update)) = (target, action.get("update")) {
            let steps = overlay::steps(target);
            if self.is_main {
                self.key(&steps, update);
            }
            let last = steps.last().copied().flatten();
            self.values(update, last.unwrap_or_default());
        }
    }

    fn query(&mut self, query: &Node) {
        let Some(text) = query.as_str() else {
            return;
        };
        let only;
        let (way, is_component): (&[String], _) = match self.renaming.subject {
            Subject::Component { way, .. } => (way, true),
            Subject::Tag(old) | Subject::Operation(old) => {
                only = [old.to_owned()];
                (&only, false)
            }
        };
        match overlay::renamed(text, way, self.renaming.name) {
            Ok(Some(new)) if is_component => self.found.replace(query.span, &new),
            Ok(_) => {}
            Err(()) => self.found.warn(query.span, UNCERTAIN),
        }
    }

    /// The key of a component in a value that is added to what a query selects. `steps` are those of the query.
    fn key(&mut self, steps: &[Option<&str>], update: &Node) {
        let Subject::Component { way, .. } = self.renaming.subject else {
            return;
        };
        if steps.iter().all(Option::is_some) {
            let mut pairs = steps.iter().zip(way);
            let is_above = steps.len() < way.len() && pairs.all(|(step, key)| *step == Some(key));
            let below = way.get(steps.len()..).filter(|_| is_above);
            if let Some(key) = below.and_then(|below| key_at(update, below)) {
                self.found.replace(key.span, self.renaming.name);
            }
        } else {
            // The query may select any value on the way to the component.
            let mut rests = (0..way.len()).map(|number| &way[number..]);
            if let Some(key) = rests.find_map(|below| key_at(update, below)) {
                self.found.warn(key.span, UNCERTAIN);
            }
        }
    }

    /// The mentions in a value that the overlay adds below a key.
    fn values(&mut self, node: &Node, above: &str) {
        for member in node.as_map().unwrap_or_default() {
            let key = &*member.key.text;
            if self.is_scheme(&member.key, above) {
                self.found.replace(member.key.span, self.renaming.name);
            }
            self.value(&member.value, above, key);
            if !matches!(key, "example" | "examples") {
                self.values(&member.value, key);
            }
        }
        for element in node.as_list().unwrap_or_default() {
            self.value(element, "", above);
            self.values(element, above);
        }
    }

    /// The mention in a value by its key and the key above.
    fn value(&mut self, value: &Node, above: &str, key: &str) {
        let Some(text) = value.as_str() else {
            return;
        };
        match self.renaming.subject {
            Subject::Component { .. } if key == "$ref" || above == "mapping" => {
                self.reference(text, value.span);
            }
            Subject::Tag(old) => {
                if text == old && (above == "tags" && key == "name" || key == "tags") {
                    self.found.replace(value.span, self.renaming.name);
                }
            }
            Subject::Operation(old) if text == old && key == "operationId" => {
                self.found.replace(value.span, self.renaming.name);
            }
            Subject::Component { .. } | Subject::Operation(_) => {}
        }
    }

    /// Whether a key in a security requirement is the name of the renamed scheme.
    fn is_scheme(&self, key: &Key, above: &str) -> bool {
        let Subject::Component { way, .. } = self.renaming.subject else {
            return false;
        };
        let [.., section, name] = way else {
            return false;
        };
        let is_section = matches!(&**section, "securitySchemes" | "securityDefinitions");
        self.is_main && is_section && above == "security" && *key.text == **name
    }

    /// A reference to the component, or the bare name of a schema in a mapping. References are relative to the
    /// description.
    fn reference(&mut self, text: &str, span: Span) {
        let Subject::Component { file: own, way } = self.renaming.subject else {
            return;
        };
        let Some((file, pointer)) = text.split_once("#/") else {
            if self.is_main && way.join("/") == format!("components/schemas/{text}") {
                self.found
                    .pointer(span, way.len(), self.renaming.name, false);
            }
            return;
        };
        let is_own = if file.is_empty() {
            self.is_main
        } else {
            let mut from = self.changed.iter();
            from.any(|from| resolve_path(from, file) == own)
        };
        let parts: Vec<String> = pointer.split('/').map(unescape).collect();
        if is_own && parts.starts_with(way) {
            let is_certain = !file.is_empty();
            self.found
                .pointer(span, way.len(), self.renaming.name, is_certain);
        }
    }
}

/// The last of the keys that lead down from a value.
fn key_at<'n>(node: &'n Node, way: &[String]) -> Option<&'n Key> {
    let (last, above) = way.split_last()?;
    let beside = above.iter().try_fold(node, |node, key| node.get(key))?;
    Some(&beside.member(last)?.key)
}
