//! A transport for tests, with queued responses, recorded requests and a virtual clock.
//!
//! It replaces the network, below credentials and retries, so a test sees the same requests as a server.
//!
//! ```
//! use std::time::Duration;
//! use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
//! # use specwright_runtime::{Api, Client, ClientBuilder, Method};
//! # static API: Api = Api::new("a", "a/1");
//!
//! let server = TestTransport::new();
//! server.respond(TestResponse::status(503).header("retry-after", "7"));
//! server.respond(TestResponse::json("[1, 2]"));
//! # let base = "https://api.example.com".parse()?;
//! # let client = ClientBuilder::new(&API, base).transport(server.clone()).build()?;
//! # let call = client.call("numbers.list", Method::GET, "/numbers").json::<Vec<i64>>();
//!
//! assert_eq!(block_on(call)?, [1, 2]);
//! assert_eq!(server.requests()[1].path_and_query(), "/numbers");
//! assert!(server.elapsed() >= Duration::from_secs(7));
//! # Ok::<(), specwright_runtime::Error>(())
//! ```

mod clock;
mod example;
mod examples;
mod request;
mod response;
mod transport;
mod wire;

pub use self::example::Example;
pub use self::examples::{round_trip, sends, value, value_of};
pub use self::request::RecordedRequest;
pub use self::response::{Failure, TestResponse};
pub use self::transport::TestTransport;
pub use self::wire::Wire;
use crate::transport::executor;

/// The former name of [`TestResponse`].
#[deprecated(note = "renamed to `TestResponse`")]
#[doc(hidden)]
pub type Reply = TestResponse;

/// Runs a call on this thread, which is parked while the call is pending.
///
/// It has no async runtime, so it only works with transports that need none, such as [`TestTransport`].
pub fn block_on<F: IntoFuture>(call: F) -> F::Output {
    executor::block_on(call)
}
