// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/enumeration.rs). Do not edit.
use crate::runtime::prelude::*;

/// Whether the connection to the work platform stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AccountStatus {
    /// `CONNECTED`.
    Connected,
    /// `NOT_CONNECTED`.
    NotConnected,
    /// `SESSION_EXPIRED`.
    SessionExpired,
    /// A value that the description does not list, kept as it was received.
    Unknown(String),
}

text_enum!(AccountStatus {
    Connected = "CONNECTED",
    NotConnected = "NOT_CONNECTED",
    SessionExpired = "SESSION_EXPIRED"
} else Unknown);
