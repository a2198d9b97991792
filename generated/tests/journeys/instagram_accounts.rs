//! `POST`, `PUT` and `DELETE` of `/api/v4/workspaces/instagram_accounts`

use serde_json::json;
use social_apis::Error;
use social_apis::workspaces::types::{
    FacebookAccount, IgAccount, InstagramAccountUpdate, Location,
};

use crate::support::{Response, Server, body, create, delete, status, update, workspaces};

const REFUSED: &str = "Instagram account IG_NAME not connected. To connect this social media account to your \
                       Workspace, you must first remove it from your Personal accounts";

fn facebook_account() -> FacebookAccount {
    FacebookAccount::new("fb-token", "fb-uid")
}

#[tokio::test]
async fn creating_sends_all_that_was_given_and_a_success_can_say_no() -> Result<(), Error> {
    let sent = concat!(
        r#"{"facebook_account":{"fb_token":"fb-token","fb_uid":"fb-uid","location":"signUpForm"},"#,
        r#""ig_accounts":[{"id":"id","username":"username","#,
        r#""profile_picture_url":"https://example.test/p.png?a=b&c=\"d\"","fb_token":"token"}]}"#,
    );
    let response = json!({"success": false, "ig_accounts": [], "message": [REFUSED]});
    let server = Server::play([(create(sent), Response::json(200, response))]);
    let created = workspaces(&server)?
        .instagram_accounts()
        .create(facebook_account().location(Location::SignUpForm))
        .ig_accounts(vec![IgAccount::new(
            "id",
            "username",
            "https://example.test/p.png?a=b&c=\"d\"",
            "token",
        )])
        .await?;
    assert_eq!(created.success, Some(false));
    assert_eq!(created.ig_accounts, Some(Vec::new()));
    let error = created.into_result().expect_err("it says no");
    assert!(error.to_string().contains(REFUSED), "{error}");
    Ok(())
}

#[tokio::test]
async fn an_unset_property_is_omitted_and_an_empty_array_is_sent() -> Result<(), Error> {
    let least = r#"{"facebook_account":{"fb_token":"fb-token","fb_uid":"fb-uid"}}"#;
    let empty =
        r#"{"facebook_account":{"fb_token":"fb-token","fb_uid":"fb-uid"},"ig_accounts":[]}"#;
    let server = Server::play([
        (create(least), Response::json(200, json!({"success": true}))),
        (create(empty), Response::json(200, json!({"success": true}))),
    ]);
    let client = workspaces(&server)?;
    let accounts = client.instagram_accounts();
    let created = accounts.create(facebook_account()).await?.into_result()?;
    assert_eq!(created.success, Some(true));
    let call = accounts.create(facebook_account()).ig_accounts(Vec::new());
    assert_eq!(call.await?.into_result()?.success, Some(true));
    Ok(())
}

#[tokio::test]
async fn the_six_places_are_written_as_listed() -> Result<(), Error> {
    let places = [
        (Location::WorkspaceSettingsPage, "workspaceSettingsPage"),
        (Location::SignUpForm, "signUpForm"),
        (Location::GuidedWalkthrough, "guidedWalkthrough"),
        (Location::ProgressMeter, "progressMeter"),
        (Location::PersonalSettingsPage, "personalSettingsPage"),
        (Location::TemplateBranding, "templateBranding"),
    ];
    for (place, word) in places {
        let sent = format!(
            r#"{{"facebook_account":{{"fb_token":"fb-token","fb_uid":"fb-uid","location":"{word}"}}}}"#
        );
        let server = Server::play([(create(&sent), Response::json(200, "{}"))]);
        drop(
            workspaces(&server)?
                .instagram_accounts()
                .create(facebook_account().location(place))
                .await?,
        );
        assert_eq!(word.parse::<Location>().ok(), Some(place));
    }
    assert!(
        "templateBranding.".parse::<Location>().is_err(),
        "the period ends the sentence, not the word"
    );
    Ok(())
}

#[tokio::test]
async fn accounts_of_the_response_are_complete() -> Result<(), Error> {
    let accounts = json!([{"id": 1, "nested": {"a": [null]}}, {}]);
    let response = json!({"success": true, "ig_accounts": accounts});
    let sent = r#"{"facebook_account":{"fb_token":"fb-token","fb_uid":"fb-uid"}}"#;
    let server = Server::play([(create(sent), Response::json(201, response))]);
    let created = workspaces(&server)?
        .instagram_accounts()
        .create(facebook_account())
        .await?
        .into_result()?;
    assert_eq!(
        serde_json::to_value(&created.ig_accounts).expect("encodes"),
        accounts
    );
    Ok(())
}

#[tokio::test]
async fn only_true_is_a_yes() -> Result<(), Error> {
    let sent = r#"{"facebook_account":{"fb_token":"fb-token","fb_uid":"fb-uid"}}"#;
    for response in [
        json!({}),
        json!({"success": null}),
        json!({"success": false}),
        json!({"message": "Try again."}),
    ] {
        let server = Server::play([(create(sent), Response::json(200, &response))]);
        let created = workspaces(&server)?
            .instagram_accounts()
            .create(facebook_account())
            .await?;
        assert!(created.into_result().is_err(), "{response}");
    }
    Ok(())
}

