//! Writes the files of a tree: all of them, or none.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::{Changed, named, walk};
use crate::parallel;

/// Files to be written. A file that replaces another one is first written beside it, until all of them are complete. So
/// a full disk or a directory without write permission leaves everything unchanged.
pub(super) struct Staged<'a> {
    dir: &'a Path,
    files: Vec<StagedFile<'a>>,
}

/// A file to be written.
struct StagedFile<'a> {
    file: Changed<'a>,
    /// The path that it is written to; its final path if it is new.
    temporary: PathBuf,
}

impl<'a> Staged<'a> {
    pub(super) fn new(dir: &'a Path, changed: Vec<Changed<'a>>) -> io::Result<Self> {
        let files = changed.into_iter().enumerate().map(|(index, file)| {
            let path = &file.target.path;
            let temporary = if file.target.exists {
                // A short name, which is valid wherever the final name is.
                let name = format!(".{}.{index}.tmp", std::process::id());
                path.with_file_name(name)
            } else {
                path.clone()
            };
            StagedFile { file, temporary }
        });
        let files = files.collect();
        let staged = Self { dir, files };
        staged.write()?;
        Ok(staged)
    }

    /// Writes the texts on all cores, because creating a file takes longer than writing it.
    fn write(&self) -> io::Result<()> {
        let files = self.files.iter();
        let parents = files.filter_map(|staged| staged.file.target.path.parent());
        for parent in parents.collect::<BTreeSet<_>>() {
            fs::create_dir_all(parent).map_err(|error| named(&error, parent))?;
        }
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let fault = Mutex::new(None);
        parallel::each(&self.files, threads, |staged| {
            if let Err(error) = fs::write(&staged.temporary, &*staged.file.text) {
                let error = named(&error, &staged.temporary);
                let mut fault = fault.lock().unwrap_or_else(PoisonError::into_inner);
                fault.get_or_insert(error);
            }
        });
        let fault = fault.into_inner().unwrap_or_else(PoisonError::into_inner);
        fault.map_or(Ok(()), Err)
    }

    /// Renames each file to its final path, so that a reader never sees an incomplete version of an existing file.
    pub(super) fn commit(mut self) -> io::Result<Vec<String>> {
        let mut placed = Vec::new();
        while let Some(staged) = self.files.pop() {
            let target = &staged.file.target.path;
            if staged.temporary != *target
                && let Err(error) = fs::rename(&staged.temporary, target)
            {
                let error = named(&error, target);
                self.files.push(staged);
                return Err(error);
            }
            placed.push(staged.file.path.to_owned());
        }
        placed.reverse();
        Ok(placed)
    }
}

impl Drop for Staged<'_> {
    /// Removes the temporary files of a failed attempt. Errors are ignored, because the first error is the one to
    /// report.
    fn drop(&mut self) {
        for staged in &self.files {
            let _ = fs::remove_file(&staged.temporary);
            walk::remove_empty_parents(self.dir, staged.file.path);
        }
    }
}
