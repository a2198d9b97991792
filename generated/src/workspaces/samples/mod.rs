// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
//! Values of the types of responses, for tests.

mod types {
    mod create_result;
    mod delete_result;
    mod instagram_account;
}
