//! The documents of a corpus.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A description that someone wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    /// What it is called in tables: its file's name, without the extension where that is clear.
    pub(crate) name: String,
    /// The file.
    pub(crate) path: PathBuf,
    /// Its size.
    pub(crate) bytes: u64,
}

/// The documents of a directory whose names match, the smallest first.
///
/// # Errors
/// A directory that cannot be read.
pub(crate) fn find(dir: &Path, only: Option<&str>) -> io::Result<Vec<Document>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let is_description = path.extension().is_some_and(|extension| {
            ["yaml", "yml", "json"]
                .iter()
                .any(|known| extension == *known)
        });
        if is_description && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    let mut taken = BTreeSet::new();
    let mut documents = Vec::new();
    for path in files {
        let name = name(&path, &mut taken);
        if only.is_none_or(|pattern| matches(pattern, &name)) {
            let bytes = fs::metadata(&path)?.len();
            documents.push(Document { name, path, bytes });
        }
    }
    documents.sort_by_key(|document| document.bytes);
    Ok(documents)
}

/// A name that is a directory and, after a prefix, a package as well.
fn name(path: &Path, taken: &mut BTreeSet<String>) -> String {
    let plain = |text: Option<&std::ffi::OsStr>| -> String {
        let text = text.unwrap_or_default().to_string_lossy().to_lowercase();
        let fits = |letter: char| letter.is_ascii_alphanumeric();
        text.chars()
            .map(|letter| if fits(letter) { letter } else { '-' })
            .collect()
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

/// Whether a name has the pattern in it, or, where the pattern has a `*`, is what it describes.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return name.contains(pattern);
    };
    let Some(mut left) = name.strip_prefix(start) else {
        return false;
    };
    let parts: Vec<&str> = rest.split('*').collect();
    let (last, middle) = parts.split_last().unwrap_or((&"", &[]));
    for part in middle {
        let Some(at) = left.find(part) else {
            return false;
        };
        left = &left[at + part.len()..];
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_parts_or_have_stars() {
        assert!(matches("pet", "oai-petstore"));
        assert!(!matches("pet", "museum"));
        assert!(matches("oai-*", "oai-petstore"));
        assert!(!matches("petstore*", "oai-petstore"));
        assert!(matches("*store", "oai-petstore"));
        assert!(!matches("*pet", "oai-petstore"));
        assert!(matches("o*pet*e", "oai-petstore"));
    }

    #[test]
    fn names_are_plain_and_different() {
        let mut taken = BTreeSet::new();
        let names = ["a/My API.json", "a/my-api.yaml", "a/my.api.json"]
            .map(|path| name(Path::new(path), &mut taken));
        assert_eq!(names, ["my-api", "my-api-yaml", "my-api-json"]);
    }
}
