//! Where a mock server, or a description, is wrong: what it says and why that is no fault of the client.

use super::mock::Server;
use super::seen::Seen;

/// A call that does not go well, and rightly so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exception {
    /// The server that is wrong.
    pub(super) server: Server,
    /// The document.
    pub(super) document: &'static str,
    /// The operation's label; `*` for all that say this.
    pub(super) operation: &'static str,
    /// Words of what the server or the client says: the proof.
    pub(super) said: &'static str,
    /// Why that is wrong.
    #[expect(dead_code, reason = "it is for those who read this list")]
    pub(super) reason: &'static str,
}

impl Exception {
    /// Whether this is what came of a call.
    pub(super) fn covers(
        &self,
        server: Server,
        document: &str,
        operation: &str,
        seen: &Seen,
    ) -> bool {
        self.server == server
            && self.document == document
            && (self.operation == "*" || self.operation == operation)
            && seen.said.contains(self.said)
    }
}

/// All of them. A run fails where one of them is not needed any more.
pub(super) const EXCEPTIONS: &[Exception] = &[];
