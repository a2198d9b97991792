//! Pagination by links.

use super::*;

#[test]
fn links_are_followed_within_the_origin_only() {
    let server = serve(&[
        r#"{"data": [1], "next": "?page=2"}"#,
        r#"{"data": [2], "next": "../more?page=3"}"#,
        r#"{"data": [3], "next": "https://API.example.com:443/other//x?page=4#top"}"#,
        r#"{"data": [4], "next": "//api.example.com//five"}"#,
        r#"{"data": [5], "next": "https://evil.example/?token=hunter2"}"#,
    ]);
    let call = by_link(&server).with_query("q", "x");
    let mut walk = call.items();
    let (found, error) = items(&mut walk);
    assert_eq!(found, [1, 2, 3, 4, 5]);
    assert_eq!(
        paths(&server),
        [
            "/base/things/7?q=x",
            "/base/things/7?page=2",
            "/base/more?page=3",
            "/other//x?page=4",
            "//five",
        ]
    );
    for request in server.requests() {
        assert_eq!(
            request.uri().host().map(str::to_lowercase).as_deref(),
            Some("api.example.com")
        );
        assert!(request.header("authentication").is_some());
    }
    let error = error.unwrap();
    assert_eq!(
        error.to_string(),
        "things.list: 200 OK: the next page cannot be requested: the next page is at https://evil.example, which must \
         not receive the credential (1 attempt)"
    );
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[test]
fn links_of_the_header_are_followed() {
    let server = TestTransport::new();
    let links = r#"</first>; rel="first", <?page=2>; rel="next""#;
    server.respond(TestResponse::json("[1]").header("link", links));
    server.respond(TestResponse::json("[2]").header("link", r#"</first>; rel="first""#));
    let call = ByHeader(things(&client(&server)).json());
    assert_eq!(items(&mut call.items()).0, [1, 2]);
    assert_eq!(paths(&server), ["/base/things/7", "/base/things/7?page=2"]);
    // Only the property in the description counts.
    let server = TestTransport::new();
    server.respond(TestResponse::json(r#"{"data": [1], "next": null}"#).header("link", links));
    assert_eq!(items(&mut by_link(&server).items()).0, [1]);
}

#[test]
fn a_link_that_is_none_is_an_error() {
    for next in ["javascript:alert(1)", "https://", "\\\\\\\\evil.example"] {
        let server = serve(&[&format!(r#"{{"next": "{next}"}}"#)]);
        let (found, error) = pages(&mut by_link(&server).pages());
        assert_eq!(found.len(), 1);
        assert_eq!(error.unwrap().kind(), ErrorKind::Pagination, "{next}");
    }
}

#[test]
fn a_credential_in_a_link_is_neither_kept_nor_sent_twice() {
    static KEYED: crate::Api = crate::Api {
        security: &[&["key"]],
        ..API
    };
    let server = serve(&[
        r#"{"next": "/things?api_key=s3cret-key&page=2&api%5Fkey=s3cret-key"}"#,
        "{}",
    ]);
    let client = crate::ClientBuilder::new(&KEYED, crate::BaseUrl::described("https://h.example"))
        .credential("key", crate::Credential::secret("s3cret-key"))
        .transport(server.clone())
        .build()
        .unwrap();
    let mut walk = ByLink(things(&client).json()).pages();
    block_on(walk.next());
    assert_eq!(walk.token(), "things.list:link:0:0:/things?page=2");
    block_on(walk.next());
    assert_eq!(
        server.requests()[1].path_and_query(),
        "/things?page=2&api_key=s3cret-key"
    );
}

#[test]
fn a_token_leads_to_the_same_path_on_another_host() {
    let server = serve(&["{}"]);
    let walk = by_link(&server).pages();
    let mut walk = walk.resume("things.list:link:0:0://evil.example/x?page=2");
    block_on(walk.next());
    let requests = server.requests();
    let uri = requests[0].uri();
    assert_eq!(
        uri.to_string(),
        "https://api.example.com//evil.example/x?page=2"
    );
}
