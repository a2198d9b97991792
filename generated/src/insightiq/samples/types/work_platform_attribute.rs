// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;
use crate::runtime::calls::*;

impl WorkPlatformAttribute {
    /// Returns a `WorkPlatformAttribute` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(
            r#"{
  "id": "9bb8913b-ddd9-430b-a66a-d74d846e6c66",
  "name": "Instagram, Twitter",
  "logo_url": "https://insightiq.ai/storage/instagram.png"
}"#,
        )
    }
}

crate::runtime::setters!(WorkPlatformAttribute {
    id: Uuid,
    name: impl Into<String> = name.into(),
    logo_url: impl Into<String> = logo_url.into(),
});

#[test]
fn samples() {
    let _ = WorkPlatformAttribute::sample();
}
