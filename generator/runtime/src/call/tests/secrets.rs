//! Secrets in messages.

use super::*;

/// Every form in which a credential is configured or sent.
const SECRETS: [&str; 6] = [
    TOKEN,
    "p@55w0rd",
    "ZGVtbzpwQDU1dzByZA==",
    "k&y!k&y!",
    "k%26y%21k%26y%21",
    "s1d-s1d",
];

fn assert_clean(text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

fn full(server: &TestTransport) -> ClientBuilder {
    builder(server)
        .credential("basic", Credential::basic("demo", "p@55w0rd"))
        .credential("key", Credential::secret("k&y!k&y!"))
        .credential("session", Credential::secret("s1d-s1d"))
        .header("x-by-hand", TOKEN)
}

static ALL: &[&[&str]] = &[&["own", "basic", "key", "session"]];

#[test]
fn debug_of_everything_that_holds_one_is_clean() {
    let server = TestTransport::new();
    let builder = full(&server);
    assert_clean(&format!("{builder:?} {builder:#?}"));
    assert_clean(&format!("{:?}", Credential::basic("demo", "p@55w0rd")));
    let client = builder.build().unwrap();
    assert_clean(&format!("{client:?} {client:#?}"));
    let request = get(&client)
        .security(ALL)
        .query("token", &TOKEN)
        .header("x-token", &TOKEN)
        .cookie("c", &TOKEN)
        .property("password", &"p@55w0rd");
    assert_clean(&format!("{request:?}"));
    let call = request.json::<i64>().with_header("x-other", TOKEN);
    assert_clean(&format!("{call:?}"));
    server.respond(TestResponse::json("1").header("set-cookie", TOKEN));
    let sending = call.send();
    assert_clean(&format!("{sending:?}"));
    let response = block_on(sending).unwrap();
    assert_clean(&format!("{response:?}"));
    assert_clean(&format!("{:?}", server.requests()));
    let sent = &server.requests()[0];
    assert!(sent.header("x-token") == Some(TOKEN) && sent.path_and_query().contains("k%26y%21"));
}

#[test]
fn errors_are_clean_even_where_the_server_echoes() {
    let echo = SECRETS.join(" ");
    for response in [
        TestResponse::status(401).body("text/plain", echo.clone()),
        TestResponse::status(400).with_json(format!("{{\"message\": \"bad token {TOKEN}\"}}")),
        TestResponse::status(500).body("text/html", format!("<title>{echo}</title>")),
        // A cut text must not end with a part of a secret.
        TestResponse::status(500).body("text/plain", format!("{} {TOKEN}", "x".repeat(193))),
        TestResponse::status(302).header("location", "https://evil.example/?k=t0p-s3cret"),
        TestResponse::json(format!("[\"{TOKEN}\"]")),
        TestResponse::json("[").header("x-echo", TOKEN).cut(),
        TestResponse::status(503).header("x-echo", TOKEN),
    ] {
        let server = TestTransport::new();
        server.respond(response);
        let client = full(&server).without_retry().build().unwrap();
        let error = block_on(get(&client).security(ALL).json::<Vec<i64>>()).unwrap_err();
        let text = format!("{error} {error:?} {error:#?}");
        assert_clean(&text);
        assert!(!text.contains("t0p"), "{text}");
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            assert_clean(&format!("{inner} {inner:?}"));
            cause = inner.source();
        }
    }
}

/// A response that can say that the call failed.
#[derive(Debug, Clone, PartialEq)]
struct Verdict {
    success: bool,
    message: Vec<String>,
    origin: crate::Origin,
}

crate::record!(Verdict from origin {
    success: "success" required,
    message: "message",
});

