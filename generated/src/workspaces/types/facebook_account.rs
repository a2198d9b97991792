// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use super::*;
use crate::runtime::prelude::*;

/// The Facebook account that the Instagram accounts belong to.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FacebookAccount {
    /// Token of the Facebook account.
    pub fb_token: Secret,
    /// Id of the Facebook account.
    pub fb_uid: String,
    /// Where in the product the user connects the accounts.
    pub location: Option<Location>,
}

record!(FacebookAccount {
    fb_token: "fb_token" required,
    fb_uid: "fb_uid" required,
    location: "location",
});

impl FacebookAccount {
    /// Returns a `FacebookAccount` with only its required fields.
    pub fn new(fb_token: impl Into<Secret>, fb_uid: impl Into<String>) -> Self {
        Self {
            fb_token: fb_token.into(),
            fb_uid: fb_uid.into(),
            ..crate::runtime::empty()
        }
    }

    pub fn location(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }
}
