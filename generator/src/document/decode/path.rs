//! Paths, webhooks and callbacks: maps of path items.

use hashbrown::{HashMap, HashSet};

use super::super::{PathItem, Requirement};
use super::operation::Shared;
use super::reference::ObjectKind;
use super::{Decoder, Object, address, is_extension_only, keys};
use crate::diagnostic::Diagnostic;
use crate::document::code::{
    ASSUMED, DUPLICATE, MISTYPED_KEY, REFERENCE_CYCLE, UNKNOWN_KEY, UNKNOWN_WORD,
};
use crate::document::{is_token, template};
use crate::source::{Key, Member, Span, Value};

/// The methods that a path item can have as keys, with the method to send.
pub(crate) const METHODS: &[(&str, &str)] = &[
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    ("query", "QUERY"),
];

/// Whether a key of a path item is a method.
pub(crate) fn is_method_key(key: &str) -> bool {
    METHODS.iter().any(|(method, _)| *method == key)
}

impl<'t> Decoder<'t, '_> {
    pub(super) fn paths(&mut self, member: Option<&'t Member>) -> Vec<PathItem<'t>> {
        let mut items = Vec::new();
        for member in self.map(member) {
            let key = &member.key;
            if key.text.starts_with("x-") {
                continue;
            }
            let is_path = key.text.starts_with('/');
            if !is_path && self.is_of_top_level(member) {
                self.not_at_top_level(member, "`paths`");
                continue;
            }
            if !is_path && self.report_misplaced_security(member, "`paths`") {
                continue;
            }
            if self.is_operation(key) {
                continue;
            }
            if !is_path {
                let meant = format!("/{}", key.text);
                let message = format!("a path begins with `/`; this is read as `{meant}`");
                let (label, path, is_unsure) = match key.text.split_once("://") {
                    None => ("", &*meant, keys::is_key(&key.text)),
                    Some((_, rest)) => {
                        let path = rest.find('/').map_or("/", |start| &rest[start..]);
                        ("the URL of a server belongs under `servers`", path, true)
                    }
                };
                let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
                let diagnostic = diagnostic.at(key.span, label);
                let diagnostic = diagnostic.respell(&key.text, key.span, path);
                self.reporter.push(diagnostic.unsure_if(is_unsure));
            }
            self.duplicate_placeholders(key);
            items.extend(self.path_item(member));
        }
        self.keep_wanted(&mut items);
        self.same_paths(&items);
        items
    }

    /// Whether a key is a method, or a path with a method, such as `get /pets`, which is reported.
    fn is_operation(&mut self, key: &Key) -> bool {
        if is_method_key(&key.text) {
            let message = format!("`{}` is not a path; it is ignored", key.text);
            let diagnostic = Diagnostic::warning(UNKNOWN_KEY, message).strict();
            let diagnostic = diagnostic.at(key.span, "a method");
            let help = "indent it, so that it is under its path";
            self.reporter.push(diagnostic.help(help));
            return true;
        }
        let parts = key
            .text
            .split_once(' ')
            .map(|(word, path)| (word, path.trim_start()));
        let Some((word, path)) = parts.filter(|(_, path)| path.starts_with('/')) else {
            return false;
        };
        let Some((method, _)) = METHODS
            .iter()
            .find(|(known, _)| word.eq_ignore_ascii_case(known))
        else {
            return false;
        };
        let message = format!("`{}` is not a path; it is ignored", key.text);
        let diagnostic = Diagnostic::warning(MISTYPED_KEY, message).strict();
        let help = format!("write `{method}` below the path `{path}`");
        self.reporter
            .push(diagnostic.at(key.span, "a method and a path").help(help));
        true
    }

    /// Warns about a path template with a duplicate placeholder.
    fn duplicate_placeholders(&mut self, path: &'t Key) {
        let names = template::placeholders(&path.text);
        for (position, name) in names.iter().enumerate() {
            let before = names.iter().take(position).filter(|known| known == &name);
            if before.count() == 1 {
                let message = format!("duplicate `{{{name}}}` in this path template");
                let diagnostic = Diagnostic::warning(DUPLICATE, message).strict();
                self.reporter
                    .push(diagnostic.at(path.span, "one value is sent at both places"));
            }
        }
    }

    /// Warns about paths that differ only in the names of their placeholders.
    fn same_paths(&mut self, items: &[PathItem<'t>]) {
        let mut known: HashMap<String, &Key> = HashMap::new();
        for item in items {
            let first = *known
                .entry(template::filled(&item.key.text, |_| Some("{}")))
                .or_insert(item.key);
            if first.span == item.key.span {
                continue;
            }
            let message = format!("`{}` is the same path as `{}`", item.key.text, first.text);
            let diagnostic = Diagnostic::warning(DUPLICATE, message).strict();
            self.reporter.push(
                diagnostic
                    .at(item.key.span, "described again here")
                    .also(first.span, "described here")
                    .note("the operations of both are taken")
                    .help("put them under one path, with one name for each placeholder"),
            );
        }
    }

    pub(super) fn webhooks(&mut self, member: Option<&'t Member>) -> Vec<PathItem<'t>> {
        let members = self.map(member);
        let named = members.iter().filter(|member| !is_extension_only(member));
        let mut items = Vec::new();
        for member in named {
            if self.is_of_top_level(member) {
                self.not_at_top_level(member, "`webhooks`");
            } else {
                items.extend(self.path_item(member));
            }
        }
        self.keep_wanted(&mut items);
        items
    }

    /// The callbacks of an operation. Callbacks of a callback's operation are not decoded: they can contain each other
    /// in every combination, and no server handles them.
    pub(super) fn callbacks(&mut self, member: Option<&'t Member>) -> Vec<PathItem<'t>> {
        if self.in_callback {
            self.unsupported(member, "callbacks of a callback's operations are ignored");
            return Vec::new();
        }
        let members = self.map(member);
        members
            .iter()
            .flat_map(|member| self.callback(member))
            .collect()
    }

    /// The path items of one callback.
    pub(super) fn callback(&mut self, member: &'t Member) -> Vec<PathItem<'t>> {
        let Some(followed) = self.follow(&member.value, member.key.span, ObjectKind::Callback)
        else {
            return Vec::new();
        };
        let Some(members) = followed.node.as_map() else {
            self.wrong_type(member, "an object");
            return Vec::new();
        };
        let around = std::mem::replace(&mut self.in_callback, true);
        let items = members
            .iter()
            .filter(|item| !item.key.text.starts_with("x-"));
        let items = items.filter_map(|item| {
            self.expression(&item.key.text, item.key.span, true);
            self.path_item(item)
        });
        let items = items
            .map(|item| PathItem {
                callback: Some(&member.key),
                ..item
            })
            .collect();
        self.in_callback = around;
        items
    }

    /// Decodes a path item of `components` to report its mistakes, unless it has a `$ref` and was already decoded
    /// together with its target.
    pub(super) fn check_path_item(&mut self, member: &'t Member) {
        if !self.decoded_path_items.contains(&address(&member.value)) {
            self.path_item(member);
        }
    }

    pub(super) fn path_item(&mut self, member: &'t Member) -> Option<PathItem<'t>> {
        let mut layers = Vec::new();
        if member.value.value == Value::Null {
            self.nothing(member, "an empty map");
        } else {
            self.layers(member, &mut layers)?;
        }
        let mut item = PathItem {
            key: &member.key,
            callback: None,
            operations: Vec::new(),
        };
        let shared = self.shared(&layers);
        for layer in &layers {
            for member in layer.members {
                self.method(&member.key, member, &shared, &mut item);
            }
            for member in self.map(layer.get("additionalOperations")) {
                if self.is_method(&member.key) {
                    self.operation(
                        &member.key.text,
                        &member.key,
                        &member.value,
                        &shared,
                        &mut item,
                    );
                }
            }
        }
        Some(item)
    }

    /// The maps of which a path item consists: its own, then the target of its `$ref`, and so on.
    fn layers(&mut self, member: &'t Member, layers: &mut Vec<Object<'t>>) -> Option<()> {
        let (mut node, mut at): (_, Span) = (&member.value, member.key.span);
        let mut passed = HashSet::new();
        loop {
            let layer = self.object(node, at, &keys::PATH_ITEM)?;
            layers.push(layer);
            let Some(reference) = layer.get("$ref") else {
                return Some(());
            };
            let reference = self.reference_text(reference)?;
            if !passed.insert(address(node)) {
                let message = "this reference is part of a cycle that never reaches a path item; it is ignored";
                let diagnostic = Diagnostic::warning(REFERENCE_CYCLE, message).strict();
                self.reporter.push(diagnostic.at(reference.span, ""));
                return None;
            }
            self.decoded_path_items.insert(address(node));
            let Some(target) = self.target(reference, ObjectKind::PathItem) else {
                return Some(());
            };
            (node, at) = (target.node, target.at());
        }
    }

    /// Everything that the maps of a path item contribute to its operations.
    fn shared(&mut self, layers: &[Object<'t>]) -> Shared<'t> {
        let texts = layers.iter().map(|layer| self.texts(layer));
        let of_layers = layers.iter();
        Shared {
            texts: texts
                .reduce(|own, other| if own == [None; 2] { other } else { own })
                .unwrap_or_default(),
            parameters: of_layers
                .filter_map(|layer| layer.get("parameters"))
                .collect(),
            misspells_parameters: layers
                .iter()
                .any(|layer| layer.misspells("parameters", &keys::PATH_ITEM)),
            servers: layers.iter().find_map(|layer| layer.get("servers")),
            security: self.security_of_item(layers),
            has_responses: layers.iter().any(|layer| layer.get("responses").is_some()),
        }
    }

    /// The `security` of a path item, which must not have one. It is read as that of each operation, because without it
    /// requests would be sent without a credential.
    fn security_of_item(&mut self, layers: &[Object<'t>]) -> Option<Vec<Requirement<'t>>> {
        let (known, borrowed) = keys::PATH_ITEM.borrowed()?;
        let mut written = layers
            .iter()
            .filter_map(|layer| Some((layer, layer.meant(borrowed, known)?)));
        let (layer, Member { key, .. }) = written.next()?;
        let (text, noun) = (&key.text, keys::PATH_ITEM.noun);
        self.reporter.forget(key, noun);
        let message = format!(
            "`{text}` is not a key of {noun}; it is read as the `security` of its operations"
        );
        self.assume(key.span, message);
        self.security(layer, known)
    }

    fn method(
        &mut self,
        key: &'t Key,
        member: &'t Member,
        shared: &Shared<'t>,
        item: &mut PathItem<'t>,
    ) {
        let found = METHODS
            .iter()
            .find(|(word, _)| key.text.eq_ignore_ascii_case(word));
        if let Some((_, method)) = found {
            self.operation(method, key, &member.value, shared, item);
        }
    }

    /// Reports an operation under a key that is not a method of this version. A method of another version is read; any
    /// other one would be missing in the client.
    ///
    /// Returns whether the value is an operation.
    pub(super) fn is_under_unknown_method(&mut self, member: &'t Member) -> bool {
        let key = &member.key;
        if is_method_key(&key.text) {
            let message = format!("`{}` is a method of OpenAPI 3; it is read as one", key.text);
            self.assume(key.span, message);
            return true;
        }
        let keys = ["operationId", "responses"];
        let is_operation = keys.iter().any(|key| member.value.get(key).is_some());
        if is_operation {
            let message = format!("unknown method `{}`", key.text);
            let diagnostic = Diagnostic::error(UNKNOWN_WORD, message);
            self.reporter.push(diagnostic.at(key.span, "").help(
                "in OpenAPI 3.2, `additionalOperations` has the operations of other methods",
            ));
        }
        is_operation
    }

    /// Whether the key can be sent as a method.
    fn is_method(&mut self, key: &'t Key) -> bool {
        let token = is_token(&key.text);
        if !token {
            let message = format!(
                "`{}` is not an HTTP method; the operation is ignored",
                key.text
            );
            let diagnostic = Diagnostic::warning(UNKNOWN_WORD, message).strict();
            self.reporter.push(diagnostic.at(key.span, ""));
        } else if key.text.bytes().any(|byte| byte.is_ascii_lowercase()) {
            let message = format!(
                "methods are case-sensitive; `{}` is sent as it is written",
                key.text
            );
            self.assume(key.span, message);
        } else if let Some((own, _)) = METHODS.iter().find(|(_, method)| *method == &*key.text) {
            let message = format!("`{}` belongs into the path item as `{own}`", key.text);
            self.assume(key.span, message);
        }
        token
    }
}
