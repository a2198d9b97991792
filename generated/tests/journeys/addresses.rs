//! Where requests go: path values, base paths, connections.

use social_apis::Error;

use crate::support::{
    PROFILE_ID, Server, disconnect, found, get_profile, insightiq, insightiq_at, profile, status,
    workspaces,
};

#[tokio::test]
async fn path_values_are_encoded() -> Result<(), Error> {
    let values = [
        ("a/b", "a%2Fb"),
        ("a b", "a%20b"),
        ("a?b=c#d", "a%3Fb%3Dc%23d"),
        ("100%", "100%25"),
        ("%2e%2e", "%252e%252e"),
        ("über", "%C3%BCber"),
        ("a\\..\\b", "a%5C..%5Cb"),
        ("...", "..."),
        ("a-b_c~d.e", "a-b_c~d.e"),
        ("{id}", "%7Bid%7D"),
        ("a\r\nx: y", "a%0D%0Ax%3A%20y"),
    ];
    for (value, encoded) in values {
        let target = format!("/v1/profiles/{encoded}");
        let server = Server::play([(get_profile().at(&target), found(profile()))]);
        insightiq(&server)?.profiles().get(value).await?;
    }
    Ok(())
}

#[tokio::test]
async fn path_values_that_would_change_the_path_are_refused() -> Result<(), Error> {
    let server = Server::play([]);
    let client = insightiq(&server)?;
    for value in ["", ".", ".."] {
        for error in [
            client.profiles().get(value).await.expect_err("refused"),
            client
                .accounts()
                .disconnect(value)
                .await
                .expect_err("refused"),
        ] {
            assert_eq!(status(&error), None);
            assert_eq!(error.attempts(), 0);
            assert!(!error.maybe_applied(), "nothing was sent");
            assert!(error.to_string().contains("id"), "{error}");
        }
    }
    assert!(server.seen().is_empty());
    Ok(())
}

#[tokio::test]
async fn the_path_of_the_base_url_is_kept() -> Result<(), Error> {
    for base in ["", "/", "/proxy", "/proxy/", "/a/b%20c/"] {
        let joined = base.trim_end_matches('/');
        let server = Server::play([
            (
                get_profile().at(&format!("{joined}/v1/profiles/{PROFILE_ID}")),
                found(profile()),
            ),
            (
                disconnect().at(&format!("{joined}/v1/accounts/x/disconnect")),
                found(crate::support::account()),
            ),
        ]);
        let client = insightiq_at(&format!("{}{base}", server.url()))?;
        client.profiles().get(PROFILE_ID).await?;
        client.accounts().disconnect("x").await?;
    }
    Ok(())
}

#[tokio::test]
async fn anything_that_displays_is_a_path_value() -> Result<(), Error> {
    let server = Server::play([
        (get_profile(), found(profile())),
        (get_profile(), found(profile())),
    ]);
    let client = insightiq(&server)?;
    let profile = client.profiles().get(PROFILE_ID.to_owned()).await?;
    client.profiles().get(profile.id).await?;
    Ok(())
}

#[tokio::test]
async fn a_client_and_its_clones_share_their_connections() -> Result<(), Error> {
    let server = Server::play([
        (get_profile(), found(profile())),
        (disconnect(), found(crate::support::account())),
        (get_profile(), found(profile())),
    ]);
    let client = insightiq(&server)?;
    client.profiles().get(PROFILE_ID).await?;
    client
        .clone()
        .accounts()
        .disconnect(crate::support::ACCOUNT_ID)
        .await?;
    client.clone().profiles().get(PROFILE_ID).await?;
    assert_eq!(server.connections(), 1);
    Ok(())
}

#[tokio::test]
async fn nothing_is_sent_before_a_call_is_awaited() -> Result<(), Error> {
    let server = Server::play([]);
    let call = workspaces(&server)?.instagram_accounts().delete(7);
    drop(call);
    assert!(server.seen().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_call_has_its_own_headers_and_query_parameters() -> Result<(), Error> {
    let target = format!("/v1/profiles/{PROFILE_ID}?verbose=a%26b&verbose=1");
    let expect = get_profile().at(&target).header("x-tenant", "7");
    let server = Server::play([(expect, found(profile()))]);
    let client = insightiq(&server)?;
    let call = client
        .profiles()
        .get(PROFILE_ID)
        .with_header("x-tenant", "7");
    call.with_query("verbose", "a&b")
        .with_query("verbose", "1")
        .await?;
    for (name, value) in [
        ("x-tenant", "7\r\nx-admin: 1"),
        ("x tenant", "7"),
        ("", "7"),
    ] {
        let call = client.profiles().get(PROFILE_ID).with_header(name, value);
        let error = call.await.expect_err("refused");
        assert_eq!(
            (status(&error), error.attempts()),
            (None, 0),
            "{name:?}: {value:?}"
        );
    }
    Ok(())
}

#[test]
fn a_base_url_that_is_none_is_refused() {
    for url in [
        "",
        "example.test",
        "ftp://example.test",
        "http://",
        "https://example.test/?a=b",
        "/v1",
        "http://exa mple",
    ] {
        assert!(insightiq_at(url).is_err(), "{url:?}");
    }
}

#[test]
fn plain_http_is_for_loopback_unless_it_is_allowed() -> Result<(), Error> {
    use social_apis::insightiq::{Client, Server};
    assert!(insightiq_at("http://example.test").is_err());
    assert!(insightiq_at("http://localhost:8080").is_ok());
    assert!(insightiq_at("http://[::1]:8080").is_ok());
    assert!(insightiq_at("http://127.0.0.1.example.test").is_err());
    Client::builder(Server::custom("http://example.test")?)
        .basic_auth("demo", "p@55w0rd")
        .allow_http()
        .build()?;
    Ok(())
}
