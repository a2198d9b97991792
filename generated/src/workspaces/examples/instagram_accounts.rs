// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/responses.rs). Do not edit.
//! Example responses of
//! [`InstagramAccounts`](crate::workspaces::resources::instagram_accounts::InstagramAccounts).

use crate::runtime::testing::Example;

/// The 200 response of
/// [`InstagramAccounts::create()`](crate::workspaces::resources::instagram_accounts::InstagramAccounts::create()).
pub const CREATE: Example = Example::new(
        "POST",
        "/api/v4/workspaces/instagram_accounts",
        200,
    )
    .with_body(
        "application/json",
        r#"{
  "success": false,
  "ig_accounts": [],
  "message": [
    "Instagram account IG_NAME not connected. To connect this social media account to your Workspace, you must first remove it from your Personal accounts"
  ]
}"#,
    );

/// The 200 response of
/// [`InstagramAccounts::update()`](crate::workspaces::resources::instagram_accounts::InstagramAccounts::update()).
pub const UPDATE: Example = Example::new(
        "PUT",
        "/api/v4/workspaces/instagram_accounts/{id}",
        200,
    )
    .with_body(
        "application/json",
        r#"{
  "id": 1,
  "ig_user_name": "USER NAME",
  "ig_profile_picture_url": "PROFILE PICTURE URL",
  "nickname": "NICKNAME",
  "teams_count": 1
}"#,
    );

/// The 200 response of
/// [`InstagramAccounts::delete()`](crate::workspaces::resources::instagram_accounts::InstagramAccounts::delete()).
pub const DELETE: Example = Example::new(
        "DELETE",
        "/api/v4/workspaces/instagram_accounts/{id}",
        200,
    )
    .with_body(
        "application/json",
        r#"{
  "success": true,
  "instagram_account_id": 1
}"#,
    );

/// All example responses.
pub const ALL: &[Example] = &[CREATE, UPDATE, DELETE];
