//! Resolves `$ref`: within the file, into other files, and through chains.

use hashbrown::{HashMap, HashSet};

use super::super::Text;
use super::super::code::{REFERENCE_CYCLE, WRONG_KIND, WRONG_TYPE};
use super::super::files::{is_file, split};
use super::dangling::missing;
pub(super) use super::kind::ObjectKind;
use super::look::{Look, schema_within};
use super::pointer::{Index, Target, unescape, walk};
use super::{Decoder, address, keys};
use crate::diagnostic::spelled;
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{FileId, Member, Node, Span, Value};

/// A cache of resolved references, so that the thousandth reference to a component costs no search.
#[derive(Debug, Default)]
pub(super) struct Targets<'t> {
    pub(super) index: Index<'t>,
    found: HashMap<(FileId, &'t str), Target<'t>>,
    /// The target of each node with a `$ref`, by its address, with the number of errors that resolving it reported.
    followed: HashMap<(usize, ObjectKind), (Option<Followed<'t>>, usize)>,
    /// The suggestions for dangling references.
    pub(super) meant: HashMap<(FileId, &'t str), Option<String>>,
}

/// A reference on the way to the target.
struct Passed<'t> {
    node: &'t Node,
    span: Span,
    summary: Option<&'t str>,
    description: Option<&'t str>,
    rust_name: Option<Text<'t>>,
    former_name: Option<&'t Member>,
}

/// The end of a chain of references, with the keys that the references have beside `$ref`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Followed<'t> {
    pub node: &'t Node,
    pub at: Span,
    pub component: Option<&'t str>,
    pub summary: Option<&'t str>,
    pub description: Option<&'t str>,
    pub rust_name: Option<Text<'t>>,
    /// `x-rust-former-name`.
    pub former_name: Option<&'t Member>,
}

