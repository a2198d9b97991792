// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use super::*;
use crate::runtime::prelude::*;

/// A project of the user.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Project {
    /// Its name.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Where it can be found.
    pub url: Option<String>,
    /// From when to when. Its properties are not documented, so it is kept whole.
    pub time_period: Option<TimePeriod>,
}

record!(Project {
    title: "title",
    description: "description",
    url: "url",
    time_period: "time_period",
});
