// @generated from spec/insightiq.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! The operations, by what they work on.

/// The `accounts` operations: their calls and answers.
pub mod accounts;

/// The `profiles` operations: their calls and answers.
pub mod profiles;
