//! `POST /v1/accounts/{id}/disconnect`

use serde_json::json;
use social_apis::Error;
use social_apis::insightiq::types::AccountStatus;

use crate::support::{
    ACCOUNT_ID, REQUEST_ID, Response, Server, account, disconnect, found, insightiq, with,
};

#[tokio::test]
async fn disconnecting_sends_the_empty_object_and_reads_the_summary() -> Result<(), Error> {
    let server = Server::play([(disconnect(), found(account()))]);
    let account = insightiq(&server)?
        .accounts()
        .disconnect(ACCOUNT_ID)
        .await?;
    assert_eq!(account.id.to_string(), ACCOUNT_ID);
    assert!(
        account
            .created_at
            .to_string()
            .starts_with("2021-12-13T07:54:41.078254"),
        "{}",
        account.created_at
    );
    assert!(
        account
            .updated_at
            .to_string()
            .starts_with("2022-03-29T17:47:45.428046"),
        "{}",
        account.updated_at
    );
    assert_eq!(
        account.user.id.to_string(),
        "ac0d5da5-f8c1-4139-8945-825986da9c1e"
    );
    assert_eq!(account.user.name, "Chris Evans");
    assert_eq!(
        account.work_platform.id.to_string(),
        "9bb8913b-ddd9-430b-a66a-d74d846e6c66"
    );
    assert_eq!(account.work_platform.name, "Instagram");
    assert_eq!(
        account.work_platform.logo_url,
        "https://cdn.insightiq.ai/platforms_logo/logos/logo_instagram.png"
    );
    assert_eq!(account.status, AccountStatus::NotConnected);
    Ok(())
}

#[tokio::test]
async fn the_response_has_all_that_came() -> Result<(), Error> {
    let text = account().to_string();
    let server = Server::play([(disconnect(), found(&text).header("x-trace", "abc"))]);
    let response = insightiq(&server)?
        .accounts()
        .disconnect(ACCOUNT_ID)
        .send()
        .await?;
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(response.request_id(), Some(REQUEST_ID));
    assert_eq!(
        response
            .headers()
            .get("x-trace")
            .and_then(|value| value.to_str().ok()),
        Some("abc")
    );
    assert_eq!(response.body().as_ref(), text.as_bytes());
    assert_eq!(response.attempts(), 1);
    assert_eq!(response.value().user.name, "Chris Evans");
    assert_eq!(response.into_value().status, AccountStatus::NotConnected);
    Ok(())
}

#[tokio::test]
async fn a_response_without_request_id_is_as_good() -> Result<(), Error> {
    let server = Server::play([(disconnect(), Response::json(200, account()))]);
    let response = insightiq(&server)?
        .accounts()
        .disconnect(ACCOUNT_ID)
        .send()
        .await?;
    assert_eq!(response.request_id(), None);
    Ok(())
}

#[tokio::test]
async fn a_status_that_is_not_listed_is_kept() -> Result<(), Error> {
    let response = with(account(), "/status", json!("PAUSED"));
    let server = Server::play([(disconnect(), found(&response))]);
    let account = insightiq(&server)?
        .accounts()
        .disconnect(ACCOUNT_ID)
        .await?;
    assert_eq!(account.status, AccountStatus::Unknown("PAUSED".to_owned()));
    assert_eq!(
        serde_json::to_value(&account).expect("encodes")["status"],
        "PAUSED"
    );
    Ok(())
}

#[tokio::test]
async fn every_listed_status_has_its_variant() -> Result<(), Error> {
    let listed = [
        ("CONNECTED", AccountStatus::Connected),
        ("NOT_CONNECTED", AccountStatus::NotConnected),
        ("SESSION_EXPIRED", AccountStatus::SessionExpired),
    ];
    for (word, status) in listed {
        let server = Server::play([(disconnect(), found(with(account(), "/status", json!(word))))]);
        assert_eq!(
            insightiq(&server)?
                .accounts()
                .disconnect(ACCOUNT_ID)
                .await?
                .status,
            status
        );
    }
    Ok(())
}

#[tokio::test]
async fn members_that_the_document_does_not_know_do_no_harm() -> Result<(), Error> {
    let response = with(
        with(account(), "/new", json!({"deep": [1, {}]})),
        "/user/new",
        json!(null),
    );
    let server = Server::play([(disconnect(), found(response))]);
    assert_eq!(
        insightiq(&server)?
            .accounts()
            .disconnect(ACCOUNT_ID)
            .await?
            .user
            .name,
        "Chris Evans"
    );
    Ok(())
}
