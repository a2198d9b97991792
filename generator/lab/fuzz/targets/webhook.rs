//! Any webhook: only one that was signed with the secret passes, and every error has a message.
#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright_runtime::HeaderMap;
use specwright_runtime::webhook::Verifier;

fuzz_target!(|input: (&[u8], &[u8])| {
    let (signature, body) = input;
    let verifier = Verifier::standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let mut headers = verifier.sign(body);
    assert!(verifier.verify(&headers, body).is_ok());
    let Ok(value) = http::HeaderValue::from_bytes(signature) else {
        return;
    };
    let own = headers.insert("webhook-signature", value.clone());
    if own.is_some_and(|own| own != value)
        && let Err(error) = verifier.verify(&headers, body)
    {
        assert!(!error.to_string().is_empty());
    }
    assert!(verifier.verify(&HeaderMap::new(), body).is_err());
});
