// @generated from spec/workspaces.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! What is sent and what comes back.

mod create_result;
mod delete_result;
mod facebook_account;
mod ig_account;
mod instagram_account;
mod instagram_account_update;
mod location;

pub use create_result::CreateResult;
pub use delete_result::DeleteResult;
pub use facebook_account::FacebookAccount;
pub use ig_account::IgAccount;
pub use instagram_account::InstagramAccount;
pub use instagram_account_update::InstagramAccountUpdate;
pub use location::Location;
