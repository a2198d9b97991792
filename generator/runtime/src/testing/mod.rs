//! A transport for tests: queued replies, recorded requests, and a clock that does not wait.
//!
//! It stands where the network would, below credentials and retries, so that a test sees what a server would see.
//!
//! ```
//! use std::time::Duration;
//! use specwright_runtime::testing::{Reply, TestTransport, block_on};
//! # use specwright_runtime::{Api, Client, ClientBuilder, Method};
//! # static API: Api = Api { name: "a", user_agent: "a/1", request_id_headers: &[], schemes: &[], security: &[] };
//!
//! let server = TestTransport::new();
//! server.reply(Reply::status(503).header("retry-after", "7"));
//! server.reply(Reply::json("[1, 2]"));
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
mod reply;
mod request;
mod transport;

pub use self::example::Example;
pub use self::examples::{round_trip, sends, value};
pub use self::reply::{Failure, Reply};
pub use self::request::RecordedRequest;
pub use self::transport::TestTransport;
use crate::transport::executor;

/// Runs a call on this thread, which is parked while the call is pending.
///
/// It has no async runtime, so it fits transports that need none, such as [`TestTransport`].
pub fn block_on<F: IntoFuture>(call: F) -> F::Output {
    executor::block_on(call)
}
