//! The authorization code flow with PKCE.

use super::*;
use crate::oauth::{Login, Tokens};

const FLOW: Flow = Flow {
    authorization_url: "https://server.example.com/authorize",
    token_url: "https://server.example.com/token",
    scopes: &["read", "write"],
};

fn flow(server: &TestTransport, flow: &Flow, given: ClientCredentials) -> AuthorizationCode {
    client(server).authorization_code(flow, given).unwrap()
}

fn program() -> ClientCredentials {
    ClientCredentials::new("s6BhdRkqt3", "gX1fBat3bV")
}

fn login() -> Login {
    Login::restored("https://client.example.com/cb", "xyz-state", VERIFIER)
}

/// The parameters of the request for a code, and the challenge of the code verifier, are those of the RFCs.
#[test]
fn a_browser_is_sent_to_the_url_of_the_rfcs() {
    let server = TestTransport::new();
    let code = flow(&server, &FLOW, program());
    assert_eq!(
        code.authorize_url(&login()),
        "https://server.example.com/authorize?response_type=code&client_id=s6BhdRkqt3\
         &redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb&state=xyz-state\
         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
    );
    assert_eq!(code.authorization_url(), FLOW.authorization_url);
    assert_eq!(code.token_url(), FLOW.token_url);
    assert_eq!(code.scopes(), ["read", "write"]);
    shows_no_secret(&format!("{code:?} {:?}", login()));
}

#[test]
fn the_code_is_exchanged_as_rfc_6749_says() {
    let server = TestTransport::new();
    server.respond(TestResponse::json(ISSUED));
    let callback = "https://client.example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz-state";
    let code = flow(&server, &FLOW, program());
    let tokens: Tokens = block_on(code.exchange(&login(), callback)).unwrap();
    assert_eq!(tokens.access_token.expose(), "2YotnFZFEjr1zCsicMWpAA");
    assert_eq!(
        tokens.refresh_token.unwrap().expose(),
        "tGzv3JOkF0XG5Qx2TlKWIA"
    );
    let request = &server.requests()[0];
    assert_eq!(request.uri(), "https://server.example.com/token");
    assert_eq!(
        request.text(),
        format!(
            "grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA\
             &redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb&code_verifier={VERIFIER}"
        )
    );
    assert_eq!(
        request.header("authorization"),
        Some("Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW")
    );
    assert!(request.header("authentication").is_none());
}

#[test]
fn a_public_client_sends_its_id_alone() {
    let server = TestTransport::new();
    let given = ClientCredentials::public("app")
        .scope("a")
        .scope("b c")
        .parameter("resource", "x");
    let relative = Flow {
        authorization_url: "/authorize?tenant=1",
        token_url: "/token",
        scopes: &[],
    };
    let code = flow(&server, &relative, given).parameter("prompt", "login now");
    let url = code.authorize_url(&login());
    assert!(
        url.starts_with(
            "https://api.example.com/authorize?tenant=1&response_type=code&client_id=app&"
        ),
        "{url}"
    );
    assert!(
        url.contains("&scope=a%20b%20c&") && url.ends_with("&prompt=login%20now"),
        "{url}"
    );
    server.respond(TestResponse::json(ISSUED));
    let callback = "code=of-the-redirect-uri&code=a%2Bb+c&state=xyz-state#x";
    block_on(code.exchange(&login(), callback)).unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.uri(), "https://api.example.com/token");
    assert!(
        request
            .text()
            .starts_with("grant_type=authorization_code&code=a%2Bb+c&")
    );
    assert!(request.text().ends_with("&client_id=app&resource=x"));
    assert!(request.header("authorization").is_none());
}

