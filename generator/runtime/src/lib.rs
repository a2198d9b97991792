//! What every generated client stands on.


mod api;
mod auth;
mod call;
pub mod client;
pub mod codec;
mod error;
mod header;
mod macros;
mod retry;
mod style;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod transport;
mod url;
mod value;

#[doc(hidden)]
pub use call::answer;

pub use api::Api;
pub use auth::{Credential, Scheme};
pub use bytes::Bytes;
pub use call::{Call, CallFuture, Request, Response, SendFuture};
pub use client::{Client, ClientBuilder};
pub use error::{Error, ErrorKind};
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
pub use retry::RetryPolicy;
pub use style::Style;
pub use url::BaseUrl;
pub use value::{Json, JsonObject, Nullable, Secret, Uuid};

/// What generated calls are written with: `use crate::runtime::calls::*`.
pub mod calls {
    pub use std::fmt::Display;

    pub use crate::value::{Json, JsonObject, Nullable, Secret, Uuid};
    pub use crate::{Bytes, Call, Method, Request, Style, answers, call};
}

/// What the macros of this crate need beside [`codec`]. No part of the public interface.
#[doc(hidden)]
pub mod macro_support {
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
}
