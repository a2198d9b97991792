//! Finds the descriptions for the arguments of the command line.

use std::io;
use std::path::{Path, PathBuf};

use crate::read::{Input, is_description};
use crate::source::{STANDARD_INPUT, is_url, revision};

/// The descriptions that an argument names: `spec/museum.yaml`, `spec`, `main:spec/museum.yaml`, `main:spec` or `-`.
pub(super) fn of(argument: &str) -> io::Result<Vec<Input>> {
    let path = Path::new(argument);
    if argument == STANDARD_INPUT || is_url(argument) {
        return Ok(vec![path.into()]);
    }
    if path.is_dir() {
        return in_folder(path);
    }
    match argument.split_once(':') {
        Some((revision, path)) if !Path::new(argument).exists() && revision.len() > 1 => {
            in_revision(revision, path)
        }
        _ => Ok(vec![path.into()]),
    }
}

fn in_folder(folder: &Path) -> io::Result<Vec<Input>> {
    let mut inputs = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if is_description(&path) && path.is_file() {
            inputs.push(path.as_path().into());
        }
    }
    Ok(inputs)
}

fn in_revision(of: &str, path: &str) -> io::Result<Vec<Input>> {
    let input = |path: String| Input {
        revision: Some(of.to_owned()),
        path: PathBuf::from(path),
    };
    if is_description(Path::new(path)) {
        return Ok(vec![input(path.to_owned())]);
    }
    let names = revision::list(of, path)?;
    let names = names
        .into_iter()
        .filter(|name| is_description(Path::new(name)));
    let folder = path.trim_end_matches('/');
    Ok(names
        .map(|name| input(format!("{folder}/{name}")))
        .collect())
}
