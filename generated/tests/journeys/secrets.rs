//! No secret shows in anything that can be printed.

use std::error::Error as _;
use std::fmt::Debug;

use serde_json::json;
use social_apis::workspaces::types::{FacebookAccount, IgAccount};
use social_apis::{BaseUrl, Error, Secret, insightiq, workspaces};

use crate::support::{
    PROFILE_ID, Response, Server, create, get_profile, insightiq, insightiq_at, profile, workspaces,
};

/// Every secret of these tests, with the forms in which it goes over the wire.
const SECRETS: [&str; 6] = [
    "p@55w0rd",
    "ZGVtbzpwQDU1dzByZA",
    "TOKEN_FETCHED_FROM_SERVER",
    "hunter2",
    "fb-secret",
    "ig-secret",
];

fn clean(what: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

fn debug(what: &str, value: &impl Debug) {
    clean(what, &format!("{value:?}"));
    clean(what, &format!("{value:#?}"));
}

/// The error, everything under it, and both ways to print them.
fn error(what: &str, error: &Error) {
    debug(what, error);
    clean(what, &error.to_string());
    let mut source = error.source();
    while let Some(cause) = source {
        debug(what, &cause);
        clean(what, &cause.to_string());
        source = cause.source();
    }
}

fn facebook_account() -> FacebookAccount {
    FacebookAccount::new("fb-secret", "fb-uid")
}

fn ig_account() -> IgAccount {
    IgAccount::new("id", "username", "https://example.test/p.png", "ig-secret")
}

const SENT: &str = concat!(
    r#"{"facebook_account":{"fb_token":"fb-secret","fb_uid":"fb-uid"},"ig_accounts":[{"id":"id","#,
    r#""username":"username","profile_picture_url":"https://example.test/p.png","fb_token":"ig-secret"}]}"#,
);

#[test]
fn a_secret_is_not_printed() {
    let secret = Secret::from("hunter2");
    debug("a secret", &secret);
    debug("secrets in a list", &vec![Some(secret)]);
}

#[test]
fn builders_and_clients_are_not_telling() -> Result<(), Error> {
    let builder =
        insightiq::Client::builder(insightiq::Server::Sandbox).basic_auth("demo", "p@55w0rd");
    debug("a builder", &builder);
    let client = builder.build()?;
    debug("a client", &client);
    debug("a handle", &client.profiles());
    let url: BaseUrl = "https://example.test".parse()?;
    let builder = workspaces::Client::builder(url).token("TOKEN_FETCHED_FROM_SERVER");
    debug("a builder", &builder);
    let client = builder.build()?;
    debug("a client", &client);
    debug("a handle", &client.instagram_accounts());
    Ok(())
}

#[test]
fn requests_and_calls_are_not_telling() -> Result<(), Error> {
    debug("a request type", &facebook_account());
    debug("a request type", &ig_account());
    let client = workspaces::Client::builder("https://example.test")
        .token("hunter2")
        .build()?;
    let call = client
        .instagram_accounts()
        .create(facebook_account())
        .ig_accounts(vec![ig_account()]);
    debug("a call", &call);
    debug("a call", &client.instagram_accounts().delete(7));
    let client = insightiq_at("https://example.test")?;
    debug("a call", &client.profiles().get(PROFILE_ID));
    Ok(())
}

#[tokio::test]
async fn responses_are_not_telling() -> Result<(), Error> {
    let server = Server::play([
        (
            get_profile(),
            Response::json(200, profile()).header("set-cookie", "session=hunter2"),
        ),
        (create(SENT), Response::json(200, json!({"success": true}))),
    ]);
    debug(
        "a response",
        &insightiq(&server)?
            .profiles()
            .get(PROFILE_ID)
            .send()
            .await?,
    );
    let accounts = vec![ig_account()];
    let call = workspaces(&server)?
        .instagram_accounts()
        .create(facebook_account())
        .ig_accounts(accounts);
    debug("a response", &call.send().await?);
    Ok(())
}

#[tokio::test]
async fn errors_are_not_telling() -> Result<(), Error> {
    let responses = [
        Response::json(401, json!({"error": "Unauthorized"})).header("set-cookie", "session=hunter2"),
        Response::text(404, "text/html", "<p>Not here</p>"),
        Response::json(422, json!({"errors": ["is invalid"]})),
        Response::json(200, json!({"success": {}})),
        Response::empty(302).header(
            "location",
            "https://user:hunter2@example.test/?token=hunter2",
        ),
        Response::json(200, json!({"success": true})).cut_after(3),
    ];
    for response in responses {
        let server = Server::play([(create(SENT), response)]);
        let accounts = vec![ig_account()];
        let failed = workspaces(&server)?
            .instagram_accounts()
            .create(facebook_account())
            .ig_accounts(accounts)
            .await
            .expect_err("no success");
        error("an error", &failed);
    }
    let nobody = insightiq_at("http://127.0.0.1:1")?;
    let failed = nobody
        .profiles()
        .get(PROFILE_ID)
        .without_retry()
        .await
        .expect_err("nobody listens");
    error("a connect error", &failed);
    Ok(())
}

#[test]
fn a_credential_that_cannot_be_sent_is_refused_without_being_shown() {
    let tokens = [
        "Bearer hunter2",
        "bearer hunter2",
        "",
        "hunter2\r\nX: y",
        "hunter2\n",
        "hunter2\0",
    ];
    for token in tokens {
        let builder = workspaces::Client::builder("https://example.test").token(token);
        let refused = builder.build().expect_err("refused");
        error("a refused token", &refused);
    }
    // A colon would move the border between name and password.
    let builder =
        insightiq::Client::builder(insightiq::Server::Staging).basic_auth("de:mo", "hunter2");
    error("a refused name", &builder.build().expect_err("refused"));
}

#[test]
fn a_base_url_with_a_password_does_not_show_it() {
    match "https://user:hunter2@example.test".parse::<BaseUrl>() {
        Ok(url) => debug("a base URL", &url),
        Err(refused) => error("a refused base URL", &refused),
    }
}
