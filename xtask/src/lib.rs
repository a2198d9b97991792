//! The commands that a person runs in this repository.

mod causes;
pub mod regenerate;
pub mod snapshots;

use std::io;
use std::path::{Path, PathBuf};

/// Makes the workspace's directory the current one, so that descriptions have the same names wherever a command is
/// started.
///
/// # Errors
/// A directory that cannot be entered.
pub fn enter_workspace() -> io::Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()?;
    std::env::set_current_dir(&root)?;
    Ok(root)
}

/// The Rust in the hand-written pages for users, which has to build.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../../README.md")]
    mod top {}
    #[doc = include_str!("../../generated/README.md")]
    mod generated {}
}
