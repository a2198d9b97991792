// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// Something that the user has published.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Publication {
    /// Its name.
    pub name: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// What the profile says about it.
    pub description: Option<String>,
    /// Where it can be found.
    pub url: Option<String>,
    /// When it came out. Its properties are not documented.
    pub date: Option<JsonObject>,
}

record!(Publication {
    name: "name",
    publisher: "publisher",
    description: "description",
    url: "url",
    date: "date",
});