#[test]
fn a_rejection_has_everything_except_secrets() {
    let server = TestTransport::new();
    let says = format!(r#"{{"success": false, "message": ["{TOKEN} and hunter2-body", "later"]}}"#);
    let call = |client: &Client| {
        server.respond(TestResponse::json(says.clone()).header("x-own-id", "r1"));
        post(client).property("token", &crate::Secret::from("hunter2-body"))
    };
    let client = client(&server);
    let read: Verdict = block_on(call(&client).json()).unwrap();
    let error = read.origin.rejected(&read.message);
    assert_eq!(
        error.to_string(),
        "things.create: 200 OK: rejected: *** and ***; later (request id r1, 1 attempt)"
    );
    assert_eq!(error.body(), says.as_bytes());
    assert!(!format!("{error:?} {:?}", read.origin).contains("hunter2"));
    let boxed: Box<Option<Verdict>> = block_on(call(&client).json()).unwrap();
    let inner = boxed.unwrap();
    assert!(inner.origin.rejected(&inner.message).status().is_some());
    assert_eq!(inner, read);
    // A value inside of another value has no response.
    server.respond(TestResponse::json(format!("[{says}]")));
    let listed: Vec<Verdict> = block_on(get(&client).json()).unwrap();
    let error = listed[0].origin.rejected(&listed[0].message);
    assert!(error.status().is_none() && error.operation().is_empty());
}

#[test]
fn a_secret_of_the_body_that_the_server_echoes_is_not_shown() {
    let server = TestTransport::new();
    server.respond(
        TestResponse::status(422).with_json(r#"{"message": "fb_token hunter2-body is invalid"}"#),
    );
    let secret = crate::Secret::from("hunter2-body");
    let call = client(&server)
        .call("a.b", Method::POST, "/a")
        .property("account", &vec![secret.clone()])
        .query("key", &secret);
    let error = block_on(call.empty()).unwrap_err();
    assert_eq!(
        server.requests()[0].text(),
        r#"{"account":["hunter2-body"]}"#
    );
    for shown in [format!("{error}"), format!("{error:?}")] {
        assert!(!shown.contains("hunter2"), "{shown}");
    }
    assert!(
        error.to_string().contains("fb_token *** is invalid"),
        "{error}"
    );
}

/// Returns responses in which a server repeats the secrets, in all texts that an error shows.
#[test]
fn no_form_of_an_echo_is_shown() {
    const KEY: &str = "k/3y \"of\" a+b";
    let percent = "k%2F3y%20%22of%22%20a%2Bb";
    let json = r#"k\/3y \"of\" a+b"#;
    let typed = format!("text/x-{TOKEN}");
    for response in [
        TestResponse::status(400).with_json(format!(r#"{{"message":"{json}"}}"#)),
        TestResponse::status(400).body("text/plain", percent),
        TestResponse::status(400).body("text/plain", json),
        TestResponse::status(400).body("text/plain", KEY.replace('k', "K\u{200b}")),
        TestResponse::status(404).header("x-request-id", TOKEN),
        TestResponse::status(404).header("server", TOKEN),
        TestResponse::json(format!(r#"[{{"{json}":1}}]"#)),
        TestResponse::json(format!(r#"["{}{json}"]"#, "x".repeat(32))),
        TestResponse::status(200).body(&typed, "no JSON"),
    ] {
        let server = TestTransport::new();
        server.respond(response);
        let client = client(&server);
        let call = get(&client).query("key", &crate::Secret::from(KEY));
        let error = block_on(call.json::<Vec<crate::Map<bool>>>().without_retry()).unwrap_err();
        let decode = error.decode_error().map(ToString::to_string);
        let id = error.request_id();
        let text = format!("{error} {error:?} {decode:?} {id:?}").to_lowercase();
        for part in ["3y", "3%79", TOKEN] {
            assert!(!text.contains(part), "{text}");
        }
        assert!(text.contains("***"), "{text}");
    }
}

#[test]
fn a_secret_is_hidden_wherever_it_was_sent() {
    const KEY: &str = "hidden-key-7";
    let value = crate::Secret::from(KEY);
    let style = crate::Style::Simple;
    let inputs: [fn(Request, &crate::Secret, crate::Style) -> Request; 9] = [
        |request, value, style| request.path_style("k", style, false, value),
        |request, value, style| request.path_reserved_style("k", style, false, value),
        |request, value, _| request.path_json("k", value),
        |request, value, _| request.path("k", 1).query("k", value),
        |request, value, _| request.path("k", 1).query_json("k", value),
        |request, value, _| request.path("k", 1).querystring(value),
        |request, value, _| request.path("k", 1).querystring_json(value),
        |request, value, _| request.path("k", 1).header("x-k", value),
        |request, value, _| request.path("k", 1).cookie("k", value),
    ];
    for input in inputs {
        let server = TestTransport::new();
        server.respond(TestResponse::status(400).body("text/plain", format!("no such key {KEY}")));
        let client = client(&server);
        let request = input(client.call("a.b", Method::GET, "/a/{k}"), &value, style);
        let error = block_on(request.json::<i64>()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a.b: 400 Bad Request: no such key *** (1 attempt)"
        );
    }
    let by_hand = client(&TestTransport::new()).call("a.b", Method::GET, format!("/a/{KEY}"));
    assert!(!format!("{by_hand:?}").contains(KEY));
}

#[test]
fn a_source_that_repeats_a_secret_is_masked() {
    let server = TestTransport::new();
    server.respond(TestResponse::json("[]").header("content-encoding", &format!("x-{TOKEN}")));
    let error = block_on(get(&client(&server)).json::<Vec<i64>>()).unwrap_err();
    let source = std::error::Error::source(&error).unwrap();
    let text = format!("{error} {error:?} {source} {source:?}");
    assert_clean(&text);
    let shown = "unknown content encoding `x-***`";
    assert_eq!(text.matches(shown).count(), 4, "{text}");
}

#[test]
fn a_cut_body_does_not_end_with_the_beginning_of_a_secret() {
    let begun = &TOKEN[..7];
    let long = format!("{}{TOKEN}", " ".repeat((64 << 10) - begun.len()));
    let cut = format!("no such key {begun}");
    let length = cut.len();
    for (response, limit, reason) in [
        (
            TestResponse::status(400).body("text/plain", long.clone()),
            1 << 20,
            "***…",
        ),
        (
            TestResponse::status(400).body("text/html", format!("<b>{}", &long[3..])),
            1 << 20,
            "***…",
        ),
        (
            TestResponse::status(400)
                .body("text/plain", cut.clone())
                .cut(),
            1 << 20,
            "no such key ***…",
        ),
        (
            TestResponse::status(400).body("text/plain", format!("{cut}cret")),
            length,
            "no such key ***…",
        ),
    ] {
        let server = TestTransport::new();
        server.respond(response);
        let client = builder(&server).body_limit(limit).without_retry();
        let error = block_on(get(&client.build().unwrap()).json::<i64>()).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("things.get: 400 Bad Request: {reason} (1 attempt)")
        );
    }
}

#[test]
fn a_credential_that_the_caller_writes_is_masked() {
    const KEY: &str = "hand-made-9";
    let inputs: [fn(Call<i64>) -> Call<i64>; 3] = [
        |call| call.with_header("authorization", format!("Bearer {KEY}")),
        |call| call.with_header("authentication", KEY),
        |call| call.with_header("cookie", format!("a=b; sid={KEY}")),
    ];
    for input in inputs {
        let server = TestTransport::new();
        server.respond(TestResponse::status(401).body("text/plain", format!("bad key {KEY}")));
        let call = input(get(&client(&server)).json::<i64>());
        let error = block_on(call).unwrap_err();
        assert!(error.to_string().contains("bad key ***"), "{error}");
    }
    let server = TestTransport::new();
    server.respond(TestResponse::status(401).body("text/plain", format!("bad key {KEY}")));
    let client = builder(&server).header("Proxy-Authorization", format!("Basic {KEY}"));
    let error = block_on(get(&client.build().unwrap()).json::<i64>()).unwrap_err();
    assert!(error.to_string().contains("bad key ***"), "{error}");
}

#[test]
fn a_request_id_is_one_short_line() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(404).header("x-request-id", &"x".repeat(5_000)));
    let client = client(&server);
    let error = block_on(get(&client).json::<i64>()).unwrap_err();
    assert!(error.to_string().len() < 300);
    assert_eq!(error.headers()["x-request-id"].len(), 5_000);
    assert_eq!(error.request_id().unwrap().chars().count(), 201);
}
