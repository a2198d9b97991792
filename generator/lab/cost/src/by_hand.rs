//! The call as a careful program makes it by hand.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue, USER_AGENT};
use rustls_platform_verifier::Verifier;
use serde::Deserialize;

/// The body of the response.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading it is what is measured")]
pub struct Item {
    pub id: i64,
    pub name: String,
    pub verified: bool,
    pub followers: i64,
    pub country: Option<String>,
    pub cursor: Option<String>,
}

/// Returns a client with the same settings as the generated one: headers for all calls, a timeout, no redirects.
pub fn client() -> reqwest::Client {
    let headers = [
        (ACCEPT, HeaderValue::from_static("application/json")),
        (
            USER_AGENT,
            HeaderValue::from_static("items/1 by-hand/0.1.0"),
        ),
        (
            AUTHORIZATION,
            HeaderValue::from_static("Basic am86Y29ycmVjdCBob3JzZQ=="),
        ),
    ];
    reqwest::Client::builder()
        .default_headers(HeaderMap::from_iter(headers))
        .timeout(Duration::from_secs(60))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .tls_backend_preconfigured(tls())
        .build()
        .expect("the settings are right")
}

pub async fn get(client: &reqwest::Client, base: &str, id: i64) -> Result<Item, reqwest::Error> {
    let url = format!("{base}/v1/items/{id}?limit={}&country={}", 10, "DE");
    let output = client.get(url).send().await?.error_for_status()?;
    let body = output.bytes().await?;
    Ok(serde_json::from_slice(&body).expect("it is an item"))
}

/// Uses the certificates of the system, like the generated client. The features of reqwest for this would pull in more
/// dependencies.
fn tls() -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Verifier::new(Arc::clone(&provider)).expect("the system has certificates");
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring has all versions")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth()
}
