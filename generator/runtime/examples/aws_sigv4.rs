//! A signer for APIs of AWS: Signature Version 4, in the `Authorization` header.
//!
//! It signs the host, `Content-Type` and all headers that begin with `X-Amz-`. `tests/examples/aws_sigv4.rs` holds it
//! against the test vectors that AWS publishes.
//!
//! Run it with `cargo run --example aws_sigv4 --features testing`.

use std::collections::BTreeMap;
use std::error::Error;
use std::time::SystemTime;

use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};
use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
use specwright_runtime::transport::BoxFuture;
use specwright_runtime::{Api, ClientBuilder, Method, Secret, Signer, UnsignedRequest};

/// The characters that are encoded in a canonical path.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

type BoxError = Box<dyn Error + Send + Sync>;

/// Signs requests for one service in one region.
pub(crate) struct SigV4 {
    pub(crate) access_key: String,
    pub(crate) secret_key: Secret,
    /// The token of temporary credentials.
    pub(crate) session_token: Option<Secret>,
    pub(crate) region: &'static str,
    pub(crate) service: &'static str,
}

impl Signer for SigV4 {
    fn sign<'a>(&'a self, request: &'a mut UnsignedRequest) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async move {
            let time = timestamp(request.date())?;
            request.header("x-amz-date", &time)?;
            request.header("x-amz-security-token", &self.session_token)?;
            if self.service == "s3" {
                request.header("x-amz-content-sha256", &self.payload(request)?)?;
            }
            let authorization = self.authorization(request, &time)?;
            request.header("authorization", &authorization)?;
            Ok(())
        })
    }
}

impl SigV4 {
    fn authorization(&self, request: &UnsignedRequest, time: &str) -> Result<String, BoxError> {
        let (names, canonical) = self.canonical(request)?;
        let date = time.get(..8).unwrap_or_default();
        let scope = format!("{date}/{}/{}/aws4_request", self.region, self.service);
        let to_sign = format!(
            "AWS4-HMAC-SHA256\n{time}\n{scope}\n{}",
            hash(canonical.as_bytes())
        );
        let mut key = format!("AWS4{}", self.secret_key.expose()).into_bytes();
        for part in [date, self.region, self.service, "aws4_request"] {
            key = hmac(&key, part)?;
        }
        let (id, signature) = (&self.access_key, hex(&hmac(&key, &to_sign)?));
        Ok(format!(
            "AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}, Signature={signature}"
        ))
    }

    /// Returns the names of the signed headers, and the request in its canonical form.
    fn canonical(&self, request: &UnsignedRequest) -> Result<(String, String), BoxError> {
        let mut headers = BTreeMap::from([("host", request.host())]);
        for (name, value) in request.headers() {
            if name == "content-type" || name.as_str().starts_with("x-amz-") {
                headers.insert(name.as_str(), value.to_str()?.trim().to_owned());
            }
        }
        let names: Vec<&str> = headers.keys().copied().collect();
        let names = names.join(";");
        let lines: Vec<_> = headers
            .iter()
            .map(|(name, value)| format!("{name}:{value}\n"))
            .collect();
        let lines = lines.concat();
        let path = request.uri().path();
        let path = match self.service {
            "s3" => path.to_owned(),
            // For all other services, the path has no empty segments, and is encoded once more than on the wire.
            _ => utf8_percent_encode(&without_empty_segments(path), PATH).to_string(),
        };
        let (method, query) = (
            request.method(),
            query(request.uri().query().unwrap_or_default()),
        );
        let payload = self.payload(request)?;
        let canonical = format!("{method}\n{path}\n{query}\n{lines}\n{names}\n{payload}");
        Ok((names, canonical))
    }

    /// Returns the hash of the body. Of all services, only S3 accepts a file or a stream without one.
    fn payload(&self, request: &UnsignedRequest) -> Result<String, BoxError> {
        match request.body_bytes() {
            Ok(bytes) => Ok(hash(bytes)),
            Err(_) if self.service == "s3" => Ok("UNSIGNED-PAYLOAD".to_owned()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Replaces several slashes in succession by one.
fn without_empty_segments(path: &str) -> String {
    let mut shortened = String::with_capacity(path.len());
    for letter in path.chars() {
        if letter != '/' || !shortened.ends_with('/') {
            shortened.push(letter);
        }
    }
    shortened
}

/// Sorts the parameters by name and value, and gives each an equals sign.
fn query(query: &str) -> String {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<(&str, &str)> = pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .collect();
    pairs.sort_unstable();
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&")
}

fn timestamp(date: SystemTime) -> Result<String, BoxError> {
    let date = jiff::Timestamp::try_from(date)?;
    Ok(date.strftime("%Y%m%dT%H%M%SZ").to_string())
}

fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hmac(key: &[u8], text: &str) -> Result<Vec<u8>, BoxError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)?;
    mac.update(text.as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

/// The information about an API in a generated client.
static API: Api = Api::new("queues", "queues/1");

pub(crate) fn main() -> Result<(), BoxError> {
    let server = TestTransport::new();
    let signer = SigV4 {
        access_key: "AKIDEXAMPLE".to_owned(),
        secret_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(),
        session_token: None,
        region: "eu-central-1",
        service: "sqs",
    };
    // With a generated client: `Client::builder(…).signer(…).build()?`.
    let client = ClientBuilder::new(&API, "https://sqs.eu-central-1.amazonaws.com".parse()?)
        .signer(signer)
        .transport(server.clone())
        .build()?;

    server.respond(TestResponse::json("{}"));
    let call = client
        .call("queues.list", Method::POST, "/")
        .body(&vec!["a"]);
    block_on(call.json::<specwright_runtime::Json>())?;

    let requests = server.requests();
    let authorization = requests[0].header("authorization").unwrap_or_default();
    println!("{authorization}");
    let beginning = "Credential=AKIDEXAMPLE/20000101/eu-central-1/sqs/aws4_request, SignedHeaders=content-type;host;x-amz-date, ";
    assert!(authorization.contains(beginning));
    Ok(())
}
