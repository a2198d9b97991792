//! Gets a profile and prints whose it is:
//!
//! ```sh
//! INSIGHTIQ_ID=… INSIGHTIQ_SECRET=… cargo run --package social-apis --example call PROFILE
//! ```

use std::env;
use std::error::Error;

use social_apis::insightiq::{Client, Server};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder(Server::Sandbox)
        .basic_auth(env::var("INSIGHTIQ_ID")?, env::var("INSIGHTIQ_SECRET")?)
        .build()?;
    let id = env::args().nth(1).ok_or("name a profile")?;
    println!("{}", headline(&client, &id).await?);
    Ok(())
}

/// The name of a profile's owner, and on which platform the profile is.
pub(crate) async fn headline(client: &Client, id: &str) -> Result<String, social_apis::Error> {
    let profile = client.profiles().get(id).await?;
    let name = profile.full_name.as_deref().unwrap_or("somebody");
    Ok(format!("{name} on {}", profile.work_platform.name))
}
