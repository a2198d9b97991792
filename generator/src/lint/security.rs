//! Rules about security schemes and requirements.

use hashbrown::HashMap;

use super::{Subject, code};
use crate::diagnostic::{Diagnostic, nearest};
use crate::document::decode::{FLOW, SECURITY_SCHEME, misspells};
use crate::document::{Location, Requirement, SchemeKind, Text, Version};
use crate::source::{Key, Node};

/// Required scopes that the flows of their scheme do not have.
pub(super) fn unknown_scope(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let document = subject.document;
    let schemes = document.declared_schemes.iter();
    let declared: HashMap<&str, Vec<&str>> = schemes
        .filter_map(|(key, node)| Some((&*key.text, scopes(node, document.version)?)))
        .collect();
    let requirements = subject.requirements();
    let required = requirements.flat_map(|Requirement { scopes, .. }| scopes);
    let mut found = Vec::new();
    for (scheme, scope) in required {
        let Some(known) = declared
            .get(scheme)
            .filter(|known| !known.contains(&scope.text))
        else {
            found.extend(scope_without_flows(subject, scheme, scope));
            continue;
        };
        let message = format!("`{scheme}` has no scope `{}`", scope.text);
        let diagnostic = Diagnostic::warning(code::UNKNOWN_SCOPE, message).strict();
        let diagnostic = diagnostic.at(scope.span, "");
        found.push(match nearest(scope.text, known.iter().copied()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("add it to `scopes` of the flow, or remove it here"),
        });
    }
    found
}

/// A scope of a scheme that has none. Since 3.1, any scheme may have roles.
fn scope_without_flows(
    subject: &Subject<'_, '_>,
    scheme: &str,
    scope: &Text<'_>,
) -> Option<Diagnostic> {
    if subject.document.version >= Version::V3_1 {
        return None;
    }
    let mut schemes = subject.document.declared_schemes.iter();
    let (_, node) = schemes.find(|(key, _)| &*key.text == scheme)?;
    let kind = node.get("type")?.as_str()?;
    if !matches!(kind, "apiKey" | "basic") {
        return None;
    }
    let message = format!("`{scheme}` has no scopes, because its type is `{kind}`");
    let diagnostic = Diagnostic::warning(code::UNKNOWN_SCOPE, message).strict();
    Some(
        diagnostic
            .at(scope.span, "")
            .help(format!("write `{scheme}: []`")),
    )
}

/// The scopes of all flows of an OAuth 2 scheme; `None` if they are not known, which is reported there.
fn scopes(scheme: &Node, version: Version) -> Option<Vec<&str>> {
    if scheme.get("type")?.as_str()? != "oauth2" {
        return None;
    }
    let flows = scheme.get("flows").and_then(Node::as_map);
    let flows = flows.unwrap_or_default().iter().map(|flow| &flow.value);
    let mut misspelt = flows
        .clone()
        .filter(|flow| misspells(flow, &FLOW, "scopes"));
    if misspelt.next().is_some() || misspells(scheme, SECURITY_SCHEME.of(version), "flows") {
        return None;
    }
    let mut known = Vec::new();
    // Swagger 2.0 has the scopes in the scheme itself.
    for scopes in flows.chain([scheme]).filter_map(|node| node.get("scopes")) {
        known.extend(scopes.as_map()?.iter().map(|scope| &*scope.key.text));
    }
    Some(known)
}

/// API keys in the query, which appear in logs and browser histories.
pub(super) fn key_in_query(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let schemes = subject.document.schemes.iter().filter(|scheme| {
        matches!(
            scheme.kind,
            SchemeKind::ApiKey {
                location: Location::Query,
                ..
            }
        )
    });
    let report = |key: &Key| {
        let message = "an API key in the query is shown in the logs of servers and proxies";
        let diagnostic = Diagnostic::warning(code::KEY_IN_QUERY, message);
        diagnostic
            .at(key.span, "")
            .help("send it in a header, if the server can read it there")
    };
    schemes.map(|scheme| report(scheme.key)).collect()
}
