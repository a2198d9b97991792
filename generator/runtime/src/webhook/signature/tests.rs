use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue};
use proptest::prelude::*;

use super::key::Key;
use super::scheme::to_hex as hex;
use super::{SetupError, Verifier, VerifyError};
use crate::webhook::{named, tag};

/// The secret and the message of the examples that the libraries of Standard Webhooks share.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const AT: u64 = 1_614_265_330;
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
        .collect()
}

fn standard() -> HeaderMap {
    headers(&[
        ("Webhook-Id", ID),
        ("Webhook-Timestamp", &AT.to_string()),
        ("Webhook-Signature", SIGNATURE),
    ])
}

#[test]
fn hmac_gives_what_rfc_4231_says() {
    for (key, message, wanted) in [
        (
            &[0x0b; 20][..],
            &b"Hi There"[..],
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            &[0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
    ] {
        let key = Key::new(key).unwrap();
        assert_eq!(hex(&key.sign([message, b""])), wanted);
        let (start, end) = message.split_at(3);
        assert_eq!(hex(&key.sign([start, end])), wanted);
    }
}

#[test]
fn a_plain_header_is_the_signature_of_the_body() {
    let digest = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    let body = b"what do ya want for nothing?";
    let bare = Verifier::hex("X-Signature", "Jefe").unwrap();
    let prefixed = bare.clone().with_prefix("sha256=");
    let base64 = Verifier::base64("X-Signature", "Jefe").unwrap();
    for (verifier, value) in [
        (&bare, digest.to_owned()),
        (&bare, digest.to_uppercase()),
        (&prefixed, format!("sha256={digest}")),
        (
            &base64,
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=".to_owned(),
        ),
    ] {
        let headers = headers(&[("x-SIGNATURE", &value)]);
        assert_eq!(verifier.verify(&headers, body), Ok(()), "{value}");
        assert_eq!(
            verifier.verify(&headers, b"what do ya want for something?"),
            Err(VerifyError::Mismatch)
        );
    }
}

#[test]
fn standard_webhooks_are_signed_as_their_specification_says() {
    let verifier = Verifier::standard(SECRET).unwrap();
    let id = HeaderValue::from_static(ID);
    assert_eq!(verifier.sign_at(&id, BODY, at(AT)), standard());
    assert_eq!(verifier.verify_at(&standard(), BODY, at(AT)), Ok(()));
    let bare = Verifier::standard(SECRET.trim_start_matches("whsec_")).unwrap();
    assert_eq!(bare.verify_at(&standard(), BODY, at(AT)), Ok(()));
}

#[test]
fn each_of_several_signatures_and_secrets_counts() {
    let verifier = Verifier::standard("bm90IHRoaXMgb25l")
        .unwrap()
        .with_secret(SECRET)
        .unwrap();
    let mut several = standard();
    several.insert(
        "webhook-signature",
        format!("v1,AAAA v1a,{SIGNATURE} v9,x {SIGNATURE}")
            .parse()
            .unwrap(),
    );
    assert_eq!(verifier.verify_at(&several, BODY, at(AT)), Ok(()));
    several.insert("webhook-signature", "v1,AAAA v1,BBBB".parse().unwrap());
    assert_eq!(
        verifier.verify_at(&several, BODY, at(AT)),
        Err(VerifyError::Mismatch)
    );
}

#[test]
fn the_three_headers_can_have_another_prefix() {
    let verifier = Verifier::standard(SECRET).unwrap();
    let verifier = verifier.with_header_prefix("Acme").unwrap();
    let signed = verifier.sign(BODY);
    assert!(signed.contains_key("acme-signature"));
    assert_eq!(verifier.verify(&signed, BODY), Ok(()));
}

#[test]
fn a_timestamped_header_has_its_time_in_the_signature() {
    let verifier = Verifier::timestamped("Signature", "key").unwrap();
    let signed = verifier.sign_at(&HeaderValue::from_static("unused"), BODY, at(AT));
    let text = signed["signature"].to_str().unwrap().to_owned();
    let digest = hex(&Key::new(b"key").unwrap().sign([b"1614265330.", BODY]));
    assert_eq!(text, format!("t=1614265330,v1={digest}"));
    let rolled = headers(&[(
        "signature",
        &format!("t=1614265330, v1=00,v0=11,v1={digest}"),
    )]);
    assert_eq!(verifier.verify_at(&rolled, BODY, at(AT)), Ok(()));
    let moved = headers(&[("signature", &text.replace("t=16", "t=17"))]);
    assert_eq!(
        verifier.verify_at(&moved, BODY, at(1_714_265_330)),
        Err(VerifyError::Mismatch)
    );
}

#[test]
fn a_signed_time_must_be_near() {
    let verifier = Verifier::standard(SECRET).unwrap();
    let verify = |verifier: &Verifier, now| verifier.verify_at(&standard(), BODY, at(now));
    assert_eq!(verify(&verifier, AT + 300), Ok(()));
    assert_eq!(verify(&verifier, AT - 300), Ok(()));
    let second = |n| Duration::from_secs(n);
    assert_eq!(
        verify(&verifier, AT + 301),
        Err(VerifyError::TooOld { age: second(301) })
    );
    assert_eq!(
        verify(&verifier, AT - 301),
        Err(VerifyError::TooNew { ahead: second(301) })
    );
    let strict = verifier.clone().with_tolerance(second(1));
    assert_eq!(
        verify(&strict, AT + 2),
        Err(VerifyError::TooOld { age: second(2) })
    );
    assert_eq!(verify(&verifier.without_tolerance(), 0), Ok(()));
}

#[test]
fn an_error_names_the_header_and_what_is_wrong_with_it() {
    let hex = Verifier::hex("X-Signature", "secret").unwrap();
    let prefixed = hex.clone().with_prefix("sha256=");
    let timed = Verifier::timestamped("X-Signature", "secret").unwrap();
    for (verifier, value, message) in [
        (&hex, "abc", "it is not hexadecimal"),
        (&hex, "+f", "it is not hexadecimal"),
        (&prefixed, "sha1=00", "it does not begin with the prefix"),
        (&timed, "v1=00", "it has no time `t=`"),
        (&timed, "t=1,v1=xx", "it has no signature `v1=`"),
        (
            &timed,
            "t=+1,v1=00",
            "its time is not a number of seconds since 1970",
        ),
    ] {
        let error = verifier
            .verify(&headers(&[("x-signature", value)]), b"")
            .unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains(message) && text.contains("`x-signature`"),
            "{value}: {text}"
        );
    }
    let missing = hex.verify(&HeaderMap::new(), b"").unwrap_err();
    assert_eq!(missing.to_string(), "the header `x-signature` is missing");
    let mut twice = hex.sign(b"");
    twice.append("x-signature", HeaderValue::from_static("00"));
    let error = hex.verify(&twice, b"").unwrap_err().to_string();
    assert!(error.contains("it occurs more than once"), "{error}");
    let mut opaque = HeaderMap::new();
    opaque.insert("x-signature", HeaderValue::from_bytes(b"\xff").unwrap());
    let error = hex.verify(&opaque, b"").unwrap_err().to_string();
    assert!(error.contains("it is not ASCII text"), "{error}");
}

#[test]
fn settings_that_would_let_anybody_in_are_refused() {
    let empty = SetupError::EmptySecret;
    assert_eq!(Verifier::hex("x", "").unwrap_err(), empty);
    assert_eq!(Verifier::standard("whsec_").unwrap_err(), empty);
    let fine = Verifier::base64("x", "y").unwrap();
    assert_eq!(fine.with_secret("").unwrap_err(), empty);
    assert_eq!(
        Verifier::standard("whsec_*").unwrap_err(),
        SetupError::SecretNotBase64
    );
    assert_eq!(
        Verifier::timestamped("no name", "y").unwrap_err(),
        SetupError::HeaderName
    );
}

#[test]
fn nothing_shows_the_secret() {
    let verifier = Verifier::hex("x-signature", "hunter2-hunter2").unwrap();
    let right = verifier.sign(b"body")["x-signature"]
        .to_str()
        .unwrap()
        .to_owned();
    let error = verifier
        .verify(&headers(&[("x-signature", "00")]), b"body")
        .unwrap_err();
    for text in [
        format!("{verifier:?}"),
        format!("{error:?}"),
        error.to_string(),
    ] {
        assert!(
            !text.contains("hunter2") && !text.contains(&right),
            "{text}"
        );
    }
}

#[test]
fn names_are_found_whatever_their_case_and_separators() {
    let names = ["issue-opened", "ping", "a_b", "ab", "requested-action"];
    let found = |name, body: &str| named(&names, Some("action"), name, body.as_bytes());
    assert_eq!(found("issue-opened", ""), Some("issue-opened"));
    assert_eq!(found("Issue.Opened", ""), Some("issue-opened"));
    assert_eq!(
        found("ISSUE", r#"{"action":"opened"}"#),
        Some("issue-opened")
    );
    assert_eq!(found("ISSUE", r#"{"action":"closed"}"#), None);
    assert_eq!(found("ab", ""), Some("ab"));
    assert_eq!(found("AB", ""), None, "both `a_b` and `ab` could be meant");
    assert_eq!(
        found("requested", r#"{"action":"action"}"#),
        Some("requested-action")
    );
    assert_eq!(
        named(&names, None, "issue", br#"{"action":"opened"}"#),
        None
    );
}

#[test]
fn words_are_found_within_properties() {
    let json = serde_json::json!({"data": {"type": "a"}, "n": 1, "list": []});
    assert_eq!(tag(&json, &["data", "type"]).as_deref(), Some("a"));
    assert_eq!(tag(&json, &["n"]).as_deref(), Some("1"));
    for path in [&["data"][..], &["n", "type"], &["list", "type"], &[]] {
        assert_eq!(tag(&json, path), None, "{path:?}");
    }
}

proptest! {
    #[test]
    fn what_is_signed_is_verified_and_nothing_else(
        secret in "[ -~]{1,40}",
        body in proptest::collection::vec(any::<u8>(), 0..200),
        seconds in 0..4_000_000_000_u64,
        byte in any::<prop::sample::Index>(),
        bit in 0..8_u8,
    ) {
        let key = crate::Base64::from(secret.as_bytes()).to_string();
        for verifier in [
            Verifier::hex("x-signature", secret.as_str()).unwrap(),
            Verifier::hex("x-signature", secret.as_str()).unwrap().with_prefix("sha256="),
            Verifier::base64("x-signature", secret.as_str()).unwrap(),
            Verifier::timestamped("x-signature", secret.as_str()).unwrap(),
            Verifier::standard(key).unwrap(),
        ] {
            let id = HeaderValue::from_static("msg_1");
            let headers = verifier.sign_at(&id, &body, at(seconds));
            prop_assert_eq!(verifier.verify_at(&headers, &body, at(seconds)), Ok(()));
            let mut longer = body.clone();
            longer.push(b' ');
            prop_assert_eq!(verifier.verify_at(&headers, &longer, at(seconds)), Err(VerifyError::Mismatch));
            if !body.is_empty() {
                let mut other = body.clone();
                *byte.get_mut(&mut other) ^= 1 << bit;
                prop_assert_eq!(verifier.verify_at(&headers, &other, at(seconds)), Err(VerifyError::Mismatch));
            }
        }
    }

    #[test]
    fn no_header_is_too_odd(text in any::<Vec<u8>>(), body in any::<Vec<u8>>()) {
        let Ok(value) = HeaderValue::from_bytes(&text) else { return Ok(()) };
        let mut headers = HeaderMap::new();
        for name in ["x-signature", "webhook-id", "webhook-timestamp", "webhook-signature"] {
            headers.insert(name, value.clone());
        }
        for verifier in [
            Verifier::hex("x-signature", "secret").unwrap(),
            Verifier::base64("x-signature", "secret").unwrap(),
            Verifier::timestamped("x-signature", "secret").unwrap(),
            Verifier::standard(SECRET).unwrap(),
        ] {
            prop_assert!(verifier.verify(&headers, &body).is_err());
        }
    }
}
