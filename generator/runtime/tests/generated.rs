//! The macros and types of generated code, used in another crate, among conflicting names.

#![allow(
    missing_docs,
    unreachable_pub,
    reason = "a generated crate in one file"
)]

mod runtime {
    pub(crate) use specwright_runtime::*;
}

/// Types of the API, some with names of the standard library.
#[allow(dead_code, reason = "they test name collisions")]
mod types {
    #[derive(Debug)]
    pub struct Option;
    #[derive(Debug)]
    pub struct Result;
    #[derive(Debug)]
    pub struct String;
    #[derive(Debug)]
    pub struct Response;
}

mod things {
    #[allow(unused_imports, reason = "as generated")]
    use super::types::*;
    use crate::runtime::calls::*;

    #[derive(Debug, Clone, Copy)]
    pub struct Things<'a> {
        client: &'a crate::runtime::Client,
    }

    impl<'a> Things<'a> {
        pub(super) fn new(client: &'a crate::runtime::Client) -> Self {
            Self { client }
        }

        pub fn get(self, id: impl Display) -> Call<Vec<i64>> {
            self.client
                .call("things.get", Method::GET, "/things/{id}")
                .path("id", id)
                .json()
        }

        pub fn create(self, name: &str) -> CreateCall {
            CreateCall(
                self.client
                    .call("things.create", Method::POST, "/things")
                    .property("name", &name)
                    .output(),
            )
        }
    }

    #[derive(Debug)]
    #[must_use = "a call does nothing until it is awaited or sent"]
    pub struct CreateCall(Call<CreateOutput>);
    call!(CreateCall -> CreateOutput);

    impl CreateCall {
        pub fn size(self, size: i64) -> Self {
            self.input(|request| request.property("size", &size))
        }
    }

    #[derive(Debug, PartialEq)]
    #[non_exhaustive]
    pub enum CreateOutput {
        Ok(Json),
        None,
    }
    outputs!(CreateOutput { Ok = 2XX "application/json" json, None = 204 empty });
}

mod api {
    use super::things::Things;
    use crate::runtime::client::*;

    static API: Api = Api {
        name: "things",
        user_agent: "things/0.1.0",
        request_id_headers: &[],
        schemes: &[Scheme::bearer("bearer").given_by("token")],
        security: &[&["bearer"]],
    };

    #[derive(Debug, Clone)]
    pub struct Client {
        core: crate::runtime::Client,
    }
    client!(Client);

    impl Client {
        pub fn builder(base_url: BaseUrl) -> ClientBuilder {
            ClientBuilder {
                core: crate::runtime::ClientBuilder::new(&API, base_url),
            }
        }

        pub fn things(&self) -> Things<'_> {
            Things::new(&self.core)
        }
    }

    #[derive(Debug, Clone)]
    pub struct ClientBuilder {
        core: crate::runtime::ClientBuilder,
    }
    builder!(ClientBuilder -> Client);

    impl ClientBuilder {
        pub fn token(self, token: impl Into<Secret>) -> Self {
            self.credential("bearer", Credential::secret(token))
        }
    }
}

use std::future::IntoFuture;
use std::time::Duration;

use runtime::testing::{TestResponse, TestTransport, block_on};
use things::CreateOutput;

fn client(server: &TestTransport) -> api::Client {
    api::Client::builder("https://api.example.com".parse().unwrap())
        .token("t0ken")
        .timeout(Duration::from_secs(5))
        .user_agent("me/1")
        .transport(server.clone())
        .build()
        .unwrap()
}

#[test]
fn a_call_is_awaited_for_its_value() {
    let server = TestTransport::new();
    server.respond(TestResponse::json("[1]"));
    let client = client(&server);
    let values = block_on(async { client.things().get("a b").await }).unwrap();
    assert_eq!(values, [1]);
    let request = &server.requests()[0];
    assert_eq!(request.path_and_query(), "/things/a%20b");
    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
    assert_eq!(request.header("user-agent"), Some("me/1"));
}

#[test]
fn a_call_type_has_inputs_and_options() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(503));
    server.respond(TestResponse::status(201).with_json("{}"));
    server.respond(TestResponse::status(204));
    let client = client(&server);
    let call = client
        .things()
        .create("n")
        .size(3)
        .with_header("x-a", "b")
        .with_query("c", 1)
        .with_idempotency_key("k")
        .with_timeout(Duration::from_secs(1))
        .with_total_timeout(Duration::from_secs(9));
    let response = block_on(call.send()).unwrap();
    assert_eq!((response.status().as_u16(), response.attempts()), (201, 2));
    assert!(matches!(response.value(), CreateOutput::Ok(_)));
    let request = &server.requests()[1];
    assert_eq!(request.text(), r#"{"name":"n","size":3}"#);
    assert_eq!(request.path_and_query(), "/things?c=1");
    let none = block_on(client.things().create("n").without_retry()).unwrap();
    assert_eq!(none, CreateOutput::None);
}

#[test]
fn undescribed_operations_can_be_called() {
    let server = TestTransport::new();
    server.respond(TestResponse::json("[2]"));
    let request = client(&server).request(runtime::Method::PUT, "/beta/{name}");
    let call = request.path("name", "x").body(&true).json::<Vec<i64>>();
    assert_eq!(block_on(call).unwrap(), [2]);
    assert_eq!(server.requests()[0].path_and_query(), "/beta/x");
    assert_eq!(server.requests()[0].text(), "true");
}

#[test]
fn calls_may_move_to_other_threads() {
    fn moves<F: IntoFuture<IntoFuture: Send> + Send + 'static>(_: &F) {}
    let client = client(&TestTransport::new());
    moves(&client.things().get(1));
    moves(&client.things().create("n"));
}
