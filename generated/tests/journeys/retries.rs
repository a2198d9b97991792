//! What is sent again, when, and what never is.

use std::time::{Duration, Instant, SystemTime};

use serde_json::json;
use social_apis::Error;
use social_apis::workspaces::types::{FacebookAccount, InstagramAccountUpdate};

use crate::support::{
    ACCOUNT_ID, PROFILE_ID, REQUEST_ID, Response, Server, account, body, create, delete, disconnect,
    found, get_profile, insightiq, profile, status, update, workspaces,
};

const CREATE: &str = r#"{"facebook_account":{"fb_token":"fb-token","fb_uid":"fb-uid"}}"#;

/// The HTTP date that lies so far ahead.
fn date(ahead: Duration) -> String {
    httpdate::fmt_http_date(SystemTime::now() + ahead)
}

#[tokio::test]
async fn a_get_is_sent_again_after_a_500() -> Result<(), Error> {
    let server = Server::play([
        (
            get_profile(),
            Response::text(500, "text/plain", "oops").header("request-id", "first"),
        ),
        (get_profile(), found(profile())),
    ]);
    let response = insightiq(&server)?
        .profiles()
        .get(PROFILE_ID)
        .send()
        .await?;
    assert_eq!(response.attempts(), 2);
    assert_eq!(
        response.request_id(),
        Some(REQUEST_ID),
        "of the response that counts"
    );
    Ok(())
}

#[tokio::test]
async fn put_and_delete_are_sent_again_byte_by_byte() -> Result<(), Error> {
    let sent = r#"{"instagram_account":{"team_ids":[1]}}"#;
    for bad in [500, 502, 503, 504, 408, 429] {
        let server = Server::play([
            (update(sent), Response::empty(bad)),
            (update(sent), Response::json(200, json!({"id": 7}))),
            (delete(), Response::empty(bad)),
            (delete(), Response::empty(204)),
        ]);
        let client = workspaces(&server)?;
        let account = client
            .instagram_accounts()
            .update(7, InstagramAccountUpdate::new(Some(vec![1])))
            .await?;
        assert_eq!(account.id, Some(7));
        drop(client.instagram_accounts().delete(7).await?);
    }
    Ok(())
}

#[tokio::test]
async fn a_post_is_not_sent_again_after_a_500() -> Result<(), Error> {
    for bad in [500, 502, 503, 504, 408] {
        let server = Server::play([(create(CREATE), Response::text(bad, "text/plain", "oops"))]);
        let error = workspaces(&server)?
            .instagram_accounts()
            .create(FacebookAccount::new("fb-token", "fb-uid"))
            .await
            .expect_err("it failed");
        assert_eq!(status(&error), Some(bad));
        assert_eq!(error.attempts(), 1);
        assert_eq!(body(&error), "oops");
        assert_eq!(
            error.maybe_applied(),
            bad >= 500,
            "after a {bad} nobody knows"
        );
    }
    let server = Server::play([(disconnect(), Response::empty(500))]);
    let error = insightiq(&server)?
        .accounts()
        .disconnect(ACCOUNT_ID)
        .await
        .expect_err("it failed");
    assert_eq!((status(&error), error.attempts()), (Some(500), 1));
    Ok(())
}

#[tokio::test]
async fn a_post_is_sent_again_when_it_surely_was_not_processed() -> Result<(), Error> {
    let refusals = [
        Response::empty(429),
        Response::empty(429).header("retry-after", "0"),
        Response::empty(503).header("retry-after", "0"),
    ];
    for refusal in refusals {
        let server = Server::play([(disconnect(), refusal), (disconnect(), found(account()))]);
        let response = insightiq(&server)?
            .accounts()
            .disconnect(ACCOUNT_ID)
            .send()
            .await?;
        assert_eq!(response.attempts(), 2);
    }
    Ok(())
}

#[tokio::test]
async fn a_post_with_an_idempotency_key_is_sent_again_with_the_same_key() -> Result<(), Error> {
    let expect = disconnect().header("idempotency-key", "key-1");
    let server = Server::play([
        (expect.clone(), Response::empty(500)),
        (expect, found(account())),
    ]);
    let response = insightiq(&server)?
        .accounts()
        .disconnect(ACCOUNT_ID)
        .with_idempotency_key("key-1")
        .send()
        .await?;
    assert_eq!(response.attempts(), 2);
    Ok(())
}

