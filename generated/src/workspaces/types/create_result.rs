// @generated from spec/workspaces.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// What became of the Instagram accounts that were to be connected.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[must_use = "the status alone is no success: `into_result` tells"]
pub struct CreateResult {
    /// Whether the accounts were connected.
    pub success: Option<bool>,
    /// The accounts that were connected. Their members are not documented.
    pub ig_accounts: Option<Vec<JsonObject>>,
    /// Why accounts were not connected.
    pub message: Option<Vec<String>>,
    /// The answer that this is, for the error of [`into_result`](Self::into_result).
    origin: crate::runtime::Origin,
}

record!(CreateResult from origin {
    success: "success",
    ig_accounts: "ig_accounts",
    message: "message",
});

impl CreateResult {
    /// Returns the answer where it says yes.
    ///
    /// # Errors
    /// An error with the answer's messages where it does not.
    pub fn into_result(self) -> Result<Self, crate::runtime::Error> {
        if self.success == Some(true) {
            Ok(self)
        } else {
            Err(self.origin.rejected(self.message.unwrap_or_default()))
        }
    }
}
