// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use super::*;
use crate::runtime::prelude::*;

/// A phone number of the user.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PhoneNumber {
    /// What the number is for.
    ///
    /// Example: `WORK`.
    pub r#type: ContactType,
    /// The number.
    ///
    /// Example: `+19876543210`.
    pub phone_number: String,
}

record!(PhoneNumber {
    r#type: "type" required,
    phone_number: "phone_number" required,
});
