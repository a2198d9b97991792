// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/examples.rs). Do not edit.
//! The examples of the description.
#![cfg(all(feature = "workspaces", feature = "testing"))]
#![allow(
    deprecated,
    unused_imports,
    reason = "the description decides what is deprecated and what has examples"
)]

use social_apis::testing::{TestTransport, round_trip, sends, value};

fn client(server: &TestTransport) -> social_apis::workspaces::Client {
    social_apis::workspaces::Client::builder("https://api.example.test")
        .token("secret")
        .allow_http()
        .transport(server.clone())
        .build()
        .expect("a client")
}

#[test]
fn instagram_accounts_create_2xx_sample() {
    round_trip::<
        social_apis::workspaces::types::CreateResult,
    >(
        r#"{"success":false,"ig_accounts":[],"message":["Instagram account IG_NAME not connected. To connect this social media account to your Workspace, you must first remove it from your Personal accounts"]}"#,
    );
}

#[test]
fn instagram_accounts_update_2xx_sample() {
    round_trip::<
        social_apis::workspaces::types::InstagramAccount,
    >(
        r#"{"id":1,"ig_user_name":"USER NAME","ig_profile_picture_url":"PROFILE PICTURE URL","nickname":"NICKNAME","teams_count":1}"#,
    );
}

#[test]
fn instagram_accounts_delete_2xx_sample() {
    round_trip::<
        social_apis::workspaces::types::DeleteResult,
    >(r#"{"success":true,"instagram_account_id":1}"#);
}

#[test]
fn instagram_accounts_create_sends() {
    let server = TestTransport::new();
    let client = client(&server);
    let call = client
        .instagram_accounts()
        .create(
            value::<
                social_apis::workspaces::types::FacebookAccount,
            >(
                r#"{"fb_token":"FB_TOKEN","fb_uid":"FB_UID","location":"personalSettingsPage"}"#,
            ),
        )
        .ig_accounts(
            value::<
                Vec<social_apis::workspaces::types::IgAccount>,
            >(
                r#"[{"id":"IG_ACCOUNT_UID","username":"Ov_dev_sl_2","profile_picture_url":"https://scontent-iad3-1.xx.fbcdn.net/v/t39.30808-1/344871424_1571948339950824_3238105955092709413_n.png?stp=cp0_dst-png_p50x50&_nc_cat=111&ccb=1-7&_nc_sid=dbb9e7&_nc_ohc=nbK0WSHJcMkAX8hTPGc&_nc_ht=scontent-iad3-1.xx&edm=AGaHXAAEAAAA&oh=00_AfAYv8ssm2oogVS5zx2wxwFEwMQcYfDotdUQNct5apnzpg&oe=6457D34B","fb_token":"ACCESS_TOKEN"}]"#,
            ),
        );
    sends(
        &server,
        call,
        "POST",
        Some(
            r#"{"facebook_account":{"fb_token":"FB_TOKEN","fb_uid":"FB_UID","location":"personalSettingsPage"},"ig_accounts":[{"id":"IG_ACCOUNT_UID","username":"Ov_dev_sl_2","profile_picture_url":"https://scontent-iad3-1.xx.fbcdn.net/v/t39.30808-1/344871424_1571948339950824_3238105955092709413_n.png?stp=cp0_dst-png_p50x50&_nc_cat=111&ccb=1-7&_nc_sid=dbb9e7&_nc_ohc=nbK0WSHJcMkAX8hTPGc&_nc_ht=scontent-iad3-1.xx&edm=AGaHXAAEAAAA&oh=00_AfAYv8ssm2oogVS5zx2wxwFEwMQcYfDotdUQNct5apnzpg&oe=6457D34B","fb_token":"ACCESS_TOKEN"}]}"#,
        ),
    );
}

#[test]
fn instagram_accounts_update_sends() {
    let server = TestTransport::new();
    let client = client(&server);
    let call = client
        .instagram_accounts()
        .update(
            value::<i64>("1"),
            value::<
                social_apis::workspaces::types::InstagramAccountUpdate,
            >(r#"{"nickname":"NICKNAME","team_ids":[1]}"#),
        );
    sends(
        &server,
        call,
        "PUT",
        Some(r#"{"instagram_account":{"nickname":"NICKNAME","team_ids":[1]}}"#),
    );
}

#[test]
fn instagram_accounts_delete_sends() {
    let server = TestTransport::new();
    let client = client(&server);
    let call = client.instagram_accounts().delete(value::<i64>("1"));
    sends(&server, call, "DELETE", None);
}
