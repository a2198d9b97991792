// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! The operations, one module for each resource.

/// Accounts that users have connected.
pub mod accounts;

/// Who a user is on a work platform.
pub mod profiles;
