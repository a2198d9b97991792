//! The names that a description defines, from the last time when it could be parsed.

use std::collections::BTreeSet;

use super::check::Good;
use super::cursor::Step;
use super::index::{Index, Symbol};
use super::words::MEDIA_TYPES;
use super::worker::Found;
use crate::diagnostic::Diagnostics;
use crate::document::decode::{Form, Keys, Words, escape, version, version_in};
use crate::document::{Format, Version};
use crate::source::{Member, Node};
use crate::text::FileId;

/// The names that can be used in a file.
pub(super) struct Known<'f> {
    path: &'f str,
    /// The description that the file is part of, if it was ever parsed.
    read: Option<(&'f Good, FileId)>,
}

impl<'f> Known<'f> {
    pub(super) fn of(found: &'f Found, path: &'f str) -> Self {
        Self {
            path,
            read: found.good_of(path),
        }
    }

    fn index(&self) -> Option<&'f Index> {
        self.read.map(|(good, _)| good.index())
    }

    /// The version of the description, otherwise the newest one.
    pub(super) fn version(&self, text: &str) -> Version {
        let root = self.read.map(|(good, _)| good.description.root());
        let version = root.and_then(|root| version(root, &mut Diagnostics::new()));
        let read = version.map(|(version, _)| version);
        read.or_else(|| version_in(text)).unwrap_or(Version::V3_2)
    }

    /// The form of the value at a path.
    pub(super) fn form(&self, path: &[Step], is_root: bool) -> Option<Form> {
        let from_root = is_root.then(|| below(Form::DESCRIPTION, path)).flatten();
        from_root.or_else(|| {
            // The target of a reference has the form that its use requires.
            let (good, file) = self.read?;
            let entries = good.index().entries.iter();
            let entries = entries.filter(|(of, parts, _)| *of == file && leads(parts, path));
            let (_, parts, form) = entries.max_by_key(|(_, parts, _)| parts.len())?;
            below(*form, &path[parts.len()..])
        })
    }

    pub(super) fn media_types(&self) -> BTreeSet<String> {
        let written = self
            .index()
            .into_iter()
            .flat_map(|index| &index.media_types);
        let usual = MEDIA_TYPES.into_iter().map(str::to_owned);
        written.cloned().chain(usual).collect()
    }

    pub(super) fn schemes(&self) -> Vec<&'f str> {
        self.defined(|symbol| match symbol {
            Symbol::Scheme(name) => Some(name),
            _ => None,
        })
    }

    /// The names of a kind of symbols.
    fn defined(&self, name: fn(&Symbol) -> Option<&String>) -> Vec<&'f str> {
        let mentions = self.index().into_iter().flat_map(Index::all);
        let defining = mentions.filter(|mention| mention.defines);
        let names = defining.filter_map(|mention| name(&mention.symbol));
        let names: BTreeSet<&str> = names.map(String::as_str).collect();
        names.into_iter().collect()
    }

    /// The strings for a set of words in a version.
    pub(super) fn words(&self, words: Words, version: Version, path: &[Step]) -> Vec<String> {
        let owned = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
        match words {
            Words::Of(all) | Words::Suggested(all) => {
                let all = all.iter().map(|(word, _)| *word);
                owned(
                    all.filter(|word| words.has_in(word, &(version..=version)))
                        .collect(),
                )
            }
            Words::Format => owned(Format::names().collect()),
            Words::MediaType => self.media_types().into_iter().collect(),
            Words::Tag => owned(self.defined(|symbol| match symbol {
                Symbol::Tag(name) => Some(name),
                _ => None,
            })),
            Words::Operation => owned(self.defined(|symbol| match symbol {
                Symbol::Operation(name) => Some(name),
                _ => None,
            })),
            Words::TagName | Words::OperationId => Vec::new(),
            Words::Property => self.properties(path),
            Words::Scope => self.scopes(path),
        }
    }

    /// The properties of the schema, for a path into its `required`.
    fn properties(&self, path: &[Step]) -> Vec<String> {
        let schema = path
            .iter()
            .rposition(|step| *step == Step::Key("required".to_owned()));
        let tree = self.read.and_then(|(good, file)| good.tree(file));
        let mut node = tree;
        for step in &path[..schema.unwrap_or_default()] {
            node = node.and_then(|node| match step {
                Step::Key(key) => node.get(key),
                Step::Element => None,
            });
        }
        let properties = node.and_then(|node| node.get("properties"));
        keys(properties)
    }

    /// The scopes of the security scheme, for a path into one of its requirements.
    fn scopes(&self, path: &[Step]) -> Vec<String> {
        let scheme = path.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key),
            Step::Element => None,
        });
        let root = self.read.map(|(good, _)| good.description.root());
        let schemes = root.and_then(|root| section(root, "securitySchemes"));
        let scheme = scheme.and_then(|scheme| schemes?.1.get(scheme));
        let scopes = scheme.into_iter().flat_map(scopes_of);
        let scopes: BTreeSet<String> = scopes.map(|scope| scope.key.text.to_string()).collect();
        scopes.into_iter().collect()
    }

    /// The references to components of a kind, with the descriptions of the components.
    pub(super) fn targets(&self, kind: &'static Keys) -> Vec<(String, Option<String>)> {
        let Some((good, own)) = self.read else {
            return Vec::new();
        };
        let Some(name) = kind.section() else {
            return Vec::new();
        };
        let mut targets = Vec::new();
        for tree in good.description.trees() {
            let file = tree.span.file;
            let before = if file == own {
                String::new()
            } else {
                relative(self.path, &good.sources.file(file).path)
            };
            let bare = || self.is_map_of(tree, kind).then_some((String::new(), tree));
            let Some((way, section)) = section(tree, name).or_else(bare) else {
                continue;
            };
            for member in section.as_map().unwrap_or_default() {
                let docs = ["description", "summary", "title"].map(|key| member.value.get(key));
                let docs = docs.into_iter().flatten().find_map(Node::as_str);
                let reference = format!("{before}#{way}/{}", escape(&member.key.text));
                targets.push((reference, docs.map(str::to_owned)));
            }
        }
        // Files that consist of one object of this kind.
        let index = good.index().entries.iter();
        let whole = index.filter(|(file, parts, form)| {
            let is_kind = form.object().is_some_and(|keys| keys.noun == kind.noun);
            parts.is_empty() && is_kind && *file != own
        });
        let paths: BTreeSet<String> = whole
            .map(|(file, _, _)| relative(self.path, &good.sources.file(*file).path))
            .collect();
        targets.extend(paths.into_iter().map(|path| (path, None)));
        targets
    }

    /// Whether a file is a map of objects of a kind: a reference leads to one of its keys.
    fn is_map_of(&self, tree: &Node, kind: &'static Keys) -> bool {
        let entries = self.index().into_iter().flat_map(|index| &index.entries);
        let mut entries = entries.filter(|(file, ..)| *file == tree.span.file);
        entries.any(|(_, parts, form)| {
            let is_kind = form.object().is_some_and(|keys| keys.noun == kind.noun);
            parts.len() == 1 && is_kind
        })
    }
}

