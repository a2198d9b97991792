//! The signer for AWS against the vectors of AWS' test suite for Signature Version 4, under their names there.

use std::time::{Duration, SystemTime};

use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
use specwright_runtime::transport::{BoxFuture, HttpRequest, ResponseFuture, Transport};
use specwright_runtime::{Api, Call, Client, ClientBuilder, Method, Request};

#[path = "../../examples/aws_sigv4.rs"]
mod example;

use example::SigV4;

static API: Api = Api::new("service", "service/1");

/// 30 August 2015, 12:36:00 UTC, in seconds since 1970: the time of all vectors.
const DATE: u64 = 1_440_938_160;

const UNRESERVED: &str = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const SESSION: &str = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeo\
    IYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8\
    Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQw\
    j2ICCR/oLxBA==";

/// The transport for tests, at the time of the vectors.
#[derive(Debug)]
struct In2015(TestTransport);

impl Transport for In2015 {
    fn send(&self, request: HttpRequest, timeout: Option<Duration>) -> ResponseFuture<'_> {
        self.0.send(request, timeout)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.sleep(duration)
    }

    fn date(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(DATE)
    }
}

/// The name of a vector, the method, the path, the parameters of the query, and the signature.
type Vector<'v> = (&'v str, Method, &'v str, &'v [(&'v str, &'v str)], &'v str);

fn client(server: &TestTransport, session_token: Option<&str>) -> Client {
    let signer = SigV4 {
        access_key: "AKIDEXAMPLE".to_owned(),
        secret_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(),
        session_token: session_token.map(Into::into),
        region: "us-east-1",
        service: "service",
    };
    ClientBuilder::new(&API, "https://example.amazonaws.com".parse().unwrap())
        .signer(signer)
        .transport(In2015(server.clone()))
        .build()
        .unwrap()
}

/// Sends a request, and returns its `Authorization`.
fn sent(server: &TestTransport, call: Call<()>) -> String {
    server.respond(TestResponse::status(204));
    block_on(call).unwrap();
    let requests = server.requests();
    let last = requests.last().unwrap();
    assert_eq!(last.header("x-amz-date"), Some("20150830T123600Z"));
    last.header("authorization").unwrap().to_owned()
}

fn authorization(headers: &str, signature: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={headers}, \
         Signature={signature}"
    )
}

#[test]
fn the_example_runs() {
    example::main().unwrap();
}

#[test]
fn requests_without_a_body_have_the_published_signatures() {
    let server = TestTransport::new();
    let client = client(&server, None);
    let unreserved = format!("/{UNRESERVED}");
    let vectors: [Vector<'_>; 11] = [
        (
            "get-vanilla",
            Method::GET,
            "/",
            &[],
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ),
        (
            "get-vanilla-query-order-key-case",
            Method::GET,
            "/",
            &[("Param2", "value2"), ("Param1", "value1")],
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        ),
        (
            "get-vanilla-query-order-value",
            Method::GET,
            "/",
            &[("Param1", "value2"), ("Param1", "value1")],
            "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694",
        ),
        (
            "get-vanilla-empty-query-key",
            Method::GET,
            "/",
            &[("Param1", "value1")],
            "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
        ),
        (
            "get-vanilla-query-unreserved",
            Method::GET,
            "/",
            &[(UNRESERVED, UNRESERVED)],
            "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197",
        ),
        (
            "get-unreserved",
            Method::GET,
            &unreserved,
            &[],
            "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
        ),
        (
            "get-vanilla-utf8-query",
            Method::GET,
            "/",
            &[("\u{1234}", "bar")],
            "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
        ),
        (
            "get-slash",
            Method::GET,
            "//",
            &[],
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ),
        (
            "get-slashes",
            Method::GET,
            "//example//",
            &[],
            "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84",
        ),
        (
            "post-vanilla",
            Method::POST,
            "/",
            &[],
            "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        ),
        (
            "post-vanilla-query",
            Method::POST,
            "/",
            &[("Param1", "value1")],
            "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
        ),
    ];
    for (name, method, path, query, signature) in vectors {
        let call = client.call("vector", method, path.to_owned());
        let call = query
            .iter()
            .fold(call, |call, (name, value)| call.query(name, value));
        assert_eq!(
            sent(&server, call.empty()),
            authorization("host;x-amz-date", signature),
            "{name}"
        );
    }
}

#[test]
fn forms_have_the_published_signatures() {
    let server = TestTransport::new();
    let client = client(&server, None);
    for (name, content_type, signature) in [
        (
            "post-x-www-form-urlencoded",
            "application/x-www-form-urlencoded",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
        ),
        (
            "post-x-www-form-urlencoded-parameters",
            "application/x-www-form-urlencoded; charset=utf8",
            "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe",
        ),
    ] {
        let call: Request = client.call("vector", Method::POST, "/");
        let call = call.text(content_type, "Param1=value1");
        let wanted = authorization("content-type;host;x-amz-date", signature);
        assert_eq!(sent(&server, call.empty()), wanted, "{name}");
    }
}

#[test]
fn temporary_credentials_have_the_published_signature() {
    let server = TestTransport::new();
    let call = client(&server, Some(SESSION)).call("post-sts-header-before", Method::POST, "/");
    assert_eq!(
        sent(&server, call.empty()),
        authorization(
            "host;x-amz-date;x-amz-security-token",
            "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"
        )
    );
}
