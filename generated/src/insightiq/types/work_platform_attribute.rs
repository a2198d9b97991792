// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// The work platform that something belongs to.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct WorkPlatformAttribute {
    /// Unique id of the work platform.
    ///
    /// Example: `9bb8913b-ddd9-430b-a66a-d74d846e6c66`.
    pub id: Uuid,
    /// The platform's name.
    ///
    /// Example: `Instagram, Twitter`.
    pub name: String,
    /// Where the platform's logo can be loaded from.
    ///
    /// Example: `https://insightiq.ai/storage/instagram.png`.
    pub logo_url: String,
}

record!(WorkPlatformAttribute {
    id: "id" required,
    name: "name" required,
    logo_url: "logo_url" required,
});
