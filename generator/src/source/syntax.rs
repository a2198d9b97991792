//! Text → tree, from YAML or JSON.

use std::sync::Arc;

use super::node::{Fatal, Node};
use super::{edited, json, yaml};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::{FileId, Sources};

/// Parses a file. Errors are added to `diagnostics`.
///
/// Text that begins like JSON is parsed as JSON. If that fails and the extension of the file is not `.json`, it is
/// parsed as YAML, whose flow collections begin in the same way.
pub fn parse(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Node> {
    let yaml = |text: &str, found: &mut Vec<_>| Ok(yaml::read(file, text, found)?.node);
    parse_with(file, sources, diagnostics, yaml)
}

/// Like [`parse`]. The tree of an open text is kept, so that a later version of the text is parsed faster.
pub(crate) fn parse_description(
    file: FileId,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Node>> {
    let earlier = sources.earlier(&sources.file(file).path);
    let yaml = |text: &str, found: &mut Vec<_>| match earlier {
        Some(earlier) => edited::read(file, text, earlier, found),
        None => Ok(yaml::read(file, text, found)?.node.into()),
    };
    parse_with(file, sources, diagnostics, yaml)
}

/// Parses a file as JSON or, with this function, as YAML.
fn parse_with<N: From<Node>>(
    file: FileId,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
    yaml: impl FnOnce(&str, &mut Vec<Diagnostic>) -> Result<N, Fatal>,
) -> Option<N> {
    let source = sources.file(file);
    let named_json = has_extension(&source.path, "json");
    let begins_like_json = source.text.trim_start().starts_with(['{', '[']);
    if named_json || begins_like_json {
        let mut found = Vec::new();
        let read = json::read(file, &source.text, &mut found);
        if read.is_ok() || named_json {
            diagnostics.extend(found);
            let node = read.map_err(|error| diagnostics.push(*error)).ok();
            return node.map(N::from);
        }
    }
    let mut found = Vec::new();
    let read = yaml(&source.text, &mut found);
    diagnostics.extend(found);
    read.map_err(|error| diagnostics.push(*error)).ok()
}

fn has_extension(path: &str, extension: &str) -> bool {
    std::path::Path::new(path)
        .extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(extension))
}
