//! Retries, seen from outside.

use std::future::{Future, IntoFuture};
use std::task::{Context, Waker};

use super::*;

#[test]
fn a_get_is_made_again_until_it_succeeds() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(500));
    server.fail(Failure::Reset);
    server.respond(TestResponse::json("[1]").header("X-Own-Id", "id-3"));
    let response = block_on(get(&client(&server)).json::<Vec<i64>>().send()).unwrap();
    assert_eq!(response.value(), &[1]);
    assert_eq!(response.attempts(), 3);
    assert_eq!(response.request_id(), Some("id-3"));
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests
            .iter()
            .all(|request| request.uri() == requests[0].uri()
                && request.headers() == requests[0].headers())
    );
    assert!(server.elapsed() <= SECOND + SECOND / 2);
}

#[test]
fn a_post_that_may_have_gone_through_is_not_made_again() {
    let run = |prepare: &dyn Fn(&TestTransport)| {
        let server = TestTransport::new();
        prepare(&server);
        server.respond(TestResponse::json("1"));
        (
            block_on(post(&client(&server)).json::<i64>()),
            server.requests().len(),
        )
    };
    for failure in [Failure::Reset, Failure::Silence] {
        let (result, sent) = run(&|server| server.fail(failure));
        let error = result.unwrap_err();
        assert_eq!(sent, 1, "{failure:?}");
        assert!(
            error.maybe_applied() && !error.is_retryable(),
            "{failure:?}"
        );
    }
    for failure in [Failure::Connect, Failure::Unprocessed] {
        let (result, sent) = run(&|server| server.fail(failure));
        assert_eq!((result.unwrap(), sent), (1, 2), "{failure:?}");
    }
    for status in [408, 500, 502, 503, 504] {
        let (result, sent) = run(&|server| server.respond(TestResponse::status(status)));
        assert_eq!(result.unwrap_err().status().unwrap(), status);
        assert_eq!(sent, 1);
    }
    let (result, sent) = run(&|server| server.respond(TestResponse::status(429)));
    assert_eq!((result.unwrap(), sent), (1, 2));
    let (result, sent) =
        run(&|server| server.respond(TestResponse::status(503).header("retry-after", "1")));
    assert_eq!((result.unwrap(), sent), (1, 2));
    let (result, sent) = run(&|server| server.respond(TestResponse::json("1").cut()));
    let error = result.unwrap_err();
    assert_eq!((error.kind(), sent), (ErrorKind::Io, 1));
    assert_eq!(error.status().unwrap(), 200);
}

#[test]
fn an_idempotency_key_lets_a_post_be_repeated() {
    let server = TestTransport::new();
    server.fail(Failure::Reset);
    server.respond(TestResponse::status(500));
    server.respond(TestResponse::status(409));
    let call = post(&client(&server))
        .json::<i64>()
        .with_idempotency_key("key-1");
    let error = block_on(call).unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert_eq!(error.idempotency_key(), Some("key-1"));
    assert!(error.maybe_applied());
    for request in server.requests() {
        assert_eq!(request.header("idempotency-key"), Some("key-1"));
        assert_eq!(request.text(), "1");
    }
}

