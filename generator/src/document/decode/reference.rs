//! Following `$ref`: within the file, into other files, through chains.

use std::collections::HashMap;

use super::super::Text;
use super::super::code::{DANGLING_REFERENCE, REFERENCE_CYCLE, UNREAD_FILE, WRONG_KIND};
use super::super::files::{is_file, percent_decode, split};
use super::nearest::nearest;
use super::{Decoder, address, keys};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Key, Node, Span};

/// What a reference is expected to lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Schema,
    Parameter,
    RequestBody,
    Response,
    Header,
    Example,
    MediaType,
    PathItem,
    Callback,
    SecurityScheme,
}

impl Kind {
    /// Where its components stand.
    fn section(self) -> &'static str {
        match self {
            Self::Schema => "schemas",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Response => "responses",
            Self::Header => "headers",
            Self::Example => "examples",
            Self::MediaType => "mediaTypes",
            Self::PathItem => "pathItems",
            Self::Callback => "callbacks",
            Self::SecurityScheme => "securitySchemes",
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Schema => keys::SCHEMA.noun,
            Self::Parameter => keys::PARAMETER.noun,
            Self::RequestBody => keys::BODY.noun,
            Self::Response => keys::RESPONSE.noun,
            Self::Header => keys::HEADER.noun,
            Self::Example => keys::EXAMPLE.noun,
            Self::MediaType => keys::MEDIA_TYPE.noun,
            Self::PathItem => keys::PATH_ITEM.noun,
            Self::Callback => "a callback",
            Self::SecurityScheme => keys::SECURITY_SCHEME.noun,
        }
    }

    /// What happens without the target.
    fn fallback(self) -> &'static str {
        match self {
            Self::Schema => "any JSON is taken in its place",
            _ => "it is left out",
        }
    }
}

/// Where a reference leads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'t> {
    pub node: &'t Node,
    /// The key that holds the node; `None` for a whole file or an element of a list.
    pub key: Option<&'t Key>,
    /// Whether the node stands directly in a map of named things.
    pub named: bool,
}

impl<'t> Target<'t> {
    /// The best place to mark.
    pub(super) fn at(&self) -> Span {
        self.key
            .map_or_else(|| super::read::head(self.node), |key| key.span)
    }

    /// Its name, where it has one.
    pub(super) fn component(&self) -> Option<&'t str> {
        self.key.filter(|_| self.named).map(|key| &*key.text)
    }
}

/// The targets that were found, so that the thousandth reference to a component costs no search.
#[derive(Debug, Default)]
pub(super) struct Targets<'t>(HashMap<(FileId, &'t str), Target<'t>>);

/// Where a pointer led nowhere.
struct Miss<'t> {
    /// The last node that exists.
    parent: &'t Node,
    /// The pointer to it.
    prefix: String,
    /// The part that it does not have.
    part: String,
    /// The pointer after that part.
    rest: String,
}

/// A node behind a chain of references, with what the references say beside `$ref`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Followed<'t> {
    pub node: &'t Node,
    pub at: Span,
    pub component: Option<&'t str>,
    pub description: Option<&'t str>,
    pub rust_name: Option<Text<'t>>,
}

