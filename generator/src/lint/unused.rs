//! Rules about declarations that are not used, and uses without a declaration.

use hashbrown::{HashMap, HashSet};

use super::{Subject, code};
use crate::diagnostic::{Diagnostic, nearest};
use crate::document::{Requirement, Text, Version, local_pointer};
use crate::source::{Key, Member, Node, Span};

/// The kinds of components that references can name.
const SECTIONS: [&str; 9] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "links",
    "callbacks",
    "pathItems",
];

/// Those of Swagger 2.0, at the top level of the description.
const SECTIONS_OF_2_0: [&str; 3] = ["definitions", "responses", "parameters"];

/// Components that no reference names.
pub(super) fn components(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let Some(root) = subject.trees.first() else {
        return Vec::new();
    };
    let used = references(subject.trees);
    let (components, way, sections) = match subject.document.version {
        Version::V2_0 => (Some(*root), "/", &SECTIONS_OF_2_0[..]),
        _ => (root.get("components"), "/components/", &SECTIONS[..]),
    };
    let mut found = Vec::new();
    for section in sections {
        let members = components.and_then(|it| it.get(section)?.as_map());
        for Member { key, value } in members.unwrap_or_default() {
            let pointer = format!("{way}{section}/{}", key.text);
            if !used.contains(&*pointer) && !key.text.starts_with("x-") && value.as_map().is_some()
            {
                found.push(unused(code::UNUSED_COMPONENT, key, "component"));
            }
        }
    }
    found
}

fn unused(code: &'static str, key: &Key, what: &str) -> Diagnostic {
    let message = format!("the {what} `{}` is not used", key.text);
    Diagnostic::warning(code, message).at(key.span, "")
}

/// The pointers of all references, and the schemas that discriminators name.
fn references(trees: &[&Node]) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut open: Vec<&Node> = trees.to_vec();
    while let Some(node) = open.pop() {
        open.extend(node.as_list().unwrap_or_default());
        for member in node.as_map().unwrap_or_default() {
            match (&*member.key.text, member.value.as_str()) {
                // A reference under a misspelled key is reported there.
                ("$ref", Some(reference)) => {
                    found.insert(local_pointer(reference));
                }
                (_, Some(reference)) if reference.starts_with("#/") => {
                    found.insert(local_pointer(reference));
                }
                ("mapping" | "defaultMapping", _) => {
                    let values = member.value.as_map().unwrap_or_default().iter();
                    let values = values.filter_map(|value| value.value.as_str());
                    for name in values.chain(member.value.as_str()) {
                        found.insert(format!("/components/schemas/{name}"));
                        found.insert(local_pointer(name));
                    }
                }
                _ => {}
            }
            open.push(&member.value);
        }
    }
    found
}

/// Security schemes that nothing requires.
pub(super) fn schemes(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let requirements = subject.requirements();
    let required: HashSet<&str> = requirements
        .flat_map(|Requirement { schemes, .. }| schemes)
        .map(|scheme| scheme.text)
        .collect();
    let declared = subject
        .document
        .declared_schemes
        .iter()
        .map(|(key, _)| *key);
    let declared: Vec<_> = declared.collect();
    let is_declared = |name: &str| declared.iter().any(|key| &*key.text == name);
    let unknown: Vec<&str> = required
        .iter()
        .copied()
        .filter(|name| !is_declared(name))
        .collect();
    // An unknown scheme is reported where it is required.
    let is_meant = |key: &Key| nearest(&key.text, unknown.iter().copied()).is_some();
    let unrequired = declared.iter().filter(|key| !required.contains(&*key.text));
    unrequired
        .filter(|key| !is_meant(key))
        .map(|key| unused(code::UNUSED_SCHEME, key, "security scheme"))
        .collect()
}

/// Declared tags that no operation has.
pub(super) fn tags(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let used: HashSet<&str> = used_tags(subject).into_keys().collect();
    let parents: HashSet<&str> = subject
        .document
        .tags
        .iter()
        .filter_map(|tag| Some(tag.parent?.text))
        .collect();
    let declared = subject.document.tags.iter().map(|tag| tag.name);
    let unused = declared.filter(|name| !used.contains(name.text) && !parents.contains(name.text));
    let report = |name: Text<'_>| {
        let message = format!("the tag `{}` is not used", name.text);
        Diagnostic::warning(code::UNUSED_TAG, message).at(name.span, "")
    };
    unused.map(report).collect()
}

/// Tags of operations that the description does not declare, each at its first operation.
pub(super) fn undeclared_tags(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let declared: HashSet<&str> = subject
        .document
        .tags
        .iter()
        .map(|tag| tag.name.text)
        .collect();
    let mut undeclared: Vec<_> = used_tags(subject)
        .into_iter()
        .filter(|(name, _)| !declared.contains(name))
        .collect();
    undeclared.sort_by_key(|(_, span)| *span);
    let report = |(name, span): (&str, Span)| {
        let message = format!("the tag `{name}` is not declared under `tags`");
        let diagnostic = Diagnostic::warning(code::UNDECLARED_TAG, message).at(span, "");
        match nearest(name, declared.iter().copied()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        }
    };
    undeclared.into_iter().map(report).collect()
}

/// The tags of operations, each with its first location.
fn used_tags<'t>(subject: &Subject<'_, 't>) -> HashMap<&'t str, Span> {
    let mut used = HashMap::new();
    let items = subject.document.items();
    for tag in items
        .iter()
        .flat_map(|item| &item.operations)
        .flat_map(|it| &it.tags)
    {
        used.entry(tag.text).or_insert(tag.span);
    }
    used
}
