//! Security schemes and requirements.

use super::Lowerer;
use crate::document::{Location, Requirement, SchemeKind as Written, SecurityScheme};
use crate::model::{Docs, Scheme, SchemeKind, Security};
use crate::name::Scope;

/// Methods of the client builder that a scheme's must not share its name with.
const RESERVED_METHODS: &[&str] = &[
    "build",
    "new",
    "server",
    "timeout",
    "total_timeout",
    "connect_timeout",
    "idle_timeout",
    "retry",
    "without_retry",
    "header",
    "user_agent",
    "transport",
    "allow_http",
    "body_limit",
    "idle_timeout",
    "credential",
    "proxy",
    "hook",
    "clone",
    "options",
    "reqwest_client",
    "root_certificate",
    "token_provider",
    "from_env",
];

impl Lowerer<'_, '_> {
    /// The schemes with the builder's methods.
    pub(super) fn schemes(&self) -> Vec<Scheme> {
        let mut scope = Scope::snake(RESERVED_METHODS);
        self.document
            .schemes
            .iter()
            .map(|scheme| lower_scheme(scheme, &mut scope))
            .collect()
    }

    /// What an operation needs that says nothing of its own. Where the whole description says nothing, any
    /// credential that is given is sent, and none is needed.
    pub(super) fn security(&self) -> Security {
        if let Some(requirements) = &self.document.security {
            return lower_requirements(requirements);
        }
        let operations = self.document.paths.iter().flat_map(|path| &path.operations);
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

/// The alternatives of a list of requirements.
pub(super) fn lower_requirements(requirements: &[Requirement<'_>]) -> Security {
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

fn lower_scheme(scheme: &SecurityScheme<'_>, scope: &mut Scope) -> Scheme {
    let kind = match scheme.kind {
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
    };
    let wanted = scheme
        .rust_name
        .map_or_else(|| usual_method(&kind), |name| name.text);
    Scheme {
        wire: scheme.key.text.to_string(),
        method: scope.claim_first(&[wanted, &scheme.key.text]),
        kind,
        docs: Docs {
            summary: None,
            description: scheme.description.map(str::to_owned),
        },
    }
}

/// The method's name where the description has no better one.
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
