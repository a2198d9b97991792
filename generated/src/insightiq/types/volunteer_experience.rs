// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use super::*;
use crate::runtime::prelude::*;

/// Work that the user has volunteered for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct VolunteerExperience {
    /// What the user did as a volunteer.
    pub role: Option<String>,
    /// The organization's name.
    pub organization: Option<String>,
    /// What it was done for.
    pub cause: Option<String>,
    /// What the profile says about it.
    pub description: Option<String>,
    /// From when to when. Its properties are not documented, so it is kept whole.
    pub time_period: Option<TimePeriod>,
}

record!(VolunteerExperience {
    role: "role",
    organization: "organization",
    cause: "cause",
    description: "description",
    time_period: "time_period",
});
