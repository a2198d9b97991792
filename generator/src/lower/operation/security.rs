//! Security schemes and requirements.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use hashbrown::HashMap;

use crate::document;
use crate::document::{
    Document, Flow, Location, Requirement, SchemeKind as Written, SecurityScheme,
};
use crate::lower::draft::ResourceDraft;
use crate::lower::numbered::OWN_NAME;
use crate::lower::page::{as_code, url};
use crate::lower::reserved;
use crate::lower::{Facts, Lowerer};
use crate::model::{
    Docs, Exchange, Login, LoginFlow, OauthScope, RequiredCredentials, Scheme, SchemeKind, Security,
};
use crate::name::{Ident, Scope};
use crate::source::Span;

impl Lowerer<'_, '_> {
    /// The schemes, with their methods on the builder and on the client. The methods of the client must not collide
    /// with those that return `resources`.
    pub(crate) fn schemes(&mut self, module: &Ident, resources: &[ResourceDraft]) -> Vec<Scheme> {
        let mut names = Names {
            module,
            builder: Scope::snake(reserved::BUILDER),
            client: Scope::snake(reserved::CLIENT),
            variables: Scope::snake(&[]),
            numbered_variables: Vec::new(),
        };
        for resource in resources {
            names.client.reserve(&resource.module);
        }
        let ranked = self.ranked_schemes();
        // Short names first, because people use them most, and of these the names that the description chooses.
        let (chosen, usual): (Vec<_>, Vec<_>) = ranked
            .iter()
            .copied()
            .partition(|(_, scheme)| scheme.rust_name.is_some());
        let methods = chosen.into_iter().chain(usual);
        let mut methods: HashMap<usize, Ident> = methods
            .map(|(position, scheme)| (position, builder_method(scheme, &mut names.builder)))
            .collect();
        let mut lowered = Vec::new();
        for (position, scheme) in ranked {
            let Some(method) = methods.remove(&position) else {
                continue;
            };
            let made = lower_scheme(scheme, method, &mut names);
            self.numbered_names(&made, &mut names, scheme.key.span);
            lowered.push((position, made));
        }
        lowered.sort_by_key(|(position, _)| *position);
        lowered.into_iter().map(|(_, scheme)| scheme).collect()
    }

    /// Reports the names of a scheme that differ from others only in a number.
    fn numbered_names(&mut self, scheme: &Scheme, names: &mut Names<'_>, place: Span) {
        let exchanges = scheme.exchange.iter().chain(&scheme.refresh);
        let exchange = exchanges.map(|exchange| &exchange.method);
        for name in [&scheme.method, &scheme.provider]
            .into_iter()
            .chain(exchange)
        {
            self.report_if_numbered(&names.builder, name, "credential", Some(place), OWN_NAME);
        }
        let logins = scheme.logins.iter().map(|login| &login.method);
        let methods = logins.chain(&scheme.with_refresh).chain([&scheme.with]);
        for name in methods {
            self.report_if_numbered(&names.client, name, "method", Some(place), OWN_NAME);
        }
        for name in names.numbered_variables.drain(..) {
            self.report_number(&name, "environment variable", Some(place), OWN_NAME);
        }
    }
}

impl<'d, 't> Facts<'d, 't> {
    /// The schemes with their positions: first those that the security of the API names, in its order, then those that
    /// most operations name, and finally in alphabetical order. The first scheme of a kind gets its usual name, such as
    /// `api_key`. It must not pass to another scheme, which would get the secret of the first, because the description
    /// is sorted anew or gets a scheme for a few operations.
    fn ranked_schemes(&self) -> Vec<(usize, &'d SecurityScheme<'t>)> {
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for operation in self.document.operations() {
            let requirements = operation.security.iter().flatten();
            let names = requirements.flat_map(|one| &one.schemes);
            let names: BTreeSet<&str> = names.map(|name| name.text).collect();
            for name in names {
                *uses.entry(name).or_default() += 1;
            }
        }
        let rank = |scheme: &SecurityScheme<'_>| {
            let name = &*scheme.key.text;
            let mut requirements = self.document.security.iter().flatten();
            let names = |one: &Requirement<'_>| one.schemes.iter().any(|own| own.text == name);
            let of_api = requirements.position(names).unwrap_or(usize::MAX);
            (of_api, Reverse(uses.get(name).copied().unwrap_or(0)))
        };
        let mut ranked: Vec<_> = self.document.schemes.iter().enumerate().collect();
        ranked.sort_by_cached_key(|(_, scheme)| (rank(scheme), scheme.key.text.to_string()));
        ranked
    }

    /// The requirements of an operation, for its docs, unless they are the [usual ones](usual_credentials).
    pub(crate) fn required_credentials(
        &self,
        operation: &document::Operation<'t>,
    ) -> Option<Vec<RequiredCredentials>> {
        let own = required(self.document.security_of(operation), true);
        (!are_same(&own, &self.usual_credentials)).then_some(own)
    }

    /// The security of operations without a requirement of their own. If the description has none either, credentials
    /// are optional: any that is set is sent.
    pub(crate) fn security(&self) -> Security {
        if let Some(requirements) = &self.document.security {
            return lower_requirements(requirements);
        }
        let operations = self.document.operations();
        if operations
            .into_iter()
            .any(|operation| operation.security.is_some())
        {
            return Security::default();
        }
        let mut alternatives: Vec<Vec<String>> = self
            .document
            .schemes
            .iter()
            .map(|scheme| vec![scheme.key.text.to_string()])
            .collect();
        if !alternatives.is_empty() {
            alternatives.push(Vec::new());
        }
        Security { alternatives }
    }
}

