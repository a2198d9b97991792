// @generated from ../spec/insightiq.yaml, ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/root.rs). Do not edit.
//! Clients generated from API descriptions, one module for each.
//!
//! - [`insightiq`](insightiq/index.html): `InsightIQ`, from `../spec/insightiq.yaml`
//! - [`workspaces`](workspaces/index.html): `Workspaces`, from `../spec/workspaces.yaml`
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
#![deny(rustdoc::broken_intra_doc_links)]
#![allow(
    confusable_idents,
    mixed_script_confusables,
    uncommon_codepoints,
    clippy::disallowed_names,
    clippy::enum_variant_names,
    clippy::fn_params_excessive_bools,
    clippy::iter_not_returning_iterator,
    clippy::just_underscores_and_digits,
    clippy::large_enum_variant,
    clippy::len_without_is_empty,
    clippy::many_single_char_names,
    clippy::module_inception,
    clippy::module_name_repetitions,
    clippy::new_ret_no_self,
    clippy::option_option,
    clippy::should_implement_trait,
    clippy::similar_names,
    clippy::struct_excessive_bools,
    clippy::struct_field_names,
    clippy::too_many_lines,
    clippy::type_complexity,
    clippy::upper_case_acronyms,
    clippy::vec_box,
    clippy::wrong_self_convention,
    reason = "the description chooses names and shapes"
)]
#![allow(
    missing_docs,
    reason = "items that the description does not explain have no docs"
)]
#![allow(
    clippy::needless_pass_by_value,
    reason = "a call takes its inputs, whether it needs to keep them or not"
)]
#![allow(
    clippy::wildcard_imports,
    reason = "a file of one type imports by glob, so that its diff shows the type"
)]
#![allow(
    unused_qualifications,
    reason = "a name that the API and the runtime share is written by path everywhere"
)]
#![allow(
    clippy::doc_link_with_quotes,
    clippy::doc_markdown,
    rustdoc::redundant_explicit_links,
    reason = "the description chooses the words"
)]

#[cfg(feature = "insightiq")]
pub mod insightiq;
#[cfg(feature = "workspaces")]
pub mod workspaces;

/// The name of the runtime in generated code.
#[cfg(any(feature = "insightiq", feature = "workspaces"))]
mod runtime {
    pub(crate) use specwright_runtime::*;
}

pub use specwright_runtime::{
    AnyBody, Base64, BaseUrl, ByteStream, Bytes, Call, ClientCredentials, Credential,
    Date, Decimal, Error, ErrorKind, Event, Events, File, HeaderMap, Items, Json,
    JsonLines, JsonObject, Map, Method, Nullable, Pages, RequestBody, Response,
    RetryPolicy, Secret, Signer, StatusCode, Timestamp, Token, TokenProvider,
    UnsignedRequest, Uuid, hooks, oauth, transport, webhook,
};
#[cfg(feature = "blocking")]
pub use specwright_runtime::Blocking;
#[cfg(feature = "testing")]
pub use specwright_runtime::testing;
