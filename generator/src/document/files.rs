//! The files of a description.

use hashbrown::{HashMap, HashSet};

use crate::source::{FileId, Node, Span, unescape};

/// The trees of a description's files, by path and by id.
#[derive(Debug, Default)]
pub(crate) struct Files<'t> {
    roots: HashMap<String, &'t Node>,
    paths: HashMap<FileId, String>,
    /// The paths of files that cannot be read or parsed.
    invalid: HashSet<String>,
}

impl<'t> Files<'t> {
    /// No files yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a file under its path, with `/` between the parts. The main file of the description is added as well. If
    /// two paths name one file, the first tree is kept.
    pub(crate) fn add(&mut self, path: &str, root: &'t Node) {
        let path = normalize(path);
        self.paths.insert(root.span.file, path.clone());
        self.roots.entry(path).or_insert(root);
    }

    /// Adds an overlay of the file at this path. References in the overlay are resolved like those of the file.
    pub(crate) fn add_overlay(&mut self, path: &str, overlay: FileId) {
        self.paths.insert(overlay, normalize(path));
    }

    /// Adds the path of a file that cannot be read or parsed, which was reported.
    pub(crate) fn add_invalid(&mut self, path: &str) {
        self.invalid.insert(normalize(path));
    }

    /// The trees of all files.
    pub(super) fn roots(&self) -> impl Iterator<Item = &'t Node> {
        self.roots.values().copied()
    }

    /// The tree of a file.
    pub(super) fn root(&self, file: FileId) -> Option<&'t Node> {
        self.roots.get(self.paths.get(&file)?).copied()
    }

    /// The folders of a file, followed by its stem unless that is equal to `name`.
    pub(super) fn within(&self, file: FileId, name: &str) -> Vec<String> {
        let path = self.paths.get(&file).map_or("", String::as_str);
        let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
        let stem = parts.pop().as_deref().and_then(stem).map(str::to_owned);
        parts.extend(stem.filter(|stem| stem != name));
        parts
    }

    /// The file that the path `relative` in the file `from` names.
    pub(super) fn find(&self, from: FileId, relative: &str) -> Option<&'t Node> {
        self.roots.get(&self.resolve(from, relative)).copied()
    }

    /// Whether the path `relative` in the file `from` names a file that cannot be read or parsed.
    pub(super) fn is_invalid(&self, from: FileId, relative: &str) -> bool {
        self.invalid.contains(&self.resolve(from, relative))
    }

    fn resolve(&self, from: FileId, relative: &str) -> String {
        let base = self.paths.get(&from).map_or("", String::as_str);
        resolve_path(base, relative)
    }
}

/// A `$ref` to another file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ExternalReference<'t> {
    /// The path as written, relative to the file that has the reference: without `#/…`, still percent-encoded.
    pub path: &'t str,
    /// The location of the reference.
    pub span: Span,
}

/// Every `$ref` to another file in the tree, in the order of the file, each path once.
///
/// References to other hosts (`https://…`) are not included. A key `$ref` inside an example is included, so a file that
/// cannot be read is not an error here: decoding reports the ones that it needs.
pub(crate) fn external_references(root: &Node) -> Vec<ExternalReference<'_>> {
    let mut found: Vec<ExternalReference<'_>> = Vec::new();
    let mut known = HashSet::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if let Some(elements) = node.as_list() {
            open.extend(elements.iter().rev());
        }
        let Some(members) = node.as_map() else {
            continue;
        };
        for member in members {
            let text = if &*member.key.text == "$ref" {
                member.value.as_str()
            } else {
                None
            };
            let path = text.map_or("", |text| split(text).0);
            if is_file(path) && known.insert(path) {
                found.push(ExternalReference {
                    path,
                    span: member.value.span,
                });
            }
        }
        open.extend(members.iter().rev().map(|member| &member.value));
    }
    found
}

/// The path that `relative` in the file `base` names, without `.` and `..` where they can be resolved.
pub(crate) fn resolve_path(base: &str, relative: &str) -> String {
    let relative = percent_decode(relative);
    match base.rsplit_once('/') {
        Some((folder, _)) if !relative.starts_with('/') => {
            normalize(&format!("{folder}/{relative}"))
        }
        _ => normalize(&relative),
    }
}

/// The pointer of a reference, without escapes: `pets.yaml#/components/schemas/Pet` is `/components/schemas/Pet`.
pub(crate) fn local_pointer(reference: &str) -> String {
    unescape(&percent_decode(split(reference).1))
}

/// A reference as file and fragment: `pets.yaml#/Pet` is `pets.yaml` and `/Pet`.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// The name of a file without its folder and everything after the first dot: `schemas/pet.schema.yaml` is `pet`. For
/// the index file of a folder, the name of the folder.
pub(super) fn stem(path: &str) -> Option<&str> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.split('.').find(|part| !part.is_empty())?;
    let above = folder
        .rsplit('/')
        .find(|part| !matches!(*part, "" | "." | ".."));
    Some(above.filter(|_| stem == "index").unwrap_or(stem))
}

/// Whether the part before `#` is the path of a file. It is not if it is empty or a URL.
pub(super) fn is_file(path: &str) -> bool {
    !path.is_empty()
        && !path.contains("://")
        && !path.starts_with("//")
        && !path.starts_with("urn:")
}

fn normalize(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, "" | "..")) => {
                parts.pop();
            }
            "" if !parts.is_empty() => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// The text with percent-encoding decoded. Invalid escapes, and bytes that are not UTF-8, are kept.
pub(crate) fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = text
            .get(at + 1..at + 3)
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let escaped = digits
            .filter(|_| byte == b'%')
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(escaped.unwrap_or(byte));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
