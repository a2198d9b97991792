//! Signers.

use std::error::Error as StdError;
use std::sync::{Arc, Mutex};

use super::*;
use crate::testing::RecordedRequest;
use crate::transport::BoxFuture;
use crate::{
    ClientCredentials, RequestBody, Secret, Signer, Token, TokenProvider, UnsignedRequest,
};

type Signed<'a> = BoxFuture<'a, Result<(), Box<dyn StdError + Send + Sync>>>;

/// Numbers its signatures, and writes down what it signs.
#[derive(Default)]
struct Numbering(Mutex<Vec<String>>);

impl Numbering {
    fn lines(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Signer for Numbering {
    fn sign<'a>(&'a self, request: &'a mut UnsignedRequest) -> Signed<'a> {
        Box::pin(async move {
            let number = {
                let mut lines = self.0.lock().unwrap();
                let token = request.headers().get("authentication");
                lines.push(format!(
                    "{} {} {} {:?} {:?}",
                    request.operation(),
                    request.method(),
                    request.uri(),
                    token.map(|token| token.to_str().unwrap()),
                    request.body_bytes().map(String::from_utf8_lossy),
                ));
                lines.len()
            };
            request.header("x-signature", &Secret::from(format!("signed-{number}")))?;
            request.query("sig nature", &format!("{number}&"))?;
            Ok(())
        })
    }
}

/// Fails with an error of its own, whose message has a secret.
struct Failing;

impl Signer for Failing {
    fn sign<'a>(&'a self, _request: &'a mut UnsignedRequest) -> Signed<'a> {
        Box::pin(async { Err("the key hunter2 is too old".into()) })
    }
}

/// Calls a function with each request.
struct Check<F>(F);

impl<F: Fn(&mut UnsignedRequest) -> Result<(), Error> + Send + Sync + 'static> Signer for Check<F> {
    fn sign<'a>(&'a self, request: &'a mut UnsignedRequest) -> Signed<'a> {
        Box::pin(async move { Ok((self.0)(request)?) })
    }
}

fn checking<F>(server: &TestTransport, check: F) -> Client
where
    F: Fn(&mut UnsignedRequest) -> Result<(), Error> + Send + Sync + 'static,
{
    builder(server).signer(Check(check)).build().unwrap()
}

fn numbering(server: &TestTransport) -> Client {
    builder(server)
        .signer(Numbering::default())
        .build()
        .unwrap()
}

fn signatures(server: &TestTransport) -> Vec<String> {
    let requests = server.requests();
    let signatures = requests
        .iter()
        .map(|request| request.header("x-signature").unwrap_or("none"));
    signatures.map(str::to_owned).collect()
}

#[test]
fn each_attempt_is_signed_after_its_credentials() {
    let server = TestTransport::new();
    let signer = Arc::new(Numbering::default());
    let client = builder(&server).signer(signer.clone()).build().unwrap();
    server.respond(TestResponse::status(503).header("retry-after", "1"));
    server.respond(TestResponse::status(307).header("location", "/v2?a=b&sig%20nature=2%26"));
    server.respond(TestResponse::json("1"));
    json(post(&client).query("q", &"x").json()).unwrap();
    let line = |url: &str| {
        format!(r#"things.create POST https://api.example.com{url} Some("Bearer {TOKEN}") Ok("1")"#)
    };
    assert_eq!(
        signer.lines(),
        [
            line("/base/things?q=x"),
            line("/base/things?q=x"),
            line("/v2?a=b&sig%20nature=2%26"),
        ]
    );
    assert_eq!(signatures(&server), ["signed-1", "signed-2", "signed-3"]);
    let requests = server.requests();
    let targets: Vec<_> = requests
        .iter()
        .map(RecordedRequest::path_and_query)
        .collect();
    assert_eq!(
        targets,
        [
            "/base/things?q=x&sig%20nature=1%26",
            "/base/things?q=x&sig%20nature=2%26",
            // The signature of the request before is replaced.
            "/v2?a=b&sig%20nature=3%26"
        ]
    );
}

#[test]
fn a_request_for_another_origin_or_a_token_is_not_signed() {
    let server = TestTransport::new();
    let given = ClientCredentials::new("id", "s3cret");
    let client = builder(&server)
        .credential("own", Credential::client_credentials("/token", given))
        .signer(Numbering::default())
        .build()
        .unwrap();
    server.respond(TestResponse::json(r#"{"access_token": "abcd"}"#));
    server.respond(TestResponse::status(302).header("location", "https://cdn.example.com/x"));
    server.respond(TestResponse::status(302).header("location", "https://api.example.com/x"));
    server.respond(TestResponse::json("1"));
    json(get(&client).json()).unwrap();
    assert_eq!(signatures(&server), ["none", "signed-1", "none", "none"]);
}

#[test]
fn a_renewed_credential_is_signed() {
    struct Two(Mutex<u8>);
    impl TokenProvider for Two {
        fn token(&self) -> BoxFuture<'_, Result<Token, Box<dyn StdError + Send + Sync>>> {
            *self.0.lock().unwrap() += 1;
            let token = format!("token-{}", self.0.lock().unwrap());
            Box::pin(async move { Ok(Token::new(token)) })
        }
    }
    let server = TestTransport::new();
    let signer = Arc::new(Numbering::default());
    let client = builder(&server)
        .credential("own", Credential::provider(Two(Mutex::new(0))))
        .signer(signer.clone())
        .build()
        .unwrap();
    server.respond(TestResponse::status(401));
    server.respond(TestResponse::json("1"));
    json(get(&client).json()).unwrap();
    let lines = signer.lines();
    assert!(lines[0].contains("Bearer token-1"), "{lines:?}");
    assert!(lines[1].contains("Bearer token-2"), "{lines:?}");
}

#[test]
fn the_error_of_a_signer_fails_the_call_and_is_not_shown() {
    let server = TestTransport::new();
    let client = builder(&server).signer(Failing).build().unwrap();
    let error = json(get(&client).json()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "things.get: the request cannot be signed: the signer failed (1 attempt)"
    );
    assert_eq!(error.kind(), ErrorKind::Signature);
    assert!(!error.is_retryable() && !error.maybe_applied());
    assert!(!format!("{error:?}").contains("hunter2"));
    let source = std::error::Error::source(&error).and_then(std::error::Error::source);
    assert_eq!(source.unwrap().to_string(), "the key hunter2 is too old");
    assert!(server.requests().is_empty());
}

/// The server has acted on the POST, which must not seem to be unsent because the signer then failed.
#[test]
fn a_signer_that_fails_after_a_redirect_hides_no_effect() {
    let server = TestTransport::new();
    let client = checking(&server, |request| {
        let is_post = request.method() == Method::POST;
        is_post
            .then_some(())
            .ok_or_else(|| Error::request("only a POST is signed"))
    });
    server.respond(TestResponse::status(303).header("location", "/things/7"));
    let error = json(post(&client).json()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Signature);
    assert!(error.maybe_applied());
}

#[test]
fn headers_that_a_signer_may_not_set_are_an_error() {
    type Wrong = fn(&mut UnsignedRequest) -> Result<(), Error>;
    let cases: [(Wrong, &str); 4] = [
        (
            |request| request.header("a b", &"c"),
            r#""a b" is not a valid header name"#,
        ),
        (
            |request| request.header("content-length", &1_i64),
            "`content-length` is set by the transport",
        ),
        (
            |request| request.header("x-signature", &"s3cret\nx"),
            "the header `x-signature` has a line break",
        ),
        (
            |request| request.query("a", &"b".repeat(1 << 17)),
            "its query is too long for a URL",
        ),
    ];
    let server = TestTransport::new();
    for (wrong, why) in cases {
        let error = json(get(&checking(&server, wrong)).json()).unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with("things.get: the request cannot be signed: "),
            "{text}"
        );
        assert!(text.contains(why), "{text}");
        assert!(!format!("{error:?} {error}").contains("s3cret"));
    }
    assert!(server.requests().is_empty());
}

#[test]
fn a_body_that_is_not_in_memory_has_no_bytes_to_sign() {
    let server = TestTransport::new();
    let upload = |client: &Client| {
        let body = RequestBody::reader(Some(3), || Ok(&b"abc"[..]));
        client
            .call("things.put", Method::PUT, "/things")
            .bytes("text/plain", body)
    };
    let client = checking(&server, |request| request.body_bytes().map(|_| ()));
    let error = json(upload(&client).json()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "things.put: the request cannot be signed: its body is not in memory, so the signer does not know its bytes \
         (1 attempt)"
    );
    // A signer can mark it as unsigned instead.
    let client = checking(&server, |request| match request.body_bytes() {
        Ok(_) => Ok(()),
        Err(_) => request.header("x-content-sha256", &"UNSIGNED-PAYLOAD"),
    });
    server.respond(TestResponse::json("1"));
    json(upload(&client).json()).unwrap();
    let requests = server.requests();
    assert_eq!(
        requests[0].header("x-content-sha256"),
        Some("UNSIGNED-PAYLOAD")
    );
    assert_eq!(requests[0].text(), "abc");
}

#[test]
fn a_body_with_a_callback_is_signed_without_calling_it() {
    let server = TestTransport::new();
    let client = numbering(&server);
    server.respond(TestResponse::json("1"));
    let sent = Arc::new(Mutex::new(Vec::new()));
    let progress = sent.clone();
    let call = post(&client).json::<i64>();
    let call = call.with_upload_progress(move |sent, _| progress.lock().unwrap().push(sent));
    block_on(call).unwrap();
    assert_eq!(signatures(&server), ["signed-1"]);
    assert_eq!(*sent.lock().unwrap(), [1]);
}

#[test]
fn headers_of_a_signer_are_redacted() {
    let server = TestTransport::new();
    let client = checking(&server, |request| {
        request.header("authorization", &"HMAC key=abc, signature=0123456789")?;
        request.header("x-session", &Secret::from("of-the-signer"))?;
        request.query("expires", &Option::<i64>::None)?;
        request.query("signature", &Secret::from("in-the-query"))
    });
    let text = "signature=0123456789 of-the-signer in-the-query";
    server.respond(TestResponse::status(403).body("text/plain", text));
    let error = json(get(&client).json()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "things.get: 403 Forbidden: *** *** *** (1 attempt)"
    );
    assert_eq!(
        server.requests()[0].path_and_query(),
        "/base/things/7?signature=in-the-query"
    );
}

#[test]
fn the_host_is_that_of_the_header() {
    let server = TestTransport::new();
    for (base, host) in [
        ("https://api.example.com", "api.example.com"),
        ("https://api.example.com:443/x", "api.example.com"),
        ("https://api.example.com:8443", "api.example.com:8443"),
        ("http://127.0.0.1:80", "127.0.0.1"),
        ("http://[::1]:8080", "[::1]:8080"),
    ] {
        let check = Check(|request: &mut UnsignedRequest| {
            let host = request.host();
            request.header("x-host", &host)
        });
        let client = ClientBuilder::new(&API, BaseUrl::described(base))
            .without_credentials()
            .signer(check)
            .transport(server.clone())
            .build()
            .unwrap();
        server.respond(TestResponse::json("1"));
        json(get(&client).json()).unwrap();
        let requests = server.requests();
        let last = requests.last().unwrap();
        assert_eq!(last.header("x-host"), Some(host));
        assert!(last.header("authentication").is_none());
    }
}

/// Signing has the time of the attempt, and an attempt that was not signed was not sent.
#[test]
fn a_signer_that_never_ends_times_out() {
    struct Silent;
    impl Signer for Silent {
        fn sign<'a>(&'a self, _request: &'a mut UnsignedRequest) -> Signed<'a> {
            Box::pin(std::future::pending())
        }
    }
    let server = TestTransport::new();
    let client = builder(&server).signer(Silent).build().unwrap();
    let call = post(&client).json::<i64>().with_timeout(3 * SECOND);
    let error = block_on(call.without_retry()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "things.create: timed out: the request was not signed within 3s (1 attempt)"
    );
    assert_eq!(server.elapsed(), 3 * SECOND);
    assert!(!error.maybe_applied());
    assert!(server.requests().is_empty());
}

#[test]
fn blocking_calls_are_signed() {
    let server = TestTransport::new();
    let client = numbering(&server);
    server.respond(TestResponse::json("1"));
    get(&client).json::<i64>().send_blocking().unwrap();
    assert_eq!(signatures(&server), ["signed-1"]);
}
