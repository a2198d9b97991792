//! Refresh tokens.

use super::*;
use crate::ClientCredentials;
use crate::oauth::{RefreshToken, Tokens, error_code};
use crate::testing::RecordedRequest;

/// The response and the tokens of the examples of RFC 6749, sections 4.1.4 and 6.
const ISSUED: &str = r#"{"access_token": "2YotnFZFEjr1zCsicMWpAA", "token_type": "example", "expires_in": 3600,
    "refresh_token": "tGzv3JOkF0XG5Qx2TlKWIA", "example_parameter": "example_value"}"#;
const REFRESH_TOKEN: &str = "tGzv3JOkF0XG5Qx2TlKWIA";

fn program() -> ClientCredentials {
    ClientCredentials::new("s6BhdRkqt3", "gX1fBat3bV")
}

fn issued(access: &str, refresh: Option<&str>) -> TestResponse {
    let refresh = refresh.map(|token| format!(r#", "refresh_token": "{token}""#));
    let refresh = refresh.unwrap_or_default();
    TestResponse::json(format!(
        r#"{{"access_token": "{access}", "expires_in": 100{refresh}}}"#
    ))
}

fn refreshing(server: &TestTransport, given: RefreshToken) -> Client {
    with(server, Credential::refresh_token("/token", given))
}

/// Returns the bodies of the token requests.
fn exchanged(server: &TestTransport) -> Vec<String> {
    let requests = server.requests();
    let of_tokens = requests
        .iter()
        .filter(|request| request.path_and_query() == "/token");
    of_tokens.map(RecordedRequest::text).collect()
}

#[test]
fn a_refresh_token_is_exchanged_as_rfc_6749_says() {
    let server = TestTransport::new();
    let client = refreshing(
        &server,
        RefreshToken::new(program().scope("not-sent"), REFRESH_TOKEN),
    );
    server.respond(TestResponse::json(ISSUED));
    (0..2).for_each(|_| server.respond(TestResponse::json("1")));
    json(get(&client).json()).unwrap();
    json(get(&client).json()).unwrap();
    let requests = server.requests();
    assert_eq!(
        requests[0].text(),
        "grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA"
    );
    assert_eq!(
        requests[0].header("authorization"),
        Some("Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW")
    );
    assert_eq!(sent(&server)[1..], ["Bearer 2YotnFZFEjr1zCsicMWpAA"; 2]);
}

#[test]
fn a_rotated_refresh_token_is_stored_and_passed_to_the_program() {
    let server = TestTransport::new();
    let reports = Arc::new(Mutex::new(Vec::new()));
    let keep = reports.clone();
    let given = RefreshToken::new(ClientCredentials::public("app"), "first").on_refresh(
        move |tokens: &Tokens| {
            let refresh = tokens.refresh_token.as_ref().unwrap().expose().to_owned();
            keep.lock()
                .unwrap()
                .push((tokens.access_token.expose().to_owned(), refresh));
        },
    );
    assert!(!format!("{given:?}").contains("first"));
    let client = refreshing(&server, given);
    for (access, refresh) in [
        ("a", Some("second")),
        ("b", None),
        ("c", Some("third")),
        ("d", Some("")),
    ] {
        server.respond(issued(access, refresh));
        // The access token is stale when the next call begins.
        server.respond(TestResponse::json("1").after(90 * SECOND));
        let call = get(&client).json::<i64>().with_timeout(200 * SECOND);
        block_on(call).unwrap();
    }
    let body =
        |token: &str| format!("grant_type=refresh_token&refresh_token={token}&client_id=app");
    assert_eq!(
        exchanged(&server),
        ["first", "second", "second", "third"].map(body)
    );
    let pair = |(access, refresh): (&str, &str)| (access.to_owned(), refresh.to_owned());
    assert_eq!(
        *reports.lock().unwrap(),
        [
            ("a", "second"),
            ("b", "second"),
            ("c", "third"),
            ("d", "third")
        ]
        .map(pair)
    );
}

#[test]
fn an_access_token_is_used_before_the_first_exchange() {
    let tokens: Tokens = serde_json::from_str(ISSUED).unwrap();
    assert_eq!(tokens.expires_in(), Some(3600 * SECOND));
    assert!(!format!("{tokens:?}").contains("tGzv3"));
    let stored = serde_json::to_string(&tokens).unwrap();
    let tokens: Tokens = serde_json::from_str(&stored).unwrap();
    let server = TestTransport::new();
    let client = refreshing(&server, RefreshToken::of(program(), &tokens).unwrap());
    server.respond(TestResponse::json("1"));
    server.respond(TestResponse::status(401));
    server.respond(issued("new", None));
    server.respond(TestResponse::json("1"));
    json(get(&client).json()).unwrap();
    json(get(&client).json()).unwrap();
    let first = "Bearer 2YotnFZFEjr1zCsicMWpAA";
    assert_eq!(sent(&server), [first, first, "none", "Bearer new"]);
    assert!(
        RefreshToken::of(
            program(),
            &serde_json::from_str(r#"{"access_token": "a"}"#).unwrap()
        )
        .is_none()
    );
}

#[test]
fn a_refresh_token_that_is_refused_is_told_without_it() {
    let server = TestTransport::new();
    let client = refreshing(&server, RefreshToken::new(program(), REFRESH_TOKEN));
    server.respond(TestResponse::status(400).with_json(format!(
        r#"{{"error": "invalid_grant", "error_description": "{REFRESH_TOKEN} of gX1fBat3bV expired"}}"#
    )));
    let error = json(get(&client).json()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "things.get: a credential is missing: the provider of `own` failed: \
         oauth.token: 400 Bad Request: invalid_grant: *** of *** expired (1 attempt)"
    );
    assert_eq!(error_code(&error).as_deref(), Some("invalid_grant"));
    assert!(!format!("{error:?}").contains(REFRESH_TOKEN));
    // Some servers refuse with status 200.
    server.respond(TestResponse::json(r#"{"error": "invalid_grant"}"#));
    let error = json(get(&client).json()).unwrap_err();
    assert_eq!(error_code(&error).as_deref(), Some("invalid_grant"));
    assert!(
        error
            .to_string()
            .contains("oauth.token: 200 OK: rejected: invalid_grant"),
        "{error}"
    );
    // An error of the API itself is not one of its OAuth 2 server.
    server.respond(issued("a", None));
    server.respond(TestResponse::status(400).with_json(r#"{"error": "invalid_grant"}"#));
    assert_eq!(error_code(&json(get(&client).json()).unwrap_err()), None);
}

/// The server may have used up the refresh token, and takes a second use for a theft.
#[test]
fn an_exchange_that_may_have_happened_is_not_repeated() {
    let server = TestTransport::new();
    let client = refreshing(&server, RefreshToken::new(program(), REFRESH_TOKEN));
    server.fail(Failure::Connect);
    server.respond(TestResponse::status(502));
    let error = json(get(&client).json()).unwrap_err();
    assert!(error.to_string().contains("502 Bad Gateway"), "{error}");
    assert_eq!(server.requests().len(), 2);
}

/// Holds back the responses to token requests until its gate is open. Its clock stands still.
#[derive(Debug)]
struct Held(TestTransport, Numbered);

impl Transport for Held {
    fn send(&self, request: HttpRequest, timeout: Option<Duration>) -> ResponseFuture<'_> {
        Box::pin(async move {
            let is_of_tokens = request.uri().path() == "/token";
            let response = self.0.send(request, timeout).await;
            if is_of_tokens {
                self.1.pass().await;
            }
            response
        })
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

fn held(server: &TestTransport) -> (Client, Numbered) {
    let gate = Numbered::closed();
    let given = RefreshToken::new(program(), "first");
    let client = builder(server)
        .credential("own", Credential::refresh_token("/token", given))
        .transport(Held(server.clone(), gate.clone()))
        .build()
        .unwrap();
    (client, gate)
}

#[test]
fn an_exchange_outlives_the_call_that_began_it() {
    let server = TestTransport::new();
    let (client, gate) = held(&server);
    server.respond(issued("a", Some("second")));
    server.respond(TestResponse::json("1"));
    let mut first = get(&client).json::<i64>().into_future();
    let mut context = Context::from_waker(Waker::noop());
    assert!(Pin::new(&mut first).poll(&mut context).is_pending());
    drop(first);
    gate.open();
    json(get(&client).json()).unwrap();
    assert_eq!(exchanged(&server).len(), 1);
    assert_eq!(sent(&server), ["none", "Bearer a"]);
}

#[test]
fn a_client_that_is_dropped_drops_the_exchange() {
    let server = TestTransport::new();
    let (client, gate) = held(&server);
    server.respond(issued("a", None));
    let mut call = get(&client).json::<i64>().into_future();
    let mut context = Context::from_waker(Waker::noop());
    assert!(Pin::new(&mut call).poll(&mut context).is_pending());
    assert_eq!(Arc::strong_count(&gate.0), 2);
    drop((call, client));
    assert_eq!(Arc::strong_count(&gate.0), 1);
}

#[test]
fn blocking_and_async_calls_share_an_exchange() {
    let server = TestTransport::new();
    let (client, gate) = held(&server);
    server.respond(issued("a", Some("second")));
    (0..2).for_each(|_| server.respond(TestResponse::json("1")));
    let mut waiting = get(&client).json::<i64>().into_future();
    let mut context = Context::from_waker(Waker::noop());
    assert!(Pin::new(&mut waiting).poll(&mut context).is_pending());
    thread::scope(|scope| {
        let blocked = scope.spawn(|| get(&client).json::<i64>().send_blocking());
        gate.open();
        assert_eq!(*blocked.join().unwrap().unwrap().value(), 1);
    });
    assert_eq!(block_on(waiting).unwrap(), 1);
    assert_eq!(exchanged(&server).len(), 1);
}
