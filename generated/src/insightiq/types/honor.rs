// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// An honor that the user was given.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Honor {
    /// Its name.
    pub title: Option<String>,
    /// Who gave it.
    pub issuer: Option<String>,
    /// What the profile says about it.
    pub description: Option<String>,
    /// When it was given. Its properties are not documented.
    pub date: Option<JsonObject>,
}

record!(Honor {
    title: "title",
    issuer: "issuer",
    description: "description",
    date: "date",
});
