// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::workspaces::types::*;

impl InstagramAccount {
    /// Returns an `InstagramAccount` for tests, as the description's example shows it.
    pub fn sample() -> Self {
        crate::runtime::testing::value(
            r#"{
  "id": 1,
  "ig_user_name": "USER NAME",
  "ig_profile_picture_url": "PROFILE PICTURE URL",
  "nickname": "NICKNAME",
  "teams_count": 1
}"#,
        )
    }
}

crate::runtime::setters!(InstagramAccount {
    id: i64 = Some(id),
    ig_user_name: impl Into<String> = Some(ig_user_name.into()),
    ig_profile_picture_url: impl Into<String> = Some(ig_profile_picture_url.into()),
    nickname: impl Into<String> = Some(nickname.into()),
    teams_count: i64 = Some(teams_count),
});

#[test]
fn samples() {
    let _ = InstagramAccount::sample();
}
