//! A transport over reqwest, for settings that the builder of a client does not have.
//!
//! It is a separate crate, so that the tests of the runtime do not build reqwest; its manifest is in
//! `examples/reqwest`.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body::Body as _;
use specwright_runtime::transport::{BoxFuture, Chunks, HttpRequest, ResponseBody, ResponseFuture, Transport, TransportError};
use specwright_runtime::{Api, Bytes, ClientBuilder, Method};

/// Sends requests with reqwest.
#[derive(Debug)]
struct ReqwestTransport(reqwest::Client);

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: HttpRequest,
        _timeout: Option<Duration>,
    ) -> ResponseFuture<'_> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            // A file or a stream has to be opened and read chunk by chunk: see `RequestBody::open`.
            let bytes = body.as_bytes().ok_or("the body is not in memory");
            let bytes = bytes.map_err(TransportError::unsendable)?.to_vec();
            let request = http::Request::from_parts(head, bytes);
            let request = request.try_into().map_err(TransportError::unsendable)?;
            let response = self.0.execute(request).await.map_err(failure)?;
            let response = http::Response::<reqwest::Body>::from(response);
            Ok(response.map(|body| ResponseBody::chunks(Incoming(body))))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}

/// The body of a response.
struct Incoming(reqwest::Body);

impl Chunks for Incoming {
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let frame = Pin::new(&mut self.0).poll_frame(context);
        // Trailers become an empty chunk.
        let chunk = frame.map_ok(|frame| frame.into_data().unwrap_or_default());
        chunk.map_err(failure)
    }
}

/// Errors must not show the URL, because its query can contain a secret.
fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_connect() {
        return TransportError::connect(error);
    }
    TransportError::io(error)
}

/// The information about an API in a generated client.
static API: Api = Api::new("numbers", "numbers/1");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(1).ok_or("no URL is given")?;
    let client = reqwest::Client::builder()
        // Redirects and retries are handled above the transport, which sends no API key to another origin.
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .build()?;
    let builder = ClientBuilder::new(&API, url.parse()?);
    let client = builder.transport(ReqwestTransport(client)).build()?;
    let numbers: Vec<i64> = client.call("list", Method::GET, "/numbers").json().await?;
    println!("{numbers:?}");
    Ok(())
}
