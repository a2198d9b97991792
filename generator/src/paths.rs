//! Paths from a generated crate to other files. They do not depend on the current folder, and are the same on every
//! machine with the same layout.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::source::STANDARD_INPUT;

/// The path of a description in the files of the crate in `dir`: relative to `dir`, or only the file name if the two
/// have no common folder except the root.
pub(crate) fn shown(dir: &Path, description: &Path) -> String {
    if description == Path::new(STANDARD_INPUT) {
        return "the standard input".to_owned();
    }
    let name = description.file_name().map(Path::new);
    let from = (resolved(dir), resolved(description));
    let path = match &from {
        (Ok(dir), Ok(description)) if shared(dir, description) > roots(dir) => {
            relative(dir, description)
        }
        _ => name.unwrap_or(description).to_owned(),
    };
    // A line break would end the comment at the top of a file.
    slashes(&path).replace(char::is_control, "\u{fffd}")
}

/// The absolute path without symbolic links. The last parts of the path need not exist.
pub(crate) fn resolved(path: &Path) -> io::Result<PathBuf> {
    let path = if path.as_os_str().is_empty() {
        std::env::current_dir()?
    } else {
        std::path::absolute(path)?
    };
    match (
        path.canonicalize(),
        path.parent(),
        path.components().next_back(),
    ) {
        (Ok(found), ..) => Ok(found),
        (Err(_), Some(parent), Some(Component::Normal(name))) => Ok(resolved(parent)?.join(name)),
        (Err(error), ..) => Err(error),
    }
}

/// The relative path from one folder to another.
pub(crate) fn relative(from: &Path, to: &Path) -> PathBuf {
    let shared = shared(from, to);
    if shared == 0 {
        return to.to_owned();
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    let path: PathBuf = up.chain(to.components().skip(shared)).collect();
    if path.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        path
    }
}

/// A path with `/` between its parts on every system.
pub(crate) fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The number of common components at the beginning of both paths.
fn shared(one: &Path, other: &Path) -> usize {
    let pairs = one.components().zip(other.components());
    pairs.take_while(|(one, other)| one == other).count()
}

/// The number of components that are not folders: `/`, or the drive and `\`.
fn roots(path: &Path) -> usize {
    let components = path.components();
    components
        .take_while(|part| matches!(part, Component::Prefix(_) | Component::RootDir))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_lead_from_one_folder_to_another() {
        for (from, to, path) in [
            ("/a/b/c", "/a/x", "../../x"),
            ("/a", "/a/b", "b"),
            ("/a", "/a", "."),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), Path::new(path));
        }
    }

    #[test]
    fn a_description_is_named_by_the_path_from_the_crate() {
        for (description, name) in [
            ("/none/a/spec/api.yaml", "../spec/api.yaml"),
            ("/none/a/out/api.yaml", "api.yaml"),
            ("/other/api.yaml", "api.yaml"),
        ] {
            let crate_dir = Path::new("/none/a/out");
            assert_eq!(shown(crate_dir, Path::new(description)), name);
        }
    }
}