#[test]
fn a_callback_that_does_not_fit_is_refused_before_anything_is_sent() {
    let server = TestTransport::new();
    let code = flow(&server, &FLOW, program());
    let state = "the `state` of the callback is not that of the login";
    for (callback, kind, why) in [
        (
            "https://client.example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=other",
            ErrorKind::Request,
            state,
        ),
        (
            "https://client.example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA",
            ErrorKind::Request,
            state,
        ),
        (
            "https://client.example.com/cb?error=access_denied&state=other",
            ErrorKind::Request,
            state,
        ),
        ("", ErrorKind::Request, state),
        (
            "?state=xyz-state",
            ErrorKind::Request,
            "the callback has no `code`",
        ),
        (
            "/cb?error=access_denied&error_description=The+user%0Asaid+no&state=xyz-state",
            ErrorKind::Rejected,
            "access_denied: The user said no",
        ),
        (
            "/cb?error=server_error&state=xyz-state",
            ErrorKind::Rejected,
            "server_error",
        ),
    ] {
        let error = block_on(code.exchange(&login(), callback)).unwrap_err();
        assert_eq!(error.kind(), kind, "{callback}");
        assert_eq!(error.to_string(), format!("oauth.exchange: {kind}: {why}"));
        shows_no_secret(&format!("{error:?}"));
    }
    assert!(server.requests().is_empty());
}

#[test]
fn the_error_of_an_exchange_shows_no_secret() {
    let server = TestTransport::new();
    let code = flow(&server, &FLOW, program().secret_in_body());
    server.respond(TestResponse::status(400).with_json(format!(
        r#"{{"error": "invalid_grant", "error_description": "{}"}}"#,
        SECRETS[..4].join(" ")
    )));
    let callback = "?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz-state";
    let error = block_on(code.exchange(&login(), callback)).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("invalid_grant: *** *** xyz-state ***"),
        "{error}"
    );
    assert_eq!(error_code(&error).as_deref(), Some("invalid_grant"));
    // Some servers refuse with status 200.
    let refusal = r#"{"error": "bad_verification_code", "error_description": "The code is old."}"#;
    server.respond(TestResponse::json(refusal));
    let error = block_on(code.exchange(&login(), callback)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Rejected);
    let text =
        "oauth.exchange: 200 OK: rejected: bad_verification_code: The code is old. (1 attempt)";
    assert_eq!(error.to_string(), text);
    // A response that is neither is not what was expected.
    server.respond(TestResponse::json(r#"{"token": "a"}"#));
    let error = block_on(code.exchange(&login(), callback)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    // The code was used up.
    server.respond(TestResponse::status(502));
    block_on(code.exchange(&login(), callback)).unwrap_err();
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn each_login_has_its_own_state_and_verifier() {
    let [one, other] = [1, 2].map(|_| Login::new("https://client.example.com/cb").unwrap());
    assert_ne!(one.state(), other.state());
    assert_ne!(one.verifier(), other.verifier());
    assert_eq!(one.state().expose().len(), 22);
    // RFC 7636, section 4.1: 43 to 128 unreserved characters.
    let verifier = one.verifier().expose();
    assert_eq!(verifier.len(), 43);
    assert!(
        verifier
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    );
    let restored = Login::restored(
        one.redirect_uri(),
        one.state().clone(),
        one.verifier().clone(),
    );
    assert_eq!(restored.verifier(), one.verifier());
}

#[test]
fn urls_that_are_invalid_or_not_encrypted_are_refused() {
    let server = TestTransport::new();
    for (authorization_url, token_url, why) in [
        ("login", "/token", "the authorization URL is invalid"),
        ("http://server.example.com/a", "/token", "is not encrypted"),
        ("/authorize", "token", "the token URL is invalid"),
        (
            "/authorize",
            "http://server.example.com/t",
            "is not encrypted",
        ),
    ] {
        let flow = Flow {
            authorization_url,
            token_url,
            scopes: &[],
        };
        let made = client(&server).authorization_code(&flow, program());
        let error = made.unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}

/// A mock is sent everything, but not what the caller sent elsewhere.
#[test]
fn the_origin_of_the_client_replaces_those_of_the_description() {
    let server = TestTransport::new();
    let client = builder(&server)
        .origin("http://127.0.0.1:4010")
        .build()
        .unwrap();
    let code = client.authorization_code(&FLOW, program()).unwrap();
    assert_eq!(code.authorization_url(), "http://127.0.0.1:4010/authorize");
    assert_eq!(code.token_url(), "http://127.0.0.1:4010/token");
    let own = program().token_url("https://login.example.com/t");
    let code = client.authorization_code(&FLOW, own).unwrap();
    assert_eq!(code.token_url(), "https://login.example.com/t");
}
