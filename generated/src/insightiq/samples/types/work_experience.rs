// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;
use crate::runtime::calls::*;

impl WorkExperience {
    /// Returns a `WorkExperience` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(r#"{
  "title": "sample"
}"#)
    }
}

crate::runtime::setters!(WorkExperience {
    title: impl Into<String> = Some(title.into()),
    company: JsonObject = Some(company),
    description: impl Into<String> = Some(description.into()),
    time_period: TimePeriod = Some(time_period),
    location: JsonObject = Some(location),
});

#[test]
fn samples() {
    let _ = WorkExperience::sample();
}
