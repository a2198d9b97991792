//! Users log in, and stay logged in.

use clients::oauth::{Login, RefreshToken, Tokens};
use clients::testing::{TestResponse, TestTransport, block_on};
use clients::users::{Client, Server};
use clients::{ClientCredentials, Error};

fn program() -> ClientCredentials {
    ClientCredentials::public("my-program").scope("read")
}

fn issued(access: &str) -> TestResponse {
    TestResponse::json(format!(r#"{{"access_token": "{access}", "refresh_token": "r-{access}"}}"#))
}

/// Makes a call as the user of these tokens. The server rejects their access token.
fn call_as_user(server: &TestTransport, client: &Client, tokens: &Tokens) -> Result<String, Error> {
    let token = RefreshToken::of(program(), tokens).unwrap();
    let client = client.with_refresh_token(token)?;
    server.respond(TestResponse::status(401));
    server.respond(issued("second"));
    server.respond(TestResponse::json(r#""Ann""#));
    block_on(client.me().get_me())
}

fn sent(server: &TestTransport) -> Vec<String> {
    let requests = server.requests();
    let lines = requests.iter().map(|request| {
        let token = request.header("authorization").unwrap_or("none");
        format!("{} {token}", request.uri())
    });
    lines.collect()
}

#[test]
fn with_a_browser() {
    let server = TestTransport::new();
    let client = Client::builder(Server::Default).transport(server.clone()).build().unwrap();
    let code = client.authorization_code(program()).unwrap();
    assert_eq!(code.scopes(), ["read"]);
    let login = Login::new("https://program.example/callback").unwrap();
    let url = code.authorize_url(&login);
    assert!(url.starts_with("https://login.example.com/authorize?response_type=code&client_id=my-program&"));
    server.respond(issued("first"));
    let callback = format!("https://program.example/callback?code=abc&state={}", login.state().expose());
    let tokens = block_on(code.exchange(&login, &callback)).unwrap();
    assert_eq!(call_as_user(&server, &client, &tokens).unwrap(), "Ann");
    assert_eq!(
        sent(&server),
        [
            "https://login.example.com/token none",
            "https://api.example.com/me Bearer first",
            "https://api.example.com/refresh none",
            "https://api.example.com/me Bearer second",
        ]
    );
}

#[test]
fn on_another_device() {
    let server = TestTransport::new();
    let client = Client::builder(Server::Default).transport(server.clone()).build().unwrap();
    let flow = client.device_flow(program()).unwrap();
    server.respond(TestResponse::json(
        r#"{"device_code": "d", "user_code": "u", "verification_uri": "https://login.example.com", "expires_in": 60}"#,
    ));
    server.respond(issued("first"));
    let device = block_on(flow.start()).unwrap();
    let tokens = block_on(flow.wait(&device)).unwrap();
    assert_eq!(call_as_user(&server, &client, &tokens).unwrap(), "Ann");
    assert_eq!(
        sent(&server)[..2],
        ["https://api.example.com/device none", "https://api.example.com/token none"]
    );
}

#[test]
fn a_builder_takes_a_refresh_token() {
    let server = TestTransport::new();
    let builder = Client::builder(Server::Default).refresh_token(RefreshToken::new(program(), "stored"));
    let client = builder.transport(server.clone()).build().unwrap();
    server.respond(issued("first"));
    server.respond(TestResponse::json(r#""Ann""#));
    assert_eq!(block_on(client.me().get_me()).unwrap(), "Ann");
    assert!(server.requests()[0].text().starts_with("grant_type=refresh_token&refresh_token=stored"));
}
