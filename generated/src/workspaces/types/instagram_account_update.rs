// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// What an Instagram account is to be like.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct InstagramAccountUpdate {
    /// Ids of the teams that have the account.
    pub team_ids: Option<Vec<i64>>,
    /// The account's name in the workspace.
    pub nickname: Option<String>,
}

record!(InstagramAccountUpdate {
    team_ids: "team_ids" required,
    nickname: "nickname",
});

impl InstagramAccountUpdate {
    /// Returns an `InstagramAccountUpdate` with only its required fields.
    pub fn new(team_ids: Option<Vec<i64>>) -> Self {
        Self {
            team_ids,
            ..crate::runtime::empty()
        }
    }

    pub fn nickname(mut self, nickname: impl Into<String>) -> Self {
        self.nickname = Some(nickname.into());
        self
    }
}
