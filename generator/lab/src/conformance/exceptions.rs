//! The calls that fail because a server or a description is wrong, listed in `exceptions.yaml`.

use std::collections::BTreeMap;
use std::io;

use serde::Deserialize;

use super::seen::Seen;

/// The content of `exceptions.yaml`.
#[derive(Debug, Deserialize)]
pub(super) struct Expectations {
    /// The number of calls that pass, for servers of a fixed version.
    pub(super) least: BTreeMap<String, usize>,
    /// The calls that are expected to fail.
    pub(super) exceptions: Vec<Exception>,
}

/// Calls that are expected to fail.
#[derive(Debug, Deserialize)]
pub(super) struct Exception {
    pub(super) server: String,
    pub(super) document: String,
    /// The labels of the operations; all of them if there are none.
    #[serde(default)]
    pub(super) operations: Vec<String>,
    /// A part of the message of the server or the client, as proof.
    pub(super) message: String,
    /// The reason why the client is right.
    pub(super) reason: String,
}

impl Expectations {
    /// Reads `exceptions.yaml`.
    ///
    /// # Errors
    /// The file does not match this type.
    pub(super) fn read() -> io::Result<Self> {
        serde_yaml::from_str(include_str!("exceptions.yaml")).map_err(io::Error::other)
    }
}

impl Exception {
    /// Whether it applies to a document at a server.
    pub(super) fn is_about(&self, document: &str, server: &str) -> bool {
        self.document == document && self.server == server
    }

    /// Whether it applies to this result of an operation.
    pub(super) fn covers(&self, operation: &str, seen: &Seen) -> bool {
        let all = self.operations.is_empty();
        (all || self.operations.iter().any(|own| own == operation))
            && seen.message.contains(&self.message)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_file_is_valid() {
        let read = super::Expectations::read().unwrap();
        assert!(!read.exceptions.is_empty() && !read.least.is_empty());
    }
}
