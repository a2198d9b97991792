//! Calls to a transport that responds with the examples of the descriptions.

use social_apis::insightiq::types::RequestIdHeaders;
use social_apis::insightiq::{self, Server};
use social_apis::testing::{TestResponse, block_on};
use social_apis::workspaces::{self, types::*};

#[test]
fn every_operation_of_insightiq_has_an_example_response() {
    let server = insightiq::examples::server();
    let builder = insightiq::Client::builder(Server::Sandbox).basic_auth("id", "secret");
    let client = builder.transport(server.clone()).build().unwrap();

    let profile = block_on(client.profiles().get("42")).unwrap();
    assert!(profile.platform_username.is_some());
    let response = block_on(client.profiles().get("42").send()).unwrap();
    let headers: RequestIdHeaders = response.headers_as().unwrap();
    let request_id = headers.request_id.to_string();
    assert_eq!(response.request_id(), Some(request_id.as_str()));
    let account = block_on(client.accounts().disconnect("7")).unwrap();
    assert_eq!(account.status, insightiq::types::AccountStatus::NotConnected);

    let paths: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.path_and_query().to_owned())
        .collect();
    let profile = "/v1/profiles/42";
    assert_eq!(paths, [profile, profile, "/v1/accounts/7/disconnect"]);
}

#[test]
fn every_operation_of_workspaces_has_an_example_response() {
    let server = workspaces::examples::server();
    let base = "https://example.test/base";
    let builder = workspaces::Client::builder(base).token("TOKEN");
    let client = builder.transport(server).build().unwrap();
    let accounts = client.instagram_accounts();

    let account = FacebookAccount::new("fb-token", "fb-uid").location(Location::SignUpForm);
    drop(block_on(accounts.create(account)).unwrap());
    block_on(accounts.update(7, InstagramAccountUpdate::new(None))).unwrap();
    drop(block_on(accounts.delete(7)).unwrap());
}

#[test]
fn queued_responses_come_first_and_an_example_can_be_changed() {
    let server = insightiq::examples::server();
    let get = insightiq::examples::profiles::GET;
    server.respond(TestResponse::status(404));
    server.respond(get.response().header("request-id", "3f2a"));
    let builder = insightiq::Client::builder(Server::Sandbox).basic_auth("id", "secret");
    let client = builder.transport(server).build().unwrap();

    let missing = block_on(client.profiles().get("42")).unwrap_err();
    assert_eq!(missing.status().unwrap(), 404);
    let found = block_on(client.profiles().get("42").send()).unwrap();
    assert_eq!(found.request_id(), Some("3f2a"));
    assert_eq!(found.body(), get.body().as_bytes());
}