impl<'t> Decoder<'t, '_> {
    /// The node itself, or what its `$ref` leads to; `None`, reported, where that does not exist.
    pub(super) fn follow(&mut self, node: &'t Node, at: Span, kind: Kind) -> Option<Followed<'t>> {
        let mut followed = Followed {
            node,
            at,
            component: None,
            description: None,
            rust_name: None,
        };
        let mut passed: Vec<(usize, Span)> = Vec::new();
        while let Some(member) = followed.node.member("$ref") {
            let reference = self.reference_text(member)?;
            if passed
                .iter()
                .any(|(known, _)| *known == address(followed.node))
            {
                self.circle(kind, &passed);
                return None;
            }
            passed.push((address(followed.node), reference.span));
            self.siblings(&mut followed);
            let target = self.target(reference, kind)?;
            followed.node = target.node;
            followed.at = target.at();
            followed.component = target.component();
        }
        Some(followed)
    }

    /// The text of a `$ref`. Without quotes, `#` begins a comment in YAML and the value is null.
    pub(super) fn reference_text(&mut self, member: &'t crate::source::Member) -> Option<Text<'t>> {
        if member.value.value == crate::source::Value::Null {
            let message = "`$ref` has no value";
            self.reporter.push(
                Diagnostic::error(super::super::code::WRONG_TYPE, message)
                    .at(member.key.span, "")
                    .help("quote the reference: in YAML, `#` after a space begins a comment"),
            );
            return None;
        }
        if member.value.as_str().is_none() {
            self.wrong_type(member, "text");
        }
        member.value.as_str().map(|text| Text {
            text,
            span: member.value.span,
        })
    }

    /// Takes what may stand beside `$ref` and reports what is ignored there.
    fn siblings(&mut self, followed: &mut Followed<'t>) {
        let node = followed.node;
        for member in node.as_map().unwrap_or_default() {
            match &*member.key.text {
                "description" => {
                    followed.description = followed.description.or_else(|| self.text(Some(member)))
                }
                "x-rust-name" => {
                    followed.rust_name = followed.rust_name.or_else(|| self.word(Some(member)))
                }
                "$ref" | "summary" => {}
                key if key.starts_with("x-") => {}
                _ => self.reporter.ignored(&member.key, keys::REFERENCE.noun),
            }
        }
    }

    fn circle(&mut self, kind: Kind, passed: &[(usize, Span)]) {
        let [(_, first), rest @ ..] = passed else {
            return;
        };
        let message = format!(
            "this reference leads in a circle and never reaches {}",
            kind.noun()
        );
        let mut diagnostic = Diagnostic::error(REFERENCE_CYCLE, message).at(*first, "");
        for (_, span) in rest {
            diagnostic = diagnostic.also(*span, "leads on");
        }
        self.reporter.push(diagnostic);
    }

    /// Where a reference leads; `None`, reported, where that does not exist or is something else.
    pub(super) fn target(&mut self, reference: Text<'t>, kind: Kind) -> Option<Target<'t>> {
        let (path, pointer) = split(reference.text);
        self.check_kind(reference, pointer, kind);
        let cached = (reference.span.file, reference.text);
        if let Some(target) = self.targets.0.get(&cached) {
            return Some(*target);
        }
        let Some(root) = self.file(reference, path) else {
            self.unread(reference, kind);
            return None;
        };
        match walk(root, pointer) {
            Ok(target) => {
                self.targets.0.insert(cached, target);
                Some(target)
            }
            Err(miss) => {
                self.dangling(reference, kind, &miss);
                None
            }
        }
    }

    /// The schema that a word of a discriminator's mapping means: a reference, or the bare name of a component.
    pub(super) fn mapped(&mut self, word: Text<'t>) -> Option<Target<'t>> {
        let bare = !word.text.contains(['/', '#']);
        let named = bare
            .then(|| {
                self.root
                    .get("components")?
                    .get("schemas")?
                    .member(word.text)
            })
            .flatten();
        match named {
            Some(member) => Some(Target {
                node: &member.value,
                key: Some(&member.key),
                named: true,
            }),
            None => self.target(word, Kind::Schema),
        }
    }

    /// The file that a reference is about.
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

    fn check_kind(&mut self, reference: Text<'t>, pointer: &str, kind: Kind) {
        let mut parts = pointer
            .strip_prefix("/components/")
            .unwrap_or("")
            .split('/');
        let (Some(section), Some(_), None) = (parts.next(), parts.next(), parts.next()) else {
            return;
        };
        if section != kind.section() && keys::COMPONENTS.known.contains(&section) {
            let message = format!(
                "{} is expected here, but this refers to one of `{section}`",
                kind.noun()
            );
            self.reporter
                .push(Diagnostic::error(WRONG_KIND, message).at(reference.span, ""));
        }
    }

    fn unread(&mut self, reference: Text<'t>, kind: Kind) {
        let (path, _) = split(reference.text);
        let named = || {
            self.root
                .get("components")?
                .get(kind.section())?
                .member(path)
        };
        if !reference.text.contains('#') && named().is_some() {
            let meant = format!("#/components/{}/{}", kind.section(), escape(path));
            self.reporter.push(missing(reference, Some(&meant), kind));
            return;
        }
        let (what, help) = if is_file(path) {
            (
                format!("the file `{path}` was not read"),
                "put the file where the reference says, or mend its path",
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

    fn dangling(&mut self, reference: Text<'t>, kind: Kind, miss: &Miss<'t>) {
        let suggestion = self.suggestion(reference, kind, miss);
        self.reporter
            .push(missing(reference, suggestion.as_deref(), kind));
    }

    /// The reference that was meant: a near name at the same place, or the same name among the components.
    fn suggestion(&self, reference: Text<'t>, kind: Kind, miss: &Miss<'t>) -> Option<String> {
        let (path, pointer) = split(reference.text);
        let members = miss.parent.as_map().unwrap_or_default();
        if let Some(near) = nearest(&miss.part, members.iter().map(|member| &*member.key.text)) {
            let near = format!("{}/{}{}", miss.prefix, escape(near), miss.rest);
            let root = self.file(reference, path)?;
            if walk(root, &near).is_ok() {
                return Some(format!("{path}#{near}"));
            }
        }
        let name = unescape(pointer.rsplit('/').next()?);
        let components = self.root.get("components")?.get(kind.section())?.as_map()?;
        let known = nearest(&name, components.iter().map(|member| &*member.key.text))?;
        Some(format!("#/components/{}/{}", kind.section(), escape(known)))
    }
}

/// A reference without a target. Where it is clear what was meant, it is a mistake that a person mends at once;
/// else the thing is missing from the description, and the rest of it can still be used.
fn missing(reference: Text<'_>, suggestion: Option<&str>, kind: Kind) -> Diagnostic {
    let message = format!("`{}` does not exist", reference.text);
    match suggestion {
        Some(meant) => Diagnostic::error(DANGLING_REFERENCE, message)
            .at(reference.span, format!("did you mean `{meant}`?"))
            .fix(
                format!("write `{meant}`"),
                reference.span,
                format!("\"{meant}\""),
            ),
        None => Diagnostic::warning(
            DANGLING_REFERENCE,
            format!("{message}; {}", kind.fallback()),
        )
        .at(reference.span, "nothing stands there"),
    }
}

/// What a pointer leads to from the root of its file.
fn walk<'t>(root: &'t Node, pointer: &str) -> Result<Target<'t>, Miss<'t>> {
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
        return anchor(root, pointer).ok_or_else(miss);
    };
    let mut at = whole;
    let mut above = "";
    let mut offset = 0;
    for raw in path.split('/') {
        let Some(next) = step(root, at.node, raw, 16) else {
            return Err(Miss {
                parent: at.node,
                prefix: pointer[..offset].to_owned(),
                part: unescape(raw),
                rest: pointer[offset + 1 + raw.len()..].to_owned(),
            });
        };
        at = Target {
            named: matches!(above, "$defs" | "definitions") || is_section(&pointer[..offset]),
            ..next
        };
        above = raw;
        offset += 1 + raw.len();
    }
    Ok(at)
}

/// Whether a pointer leads to one of the maps under `components`.
fn is_section(pointer: &str) -> bool {
    pointer
        .strip_prefix("/components/")
        .is_some_and(|section| !section.contains('/'))
}

/// One part of a pointer. Where a node has only `$ref`, the part is looked for behind it.
fn step<'t>(root: &'t Node, node: &'t Node, raw: &str, hops: u8) -> Option<Target<'t>> {
    let part = unescape(raw);
    if let Some(elements) = node.as_list() {
        let node = elements.get(part.parse::<usize>().ok()?)?;
        return Some(Target {
            node,
            key: None,
            named: false,
        });
    }
    if let Some(member) = node.member(&part).or_else(|| node.member(raw)) {
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
    let target = behind
        .split('/')
        .try_fold(root, |node, raw| Some(step(root, node, raw, hops)?.node))?;
    step(root, target, raw, hops)
}

/// The schema with this `$anchor`.
fn anchor<'t>(root: &'t Node, name: &str) -> Option<Target<'t>> {
    let mut open = vec![Target {
        node: root,
        key: None,
        named: false,
    }];
    while let Some(target) = open.pop() {
        let names =
            ["$anchor", "$dynamicAnchor"].map(|key| target.node.get(key).and_then(Node::as_str));
        if names.contains(&Some(name)) {
            return Some(target);
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
    None
}

/// A part of a pointer as the key that it means.
fn unescape(part: &str) -> String {
    percent_decode(part).replace("~1", "/").replace("~0", "~")
}

/// A key as a part of a pointer in a `$ref`.
fn escape(key: &str) -> String {
    key.replace('~', "~0")
        .replace('/', "~1")
        .replace('%', "%25")
        .replace(' ', "%20")
}
