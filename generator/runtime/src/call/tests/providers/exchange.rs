//! Client credentials, and credentials of single calls.

use super::*;
use crate::ClientCredentials;

#[test]
fn client_credentials_are_exchanged_over_the_same_transport() {
    let server = TestTransport::new();
    let given = ClientCredentials::new("my:id", "s3cret s3cret")
        .scope("a")
        .scope("b")
        .parameter("audience", "x");
    let client = builder(&server)
        .header("x-for-the-api", "only")
        .credential("own", Credential::client_credentials("/token?v=1", given))
        .build()
        .unwrap();
    server.respond(TestResponse::status(502));
    server.respond(TestResponse::json(
        r#"{"access_token": "abcd", "token_type": "bearer", "expires_in": "100"}"#,
    ));
    (0..2).for_each(|_| server.respond(TestResponse::json("1")));
    json(get(&client).json()).unwrap();
    json(get(&client).json()).unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    for request in &requests[..2] {
        assert_eq!(request.uri(), "https://api.example.com/token?v=1");
        assert_eq!(
            request.text(),
            "grant_type=client_credentials&scope=a+b&audience=x"
        );
        assert_eq!(
            request.header("authorization"),
            Some("Basic bXklM0FpZDpzM2NyZXQlMjBzM2NyZXQ=")
        );
        assert!(request.header("x-for-the-api").is_none());
        assert!(
            request
                .header("user-agent")
                .unwrap()
                .starts_with("test-api/")
        );
    }
    assert_eq!(requests[3].header("authentication"), Some("Bearer abcd"));
}

#[test]
fn a_blocking_call_gets_its_token_without_a_runtime() {
    let server = TestTransport::new();
    let given = ClientCredentials::new("my-id", "s3cret");
    let client = with(&server, Credential::client_credentials("/token", given));
    server.respond(TestResponse::json(r#"{"access_token": "abcd"}"#));
    server.respond(TestResponse::json("1"));
    get(&client).json::<i64>().send_blocking().unwrap();
    assert_eq!(sent(&server), ["none", "Bearer abcd"]);
}

/// The secret is sent in two encodings, and a server can repeat it in either.
#[test]
fn an_echo_of_the_secret_in_its_plain_form_is_not_shown() {
    let server = TestTransport::new();
    let given = ClientCredentials::new("my-id", "my/s3cret+key==").parameter("pin", "s3cret-pin");
    let client = with(&server, Credential::client_credentials("/token", given));
    server.respond(
        TestResponse::status(400)
            .with_json(r#"{"error": "no", "error_description": "my/s3cret+key== my%2Fs3cret%2Bkey%3D%3D s3cret-pin"}"#),
    );
    let error = json(get(&client).json()).unwrap_err();
    assert!(error.to_string().contains("no: *** *** ***"), "{error}");
    assert!(!format!("{error:?}").contains("s3cret"));
}

#[test]
fn client_credentials_that_are_refused_are_told_without_them() {
    let server = TestTransport::new();
    let given = ClientCredentials::new("my-id", "s3cret-s3cret")
        .secret_in_body()
        .token_url("https://login.example.com/token");
    assert!(!format!("{given:?}").contains("s3cret"));
    let client = with(&server, Credential::client_credentials("/token", given));
    server.respond(TestResponse::status(400).with_json(
        r#"{"error": "invalid_client", "error_description": "s3cret-s3cret is wrong"}"#,
    ));
    let error = json(get(&client).json()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "things.get: a credential is missing: the provider of `own` failed: \
         oauth.token: 400 Bad Request: invalid_client: *** is wrong (1 attempt)"
    );
    assert!(!format!("{error:?}").contains("s3cret"));
    let request = &server.requests()[0];
    assert_eq!(request.uri(), "https://login.example.com/token");
    assert!(
        request
            .text()
            .ends_with("client_id=my-id&client_secret=s3cret-s3cret")
    );
    assert!(request.header("authorization").is_none());
    for (url, why) in [
        ("http://login.example.com/token", "is not encrypted"),
        ("login", "is invalid"),
        ("https://u:p@login.example.com", "user name or a password"),
    ] {
        let given = ClientCredentials::new("a", "b").token_url(url);
        let credential = Credential::client_credentials("/token", given);
        let error = builder(&server)
            .credential("own", credential)
            .build()
            .unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
}

#[test]
fn a_call_or_a_clone_can_have_its_own_credential() {
    let server = TestTransport::new();
    let client = client(&server);
    (0..3).for_each(|_| server.respond(TestResponse::json("1")));
    json(
        get(&client)
            .json()
            .with_credential("own", Credential::secret("of-a-call")),
    )
    .unwrap();
    let other = client
        .with_credential("own", Credential::secret("of-a-clone"))
        .unwrap();
    json(get(&other).json()).unwrap();
    json(get(&client).json()).unwrap();
    let own = format!("Bearer {TOKEN}");
    assert_eq!(
        sent(&server),
        ["Bearer of-a-call", "Bearer of-a-clone", &own]
    );

    server.respond(TestResponse::status(400).body("text/plain", "bad of-a-call"));
    let call = get(&client)
        .json::<i64>()
        .with_credential("own", Credential::secret("of-a-call"));
    let error = block_on(call).unwrap_err().to_string();
    assert!(error.contains("bad ***"), "{error}");

    let call = get(&client)
        .json::<i64>()
        .with_credential("none", Credential::secret("x"));
    let error = block_on(call).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("no security scheme named `none`"),
        "{error}"
    );
    assert!(
        client
            .with_credential("own", Credential::secret("a\n"))
            .is_err()
    );
}
