//! Error responses, and connections that fail before a response.

use std::net::TcpListener;
use std::time::Duration;

use serde_json::json;
use social_apis::Error;
use social_apis::workspaces::types::InstagramAccountUpdate;

use crate::support::{
    ACCOUNT_ID, PROFILE_ID, REQUEST_ID, Response, Server, account, body, disconnect, found,
    get_profile, insightiq, insightiq_at, profile, status, update, workspaces,
};

/// Far more than any call here takes, far less than a call that hangs.
const SOON: Duration = Duration::from_secs(60);

/// Time enough for a request to arrive on a busy machine.
const LIMIT: Duration = Duration::from_secs(2);

/// The line that an error shows: one line, with the operation.
fn line(error: &Error, operation: &str) -> String {
    let line = error.to_string();
    assert!(!line.contains('\n'), "{line}");
    assert!(line.contains(operation), "{line}");
    line
}

#[tokio::test]
async fn a_credential_that_is_refused() -> Result<(), Error> {
    let text = json!({"error": {"type": "UNAUTHORIZED", "code": "invalid_credentials", "message": "Who are you?"}});
    let response = Response::json(401, &text)
        .header("request-id", REQUEST_ID)
        .header("www-authenticate", "Basic");
    let server = Server::play([(get_profile(), response)]);
    let error = insightiq(&server)?
        .profiles()
        .get(PROFILE_ID)
        .await
        .expect_err("it is a 401");
    assert_eq!(status(&error), Some(401));
    assert_eq!(error.request_id(), Some(REQUEST_ID));
    assert_eq!(error.operation(), "profiles.get");
    assert_eq!(error.attempts(), 1);
    assert!(!error.is_retryable() && !error.is_timeout());
    assert_eq!(body(&error), text.to_string());
    let challenge = error.headers().get("www-authenticate");
    assert_eq!(
        challenge.and_then(|value| value.to_str().ok()),
        Some("Basic")
    );
    let line = line(&error, "profiles.get");
    assert!(
        line.contains("401 Unauthorized") && line.contains(REQUEST_ID),
        "{line}"
    );
    assert!(line.contains("Who are you?"), "{line}");
    Ok(())
}

#[tokio::test]
async fn an_error_response_that_looks_like_a_success_is_an_error() -> Result<(), Error> {
    // Every property of this response is optional, so a careless client would read a 401 as an empty account.
    let sent = r#"{"instagram_account":{"team_ids":null}}"#;
    let server = Server::play([(
        update(sent),
        Response::json(401, json!({"error": "Unauthorized"})),
    )]);
    let error = workspaces(&server)?
        .instagram_accounts()
        .update(7, InstagramAccountUpdate::new(None))
        .await
        .expect_err("it is a 401");
    assert_eq!(status(&error), Some(401));
    assert!(line(&error, "instagram_accounts.update").contains("401"));
    Ok(())
}

#[tokio::test]
async fn a_page_in_place_of_json() -> Result<(), Error> {
    let page = format!(
        "<!doctype html>\n<html>\n<h1>Not Found</h1>\n{}</html>\n",
        "<p>no</p>\n".repeat(500)
    );
    let response =
        Response::text(404, "text/html; charset=utf-8", &page).header("request-id", REQUEST_ID);
    let server = Server::play([(disconnect(), response)]);
    let error = insightiq(&server)?
        .accounts()
        .disconnect(ACCOUNT_ID)
        .await
        .expect_err("it is a 404");
    assert_eq!(status(&error), Some(404));
    assert_eq!(body(&error), page);
    assert_eq!(error.request_id(), Some(REQUEST_ID));
    let line = line(&error, "accounts.disconnect");
    assert!(line.contains("404 Not Found"), "{line}");
    assert!(line.len() < 600, "a whole page is no message: {line}");
    Ok(())
}

#[tokio::test]
async fn a_connection_that_ends_in_the_middle_of_a_get() -> Result<(), Error> {
    let server = Server::play([
        (get_profile(), found(profile()).cut_after(100)),
        (get_profile(), found(profile())),
    ]);
    let response = insightiq(&server)?
        .profiles()
        .get(PROFILE_ID)
        .send()
        .await?;
    assert_eq!(response.attempts(), 2);
    assert_eq!(response.value().user.name, "Robert Downey");
    Ok(())
}

