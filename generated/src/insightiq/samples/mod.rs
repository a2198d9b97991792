// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
//! Values of the types of responses, for tests.

mod types {
    mod account;
    mod account_attribute;
    mod address;
    mod certification;
    mod education;
    mod email;
    mod honor;
    mod phone_number;
    mod profile;
    mod project;
    mod publication;
    mod reputation;
    mod user_attribute;
    mod volunteer_experience;
    mod work_experience;
    mod work_platform_attribute;
}
