//! Resolves JSON pointers, the part of a `$ref` after `#`.

use hashbrown::HashMap;

use super::super::files::percent_decode;
use super::address;
use super::read::head;
use crate::source::{Key, Member, Node, Span};

/// The target of a reference.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target<'t> {
    /// The node.
    pub node: &'t Node,
    /// The key that holds the node; `None` for a whole file or an element of a list.
    pub key: Option<&'t Key>,
    /// Whether the node is an entry of a map of named objects.
    pub named: bool,
}

impl<'t> Target<'t> {
    /// The best location to mark.
    pub(crate) fn at(&self) -> Span {
        self.key.map_or_else(|| head(self.node), |key| key.span)
    }

    /// Its name in a map of named objects.
    pub(super) fn component(&self) -> Option<&'t str> {
        self.key.filter(|_| self.named).map(|key| &*key.text)
    }
}

/// The point where the resolution of a pointer failed.
pub(super) struct Miss<'t> {
    /// The last node that exists.
    pub parent: &'t Node,
    /// The pointer to it.
    pub prefix: String,
    /// The next part, which `parent` does not have.
    pub part: String,
    /// The rest of the pointer after `part`.
    pub rest: String,
}

/// An index of the keys of large maps. Without it, each reference would search all of the components.
#[derive(Debug, Default)]
pub(super) struct Index<'t> {
    members: HashMap<usize, HashMap<&'t str, &'t Member>>,
    /// The schemas with an `$anchor`, for each file by the address of its root.
    anchors: HashMap<usize, HashMap<&'t str, Target<'t>>>,
}

impl<'t> Index<'t> {
    fn member(&mut self, node: &'t Node, key: &str) -> Option<&'t Member> {
        let members = node.as_map()?;
        if members.len() < 32 {
            return node.member(key);
        }
        let keys = || {
            members
                .iter()
                .map(|member| (&*member.key.text, member))
                .collect()
        };
        self.members
            .entry(address(node))
            .or_insert_with(keys)
            .get(key)
            .copied()
    }

    /// The schema with this `$anchor`.
    fn anchor(&mut self, root: &'t Node, name: &str) -> Option<Target<'t>> {
        let anchors = self.anchors.entry(address(root));
        anchors
            .or_insert_with(|| anchors_of(root))
            .get(name)
            .copied()
    }
}

/// Resolves a pointer from the root of its file.
pub(super) fn walk<'t>(
    index: &mut Index<'t>,
    root: &'t Node,
    pointer: &str,
) -> Result<Target<'t>, Miss<'t>> {
    let whole = Target {
        node: root,
        key: None,
        named: false,
    };
    if pointer.is_empty() {
        return Ok(whole);
    }
    let Some(path) = pointer.strip_prefix('/') else {
        let miss = || Miss {
            parent: root,
            prefix: String::new(),
            part: String::new(),
            rest: String::new(),
        };
        return index.anchor(root, pointer).ok_or_else(miss);
    };
    let mut at = whole;
    let mut above = "";
    let mut offset = 0;
    for raw in path.split('/') {
        let Some(next) = step(index, root, at.node, raw, 16) else {
            return Err(Miss {
                parent: at.node,
                prefix: pointer[..offset].to_owned(),
                part: unescape(raw),
                rest: pointer[offset + 1 + raw.len()..].to_owned(),
            });
        };
        at = Target {
            named: matches!(above, "$defs" | "definitions") || is_section(root, &pointer[..offset]),
            ..next
        };
        above = raw;
        offset += 1 + raw.len();
    }
    Ok(at)
}

/// Whether a pointer names one of the maps under `components`, or the equivalent of Swagger 2.0 at the top level.
fn is_section(root: &Node, pointer: &str) -> bool {
    match pointer.strip_prefix("/components/") {
        Some(section) => !section.contains('/'),
        None => matches!(pointer, "/parameters" | "/responses") && root.get("swagger").is_some(),
    }
}

/// Resolves one part of a pointer. If the node is a `$ref`, the part is searched in the target.
fn step<'t>(
    index: &mut Index<'t>,
    root: &'t Node,
    node: &'t Node,
    raw: &str,
    hops: u8,
) -> Option<Target<'t>> {
    let part = unescape(raw);
    if let Some(elements) = node.as_list() {
        let node = elements.get(part.parse::<usize>().ok()?)?;
        return Some(Target {
            node,
            key: None,
            named: false,
        });
    }
    let member = index.member(node, &part);
    if let Some(member) = member.or_else(|| index.member(node, raw)) {
        return Some(Target {
            node: &member.value,
            key: Some(&member.key),
            named: false,
        });
    }
    let behind = node
        .get("$ref")?
        .as_str()?
        .strip_prefix('#')?
        .strip_prefix('/')?;
    let hops = hops.checked_sub(1)?;
    let target = behind.split('/').try_fold(root, |node, raw| {
        Some(step(index, root, node, raw, hops)?.node)
    })?;
    step(index, root, target, raw, hops)
}

/// The schemas of a file that have an `$anchor`.
fn anchors_of(root: &Node) -> HashMap<&str, Target<'_>> {
    let mut anchors = HashMap::new();
    let mut open = vec![Target {
        node: root,
        key: None,
        named: false,
    }];
    while let Some(target) = open.pop() {
        let own = ["$anchor", "$dynamicAnchor"].map(|key| target.node.get(key));
        for name in own.into_iter().flatten().filter_map(Node::as_str) {
            anchors.entry(name).or_insert(target);
        }
        let elements = target.node.as_list().unwrap_or_default();
        open.extend(elements.iter().map(|node| Target {
            node,
            key: None,
            named: false,
        }));
        let members = target.node.as_map().unwrap_or_default();
        let parent = target.key.map_or("", |key| &*key.text);
        let named = matches!(parent, "schemas" | "$defs" | "definitions");
        open.extend(members.iter().map(|member| Target {
            node: &member.value,
            key: Some(&member.key),
            named,
        }));
    }
    anchors
}

/// The pointer that is meant by a reference without its `#`, such as `components/schemas/Pet`.
pub(super) fn without_hash(root: &Node, reference: &str) -> Option<String> {
    let pointer = reference.trim_start_matches('/');
    let mut parts = pointer.split('/').map(unescape);
    parts.try_fold(root, |node, part| node.get(&part))?;
    Some(format!("#/{pointer}"))
}

/// Decodes a part of a pointer to the key that it names.
pub(crate) fn unescape(part: &str) -> String {
    crate::source::unescape(&percent_decode(part))
}

/// Encodes a key as a part of a pointer in a `$ref`.
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0")
        .replace('/', "~1")
        .replace('%', "%25")
        .replace(' ', "%20")
}
