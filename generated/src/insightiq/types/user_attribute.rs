// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// The user that something belongs to.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct UserAttribute {
    /// Unique id of the user.
    ///
    /// Example: `fb83e3ca-eae7-4eaa-bf51-601ea4b3daeb`.
    pub id: Uuid,
    /// The user's name.
    ///
    /// Example: `John Doe`.
    pub name: String,
}

record!(UserAttribute {
    id: "id" required,
    name: "name" required,
});
