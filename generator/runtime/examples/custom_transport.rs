//! A custom transport, which passes requests to a function of the same program instead of a network.
//!
//! A transport sends one request, and provides a timer. Credentials, retries, redirects, limits and errors are above
//! it, so they are the same for every transport.
//!
//! Run it with `cargo run --example custom_transport --features testing`.

use std::thread;
use std::time::Duration;

use specwright_runtime::testing::block_on;
use specwright_runtime::transport::{
    BoxFuture, HttpRequest, ResponseBody, ResponseFuture, Transport, TransportError,
};
use specwright_runtime::{Api, Bytes, ClientBuilder, Credential, Error, Method, Scheme};

/// Passes requests to a server that is a function.
#[derive(Debug)]
struct InProcess(fn(http::Request<Bytes>) -> http::Response<Bytes>);

impl Transport for InProcess {
    fn send(&self, request: HttpRequest, _timeout: Option<Duration>) -> ResponseFuture<'_> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            // A file or a stream has to be opened and read chunk by chunk: see `RequestBody::open`.
            let Some(bytes) = body.as_bytes() else {
                return Err(TransportError::unsendable("the body is not in memory"));
            };
            let bytes = Bytes::copy_from_slice(bytes);
            let response = (self.0)(http::Request::from_parts(head, bytes));
            Ok(response.map(ResponseBody::from))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // Nothing else runs on this thread, so the wait can block it. It must start with the first poll: every attempt
        // has a timer, and most of them are never polled.
        Box::pin(async move { thread::sleep(duration) })
    }
}

/// The information about an API in a generated client.
static API: Api = Api {
    name: "numbers",
    user_agent: "numbers/1",
    request_id_headers: &[],
    schemes: &[Scheme::bearer("token")],
    security: &[&["token"]],
};

/// Sends the body back if the token is right.
fn serve(request: http::Request<Bytes>) -> http::Response<Bytes> {
    let is_known = request.headers()["authorization"] == "Bearer abc";
    let mut response = http::Response::new(request.into_body());
    if !is_known {
        *response.status_mut() = http::StatusCode::UNAUTHORIZED;
    }
    response
}

fn echo(token: &str) -> Result<Vec<i64>, Error> {
    // With a generated client: `Client::builder(…).token("abc").transport(…).build()?`.
    let client = ClientBuilder::new(&API, "https://numbers.example".parse()?)
        .credential("token", Credential::secret(token))
        .transport(InProcess(serve))
        .build()?;
    let call = client.call("numbers.echo", Method::POST, "/echo");
    block_on(call.body(&vec![1_i64, 2, 3]).json())
}

pub(crate) fn main() -> Result<(), Error> {
    let numbers = echo("abc")?;
    println!("{numbers:?}");
    assert_eq!(numbers, [1, 2, 3]);

    let refused = echo("another").err().and_then(|error| error.status());
    println!("{refused:?}");
    assert_eq!(refused, Some(http::StatusCode::UNAUTHORIZED));
    Ok(())
}
