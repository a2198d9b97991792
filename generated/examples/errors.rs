//! Decides by the error whether a profile is missing, whether to try again later, or whether to give up:
//!
//! ```sh
//! INSIGHTIQ_ID=… INSIGHTIQ_SECRET=… cargo run --package social-apis --example errors PROFILE
//! ```

use std::env;

use social_apis::insightiq::types::Profile;
use social_apis::insightiq::{Client, Server};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(Server::Sandbox)
        .basic_auth(env::var("INSIGHTIQ_ID")?, env::var("INSIGHTIQ_SECRET")?)
        .build()?;
    let id = env::args().nth(1).ok_or("name a profile")?;
    println!("{:#?}", find(&client, &id).await?);
    Ok(())
}

/// The profile, or what to do without it. The call was repeated already where that may help.
pub(crate) async fn find(client: &Client, id: &str) -> Result<Profile, String> {
    let advice = |error: social_apis::Error| match error.status() {
        Some(status) if status == 404 => format!("there is no profile `{id}`"),
        _ if error.is_retryable() => format!("try again later: {error}"),
        _ => format!("give up: {error}"),
    };
    client.profiles().get(id).await.map_err(advice)
}
