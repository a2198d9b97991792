//! Gives an Instagram account another name in the workspace:
//!
//! ```sh
//! WORKSPACE_URL=https://… WORKSPACE_TOKEN=… cargo run --package social-apis --example send ACCOUNT NAME
//! ```

use std::env;
use std::error::Error;

use social_apis::Call;
use social_apis::workspaces::Client;
use social_apis::workspaces::types::{InstagramAccount, InstagramAccountUpdate};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = env::var("WORKSPACE_URL")?;
    let token = env::var("WORKSPACE_TOKEN")?;
    let client = Client::builder(url.as_str()).token(token).build()?;
    let mut arguments = env::args().skip(1);
    let id = arguments.next().ok_or("give the account's id")?.parse()?;
    let name = arguments.next().ok_or("give a name")?;
    println!("{:#?}", rename(&client, id, &name).await?);
    Ok(())
}

/// Changes the name of an account. Its teams are left as they are, which the API writes as `"team_ids": null`.
pub(crate) fn rename(client: &Client, id: i64, name: &str) -> Call<InstagramAccount> {
    let update = InstagramAccountUpdate::new(None).nickname(name);
    client.instagram_accounts().update(id, update)
}
