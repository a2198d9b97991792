// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;

impl Certification {
    /// Returns a `Certification` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(r#"{
  "name": "sample"
}"#)
    }
}

crate::runtime::setters!(Certification {
    name: impl Into<String> = Some(name.into()),
    id: impl Into<String> = Some(id.into()),
    url: impl Into<String> = Some(url.into()),
    authority: impl Into<String> = Some(authority.into()),
    time_period: TimePeriod = Some(time_period),
});

#[test]
fn samples() {
    let _ = Certification::sample();
}
