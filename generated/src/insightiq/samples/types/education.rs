// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;
use crate::runtime::calls::*;

impl Education {
    /// Returns an `Education` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(r#"{
  "degree": "sample"
}"#)
    }
}

crate::runtime::setters!(Education {
    degree: impl Into<String> = Some(degree.into()),
    field_study: Vec<String> = Some(field_study),
    grade: impl Into<String> = Some(grade.into()),
    school: JsonObject = Some(school),
    description: impl Into<String> = Some(description.into()),
    time_period: TimePeriod = Some(time_period),
    activities: impl Into<String> = Some(activities.into()),
});

#[test]
fn samples() {
    let _ = Education::sample();
}
