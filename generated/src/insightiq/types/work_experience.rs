// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use super::*;
use crate::runtime::prelude::*;

/// A job.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct WorkExperience {
    /// The job's title.
    pub title: Option<String>,
    /// What is known of the company. Its properties are not documented.
    pub company: Option<JsonObject>,
    /// What the profile says about the job.
    pub description: Option<String>,
    /// From when to when. Its properties are not documented, so it is kept whole.
    pub time_period: Option<TimePeriod>,
    /// Where the work is done. Its properties are not documented.
    pub location: Option<JsonObject>,
}

record!(WorkExperience {
    title: "title",
    company: "company",
    description: "description",
    time_period: "time_period",
    location: "location",
});
