//! Security schemes and requirements.

use hashbrown::HashSet;

use super::super::code::{BAD_NAME, MISTYPED_KEY, UNKNOWN_SCHEME, UNSUPPORTED, WRONG_TYPE};
use super::super::{Flows, Location, Requirement, SchemeKind, SecurityScheme, Text, Version};
use super::media_name::is_sendable;
use super::read::{describe, head, meant};
use super::{Decoder, Keys, Object, keys, reference};
use crate::diagnostic::{Diagnostic, nearest};
use crate::document::is_token;
use crate::source::{Key, Member, Node, Span, Value};

/// The declared security schemes.
#[derive(Debug, Default)]
pub(super) struct Declared<'t> {
    /// The names of all schemes, including those that could not be decoded.
    names: Vec<&'t str>,
    known: HashSet<&'t str>,
    /// Each of them as written.
    pub(super) written: Vec<(&'t Key, &'t Node)>,
    /// The names of schemes that the transport satisfies, such as a client certificate: requests need no credential for
    /// them.
    of_transport: HashSet<&'t str>,
    /// A key about security in an object that cannot have it.
    misplaced: Option<Span>,
}

/// The name of a scheme that no description defines. It replaces an invalid requirement: no client has a credential for
/// it, so a request is never sent without one.
const UNREADABLE: &str = "a security requirement that cannot be read";

/// Version 3.2 lets a requirement name a scheme by its URI.
const COMPONENT: &str = "#/components/securitySchemes/";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SchemeType {
    ApiKey,
    Http,
    OAuth2,
    OpenIdConnect,
    Basic,
    Bearer,
    Certificate,
}

const KINDS: &[(&str, SchemeType)] = &[
    ("apiKey", SchemeType::ApiKey),
    ("http", SchemeType::Http),
    ("oauth2", SchemeType::OAuth2),
    ("openIdConnect", SchemeType::OpenIdConnect),
    ("mutualTLS", SchemeType::Certificate),
    ("basic", SchemeType::Basic),
    ("bearer", SchemeType::Bearer),
];

const KINDS_OF_2_0: &[(&str, SchemeType)] = &[
    ("basic", SchemeType::Basic),
    ("apiKey", SchemeType::ApiKey),
    ("oauth2", SchemeType::OAuth2),
];

const KEY_LOCATIONS: &[(&str, Location)] = &[
    ("query", Location::Query),
    ("header", Location::Header),
    ("cookie", Location::Cookie),
];

