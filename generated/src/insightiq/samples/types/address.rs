// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;

impl Address {
    /// Returns an `Address` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(
            r#"{
  "type": "HOME",
  "address": "520 North Avenue, CA, USA"
}"#,
        )
    }
}

crate::runtime::setters!(Address {
    r#type: ContactType,
    address: impl Into<String> = address.into(),
});

#[test]
fn samples() {
    let _ = Address::sample();
}
