//! Decodes the tree of an overlay to its actions.

use hashbrown::HashSet;

use super::code::{MISFIT, NO_EFFECT, NOT_OVERLAY, REPEATED, UNKNOWN_KEY};
use super::query::Query;
use super::{Action, Change, Outcome, Overlay, Version};
use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::code::{MISSING_KEY, WRONG_TYPE};
use crate::source::{FileId, Member, Node, Sources, Span, Value, describe, head};

const SUPPORTED: &str = "versions 1.0 and 1.1 of overlays can be read";

const ROOT: &[&str] = &["overlay", "info", "extends", "actions"];
const INFO: &[&str] = &["title", "version", "description"];
const ACTION: &[&str] = &["target", "description", "update", "copy", "remove"];

/// The value of `extends` and its location.
pub(super) type Extends = Option<(String, Span)>;

/// Decodes an overlay. Reports every mistake, and returns `None` if there is one.
pub(super) fn overlay(
    file: FileId,
    root: &Node,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<(Overlay, Extends)> {
    let mut reader = Reader {
        sources,
        found: Vec::new(),
    };
    let read = reader.overlay(file, root);
    let is_well = reader
        .found
        .iter()
        .all(|one| one.severity != crate::diagnostic::Severity::Error);
    diagnostics.extend(reader.found);
    read.filter(|_| is_well)
}

struct Reader<'s> {
    sources: &'s Sources,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn overlay(&mut self, file: FileId, root: &Node) -> Option<(Overlay, Extends)> {
        let version = match version(root) {
            Ok(version) => version,
            Err(fault) => {
                self.found.push(*fault);
                return None;
            }
        };
        let slips = self.check_keys(root, ROOT, "an overlay");
        self.info(root, &slips);
        let extends = self.string(root, "extends");
        let extends = extends.map(|(text, node)| (text.to_owned(), node.span));
        let actions = self.actions(root, version, &slips);
        let overlay = Overlay {
            file,
            version,
            only: None,
            actions,
        };
        Some((overlay, extends))
    }

    fn info(&mut self, root: &Node, slips: &[&str]) {
        let Some(info) = self.required(root, "info", "an overlay", slips) else {
            return;
        };
        if info.as_map().is_none() {
            return self.wrong_type("`info`", "an object", info);
        }
        let slips = self.check_keys(info, INFO, "`info`");
        for key in ["title", "version"] {
            if self.required(info, key, "`info`", &slips).is_some() {
                self.string(info, key);
            }
        }
        self.string(info, "description");
    }

    fn actions(&mut self, root: &Node, version: Version, slips: &[&str]) -> Vec<Action> {
        let Some(list) = self.required(root, "actions", "an overlay", slips) else {
            return Vec::new();
        };
        let Some(nodes) = list.as_list() else {
            self.wrong_type("`actions`", "an array of actions", list);
            return Vec::new();
        };
        if nodes.is_empty() {
            let error = Diagnostic::error(MISSING_KEY, "an overlay has at least one action");
            self.found.push(error.at(list.span, ""));
        }
        let mut known = HashSet::new();
        let mut actions = Vec::new();
        for node in nodes {
            let action = self.action(node, version);
            if action.is_some() && !known.insert(node.to_json().to_string()) {
                let error = Diagnostic::error(REPEATED, "this action is repeated");
                self.found
                    .push(error.at(head(node), "").help("remove one of them"));
            }
            actions.extend(action);
        }
        actions
    }

    fn action(&mut self, node: &Node, version: Version) -> Option<Action> {
        if node.as_map().is_none() {
            self.wrong_type("an action", "an object", node);
            return None;
        }
        let known = match version {
            Version::V1_0 => ACTION
                .iter()
                .copied()
                .filter(|key| *key != "copy")
                .collect(),
            Version::V1_1 => ACTION.to_vec(),
        };
        let slips = self.check_keys(node, &known, "an action");
        self.string(node, "description");
        let target = self.query(node, "target");
        self.required(node, "target", "an action", &slips);
        let change = self.change(node, &slips)?;
        Some(Action {
            target: target?,
            change,
            outcome: Outcome::Untried,
        })
    }

    /// The change that an action makes to the selected values.
    fn change(&mut self, node: &Node, slips: &[&str]) -> Option<Change> {
        let (update, copy) = (node.member("update"), node.member("copy"));
        if self.flag(node, "remove")? {
            for ignored in [update, copy].into_iter().flatten() {
                self.without_effect(ignored);
            }
            return Some(Change::Remove);
        }
        match (update, copy) {
            (Some(update), Some(copy)) => {
                let message = "an action has either `update` or `copy`";
                let error = Diagnostic::error(MISFIT, message).at(copy.key.span, "");
                self.found.push(
                    error
                        .also(update.key.span, "")
                        .help("write an action for each"),
                );
                None
            }
            (Some(update), None) if update.value.has_no_text() => {
                let error = Diagnostic::error(MISFIT, "`update` has no value");
                let help = "write a value, or `null`";
                self.found.push(error.at(update.key.span, "").help(help));
                None
            }
            (Some(update), None) => Some(Change::Update(update.value.clone(), update.key.span)),
            (None, Some(_)) => self.query(node, "copy").map(Change::Copy),
            (None, None) if !slips.is_empty() => None,
            (None, None) => {
                let warning =
                    Diagnostic::warning(NO_EFFECT, "this action changes nothing").strict();
                let help = "add `update` with a value, or `remove: true`";
                self.found.push(warning.at(head(node), "").help(help));
                None
            }
        }
    }

    fn without_effect(&mut self, ignored: &Member) {
        let message = format!("`{}` has no effect beside `remove: true`", ignored.key.text);
        let warning = Diagnostic::warning(NO_EFFECT, message).strict();
        self.found.push(
            warning
                .at(ignored.key.span, "")
                .help("write an action for each"),
        );
    }

    /// Reports unknown keys. Returns the known keys that were probably meant.
    fn check_keys<'k>(&mut self, object: &Node, known: &[&'k str], noun: &str) -> Vec<&'k str> {
        let mut slips = Vec::new();
        for member in object.as_map().unwrap_or_default() {
            let key = &*member.key.text;
            if known.contains(&key) || key.starts_with("x-") {
                continue;
            }
            let error = Diagnostic::error(UNKNOWN_KEY, format!("unknown key `{key}` in {noun}"));
            let near = nearest(key, known.iter().copied());
            let span = member.key.span;
            self.found.push(match near {
                _ if key == "copy" && noun == "an action" => error
                    .at(span, "version 1.1 of overlays has it")
                    .help("write `overlay: 1.1.0`"),
                Some(near) => error.at(span, format!("did you mean `{near}`?")),
                None => error
                    .at(span, "")
                    .note(format!("the keys are {}", listed(known))),
            });
            // The effect of an unknown key without a similar known one is unknown. The empty name marks that there is
            // one.
            slips.push(near.unwrap_or_default());
        }
        slips
    }

    fn required<'n>(
        &mut self,
        object: &'n Node,
        key: &str,
        noun: &str,
        slips: &[&str],
    ) -> Option<&'n Node> {
        let found = object.get(key);
        if found.is_none() && !slips.contains(&key) {
            let error = Diagnostic::error(MISSING_KEY, format!("`{key}` is missing in {noun}"));
            self.found.push(error.at(head(object), ""));
        }
        found
    }

    /// An optional string.
    fn string<'n>(&mut self, object: &'n Node, key: &str) -> Option<(&'n str, &'n Node)> {
        let node = object.get(key)?;
        let text = node.as_str();
        if text.is_none() {
            self.wrong_type(&format!("`{key}`"), "a string", node);
        }
        text.map(|text| (text, node))
    }

    /// An optional query.
    fn query(&mut self, object: &Node, key: &str) -> Option<Query> {
        let (text, node) = self.string(object, key)?;
        let query = Query::read(text, node, self.sources);
        query.map_err(|fault| self.found.push(*fault)).ok()
    }

    /// A boolean, `false` by default; `None` if the value is invalid.
    fn flag(&mut self, object: &Node, key: &str) -> Option<bool> {
        match object.get(key).map(|node| (node, &node.value)) {
            None => Some(false),
            Some((_, Value::Bool(value))) => Some(*value),
            Some((node, _)) => {
                self.wrong_type(&format!("`{key}`"), "`true` or `false`", node);
                None
            }
        }
    }

    fn wrong_type(&mut self, what: &str, expected: &str, node: &Node) {
        let message = format!("{what} must be {expected}, not {}", describe(node));
        let error = Diagnostic::error(WRONG_TYPE, message);
        self.found
            .push(error.at(head(node), format!("expected {expected}")));
    }
}

fn version(root: &Node) -> Result<Version, Box<Diagnostic>> {
    let error = |message: String, at: Span| {
        Box::new(
            Diagnostic::error(NOT_OVERLAY, message)
                .at(at, "")
                .note(SUPPORTED),
        )
    };
    if root.as_map().is_none() {
        return Err(error(
            format!("an overlay must be an object, not {}", describe(root)),
            head(root),
        ));
    }
    let Some(node) = root.get("overlay") else {
        return Err(error(
            "the file is not an overlay: `overlay` is missing".to_owned(),
            head(root),
        ));
    };
    let Some(text) = node.as_str() else {
        let message = "`overlay` must be the version as a string, such as `1.1.0`".to_owned();
        return Err(error(message, head(node)));
    };
    for (prefix, version) in [("1.0.", Version::V1_0), ("1.1.", Version::V1_1)] {
        let patch = text.strip_prefix(prefix).unwrap_or_default();
        if !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(version);
        }
    }
    Err(error(
        format!("the version `{text}` of overlays is not supported"),
        node.span,
    ))
}

/// `a`, `b` and `c`
fn listed(keys: &[&str]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
