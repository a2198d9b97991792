// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;
use crate::runtime::calls::*;

impl Publication {
    /// Returns a `Publication` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(r#"{
  "name": "sample"
}"#)
    }
}

crate::runtime::setters!(Publication {
    name: impl Into<String> = Some(name.into()),
    publisher: impl Into<String> = Some(publisher.into()),
    description: impl Into<String> = Some(description.into()),
    url: impl Into<String> = Some(url.into()),
    date: JsonObject = Some(date),
});

#[test]
fn samples() {
    let _ = Publication::sample();
}