impl<'t> Decoder<'t, '_> {
    /// Resolves the `$ref` of a node; a node without one is returned as it is. A missing target is reported.
    pub(super) fn follow(
        &mut self,
        node: &'t Node,
        at: Span,
        kind: ObjectKind,
    ) -> Option<Followed<'t>> {
        let mut passed: Vec<Passed<'t>> = Vec::new();
        let errors = self.reporter.errors();
        let mut end = self.end(node, at, kind, &mut passed);
        let errors = self.reporter.errors() - errors;
        // Every reference of the chain is cached, so that other chains which share a part of it cost nothing.
        for reference in passed.into_iter().rev() {
            if let Some(followed) = &mut end {
                followed.summary = reference.summary.or(followed.summary);
                followed.description = reference.description.or(followed.description);
                followed.rust_name = reference.rust_name.or(followed.rust_name);
                followed.former_name = reference.former_name.or(followed.former_name);
            }
            let known = (address(reference.node), kind);
            self.targets.followed.insert(known, (end, errors));
        }
        end
    }

    /// Follows a chain of references to its end. Each reference is added to `passed`.
    fn end(
        &mut self,
        node: &'t Node,
        at: Span,
        kind: ObjectKind,
        passed: &mut Vec<Passed<'t>>,
    ) -> Option<Followed<'t>> {
        let mut end = Followed {
            node,
            at,
            component: None,
            summary: None,
            description: None,
            rust_name: None,
            former_name: None,
        };
        let mut seen = HashSet::new();
        while let Some(member) = end.node.member("$ref") {
            let known = self.targets.followed.get(&(address(end.node), kind));
            if let Some(&(known, errors)) = known {
                self.reporter.repeat(errors);
                return known;
            }
            let reference = self.reference_text(member)?;
            if !seen.insert(address(end.node)) {
                self.circle(kind, passed);
                return None;
            }
            passed.push(self.siblings(end.node, reference.span, kind));
            let target = self.target(reference, kind)?;
            end.node = target.node;
            end.at = target.at();
            end.component = target.component();
        }
        Some(end)
    }

    /// The text of a `$ref`. Without quotes `#` begins a comment in YAML, so the value is null.
    pub(super) fn reference_text(&mut self, member: &'t Member) -> Option<Text<'t>> {
        if member.value.value == Value::Null {
            let message = "`$ref` has no value; it is ignored";
            self.reporter.push(
                Diagnostic::warning(WRONG_TYPE, message)
                    .strict()
                    .at(member.key.span, "")
                    .help("write the reference in quotes: in YAML, `#` after a space begins a comment"),
            );
            return None;
        }
        let value = match member.value.as_list() {
            Some([only]) if only.as_str().is_some() => {
                let message = "`$ref` must be a string; this array is read as its only element";
                self.assume(member.key.span, message.to_owned());
                only
            }
            _ => &member.value,
        };
        if value.as_str().is_none() {
            self.wrong_type(member, "a string");
        }
        let text = value.as_str()?;
        let trimmed = text.trim();
        if trimmed.is_empty() {
            self.without_value(member);
            return None;
        }
        if trimmed.len() < text.len() {
            let message = "spaces around a reference are ignored".to_owned();
            let written = Text {
                text,
                span: value.span,
            };
            self.assume_as(written, message, trimmed);
        }
        Some(Text {
            text: trimmed,
            span: value.span,
        })
    }

    /// The keys that are allowed beside `$ref`. All others are reported.
    fn siblings(&mut self, node: &'t Node, span: Span, kind: ObjectKind) -> Passed<'t> {
        let mut passed = Passed {
            node,
            span,
            summary: None,
            description: None,
            rust_name: None,
            former_name: None,
        };
        for member in node.as_map().unwrap_or_default() {
            match &*member.key.text {
                "description" => passed.description = self.text(Some(member)),
                "summary" if kind == ObjectKind::Response => {
                    passed.summary = self.text(Some(member));
                }
                "x-rust-name" => passed.rust_name = self.rust_name(Some(member)),
                "x-rust-former-name" => passed.former_name = Some(member),
                "$ref" | "summary" => {}
                key if key.starts_with("x-") => {}
                _ => self
                    .reporter
                    .ignored(&member.key, keys::REFERENCE.noun, None),
            }
        }
        passed
    }

    fn circle(&mut self, kind: ObjectKind, passed: &[Passed<'t>]) {
        let [first, rest @ ..] = passed else {
            return;
        };
        let message = format!(
            "this reference is part of a cycle that never reaches {}",
            kind.noun()
        );
        let diagnostic = if kind == ObjectKind::SecurityScheme {
            Diagnostic::error(REFERENCE_CYCLE, message)
        } else {
            let message = format!("{message}; {}", kind.fallback());
            Diagnostic::warning(REFERENCE_CYCLE, message).strict()
        };
        let diagnostic = diagnostic.at(first.span, "");
        let rest = rest.iter().map(|passed| (passed.span, "refers on"));
        self.reporter.push(also_some(diagnostic, rest));
    }

    /// The target of a reference. A missing target, and one of another kind, is reported.
    pub(super) fn target(&mut self, reference: Text<'t>, kind: ObjectKind) -> Option<Target<'t>> {
        let (path, pointer) = split(reference.text);
        if let Some(section) = self.other_section(pointer, kind) {
            let target = self.anything(reference);
            return self.wrong_kind(reference, kind, &format!("one of `{section}`"), target);
        }
        let cached = (reference.span.file, reference.text);
        if let Some(target) = self.targets.found.get(&cached) {
            return Some(*target);
        }
        let Some(root) = self.file(reference, path) else {
            let found = self.component_of_name(reference, kind);
            match found {
                Some(target) => drop(self.targets.found.insert(cached, target)),
                None => self.unread(reference, kind),
            }
            return found;
        };
        if let Some(found) = self.container(root, pointer) {
            let target = walk(&mut self.targets.index, root, pointer).ok();
            return self.wrong_kind(reference, kind, &found, target);
        }
        match walk(&mut self.targets.index, root, pointer) {
            Ok(target) => {
                if let Some(found) = Look::other_than(kind, target.node) {
                    return self.wrong_kind(reference, kind, found.noun(), Some(target));
                }
                self.targets.found.insert(cached, target);
                Some(target)
            }
            Err(miss) => {
                let found = self.component_of_name(reference, kind);
                match found {
                    Some(target) => drop(self.targets.found.insert(cached, target)),
                    None => self.dangling(reference, kind, &miss),
                }
                found
            }
        }
    }

    /// The target of a `$ref` that is written where none is expected.
    pub(super) fn behind(&mut self, reference: &'t Node) -> Option<&'t Node> {
        let text = Text {
            text: reference.as_str()?,
            span: reference.span,
        };
        self.anything(text).map(|target| target.node)
    }

    pub(super) fn anything(&mut self, reference: Text<'t>) -> Option<Target<'t>> {
        let (path, pointer) = split(reference.text);
        let root = self.file(reference, path)?;
        walk(&mut self.targets.index, root, pointer).ok()
    }

    /// The schema of the parameter or header that a reference points to instead of a schema.
    pub(super) fn schema_of_input(&mut self, reference: Text<'t>) -> Option<Target<'t>> {
        let (input, kind) = match self.component_section(split(reference.text).1)? {
            "parameters" => ("parameter", ObjectKind::Parameter),
            "headers" => ("header", ObjectKind::Header),
            _ => return None,
        };
        let target = self.anything(reference)?;
        let followed = self.follow(target.node, target.at(), kind)?;
        let schema = followed.node.member("schema")?;
        let message = format!("expected a schema, found a {input}; its schema is used");
        self.assume(reference.span, message);
        Some(Target {
            node: &schema.value,
            key: Some(&schema.key),
            named: false,
        })
    }

    /// The schema that a value of `mapping` names: by a reference, or by the bare name of a component.
    pub(super) fn mapped(&mut self, word: Text<'t>) -> Option<Target<'t>> {
        if word.text.contains(['/', '#']) {
            return self.target(word, ObjectKind::Alternative);
        }
        let schemas = self.components_of(ObjectKind::Schema);
        if let Some(member) = schemas.and_then(|schemas| schemas.member(word.text)) {
            return Some(Target {
                node: &member.value,
                key: Some(&member.key),
                named: true,
            });
        }
        if self.files.find(word.span.file, word.text).is_some() {
            return self.target(word, ObjectKind::Alternative);
        }
        let names = schemas.and_then(Node::as_map).unwrap_or_default();
        let near = nearest(word.text, names.iter().map(|member| &*member.key.text));
        self.reporter
            .push(missing(word, near, ObjectKind::Alternative));
        None
    }

    /// The file that a reference points into.
    pub(super) fn file(&self, reference: Text<'t>, path: &str) -> Option<&'t Node> {
        if !path.is_empty() {
            return if is_file(path) {
                self.files.find(reference.span.file, path)
            } else {
                None
            };
        }
        if reference.span.file == self.root.span.file {
            return Some(self.root);
        }
        self.files.root(reference.span.file)
    }

    /// The section of the components that the reference names, if it is that of another kind.
    fn other_section<'p>(&self, pointer: &'p str, kind: ObjectKind) -> Option<&'p str> {
        let section = self.component_section(pointer)?;
        let sections = keys::COMPONENTS.of(self.version);
        let is_other = section != kind.section(self.version) && sections.has(section);
        is_other.then_some(section)
    }

    /// The description or one of its sections, if a pointer names that instead of an object in it.
    fn container(&self, root: &Node, pointer: &str) -> Option<String> {
        let is_description = root.member("openapi").or(root.member("swagger")).is_some();
        if !is_description {
            return None;
        }
        let Some(key) = pointer.strip_prefix('/') else {
            return pointer
                .is_empty()
                .then(|| "the description itself".to_owned());
        };
        let has = |keys: &'static keys::Keys, key| keys.of(self.version).has(key);
        let section = key.strip_prefix("components/");
        let is_container =
            has(&keys::DOCUMENT, key) || section.is_some_and(|key| has(&keys::COMPONENTS, key));
        is_container.then(|| format!("the object `{key}`"))
    }

    /// Reports a reference to an object of another kind, `found`. Returns what was most likely meant.
    fn wrong_kind(
        &mut self,
        reference: Text<'t>,
        kind: ObjectKind,
        found: &str,
        target: Option<Target<'t>>,
    ) -> Option<Target<'t>> {
        let message = format!("expected {}, but this refers to {found}", kind.noun());
        let within = || {
            let schema = schema_within(reference.text, target?.node);
            schema.filter(|_| kind == ObjectKind::Schema)
        };
        let meant = self.namesake(reference, kind).or_else(within);
        let read = meant.as_ref().and_then(|meant| {
            let pointer = split(meant).1;
            walk(&mut self.targets.index, self.root, pointer).ok()
        });
        let at = |diagnostic: Diagnostic| {
            let place = target.map(|target| target.at());
            let diagnostic = diagnostic.at(reference.span, found);
            also_elsewhere(diagnostic, reference, place, "this is what it refers to")
        };
        let Some((meant, read)) = meant.zip(read) else {
            let section = self.component(kind, "");
            let section = section.trim_end_matches('/');
            let diagnostic = at(kind.diagnostic(WRONG_KIND, message));
            self.reporter
                .push(diagnostic.help(format!("refer to one of `{section}`")));
            return None;
        };
        let message = format!("{message}; it is read as `{meant}`");
        let diagnostic = Diagnostic::warning(WRONG_KIND, message).strict();
        self.reporter.push(at(diagnostic).fix(
            format!("refer to `{meant}`"),
            reference.span,
            spelled(reference.text, reference.span, &meant),
        ));
        Some(read)
    }

    /// The component of the expected kind with the same name as the target.
    fn namesake(&self, reference: Text<'t>, kind: ObjectKind) -> Option<String> {
        let name = reference.text.rsplit('/').next()?;
        self.components_of(kind)?.member(&unescape(name))?;
        Some(self.component(kind, name))
    }
}

/// Adds a location, if it is in another file than the reference.
pub(super) fn also_elsewhere(
    diagnostic: Diagnostic,
    reference: Text<'_>,
    place: Option<Span>,
    label: impl Into<String>,
) -> Diagnostic {
    match place.filter(|place| place.file != reference.span.file) {
        Some(place) => diagnostic.also(place, label),
        None => diagnostic,
    }
}

/// The maximum number of references of a cycle that a message shows.
const MOST_SHOWN: usize = 8;

/// Adds labels for the first of many locations, and a note with the number of the others.
pub(super) fn also_some<T: Into<String>>(
    diagnostic: Diagnostic,
    mut places: impl ExactSizeIterator<Item = (Span, T)>,
) -> Diagnostic {
    let shown = places.by_ref().take(MOST_SHOWN);
    let diagnostic = shown.fold(diagnostic, |diagnostic, (span, text)| {
        diagnostic.also(span, text)
    });
    match places.len() {
        0 => diagnostic,
        left => diagnostic.note(format!("the circle has {left} more references")),
    }
}
