// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use super::*;
use crate::runtime::prelude::*;

/// A certificate that the user holds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Certification {
    /// Its name.
    pub name: Option<String>,
    /// Id of the certificate that was issued.
    pub id: Option<String>,
    /// Where it can be found.
    pub url: Option<String>,
    /// Who issued it.
    pub authority: Option<String>,
    /// From when to when. Its properties are not documented, so it is kept whole.
    pub time_period: Option<TimePeriod>,
}

record!(Certification {
    name: "name",
    id: "id",
    url: "url",
    authority: "authority",
    time_period: "time_period",
});
