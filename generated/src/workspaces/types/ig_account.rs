// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// An Instagram account to connect.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct IgAccount {
    /// Id of the account on Instagram.
    pub id: String,
    /// The account's user name.
    pub username: String,
    /// Where the account's picture can be loaded from.
    pub profile_picture_url: String,
    /// Access token of the account.
    pub fb_token: Secret,
}

record!(IgAccount {
    id: "id" required,
    username: "username" required,
    profile_picture_url: "profile_picture_url" required,
    fb_token: "fb_token" required,
});

impl IgAccount {
    /// Returns an `IgAccount` with only its required fields.
    pub fn new(
        id: impl Into<String>,
        username: impl Into<String>,
        profile_picture_url: impl Into<String>,
        fb_token: impl Into<Secret>,
    ) -> Self {
        Self {
            id: id.into(),
            username: username.into(),
            profile_picture_url: profile_picture_url.into(),
            fb_token: fb_token.into(),
        }
    }
}