#[test]
fn a_client_can_have_keys_for_all_calls_that_need_one() {
    let server = TestTransport::new();
    let client = builder(&server)
        .idempotency_keys("X-Request-Key")
        .build()
        .unwrap();
    let keys = |server: &TestTransport| -> Vec<Option<String>> {
        let requests = server.requests();
        let keys = requests
            .iter()
            .map(|request| request.header("x-request-key"));
        keys.map(|key| key.map(str::to_owned)).collect()
    };
    server.fail(Failure::Reset);
    server.respond(TestResponse::status(500));
    server.respond(TestResponse::status(502));
    let error = json(post(&client).json()).unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (3, true));
    let key = error.idempotency_key().unwrap();
    assert_eq!(crate::Uuid::parse_str(key).unwrap().get_version_num(), 4);
    assert_eq!(keys(&server), vec![Some(key.to_owned()); 3]);

    // Another call has another key, and an idempotent call has none.
    (0..4).for_each(|_| server.respond(TestResponse::json("1")));
    json(post(&client).json()).unwrap();
    json(get(&client).json()).unwrap();
    json(post(&client).json().with_idempotency_key("by hand")).unwrap();
    let header = post(&client)
        .json()
        .with_header("X-Request-Key", "by header");
    json(header).unwrap();
    let sent = keys(&server);
    assert!(sent[3].is_some() && sent[3] != sent[0]);
    assert_eq!(sent[4], None);
    assert_eq!(sent[5].as_deref(), Some("by hand"));
    assert_eq!(sent[6].as_deref(), Some("by header"));

    server.fail(Failure::Reset);
    let call = post(&client)
        .json()
        .with_header("X-Request-Key", "by header");
    let error = json(call.without_retry()).unwrap_err();
    assert_eq!(error.idempotency_key(), Some("by header"));
    assert!(error.is_retryable());
    let wrong = builder(&server).idempotency_keys("no header").build();
    assert_eq!(wrong.unwrap_err().kind(), ErrorKind::Config);
}

#[test]
fn keys_are_new_in_each_run_whatever_the_seed() {
    let run = |seed| {
        let server = TestTransport::new();
        let client = builder(&server)
            .idempotency_keys("idempotency-key")
            .retry(RetryPolicy::none().seed(seed))
            .build()
            .unwrap();
        [(); 2].map(|()| {
            let error = json(post(&client).json()).unwrap_err();
            error.idempotency_key().unwrap().to_owned()
        })
    };
    let [one, other] = run(1);
    assert_ne!(one, other);
    assert!(!run(1).iter().any(|again| [&one, &other].contains(&again)));
}

/// Callers that got the same `Retry-After` return one after the other, and none returns early.
#[test]
fn retry_after_has_jitter() {
    let waited: Vec<Duration> = (0..64)
        .map(|seed| {
            let server = TestTransport::new();
            server.respond(TestResponse::status(429).header("retry-after-ms", "200"));
            server.respond(TestResponse::json("1"));
            let policy = RetryPolicy::default().seed(seed);
            let client = builder(&server).retry(policy).build().unwrap();
            json(get(&client).json()).unwrap();
            server.elapsed()
        })
        .collect();
    assert!(waited.iter().all(|wait| *wait >= SECOND / 5));
    for window in 0..35 {
        let begin = SECOND * window / 50;
        let together = |wait: &&Duration| (begin..begin + SECOND / 50).contains(*wait);
        assert!(waited.iter().filter(together).count() <= 8, "{waited:?}");
    }
}

#[test]
fn retry_after_is_honoured_in_both_forms() {
    for (value, wait) in [
        ("7", 7 * SECOND),
        ("0.25", SECOND / 4),
        ("Sat, 01 Jan 2000 00:00:30 GMT", 30 * SECOND),
    ] {
        let server = TestTransport::new();
        server.respond(TestResponse::status(429).header("retry-after", value));
        server.respond(TestResponse::json("1"));
        json(get(&client(&server)).json()).unwrap();
        assert!(
            (wait..wait + SECOND / 2).contains(&server.elapsed()),
            "{value}"
        );
    }
    let (server, error) = refused([TestResponse::status(429).header("retry-after", "3600")]);
    assert_eq!(error.retry_after(), Some(3600 * SECOND));
    assert_eq!(server.elapsed(), Duration::ZERO);
    assert!(error.is_retryable() && !error.maybe_applied());
}

#[test]
fn a_timeout_ends_the_attempt_and_is_repeated() {
    let server = TestTransport::new();
    server.fail(Failure::Silence);
    server.respond(TestResponse::json("[").stalled());
    server.respond(TestResponse::json("1").after(4 * SECOND));
    let call = get(&client(&server)).json::<i64>().with_timeout(5 * SECOND);
    assert_eq!(block_on(call).unwrap(), 1);
    assert!(server.elapsed() >= 14 * SECOND);
    let server = TestTransport::new();
    server.respond(TestResponse::json("1").after(61 * SECOND));
    let error = block_on(get(&client(&server)).json::<i64>().without_retry()).unwrap_err();
    assert!(error.is_timeout() && !error.maybe_applied());
    assert_eq!(
        error.to_string(),
        "things.get: timed out: no response within 60s (1 attempt)"
    );
    assert_eq!(server.elapsed(), 60 * SECOND);
}

