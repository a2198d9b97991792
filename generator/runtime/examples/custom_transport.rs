//! A transport of one's own: requests go to a function of the same program, and to no network.
//!
//! What a transport has to do is little: send one request, wait, and know the time. Credentials, retries, redirects,
//! limits and errors are above it, so they are the same over every transport.
//!
//! Run it with `cargo run --example custom_transport --features testing`.

use std::fmt;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use specwright_runtime::testing::block_on;
use specwright_runtime::transport::{
    BoxFuture, RequestBody, ResponseBody, Transport, TransportError,
};
use specwright_runtime::{Api, Bytes, ClientBuilder, Credential, Error, Method, Scheme};

/// A server that is a function.
type Server = fn(http::Request<Bytes>) -> http::Response<Bytes>;

/// Hands requests to a server in the same program.
struct InProcess {
    server: Server,
    start: Instant,
}

impl InProcess {
    fn new(server: Server) -> Self {
        Self {
            server,
            start: Instant::now(),
        }
    }
}

impl Transport for InProcess {
    fn send(
        &self,
        request: http::Request<RequestBody>,
        _timeout: Option<Duration>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            // A file or a reader would have to be opened; this server wants its bodies in memory.
            let Some(bytes) = body.as_bytes() else {
                return Err(TransportError::unsendable("the body is not in memory"));
            };
            let bytes = Bytes::copy_from_slice(bytes);
            let answer = (self.server)(http::Request::from_parts(head, bytes));
            Ok(answer.map(ResponseBody::from))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // Blocking the thread is all right where nothing else runs on it. The wait must not begin before it is polled:
        // every attempt has a timer that mostly nobody waits for.
        Box::pin(async move { thread::sleep(duration) })
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn date(&self) -> SystemTime {
        SystemTime::now()
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcess").finish_non_exhaustive()
    }
}

/// What a generated client knows of its API.
static API: Api = Api {
    name: "numbers",
    user_agent: "numbers/1",
    request_id_headers: &[],
    schemes: &[Scheme::bearer("token")],
    security: &[&["token"]],
};

fn serve(request: http::Request<Bytes>) -> http::Response<Bytes> {
    let known = request
        .headers()
        .get("authorization")
        .is_some_and(|value| value == "Bearer abc");
    let mut answer = http::Response::new(request.into_body());
    if !known {
        *answer.status_mut() = http::StatusCode::UNAUTHORIZED;
        *answer.body_mut() = "who is calling?".into();
    }
    answer
}

pub(crate) fn main() -> Result<(), Error> {
    // With a generated client: `Client::builder(…).token("abc").transport(…).build()?`.
    let client = |token: &str| {
        ClientBuilder::new(&API, "https://numbers.example".parse()?)
            .credential("token", Credential::secret(token))
            .transport(InProcess::new(serve))
            .build()
    };
    let echo = |client: &specwright_runtime::Client| {
        let call = client.call("numbers.echo", Method::POST, "/echo");
        block_on(call.body(&vec![1_i64, 2, 3]).json::<Vec<i64>>())
    };

    let numbers = echo(&client("abc")?)?;
    println!("{numbers:?}");
    assert_eq!(numbers, [1, 2, 3]);

    let refused = echo(&client("another")?).err();
    let refused = refused.map(|error| error.to_string());
    println!("{refused:?}");
    assert_eq!(
        refused.as_deref(),
        Some("numbers.echo: 401 Unauthorized: who is calling? (1 attempt)")
    );
    Ok(())
}
