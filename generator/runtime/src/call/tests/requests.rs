//! Requests.

use super::*;
use crate::testing::RecordedRequest;
use crate::{ClientCredentials, Style};

#[test]
fn a_call_takes_properties_that_the_description_lacks() {
    let server = TestTransport::new();
    let client = client(&server);
    let create = || client.call("a.b", Method::POST, "/a");
    let whole = crate::JsonObject::from_iter([
        ("a".to_owned(), Value::from(u64::MAX)),
        ("b".to_owned(), Value::from(0.1)),
    ]);
    for (request, wanted) in [
        (create(), r#"{"a":2,"x":[1]}"#),
        (
            create().property("b", &1_i64).property("a", &1_i64),
            r#"{"b":1,"a":2,"x":[1]}"#,
        ),
        (create().body(&whole), r#"{"a":2,"b":0.1,"x":[1]}"#),
        (
            create().body_as(
                "application/merge-patch+json; charset=utf-8",
                &crate::empty::<crate::JsonObject>(),
            ),
            r#"{"a":2,"x":[1]}"#,
        ),
    ] {
        server.respond(TestResponse::json("1"));
        let call = request
            .json()
            .with_property("a", 2_i64)
            .with_property("x", vec![1_i64]);
        json(call.with_query("q", 1).with_header("x-h", "1")).unwrap();
        let requests = server.requests();
        let sent = requests.last().unwrap();
        assert_eq!(sent.text(), wanted);
        assert_eq!(sent.path_and_query(), "/base/a?q=1");
        assert_eq!(sent.header("x-h"), Some("1"));
        assert!(sent.header("content-type").unwrap().contains("json"));
    }
    let sent = server.requests().len();
    for request in [
        create().body(&vec![1_i64]),
        create().text("text/plain", "{}"),
        create().field("a", &1_i64),
        create().part("a", &1_i64),
    ] {
        let error = json(request.json().with_property("x", 1_i64)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a.b: the request cannot be sent: the body is not a JSON object, so no property can be added"
        );
    }
    assert_eq!(server.requests().len(), sent);
    let secret = crate::Secret::from("hunter2-property");
    server.respond(TestResponse::status(400).body("text/plain", "hunter2-property"));
    let error = json(create().json().with_property("x", secret)).unwrap_err();
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[test]
fn a_request_has_address_headers_and_credential() {
    let server = TestTransport::new();
    server.respond(TestResponse::json("[]"));
    let call = get(&client(&server))
        .query("q", &"a b")
        .query("none", &None::<String>)
        .header("X-Trace", &"t1")
        .cookie("theme", &"dark")
        .json::<Vec<i64>>()
        .with_query("extra", 5)
        .with_header("X-More", "m");
    block_on(call).unwrap();
    let request = &server.requests()[0];
    assert_eq!(
        request.uri(),
        "https://api.example.com/base/things/7?q=a%20b&extra=5"
    );
    assert_eq!(request.method(), Method::GET);
    assert_eq!(request.header("authentication"), Some("Bearer t0p-s3cret"));
    assert!(request.headers()["authentication"].is_sensitive());
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("x-trace"), Some("t1"));
    assert_eq!(request.header("x-more"), Some("m"));
    assert_eq!(request.header("cookie"), Some("theme=dark"));
    let agent = concat!(
        "test-api/1.2.3 specwright-runtime/",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(request.header("user-agent"), Some(agent));
    assert!(request.body().is_empty() && request.header("content-type").is_none());
}

#[test]
fn a_fixed_query_of_the_path_is_sent_before_the_others() {
    for (template, query, target) in [
        ("/queue?action=purge", None, "/queue?action=purge"),
        ("/queue?action=a", Some("b"), "/queue?action=a&q=b"),
        ("/queue?", Some("b"), "/queue?q=b"),
        ("/{id}?part={part id}", None, "/1%2F2?part=a%26b"),
        ("/{a?b}", Some("b"), "/3?q=b"),
    ] {
        let server = TestTransport::new();
        server.respond(TestResponse::status(204));
        let call = client(&server).call("queue.get", Method::GET, template);
        let call = call.path("id", "1/2").path("part id", "a&b").path("a?b", 3);
        block_on(call.query("q", &query).empty()).unwrap();
        let uri = format!("https://api.example.com/base{target}");
        assert_eq!(server.requests()[0].uri(), uri.as_str(), "{template}");
    }
}

#[test]
fn a_value_is_the_whole_query_as_its_media_type_says() {
    let server = TestTransport::new();
    let client = client(&server);
    let value = crate::JsonObject::from_iter([
        ("flag".to_owned(), Value::Null),
        ("numbers".to_owned(), Value::from(vec![1, 2])),
    ]);
    for (request, wanted) in [
        (get(&client).querystring(&value), "numbers=1&numbers=2"),
        (
            get(&client).querystring_json(&value),
            "%7B%22flag%22%3Anull%2C%22numbers%22%3A%5B1%2C2%5D%7D",
        ),
    ] {
        server.respond(TestResponse::json("1"));
        json(request.json()).unwrap();
        let requests = server.requests();
        let sent = requests.last().unwrap().path_and_query();
        assert_eq!(sent, format!("/base/things/7?{wanted}"));
    }
}

#[test]
fn bodies_are_written_with_their_content_type() {
    let server = TestTransport::new();
    let client = client(&server);
    let start = || client.call("things.put", Method::PUT, "/things");
    let cases: Vec<(Request, &str, &str)> = vec![
        (start().body(&vec![1_i64]), "application/json", "[1]"),
        (
            start().body_as("application/merge-patch+json", &None::<i64>),
            "application/merge-patch+json",
            "null",
        ),
        (start().properties(), "application/json", "{}"),
        (
            start()
                .property("a\"b", &1_i64)
                .property("c", &true)
                .property("a\"b", &2_i64),
            "application/json",
            r#"{"a\"b":2,"c":true}"#,
        ),
        (
            start().form(&serde_json::json!({"a": "b c", "d": [1, 2]})),
            "application/x-www-form-urlencoded",
            "a=b+c&d=1&d=2",
        ),
        (
            start().field("a", &"é").field_style(
                "b",
                Style::DeepObject,
                true,
                &serde_json::json!({"c": 1}),
            ),
            "application/x-www-form-urlencoded",
            "a=%C3%A9&b%5Bc%5D=1",
        ),
        (start().text("text/csv", "a,b"), "text/csv", "a,b"),
        (
            start().bytes("application/octet-stream", vec![104, 105]),
            "application/octet-stream",
            "hi",
        ),
    ];
    for (request, content_type, body) in cases {
        server.respond(TestResponse::status(204));
        block_on(request.empty()).unwrap();
        let request = server.requests().pop().unwrap();
        assert_eq!(request.header("content-type"), Some(content_type));
        assert_eq!(request.text(), body);
    }
}

#[test]
fn inputs_that_cannot_be_sent_are_told_before_anything_is_sent() {
    let server = TestTransport::new();
    let client = client(&server);
    let start = || client.call("things.get", Method::GET, "/things/{id}");
    for (request, message) in [
        (start(), "`{id}`"),
        (start().path("id", ""), "`id` is empty"),
        (start().path("id", ".."), "`id` makes"),
        (
            start().path_style("id", Style::Label, false, &""),
            "`id` makes",
        ),
        (
            start().path_style("id", Style::Simple, false, &Vec::<i64>::new()),
            "`id`",
        ),
        (
            start().path("id", 1).header("x-a", &"b\r\nc: hunter2"),
            "`x-a`",
        ),
        (start().path("id", 1).header("x a", &"b"), "x a"),
        (
            start().path("id", 1).header("Content-Length", &5_i64),
            "content-length",
        ),
        (
            start().path("id", 1).server("http://example.org"),
            "not encrypted",
        ),
        (start().path("id", 1).server("nowhere"), "base URL"),
        (start().path("id", "x".repeat(70_000)), "too long"),
    ] {
        let error = block_on(request.empty()).unwrap_err();
        assert!(matches!(
            error.kind(),
            ErrorKind::Request | ErrorKind::Config
        ));
        let text = error.to_string();
        assert!(
            text.starts_with("things.get: ") && text.contains(message),
            "{text}"
        );
        assert!(!text.contains("hunter2"));
        assert_eq!((error.attempts(), error.maybe_applied()), (0, false));
    }
    let keyed = block_on(get(&client).empty().with_idempotency_key(" "));
    assert_eq!(keyed.unwrap_err().kind(), ErrorKind::Request);
    assert!(server.requests().is_empty());
}

#[test]
fn a_missing_credential_is_told_with_the_method_that_gives_it() {
    let server = TestTransport::new();
    let bare = ClientBuilder::new(&API, "https://h".parse().unwrap())
        .transport(server.clone())
        .build()
        .unwrap();
    let error = block_on(get(&bare).empty()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("`token(…)`"), "{error}");
    assert!(server.requests().is_empty());
    server.respond(TestResponse::status(204));
    block_on(get(&bare).empty().with_header("authentication", "Custom x")).unwrap();
    server.respond(TestResponse::status(204));
    block_on(get(&bare).security(&[&["basic"], &[]]).empty()).unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_requirement_that_names_no_scheme_is_never_met() {
    let server = TestTransport::new();
    let error = block_on(
        get(&client(&server))
            .security(&[&["tokn"], &["own", "tokn"]])
            .empty(),
    );
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    let message = "`tokn` (not a security scheme of the description)";
    assert!(error.to_string().contains(message), "{error}");
    assert!(server.requests().is_empty());
}

#[test]
fn a_call_can_be_made_without_credentials() {
    let server = TestTransport::new();
    let none = |request: &RecordedRequest| request.headers().len() == 3;
    for _ in 0..6 {
        server.respond(TestResponse::status(204));
    }
    let client = client(&server);
    block_on(get(&client).empty().without_credentials()).unwrap();
    block_on(
        get(&client)
            .security(&[&["tokn"]])
            .empty()
            .without_credentials(),
    )
    .unwrap();
    let bare = builder(&server).without_credentials().build().unwrap();
    block_on(get(&bare).empty()).unwrap();
    assert!(server.requests().iter().all(none));
    // A credential that is set for the call, or later, is sent.
    let given = || Credential::secret("other");
    block_on(get(&bare).empty().with_credential("own", given())).unwrap();
    block_on(get(&bare.with_credential("own", given()).unwrap()).empty()).unwrap();
    let later = builder(&server)
        .without_credentials()
        .credential("own", given());
    block_on(get(&later.build().unwrap()).empty()).unwrap();
    for request in &server.requests()[3..] {
        assert_eq!(request.header("authentication"), Some("Bearer other"));
    }
    // Other calls still require a credential.
    let error = block_on(
        get(&bare)
            .empty()
            .without_credentials()
            .with_credential("basic", Credential::basic("a", "b")),
    );
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Auth);
}

#[test]
fn a_path_as_server_stays_at_the_origin_of_the_client() {
    let server = TestTransport::new();
    for _ in 0..2 {
        server.respond(TestResponse::status(204));
    }
    let client = client(&server);
    block_on(get(&client).server("/v2/").empty()).unwrap();
    let call = get(&client).server("/v2").empty();
    block_on(call.with_origin("http://127.0.0.1:1/mock")).unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].uri(), "https://api.example.com/v2/things/7");
    assert_eq!(requests[1].uri(), "http://127.0.0.1:1/mock/v2/things/7");
}

#[test]
fn an_origin_takes_the_place_of_every_other() {
    let server = TestTransport::new();
    for _ in 0..5 {
        server.respond(TestResponse::status(204));
    }
    let mock = builder(&server)
        .origin("http://127.0.0.1:4010/mock/")
        .build()
        .unwrap();
    block_on(get(&mock).empty()).unwrap();
    block_on(get(&mock).server("https://upload.example.com/up").empty()).unwrap();
    block_on(get(&mock).empty().with_origin("https://own.example")).unwrap();
    let client = client(&server);
    let call = get(&client).server("https://upload.example.com/up").empty();
    block_on(call.with_origin("http://127.0.0.1:1")).unwrap();
    block_on(get(&client).empty()).unwrap();
    let requests = server.requests();
    let addresses: Vec<_> = requests
        .iter()
        .map(|request| request.uri().to_string())
        .collect();
    assert_eq!(
        addresses,
        [
            "http://127.0.0.1:4010/mock/base/things/7",
            "http://127.0.0.1:4010/mock/up/things/7",
            "https://own.example/base/things/7",
            "http://127.0.0.1:1/up/things/7",
            "https://api.example.com/base/things/7",
        ]
    );
    for origin in [
        "http://example.com",
        "nowhere",
        "https://user:hunter2@example.com",
    ] {
        let error = builder(&server).origin(origin).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!error.to_string().contains("hunter2"));
        let error = block_on(get(&client).empty().with_origin(origin)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
    }
    assert_eq!(server.requests().len(), 5);
}

#[test]
fn tokens_are_got_from_the_origin_too() {
    for (described, own, wanted) in [
        (
            "https://login.example.com/token?v=1",
            None,
            "http://127.0.0.1:1/mock/token?v=1",
        ),
        ("/token", None, "http://127.0.0.1:1/mock/token"),
        ("./token", None, "http://127.0.0.1:1/mock/base/token"),
        (
            "/token",
            Some("https://login.example.com/t"),
            "https://login.example.com/t",
        ),
    ] {
        let server = TestTransport::new();
        server.respond(TestResponse::json(r#"{"access_token": "abcd"}"#));
        server.respond(TestResponse::status(204));
        let given = ClientCredentials::new("id", "s3cret");
        let given = match own {
            Some(url) => given.token_url(url),
            None => given,
        };
        let client = builder(&server)
            .credential("own", Credential::client_credentials(described, given))
            .origin("http://127.0.0.1:1/mock")
            .build()
            .unwrap();
        block_on(get(&client).empty()).unwrap();
        assert_eq!(server.requests()[0].uri(), wanted);
    }
}

#[test]
fn credentials_go_where_their_scheme_says() {
    let server = TestTransport::new();
    let client = builder(&server)
        .credential("basic", Credential::basic("demo", "p@55w0rd"))
        .credential("key", Credential::secret("k&y!"))
        .credential("session", Credential::secret("s1d-s1d"))
        .build()
        .unwrap();
    server.respond(TestResponse::status(204));
    let request = get(&client)
        .cookie("theme", &"dark")
        .query("q", &1_i64)
        .security(&[&["basic", "key", "session"]]);
    block_on(request.empty()).unwrap();
    let request = &server.requests()[0];
    assert_eq!(
        request.header("authorization"),
        Some("Basic ZGVtbzpwQDU1dzByZA==")
    );
    assert_eq!(
        request.path_and_query(),
        "/base/things/7?q=1&api_key=k%26y%21"
    );
    assert_eq!(request.header("cookie"), Some("theme=dark; sid=s1d-s1d"));
    assert_eq!(request.header("authentication"), None);
}

#[test]
fn a_path_with_a_query_of_its_own_is_continued() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(204));
    let client = client(&server);
    let request = client
        .call("a.b", Method::GET, "/?Action={action}")
        .path("action", "List")
        .query("n", &1_i64);
    block_on(request.empty()).unwrap();
    assert_eq!(
        server.requests()[0].path_and_query(),
        "/base/?Action=List&n=1"
    );
}

#[test]
fn a_client_is_checked_when_it_is_built() {
    let server = TestTransport::new();
    let of = |url: &'static str| {
        ClientBuilder::new(&API, BaseUrl::described(url)).transport(server.clone())
    };
    assert!(of("https://{region}.example.com").build().is_err());
    assert!(of("http://example.com").build().is_err());
    assert!(of("http://example.com").allow_http().build().is_ok());
    assert!(of("http://127.0.0.1:80").build().is_ok());
    assert!(of("https://h").header("a b", "c").build().is_err());
    assert!(of("https://h").header("a", "c\n").build().is_ok());
    assert!(of("https://h").header("a", "c\nd").build().is_err());
    assert!(of("https://h").user_agent("a\nb").build().is_err());
    assert!(
        of("https://h")
            .credential("nobody", Credential::secret("x"))
            .build()
            .is_err()
    );
    let error = of("https://h")
        .credential("own", Credential::secret("Bearer t0p-s3cret"))
        .build()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(!format!("{error} {error:?}").contains(TOKEN));
}

#[test]
fn a_value_that_serde_cannot_encode_is_not_sent() {
    let server = TestTransport::new();
    let keys = std::collections::BTreeMap::from([(vec![1_u8], 2_u8)]);
    let keys = crate::Serde::new(keys);
    let create = || client(&server).call("a.b", Method::POST, "/a");
    for request in [create().body(&vec![&keys]), create().query("keys", &keys)] {
        let error = json(request.json()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a.b: the request cannot be sent: serde cannot encode a value of the request"
        );
    }
    assert!(server.requests().is_empty());
}
