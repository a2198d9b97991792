// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;
use crate::runtime::calls::*;

impl AccountAttribute {
    /// Returns an `AccountAttribute` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(
            r#"{
  "id": "fb83e3ca-eae7-4eaa-bf51-601ea4b3daeb",
  "platform_username": "john.doe@gmail.com"
}"#,
        )
    }
}

crate::runtime::setters!(AccountAttribute {
    id: Uuid,
    platform_username: impl Into<String> = platform_username.into(),
});

#[test]
fn samples() {
    let _ = AccountAttribute::sample();
}
