// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// An Instagram account of the workspace.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct InstagramAccount {
    /// Id of the account in the workspace.
    pub id: Option<i64>,
    /// The account's user name on Instagram.
    pub ig_user_name: Option<String>,
    /// Where the account's picture can be loaded from.
    pub ig_profile_picture_url: Option<String>,
    /// The account's name in the workspace.
    pub nickname: Option<String>,
    /// How many teams have the account.
    pub teams_count: Option<i64>,
}

record!(InstagramAccount {
    id: "id",
    ig_user_name: "ig_user_name",
    ig_profile_picture_url: "ig_profile_picture_url",
    nickname: "nickname",
    teams_count: "teams_count",
});
