// @generated from spec/workspaces.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// Whether an Instagram account was removed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[must_use = "the status alone is no success: `into_result` tells"]
pub struct DeleteResult {
    /// Whether the account was removed.
    pub success: Option<bool>,
    /// Id of the account.
    pub instagram_account_id: Option<i64>,
    /// The answer that this is, for the error of [`into_result`](Self::into_result).
    origin: crate::runtime::Origin,
}

record!(DeleteResult from origin {
    success: "success",
    instagram_account_id: "instagram_account_id",
});

impl DeleteResult {
    /// Returns the answer where it says yes.
    ///
    /// # Errors
    /// An error where it does not.
    pub fn into_result(self) -> Result<Self, crate::runtime::Error> {
        if self.success == Some(true) {
            Ok(self)
        } else {
            Err(self.origin.rejected(::std::iter::empty::<&str>()))
        }
    }
}
