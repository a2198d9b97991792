//! Resolves `$ref`: within the file, into other files, and through chains.

use std::collections::{HashMap, HashSet};

use super::super::Text;
use super::super::code::{
    DANGLING_REFERENCE, REFERENCE_CYCLE, UNREAD_FILE, WRONG_KIND, WRONG_TYPE,
};
use super::super::files::{is_file, split};
pub(super) use super::kind::ObjectKind;
use super::look::{Look, schema_within};
use super::pointer::{Index, Miss, Target, escape, unescape, walk, without_hash};
use super::read::{meant, spelled};
use super::{Decoder, address, keys};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{FileId, Member, Node, Span, Value};

/// The maximum number of dangling references for which a similar name is searched: each search compares with every
/// component.
const MOST_SUGGESTIONS: usize = 200;

/// A cache of resolved references, so that the thousandth reference to a component costs no search.
#[derive(Debug, Default)]
pub(super) struct Targets<'t> {
    index: Index<'t>,
    found: HashMap<(FileId, &'t str), Target<'t>>,
    /// The target of each node with a `$ref`, by its address, with the number of errors that resolving it reported.
    followed: HashMap<(usize, ObjectKind), (Option<Followed<'t>>, usize)>,
    /// The suggestions for dangling references.
    meant: HashMap<(FileId, &'t str), Option<String>>,
}

/// A reference on the way to the target.
struct Passed<'t> {
    node: &'t Node,
    span: Span,
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
                    .help("quote the reference: in YAML, `#` after a space begins a comment"),
            );
            return None;
        }
        if member.value.as_str().is_none() {
            self.wrong_type(member, "a string");
        }
        let text = member.value.as_str()?;
        let trimmed = text.trim();
        if trimmed.len() < text.len() {
            let message = "spaces around a reference are ignored".to_owned();
            self.assume(member.value.span, message);
        }
        Some(Text {
            text: trimmed,
            span: member.value.span,
        })
    }

    /// The keys that are allowed beside `$ref`. All others are reported.
    fn siblings(&mut self, node: &'t Node, span: Span, kind: ObjectKind) -> Passed<'t> {
        let mut passed = Passed {
            node,
            span,
            description: None,
            rust_name: None,
            former_name: None,
        };
        let is_summed_up = kind == ObjectKind::Response && node.get("description").is_none();
        for member in node.as_map().unwrap_or_default() {
            match &*member.key.text {
                "description" => passed.description = self.text(Some(member)),
                "summary" if is_summed_up => passed.description = self.text(Some(member)),
                "x-rust-name" => passed.rust_name = self.rust_name(Some(member)),
                "x-rust-former-name" => passed.former_name = Some(member),
                "$ref" | "summary" => {}
                key if key.starts_with("x-") => {}
                _ => self.reporter.ignored(&member.key, keys::REFERENCE.noun),
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
        if self.is_other_kind(reference, pointer, kind) {
            return None;
        }
        let cached = (reference.span.file, reference.text);
        if let Some(target) = self.targets.found.get(&cached) {
            return Some(*target);
        }
        let Some(root) = self.file(reference, path) else {
            self.unread(reference, kind);
            return None;
        };
        match walk(&mut self.targets.index, root, pointer) {
            Ok(target) if self.is_unlike(reference, &target, kind) => None,
            Ok(target) => {
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

    /// The component whose name a reference with a wrong path ends with: `#/definitions/Pet`. Security schemes are
    /// excluded.
    fn component_of_name(&mut self, reference: Text<'t>, kind: ObjectKind) -> Option<Target<'t>> {
        let (path, pointer) = split(reference.text);
        let (way, name) = pointer.rsplit_once('/')?;
        let is_short = way.matches('/').count() < 3 && !way.contains("/properties");
        if !path.is_empty() || !is_short || kind == ObjectKind::SecurityScheme {
            return None;
        }
        let member = self.components_of(kind)?.member(&unescape(name))?;
        let meant = self.component(kind, name);
        let message = format!(
            "`{}` does not exist; it is read as `{meant}`",
            reference.text
        );
        let diagnostic = Diagnostic::warning(DANGLING_REFERENCE, message).strict();
        let diagnostic = diagnostic.at(reference.span, "no such location");
        self.reporter.push(diagnostic.fix(
            format!("write `{meant}`"),
            reference.span,
            spelled(reference.text, reference.span, &meant),
        ));
        Some(Target {
            node: &member.value,
            key: Some(&member.key),
            named: true,
        })
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
    fn file(&self, reference: Text<'t>, path: &str) -> Option<&'t Node> {
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

    /// Whether the reference names a component of another kind. If so, it is reported.
    fn is_other_kind(&mut self, reference: Text<'t>, pointer: &str, kind: ObjectKind) -> bool {
        let Some(section) = self.component_section(pointer) else {
            return false;
        };
        let sections = keys::COMPONENTS.of(self.version);
        let other = section != kind.section(self.version) && sections.has(section);
        if other {
            let message = format!(
                "expected {}, but this refers to one of `{section}`",
                kind.noun()
            );
            let target = self.anything(reference);
            let label = format!("one of `{section}`");
            self.wrong_kind(reference, kind, message, &label, target.as_ref());
        }
        other
    }

    /// Whether the target is obviously of another kind, wherever it is. If so, it is reported.
    fn is_unlike(&mut self, reference: Text<'t>, target: &Target<'t>, kind: ObjectKind) -> bool {
        let found = match (kind, Look::of(target.node)) {
            (ObjectKind::Schema | ObjectKind::Alternative, Some(look)) if look != Look::Schema => {
                look
            }
            (
                ObjectKind::RequestBody | ObjectKind::Response | ObjectKind::MediaType,
                Some(look),
            ) if look != Look::Body => look,
            _ => return false,
        };
        let (wanted, found) = (kind.noun(), found.noun());
        let message = format!("expected {wanted}, but this refers to {found}");
        self.wrong_kind(reference, kind, message, found, Some(target));
        true
    }

    fn wrong_kind(
        &mut self,
        reference: Text<'t>,
        kind: ObjectKind,
        message: String,
        label: &str,
        target: Option<&Target<'t>>,
    ) {
        let diagnostic = kind.diagnostic(WRONG_KIND, message);
        let diagnostic = diagnostic.at(reference.span, label);
        let place = target.map(Target::at);
        let diagnostic = also_elsewhere(diagnostic, reference, place, "this is what it refers to");
        let meant = self.namesake(reference, kind);
        let meant = meant.or_else(|| {
            target.and_then(|target| {
                schema_within(reference.text, target.node).filter(|_| kind == ObjectKind::Schema)
            })
        });
        let section = self.component(kind, "");
        let section = section.trim_end_matches('/');
        self.reporter.push(match meant {
            Some(meant) => diagnostic.fix(
                format!("refer to `{meant}`"),
                reference.span,
                spelled(reference.text, reference.span, &meant),
            ),
            None => diagnostic.help(format!("refer to one of `{section}`")),
        });
    }

    /// The component of the expected kind with the same name as the target.
    fn namesake(&self, reference: Text<'t>, kind: ObjectKind) -> Option<String> {
        let name = reference.text.rsplit('/').next()?;
        self.components_of(kind)?.member(&unescape(name))?;
        Some(self.component(kind, name))
    }

    fn unread(&mut self, reference: Text<'t>, kind: ObjectKind) {
        let (path, _) = split(reference.text);
        let mut own = self.components_of(kind).into_iter();
        let meant = if own.any(|own| own.member(reference.text).is_some()) {
            Some(self.component(kind, &escape(path)))
        } else {
            without_hash(self.root, reference.text)
        };
        if meant.is_some() {
            self.reporter
                .push(missing(reference, meant.as_deref(), kind));
            return;
        }
        let (what, help) = if is_file(path) {
            (
                format!("the file `{path}` was not read"),
                "put the file where the reference says, or correct its path",
            )
        } else {
            (
                format!("`{path}` is not fetched"),
                "copy what is referenced into the description",
            )
        };
        let message = format!("{what}: {}", kind.fallback());
        self.reporter.push(
            Diagnostic::warning(UNREAD_FILE, message)
                .at(reference.span, "")
                .help(help),
        );
    }

    fn dangling(&mut self, reference: Text<'t>, kind: ObjectKind, miss: &Miss<'t>) {
        let place = (reference.span.file, reference.text);
        let known = self.targets.meant.get(&place).cloned();
        let suggestion = match known {
            Some(known) => known,
            None if self.targets.meant.len() < MOST_SUGGESTIONS => {
                self.suggestion(reference, kind, miss)
            }
            None => None,
        };
        let diagnostic = missing(reference, suggestion.as_deref(), kind);
        let label = match &*miss.part {
            "" => "not in this file".to_owned(),
            part => format!("no `{part}` in here"),
        };
        let (path, _) = split(reference.text);
        let root = self.file(reference, path);
        let parent = root.and_then(|root| walk(&mut self.targets.index, root, &miss.prefix).ok());
        let parent = parent.map(|parent| parent.at());
        self.reporter
            .push(also_elsewhere(diagnostic, reference, parent, label));
        self.targets.meant.insert(place, suggestion);
    }

    /// The reference that was meant: one with a similar name at the same location, or the same name among the
    /// components.
    fn suggestion(
        &mut self,
        reference: Text<'t>,
        kind: ObjectKind,
        miss: &Miss<'t>,
    ) -> Option<String> {
        let (path, pointer) = split(reference.text);
        let members = miss.parent.as_map().unwrap_or_default();
        if let Some(near) = nearest(&miss.part, members.iter().map(|member| &*member.key.text)) {
            let near = format!("{}/{}{}", miss.prefix, escape(near), miss.rest);
            let root = self.file(reference, path)?;
            if walk(&mut self.targets.index, root, &near).is_ok() {
                return Some(format!("{path}#{near}"));
            }
        }
        let name = unescape(pointer.rsplit('/').next()?);
        let components = self.components_of(kind)?.as_map()?;
        let known = nearest(&name, components.iter().map(|member| &*member.key.text))?;
        Some(self.component(kind, &escape(known)))
    }
}

/// Adds a location, if it is in another file than the reference.
fn also_elsewhere(
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

/// The diagnostic of a reference without a target. With a suggestion it is an error, because the fix is easy. Without
/// one the target is missing from the description, and the rest can still be used.
fn missing(reference: Text<'_>, suggestion: Option<&str>, kind: ObjectKind) -> Diagnostic {
    let message = format!("`{}` does not exist", reference.text);
    match suggestion {
        Some(known) => {
            let diagnostic = kind.diagnostic(DANGLING_REFERENCE, message);
            meant(diagnostic, reference.text, reference.span, known)
        }
        None => Diagnostic::warning(
            DANGLING_REFERENCE,
            format!("{message}; {}", kind.fallback()),
        )
        .strict()
        .at(reference.span, "not found"),
    }
}
