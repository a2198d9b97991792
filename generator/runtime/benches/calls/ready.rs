//! A transport that responds at once, and a call as generated code makes it.

use std::future::{Future, pending};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use specwright_runtime::codec::from_json;
use specwright_runtime::transport::{
    BoxFuture, HttpRequest, RequestBody, ResponseBody, ResponseFuture, Transport,
};
use specwright_runtime::{
    Api, BaseUrl, Call, Client, ClientBuilder, Credential, Method, Scheme, record,
};

/// The body of each response.
pub const BODY: &[u8] = br#"{"id":7,"name":"Jo Miller","verified":true,"followers":48213,"country":"DE","cursor":null}"#;

/// The body of the response.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub id: i64,
    pub name: String,
    pub verified: bool,
    pub followers: i64,
    pub country: Option<String>,
    pub cursor: Option<String>,
}

record!(Item {
    id: "id" required,
    name: "name" required,
    verified: "verified" required,
    followers: "followers" required,
    country: "country",
    cursor: "cursor",
});

static API: Api = Api {
    name: "bench",
    user_agent: "bench/1",
    request_id_headers: &["request-id"],
    schemes: &[Scheme::basic("basicAuth")],
    security: &[&["basicAuth"]],
};

/// Responds at once, and never ends a sleep.
#[derive(Debug)]
pub struct Ready;

impl Transport for Ready {
    fn send(&self, request: HttpRequest, _timeout: Option<Duration>) -> ResponseFuture<'_> {
        Box::pin(async move {
            drop(request);
            let mut response = http::Response::new(ResponseBody::from(Bytes::from_static(BODY)));
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(CONTENT_TYPE, json);
            Ok(response)
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // Allocates, like the timers of runtimes.
            pending::<()>().await;
            let _ = duration;
        })
    }
}

/// Returns the settings of a client of a typical program.
pub fn builder(base: &str) -> ClientBuilder {
    ClientBuilder::new(&API, BaseUrl::described(base.to_owned()))
        .credential("basicAuth", Credential::basic("jo", "correct horse"))
}

/// Returns a call like those of generated code, with a path, a query and JSON.
pub fn call(client: &Client, id: i64) -> Call<Item> {
    client
        .call("items.get", Method::GET, "/v1/items/{id}")
        .path("id", id)
        .query("limit", &10_i64)
        .query("country", &"DE")
        .json()
}

/// Returns the request that the call sends.
pub fn request(base: &str, id: i64) -> HttpRequest {
    http::Request::get(format!("{base}/v1/items/{id}?limit=10&country=DE"))
        .header(ACCEPT, HeaderValue::from_static("application/json"))
        .header(USER_AGENT, HeaderValue::from_static("bench/1"))
        .header(
            AUTHORIZATION,
            HeaderValue::from_static("Basic am86Y29ycmVjdCBob3JzZQ=="),
        )
        .body(RequestBody::Empty)
        .expect("it is a request")
}

/// Sends a request without a call, and decodes its response.
pub async fn bare(transport: &dyn Transport, request: HttpRequest) -> Item {
    let response = transport.send(request, None).await.expect("it responds");
    let mut body = response.into_body();
    let body = body
        .chunk()
        .await
        .expect("it has a body")
        .unwrap_or_default();
    from_json(&body).expect("it is an item")
}

/// Returns the output of a future that is never pending.
pub fn now<F: Future>(work: impl FnOnce() -> F) -> F::Output {
    match pin!(work()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => unreachable!("nothing here waits"),
    }
}
