// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;
use crate::runtime::calls::*;

impl UserAttribute {
    /// Returns a `UserAttribute` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(
            r#"{
  "id": "fb83e3ca-eae7-4eaa-bf51-601ea4b3daeb",
  "name": "John Doe"
}"#,
        )
    }
}

crate::runtime::setters!(UserAttribute {
    id: Uuid,
    name: impl Into<String> = name.into(),
});

#[test]
fn samples() {
    let _ = UserAttribute::sample();
}