fn keys(node: Option<&Node>) -> Vec<String> {
    let members = node.and_then(Node::as_map).unwrap_or_default();
    members
        .iter()
        .map(|member| member.key.text.to_string())
        .collect()
}

/// The scopes of all flows of a security scheme. Swagger 2.0 has one flow, without `flows`.
pub(super) fn scopes_of(scheme: &Node) -> impl Iterator<Item = &Member> {
    let flows = scheme.get("flows").and_then(Node::as_map);
    let flows = flows.unwrap_or_default().iter();
    let all = flows.map(|flow| flow.value.get("scopes"));
    let all = all.chain([scheme.get("scopes")]).flatten();
    all.flat_map(|scopes| scopes.as_map().unwrap_or_default())
}

/// The section of a file with components of a kind, and the pointer to it.
fn section<'n>(tree: &'n Node, name: &'static str) -> Option<(String, &'n Node)> {
    if tree.get("swagger").is_some() {
        let name = match name {
            "schemas" => "definitions",
            "securitySchemes" => "securityDefinitions",
            other => other,
        };
        return Some((format!("/{name}"), tree.get(name)?));
    }
    let section = tree.get("components")?.get(name)?;
    Some((format!("/components/{name}"), section))
}

fn below(form: Form, path: &[Step]) -> Option<Form> {
    path.iter().try_fold(form, |form, step| match step {
        Step::Key(key) => form.of_key(key),
        Step::Element => form.of_element(),
    })
}

/// Whether the parts of a pointer are a prefix of a path.
fn leads(parts: &[String], path: &[Step]) -> bool {
    let is_step = |(part, step): (&String, &Step)| matches!(step, Step::Key(key) if key == part);
    parts.len() <= path.len() && parts.iter().zip(path).all(is_step)
}

/// The relative path from a file to another one.
fn relative(from: &str, to: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let own: Vec<&str> = folder.split('/').collect();
    let other: Vec<&str> = to.split('/').collect();
    let same = own
        .iter()
        .zip(&other)
        .take_while(|(one, other)| one == other)
        .count();
    let up = own[same..].iter().map(|_| "..");
    let parts: Vec<&str> = up.chain(other[same..].iter().copied()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_file_that_refers() {
        assert_eq!(relative("/api/a.yaml", "/api/b.yaml"), "b.yaml");
        assert_eq!(relative("/api/x/a.yaml", "/api/y/b.yaml"), "../y/b.yaml");
        assert_eq!(relative("/api/a.yaml", "/api/x/b.yaml"), "x/b.yaml");
    }
}
