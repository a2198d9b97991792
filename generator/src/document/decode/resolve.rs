//! Resolves references outside of decoding.

use super::super::Files;
use super::super::files::{is_file, split};
use super::pointer::{Index, Target, unescape, walk};
use crate::source::FileId;

/// The files of a description, with an index for resolving references.
#[derive(Debug)]
pub(crate) struct Resolver<'t> {
    files: Files<'t>,
    index: Index<'t>,
}

impl<'t> Resolver<'t> {
    pub(crate) fn new(files: Files<'t>) -> Self {
        Self {
            files,
            index: Index::default(),
        }
    }

    /// The target of a reference in a file, if it exists, and the parts of the reference's pointer.
    pub(crate) fn target(
        &mut self,
        from: FileId,
        reference: &str,
    ) -> Option<(Target<'t>, Vec<String>)> {
        let (path, pointer) = split(reference);
        let root = match path {
            "" => self.files.root(from)?,
            path if is_file(path) => self.files.find(from, path)?,
            _ => return None,
        };
        let target = walk(&mut self.index, root, pointer).ok()?;
        let parts = pointer.split('/').skip(1).map(unescape);
        Some((target, parts.collect()))
    }
}
