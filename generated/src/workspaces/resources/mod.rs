// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! The operations, one module for each resource.

/// The `instagram_accounts` operations: their calls and outputs.
pub mod instagram_accounts;
