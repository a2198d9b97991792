//! The documents of a corpus.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use specwright::config::Configuration;
use specwright::diagnostic::Format;

/// A description from the corpus.
#[derive(Debug)]
pub(crate) struct Document {
    /// The name in tables: the file name, without the extension if that is unique.
    pub(crate) name: String,
    /// The file.
    pub(crate) path: PathBuf,
    /// The size of the file.
    pub(crate) bytes: u64,
    /// The configuration and the index of its crate, if the document is generated with one.
    pub(crate) configured: Option<(PathBuf, usize)>,
}

/// Finds the documents of a directory whose names contain `only`, the smallest first.
///
/// # Errors
/// The directory cannot be read.
pub(crate) fn find(dir: &Path, only: Option<&str>) -> io::Result<Vec<Document>> {
    let entries = fs::read_dir(dir)?.map(|entry| Ok(entry?.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| {
        let extension = path.extension().and_then(OsStr::to_str);
        matches!(extension, Some("yaml" | "yml" | "json")) && path.is_file()
    });
    paths.sort();
    let (mut taken, mut documents) = (BTreeSet::new(), Vec::new());
    for path in paths {
        let name = name(&path, &mut taken);
        if only.is_none_or(|only| name.contains(only)) {
            let bytes = fs::metadata(&path)?.len();
            documents.push(Document {
                name,
                path,
                bytes,
                configured: None,
            });
        }
    }
    documents.sort_by_key(|document| document.bytes);
    Ok(documents)
}

/// Finds the crates of a configuration whose names contain `only`, in its order. The document of a crate is its first
/// description.
///
/// # Errors
/// The configuration has errors, or a file cannot be read.
pub(super) fn of_crates(config: &Path, only: Option<&str>) -> io::Result<Vec<Document>> {
    let configuration = Configuration::load(config);
    if configuration.diagnostics.has_errors() {
        return Err(io::Error::other(configuration.render(Format::Human, false)));
    }
    let (mut taken, mut documents) = (BTreeSet::new(), Vec::new());
    for (at, one) in configuration.crates.into_iter().enumerate() {
        let name = name(&one.out, &mut taken);
        let path = one.descriptions.into_iter().next();
        let path = path.filter(|_| only.is_none_or(|only| name.contains(only)));
        if let Some(path) = path {
            let bytes = fs::metadata(&path)?.len();
            documents.push(Document {
                name,
                path,
                bytes,
                configured: Some((config.to_owned(), at)),
            });
        }
    }
    Ok(documents)
}

/// Returns a name that is valid for a directory and, with a prefix, for a package.
fn name(path: &Path, taken: &mut BTreeSet<String>) -> String {
    let plain = |text: Option<&OsStr>| {
        let text = text.unwrap_or_default().to_string_lossy().to_lowercase();
        text.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-")
    };
    let mut name = plain(path.file_stem());
    if taken.contains(&name) {
        name = plain(path.file_name());
    }
    while !taken.insert(name.clone()) {
        name.push('-');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_different() {
        let mut taken = BTreeSet::new();
        let names = ["a/My API.json", "a/my-api.yaml", "a/my.api.json"]
            .map(|path| name(Path::new(path), &mut taken));
        assert_eq!(names, ["my-api", "my-api-yaml", "my-api-json"]);
    }
}
