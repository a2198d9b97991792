//! Calls over the testing transport.

mod codings;
mod failures;
mod hooks;
mod oauth;
mod outputs;
mod providers;
mod redirects;
mod requests;
mod retries;
mod secrets;
mod signing;

use std::time::Duration;

use serde_json::Value;

use crate::testing::{Failure, TestResponse, TestTransport, block_on};
use crate::{
    Api, BaseUrl, Call, Client, ClientBuilder, Credential, Error, ErrorKind, Method, Request,
    RetryPolicy, Scheme,
};

pub(crate) static API: Api = Api {
    name: "test",
    user_agent: "test-api/1.2.3",
    request_id_headers: &["x-own-id"],
    schemes: &[
        Scheme::header("own", "Authentication", "Bearer ").given_by("token"),
        Scheme::basic("basic"),
        Scheme::query("key", "api_key"),
        Scheme::cookie("session", "sid"),
    ],
    security: &[&["own"]],
};

pub(crate) const TOKEN: &str = "t0p-s3cret";
const SECOND: Duration = Duration::from_secs(1);

pub(crate) fn builder(server: &TestTransport) -> ClientBuilder {
    ClientBuilder::new(&API, BaseUrl::described("https://api.example.com/base/"))
        .credential("own", Credential::secret(TOKEN))
        .transport(server.clone())
}

pub(crate) fn client(server: &TestTransport) -> Client {
    builder(server).build().unwrap()
}

fn get(client: &Client) -> Request {
    client
        .call("things.get", Method::GET, "/things/{id}")
        .path("id", 7)
}

fn post(client: &Client) -> Request {
    client
        .call("things.create", Method::POST, "/things")
        .body(&1_i64)
}

/// Returns a server with these responses, and the error of one GET.
fn refused(responses: impl IntoIterator<Item = TestResponse>) -> (TestTransport, Error) {
    let server = TestTransport::new();
    for response in responses {
        server.respond(response);
    }
    let error = block_on(get(&client(&server)).json::<Vec<i64>>()).unwrap_err();
    (server, error)
}

fn json(call: Call<Value>) -> Result<Value, Error> {
    block_on(call)
}
