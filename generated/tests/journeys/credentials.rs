//! Where credentials come from, and whose they are.

use std::error::Error as StdError;
use std::process::Command;

use social_apis::testing::{TestResponse, TestTransport, block_on};
use social_apis::transport::BoxFuture;
use social_apis::workspaces::Client;
use social_apis::{Credential, Error, Token, TokenProvider, insightiq};

const DELETED: &str = r#"{"success": true, "instagram_account_id": 7}"#;

fn client(server: &TestTransport) -> Client {
    let base = "https://example.test";
    let builder = Client::builder(base).token("of-the-client");
    builder.transport(server.clone()).build().unwrap()
}

#[test]
fn one_client_serves_several_tenants() {
    let server = TestTransport::new();
    let client = client(&server);
    (0..3).for_each(|_| server.respond(TestResponse::json(DELETED)));
    let tenant = client.with_token("of-a-tenant").unwrap();
    let accounts = tenant.instagram_accounts();
    drop(block_on(accounts.delete(7)).unwrap());
    let call = client.instagram_accounts().delete(7);
    let call = call.with_credential("token", Credential::secret("of-a-call"));
    drop(block_on(call).unwrap());
    drop(block_on(client.instagram_accounts().delete(7)).unwrap());
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("authentication").unwrap().to_owned())
        .collect();
    assert_eq!(
        sent,
        ["Bearer of-a-tenant", "Bearer of-a-call", "Bearer of-the-client"]
    );
}

struct Vault;

impl TokenProvider for Vault {
    fn token(&self) -> BoxFuture<'_, Result<Token, Box<dyn StdError + Send + Sync>>> {
        Box::pin(async { Ok(Token::new("from-the-vault")) })
    }
}

#[test]
fn a_provider_is_asked_when_it_is_needed() {
    let server = TestTransport::new();
    server.respond(TestResponse::json(DELETED));
    let client = Client::builder("https://example.test")
        .token_provider(Vault)
        .transport(server.clone())
        .build()
        .unwrap();
    drop(block_on(client.instagram_accounts().delete(7)).unwrap());
    let requests = server.requests();
    assert_eq!(
        requests[0].header("authentication"),
        Some("Bearer from-the-vault")
    );
}

/// The environment of a process cannot be changed safely from within, so this looks at it in a process of its own.
#[test]
fn in_the_environment_of_another_process() {
    if std::env::var_os("JOURNEY_CREDENTIALS").is_none() {
        return;
    }
    let built = |result: Result<insightiq::Client, Error>| match result {
        Ok(_) => println!("built"),
        Err(error) => println!("{error}"),
    };
    let server = || insightiq::Client::builder(insightiq::Server::Sandbox);
    let transport = TestTransport::new();
    built(
        server()
            .transport(transport.clone())
            .credentials_from_env()
            .build(),
    );
    // Nothing is read unless it is asked for.
    let silent = server().transport(transport).build().unwrap();
    println!(
        "{}",
        block_on(silent.profiles().get("x")).unwrap_err().kind()
    );
}

#[test]
fn credentials_of_the_environment() {
    let run = |set: &[(&str, &str)]| {
        let output = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "credentials::in_the_environment_of_another_process",
                "--nocapture",
            ])
            .env("JOURNEY_CREDENTIALS", "1")
            .env_remove("INSIGHTIQ_USERNAME")
            .env_remove("INSIGHTIQ_PASSWORD")
            .envs(set.iter().copied())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let both = run(&[
        ("INSIGHTIQ_USERNAME", "demo"),
        ("INSIGHTIQ_PASSWORD", "hunter2"),
    ]);
    assert!(
        both.contains("built\na credential is missing\n"),
        "{both}"
    );
    let half = run(&[("INSIGHTIQ_PASSWORD", "hunter2")]);
    assert!(
        half.contains("the environment variable `INSIGHTIQ_USERNAME` is not set"),
        "{half}"
    );
    assert!(!half.contains("hunter2"));
    let none = run(&[]);
    assert!(
        none.contains("set `INSIGHTIQ_USERNAME` and `INSIGHTIQ_PASSWORD`"),
        "{none}"
    );
}
