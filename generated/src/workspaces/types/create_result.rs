// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// What became of the Instagram accounts that were to be connected.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[must_use = "a success status code is not enough: check `into_result`"]
pub struct CreateResult {
    /// Whether the accounts were connected.
    pub success: Option<bool>,
    /// The accounts that were connected. Their properties are not documented.
    pub ig_accounts: Option<Vec<JsonObject>>,
    /// Why accounts were not connected.
    pub message: Option<Vec<String>>,
    /// The response that this value comes from, for the error of [`into_result`](Self::into_result).
    origin: crate::runtime::Origin,
}

record!(CreateResult from origin {
    success: "success",
    ig_accounts: "ig_accounts",
    message: "message",
});

impl CreateResult {
    /// Returns the value if its success flag is set.
    ///
    /// # Errors
    /// Returns an error with the response's messages if it does not.
    pub fn into_result(self) -> Result<Self, crate::runtime::Error> {
        if self.success == Some(true) {
            Ok(self)
        } else {
            Err(self.origin.rejected(self.message.unwrap_or_default()))
        }
    }
}
