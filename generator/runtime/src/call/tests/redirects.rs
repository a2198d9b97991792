//! Where a call goes when the server points elsewhere.

use super::*;

#[test]
fn within_the_origin_it_goes_on_with_the_credential() {
    let server = TestTransport::new();
    server.reply(Reply::status(307).header("location", "/base/elsewhere?x=1"));
    server.reply(Reply::status(308).header("location", "https://API.example.com:443/there"));
    server.reply(Reply::json("1"));
    assert_eq!(json(post(&client(&server)).json()).unwrap(), 1);
    let requests = server.requests();
    assert_eq!(requests[1].path_and_query(), "/base/elsewhere?x=1");
    assert_eq!(requests[2].path_and_query(), "/there");
    for request in &requests {
        assert_eq!(
            (request.method(), request.text().as_str()),
            (&Method::POST, "1")
        );
        assert!(request.header("authentication").is_some());
    }
}

#[test]
fn a_key_of_the_query_goes_with_it() {
    let server = TestTransport::new();
    let client = builder(&server)
        .credential("key", Credential::secret("k1k1"))
        .build()
        .unwrap();
    for location in ["/a", "/b?x=1", "/c?api_key=theirs", "?api_keys=1"] {
        server.reply(Reply::status(307).header("location", location));
    }
    server.reply(Reply::json("1"));
    json(get(&client).security(&[&["key"]]).json()).unwrap();
    let requests = server.requests();
    let paths: Vec<_> = requests
        .iter()
        .map(crate::testing::RecordedRequest::path_and_query)
        .collect();
    assert_eq!(
        paths,
        [
            "/base/things/7?api_key=k1k1",
            "/a?api_key=k1k1",
            "/b?x=1&api_key=k1k1",
            "/c?api_key=theirs",
            "/c?api_keys=1&api_key=k1k1",
        ]
    );
}

#[test]
fn the_method_changes_as_the_status_says() {
    for (method, status, next) in [
        ("POST", 301, "GET"),
        ("POST", 302, "GET"),
        ("POST", 303, "GET"),
        ("POST", 307, "POST"),
        ("PUT", 302, "PUT"),
        ("PUT", 303, "GET"),
        ("HEAD", 303, "HEAD"),
        ("GET", 301, "GET"),
    ] {
        let server = TestTransport::new();
        server.reply(Reply::status(status).header("location", "/x"));
        server.reply(Reply::status(204));
        let request = client(&server)
            .call("a.b", method.parse().unwrap(), "/a")
            .body(&1_i64);
        block_on(request.empty()).unwrap();
        let second = &server.requests()[1];
        assert_eq!(second.method().as_str(), next, "{method} {status}");
        let keeps_body = method == next;
        assert_eq!(
            second.text(),
            if keeps_body { "1" } else { "" },
            "{method} {status}"
        );
        assert_eq!(second.header("content-type").is_some(), keeps_body);
    }
}

#[test]
fn another_origin_gets_nothing() {
    for location in [
        "https://evil.example/?token=hunter2",
        "//evil.example/x",
        "http://api.example.com/base",
        "https://api.example.com:8443/",
        "https://api.example.com@evil.example/",
        "https://user:hunter2@api.example.com/",
    ] {
        let (server, error) = refused([
            Reply::status(302)
                .header("location", location)
                .header("x-own-id", "r1"),
            Reply::json("[]"),
        ]);
        assert_eq!(server.requests().len(), 1, "{location}");
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert_eq!(
            (error.status().unwrap().as_u16(), error.request_id()),
            (302, Some("r1"))
        );
        let texts = format!("{error} {error:?}");
        assert!(
            !texts.contains("hunter2") && !texts.contains(TOKEN),
            "{texts}"
        );
    }
    let (_, error) = refused([Reply::status(307).header("location", "https://evil.example/a?b")]);
    assert_eq!(
        error.to_string(),
        "things.get: 307 Temporary Redirect: redirect not followed: it leads to https://evil.example, \
         where the credential must not go (1 attempt)"
    );
}

#[test]
fn circles_and_nonsense_end() {
    let around = || Reply::status(302).header("location", "/around");
    let (server, error) = refused((0..9).map(|_| around()));
    assert_eq!(
        (error.kind(), server.requests().len()),
        (ErrorKind::Redirect, 6)
    );
    let (_, error) = refused([Reply::status(302).header("location", "javascript:x")]);
    assert_eq!(error.kind(), ErrorKind::Redirect);
    let (_, error) = refused([Reply::status(302)]);
    assert_eq!(error.kind(), ErrorKind::Status);
    let (_, error) = refused([Reply::status(304).header("location", "/x")]);
    assert_eq!(error.kind(), ErrorKind::Status);
}

#[test]
fn the_time_of_an_attempt_covers_its_redirects() {
    let server = TestTransport::new();
    server.reply(
        Reply::status(302)
            .header("location", "/x")
            .after(3 * SECOND),
    );
    server.reply(Reply::json("1").after(3 * SECOND));
    let call = get(&client(&server))
        .json::<i64>()
        .with_timeout(5 * SECOND)
        .without_retry();
    assert!(block_on(call).unwrap_err().is_timeout());
    assert_eq!(server.elapsed(), 5 * SECOND);
}

#[test]
fn where_a_redirect_leads_is_asked_again_after_a_refusal() {
    let server = TestTransport::new();
    server.reply(Reply::status(303).header("location", "/result"));
    server.fail(Failure::Unprocessed);
    server.reply(Reply::json("7"));
    let seven: i64 = block_on(post(&client(&server)).json()).unwrap();
    let methods: Vec<_> = server
        .requests()
        .iter()
        .map(|r| r.method().clone())
        .collect();
    assert_eq!(
        (seven, methods),
        (7, vec![Method::POST, Method::GET, Method::GET])
    );
}

#[test]
fn what_a_redirect_answered_is_not_sent_again() {
    for second in [
        Reply::status(429),
        Reply::status(503).header("retry-after", "1"),
    ] {
        let server = TestTransport::new();
        server.reply(Reply::status(303).header("location", "/result"));
        server.reply(second);
        let error = block_on(post(&client(&server)).json::<i64>()).unwrap_err();
        assert_eq!(server.requests().len(), 2, "the POST was sent again");
        assert!(error.maybe_applied());
    }
}