#[test]
fn a_call_never_outlives_its_total_time() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(503).header("retry-after", "9"));
    server.respond(
        TestResponse::status(503)
            .header("retry-after", "2")
            .header("x-request-id", "r"),
    );
    let call = get(&client(&server))
        .json::<i64>()
        .with_total_timeout(10 * SECOND);
    let error = block_on(call).unwrap_err();
    assert_eq!(error.attempts(), 2);
    assert!((9 * SECOND..10 * SECOND).contains(&server.elapsed()));
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(error.retry_after(), Some(2 * SECOND));
    assert_eq!(error.request_id(), Some("r"));
    let server = TestTransport::new();
    server.fail(Failure::Silence);
    let call = get(&client(&server))
        .json::<i64>()
        .with_total_timeout(10 * SECOND);
    let error = block_on(call).unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((error.attempts(), server.elapsed()), (1, 10 * SECOND));
}

#[test]
fn the_budget_is_shared_by_all_calls_of_a_client() {
    let server = TestTransport::new();
    let client = client(&server);
    let mut sent = 0;
    for _ in 0..200 {
        // The queue is empty, so every attempt fails to connect.
        let error = json(get(&client.clone()).json()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect);
        sent += error.attempts();
    }
    assert!(sent <= 200 + 50 + 40, "{sent} requests for 200 calls");
    assert_eq!(sent as usize, server.requests().len());
}

#[test]
fn policies_of_client_and_call() {
    let server = TestTransport::new();
    let client = builder(&server).without_retry().build().unwrap();
    assert_eq!(json(get(&client).json()).unwrap_err().attempts(), 1);
    let policy = RetryPolicy::default()
        .retries(4)
        .backoff(Duration::ZERO, Duration::ZERO);
    let error = json(get(&client).json().with_retry(policy)).unwrap_err();
    assert_eq!((error.attempts(), server.elapsed()), (5, Duration::ZERO));
}

#[test]
fn seeded_waits_are_the_same_in_each_run() {
    let run = |seed| {
        let server = TestTransport::new();
        let policy = RetryPolicy::default().seed(seed);
        let client = builder(&server).retry(policy).build().unwrap();
        json(get(&client).json()).unwrap_err();
        let first = server.elapsed();
        json(get(&client).json()).unwrap_err();
        (first, server.elapsed().saturating_sub(first))
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
    assert_ne!(run(1).0, run(1).1);
}

#[test]
fn a_server_can_decide_by_a_header() {
    let server = TestTransport::new();
    let header = "x-should-retry".parse().unwrap();
    let policy = RetryPolicy::default().verdict_header(header);
    let client = builder(&server).retry(policy).build().unwrap();
    server.respond(TestResponse::status(500).header("x-should-retry", "false"));
    assert_eq!(json(get(&client).json()).unwrap_err().attempts(), 1);
    server.respond(TestResponse::status(409).header("x-should-retry", "true"));
    server.respond(TestResponse::json("1"));
    assert_eq!(json(post(&client).json()).unwrap(), 1);
}

#[test]
fn dropping_a_call_ends_it() {
    let server = TestTransport::new();
    server.fail(Failure::Silence);
    server.respond(TestResponse::json("1"));
    let client = client(&server);
    let mut waiting = Box::pin(get(&client).json::<i64>().into_future());
    let mut context = Context::from_waker(Waker::noop());
    assert!(waiting.as_mut().poll(&mut context).is_pending());
    drop(waiting);
    drop(get(&client).json::<i64>());
    assert_eq!((server.requests().len(), server.left()), (1, 1));
    assert_eq!(block_on(get(&client).json::<i64>()).unwrap(), 1);
    assert_eq!(server.elapsed(), Duration::ZERO);
}
