//! The device flow, with the examples of RFC 8628.

use super::*;
use crate::oauth::DeviceAuthorization;

const FLOW: Flow = Flow {
    authorization_url: "https://server.example.com/device_authorization",
    token_url: "https://server.example.com/token",
    scopes: &["example_scope"],
};

const STARTED: &str = r#"{"device_code": "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS", "user_code": "WDJB-MJHT",
    "verification_uri": "https://example.com/device",
    "verification_uri_complete": "https://example.com/device?user_code=WDJB-MJHT", "expires_in": 1800, "interval": 5}"#;

fn flow(server: &TestTransport) -> DeviceFlow {
    let given = ClientCredentials::public("1406020730").scope("example_scope");
    client(server).device_flow(&FLOW, &given).unwrap()
}

fn started(server: &TestTransport, body: &str) -> (DeviceFlow, DeviceAuthorization) {
    let flow = flow(server);
    server.respond(TestResponse::json(body));
    let device = block_on(flow.start()).unwrap();
    (flow, device)
}

fn refused(code: &str) -> TestResponse {
    TestResponse::status(400).with_json(format!(r#"{{"error": "{code}"}}"#))
}

#[test]
fn a_user_logs_in_on_another_device() {
    let server = TestTransport::new();
    let (flow, device) = started(&server, STARTED);
    assert_eq!(device.user_code, "WDJB-MJHT");
    assert_eq!(device.verification_uri(), "https://example.com/device");
    server.respond(refused("authorization_pending"));
    server.respond(refused("slow_down"));
    server.respond(refused("authorization_pending"));
    server.respond(TestResponse::json(ISSUED));
    let tokens = block_on(flow.wait(&device)).unwrap();
    assert_eq!(tokens.access_token.expose(), "2YotnFZFEjr1zCsicMWpAA");
    // After `slow_down`, all later intervals are five seconds longer.
    assert_eq!(server.elapsed(), (5 + 5 + 10 + 10) * SECOND);
    let requests = server.requests();
    assert_eq!(requests[0].uri(), FLOW.authorization_url);
    assert_eq!(
        requests[0].text(),
        "scope=example_scope&client_id=1406020730"
    );
    for request in &requests[1..] {
        assert_eq!(request.uri(), FLOW.token_url);
        assert_eq!(
            request.text(),
            format!(
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code={DEVICE_CODE}\
                 &client_id=1406020730"
            )
        );
    }
    assert_eq!(flow.authorization_url(), FLOW.authorization_url);
    assert_eq!(flow.token_url(), FLOW.token_url);
    shows_no_secret(&format!("{flow:?} {device:?}"));
}

#[test]
fn a_login_that_takes_too_long_is_a_timeout() {
    let server = TestTransport::new();
    let (flow, device) = started(&server, &STARTED.replace("1800", "12"));
    (0..2).for_each(|_| server.respond(refused("authorization_pending")));
    let error = block_on(flow.wait(&device)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "oauth.device_token: timed out: the user did not log in within 12s"
    );
    assert_eq!((server.elapsed(), server.left()), (10 * SECOND, 0));
}

#[test]
fn an_error_that_ends_the_flow_is_returned() {
    for code in ["expired_token", "access_denied", "invalid_client"] {
        let server = TestTransport::new();
        let (flow, device) = started(&server, STARTED);
        server.respond(refused(code));
        let error = block_on(flow.wait(&device)).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("oauth.device_token: 400 Bad Request: {code} (1 attempt)")
        );
        assert_eq!(error_code(&error).as_deref(), Some(code));
    }
}

#[test]
fn after_a_failed_connection_the_pace_is_slower() {
    let server = TestTransport::new();
    let (flow, device) = started(&server, STARTED);
    server.fail(Failure::Connect);
    server.fail(Failure::Reset);
    server.respond(TestResponse::status(503).header("retry-after", "1"));
    for _ in 0..2 {
        server.respond(TestResponse::status(429));
    }
    server.respond(TestResponse::json(ISSUED));
    block_on(flow.wait(&device)).unwrap();
    assert_eq!(server.elapsed(), (5 + 10 + 20 + 40 + 60 + 60) * SECOND);
}

#[test]
fn an_interval_of_zero_does_not_flood_the_server() {
    let server = TestTransport::new();
    let body = STARTED.replace(r#""interval": 5"#, r#""interval": 0"#);
    let (flow, device) = started(&server, &body);
    server.respond(TestResponse::json(ISSUED));
    block_on(flow.wait(&device)).unwrap();
    assert_eq!(server.elapsed(), SECOND);
    let body = STARTED.replace(r#", "interval": 5"#, "");
    let (flow, device) = started(&server, &body);
    server.respond(TestResponse::json(ISSUED));
    block_on(flow.wait(&device)).unwrap();
    assert_eq!(server.elapsed(), 6 * SECOND);
}

/// Some servers have a name from before the RFC, write numbers as strings, or omit the lifetime.
#[test]
fn other_forms_of_the_first_response_are_read() {
    let server = TestTransport::new();
    let body = r#"{"device_code": "a", "user_code": "b", "verification_url": "https://example.com/device",
        "expires_in": "900", "interval": "7"}"#;
    let (flow, device) = started(&server, body);
    assert_eq!(device.verification_uri(), "https://example.com/device");
    assert_eq!(device.expires_in(), Some(900 * SECOND));
    server.respond(TestResponse::json(ISSUED));
    block_on(flow.wait(&device)).unwrap();
    assert_eq!(server.elapsed(), 7 * SECOND);
    let body = r#"{"device_code": "a", "user_code": "b", "verification_uri": "https://example.com/device"}"#;
    let (flow, device) = started(&server, body);
    assert_eq!((device.expires_in(), device.interval()), (None, None));
    server.respond(refused("authorization_pending"));
    server.respond(refused("expired_token"));
    let error = block_on(flow.wait(&device)).unwrap_err();
    assert_eq!(error_code(&error).as_deref(), Some("expired_token"));
}

/// Some servers respond with 200 and an error in the body.
#[test]
fn an_error_with_status_200_is_an_error() {
    let server = TestTransport::new();
    let (flow, device) = started(&server, STARTED);
    server.respond(TestResponse::json(r#"{"error": "authorization_pending"}"#));
    server.respond(TestResponse::json(
        r#"{"error": "slow_down", "interval": 10}"#,
    ));
    server.respond(TestResponse::json(
        r#"{"error": "access_denied", "error_description": "They said no."}"#,
    ));
    let error = block_on(flow.wait(&device)).unwrap_err();
    assert_eq!(server.elapsed(), (5 + 5 + 10) * SECOND);
    assert_eq!(error_code(&error).as_deref(), Some("access_denied"));
    assert!(
        error.to_string().contains("access_denied: They said no."),
        "{error}"
    );
}

#[test]
fn a_device_without_a_runtime_waits_too() {
    let server = TestTransport::new();
    let (flow, device) = started(&server, STARTED);
    server.respond(refused("authorization_pending"));
    server.respond(TestResponse::json(ISSUED));
    flow.wait_blocking(&device).unwrap();
    assert_eq!(server.elapsed(), 10 * SECOND);
}

#[test]
fn the_error_of_a_poll_shows_no_secret() {
    let server = TestTransport::new();
    let (flow, device) = started(&server, STARTED);
    server.respond(TestResponse::status(400).body("text/plain", DEVICE_CODE));
    let error = block_on(flow.poll(&device)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "oauth.device_token: 400 Bad Request: *** (1 attempt)"
    );
    let what = "the device authorization URL is invalid";
    let flow = Flow {
        authorization_url: "device",
        ..FLOW
    };
    let made = client(&server).device_flow(&flow, &ClientCredentials::public("a"));
    assert!(made.unwrap_err().to_string().contains(what));
}
