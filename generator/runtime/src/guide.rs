//! A guide to what every generated client can do, topic by topic.
//!
//! The examples use the client of an API without types of its own. In a generated crate the builder is
//! `Client::builder(…)`, the calls are methods such as `client.profiles().get(id)`, and everything else is the same.
//!
//! # Errors
//!
//! There is one type, [`Error`](crate::Error). It prints as one line and keeps all that came: status, headers, body and
//! request id. [`kind()`](crate::Error::kind) sorts it, [`is_retryable()`](crate::Error::is_retryable) and
//! [`maybe_applied()`](crate::Error::maybe_applied) say what may be done next, and no secret of the client or of the
//! call is in it.
//! ```
//! # use specwright_runtime::testing::{Reply, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, ErrorKind, Method};
//! # static API: Api = Api { name: "pets", user_agent: "pets/1", request_id_headers: &[], schemes: &[], security: &[] };
//! # let server = TestTransport::new();
//! # let client = ClientBuilder::new(&API, "https://example.test".parse()?).transport(server.clone()).build()?;
//! server.reply(Reply::status(404).header("x-request-id", "3f2a").body("text/html", "<h1>Gone</h1>"));
//! let error = block_on(client.call("pets.get", Method::GET, "/pets/7").json::<Vec<String>>()).unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::Status);
//! assert_eq!(error.status().unwrap(), 404);
//! assert_eq!(error.request_id(), Some("3f2a"));
//! assert_eq!(&error.body()[..], b"<h1>Gone</h1>");
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Headers of responses
//!
//! `.send()` gives a [`Response`](crate::Response) instead of the bare value. Where the description has headers for a
//! response, the docs of the operation name their type, and [`headers_as()`](crate::Response::headers_as) reads it; all
//! headers as they came are in [`headers()`](crate::Response::headers). An [`Error`](crate::Error) has both, too.
//! ```
//! # use specwright_runtime::prelude::*;
//! # use specwright_runtime::testing::{Reply, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, Method};
//! # static API: Api = Api { name: "pets", user_agent: "pets/1", request_id_headers: &[], schemes: &[], security: &[] };
//! # #[derive(Debug, Clone, PartialEq)]
//! # pub struct RateLimitHeaders { pub remaining: Option<i64> }
//! # headers!(RateLimitHeaders { remaining: "RateLimit-Remaining" });
//! # let server = TestTransport::new();
//! # let client = ClientBuilder::new(&API, "https://example.test".parse()?).transport(server.clone()).build()?;
//! server.reply(Reply::json("[]").header("ratelimit-remaining", "41"));
//! let response = block_on(client.call("pets.list", Method::GET, "/pets").json::<Vec<String>>().send())?;
//! let headers: RateLimitHeaders = response.headers_as()?;
//! assert_eq!(headers.remaining, Some(41));
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Retries
//!
//! GET, HEAD, OPTIONS, PUT, DELETE and calls with an idempotency key are made again after failed connections, timeouts
//! and the statuses 408, 429, 500, 502, 503 and 504; all others only where the server surely did nothing. `Retry-After`
//! counts up to the policy's cap, waits are drawn at random below a limit that doubles, and a budget that the whole
//! client shares ends storms. [`RetryPolicy`](crate::RetryPolicy) sets all of that for a client or for a call.
//! ```
//! # use specwright_runtime::testing::{Reply, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, Method, RetryPolicy};
//! # static API: Api = Api { name: "pets", user_agent: "pets/1", request_id_headers: &[], schemes: &[], security: &[] };
//! # let server = TestTransport::new();
//! let builder = ClientBuilder::new(&API, "https://example.test".parse()?).retry(RetryPolicy::default().retries(1));
//! let client = builder.transport(server.clone()).build()?;
//! server.reply(Reply::status(503));
//! server.reply(Reply::json("[]"));
//! let pets = client.call("pets.list", Method::GET, "/pets").json::<Vec<String>>().send();
//! assert_eq!(block_on(pets)?.attempts(), 2);
//!
//! server.reply(Reply::status(503));
//! let post = client.call("pets.add", Method::POST, "/pets").empty();
//! assert_eq!(block_on(post).unwrap_err().attempts(), 1);
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Timeouts
//!
//! Connecting may take 10 s and an attempt 60 s; a stream may be silent for 5 min. A limit for the whole call with all
//! its attempts and waits, and for a stream until it is read, is yours to set. Dropping a call cancels it.
//! ```
//! # use std::time::Duration;
//! # use specwright_runtime::testing::{Failure, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, Method};
//! # static API: Api = Api { name: "pets", user_agent: "pets/1", request_id_headers: &[], schemes: &[], security: &[] };
//! # let server = TestTransport::new();
//! # let client = ClientBuilder::new(&API, "https://example.test".parse()?).transport(server.clone()).build()?;
//! server.fail(Failure::Silence);
//! let call = client.call("pets.list", Method::GET, "/pets").json::<Vec<String>>();
//! let call = call.with_timeout(Duration::from_secs(20)).without_retry();
//! assert!(block_on(call).unwrap_err().is_timeout());
//! assert_eq!(server.elapsed(), Duration::from_secs(20));
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Compression
//!
//! With the feature `compression`, which is on by default, calls ask for responses in gzip, deflate, br or zstd and
//! decode what comes, streams as well. The limit of a body counts what is decoded. A call that sets `Accept-Encoding`
//! by itself gets the body as it comes; so does one with a `Range`, which counts the bytes of the encoded body.
//!
//! # Credentials
//!
//! A generated builder has a method for each scheme of the description. A fixed secret is a
//! [`Credential`](crate::Credential); a [`TokenProvider`](crate::TokenProvider) fetches one, once for all calls that
//! wait, keeps it until it expires, and fetches it anew once when the server responds with 401. No credential crosses
//! to another origin, whatever the name of its header: a redirect there is followed for GET and HEAD only, from `https`
//! to `https` only, and by a request that has nothing of the call but its method.
//!
//! A server that asks for no credential, whatever its description says, is called by a client that is built with
//! [`without_credentials`](crate::ClientBuilder::without_credentials), and a mock or a proxy instead of all servers is
//! set by [`origin`](crate::ClientBuilder::origin).
//! ```
//! # use specwright_runtime::testing::{Reply, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, Credential, Method, Scheme};
//! static SCHEMES: [Scheme; 1] = [Scheme::bearer("token")];
//! static API: Api =
//!     Api { name: "pets", user_agent: "pets/1", request_id_headers: &[], schemes: &SCHEMES, security: &[&["token"]] };
//!
//! # let server = TestTransport::new();
//! let builder = ClientBuilder::new(&API, "https://example.test".parse()?);
//! let client = builder.credential("token", Credential::secret("t0p")).transport(server.clone()).build()?;
//! server.reply(Reply::status(204));
//! block_on(client.call("pets.clear", Method::DELETE, "/pets").empty())?;
//! assert_eq!(server.requests()[0].header("authorization"), Some("Bearer t0p"));
//! assert!(!format!("{client:?}").contains("t0p"));
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Streams
//!
//! Server-sent events, JSON lines and bytes come as they are sent: [`Events`](crate::Events),
//! [`JsonLines`](crate::JsonLines), [`ByteStream`](crate::ByteStream). Each has `next()` and is a `Stream`. An item
//! that does not decode is an error with its text, and the stream goes on.
//!
//! Whatever the description says about a response, [`send_bytes`](crate::Call::send_bytes) gives its body as bytes and
//! [`send_stream`](crate::Call::send_stream) as a stream of bytes. A response without a schema is
//! [`AnyBody`](crate::AnyBody): its own `Content-Type` says whether it is JSON, text or bytes.
//! ```
//! # use specwright_runtime::testing::{Reply, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, Method};
//! # static API: Api = Api { name: "pets", user_agent: "pets/1", request_id_headers: &[], schemes: &[], security: &[] };
//! # let server = TestTransport::new();
//! # let client = ClientBuilder::new(&API, "https://example.test".parse()?).transport(server.clone()).build()?;
//! server.reply(Reply::status(200).chunks("application/x-ndjson", ["1\n2", "0\n"]));
//! let mut lines = block_on(client.call("pets.watch", Method::GET, "/watch").json_lines::<i64>())?;
//! assert_eq!(block_on(lines.next()).transpose()?, Some(1));
//! assert_eq!(block_on(lines.next()).transpose()?, Some(20));
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Without a runtime
//!
//! With the feature `blocking`, `send_blocking()` makes any call on the thread it is called from, with the same
//! retries, timeouts and errors. Its connections live on a thread of the client's own. It works inside an async
//! runtime's thread as well, which it blocks.
//! ```no_run
//! # use specwright_runtime::{Api, ClientBuilder, Method};
//! # static API: Api = Api { name: "pets", user_agent: "pets/1", request_id_headers: &[], schemes: &[], security: &[] };
//! let client = ClientBuilder::new(&API, "https://example.test".parse()?).build()?;
//! let pets = client.call("pets.list", Method::GET, "/pets").json::<Vec<String>>().send_blocking()?;
//! println!("{} with {} pets", pets.status(), pets.value().len());
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Tests
//!
//! The feature `testing` has the transport that the examples above use: replies and failures in a queue, requests as a
//! server would have seen them, and a clock that does not wait. A generated crate also has the responses of its
//! description ready, in `<api>::examples`.
