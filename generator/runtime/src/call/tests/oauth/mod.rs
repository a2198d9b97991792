//! Logins of users by OAuth 2.

mod code;
mod device;

use super::*;
use crate::ClientCredentials;
use crate::oauth::{AuthorizationCode, DeviceFlow, Flow, error_code};

/// Every secret that these tests send.
const SECRETS: [&str; 5] = [
    "gX1fBat3bV",
    "SplxlOBeZQQYbYS6WxSbIA",
    "xyz-state",
    VERIFIER,
    DEVICE_CODE,
];

/// The code verifier of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// The device code of RFC 8628, section 3.2.
const DEVICE_CODE: &str = "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS";

/// The response of RFC 6749, section 4.1.4.
const ISSUED: &str = r#"{"access_token": "2YotnFZFEjr1zCsicMWpAA", "token_type": "example", "expires_in": 3600,
    "refresh_token": "tGzv3JOkF0XG5Qx2TlKWIA", "example_parameter": "example_value"}"#;

fn shows_no_secret(text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{text}");
    }
}