/// The credentials of operations whose docs do not name them: those of the API, otherwise the most frequent ones without
/// scopes, which differ from operation to operation.
pub(crate) fn usual_credentials(document: &Document<'_>) -> Vec<RequiredCredentials> {
    if let Some(requirements) = &document.security {
        return required(requirements, true);
    }
    let mut counts: HashMap<Vec<RequiredCredentials>, (usize, Reverse<usize>)> = HashMap::new();
    for (position, operation) in document.operations().enumerate() {
        let credentials = required(document.security_of(operation), false);
        let first = (0, Reverse(position));
        counts.entry(credentials).or_insert(first).0 += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(credentials, _)| credentials).unwrap_or_default()
}

/// Whether both are the same alternatives, in any order.
fn are_same(one: &[RequiredCredentials], other: &[RequiredCredentials]) -> bool {
    let in_order = |all: &[RequiredCredentials]| {
        let mut all = all.to_vec();
        for alternative in &mut all {
            alternative.schemes.sort();
        }
        all.sort();
        all
    };
    one.len() == other.len() && in_order(one) == in_order(other)
}

/// The different alternatives of requirements, for docs.
fn required(requirements: &[Requirement<'_>], with_scopes: bool) -> Vec<RequiredCredentials> {
    let mut alternatives: Vec<RequiredCredentials> = Vec::new();
    for requirement in requirements {
        let schemes = requirement.schemes.iter().map(|scheme| {
            let scopes = requirement.scopes.iter().filter(|_| with_scopes);
            let scopes = scopes.filter(|(of, scope)| *of == scheme.text && !scope.text.is_empty());
            let mut names: Vec<String> = Vec::new();
            for (_, scope) in scopes {
                if !names.iter().any(|name| name == scope.text) {
                    names.push(scope.text.to_owned());
                }
            }
            (scheme.text.to_owned(), names)
        });
        let required = RequiredCredentials {
            schemes: schemes.collect(),
            certificate: requirement.certificate,
        };
        if !alternatives.contains(&required) {
            alternatives.push(required);
        }
    }
    // Without an alternative, no credential is needed, as with an empty one.
    if alternatives.is_empty() {
        alternatives.push(RequiredCredentials::default());
    }
    alternatives
}

/// The alternatives of a list of requirements.
pub(crate) fn lower_requirements(requirements: &[Requirement<'_>]) -> Security {
    let names = |requirement: &Requirement<'_>| {
        requirement
            .schemes
            .iter()
            .map(|scheme| scheme.text.to_owned())
            .collect()
    };
    Security {
        alternatives: requirements.iter().map(names).collect(),
    }
}

/// The names in use.
struct Names<'a> {
    module: &'a Ident,
    builder: Scope,
    client: Scope,
    variables: Scope,
    /// The variables that differ from others only in a number.
    numbered_variables: Vec<String>,
}

impl Names<'_> {
    /// `MUSEUM_TOKEN`.
    fn variable(&mut self, words: &str) -> String {
        let text = format!("{} {words}", self.module.plain());
        let name = self.variables.claim(&text);
        let variable = name.plain().to_uppercase();
        if self.variables.is_numbered(&name) {
            self.numbered_variables.push(variable.clone());
        }
        variable
    }

    /// The environment variables of a user name and a password, or of a secret.
    fn variables(&mut self, kind: &SchemeKind, method: &str) -> Vec<String> {
        match (kind, method) {
            (SchemeKind::Basic, "basic_auth") => {
                vec![self.variable("username"), self.variable("password")]
            }
            (SchemeKind::Basic, method) => ["username", "password"]
                .map(|part| self.variable(&format!("{method} {part}")))
                .into(),
            (_, method) => vec![self.variable(method)],
        }
    }
}

fn builder_method(scheme: &SecurityScheme<'_>, scope: &mut Scope) -> Ident {
    let kind = lower_kind(scheme.kind);
    let wanted = scheme
        .rust_name
        .map_or_else(|| usual_method(&kind), |name| name.text);
    scope.claim_first(&[wanted, &scheme.key.text])
}

