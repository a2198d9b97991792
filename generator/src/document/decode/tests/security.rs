use super::{Read, read_api};
use crate::document::{Location, Requirement, SchemeKind};

#[test]
fn every_kind_of_scheme_is_read() {
    let text = "
components:
  securitySchemes:
    a: {type: http, scheme: Basic}
    b: {type: http, scheme: bearer}
    c: {type: oauth2, flows: {}}
    d: {type: apiKey, in: header, name: Authentication, x-value-prefix: 'Bearer '}
    e: {type: apikey, in: cookie, name: sid}
    f: {type: http, scheme: digest}
    g: {type: mutualTLS}
    h: {type: openIdConnect, openIdConnectUrl: x}
    i: {type: apiKee, in: header, name: x}
    j: {type: apiKey, in: body, name: x}
";
    read_api(text, |read| {
        let kinds: Vec<_> = read
            .document()
            .schemes
            .iter()
            .map(|scheme| (&*scheme.key.text, scheme.kind))
            .collect();
        let key = |location, name, prefix| SchemeKind::ApiKey {
            location,
            name,
            prefix,
        };
        assert_eq!(
            kinds,
            [
                ("a", SchemeKind::Basic),
                ("b", SchemeKind::Bearer),
                ("c", SchemeKind::Bearer),
                ("d", key(Location::Header, "Authentication", "Bearer ")),
                ("e", key(Location::Cookie, "sid", "")),
                ("f", SchemeKind::Other),
                ("h", SchemeKind::Bearer),
            ]
        );
        assert_eq!(
            read.messages,
            [
                "warning SW0205 10: `apikey` is read as `apiKey`",
                "warning SW0208 11: the scheme `digest` is not supported: the caller passes the whole value of \
                 `Authorization`",
                "warning SW0208 12: `mutualTLS` is ignored: the client certificate is set on the client's builder",
                "error SW0207 14: unknown kind of security scheme `apiKee`",
                "error SW0207 15: unknown location of an API key `body`",
            ]
        );
    });
}

#[test]
fn the_token_url_of_client_credentials_is_read() {
    let text = "
components:
  securitySchemes:
    a: {type: oauth2, flows: {implicit: {authorizationUrl: x}, clientCredentials: {tokenUrl: 'https://a.example/token', scopes: {}}}}
    b: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {}}}}
    c: {type: oauth2, flows: {clientCredentials: {tokenUrl: a.example/token, scopes: {}}}}
    d: {type: oauth2, flows: {password: {tokenUrl: 'https://a.example/token', scopes: {}}}}
    e: {type: oauth2, flows: {clientCredentials: {tokenUrl: oauth/token, scopes: {}}}}
    f: {type: oauth2, flows: {clientCredentials: {tokenUrl: ../token.php, scopes: {}}}}
    g: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'localhost:80/token', scopes: {}}}}
    h: {type: oauth2, flows: {clientCredentials: {tokenUrl: to be done, scopes: {}}}}
    i: {type: oauth2, flows: {clientCredentials: {tokenUrl: '', scopes: {}}}}
";
    read_api(text, |read| {
        let schemes = &read.document().schemes;
        let urls: Vec<_> = schemes
            .iter()
            .map(|scheme| {
                scheme
                    .flows
                    .client_credentials
                    .as_ref()
                    .map(|flow| flow.token_url)
            })
            .collect();
        assert_eq!(
            urls,
            [
                Some("https://a.example/token"),
                Some("/token"),
                None,
                None,
                Some("oauth/token"),
                Some("../token.php"),
                None,
                None,
                None
            ]
        );
        assert_eq!(
            read.messages,
            [
                "warning SW0206 6: the flow `implicit` should have `scopes`",
                "warning SW0208 8: `a.example/token` is not a URL; the client gets no tokens there",
                "warning SW0208 12: `localhost:80/token` is not a URL; the client gets no tokens there",
                "warning SW0208 13: `to be done` is not a URL; the client gets no tokens there",
                "warning SW0208 14: `` is not a URL; the client gets no tokens there"
            ]
        );
    });
}

#[test]
fn a_requirement_is_never_weaker_than_it_is_written() {
    let text = "
security: [{basic: []}, {}, {basik: []}, {tls: [], basic: []}, {bad: []}, 5]
components:
  securitySchemes:
    basic: {type: http, scheme: basic}
    tls: {type: mutualTLS}
    bad: {type: apiKey, in: header, name: 'X-Key:'}
";
    read_api(text, |read| {
        let unreadable = "a security requirement that cannot be read";
        assert_eq!(
            alternatives(read),
            [
                vec!["basic"],
                vec![],
                vec!["basik"],
                vec!["basic"],
                vec!["bad"],
                vec![unreadable]
            ]
        );
        assert_eq!(
            read.messages[..2],
            [
                "error SW0305 4: unknown security scheme `basik`",
                "error SW0204 4: a security requirement must be an object, not the number 5"
            ]
        );
    });
}

#[test]
fn security_that_cannot_be_read_or_is_misspelled_still_asks_for_something() {
    for (written, wanted) in [
        ("security: 5", "a security requirement that cannot be read"),
        (
            "servers: [{url: 'https://a.example', security: [{basic: []}]}]",
            "a security requirement that cannot be read",
        ),
        ("secuirty: [{basic: []}]", "basic"),
        ("Security: [{basic: []}]", "basic"),
        ("security: {basic: []}", "basic"),
        ("security: ['#/components/securitySchemes/basic']", "basic"),
    ] {
        let text = format!(
            "{written}\ncomponents: {{securitySchemes: {{basic: {{type: http, scheme: basic}}}}}}\n"
        );
        read_api(&text, |read| {
            assert_eq!(alternatives(read), [vec![wanted]], "{written}");
        });
    }
}

fn alternatives<'r>(read: &'r Read<'_>) -> Vec<Vec<&'r str>> {
    let alternatives = read.document().security.as_ref().expect("security");
    let names = |one: &'r Requirement<'_>| one.schemes.iter().map(|name| name.text).collect();
    alternatives.iter().map(names).collect()
}

#[test]
fn empty_security_differs_from_missing_security() {
    read_api("security: []\n", |read| {
        assert_eq!(read.document().security.as_ref().map(Vec::len), Some(0));
    });
    read_api("tags: []\n", |read| {
        assert!(read.document().security.is_none());
    });
}
