//! The flows of OAuth 2, and what each kind of security scheme has.

use super::super::Version;
use super::super::code::UNSUPPORTED;
use super::{Decoder, Object, keys};
use crate::diagnostic::Diagnostic;
use crate::source::Member;

/// The flows with the keys that each must have.
const FLOWS: [(&str, &[&str]); 5] = [
    ("implicit", &["authorizationUrl", "scopes"]),
    ("password", &["tokenUrl", "scopes"]),
    ("clientCredentials", &["tokenUrl", "scopes"]),
    (
        "authorizationCode",
        &["authorizationUrl", "tokenUrl", "scopes"],
    ),
    (
        "deviceAuthorization",
        &["deviceAuthorizationUrl", "tokenUrl", "scopes"],
    ),
];

/// The flows of Swagger 2.0, with the names that they have since.
const FLOWS_OF_2_0: &[(&str, &str)] = &[
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

/// The keys that only some kinds of security schemes have, with these kinds.
const KEYS_OF_KINDS: [(&str, &str); 12] = [
    ("name", "apiKey"),
    ("in", "apiKey"),
    ("x-value-prefix", "apiKey"),
    ("scheme", "http"),
    ("bearerFormat", "http"),
    ("flows", "oauth2"),
    ("oauth2MetadataUrl", "oauth2"),
    ("openIdConnectUrl", "openIdConnect"),
    ("flow", "oauth2"),
    ("authorizationUrl", "oauth2"),
    ("tokenUrl", "oauth2"),
    ("scopes", "oauth2"),
];

impl<'t> Decoder<'t, '_> {
    /// Warns about keys of a scheme that are for schemes of another kind, and about one that its kind should have.
    pub(super) fn check_scheme(&mut self, scheme: &Object<'t>, kind: &str) {
        let known = keys::SECURITY_SCHEME.of(self.version);
        for (key, owner) in KEYS_OF_KINDS {
            if kind != owner && known.has(key) {
                let place = format!("in a security scheme of the type `{kind}`");
                self.meaningless(scheme, &[key], &place);
            }
        }
        let needed = match kind {
            "oauth2" if self.version == Version::V2_0 => "flow",
            "oauth2" => "flows",
            "openIdConnect" => "openIdConnectUrl",
            _ => return,
        };
        if scheme.get(needed).is_none() {
            self.missing(scheme.at, needed, keys::SECURITY_SCHEME.noun);
        }
    }

    /// `tokenUrl` of the flow `clientCredentials`, the only one that a program goes through by itself.
    pub(super) fn token_url(&mut self, flows: Option<&'t Member>) -> Option<&'t str> {
        let member = flows?;
        let flows = self.object(&member.value, member.key.span, &keys::FLOWS)?;
        let mut token_url = None;
        for (name, needed) in FLOWS {
            let Some(member) = flows.get(name) else {
                continue;
            };
            let Some(flow) = self.object(&member.value, member.key.span, &keys::FLOW) else {
                continue;
            };
            for key in needed.iter().filter(|key| flow.get(key).is_none()) {
                self.missing(flow.at, key, &format!("the flow `{name}`"));
            }
            if name == "clientCredentials" {
                token_url = flow.get("tokenUrl");
            }
        }
        self.usable_token_url(token_url)
    }

    /// `tokenUrl` of a scheme of Swagger 2.0, which has one flow.
    pub(super) fn token_url_of_2_0(&mut self, scheme: &Object<'t>) -> Option<&'t str> {
        let word = self.word(scheme.get("flow"))?;
        let flow = self.choose_near(word, "flow", FLOWS_OF_2_0, "the client gets no tokens")?;
        let (_, needed) = FLOWS.into_iter().find(|(name, _)| *name == flow)?;
        for key in needed.iter().filter(|key| scheme.get(key).is_none()) {
            self.missing(scheme.at, key, &format!("the flow `{}`", word.text));
        }
        let is_of_programs = flow == "clientCredentials";
        self.usable_token_url(scheme.get("tokenUrl").filter(|_| is_of_programs))
    }

    fn usable_token_url(&mut self, member: Option<&'t Member>) -> Option<&'t str> {
        let url = self.word(member)?;
        let begins = |start: &&str| url.text.starts_with(*start);
        if ["https://", "http://", "/"].iter().any(begins) {
            return Some(url.text);
        }
        let message = format!(
            "`{}` is not a URL; the client gets no tokens there",
            url.text
        );
        self.reporter.push(
            Diagnostic::warning(UNSUPPORTED, message)
                .at(url.span, "")
                .help("write one that begins with `https://`, or a path of the API's server"),
        );
        None
    }
}
