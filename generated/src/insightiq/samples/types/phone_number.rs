// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;

impl PhoneNumber {
    /// Returns a `PhoneNumber` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(
            r#"{
  "type": "WORK",
  "phone_number": "+19876543210"
}"#,
        )
    }
}

crate::runtime::setters!(PhoneNumber {
    r#type: ContactType,
    phone_number: impl Into<String> = phone_number.into(),
});

#[test]
fn samples() {
    let _ = PhoneNumber::sample();
}
