//! Webhooks: is it really from the sender, and what does it say?
//!
//! A program that receives webhooks has the headers and the bytes of a request, whatever server it runs on. With the
//! feature `webhooks`, a [`Verifier`] tells from these whether the sender knows the secret; then the event enum of the
//! generated client (`WebhookEvent`) makes a value of the bytes: `decode` by the name of the webhook, `from_slice` by
//! the body alone, where the description has a property that tells the events apart.
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
//!     // The bytes as they came: a body that was parsed and printed again has another signature.
//!     verifier.verify(headers, body)?;
//!     let name = headers.get("x-event").and_then(|name| name.to_str().ok()).unwrap_or_default();
//!     match WebhookEvent::decode(name, body)? {
//!         WebhookEvent::MessageCreated(message) => println!("{}", message.text),
//!         WebhookEvent::Ping => {}
//!         other => println!("not for us: {other:?}"),
//!     }
//!     Ok(())
//! }
//!
//! let verifier = Verifier::standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")?;
//! // What the sender would send, for a test.
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
pub use read::{any, form, json, named, text, word};
