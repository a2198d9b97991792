// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;
use crate::runtime::calls::*;

impl Honor {
    /// Returns a `Honor` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(r#"{
  "title": "sample"
}"#)
    }
}

crate::runtime::setters!(Honor {
    title: impl Into<String> = Some(title.into()),
    issuer: impl Into<String> = Some(issuer.into()),
    description: impl Into<String> = Some(description.into()),
    date: JsonObject = Some(date),
});

#[test]
fn samples() {
    let _ = Honor::sample();
}
