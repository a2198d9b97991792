// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;

impl VolunteerExperience {
    /// Returns a `VolunteerExperience` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(r#"{
  "role": "sample"
}"#)
    }
}

crate::runtime::setters!(VolunteerExperience {
    role: impl Into<String> = Some(role.into()),
    organization: impl Into<String> = Some(organization.into()),
    cause: impl Into<String> = Some(cause.into()),
    description: impl Into<String> = Some(description.into()),
    time_period: TimePeriod = Some(time_period),
});

#[test]
fn samples() {
    let _ = VolunteerExperience::sample();
}
