// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;
use crate::runtime::calls::*;

impl Account {
    /// Returns an `Account` for tests, as the description's example shows it.
    pub fn sample() -> Self {
        crate::runtime::testing::value(
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
    }
}

crate::runtime::setters!(Account {
    id: Uuid,
    created_at: Timestamp,
    updated_at: Timestamp,
    user: UserAttribute,
    work_platform: WorkPlatformAttribute,
    status: AccountStatus,
});

#[test]
fn samples() {
    let _ = Account::sample();
}
