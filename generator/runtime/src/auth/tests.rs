use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};

use super::wire::WireCredential;
use super::*;
use crate::error::{Error, ErrorKind};
use crate::header::HeaderList;
use crate::testing::TestTransport;
use crate::{Api, BaseUrl, Client, ClientBuilder};

fn header_of(
    scheme: Scheme,
    given: impl Into<Box<Credential>>,
) -> Result<(HeaderMap, String, String), Error> {
    let credential = WireCredential::new(&scheme, &given.into())?;
    let (mut headers, mut query, mut cookies) =
        (HeaderList::default(), String::new(), String::new());
    credential.apply(&mut headers, &mut query, &mut cookies);
    Ok((headers.to_map(None), query, cookies))
}

#[test]
fn each_scheme_has_its_form() {
    let (headers, ..) =
        header_of(Scheme::basic("b"), Credential::basic("demo", "p@55w0rd")).unwrap();
    assert_eq!(headers["authorization"], "Basic ZGVtbzpwQDU1dzByZA==");
    assert!(headers["authorization"].is_sensitive());
    let (headers, ..) = header_of(Scheme::bearer("b"), Credential::secret("t0ken")).unwrap();
    assert_eq!(headers["authorization"], "Bearer t0ken");
    let own = Scheme::header("own", "Authentication", "Bearer ");
    let (headers, ..) = header_of(own, Credential::secret("t0ken")).unwrap();
    assert_eq!(headers["authentication"], "Bearer t0ken");
    assert!(headers["authentication"].is_sensitive());
    let (_, query, _) =
        header_of(Scheme::query("q", "api key"), Credential::secret("a&b")).unwrap();
    assert_eq!(query, "api%20key=a%26b");
    let cookie =
        |secret: &'static str| header_of(Scheme::cookie("c", "sid"), Credential::secret(secret));
    let (.., cookies) = cookie("s%3Aab.c/d+e==").unwrap();
    assert_eq!(cookies, "sid=s%3Aab.c/d+e==");
    for secret in [
        "hunter2; admin=1",
        "hunter2 x",
        "hunter2,x",
        "hunter2\"",
        "hünter2",
    ] {
        let error = cookie(secret).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!error.to_string().contains("nter2"), "{error}");
    }
}

#[test]
fn invalid_secrets_are_refused_and_not_shown() {
    let bearer = Scheme::bearer("token");
    for secret in [
        "",
        "  ",
        "Bearer hunter2",
        "bearer hunter2",
        "BEARER\u{a0}hunter2",
        "Bearer",
        "Bearer:hunter2",
        "bearer=hunter2",
        "bearer, hunter2",
        "hunter2\r\nx: y",
        "hunter2\n",
        "hunter2\u{0}",
        " hunter2",
    ] {
        let error = header_of(bearer, Credential::secret(secret)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{secret:?}");
        assert!(error.to_string().contains("`token`"), "{error}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
    for token in [
        "bearers-of-rings",
        "bearer_abc",
        "Bearer-1",
        "bearer.x",
        "bearer~/+==",
    ] {
        assert!(
            header_of(bearer, Credential::secret(token)).is_ok(),
            "{token}"
        );
    }
    let prefixed = Scheme::header("k", "x-key", "sk_");
    assert!(header_of(prefixed, Credential::secret("SK_1234")).is_err());
    assert!(header_of(Scheme::basic("b"), Credential::basic("a:b", "c")).is_err());
    assert!(header_of(Scheme::basic("b"), Credential::basic("", "")).is_err());
    assert!(header_of(Scheme::basic("b"), Credential::basic("a", "b\n")).is_err());
    assert!(header_of(Scheme::basic("b"), Credential::secret("x")).is_err());
    assert!(header_of(bearer, Credential::basic("a", "b")).is_err());
}

#[test]
fn the_first_alternative_that_can_be_met_is_taken() {
    static SCHEMES: [Scheme; 3] = [
        Scheme::bearer("token").given_by("token"),
        Scheme::query("key", "key"),
        Scheme::header("tenant", "x-tenant", ""),
    ];
    static API: Api = Api {
        name: "test",
        user_agent: "",
        request_id_headers: &[],
        schemes: &SCHEMES,
        security: &[],
    };
    let credential = |index: usize| SCHEMES[index].name;
    let client = |names: &[&'static str]| -> Client {
        let base = BaseUrl::described("https://api.example.com");
        let builder = ClientBuilder::new(&API, base).transport(TestTransport::new());
        let credential = |builder: ClientBuilder, name: &&'static str| {
            builder.credential(name, Credential::secret("abcd"))
        };
        names.iter().fold(builder, credential).build().unwrap()
    };
    let chosen = |security: &Security, names: &[&'static str], headers: &HeaderList| {
        let client = client(names);
        choose(security, &SCHEMES, client.channel.credentials(), headers).map(|chosen| {
            chosen
                .iter()
                .map(credentials::SchemeCredential::scheme)
                .collect::<Vec<_>>()
        })
    };
    let none = HeaderList::default();
    let either: &Security = &[&["token"], &["key", "tenant"]];
    assert_eq!(chosen(either, &[credential(0)], &none).unwrap(), ["token"]);
    assert_eq!(
        chosen(either, &[credential(1), credential(2)], &none).unwrap(),
        ["key", "tenant"]
    );
    assert!(chosen(&[], &[credential(0)], &none).unwrap().is_empty());
    assert!(chosen(&[&[]], &[], &none).unwrap().is_empty());
    assert_eq!(
        chosen(&[&[], &["token"]], &[credential(0)], &none).unwrap(),
        ["token"]
    );
    let error = chosen(either, &[credential(1)], &none).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert_eq!(
        error.to_string(),
        "a credential is missing: the operation requires `token` (set by `token(…)` of the client's builder), \
         or `key` (set by `credential(…)` of the client's builder) and `tenant` (set by `credential(…)` of the client's builder); \
         for a server that requires none, use `without_credentials()`"
    );
    let mut by_hand = HeaderList::default();
    by_hand.insert(AUTHORIZATION, HeaderValue::from_static("Custom x"));
    assert!(chosen(either, &[], &by_hand).unwrap().is_empty());
    assert!(
        chosen(&[&["token"]], &[credential(0)], &by_hand)
            .unwrap()
            .is_empty()
    );
}
