// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// Whether an Instagram account was removed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[must_use = "a success status code is not enough: check `into_result`"]
pub struct DeleteResult {
    /// Whether the account was removed.
    pub success: Option<bool>,
    /// Id of the account.
    pub instagram_account_id: Option<i64>,
    /// The response that this value comes from, for the error of [`into_result`](Self::into_result).
    origin: crate::runtime::Origin,
}

record!(DeleteResult from origin {
    success: "success",
    instagram_account_id: "instagram_account_id",
});

impl DeleteResult {
    /// Returns the value if its success flag is set.
    ///
    /// # Errors
    /// Returns an error if it does not.
    pub fn into_result(self) -> Result<Self, crate::runtime::Error> {
        if self.success == Some(true) {
            Ok(self)
        } else {
            Err(self.origin.rejected(::std::iter::empty::<&str>()))
        }
    }
}
