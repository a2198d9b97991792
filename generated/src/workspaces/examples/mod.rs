// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/responses.rs). Do not edit.
//! Example responses for tests, as the description shows them.
//!
//! # Examples
//!
//! ```
//! // Give it to the builder of a client with `.transport(server.clone())`.
//! let server = social_apis::workspaces::examples::server();
//! assert!(server.requests().is_empty());
//! ```

use crate::runtime::testing::TestTransport;

pub mod instagram_accounts;

/// Returns a transport that responds to each operation with its example; queued responses come
/// first.
pub fn server() -> TestTransport {
    TestTransport::with_examples([instagram_accounts::ALL])
}
