// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use super::*;
use crate::runtime::prelude::*;

/// Time at a school.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Education {
    /// Name of the degree.
    pub degree: Option<String>,
    /// What was studied.
    pub field_study: Option<Vec<String>>,
    /// The grade that was reached.
    pub grade: Option<String>,
    /// What is known of the school. Its properties are not documented.
    pub school: Option<JsonObject>,
    /// What the profile says about this time, if it does.
    pub description: Option<String>,
    /// From when to when. Its properties are not documented, so it is kept whole.
    pub time_period: Option<TimePeriod>,
    /// What the user took part in.
    pub activities: Option<String>,
}

record!(Education {
    degree: "degree",
    field_study: "field_study",
    grade: "grade",
    school: "school",
    description: "description",
    time_period: "time_period",
    activities: "activities",
});
