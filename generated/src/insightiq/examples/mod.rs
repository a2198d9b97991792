// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/responses.rs). Do not edit.
//! Example responses for tests, as the description shows them.
//!
//! # Examples
//!
//! ```
//! // Give it to the builder of a client with `.transport(server.clone())`.
//! let server = social_apis::insightiq::examples::server();
//! assert!(server.requests().is_empty());
//! ```

use crate::runtime::testing::TestTransport;

pub mod accounts;
pub mod profiles;

/// Returns a transport that responds to each operation with its example; queued responses come
/// first.
pub fn server() -> TestTransport {
    TestTransport::with_examples([accounts::ALL, profiles::ALL])
}