fn lower_scheme(scheme: &SecurityScheme<'_>, method: Ident, names: &mut Names<'_>) -> Scheme {
    let kind = lower_kind(scheme.kind);
    let plain = method.plain();
    let mut exchange = |usual: &str, url: &str, of_flow: &[document::OauthScope<'_>]| Exchange {
        method: names
            .builder
            .claim_first(&[usual, &format!("{plain} {usual}")]),
        token_url: reachable(url),
        scopes: scopes(of_flow),
    };
    let flows = &scheme.flows;
    let client_credentials = flows.client_credentials.as_ref();
    let client_credentials =
        client_credentials.map(|flow| exchange("client_credentials", flow.token_url, &flow.scopes));
    let refresh = flows
        .refresh_url
        .map(|url| exchange("refresh_token", url, &[]));
    let logins = [
        (LoginFlow::AuthorizationCode, &flows.authorization_code),
        (LoginFlow::Device, &flows.device),
    ];
    let logins = logins
        .into_iter()
        .filter_map(|(kind, flow)| Some(login(kind, flow.as_ref()?, plain, &mut names.client)));
    let logins = logins.collect();
    Scheme {
        wire: scheme.key.text.to_string(),
        provider: names.builder.claim(&format!("{plain} provider")),
        with: names.client.claim(&format!("with {plain}")),
        with_refresh: refresh.as_ref().map(|refresh| {
            let method = refresh.method.plain();
            names.client.claim(&format!("with {method}"))
        }),
        refresh,
        logins,
        variables: names.variables(&kind, plain),
        exchange: client_credentials,
        method,
        kind,
        docs: Docs {
            summary: None,
            description: scheme.description.map(str::to_owned),
            facts: facts(scheme),
            ..Docs::default()
        },
    }
}

/// What a caller has to know of a scheme, for its docs.
fn facts(scheme: &SecurityScheme<'_>) -> Vec<String> {
    let format = scheme.bearer_format.filter(|format| !format.is_empty());
    let format = format.map(|format| format!("Format of the token: {}.", as_code(format)));
    let metadata = scheme.metadata_url.and_then(url);
    let metadata = metadata.map(|url| format!("Metadata of the authorization server: {url}."));
    let implicit = scheme.flows.implicit.and_then(url);
    let implicit =
        implicit.map(|url| format!("Scripts in browsers get tokens from {url} (implicit flow)."));
    let deprecated = scheme.deprecated.then(|| "**Deprecated.**".to_owned());
    [format, metadata, implicit, deprecated]
        .into_iter()
        .flatten()
        .collect()
}

fn login(flow: LoginFlow, written: &Flow<'_>, scheme: &str, scope: &mut Scope) -> Login {
    let usual = match flow {
        LoginFlow::AuthorizationCode => "authorization_code",
        LoginFlow::Device => "device_flow",
    };
    Login {
        flow,
        method: scope.claim_first(&[usual, &format!("{scheme} {usual}")]),
        authorization_url: reachable(written.authorization_url),
        token_url: reachable(written.token_url),
        scopes: scopes(&written.scopes),
    }
}

fn scopes(written: &[document::OauthScope<'_>]) -> Vec<OauthScope> {
    let scopes = written.iter().map(|scope| OauthScope {
        name: scope.name.to_owned(),
        docs: Docs {
            description: scope.description.map(str::to_owned),
            ..Docs::default()
        },
    });
    scopes.collect()
}

/// The URL of an endpoint as the runtime resolves it: `token` is `./token`. A caller's own URL that begins with neither a
/// scheme, a slash nor a dot is a mistake there.
fn reachable(url: &str) -> String {
    if url.starts_with(['/', '.']) || url.contains("://") {
        url.to_owned()
    } else {
        format!("./{url}")
    }
}

fn lower_kind(kind: Written<'_>) -> SchemeKind {
    match kind {
        Written::Basic => SchemeKind::Basic,
        Written::Bearer => SchemeKind::Bearer,
        Written::Other => SchemeKind::Authorization,
        Written::ApiKey {
            location: Location::Query,
            name,
            ..
        } => SchemeKind::QueryKey {
            name: name.to_owned(),
        },
        Written::ApiKey {
            location: Location::Cookie,
            name,
            ..
        } => SchemeKind::CookieKey {
            name: name.to_owned(),
        },
        Written::ApiKey { name, prefix, .. } => SchemeKind::HeaderKey {
            name: name.to_owned(),
            prefix: prefix.to_owned(),
        },
    }
}

/// The name of the method if the description gives no better one.
fn usual_method(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::Basic => "basic_auth",
        SchemeKind::Bearer => "token",
        SchemeKind::Authorization => "authorization",
        SchemeKind::HeaderKey { prefix, .. } if prefix.trim().eq_ignore_ascii_case("bearer") => {
            "token"
        }
        SchemeKind::HeaderKey { .. }
        | SchemeKind::QueryKey { .. }
        | SchemeKind::CookieKey { .. } => "api_key",
    }
}
