//! Text → tree, from YAML or JSON.

use super::node::Node;
use super::{edited, json, yaml};
use crate::diagnostic::Diagnostics;
use crate::text::{FileId, Sources};

/// Parses a file. Errors are added to `diagnostics`.
///
/// Text that begins like JSON is parsed as JSON. If that fails and the extension of the file is not `.json`, it is
/// parsed as YAML, whose flow collections begin in the same way.
pub fn parse(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Node> {
    let source = sources.file(file);
    let named_json = has_extension(&source.path, "json");
    let begins_like_json = source.text.trim_start().starts_with(['{', '[']);
    if named_json || begins_like_json {
        let mut found = Vec::new();
        let read = json::read(file, &source.text, &mut found);
        if read.is_ok() || named_json {
            diagnostics.extend(found);
            return read.map_err(|error| diagnostics.push(*error)).ok();
        }
    }
    let mut found = Vec::new();
    let read = match sources.earlier(&source.path) {
        Some(earlier) => edited::read(file, &source.text, earlier, &mut found),
        None => yaml::read(file, &source.text, &mut found).map(|tree| tree.node),
    };
    diagnostics.extend(found);
    read.map_err(|error| diagnostics.push(*error)).ok()
}

fn has_extension(path: &str, extension: &str) -> bool {
    std::path::Path::new(path)
        .extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(extension))
}