impl<'t> Decoder<'t, '_> {
    pub(super) fn security_schemes(
        &mut self,
        member: Option<&'t Member>,
    ) -> Vec<SecurityScheme<'t>> {
        let mut schemes = Vec::new();
        for member in self.map(member) {
            self.schemes.names.push(&member.key.text);
            self.schemes.known.insert(&member.key.text);
            schemes.extend(self.security_scheme(member));
        }
        schemes
    }

    fn security_scheme(&mut self, member: &'t Member) -> Option<SecurityScheme<'t>> {
        let followed = self.follow(
            &member.value,
            member.key.span,
            reference::ObjectKind::SecurityScheme,
        )?;
        self.schemes.written.push((&member.key, followed.node));
        let scheme = self.object(followed.node, followed.at, &keys::SECURITY_SCHEME)?;
        let kind = self.scheme_kind(&member.key.text, &scheme)?;
        let flows = match self.version {
            Version::V2_0 if kind != SchemeKind::Bearer => Flows::default(),
            Version::V2_0 => self.flow_of_2_0(&scheme),
            _ => self.flows(scheme.get("flows")),
        };
        let own = self.text(scheme.get("description"));
        let rust_name = self.rust_name(scheme.get("x-rust-name"));
        let metadata_url = ["openIdConnectUrl", "oauth2MetadataUrl"];
        let metadata_url = metadata_url.into_iter().find_map(|key| scheme.get(key));
        Some(SecurityScheme {
            key: &member.key,
            kind,
            flows,
            description: followed.description.or(own),
            bearer_format: self.text(scheme.get("bearerFormat")),
            metadata_url: self.text(metadata_url),
            deprecated: self.flag(scheme.get("deprecated")).unwrap_or(false),
            rust_name: followed.rust_name.or(rust_name),
        })
    }

    /// The kind of the scheme `key`; `None` if the transport satisfies the scheme, or if it could not be decoded.
    fn scheme_kind(&mut self, key: &'t str, scheme: &Object<'t>) -> Option<SchemeKind<'t>> {
        let word = self.required_word(scheme, "type", &keys::SECURITY_SCHEME)?;
        let kinds = match self.version {
            Version::V2_0 => KINDS_OF_2_0,
            _ => KINDS,
        };
        let kind = self.choose(word, "kind of security scheme", kinds)?;
        let written = KINDS.iter().find(|(_, known)| *known == kind);
        // The other keys are those of the type that was meant.
        let is_scheme = self.version > Version::V2_0 && kind == SchemeType::Basic;
        if let Some((written, _)) = written.filter(|_| !is_scheme && kind != SchemeType::Bearer) {
            self.check_scheme(scheme, written);
        }
        match kind {
            SchemeType::ApiKey => self.api_key(scheme),
            SchemeType::Http => self.http_scheme(scheme),
            SchemeType::OAuth2 | SchemeType::OpenIdConnect => Some(SchemeKind::Bearer),
            SchemeType::Basic => {
                if self.version > Version::V2_0 {
                    self.http_kind(word, "basic");
                }
                Some(SchemeKind::Basic)
            }
            SchemeType::Bearer => {
                self.http_kind(word, "bearer");
                Some(SchemeKind::Bearer)
            }
            SchemeType::Certificate => {
                self.schemes.of_transport.insert(key);
                self.reporter.push(
                    Diagnostic::warning(
                        UNSUPPORTED,
                        "`mutualTLS` is ignored: the client certificate is set on the client's builder",
                    )
                    .at(word.span, "")
                    .help("set it with `client_certificate` on the client's builder"),
                );
                None
            }
        }
    }

    /// Warns about an HTTP authentication scheme that is written as the `type`.
    fn http_kind(&mut self, word: Text<'t>, scheme: &str) {
        let message = format!("`{scheme}` is read as `type: http` with `scheme: {scheme}`");
        self.assume(word.span, message);
    }

    fn http_scheme(&mut self, scheme: &Object<'t>) -> Option<SchemeKind<'t>> {
        let word = self.required_word(scheme, "scheme", &keys::SECURITY_SCHEME)?;
        Some(match word.text.trim().to_ascii_lowercase().as_str() {
            "basic" => SchemeKind::Basic,
            "bearer" => SchemeKind::Bearer,
            _ => {
                self.foreign_scheme(word);
                SchemeKind::Other
            }
        })
    }

    /// Warns about an HTTP authentication scheme that the client does not implement.
    fn foreign_scheme(&mut self, word: Text<'t>) {
        let message = format!(
            "the scheme `{}` is not supported: the caller passes the whole value of `Authorization`",
            word.text
        );
        let diagnostic = Diagnostic::warning(UNSUPPORTED, message);
        self.reporter
            .push(match nearest(word.text, ["basic", "bearer"]) {
                Some(near) => meant(diagnostic, word.text, word.span, near),
                None => diagnostic
                    .at(word.span, "")
                    .note("`basic` and `bearer` are supported"),
            });
    }

    fn api_key(&mut self, scheme: &Object<'t>) -> Option<SchemeKind<'t>> {
        let name = self.required_word(scheme, "name", &keys::SECURITY_SCHEME);
        let written = self.required_word(scheme, "in", &keys::SECURITY_SCHEME)?;
        let prefix_key = scheme.get("x-value-prefix");
        let prefix = self.text(prefix_key).unwrap_or("");
        let location = self.choose(written, "location of an API key", KEY_LOCATIONS)?;
        let name = name?;
        let in_head = matches!(location, Location::Header | Location::Cookie);
        if in_head && !is_token(name.text) {
            self.bad_key_name(name, written);
            return None;
        }
        if let Some(member) = prefix_key.filter(|_| in_head && !is_sendable(prefix)) {
            let message = format!("no {} can begin with `{prefix}`", written.text);
            let diagnostic = Diagnostic::warning(BAD_NAME, message).strict();
            self.reporter
                .push(diagnostic.at(member.key.span, "this scheme is ignored"));
            return None;
        }
        Some(SchemeKind::ApiKey {
            location,
            name: name.text,
            prefix,
        })
    }

    fn bad_key_name(&mut self, name: Text<'t>, written: Text<'t>) {
        let message = format!("`{}` cannot be the name of a {}", name.text, written.text);
        self.reporter.push(
            Diagnostic::warning(BAD_NAME, message)
                .strict()
                .at(name.span, "this scheme is ignored")
                .help("write letters, digits and hyphens, such as `X-Api-Key`")
                .help("write the text before the key into `x-value-prefix`"),
        );
    }

    /// The alternatives of `security`; `None` if the key is missing. An invalid one becomes an alternative that nothing
    /// satisfies, never one without a credential.
    pub(super) fn security(
        &mut self,
        object: &Object<'t>,
        keys: &'static Keys,
    ) -> Option<Vec<Requirement<'t>>> {
        let member = object.meant("security", keys)?;
        if member.value.value == Value::Null {
            self.without_value(member);
            return None;
        }
        let errors = self.reporter.errors();
        let nodes = self.list(Some(member), |node| {
            matches!(node.value, Value::Map(_) | Value::String(_))
        });
        if self.reporter.errors() > errors {
            return Some(vec![unreadable(member.value.span)]);
        }
        Some(nodes.iter().map(|node| self.requirement(node)).collect())
    }

    /// Reports security requirements or schemes in an object that cannot have them, however their key is spelled:
    /// requests would be sent without a credential. Returns whether it is reported.
    pub(super) fn report_misplaced_security(&mut self, member: &Member, noun: &str) -> bool {
        let key = &member.key;
        let is_security = key.text.to_ascii_lowercase().starts_with("securit")
            || nearest(&key.text, ["security"]).is_some();
        let is_of_path = noun == keys::PATH_ITEM.noun && !are_schemes(&member.value);
        // The properties of schemas and the requirements of path items have other reports.
        if !is_security || noun == keys::SCHEMA.noun || is_of_path {
            return false;
        }
        let help = if are_requirements(member) {
            "write `security` at the top of the description or under an operation"
        } else if are_schemes(&member.value) {
            "write it under `components`, or in Swagger 2.0 at the top of the description"
        } else {
            return false;
        };
        self.schemes.misplaced = Some(key.span);
        let message = format!("unknown key `{}` in {noun}", key.text);
        self.reporter.push(
            Diagnostic::error(MISTYPED_KEY, message)
                .at(key.span, "it has no effect here")
                .help(help),
        );
        true
    }

    /// A requirement that nothing satisfies, if security requirements are in a wrong place. It applies to operations
    /// without their own if the description has none.
    pub(super) fn misplaced_security(&self) -> Option<Vec<Requirement<'t>>> {
        Some(vec![unreadable(self.schemes.misplaced?)])
    }

    /// One alternative.
    fn requirement(&mut self, node: &'t Node) -> Requirement<'t> {
        let names: Vec<Text<'t>> = match &node.value {
            Value::Map(members) => members
                .iter()
                .map(|m| Text {
                    text: &m.key.text,
                    span: m.key.span,
                })
                .collect(),
            Value::String(text) => {
                self.assume(
                    node.span,
                    format!(
                        "a security requirement must be an object; this is read as `{text}: []`"
                    ),
                );
                vec![Text {
                    text,
                    span: node.span,
                }]
            }
            _ => {
                let text = describe(node);
                let diagnostic = Diagnostic::error(
                    WRONG_TYPE,
                    format!("a security requirement must be an object, not {text}"),
                );
                self.reporter.push(diagnostic.at(head(node), ""));
                return unreadable(node.span);
            }
        };
        let mut schemes: Vec<_> = names.into_iter().map(|name| self.named(name)).collect();
        let mut scopes = Vec::new();
        for (name, member) in schemes.iter().zip(node.as_map().unwrap_or_default()) {
            let words = self.words(Some(member)).into_iter();
            scopes.extend(words.map(|scope| (name.text, scope)));
        }
        let all = schemes.len();
        schemes.retain(|name| !self.schemes.of_transport.contains(name.text));
        let certificate = schemes.len() < all;
        Requirement {
            schemes,
            scopes,
            certificate,
        }
    }

    /// The name of a scheme. Reports an unknown one.
    fn named(&mut self, name: Text<'t>) -> Text<'t> {
        if self.schemes.known.contains(name.text) {
            return name;
        }
        let component = name.text.strip_prefix(COMPONENT);
        if let Some(text) = component.filter(|text| self.schemes.known.contains(text)) {
            return Text { text, ..name };
        }
        self.unknown_scheme(name);
        name
    }

    fn unknown_scheme(&mut self, name: Text<'t>) {
        let message = format!("unknown security scheme `{}`", name.text);
        let diagnostic = Diagnostic::error(UNKNOWN_SCHEME, message);
        let names = &self.schemes.names;
        let help = definition(self.version.security_schemes(), name, names);
        self.reporter
            .push(match nearest(name.text, names.iter().copied()) {
                Some(near) => meant(diagnostic, name.text, name.span, near),
                None => diagnostic.at(name.span, "").help(help),
            });
    }
}

