//! Renewal of rejected credentials.

use super::*;

#[test]
fn a_refused_token_is_renewed_once_whatever_the_method() {
    let server = TestTransport::new();
    let provider = Numbered::default();
    let client = builder(&server)
        .credential("own", Credential::provider(provider.clone()))
        .without_retry()
        .build()
        .unwrap();
    server.respond(TestResponse::status(401));
    server.respond(TestResponse::json("1"));
    let response = block_on(post(&client).json::<i64>().send()).unwrap();
    assert_eq!(response.attempts(), 2);
    assert_eq!(sent(&server), ["Bearer token-1", "Bearer token-2"]);
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.text() == "1")
    );
    assert_eq!(server.elapsed(), Duration::ZERO);

    server.respond(TestResponse::status(401));
    server.respond(TestResponse::status(401).with_json(r#"{"message": "still no, token-3"}"#));
    let error = json(post(&client).json()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "things.create: 401 Unauthorized: still no, *** (2 attempts)"
    );
    assert!(!error.maybe_applied() && !error.is_retryable());
    assert_eq!((provider.asked(), server.requests().len()), (3, 4));
}

#[test]
fn a_renewal_is_no_retry() {
    let server = TestTransport::new();
    let client = with(&server, Credential::provider(Numbered::default()));
    for status in [503, 401, 500, 500] {
        server.respond(TestResponse::status(status));
    }
    let error = json(get(&client).json()).unwrap_err();
    assert_eq!(
        (error.attempts(), error.status().unwrap().as_u16()),
        (4, 500)
    );
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn many_rejected_calls_renew_the_token_once() {
    let server = TestTransport::new();
    let provider = Numbered::default();
    let client = with(&server, Credential::provider(provider.clone()));
    let mut calls: Vec<_> = (0..10)
        .map(|_| Box::pin(get(&client).json::<i64>().into_future()))
        .collect();
    // All calls have sent the first token when they are rejected.
    (0..10).for_each(|_| server.respond(TestResponse::status(401).after(SECOND)));
    let mut context = Context::from_waker(Waker::noop());
    for call in &mut calls {
        assert!(call.as_mut().poll(&mut context).is_pending());
    }
    (0..10).for_each(|_| server.respond(TestResponse::json("1")));
    assert!(
        run_all(calls)
            .into_iter()
            .all(|result| matches!(result, Ok(1)))
    );
    assert_eq!(provider.asked(), 2);
}

#[test]
fn a_rejected_call_is_not_retried_with_the_same_token() {
    let server = TestTransport::new();
    let same = || Ok(Token::new("the-same"));
    let client = with(&server, Queued::of([same(), same()]));
    server.respond(TestResponse::status(401));
    assert_eq!(json(get(&client).json()).unwrap_err().attempts(), 1);
    // A fixed credential cannot be replaced.
    server.respond(TestResponse::status(401));
    assert_eq!(
        json(get(&super::client(&server)).json())
            .unwrap_err()
            .attempts(),
        1
    );
    // The server has acted on the POST, so a failure after its redirect must not repeat it.
    let client = with(&server, Credential::provider(Numbered::default()));
    server.respond(TestResponse::status(303).header("location", "/result"));
    server.respond(TestResponse::status(401));
    let error = json(post(&client).json()).unwrap_err();
    assert!(error.maybe_applied());
    assert_eq!(server.requests().len(), 4);
    // The retry header of the server forbids to repeat.
    let policy = RetryPolicy::default().verdict_header("x-should-retry".parse().unwrap());
    server.respond(TestResponse::status(401).header("x-should-retry", "false"));
    let error = json(get(&client).json().with_retry(policy)).unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[test]
fn a_token_that_ends_while_the_call_waits_is_renewed() {
    let server = TestTransport::new();
    let client = with(
        &server,
        Credential::provider(Numbered::expiring(10 * SECOND)),
    );
    server.respond(TestResponse::status(503).header("retry-after", "30"));
    server.respond(TestResponse::json("1"));
    json(get(&client).json()).unwrap();
    assert_eq!(sent(&server), ["Bearer token-1", "Bearer token-2"]);
}

#[test]
fn each_place_can_be_provided_and_renewed() {
    static ALL: &[&[&str]] = &[&["basic", "key", "session"]];
    let server = TestTransport::new();
    let tokens = |first, second| Queued::of([Ok(first), Ok(second)]);
    let client = builder(&server)
        .credential(
            "basic",
            tokens(Token::basic("u", "1111"), Token::basic("u", "2222")),
        )
        .credential("key", tokens(Token::new("k=1"), Token::new("k=2")))
        .credential("session", tokens(Token::new("s%3B1"), Token::new("s%3B2")))
        .build()
        .unwrap();
    server.respond(TestResponse::status(401));
    server.respond(TestResponse::status(307).header("location", "/there?y=2"));
    server.respond(TestResponse::json("1"));
    let request = get(&client)
        .security(ALL)
        .query("x", &1_i64)
        .cookie("c", &1_i64);
    assert_eq!(json(request.json()).unwrap(), 1);
    let requests = server.requests();
    let seen: Vec<_> = requests
        .iter()
        .map(|request| {
            let headers = ["authorization", "cookie"].map(|name| request.header(name).unwrap());
            (request.path_and_query(), headers)
        })
        .collect();
    let second = ["Basic dToyMjIy", "c=1; sid=s%3B2"];
    assert_eq!(
        seen,
        [
            (
                "/base/things/7?x=1&api_key=k%3D1",
                ["Basic dToxMTEx", "c=1; sid=s%3B1"]
            ),
            ("/base/things/7?x=1&api_key=k%3D2", second),
            ("/there?y=2&api_key=k%3D2", second),
        ]
    );
}

#[test]
fn a_refusal_of_another_origin_says_nothing_about_the_token() {
    let server = TestTransport::new();
    let provider = Numbered::default();
    let client = with(&server, Credential::provider(provider.clone()));
    let location = "https://files.example/a";
    server.respond(TestResponse::status(302).header("location", location));
    server.respond(TestResponse::status(401));
    let error = block_on(get(&client).empty()).unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!((server.requests().len(), provider.asked()), (2, 1));
}
