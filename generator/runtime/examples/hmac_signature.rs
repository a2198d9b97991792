//! A signer for an API that wants an HMAC-SHA256 of the method, the path with its query, the date and the body.
//!
//! Run it with `cargo run --example hmac_signature --features testing`.

use std::error::Error;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use specwright_runtime::testing::{RecordedRequest, TestResponse, TestTransport, block_on};
use specwright_runtime::transport::BoxFuture;
use specwright_runtime::{
    Api, ClientBuilder, Method, RetryPolicy, Secret, Signer, UnsignedRequest,
};

/// Adds `Date` and `X-Signature` to every request.
struct HmacSigner {
    key_id: String,
    key: Secret,
}

impl HmacSigner {
    fn signature(
        &self,
        method: &Method,
        target: &str,
        date: &str,
        body: &[u8],
    ) -> Result<String, Box<dyn Error + Send + Sync>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.expose().as_bytes())?;
        mac.update(format!("{method}\n{target}\n{date}\n").as_bytes());
        mac.update(body);
        let bytes = mac.finalize().into_bytes();
        let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(digits.concat())
    }
}

impl Signer for HmacSigner {
    fn sign<'a>(
        &'a self,
        request: &'a mut UnsignedRequest,
    ) -> BoxFuture<'a, Result<(), Box<dyn Error + Send + Sync>>> {
        Box::pin(async move {
            let date = httpdate::fmt_http_date(request.date());
            let target = request
                .uri()
                .path_and_query()
                .map_or("/", |target| target.as_str());
            // Fails for a file or a stream, whose bytes are not known yet.
            let body = request.body_bytes()?;
            let signature = self.signature(request.method(), target, &date, body)?;
            request.header("date", &date)?;
            request.header("x-key-id", &self.key_id)?;
            request.header("x-signature", &Secret::from(signature))?;
            Ok(())
        })
    }
}

/// What the server does: it computes the signature itself.
fn is_signed(
    request: &RecordedRequest,
    signer: &HmacSigner,
) -> Result<bool, Box<dyn Error + Send + Sync>> {
    let date = request.header("date").unwrap_or_default();
    let signature = signer.signature(
        request.method(),
        request.path_and_query(),
        date,
        request.body(),
    )?;
    Ok(request.header("x-signature") == Some(&signature))
}

/// The information about an API in a generated client.
static API: Api = Api::new("orders", "orders/1");

fn signer() -> HmacSigner {
    HmacSigner {
        key_id: "key-7".to_owned(),
        key: "s3cret".into(),
    }
}

pub(crate) fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let server = TestTransport::new();
    // With a generated client: `Client::builder(…).signer(…).build()?`.
    let client = ClientBuilder::new(&API, "https://orders.example".parse()?)
        .signer(signer())
        .retry(RetryPolicy::default())
        .transport(server.clone())
        .build()?;

    server.respond(TestResponse::status(503).header("retry-after", "5"));
    server.respond(TestResponse::json("7"));
    let call = client
        .call("orders.create", Method::POST, "/orders")
        .query("dry", &true);
    let number: i64 = block_on(call.body(&vec!["tea", "milk"]).json())?;
    println!("order {number}");

    let requests = server.requests();
    for request in &requests {
        println!("{request:?}");
        assert!(is_signed(request, &signer())?);
    }
    // The second attempt is five seconds later, and has a signature of its own.
    assert_eq!(requests.len(), 2);
    assert_ne!(requests[0].header("date"), requests[1].header("date"));
    assert_ne!(
        requests[0].header("x-signature"),
        requests[1].header("x-signature")
    );
    Ok(())
}
