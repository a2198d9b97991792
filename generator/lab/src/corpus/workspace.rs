//! The scratch workspace: one crate for each document, one target directory, the runtime built once.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, Item, Table, value};

/// Where everything that a run makes is.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    dir: PathBuf,
}

impl Workspace {
    /// The workspace in `dir`, with the directories it needs.
    ///
    /// # Errors
    /// Directories that cannot be made.
    pub(crate) fn open(dir: PathBuf) -> io::Result<Self> {
        let workspace = Self { dir };
        for dir in [workspace.crates(), workspace.records()] {
            fs::create_dir_all(dir)?;
        }
        Ok(workspace)
    }

    /// The folder of everything.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The crates, and the workspace's manifest.
    pub(crate) fn crates(&self) -> PathBuf {
        self.dir.join("crates")
    }

    /// What is known of each document.
    pub(crate) fn records(&self) -> PathBuf {
        self.dir.join("records")
    }

    /// What cargo builds.
    pub(crate) fn build(&self) -> PathBuf {
        self.dir.join("build")
    }

    /// What the compiler cost.
    pub(crate) fn measures(&self) -> PathBuf {
        self.dir.join("measures")
    }

    /// The table for programs.
    pub(crate) fn table(&self) -> PathBuf {
        self.dir.join("table.tsv")
    }

    /// The table and the causes for people.
    pub(crate) fn summary(&self) -> PathBuf {
        self.dir.join("summary.txt")
    }

    /// Writes a manifest with these members and takes over the versions of `lock`.
    ///
    /// # Errors
    /// Files that cannot be read or written.
    pub(crate) fn prepare(&self, members: &[&str], lock: &Path) -> io::Result<()> {
        let mut table = Table::new();
        table["resolver"] = value("3");
        table["members"] = value(members.iter().copied().collect::<Array>());
        let mut manifest = DocumentMut::new();
        manifest["workspace"] = Item::Table(table);
        fs::write(self.crates().join("Cargo.toml"), manifest.to_string())?;
        fs::copy(lock, self.crates().join("Cargo.lock"))?;
        Ok(())
    }
}
