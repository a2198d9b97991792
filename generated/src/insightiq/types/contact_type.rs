// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/enumeration.rs). Do not edit.
use crate::runtime::prelude::*;

/// What an e-mail address, a phone number or a postal address is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContactType {
    /// `WORK`.
    Work,
    /// `OTHER`.
    Other,
    /// `HOME`.
    Home,
    /// A value that the description does not list, kept as it was received.
    Unknown(String),
}

text_enum!(ContactType {
    Work = "WORK",
    Other = "OTHER",
    Home = "HOME"
} else Unknown);
