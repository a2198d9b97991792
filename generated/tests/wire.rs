// @generated from ../spec/insightiq.yaml, ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/wire.rs). Do not edit.
//! The request of each operation's example, and the value that its response is decoded to.
#![cfg(all(feature = "insightiq", feature = "workspaces", feature = "testing"))]
#![allow(
    deprecated,
    unused_imports,
    reason = "the description decides what is deprecated and what has inputs"
)]

use social_apis::testing::Wire;

#[test]
fn wire_is_current() {
    let mut wire = Wire::new();
    insightiq::add_to(&mut wire);
    workspaces::add_to(&mut wire);
    wire.check(concat!(env!("CARGO_MANIFEST_DIR"), "/wire.txt"));
}

mod insightiq {
    use social_apis::testing::{TestTransport, Wire, value};
    fn client(server: &TestTransport) -> social_apis::insightiq::Client {
        social_apis::insightiq::Client::builder("https://api.example.test")
            .basic_auth("user", "secret")
            .allow_http()
            .transport(server.clone())
            .build()
            .expect("a client")
    }
    pub(super) fn add_to(wire: &mut Wire) {
        let server = social_apis::insightiq::examples::server();
        let client = client(&server);
        wire.add(
            "insightiq: accounts.disconnect",
            &server,
            client
                .accounts()
                .disconnect(value::<String>(r#""f5e89cea-18b6-4479-a4dd-64a48217e759""#)),
        );
        wire.add(
            "insightiq: profiles.get",
            &server,
            client
                .profiles()
                .get(value::<String>(r#""9bd39495-ad21-40f7-a8a6-9c8cf9d6a822""#)),
        );
    }
}

mod workspaces {
    use social_apis::testing::{TestTransport, Wire, value};
    fn client(server: &TestTransport) -> social_apis::workspaces::Client {
        social_apis::workspaces::Client::builder("https://api.example.test")
            .token("secret")
            .allow_http()
            .transport(server.clone())
            .build()
            .expect("a client")
    }
    pub(super) fn add_to(wire: &mut Wire) {
        let server = social_apis::workspaces::examples::server();
        let client = client(&server);
        wire.add(
            "workspaces: instagram_accounts.create",
            &server,
            client
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
                ),
        );
        wire.add(
            "workspaces: instagram_accounts.update",
            &server,
            client
                .instagram_accounts()
                .update(
                    value::<i64>("1"),
                    value::<
                        social_apis::workspaces::types::InstagramAccountUpdate,
                    >(r#"{"nickname":"NICKNAME","team_ids":[1]}"#),
                ),
        );
        wire.add(
            "workspaces: instagram_accounts.delete",
            &server,
            client.instagram_accounts().delete(value::<i64>("1")),
        );
    }
}