#[tokio::test]
async fn a_connection_that_ends_in_the_middle_of_a_post() -> Result<(), Error> {
    let server = Server::play([(disconnect(), found(account()).cut_after(20))]);
    let error = insightiq(&server)?
        .accounts()
        .disconnect(ACCOUNT_ID)
        .await
        .expect_err("half a response is an error");
    assert_eq!(
        error.attempts(),
        1,
        "the account may be disconnected already"
    );
    assert!(error.maybe_applied());
    assert!(!error.is_timeout());
    line(&error, "accounts.disconnect");
    Ok(())
}

#[tokio::test]
async fn a_response_that_never_comes_times_out() -> Result<(), Error> {
    let server = Server::play([(disconnect(), Response::held())]);
    let error = insightiq(&server)?
        .accounts()
        .disconnect(ACCOUNT_ID)
        .with_timeout(LIMIT)
        .await
        .expect_err("nothing came");
    assert!(error.is_timeout());
    assert!(error.maybe_applied(), "the request has arrived");
    assert_eq!(error.attempts(), 1);
    assert_eq!(status(&error), None);
    line(&error, "accounts.disconnect");
    Ok(())
}

#[tokio::test]
async fn a_get_without_a_response_is_retried() -> Result<(), Error> {
    let server = Server::play([
        (get_profile(), Response::held()),
        (get_profile(), found(profile())),
    ]);
    let response = insightiq(&server)?
        .profiles()
        .get(PROFILE_ID)
        .with_timeout(LIMIT)
        .send()
        .await?;
    assert_eq!(response.attempts(), 2);
    Ok(())
}

#[tokio::test]
async fn the_total_time_is_for_all_attempts() -> Result<(), Error> {
    let server = Server::play([(get_profile(), Response::held())]);
    let error = insightiq(&server)?
        .profiles()
        .get(PROFILE_ID)
        .with_total_timeout(LIMIT)
        .await
        .expect_err("nothing came");
    assert!(error.is_timeout());
    Ok(())
}

#[tokio::test]
async fn a_server_that_is_not_there() -> Result<(), Error> {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let client = insightiq_at(&format!("http://{address}"))?;
    let error = client
        .accounts()
        .disconnect(ACCOUNT_ID)
        .without_retry()
        .await
        .expect_err("nobody listens");
    assert_eq!(status(&error), None);
    assert!(!error.maybe_applied(), "nothing has arrived");
    assert!(error.is_retryable());
    assert_eq!(error.attempts(), 1);
    line(&error, "accounts.disconnect");
    let error = client
        .accounts()
        .disconnect(ACCOUNT_ID)
        .await
        .expect_err("nobody listens");
    assert!(
        error.attempts() > 1,
        "to connect again is safe for a POST as well"
    );
    Ok(())
}

#[tokio::test]
async fn a_call_that_is_dropped_hangs_up() -> Result<(), Error> {
    let server = Server::play([(get_profile(), Response::held())]);
    let client = insightiq(&server)?;
    let call = client.profiles().get(PROFILE_ID).send();
    let arrived = async {
        while server.seen().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::select! {
        ended = call => panic!("no response comes: {ended:?}"),
        () = arrived => {}
    }
    let hung_up = async {
        while server.hang_ups() == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    assert!(
        tokio::time::timeout(SOON, hung_up).await.is_ok(),
        "the connection stays open"
    );
    Ok(())
}

#[tokio::test]
async fn a_credential_that_is_missing() -> Result<(), Error> {
    use social_apis::insightiq::{Client, Server as At};
    let server = Server::play([]);
    let client = Client::builder(At::custom(&server.url())?).build()?;
    let error = client
        .profiles()
        .get(PROFILE_ID)
        .await
        .expect_err("nobody is logged in");
    assert_eq!((status(&error), error.attempts()), (None, 0));
    assert!(
        line(&error, "profiles.get").contains("basic_auth"),
        "it says what to call: {error}"
    );
    Ok(())
}

#[test]
fn calls_and_errors_go_to_other_threads() {
    fn sendable<T: Send + 'static>(_: &T) {}
    fn shareable<T: Send + Sync + 'static>() {}
    let client = insightiq_at("http://127.0.0.1:1").expect("a client");
    let call = client.profiles().get(PROFILE_ID);
    sendable(&call);
    sendable(&call.send());
    sendable(&client.accounts().disconnect(ACCOUNT_ID).into_future());
    shareable::<social_apis::insightiq::Client>();
    shareable::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
