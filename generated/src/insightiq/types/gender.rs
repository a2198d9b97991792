// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/enumeration.rs). Do not edit.
use crate::runtime::prelude::*;

/// The user's gender.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Gender {
    /// `MALE`.
    Male,
    /// `FEMALE`.
    Female,
    /// `OTHER`.
    Other,
    /// `UNSPECIFIED`.
    Unspecified,
    /// A value that the description does not list, kept as it was received.
    Unknown(String),
}

text_enum!(Gender {
    Male = "MALE",
    Female = "FEMALE",
    Other = "OTHER",
    Unspecified = "UNSPECIFIED"
} else Unknown);
