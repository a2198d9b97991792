//! Verifies and decodes webhooks.
//!
//! A program that receives webhooks has the headers and the body of a request, from any HTTP server. With the feature
//! `webhooks`, a [`Verifier`] checks their signature, which proves that the sender knows the secret. The event enum of
//! the generated client (`WebhookEvent`) then decodes the body: `decode` by the name of the webhook, or `from_slice` by
//! the body alone, if a property identifies the event.
//!
//! ```
//! use specwright_runtime::HeaderMap;
//! use specwright_runtime::webhook::{DecodeError, Verifier, VerifyError};
//! # use specwright_runtime::calls::*;
//! # #[derive(Debug, Clone, PartialEq)]
//! # pub struct Message { pub text: String }
//! # record!(Message { text: "text" required });
//! # #[derive(Debug, Clone, PartialEq)]
//! # pub enum WebhookEvent { MessageCreated(Message), Ping, Unknown(Json) }
//! # webhooks!(WebhookEvent { MessageCreated = "message.created" json, Ping = "ping" empty } else Unknown);
//!
//! fn receive(verifier: &Verifier, headers: &HeaderMap, body: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//!     // The original bytes: a body that is parsed and serialized again has another signature.
//!     verifier.verify(headers, body)?;
//!     let name = headers.get("x-event").and_then(|name| name.to_str().ok()).unwrap_or_default();
//!     match WebhookEvent::decode(name, body)? {
//!         WebhookEvent::MessageCreated(message) => println!("{}", message.text),
//!         WebhookEvent::Ping => {}
//!         other => println!("ignored: {other:?}"),
//!     }
//!     Ok(())
//! }
//!
//! let verifier = Verifier::standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")?;
//! // For a test: the headers that the sender would send.
//! let body = br#"{"text":"hello"}"#;
//! let mut headers = verifier.sign(body);
//! headers.insert("x-event", "message.created".parse()?);
//! receive(&verifier, &headers, body)?;
//! assert!(receive(&verifier, &headers, b"{}").is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod read;
#[cfg(feature = "webhooks")]
mod signature;

pub use crate::codec::DecodeError;
#[cfg(feature = "webhooks")]
pub use signature::{SetupError, Verifier, VerifyError};

#[doc(hidden)]
pub use read::{any, form, json, named, tag, text};
