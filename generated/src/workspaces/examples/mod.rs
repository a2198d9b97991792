// @generated from spec/workspaces.yaml by `cargo xtask regenerate` (emit/replies.rs). Do not edit.
//! Ready replies for tests, as the description shows them.
//!
//! # Examples
//!
//! ```
//! // Give it to the builder of a client with `.transport(server.clone())`.
//! let server = social_apis::workspaces::examples::server();
//! assert!(server.requests().is_empty());
//! ```

use crate::runtime::testing::TestTransport;

/// Answers of `instagram_accounts`.
pub mod instagram_accounts;

/// Returns a transport that answers each operation as described; what is queued comes first.
pub fn server() -> TestTransport {
    TestTransport::answering([instagram_accounts::ALL])
}