#[tokio::test]
async fn a_message_that_is_a_string_is_a_list_of_one() -> Result<(), Error> {
    let sent = r#"{"facebook_account":{"fb_token":"fb-token","fb_uid":"fb-uid"}}"#;
    let server = Server::play([(
        create(sent),
        Response::json(200, json!({"success": false, "message": "Try again."})),
    )]);
    let created = workspaces(&server)?
        .instagram_accounts()
        .create(facebook_account())
        .await?;
    assert_eq!(created.message, Some(vec!["Try again.".to_owned()]));
    let error = created.into_result().expect_err("it says no");
    let wanted = "instagram_accounts.create: 200 OK: rejected: Try again. (1 attempt)";
    assert_eq!(error.to_string(), wanted);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    Ok(())
}

#[tokio::test]
async fn a_422_is_an_error_whatever_its_body() -> Result<(), Error> {
    let sent = r#"{"facebook_account":{"fb_token":"fb-token","fb_uid":"fb-uid"}}"#;
    let reasons = json!({"errors": {"ig_accounts": ["is invalid"]}});
    let responses = [
        (
            Response::json(422, &reasons),
            reasons.to_string(),
            Some(reasons),
        ),
        (
            Response::text(422, "text/plain", "Could not save"),
            "Could not save".to_owned(),
            None,
        ),
        (
            Response::text(422, "application/json", "{\"errors\":"),
            "{\"errors\":".to_owned(),
            None,
        ),
        (Response::empty(422), String::new(), None),
    ];
    for (response, text, decoded) in responses {
        let server = Server::play([(create(sent), response)]);
        let error = workspaces(&server)?
            .instagram_accounts()
            .create(facebook_account())
            .await
            .expect_err("it was not saved");
        assert_eq!(status(&error), Some(422));
        assert_eq!(body(&error), text);
        assert_eq!(error.api::<serde_json::Value>(), decoded, "{text:?}");
        assert_eq!(error.attempts(), 1);
        assert!(!error.is_retryable());
        let line = error.to_string();
        assert!(
            line.contains("instagram_accounts.create") && line.contains("422"),
            "{line}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn updating_always_writes_the_teams() -> Result<(), Error> {
    let bodies = [
        (
            InstagramAccountUpdate::new(None).nickname("n"),
            r#"{"team_ids":null,"nickname":"n"}"#,
        ),
        (InstagramAccountUpdate::new(None), r#"{"team_ids":null}"#),
        (
            InstagramAccountUpdate::new(Some(Vec::new())),
            r#"{"team_ids":[]}"#,
        ),
        (
            InstagramAccountUpdate::new(Some(vec![1, i64::MAX])),
            r#"{"team_ids":[1,9223372036854775807]}"#,
        ),
        (
            InstagramAccountUpdate::new(Some(vec![1])).nickname(""),
            r#"{"team_ids":[1],"nickname":""}"#,
        ),
    ];
    for (instagram_account, written) in bodies {
        let sent = format!(r#"{{"instagram_account":{written}}}"#);
        let response = json!({
            "id": 1, "ig_user_name": "USER NAME", "ig_profile_picture_url": "PROFILE PICTURE URL",
            "nickname": "NICKNAME", "teams_count": 1,
        });
        let server = Server::play([(update(&sent), Response::json(200, response))]);
        let account = workspaces(&server)?
            .instagram_accounts()
            .update(7, instagram_account)
            .await?;
        assert_eq!(account.id, Some(1));
        assert_eq!(account.ig_user_name.as_deref(), Some("USER NAME"));
        assert_eq!(
            account.ig_profile_picture_url.as_deref(),
            Some("PROFILE PICTURE URL")
        );
        assert_eq!(account.nickname.as_deref(), Some("NICKNAME"));
        assert_eq!(account.teams_count, Some(1));
    }
    Ok(())
}

#[tokio::test]
async fn no_member_of_an_update_is_promised() -> Result<(), Error> {
    let sent = r#"{"instagram_account":{"team_ids":null}}"#;
    for response in [
        json!({}),
        json!({"id": null, "nickname": null, "teams_count": null}),
    ] {
        let server = Server::play([(update(sent), Response::json(202, response))]);
        let account = workspaces(&server)?
            .instagram_accounts()
            .update(7, InstagramAccountUpdate::new(None))
            .await?;
        assert_eq!(
            (account.id, account.nickname, account.teams_count),
            (None, None, None)
        );
    }
    Ok(())
}

#[tokio::test]
async fn deleting_reads_the_sample() -> Result<(), Error> {
    let response = json!({"success": true, "instagram_account_id": 1});
    let server = Server::play([(delete(), Response::json(200, response))]);
    let deleted = workspaces(&server)?
        .instagram_accounts()
        .delete(7)
        .await?
        .into_result()?;
    assert_eq!(deleted.instagram_account_id, Some(1));
    Ok(())
}

#[tokio::test]
async fn deleting_accepts_a_response_without_a_body() -> Result<(), Error> {
    for response in [
        Response::empty(204),
        Response::empty(200),
        Response::json(200, ""),
        Response::json(200, "{}"),
    ] {
        let server = Server::play([(delete(), response)]);
        let response = workspaces(&server)?
            .instagram_accounts()
            .delete(7)
            .send()
            .await?;
        assert!(response.status().is_success());
        let deleted = response.into_value();
        assert_eq!(
            (deleted.success, deleted.instagram_account_id),
            (None, None)
        );
        assert!(
            deleted.into_result().is_err(),
            "a flag that is not there is not true"
        );
    }
    Ok(())
}

#[tokio::test]
async fn ids_are_written_as_they_are() -> Result<(), Error> {
    for id in [0, -1, i64::MAX] {
        let target = format!("/api/v4/workspaces/instagram_accounts/{id}");
        let server = Server::play([(delete().at(&target), Response::empty(204))]);
        drop(workspaces(&server)?.instagram_accounts().delete(id).await?);
    }
    Ok(())
}
