// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;

impl Email {
    /// Returns an `Email` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(
            r#"{
  "type": "WORK",
  "email_id": "john.doe@upwork.com"
}"#,
        )
    }
}

crate::runtime::setters!(Email {
    r#type: ContactType,
    email_id: impl Into<String> = email_id.into(),
});

#[test]
fn samples() {
    let _ = Email::sample();
}
