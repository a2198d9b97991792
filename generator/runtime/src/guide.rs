//! A guide to the features of every generated client, by topic.
//!
//! The examples use a client without generated types. In a generated crate the builder is `Client::builder(…)`, and the
//! calls are methods such as `client.profiles().get(id)`; everything else is the same.
//!
//! # Errors
//!
//! All errors have one type, [`Error`](crate::Error). It is displayed as one line, and keeps the whole response: status
//! code, headers, body and request id. [`kind()`](crate::Error::kind) classifies it,
//! [`is_retryable()`](crate::Error::is_retryable) and [`maybe_applied()`](crate::Error::maybe_applied) say what can be
//! done next. It contains no secret of the client or of the call.
//! ```
//! # use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, ErrorKind, Method};
//! # static API: Api = Api::new("pets", "pets/1");
//! # let server = TestTransport::new();
//! # let client = ClientBuilder::new(&API, "https://example.test".parse()?).transport(server.clone()).build()?;
//! server.respond(TestResponse::status(404).header("x-request-id", "3f2a").body("text/html", "<h1>Gone</h1>"));
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
//! `.send()` returns a [`Response`](crate::Response) instead of the value. If the description has headers for a
//! response, the documentation of the operation names their type, and [`headers_as()`](crate::Response::headers_as)
//! decodes it; [`headers()`](crate::Response::headers) returns all headers. An [`Error`](crate::Error) has both
//! methods, too.
//! ```
//! # use specwright_runtime::prelude::*;
//! # use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, Method};
//! # static API: Api = Api::new("pets", "pets/1");
//! # #[derive(Debug, Clone, PartialEq)]
//! # pub struct RateLimitHeaders { pub remaining: Option<i64> }
//! # headers!(RateLimitHeaders { remaining: "RateLimit-Remaining" });
//! # let server = TestTransport::new();
//! # let client = ClientBuilder::new(&API, "https://example.test".parse()?).transport(server.clone()).build()?;
//! server.respond(TestResponse::json("[]").header("ratelimit-remaining", "41"));
//! let response = block_on(client.call("pets.list", Method::GET, "/pets").json::<Vec<String>>().send())?;
//! let headers: RateLimitHeaders = response.headers_as()?;
//! assert_eq!(headers.remaining, Some(41));
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Retries
//!
//! GET, HEAD, OPTIONS, TRACE, QUERY, PUT, DELETE and calls with an idempotency key are retried after failed connections,
//! timeouts and the status codes 408, 429, 500, 502, 503 and 504; all other calls only if the server did not act on the request.
//! `Retry-After` is observed up to the limit of the policy, the backoff is random below a bound that doubles, and a
//! budget for the whole client prevents retry storms. [`RetryPolicy`](crate::RetryPolicy) sets all of this for a client
//! or for a call.
//! ```
//! # use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, Method, RetryPolicy};
//! # static API: Api = Api::new("pets", "pets/1");
//! # let server = TestTransport::new();
//! let builder = ClientBuilder::new(&API, "https://example.test".parse()?).retry(RetryPolicy::default().retries(1));
//! let client = builder.transport(server.clone()).build()?;
//! server.respond(TestResponse::status(503));
//! server.respond(TestResponse::json("[]"));
//! let pets = client.call("pets.list", Method::GET, "/pets").json::<Vec<String>>().send();
//! assert_eq!(block_on(pets)?.attempts(), 2);
//!
//! server.respond(TestResponse::status(503));
//! let post = client.call("pets.add", Method::POST, "/pets").empty();
//! assert_eq!(block_on(post).unwrap_err().attempts(), 1);
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Timeouts
//!
//! The default timeout is 10 s for connecting and 60 s for an attempt; a stream can be idle for 5 min. A timeout for
//! the whole call, with all attempts and backoffs and for reading a stream, can be set. Dropping a call cancels it.
//! ```
//! # use std::time::Duration;
//! # use specwright_runtime::testing::{Failure, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, Method};
//! # static API: Api = Api::new("pets", "pets/1");
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
//! With the feature `compression`, which is enabled by default, calls ask for gzip, deflate, br or zstd, and decode the
//! response, including streams. The limit of a body applies to the decoded bytes. A call that sets `Accept-Encoding`
//! gets the body without decoding; so does one with a `Range`, which counts encoded bytes.
//!
//! # Credentials
//!
//! A generated builder has a method for each security scheme. A fixed secret is a [`Credential`](crate::Credential). A
//! [`TokenProvider`](crate::TokenProvider) obtains one, once for all waiting calls; it is cached until it expires, and
//! replaced once when the server responds with 401. No credential is sent to another origin, in any header: a redirect
//! to another origin is followed only for GET and HEAD, not from `https` to `http`, and by a request that repeats only
//! the method of the call.
//!
//! For a server that requires no credential, whatever its description says, the client is built with
//! [`without_credentials`](crate::ClientBuilder::without_credentials). [`origin`](crate::ClientBuilder::origin)
//! replaces all servers by a mock or a proxy.
//! ```
//! # use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, Credential, Method, Scheme};
//! static SCHEMES: [Scheme; 1] = [Scheme::bearer("token")];
//! static API: Api =
//!     Api { name: "pets", user_agent: "pets/1", request_id_headers: &[], schemes: &SCHEMES, security: &[&["token"]] };
//!
//! # let server = TestTransport::new();
//! let builder = ClientBuilder::new(&API, "https://example.test".parse()?);
//! let client = builder.credential("token", Credential::secret("t0p")).transport(server.clone()).build()?;
//! server.respond(TestResponse::status(204));
//! block_on(client.call("pets.clear", Method::DELETE, "/pets").empty())?;
//! assert_eq!(server.requests()[0].header("authorization"), Some("Bearer t0p"));
//! assert!(!format!("{client:?}").contains("t0p"));
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # OAuth 2
//!
//! [`ClientCredentials`](crate::ClientCredentials) are those of a program that acts for itself. For a user,
//! [`oauth`](crate::oauth) has the authorization code flow with PKCE and the device flow (both with the feature `oauth`).
//! Each returns [`Tokens`](crate::oauth::Tokens), and a [`RefreshToken`](crate::oauth::RefreshToken) keeps the user logged
//! in: the client exchanges it for access tokens, once for all waiting calls, and tells the program about a new refresh
//! token. Requests to the OAuth 2 server are calls over the transport of the client, and their errors are errors of calls;
//! [`error_code`](crate::oauth::error_code) returns why the server refused.
//!
//! In a generated crate, the client has the methods `authorization_code` and `device_flow`, and the builder
//! `refresh_token`, if the description has such a flow.
//! ```
//! # use specwright_runtime::oauth::{Flow, Login, RefreshToken};
//! # use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, ClientCredentials, Credential, Method, Scheme};
//! # static SCHEMES: [Scheme; 1] = [Scheme::bearer("token")];
//! # static API: Api =
//! #    Api { name: "pets", user_agent: "pets/1", request_id_headers: &[], schemes: &SCHEMES, security: &[&["token"]] };
//! # let server = TestTransport::new();
//! # let client = ClientBuilder::new(&API, "https://example.test".parse()?).transport(server.clone()).build()?;
//! # let flow = Flow { authorization_url: "/authorize", token_url: "/token", scopes: &[] };
//! let program = ClientCredentials::new("my-program", "s3cret").scope("pets");
//! let code = client.authorization_code(&flow, program.clone())?;
//! let login = Login::new("https://program.example/callback")?;
//! println!("log in at {}", code.authorize_url(&login));
//!
//! // The browser comes back with this URL.
//! let callback = format!("https://program.example/callback?code=abc&state={}", login.state().expose());
//! server.respond(TestResponse::json(r#"{"access_token": "t0p", "refresh_token": "r1", "expires_in": 3600}"#));
//! let tokens = block_on(code.exchange(&login, &callback))?;
//!
//! if let Some(token) = RefreshToken::of(program, &tokens) {
//!     let token = token.on_refresh(|tokens| println!("store {:?}", tokens.refresh_token));
//!     let client = client.with_credential("token", Credential::refresh_token("/token", token))?;
//!     server.respond(TestResponse::status(204));
//!     block_on(client.call("pets.clear", Method::DELETE, "/pets").empty())?;
//! }
//! assert_eq!(server.requests()[1].header("authorization"), Some("Bearer t0p"));
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Signatures
//!
//! An API that wants its requests signed gets a [`Signer`](crate::Signer). It sees each request as it is sent, with its
//! credentials, and adds headers or query parameters. Each attempt is signed anew, and so is a redirect within the
//! origin; a redirect to another origin is not signed. The error of a signer fails the call, and its message is shown
//! only if it comes from this crate. A file or a stream has no bytes in memory: the signer decides whether that is an
//! error. `examples/hmac_signature.rs` and `examples/aws_sigv4.rs` are complete signers.
//! ```
//! # use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
//! # use specwright_runtime::transport::BoxFuture;
//! # use specwright_runtime::{Api, ClientBuilder, Method, Signer, UnsignedRequest};
//! # use std::error::Error;
//! # static API: Api = Api::new("pets", "pets/1");
//! struct Length;
//!
//! impl Signer for Length {
//!     fn sign<'a>(&'a self, request: &'a mut UnsignedRequest) -> BoxFuture<'a, Result<(), Box<dyn Error + Send + Sync>>> {
//!         Box::pin(async move {
//!             let signature = format!("{} {}", request.method(), request.body_bytes()?.len());
//!             Ok(request.header("x-signature", &signature)?)
//!         })
//!     }
//! }
//!
//! # let server = TestTransport::new();
//! let builder = ClientBuilder::new(&API, "https://example.test".parse()?).signer(Length);
//! let client = builder.transport(server.clone()).build()?;
//! server.respond(TestResponse::status(204));
//! block_on(client.call("pets.add", Method::POST, "/pets").body(&"Rex").empty())?;
//! assert_eq!(server.requests()[0].header("x-signature"), Some("POST 5"));
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Streams
//!
//! Server-sent events, JSON lines and bytes can be read while they are received: [`Events`](crate::Events),
//! [`JsonLines`](crate::JsonLines), [`ByteStream`](crate::ByteStream). Each has the method `next()` and implements
//! `Stream`. An item that cannot be decoded is an error with its text, and the stream continues.
//!
//! For any operation, [`send_bytes`](crate::Call::send_bytes) returns the body of the response as bytes, and
//! [`send_stream`](crate::Call::send_stream) as a stream of bytes. A response without a schema is an
//! [`AnyBody`](crate::AnyBody): JSON, text or bytes according to its `Content-Type`.
//! ```
//! # use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
//! # use specwright_runtime::{Api, ClientBuilder, Method};
//! # static API: Api = Api::new("pets", "pets/1");
//! # let server = TestTransport::new();
//! # let client = ClientBuilder::new(&API, "https://example.test".parse()?).transport(server.clone()).build()?;
//! server.respond(TestResponse::status(200).chunks("application/x-ndjson", ["1\n2", "0\n"]));
//! let mut lines = block_on(client.call("pets.watch", Method::GET, "/watch").json_lines::<i64>())?;
//! assert_eq!(block_on(lines.next()).transpose()?, Some(1));
//! assert_eq!(block_on(lines.next()).transpose()?, Some(20));
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Blocking calls
//!
//! With the feature `blocking`, `send_blocking()` makes any call on the current thread, with the same retries, timeouts
//! and errors. Its connections belong to a background thread of the client. It can also be used on a thread of an async
//! runtime, which it blocks.
//! ```no_run
//! # use specwright_runtime::{Api, ClientBuilder, Method};
//! # static API: Api = Api::new("pets", "pets/1");
//! let client = ClientBuilder::new(&API, "https://example.test".parse()?).build()?;
//! let pets = client.call("pets.list", Method::GET, "/pets").json::<Vec<String>>().send_blocking()?;
//! println!("{} with {} pets", pets.status(), pets.value().len());
//! # Ok::<(), specwright_runtime::Error>(())
//! ```
//!
//! # Tests
//!
//! The feature `testing` provides the transport of the examples above, with queued responses and failures, recorded
//! requests and a virtual clock. A generated crate also has the example responses of its description, in
//! `<api>::examples`.
