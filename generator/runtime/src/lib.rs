//! The runtime of generated clients.
//!
//! A program uses these types through a generated client. [`Call`] is what its methods return: awaiting it returns
//! the value or an [`Error`], and `send()` the whole [`Response`]. [`Pages`] and [`Items`] iterate over several responses. [`BaseUrl`],
//! [`RetryPolicy`] and [`Secret`] configure a client. [`transport`] sends requests, `testing` (a feature of that name)
//! has a transport for tests, [`webhook`] verifies and decodes the requests that an API sends, and [`codec`] is the
//! JSON codec.
//!
//! [`guide`] has a chapter on each topic: errors, retries, timeouts, credentials, streams, blocking, tests.
//!
//! A call collects its inputs once ([`Request`]) and chooses the credentials that the operation requires. A state
//! machine without a clock and I/O then decides about each attempt, backoff and the end, and one driver performs its
//! actions. None of this is generic, so a client of a thousand operations compiles it once.
//!
//! The modules use each other in one direction, which `tests/walls.rs` checks. The list begins with the lowest layer; a
//! module uses only modules that are named before it:
//!
//! - `body`, [`codec`], `value`, `header`, `url`, `style`: the values of a request and how they are written (a query
//!   array: `style`);
//! - `error`, `retry`: the error of a call, and whether the call is retried (after a 429: `retry::machine`); neither
//!   does any I/O;
//! - [`transport`]: sends one request; `auth`: credentials and their providers; `stream`: bodies that are read while
//!   they are received;
//! - `call`: one call with all its attempts (`call::run`; redirects: `call::attempt`), and how a response is decoded
//!   (`call::read`);
//! - [`mod@client`]: builds what calls share; `pages`: pagination;
//! - [`webhook`], `testing`.

mod auth;
mod body;
mod call;
pub mod client;
pub mod codec;
mod error;
pub mod guide;
mod header;
mod macros;
#[doc(hidden)]
pub mod pages;
mod retry;
mod stream;
mod style;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod transport;
mod url;
mod value;
pub mod webhook;

#[doc(hidden)]
pub use call::output;
pub use call::{hooks, oauth};

pub use auth::{ClientCredentials, Credential, Scheme, Token, TokenProvider};
pub use bytes::Bytes;
pub use call::{Api, Call, CallFuture, Request, Response, SendFuture, Signer, UnsignedRequest};
pub use client::{Client, ClientBuilder};
pub use error::{Error, ErrorKind, Origin};
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
pub use pages::{Items, Pages};
pub use retry::RetryPolicy;
#[cfg(feature = "blocking")]
pub use stream::blocking::Blocking;
pub use stream::{ByteStream, Event, Events, JsonLines};
pub use style::Style;
pub use transport::RequestBody;
pub use url::BaseUrl;
pub use value::{
    AnyBody, Base64, Date, Decimal, File, Json, JsonObject, Map, Nullable, ParseValueError, Secret,
    Serde, Timestamp, Uuid,
};

/// The imports of a file of types: types that are not in the standard library, and the macros that implement JSON.
pub mod prelude {
    pub use crate::{
        Base64, Date, Decimal, Json, JsonObject, Map, Nullable, Secret, Serde, Timestamp, Uuid,
    };
    pub use crate::{headers, integer_enum, record, text_enum, union, wrapper};
}

/// The imports of generated calls: `use crate::runtime::calls::*`.
pub mod calls {
    pub use std::fmt::Display;

    pub use crate::prelude::*;
    pub use crate::{Bytes, Call, Method, Request, Style, call, outputs, paged, webhooks};
}

/// Returns the value that generated constructors start from, with absent optional properties and constants.
#[doc(hidden)]
pub fn empty<T: codec::Decode>() -> T {
    T::empty()
}

/// Returns a method that [`Method`] has no constant for. The generator has checked its name.
#[doc(hidden)]
pub fn method(name: &'static str) -> Method {
    name.parse().unwrap_or_default()
}

/// Items that the macros of this crate use besides [`codec`]. Not a part of the public interface.
#[doc(hidden)]
pub mod macro_support {
    pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

    pub use crate::codec::set_constant;

    /// The return type of [`Decode::expected`](crate::codec::Decode::expected).
    pub type Expected = std::borrow::Cow<'static, str>;
}
