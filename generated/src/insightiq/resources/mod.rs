// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! The operations, one module for each resource.

/// The `accounts` operations: their calls and outputs.
pub mod accounts;

/// The `profiles` operations: their calls and outputs.
pub mod profiles;
