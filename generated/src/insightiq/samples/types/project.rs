// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;

impl Project {
    /// Returns a `Project` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(r#"{
  "title": "sample"
}"#)
    }
}

crate::runtime::setters!(Project {
    title: impl Into<String> = Some(title.into()),
    description: impl Into<String> = Some(description.into()),
    url: impl Into<String> = Some(url.into()),
    time_period: TimePeriod = Some(time_period),
});

#[test]
fn samples() {
    let _ = Project::sample();
}
