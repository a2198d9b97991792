//! The programs under `examples/`, against a server of the test.
#![expect(dead_code, reason = "`main` of each program needs a real server")]

#[cfg(feature = "blocking")]
#[path = "../examples/blocking.rs"]
mod blocking;
#[path = "../examples/call.rs"]
mod call;
#[path = "../examples/errors.rs"]
mod errors;
#[path = "../examples/send.rs"]
mod send;
#[path = "../examples/test_double.rs"]
mod test_double;

use social_apis::insightiq::types::Profile;
use social_apis::testing::{TestResponse, TestTransport, block_on};
use social_apis::{Error, insightiq, workspaces};

fn insightiq(server: &TestTransport) -> insightiq::Client {
    let builder = insightiq::Client::builder(insightiq::Server::Sandbox);
    let builder = builder.basic_auth("id", "secret");
    builder.transport(server.clone()).build().unwrap()
}

fn workspaces(server: &TestTransport) -> workspaces::Client {
    let builder = workspaces::Client::builder("https://workspaces.example");
    let builder = builder.token("secret");
    builder.transport(server.clone()).build().unwrap()
}

#[test]
fn call_prints_whose_profile_it_is() {
    let server = TestTransport::new();
    server.respond(TestResponse::value(&Profile::sample().full_name("Ada")));
    let headline = block_on(call::headline(&insightiq(&server), "42")).unwrap();
    let platform = Profile::sample().work_platform.name;
    assert_eq!(headline, format!("Ada on {platform}"));
    assert_eq!(server.requests()[0].path_and_query(), "/v1/profiles/42");
}

#[test]
fn errors_tell_a_missing_profile_from_a_busy_server() {
    let find = |status| {
        let server = TestTransport::new();
        for _ in 0..3 {
            server.respond(TestResponse::status(status));
        }
        block_on(errors::find(&insightiq(&server), "42")).unwrap_err()
    };
    assert_eq!(find(404), "there is no profile `42`");
    assert!(find(503).starts_with("try again later: profiles.get: 503"));
    assert!(find(400).starts_with("give up: profiles.get: 400"));
}

#[test]
fn send_changes_the_name_and_leaves_the_teams() -> Result<(), Error> {
    let server = workspaces::examples::server();
    block_on(send::rename(&workspaces(&server), 7, "Ada"))?;
    let body = r#"{"instagram_account":{"team_ids":null,"nickname":"Ada"}}"#;
    assert_eq!(server.requests()[0].text(), body);
    Ok(())
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_reports_a_refusal() {
    let server = TestTransport::new();
    server.respond(TestResponse::json(r#"{"success": true}"#));
    server.respond(TestResponse::json(r#"{"success": false}"#));
    let client = workspaces(&server);
    assert_eq!(blocking::remove(&client, 7).unwrap().success, Some(true));
    assert!(blocking::remove(&client, 7).is_err());
}

#[test]
fn test_double_is_called_again_after_a_503() -> Result<(), Error> {
    let server = TestTransport::new();
    server.respond(TestResponse::status(503));
    server.respond(TestResponse::value(&Profile::sample().full_name("Ada")));
    assert_eq!(test_double::name(&server)?, "Ada");
    assert_eq!(server.requests().len(), 2);
    Ok(())
}
