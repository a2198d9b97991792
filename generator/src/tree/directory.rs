//! The directory that a tree is compared with or written to.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use hashbrown::HashMap;

use super::named;
use super::text::read_as_it_is;

/// The maximum length of a file name in bytes.
const LONGEST_NAME: usize = 255;

/// A directory. Each folder in it is looked up once, however many files it has.
pub(super) struct Directory<'a> {
    root: &'a Path,
    /// Whether each folder exists, by its path in the tree.
    folders: HashMap<String, bool>,
}

/// The location of a file of the tree in the file system.
pub(super) struct Target {
    pub(super) path: PathBuf,
    /// Whether the path exists. It may be a symbolic link to nothing.
    pub(super) exists: bool,
    is_link: bool,
}

impl Target {
    /// The text of the file; `None` if it does not exist.
    pub(super) fn text(&self) -> io::Result<Option<String>> {
        if self.exists {
            read_as_it_is(&self.path)
        } else {
            Ok(None)
        }
    }

    /// Checks that writing the file does not replace a symbolic link.
    pub(super) fn check_link(&self) -> io::Result<()> {
        if self.is_link {
            Err(symbolic_link(&self.path))
        } else {
            Ok(())
        }
    }
}

impl<'a> Directory<'a> {
    pub(super) fn new(root: &'a Path) -> Self {
        Self {
            root,
            folders: HashMap::new(),
        }
    }

    /// The target of a file, if its path is within the directory and contains no symbolic link.
    pub(super) fn target(&mut self, path: &str) -> io::Result<Target> {
        let in_folder = self.has_parent(path)?;
        let path = self.root.join(path);
        let found = if in_folder { found(&path)? } else { None };
        Ok(Target {
            path,
            exists: found.is_some(),
            is_link: found.as_ref().is_some_and(Metadata::is_symlink),
        })
    }

    /// Whether the folder of a file or folder exists. Also checks the name of the file or folder.
    fn has_parent(&mut self, path: &str) -> io::Result<bool> {
        let (parent, name) = match path.rsplit_once('/') {
            Some((parent, name)) => (Some(parent), name),
            None => (None, path),
        };
        check_name(name, path)?;
        parent.map_or(Ok(true), |parent| self.has_folder(parent))
    }

    fn has_folder(&mut self, folder: &str) -> io::Result<bool> {
        if let Some(known) = self.folders.get(folder) {
            return Ok(*known);
        }
        let path = self.root.join(folder);
        let in_folder = self.has_parent(folder)?;
        let found = if in_folder { found(&path)? } else { None };
        if found.as_ref().is_some_and(Metadata::is_symlink) {
            return Err(symbolic_link(&path));
        }
        self.folders.insert(folder.to_owned(), found.is_some());
        Ok(found.is_some())
    }
}

fn symbolic_link(path: &Path) -> io::Error {
    let message = format!(
        "`{}` is a symbolic link: nothing is written through it; replace it by a file or a folder",
        path.display()
    );
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

/// What has a path, a symbolic link included.
fn found(path: &Path) -> io::Result<Option<Metadata>> {
    match path.symlink_metadata() {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(named(&error, path)),
    }
}

/// Checks the last name of a path.
fn check_name(name: &str, path: &str) -> io::Result<()> {
    let message = if matches!(name, "" | "." | "..") || name.contains(['\\', ':', '\0']) {
        format!("`{path}` is not a path within a crate")
    } else if name.len() > LONGEST_NAME {
        format!("a name in `{path}` is longer than {LONGEST_NAME} bytes")
    } else {
        return Ok(());
    };
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}
