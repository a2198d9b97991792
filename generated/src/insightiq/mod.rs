// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! Reads what users of work platforms have agreed to share, and ends the connection again.
//!
//! A user links an account with the Connect SDK; everything else hangs on that account.
//!
//! `InsightIQ`, version `v1`.
//!
//! # Examples
//!
//! ```no_run
//! # #[cfg(feature = "insightiq")]
//! # async fn example() -> Result<(), social_apis::Error> {
//! use social_apis::insightiq::{Client, Server};
//!
//! let client = Client::builder(Server::Sandbox)
//!     .basic_auth("user", "password")
//!     .build()?;
//! let output = client.profiles().get("9bd39495-ad21-40f7-a8a6-9c8cf9d6a822").await?;
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

pub use client::{Client, ClientBuilder, Server};
