// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/responses.rs). Do not edit.
//! Example responses of [`Profiles`](crate::insightiq::resources::profiles::Profiles).

use crate::runtime::testing::Example;

/// The 200 response of [`Profiles::get()`](crate::insightiq::resources::profiles::Profiles::get()).
pub const GET: Example = Example::new("GET", "/v1/profiles/{id}", 200)
    .with_body(
        "application/json",
        r#"{
  "id": "9bd39495-ad21-40f7-a8a6-9c8cf9d6a822",
  "created_at": "2021-11-08T18:53:18.337805",
  "updated_at": "2021-11-08T18:53:18.337805",
  "user": {
    "id": "28722faa-5356-483d-a57b-384fa01859dd",
    "name": "Robert Downey"
  },
  "account": {
    "id": "44554e73-5879-4764-a37c-fa3a47e25c2a",
    "platform_username": "robert.downey@gmail.com"
  },
  "work_platform": {
    "id": "9bb8913b-ddd9-430b-a66a-d74d846e6c66",
    "name": "Instagram",
    "logo_url": "https://cdn.insightiq.ai/platforms_logo/logos/logo_instagram.png"
  },
  "platform_username": "robertdowney",
  "full_name": "Robert Downey",
  "first_name": null,
  "last_name": null,
  "nick_name": null,
  "url": "https://www.instagram.com/robertdowney/",
  "introduction": null,
  "image_url": "https://www.instagram.com/p/CII66H6h2HX/",
  "date_of_birth": null,
  "external_id": "robertdowney",
  "platform_account_type": null,
  "category": null,
  "website": null,
  "reputation": {
    "follower_count": 78976,
    "following_count": 567,
    "subscriber_count": null,
    "content_count": null,
    "content_group_count": null,
    "watch_time_in_hours": null
  },
  "emails": [],
  "phone_numbers": [],
  "addresses": [],
  "gender": "MALE",
  "country": "US",
  "platform_profile_name": null,
  "platform_profile_id": null,
  "platform_profile_published_at": null,
  "is_verified": true,
  "is_business": true
}"#,
    )
    .with_headers(&[("request-id", "9bd39495-ad21-40f7-a8a6-9c8cf9d6a822")]);

/// All example responses.
pub const ALL: &[Example] = &[GET];
