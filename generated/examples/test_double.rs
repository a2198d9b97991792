//! Calls a server that exists in this program only, as a unit test does:
//!
//! ```sh
//! cargo run --package social-apis --features testing --example test_double
//! ```

use social_apis::insightiq::types::Profile;
use social_apis::insightiq::{Client, Server};
use social_apis::testing::{TestResponse, TestTransport, block_on};

fn main() -> Result<(), social_apis::Error> {
    let server = TestTransport::new();
    server.respond(TestResponse::status(503));
    server.respond(TestResponse::value(&Profile::sample().full_name("Ada")));
    println!("{}", name(&server)?);
    for request in server.requests() {
        println!("{} {}", request.method(), request.path_and_query());
    }
    Ok(())
}

/// The name in the profile that the server responds with. Waits between attempts take no time with such a server.
pub(crate) fn name(server: &TestTransport) -> Result<String, social_apis::Error> {
    let client = Client::builder(Server::Sandbox)
        .basic_auth("id", "secret")
        .transport(server.clone())
        .build()?;
    let profile = block_on(client.profiles().get("42"))?;
    Ok(profile.full_name.unwrap_or_default())
}
