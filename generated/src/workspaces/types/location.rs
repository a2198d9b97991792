// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/enumeration.rs). Do not edit.
use crate::runtime::prelude::*;

/// A place in the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// `workspaceSettingsPage`.
    WorkspaceSettingsPage,
    /// `signUpForm`.
    SignUpForm,
    /// `guidedWalkthrough`.
    GuidedWalkthrough,
    /// `progressMeter`.
    ProgressMeter,
    /// `personalSettingsPage`.
    PersonalSettingsPage,
    /// `templateBranding`.
    TemplateBranding,
}

text_enum!(Location {
    WorkspaceSettingsPage = "workspaceSettingsPage",
    SignUpForm = "signUpForm",
    GuidedWalkthrough = "guidedWalkthrough",
    ProgressMeter = "progressMeter",
    PersonalSettingsPage = "personalSettingsPage",
    TemplateBranding = "templateBranding"
});
