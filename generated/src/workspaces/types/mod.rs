// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! The types of requests and responses.

mod create_result;
mod delete_result;
mod facebook_account;
mod ig_account;
mod instagram_account;
mod instagram_account_update;
mod location;

pub use create_result::*;
pub use delete_result::*;
pub use facebook_account::*;
pub use ig_account::*;
pub use instagram_account::*;
pub use instagram_account_update::*;
pub use location::*;