/// Returns how long a call takes, from before its first response is made, whose second attempt succeeds.
async fn time_to_pass(busy: impl FnOnce() -> Response) -> Result<Duration, Error> {
    let start = Instant::now();
    let server = Server::play([(get_profile(), busy()), (get_profile(), found(profile()))]);
    insightiq(&server)?.profiles().get(PROFILE_ID).await?;
    Ok(start.elapsed())
}

#[tokio::test]
async fn the_server_says_in_seconds_how_long_to_wait() -> Result<(), Error> {
    let busy = || Response::json(429, json!({"error": "slow down"})).header("retry-after", "1");
    let waited = time_to_pass(busy).await?;
    assert!(waited >= Duration::from_secs(1), "{waited:?}");
    Ok(())
}

#[tokio::test]
async fn the_server_says_with_a_date_how_long_to_wait() -> Result<(), Error> {
    // The date has whole seconds, so two seconds ahead are at least one.
    let busy = || Response::empty(429).header("retry-after", date(Duration::from_secs(2)));
    let waited = time_to_pass(busy).await?;
    assert!(waited >= Duration::from_millis(900), "{waited:?}");
    Ok(())
}

#[tokio::test]
async fn a_too_long_retry_after_is_returned_to_the_caller() -> Result<(), Error> {
    let hour = Duration::from_secs(3600);
    let start = Instant::now();
    for after in ["3600".to_owned(), date(hour)] {
        let server = Server::play([(
            get_profile(),
            Response::empty(429).header("retry-after", after),
        )]);
        let error = insightiq(&server)?
            .profiles()
            .get(PROFILE_ID)
            .await
            .expect_err("nobody waits an hour");
        assert_eq!((status(&error), error.attempts()), (Some(429), 1));
        assert!(error.is_retryable());
        let wait = error.retry_after().expect("the server said it");
        assert!(
            wait <= hour && wait + start.elapsed() + Duration::from_secs(1) >= hour,
            "{wait:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn nonsense_in_retry_after_does_no_harm() -> Result<(), Error> {
    for after in [
        "soon",
        "-1",
        "",
        "99999999999999999999",
        "Thu, 01 Jan 1970 00:00:00 GMT",
    ] {
        let server = Server::play([(
            get_profile(),
            Response::empty(429).header("retry-after", after),
        )]);
        let error = insightiq(&server)?
            .profiles()
            .get(PROFILE_ID)
            .without_retry()
            .await
            .expect_err("it is a 429");
        assert_eq!(
            (status(&error), error.attempts()),
            (Some(429), 1),
            "{after:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_caller_may_want_no_second_attempt() -> Result<(), Error> {
    let server = Server::play([(get_profile(), Response::empty(503).header("retry-after", "0"))]);
    let error = insightiq(&server)?
        .profiles()
        .get(PROFILE_ID)
        .without_retry()
        .await
        .expect_err("it is a 503");
    assert_eq!((status(&error), error.attempts()), (Some(503), 1));
    assert!(error.is_retryable(), "the caller may try again");
    assert_eq!(error.retry_after(), Some(Duration::ZERO));
    Ok(())
}

#[tokio::test]
async fn the_last_error_counts_the_attempts() -> Result<(), Error> {
    let server = Server::play([
        (get_profile(), Response::empty(500)),
        (get_profile(), Response::empty(502)),
        (
            get_profile(),
            Response::text(503, "text/plain", "still down").header("request-id", REQUEST_ID),
        ),
    ]);
    let error = insightiq(&server)?
        .profiles()
        .get(PROFILE_ID)
        .await
        .expect_err("it stays down");
    assert_eq!((status(&error), error.attempts()), (Some(503), 3));
    assert_eq!(body(&error), "still down");
    let line = error.to_string();
    assert!(
        line.contains("3 attempts") && line.contains(REQUEST_ID),
        "{line}"
    );
    Ok(())
}

#[tokio::test]
async fn client_errors_are_not_retried() -> Result<(), Error> {
    for bad in [400, 401, 403, 404, 409, 410, 422, 501] {
        let server = Server::play([(get_profile(), Response::empty(bad))]);
        let error = insightiq(&server)?
            .profiles()
            .get(PROFILE_ID)
            .await
            .expect_err("it is an error");
        assert_eq!((status(&error), error.attempts()), (Some(bad), 1));
        assert!(!error.is_retryable(), "{bad}");
    }
    Ok(())
}
