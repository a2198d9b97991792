//! `rename`: Rust names that the configuration sets for parts of descriptions. The types of `types` are applied in the
//! same way.
//!
//! A name is inserted into the tree of a description as `x-rust-name`, with its location in the configuration. So it
//! has the same meaning as in a description, and a mistake in it is reported in the configuration.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::Reader;
use super::code::{BAD_VALUE, NOT_THERE};
use super::located::Located;
use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::decode::{METHODS, VALUE_NAMES};
use crate::document::resolve_path;
use crate::source::{Key, Member, Node, Value, unescape};
use crate::text::Span;

/// The key of a description for a Rust name.
pub(super) const NAME: &str = "x-rust-name";

/// A Rust name, or a type of another crate, for a part of the description.
#[derive(Debug, Clone)]
pub(crate) struct Rename {
    pub target: Target,
    /// The location of the target.
    pub key: Span,
    /// The key that is inserted into the description.
    pub means: &'static str,
    pub name: Box<str>,
    /// The location of the name.
    pub span: Span,
}

/// The part that gets the name.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// The target of a JSON pointer, in this file or in each description.
    Pointer {
        file: Option<String>,
        parts: Vec<String>,
    },
    /// The operation with this `operationId`.
    Operation(String),
    /// A tag.
    Tag(String),
    /// The module of the description with this file name, without its extension.
    Module(String),
}

/// The renames of a crate, with their results in the descriptions so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Renames(Vec<(Rename, Outcome)>);

impl Reader {
    /// The entries of `rename`. Reports keys that are no targets, and one name for two things that need different ones.
    pub(super) fn renames(
        &mut self,
        entries: &BTreeMap<Located<String>, Located<String>>,
    ) -> Renames {
        let mut renames = Renames::default();
        for (Located { value, span }, name) in entries {
            let (Some(key), Some(at)) = (*span, name.span) else {
                continue;
            };
            let Some(target) = Target::parse(value, &self.folder) else {
                let message = format!("`{value}` is nothing that can be renamed");
                self.report(BAD_VALUE, message, *span, |it| {
                    it.help(
                        "write `#/components/schemas/Pet`, `operation listPets`, `tag pets` or `module api`",
                    )
                });
                continue;
            };
            let rename = Rename {
                target,
                key,
                means: NAME,
                name: name.value.as_str().into(),
                span: at,
            };
            if let Some(first) = renames.collides(&rename) {
                let message = format!("`{}` is the name of something else", rename.name);
                self.report(BAD_VALUE, message, name.span, |it| {
                    it.also(first, "it is given here")
                        .help("choose another name")
                });
                continue;
            }
            renames.add(rename);
        }
        renames
    }
}

impl Renames {
    /// The location of the same name for something beside the target, if there is one.
    fn collides(&self, rename: &Rename) -> Option<Span> {
        let mut known = self.0.iter().map(|(known, _)| known);
        let known = known.find(|it| it.name == rename.name && it.target.is_beside(&rename.target));
        known.map(|known| known.span)
    }

    pub(super) fn add(&mut self, rename: Rename) {
        self.0.push((rename, Outcome::Missing(None)));
    }

    /// The parts of descriptions that get names, with the locations of the targets.
    pub(crate) fn targets(&self) -> impl Iterator<Item = (Span, &Target)> {
        self.0
            .iter()
            .map(|(rename, _)| (rename.key, &rename.target))
    }

    /// Inserts the names into the trees of a description, which are given with their paths. `stem` is the file name of
    /// the description without extension.
    pub(crate) fn apply(&mut self, trees: &mut [(String, Arc<Node>)], stem: &str) {
        for (rename, outcome) in &mut self.0 {
            let found = rename.apply(trees, stem);
            if *outcome != Outcome::Done && found != Outcome::Missing(None) {
                *outcome = found;
            }
        }
    }

    /// The name of a description's module.
    pub(crate) fn module(&self, stem: &str) -> Option<&str> {
        let mut renames = self.0.iter();
        let named =
            renames.find(|(it, _)| matches!(&it.target, Target::Module(name) if name == stem));
        named.map(|(rename, _)| &*rename.name)
    }

    /// Reports the targets that no description has.
    pub(crate) fn report_missing(&self, diagnostics: &mut Diagnostics) {
        for (rename, outcome) in &self.0 {
            let error = |message: &str| Diagnostic::error(NOT_THERE, message);
            diagnostics.push(match outcome {
                Outcome::Done => continue,
                Outcome::Nameless => error(&format!(
                    "the target is not an object, so it cannot have `{}`",
                    rename.means
                ))
                .at(rename.key, ""),
                Outcome::Twice(first) => error("this is another entry for the same thing")
                    .at(rename.key, "")
                    .also(*first, "the first one")
                    .help("remove one of them"),
                Outcome::Missing(near) => {
                    let near = near.as_ref();
                    let label =
                        near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
                    error(&format!("no description has {}", rename.target)).at(rename.key, label)
                }
            });
        }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pointer { parts, .. } => {
                write!(f, "`{}` there", parts.last().map_or("", String::as_str))
            }
            Self::Operation(id) => write!(f, "an operation with the id `{id}`"),
            Self::Tag(tag) => write!(f, "the tag `{tag}`"),
            Self::Module(module) => write!(f, "the file name `{module}`"),
        }
    }
}

