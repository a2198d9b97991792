//! A redirect may stay at home; a credential never travels, whatever its header's name.

use serde_json::json;
use social_apis::Error;
use social_apis::workspaces::types::{FacebookAccount, InstagramAccountUpdate};

use crate::support::{
    ACCOUNT_ID, PROFILE_ID, Response, Server, create, delete, disconnect, found, get_profile,
    insightiq, profile, status, update, workspaces,
};

const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

fn to(status: u16, location: &str) -> Response {
    Response::empty(status).header("location", location)
}

#[tokio::test]
async fn basic_credentials_do_not_reach_another_origin() -> Result<(), Error> {
    for code in STATUSES {
        let other = Server::play([(get_profile().bare(), found(profile()))]);
        let there = format!("{}/v1/profiles/{PROFILE_ID}", other.url());
        let server = Server::play([
            (get_profile(), to(code, &there)),
            (disconnect(), to(code, &there)),
        ]);
        let client = insightiq(&server)?;
        client.profiles().get(PROFILE_ID).await?;
        let error = client
            .accounts()
            .disconnect(ACCOUNT_ID)
            .await
            .expect_err("it leads away");
        assert_eq!(status(&error), Some(code));
        assert_eq!(other.seen().len(), 1, "a POST stays at home after {code}");
    }
    Ok(())
}

#[tokio::test]
async fn a_token_in_a_header_of_its_own_does_not_reach_another_origin() -> Result<(), Error> {
    for code in STATUSES {
        let other = Server::play([]);
        let there = other.url();
        let server = Server::play([
            (
                create(r#"{"facebook_account":{"fb_token":"t","fb_uid":"u"}}"#),
                to(code, &there),
            ),
            (
                update(r#"{"instagram_account":{"team_ids":null}}"#),
                to(code, &there),
            ),
            (delete(), to(code, &there)),
        ]);
        let client = workspaces(&server)?;
        let accounts = client.instagram_accounts();
        let errors = [
            accounts
                .create(FacebookAccount::new("t", "u"))
                .await
                .expect_err("it leads away"),
            accounts
                .update(7, InstagramAccountUpdate::new(None))
                .await
                .expect_err("it leads away"),
            accounts.delete(7).await.expect_err("it leads away"),
        ];
        for error in errors {
            assert_eq!(status(&error), Some(code));
        }
        assert!(
            other.seen().is_empty(),
            "{code} was followed to another origin"
        );
    }
    Ok(())
}

#[tokio::test]
async fn another_origin_is_known_in_every_notation() -> Result<(), Error> {
    for notation in ["http://{there}/", "HTTP://{there}/", "//{there}/"] {
        let other = Server::play([(get_profile().bare().at("/"), found(profile()))]);
        let there = other.url().replace("http://", "");
        let location = notation.replace("{there}", &there);
        let server = Server::play([(get_profile(), to(307, &location))]);
        insightiq(&server)?.profiles().get(PROFILE_ID).await?;
        assert_eq!(other.seen().len(), 1, "{notation}");
    }
    Ok(())
}

#[tokio::test]
async fn a_redirect_that_hides_where_it_leads_is_not_followed() -> Result<(), Error> {
    for notation in ["http://127.0.0.1@{there}/", "\\\\{there}/"] {
        let other = Server::play([]);
        let there = other.url().replace("http://", "");
        let location = notation.replace("{there}", &there);
        let server = Server::play([(get_profile(), to(307, &location))]);
        let result = insightiq(&server)?.profiles().get(PROFILE_ID).await;
        assert!(result.is_err(), "{notation}");
        assert!(other.seen().is_empty(), "{notation}");
    }
    Ok(())
}

#[tokio::test]
async fn a_get_follows_a_redirect_within_the_origin() -> Result<(), Error> {
    for code in STATUSES {
        let moved = get_profile().at("/v2/profiles/x");
        let server = Server::play([
            (get_profile(), to(code, "/v2/profiles/x")),
            (moved, found(profile())),
        ]);
        let profile = insightiq(&server)?.profiles().get(PROFILE_ID).await?;
        assert_eq!(profile.user.name, "Robert Downey", "{code}");
    }
    Ok(())
}

#[tokio::test]
async fn a_put_keeps_its_method_and_body_within_the_origin() -> Result<(), Error> {
    let sent = r#"{"instagram_account":{"team_ids":[3]}}"#;
    for code in [307, 308] {
        let server = Server::play([
            (update(sent), to(code, "/moved")),
            (
                update(sent).at("/moved"),
                Response::json(200, json!({"id": 7})),
            ),
        ]);
        let account = workspaces(&server)?
            .instagram_accounts()
            .update(7, InstagramAccountUpdate::new(Some(vec![3])))
            .await?;
        assert_eq!(account.id, Some(7));
    }
    Ok(())
}

#[tokio::test]
async fn a_redirect_that_leads_nowhere_is_an_error() -> Result<(), Error> {
    for response in [Response::empty(302), to(302, "http://["), to(304, "/x")] {
        let server = Server::play([(get_profile(), response)]);
        assert!(
            insightiq(&server)?
                .profiles()
                .get(PROFILE_ID)
                .await
                .is_err()
        );
    }
    Ok(())
}
