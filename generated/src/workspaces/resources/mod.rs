// @generated from spec/workspaces.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! The operations, by what they work on.

/// The `instagram_accounts` operations: their calls and answers.
pub mod instagram_accounts;