/// The result of applying a [`Rename`] to a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    /// The target does not exist. Contains a similar name, if there is one.
    Missing(Option<String>),
    /// The target is not an object, so it cannot have a name.
    Nameless,
    /// The configuration already has an entry for the target, at this location.
    Twice(Span),
}

impl Target {
    /// Whether two targets are in one scope, so that they need different names. Operations with different tags are not.
    fn is_beside(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Pointer { file, parts },
                Self::Pointer {
                    file: other_file,
                    parts: other,
                },
            ) => {
                let is_operation = parts.first().is_some_and(|first| first == "paths");
                let above = |parts: &[String]| parts.split_last().map(|(_, above)| above.to_vec());
                !is_operation && file == other_file && above(parts) == above(other)
            }
            (Self::Tag(_), Self::Tag(_)) | (Self::Module(_), Self::Module(_)) => true,
            _ => false,
        }
    }

    /// Parses `#/components/schemas/Pet`, `operation listPets`, `operation GET /pets`, `tag pets` or `module api`.
    ///
    /// The file before `#` is relative to `folder`.
    pub(super) fn parse(text: &str, folder: &Path) -> Option<Self> {
        if let Some((file, pointer)) = text.split_once('#') {
            let parts = pointer.strip_prefix('/')?.split('/');
            let file = Some(file).filter(|file| !file.is_empty());
            let file = file.map(|file| normalized(&folder.join(file).to_string_lossy()));
            return Some(Self::Pointer {
                file,
                parts: parts.map(unescape).collect(),
            });
        }
        let (kind, name) = text.split_once(' ')?;
        let name = name.trim();
        match kind {
            "operation" => Some(match name.split_once(' ') {
                Some((method, path)) if path.starts_with('/') => Self::Pointer {
                    file: None,
                    parts: vec![
                        "paths".to_owned(),
                        path.to_owned(),
                        method.to_ascii_lowercase(),
                    ],
                },
                _ => Self::Operation(name.to_owned()),
            }),
            "tag" => Some(Self::Tag(name.to_owned())),
            "module" => Some(Self::Module(name.to_owned())),
            _ => None,
        }
    }
}

impl Rename {
    /// Inserts the name into the trees of a description, which are given with their paths.
    fn apply(&self, trees: &mut [(String, Arc<Node>)], stem: &str) -> Outcome {
        match &self.target {
            Target::Pointer { file, parts } => {
                let tree = match file {
                    Some(file) => trees.iter_mut().find(|(path, _)| normalized(path) == *file),
                    None => trees.first_mut(),
                };
                tree.map_or(Outcome::Missing(None), |(_, tree)| {
                    self.at(Arc::make_mut(tree), parts)
                })
            }
            Target::Operation(id) => self.operation(trees, id),
            Target::Tag(tag) => self.tag(trees, tag),
            Target::Module(module) if module == stem => Outcome::Done,
            Target::Module(_) => Outcome::Missing(Some(stem.to_owned())),
        }
    }

    fn at(&self, tree: &mut Node, parts: &[String]) -> Outcome {
        let mut node = tree;
        for (index, part) in parts.iter().enumerate() {
            let is_name = self.means == NAME;
            let is_value = index + 1 == parts.len() && index > 0 && parts[index - 1] == "enum";
            if is_name && (is_value || (part == "enum" && index + 2 == parts.len())) {
                return self.value(node, &parts[index + 1..]);
            }
            let near = near_key(node, part);
            match step(node, part) {
                Some(next) => node = next,
                None => return Outcome::Missing(near),
            }
        }
        self.set(node)
    }

    /// Sets the name of a value in the `enum` of a schema. The value is identified by its position or by its text.
    fn value(&self, schema: &mut Node, parts: &[String]) -> Outcome {
        let (Some(part), Value::Map(members)) = (parts.first(), &mut schema.value) else {
            return Outcome::Missing(None);
        };
        let values = members.iter().find(|member| &*member.key.text == "enum");
        let values = values.and_then(|member| member.value.as_list());
        let values = values.unwrap_or_default().iter();
        let values: Vec<&str> = values
            .map(|it| it.as_scalar().unwrap_or_default())
            .collect();
        let position = part.parse().ok().filter(|at| *at < values.len());
        let position = position.or_else(|| values.iter().position(|value| value == part));
        let Some(position) = position else {
            return Outcome::Missing(nearest(part, values).map(str::to_owned));
        };
        let (text, count): (Box<str>, usize) = (values[position].into(), values.len());
        let known = VALUE_NAMES
            .iter()
            .find_map(|key| members.iter().position(|it| &*it.key.text == *key));
        let names = known.map(|at| &mut members[at].value.value);
        match names {
            Some(Value::List(names)) if names.len() == count => names[position] = self.node(),
            Some(Value::Map(names)) => put(names, self.member(&text)),
            Some(other) => *other = Value::Map(vec![self.member(&text)]),
            None => members.push(Member {
                key: self.key(VALUE_NAMES[0]),
                value: Node::new(self.span, Value::Map(vec![self.member(&text)])),
            }),
        }
        Outcome::Done
    }

