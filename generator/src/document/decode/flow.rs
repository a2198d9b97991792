//! The flows of OAuth 2, and the keys of each kind of security scheme.

use super::super::code::UNSUPPORTED;
use super::super::{Flow, Flows, OauthScope, TokenFlow, Version};
use super::missing::should_have;
use super::{Decoder, Keys, Object, keys};
use crate::diagnostic::Diagnostic;
use crate::source::Member;

/// The flows, with the required keys of each.
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

/// The flows of Swagger 2.0, with their names in later versions.
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
    /// Warns about keys of a scheme that belong to another kind of scheme, and about a missing key of its own kind.
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
            self.incomplete(scheme, needed, &keys::SECURITY_SCHEME);
        }
    }

    /// The flows of a scheme.
    pub(super) fn flows(&mut self, member: Option<&'t Member>) -> Flows<'t> {
        let mut flows = Flows::default();
        let object =
            member.and_then(|member| self.object(&member.value, member.key.span, &keys::FLOWS));
        let Some(object) = object else {
            return flows;
        };
        for (name, needed) in FLOWS {
            let Some(member) = object.get(name) else {
                continue;
            };
            let Some(flow) = self.object(&member.value, member.key.span, &keys::FLOW) else {
                continue;
            };
            self.check_flow(name, needed, &flow, &keys::FLOW);
            self.flow(name, &flow, &mut flows);
        }
        flows
    }

    /// The flow of a scheme in Swagger 2.0, which has exactly one.
    pub(super) fn flow_of_2_0(&mut self, scheme: &Object<'t>) -> Flows<'t> {
        let mut flows = Flows::default();
        let word = self.word(scheme.get("flow"));
        let flow = word.and_then(|word| {
            self.choose_near(word, "flow", FLOWS_OF_2_0, "the client gets no tokens")
        });
        let known = |flow| FLOWS.into_iter().find(|(name, _)| *name == flow);
        let (Some(word), Some((name, needed))) = (word, flow.and_then(known)) else {
            return flows;
        };
        self.check_flow(word.text, needed, scheme, &keys::SECURITY_SCHEME);
        self.flow(name, scheme, &mut flows);
        flows
    }

    /// Warns about the missing keys of a flow, which are in an object with these keys.
    fn check_flow(
        &mut self,
        name: &str,
        needed: &[&str],
        object: &Object<'t>,
        keys: &'static Keys,
    ) {
        for key in needed.iter().filter(|key| object.get(key).is_none()) {
            let noun = format!("the flow `{name}`");
            self.push_missing(should_have(&noun, key), object, key, keys);
        }
    }

    /// Decodes the URLs and scopes of one flow.
    fn flow(&mut self, name: &str, flow: &Object<'t>, flows: &mut Flows<'t>) {
        let scopes = self.scopes(flow.get("scopes"));
        let begins = match name {
            "authorizationCode" => Some("authorizationUrl"),
            "deviceAuthorization" => Some("deviceAuthorizationUrl"),
            _ => None,
        };
        let tokens = "the client gets no tokens there";
        let token_url = match name {
            "implicit" => None,
            _ => self.usable_url(flow.get("tokenUrl"), tokens),
        };
        if name == "implicit" {
            flows.implicit = self.text(flow.get("authorizationUrl"));
        }
        if name == "clientCredentials" {
            flows.client_credentials = token_url.map(|token_url| TokenFlow { token_url, scopes });
            return;
        }
        let refresh_url = match flow.get("refreshUrl") {
            Some(member) if token_url.is_some() => self.usable_url(Some(member), tokens),
            _ => token_url,
        };
        flows.refresh_url = flows.refresh_url.or(refresh_url);
        let Some(begins) = begins else {
            return;
        };
        let login = "the client sends no users there";
        let authorization_url = self.usable_url(flow.get(begins), login);
        let (Some(authorization_url), Some(token_url)) = (authorization_url, token_url) else {
            return;
        };
        let read = Some(Flow {
            authorization_url,
            token_url,
            scopes,
        });
        if name == "authorizationCode" {
            flows.authorization_code = read;
        } else {
            flows.device = read;
        }
    }

    fn scopes(&mut self, member: Option<&'t Member>) -> Vec<OauthScope<'t>> {
        let scopes = self.map(member).iter();
        let scopes = scopes.filter(|scope| !scope.key.text.starts_with("x-"));
        let scopes = scopes.map(|scope| OauthScope {
            name: &scope.key.text,
            description: scope.value.as_str().filter(|text| !text.trim().is_empty()),
        });
        scopes.collect()
    }

    /// A URL that a client can use. `effect` is the end of the warning about any other URL.
    fn usable_url(&mut self, member: Option<&'t Member>, effect: &str) -> Option<&'t str> {
        let url = self.word(member)?;
        if is_usable(url.text) {
            return Some(url.text);
        }
        let message = format!("`{}` is not a URL; {effect}", url.text);
        self.reporter.push(
            Diagnostic::warning(UNSUPPORTED, message)
                .at(url.span, "")
                .help("write one that begins with `https://`, or a path of the API's server"),
        );
        None
    }
}

/// Whether a text is the URL of a server, or a reference that can be resolved against the URL of the API's server.
///
/// `FastAPI` writes references: `token`. A dot or a colon in the first segment most likely belongs to a host whose
/// scheme is missing. Resolving it would send the secret of the client to another path of the API.
fn is_usable(url: &str) -> bool {
    if ["https://", "http://", "/"]
        .iter()
        .any(|start| url.starts_with(start))
    {
        return true;
    }
    let (first, _) = url.split_once('/').unwrap_or((url, ""));
    let is_dots = matches!(first, "." | "..");
    let is_name = !first.is_empty() && !first.contains(['.', ':', '?', '#']);
    (is_dots || is_name)
        && !url.contains(['{', '}', '<', '>'])
        && !url.contains(char::is_whitespace)
}
