//! The requests and responses that the two documents show.

use serde_json::Value;
use social_apis::{Error, insightiq, workspaces};

use super::http::Response;
use super::server::{Expect, Server};

/// The account of the sample.
pub(crate) const ACCOUNT_ID: &str = "f5e89cea-18b6-4479-a4dd-64a48217e759";
/// The profile of the sample.
pub(crate) const PROFILE_ID: &str = "9bd39495-ad21-40f7-a8a6-9c8cf9d6a822";
/// What the header `request-id` says.
pub(crate) const REQUEST_ID: &str = "3f2a1d0c-7b1e-4c52-9f0a-5f6f2f2d9c11";

/// The document's test vector: `demo` and `p@55w0rd`.
pub(crate) const BASIC: (&str, &str) = ("authorization", "Basic ZGVtbzpwQDU1dzByZA==");
/// The header of the other document, whose name is not `Authorization`.
pub(crate) const BEARER: (&str, &str) = ("authentication", "Bearer TOKEN_FETCHED_FROM_SERVER");

const ACCOUNT: &str = include_str!("../samples/account.json");
const PROFILE: &str = include_str!("../samples/profile.json");
const FULL_PROFILE: &str = include_str!("../samples/profile_full.json");

/// A client with the credential of the test vector.
pub(crate) fn insightiq(server: &Server) -> Result<insightiq::Client, Error> {
    insightiq_at(&server.url())
}

/// The same client at a base URL.
pub(crate) fn insightiq_at(url: &str) -> Result<insightiq::Client, Error> {
    insightiq::Client::builder(insightiq::Server::custom(url)?)
        .basic_auth("demo", "p@55w0rd")
        .build()
}

/// A client with the bare token of [`BEARER`].
pub(crate) fn workspaces(server: &Server) -> Result<workspaces::Client, Error> {
    workspaces::Client::builder(server.url())
        .token("TOKEN_FETCHED_FROM_SERVER")
        .build()
}

/// `POST /v1/accounts/{id}/disconnect`
pub(crate) fn disconnect() -> Expect {
    let target = format!("/v1/accounts/{ACCOUNT_ID}/disconnect");
    Expect {
        method: "POST",
        target,
        credential: Some(BASIC),
        body: Some("{}".to_owned()),
        extra: Vec::new(),
    }
}

/// `GET /v1/profiles/{id}`
pub(crate) fn get_profile() -> Expect {
    let target = format!("/v1/profiles/{PROFILE_ID}");
    Expect {
        method: "GET",
        target,
        credential: Some(BASIC),
        body: None,
        extra: Vec::new(),
    }
}

/// `POST /api/v4/workspaces/instagram_accounts` with exactly this body.
pub(crate) fn create(body: &str) -> Expect {
    let target = "/api/v4/workspaces/instagram_accounts".to_owned();
    Expect {
        method: "POST",
        target,
        credential: Some(BEARER),
        body: Some(body.to_owned()),
        extra: Vec::new(),
    }
}

/// `PUT /api/v4/workspaces/instagram_accounts/7` with exactly this body.
pub(crate) fn update(body: &str) -> Expect {
    let target = "/api/v4/workspaces/instagram_accounts/7".to_owned();
    Expect {
        method: "PUT",
        target,
        credential: Some(BEARER),
        body: Some(body.to_owned()),
        extra: Vec::new(),
    }
}

/// `DELETE /api/v4/workspaces/instagram_accounts/7`
pub(crate) fn delete() -> Expect {
    let target = "/api/v4/workspaces/instagram_accounts/7".to_owned();
    Expect {
        method: "DELETE",
        target,
        credential: Some(BEARER),
        body: None,
        extra: Vec::new(),
    }
}

/// The sample account.
pub(crate) fn account() -> Value {
    parse(ACCOUNT)
}

/// The sample profile.
pub(crate) fn profile() -> Value {
    parse(PROFILE)
}

/// A profile with all 94 fields.
pub(crate) fn full_profile() -> Value {
    parse(FULL_PROFILE)
}

/// `value` with another value at a JSON pointer; the last name of the pointer may be new.
pub(crate) fn with(mut value: Value, pointer: &str, new: Value) -> Value {
    let (parent, name) = pointer
        .rsplit_once('/')
        .expect("a pointer begins with a slash");
    let parent = value.pointer_mut(parent).expect("the parent is there");
    parent
        .as_object_mut()
        .expect("the parent is an object")
        .insert(name.to_owned(), new);
    value
}

/// A 200 with the header that both operations document.
pub(crate) fn found(body: impl ToString) -> Response {
    Response::json(200, body).header("request-id", REQUEST_ID)
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("the sample is JSON")
}
