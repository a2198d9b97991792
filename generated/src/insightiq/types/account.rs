// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use super::*;
use crate::runtime::prelude::*;

/// What a user's account on a work platform comes down to. It is made when the user connects the
/// account with the Connect SDK.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Account {
    /// Unique id of the account.
    ///
    /// Example: `12ccaf87-66c2-4b8e-9bf0-d0e8705334d1`.
    pub id: Uuid,
    /// When the account was connected first (UTC).
    ///
    /// Example: `2020-03-27T12:56:34.534978`.
    pub created_at: Timestamp,
    /// When the account changed last (UTC).
    ///
    /// Example: `2020-03-27T12:56:34.534978`.
    pub updated_at: Timestamp,
    /// The user that something belongs to.
    pub user: UserAttribute,
    /// The work platform that something belongs to.
    pub work_platform: WorkPlatformAttribute,
    /// Whether the connection to the work platform stands.
    pub status: AccountStatus,
}

record!(Account {
    id: "id" required,
    created_at: "created_at" required,
    updated_at: "updated_at" required,
    user: "user" required,
    work_platform: "work_platform" required,
    status: "status" required,
});
