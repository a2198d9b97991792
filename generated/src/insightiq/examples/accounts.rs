// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/responses.rs). Do not edit.
//! Example responses of [`Accounts`](crate::insightiq::resources::accounts::Accounts).

use crate::runtime::testing::Example;

/// The 200 response of
/// [`Accounts::disconnect()`](crate::insightiq::resources::accounts::Accounts::disconnect()).
pub const DISCONNECT: Example = Example::new("POST", "/v1/accounts/{id}/disconnect", 200)
    .with_body(
        "application/json",
        r#"{
  "id": "f5e89cea-18b6-4479-a4dd-64a48217e759",
  "created_at": "2021-12-13T07:54:41.078254",
  "updated_at": "2022-03-29T17:47:45.428046",
  "user": {
    "id": "ac0d5da5-f8c1-4139-8945-825986da9c1e",
    "name": "Chris Evans"
  },
  "work_platform": {
    "id": "9bb8913b-ddd9-430b-a66a-d74d846e6c66",
    "name": "Instagram",
    "logo_url": "https://cdn.insightiq.ai/platforms_logo/logos/logo_instagram.png"
  },
  "status": "NOT_CONNECTED"
}"#,
    )
    .with_headers(&[("request-id", "9bd39495-ad21-40f7-a8a6-9c8cf9d6a822")]);

/// All example responses.
pub const ALL: &[Example] = &[DISCONNECT];
