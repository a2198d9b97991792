//! Decodes what describes the API as a whole: `info` and the tags.

use hashbrown::HashMap;

use super::super::code::{DANGLING_REFERENCE, DUPLICATE, REFERENCE_CYCLE};
use super::super::{Info, Page, Tag, Text};
use super::read::{head, meant};
use super::{Decoder, Keys, Object, keys};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Member, Node, Span, Value};

impl<'t> Decoder<'t, '_> {
    /// The title, the version and the description of the API, and whom it belongs to.
    pub(super) fn info(&mut self, root: &Object<'t>) -> Info<'t> {
        let Some(member) = root.get("info") else {
            self.missing(root.at, "info", "a description");
            return Info::default();
        };
        let Some(info) = self.object(&member.value, member.key.span, &keys::INFO) else {
            return Info::default();
        };
        for key in ["title", "version"] {
            if info.get(key).is_none() {
                self.incomplete(&info, key, &keys::INFO);
            }
        }
        let [summary, description] = self.texts(&info);
        let contact = self.optional_object(info.get("contact"), &keys::CONTACT);
        let license = self.license(info.get("license"));
        let license = license.as_ref();
        Info {
            title: self.word(info.get("title")),
            version: self.word(info.get("version")),
            summary,
            description,
            terms: self.text(info.get("termsOfService")),
            contact: contact.as_ref().map(|it| self.page(it, "name")),
            email: contact.and_then(|it| self.text(it.get("email"))),
            license: license.map(|it| self.page(it, "name")),
            license_identifier: license.and_then(|it| self.text(it.get("identifier"))),
        }
    }

    /// The object that is the value of a key, unless that is null.
    fn optional_object(
        &mut self,
        member: Option<&'t Member>,
        keys: &'static Keys,
    ) -> Option<Object<'t>> {
        let member = member.filter(|member| member.value.value != Value::Null)?;
        self.object(&member.value, member.key.span, keys)
    }

    fn license(&mut self, member: Option<&'t Member>) -> Option<Object<'t>> {
        let license = self.optional_object(member, &keys::LICENSE)?;
        if license.get("name").is_none() {
            self.incomplete(&license, "name", &keys::LICENSE);
        }
        self.exclusive(&license, &[("identifier", "url")], "both are shown");
        Some(license)
    }

    /// The page that an object describes.
    fn page(&mut self, object: &Object<'t>, text: &str) -> Page<'t> {
        Page {
            url: self.text(object.get("url")),
            text: self.text(object.get(text)),
        }
    }

    /// `externalDocs`. A string is read as its `url`.
    pub(super) fn external_docs(&mut self, member: Option<&'t Member>) -> Option<Page<'t>> {
        if let Some(url) = member.and_then(|member| member.value.as_str()) {
            let message = format!("`externalDocs` must be an object; this is read as `url: {url}`");
            self.assume(member?.value.span, message);
            let url = Some(url);
            return Some(Page { url, text: None });
        }
        let object = self.optional_object(member, &keys::EXTERNAL_DOCS)?;
        if object.get("url").is_none() {
            self.incomplete(&object, "url", &keys::EXTERNAL_DOCS);
        }
        Some(self.page(&object, "description"))
    }

    /// The declared tags, each once.
    pub(super) fn tags(&mut self, member: Option<&'t Member>) -> Vec<Tag<'t>> {
        let mut tags: Vec<Tag<'t>> = Vec::new();
        let mut firsts: HashMap<&str, Span> = HashMap::new();
        for node in self.list(member, |node| {
            node.as_str().is_some() || node.get("name").is_some()
        }) {
            let Some(tag) = self.tag(node) else { continue };
            let Some(first) = firsts.get(tag.name.text) else {
                firsts.insert(tag.name.text, tag.name.span);
                tags.push(tag);
                continue;
            };
            let name = tag.name.text;
            let message = format!("the tag `{name}` is declared twice; the first one counts");
            self.reporter.push(
                Diagnostic::warning(DUPLICATE, message)
                    .strict()
                    .at(tag.name.span, "declared again here")
                    .also(*first, "declared here"),
            );
        }
        self.parents(&tags);
        tags
    }

    /// Warns about tags whose parent is not declared, or that are their own ancestors.
    fn parents(&mut self, tags: &[Tag<'t>]) {
        let names = tags.iter().map(|tag| tag.name.text).enumerate();
        let positions: HashMap<&str, usize> = names.map(|(index, name)| (name, index)).collect();
        let mut parents = vec![None; tags.len()];
        for (index, parent) in tags
            .iter()
            .enumerate()
            .filter_map(|(i, tag)| Some((i, tag.parent?)))
        {
            parents[index] = positions.get(parent.text).copied();
            if parents[index].is_none() {
                let message = format!("the tag `{}` is not declared", parent.text);
                let diagnostic = Diagnostic::warning(DANGLING_REFERENCE, message).strict();
                let near = nearest(parent.text, tags.iter().map(|tag| tag.name.text));
                self.reporter.push(match near {
                    Some(near) => meant(diagnostic, parent.text, parent.span, near),
                    None => diagnostic.at(parent.span, "the parent of this tag"),
                });
            }
        }
        for circle in circles(&parents) {
            let tag = &tags[circle];
            let message = format!("the tag `{}` is its own ancestor", tag.name.text);
            let diagnostic = Diagnostic::warning(REFERENCE_CYCLE, message).strict();
            let at = tag.parent.map_or(tag.name.span, |parent| parent.span);
            self.reporter
                .push(diagnostic.at(at, "its parents lead back to it"));
        }
    }

    fn tag(&mut self, node: &'t Node) -> Option<Tag<'t>> {
        if let Some(text) = node.as_str() {
            self.assume(
                node.span,
                format!("a tag must be an object; this is read as `name: {text}`"),
            );
            return Some(Tag {
                name: Text {
                    text,
                    span: node.span,
                },
                summary: None,
                description: None,
                external_docs: None,
                parent: None,
                rust_name: None,
            });
        }
        let tag = self.object(node, head(node), &keys::TAG)?;
        let name = self.required_word(&tag, "name", &keys::TAG);
        let [summary, description] = self.texts(&tag);
        let rust_name = self.rust_name(tag.get("x-rust-name"));
        Some(Tag {
            name: name?,
            summary,
            description,
            external_docs: self.external_docs(tag.get("externalDocs")),
            parent: self.word(tag.get("parent")),
            rust_name,
        })
    }
}

/// Finds the cycles of a graph in which every position has at most one successor, and returns one position of each.
pub(super) fn circles(next: &[Option<usize>]) -> Vec<usize> {
    // The start, counted from one, of the walk that visited each position. A walk that meets itself has found a cycle.
    let mut passed = vec![0; next.len()];
    let mut circles = Vec::new();
    for start in 1..=next.len() {
        let mut at = Some(start - 1);
        while let Some(here) = at.filter(|&here| passed[here] == 0) {
            passed[here] = start;
            at = next[here];
        }
        circles.extend(at.filter(|&here| passed[here] == start));
    }
    circles
}
