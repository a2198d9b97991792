// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// The account that something belongs to.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AccountAttribute {
    /// Unique id of the account.
    ///
    /// Example: `fb83e3ca-eae7-4eaa-bf51-601ea4b3daeb`.
    pub id: Uuid,
    /// The account's user name.
    ///
    /// Example: `john.doe@gmail.com`.
    pub platform_username: String,
}

record!(AccountAttribute {
    id: "id" required,
    platform_username: "platform_username" required,
});
