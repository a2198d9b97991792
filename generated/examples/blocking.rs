//! Removes an Instagram account from the workspace, without an async runtime:
//!
//! ```sh
//! WORKSPACE_URL=https://… WORKSPACE_TOKEN=… cargo run --package social-apis --features blocking --example blocking ACCOUNT
//! ```

use std::env;
use std::error::Error;

use social_apis::workspaces::Client;
use social_apis::workspaces::types::DeleteResult;

fn main() -> Result<(), Box<dyn Error>> {
    let url = env::var("WORKSPACE_URL")?;
    let token = env::var("WORKSPACE_TOKEN")?;
    let client = Client::builder(url.as_str()).token(token).build()?;
    let id = env::args().nth(1).ok_or("give the account's id")?.parse()?;
    println!("{:?}", remove(&client, id)?);
    Ok(())
}

/// Removes an account. A response with `success: false` is an error.
pub(crate) fn remove(client: &Client, id: i64) -> Result<DeleteResult, social_apis::Error> {
    let response = client.instagram_accounts().delete(id).send_blocking()?;
    response.into_value().into_result()
}
