//! The commands that a person runs in this repository.

mod causes;
pub mod regenerate;
pub mod snapshots;

use std::io;
use std::path::{Path, PathBuf};

/// Changes the current directory to that of the workspace, so that descriptions have the same names wherever a command
/// is started.
///
/// # Errors
/// The directory cannot be entered.
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
    #[doc = include_str!("../../generator/book/src/calls.md")]
    mod calls {}
    #[doc = include_str!("../../generator/book/src/errors.md")]
    mod errors {}
    #[doc = include_str!("../../generator/book/src/retries.md")]
    mod retries {}
    #[doc = include_str!("../../generator/book/src/credentials.md")]
    mod credentials {}
    #[doc = include_str!("../../generator/book/src/streams.md")]
    mod streams {}
    #[doc = include_str!("../../generator/book/src/pages.md")]
    mod pages {}
    #[doc = include_str!("../../generator/book/src/files.md")]
    mod files {}
    #[doc = include_str!("../../generator/book/src/blocking.md")]
    mod blocking {}
    #[doc = include_str!("../../generator/book/src/webhooks.md")]
    mod webhooks {}
    #[doc = include_str!("../../generator/book/src/tests.md")]
    mod tests {}
}
