// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! Connects Instagram accounts to a workspace, changes them, and removes them.
//!
//! `Workspaces`, version `v4`.
//!
//! # Examples
//!
//! ```no_run
//! # #[cfg(feature = "workspaces")]
//! # async fn example() -> Result<(), social_apis::Error> {
//! use social_apis::workspaces::Client;
//! use social_apis::workspaces::types;
//!
//! // The description has no server. Write the URL of the API here.
//! let client = Client::builder("https://api.example.com")
//!     .token("secret")
//!     .build()?;
//! let facebook_account = types::FacebookAccount::new("FB_TOKEN", "FB_UID")
//!     .location(types::Location::PersonalSettingsPage);
//! let output = client.instagram_accounts().create(facebook_account).await?;
//! # Ok(())
//! # }
//! ```

mod client;
#[cfg(feature = "testing")]
pub mod examples;
pub mod resources;
#[cfg(feature = "testing")]
mod samples;
pub mod types;

pub use client::{Client, ClientBuilder};
