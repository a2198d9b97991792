// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use super::*;
use crate::runtime::prelude::*;

/// A postal address of the user.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Address {
    /// What the address is for.
    ///
    /// Example: `HOME`.
    pub r#type: ContactType,
    /// The address, in one line.
    ///
    /// Example: `520 North Avenue, CA, USA`.
    pub address: String,
}

record!(Address {
    r#type: "type" required,
    address: "address" required,
});
