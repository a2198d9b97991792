//! The programs that the README shows. They are built, not run: their servers are not ours.

use social_apis::Error;

mod reading {
    use social_apis::insightiq::{Client, Server};

    pub(super) async fn program(account_id: &str) -> Result<(), super::Error> {
        let client = Client::builder(Server::Sandbox)
            .basic_auth("demo", "p@55w0rd")
            .build()?;
        let profile = client
            .profiles()
            .get("9bd39495-ad21-40f7-a8a6-9c8cf9d6a822")
            .await?;
        let response = client.accounts().disconnect(account_id).send().await?;
        println!(
            "{:?} {:?} {}",
            profile.full_name,
            response.request_id(),
            response.status()
        );
        println!(
            "{:?} {} {:?}",
            response.headers(),
            response.body().len(),
            response.value()
        );
        println!("{:?}", response.into_value());
        Ok(())
    }
}

mod writing {
    use social_apis::workspaces;
    use workspaces::types::*;

    #[expect(
        unused_must_use,
        reason = "the program leaves out the second half: `into_result()`"
    )]
    pub(super) async fn program() -> Result<(), super::Error> {
        let client = workspaces::Client::builder("https://example.test")
            .token("TOKEN")
            .build()?;
        let created = client
            .instagram_accounts()
            .create(FacebookAccount::new("fb-token", "fb-uid").location(Location::SignUpForm))
            .ig_accounts(vec![IgAccount::new(
                "id",
                "username",
                "https://example.test/p.png",
                "token",
            )])
            .await?
            .into_result()?;
        println!("{created:?}");
        client
            .instagram_accounts()
            .update(7, InstagramAccountUpdate::new(None).nickname("n"))
            .await?;
        client.instagram_accounts().delete(7).await?;
        Ok(())
    }
}

#[test]
fn they_are_built() {
    drop(reading::program("f5e89cea-18b6-4479-a4dd-64a48217e759"));
    drop(writing::program());
}

#[test]
fn every_named_server_gives_a_client() -> Result<(), Error> {
    use social_apis::insightiq::{Client, Server};
    for server in [
        Server::Sandbox,
        Server::Staging,
        Server::custom("http://127.0.0.1:8080")?,
    ] {
        Client::builder(server)
            .basic_auth("demo", "p@55w0rd")
            .build()?;
    }
    Ok(())
}
