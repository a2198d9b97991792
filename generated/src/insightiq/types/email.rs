// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use super::*;
use crate::runtime::prelude::*;

/// An e-mail address of the user.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Email {
    /// What the address is for.
    ///
    /// Example: `WORK`.
    pub r#type: ContactType,
    /// The e-mail address.
    ///
    /// Example: `john.doe@upwork.com`.
    pub email_id: String,
}

record!(Email {
    r#type: "type" required,
    email_id: "email_id" required,
});
