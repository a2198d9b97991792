//! Tokens come from below the server's URL, wherever the server is.

use clients::ClientCredentials;
use clients::oauth::RefreshToken;
use clients::relative::Client;

use super::server::Server;

#[test]
fn a_token_url_is_resolved_against_the_url_of_the_server() {
    let server = Server::new(&[
        (
            "POST /api/v1/token",
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 25\r\n\r\n{\"access_token\": \"abcde\"}",
        ),
        (
            "GET /api/v1/users/me",
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5\r\n\r\n\"Ann\"",
        ),
    ]);
    let token = RefreshToken::new(ClientCredentials::public("my-program"), "stored");
    let client = Client::builder(format!("{}/api/v1", server.url)).refresh_token(token).build().unwrap();
    assert_eq!(client.users().get_me().send_blocking().unwrap().into_value(), "Ann");
}