    fn operation(&self, trees: &mut [(String, Arc<Node>)], id: &str) -> Outcome {
        let mut done = None;
        let mut ids = Vec::new();
        for (_, tree) in trees {
            each_operation(Arc::make_mut(tree), &mut |operation| {
                let own = operation.get("operationId").and_then(Node::as_str);
                if own == Some(id) {
                    done = Some(self.set(operation));
                } else {
                    ids.extend(own.map(str::to_owned));
                }
            });
        }
        done.unwrap_or_else(|| {
            let ids = ids.iter().map(String::as_str);
            Outcome::Missing(nearest(id, ids).map(str::to_owned))
        })
    }

    /// Sets the name of a tag. The tag is declared first if only operations use it.
    fn tag(&self, trees: &mut [(String, Arc<Node>)], name: &str) -> Outcome {
        let mut used = Vec::new();
        for (_, tree) in trees.iter_mut() {
            each_operation(Arc::make_mut(tree), &mut |operation| {
                let tags = operation.get("tags").and_then(Node::as_list);
                let tags = tags.unwrap_or_default().iter().filter_map(Node::as_str);
                used.extend(tags.map(str::to_owned));
            });
        }
        let Some((_, root)) = trees.first_mut() else {
            return Outcome::Missing(None);
        };
        let root = Arc::make_mut(root);
        if let Some(Value::List(tags)) = step(root, "tags").map(|tags| &mut tags.value) {
            let named = |tag: &&mut Node| tag.get("name").and_then(Node::as_str) == Some(name);
            if let Some(tag) = tags.iter_mut().find(named) {
                return self.set(tag);
            }
        }
        if !used.iter().any(|tag| tag == name) {
            let used = used.iter().map(String::as_str);
            return Outcome::Missing(nearest(name, used).map(str::to_owned));
        }
        let tag = Member {
            key: self.key("name"),
            value: Node::new(self.key, Value::String(name.into())),
        };
        let tag = Node::new(self.key, Value::Map(vec![tag, self.member(self.means)]));
        declare(root, self.key("tags"), tag);
        Outcome::Done
    }

    fn set(&self, node: &mut Node) -> Outcome {
        let Value::Map(members) = &mut node.value else {
            return Outcome::Nameless;
        };
        let member = self.member(self.means);
        let known = members
            .iter()
            .find(|known| known.key.text == member.key.text);
        let known = known.map(|known| known.key.span);
        if let Some(first) = known.filter(|first| first.file == self.key.file && *first != self.key)
        {
            return Outcome::Twice(first);
        }
        put(members, member);
        Outcome::Done
    }

    fn member(&self, key: &str) -> Member {
        Member {
            key: self.key(key),
            value: self.node(),
        }
    }

    fn key(&self, text: &str) -> Key {
        Key {
            text: text.into(),
            span: self.key,
        }
    }

    fn node(&self) -> Node {
        Node::new(self.span, Value::String(self.name.clone()))
    }
}

/// A path without `.`, `..` and a slash at its end.
pub(crate) fn normalized(path: &str) -> String {
    let path = path.replace('\\', "/");
    resolve_path("", path.trim_end_matches('/'))
}

/// Adds an element to the array at a key of the root.
fn declare(root: &mut Node, key: Key, element: Node) {
    if let Some(Value::List(elements)) = step(root, &key.text).map(|node| &mut node.value) {
        elements.push(element);
        return;
    }
    if let Value::Map(members) = &mut root.value {
        let value = Node::new(element.span, Value::List(vec![element]));
        members.push(Member { key, value });
    }
}

/// Sets an entry of a map.
fn put(members: &mut Vec<Member>, member: Member) {
    match members
        .iter_mut()
        .find(|known| known.key.text == member.key.text)
    {
        Some(known) => *known = member,
        None => members.push(member),
    }
}

fn step<'n>(node: &'n mut Node, part: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Map(members) => {
            let member = members.iter_mut().find(|member| &*member.key.text == part);
            member.map(|member| &mut member.value)
        }
        Value::List(elements) => elements.get_mut(part.parse::<usize>().ok()?),
        _ => None,
    }
}

fn near_key(node: &Node, part: &str) -> Option<String> {
    let members = node.as_map()?;
    let keys = members.iter().map(|member| &*member.key.text);
    nearest(part, keys).map(str::to_owned)
}

/// Calls a function with every operation of a tree: each object at the key of a method that has responses or an id.
fn each_operation(node: &mut Node, call: &mut impl FnMut(&mut Node)) {
    match &mut node.value {
        Value::List(elements) => {
            for element in elements {
                each_operation(element, call);
            }
        }
        Value::Map(members) => {
            for Member { key, value } in members {
                let is_method = METHODS
                    .iter()
                    .any(|(word, _)| key.text.eq_ignore_ascii_case(word));
                if is_method
                    && (value.get("operationId").is_some() || value.get("responses").is_some())
                {
                    call(value);
                }
                each_operation(value, call);
            }
        }
        _ => {}
    }
}