/// The maximum number of names in the help of an unknown scheme. More are not worth reading.
const MOST_NAMES: usize = 20;

fn definition(schemes: &str, name: Text<'_>, names: &[&str]) -> String {
    let definition = format!("define it as `{schemes}.{}`", name.text);
    if names.is_empty() || names.len() > MOST_NAMES {
        return definition;
    }
    format!("{definition}, or name one of `{}`", names.join("`, `"))
}

/// A requirement that nothing satisfies.
fn unreadable<'t>(span: Span) -> Requirement<'t> {
    Requirement {
        schemes: vec![Text {
            text: UNREADABLE,
            span,
        }],
        ..Requirement::default()
    }
}

/// Whether a value has the form of security requirements.
fn are_requirements(member: &Member) -> bool {
    let is_one = |node: &Node| {
        let mut members = node.as_map().unwrap_or_default().iter();
        node.as_map().is_some() && members.all(|member| member.value.as_list().is_some())
    };
    let is_exact = &*member.key.text == "security";
    match &member.value.value {
        Value::List(elements) => is_exact || elements.iter().all(is_one),
        _ => is_one(&member.value),
    }
}

/// Whether a value has the form of security schemes: a map of maps.
fn are_schemes(node: &Node) -> bool {
    let mut members = node.as_map().unwrap_or_default().iter();
    node.as_map().is_some() && members.all(|member| member.value.as_map().is_some())
}
