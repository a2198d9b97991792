// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! The operations, one module for each resource.

/// Instagram accounts of a workspace.
pub mod instagram_accounts;
