//! Servers: the environments that a client can be built for.

use super::{Lowerer, code};
use crate::diagnostic::Diagnostic;
use crate::document;
use crate::model::{Docs, Server, Variable};
use crate::name::Scope;

/// The most words of a description that still make a name.
const MOST_WORDS: usize = 3;

impl Lowerer<'_, '_> {
    /// The servers that can be chosen by name: those with an absolute URL.
    pub(super) fn servers(&mut self) -> Vec<Server> {
        let mut scope = Scope::pascal(&["Self", "Custom"]);
        let mut servers = Vec::new();
        for server in &self.document.servers {
            if is_absolute(server.url.text) {
                servers.push(lower_server(server, &mut scope));
            } else if !server.url.text.trim_matches('/').is_empty() {
                let message = format!(
                    "the server `{}` is relative: callers give the whole base URL",
                    server.url.text
                );
                let diagnostic = Diagnostic::warning(code::SERVER_LEFT_OUT, message);
                self.diagnostics
                    .push(diagnostic.at(server.url.span, "no scheme and host"));
            }
        }
        servers
    }
}

/// Whether a URL has a scheme and a host.
pub(super) fn is_absolute(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
}

/// The URL with the defaults of its variables.
pub(super) fn with_defaults(server: &document::Server<'_>) -> String {
    server
        .variables
        .iter()
        .fold(server.url.text.to_owned(), |url, variable| {
            url.replace(&format!("{{{}}}", variable.key.text), variable.default)
        })
}

fn lower_server(server: &document::Server<'_>, scope: &mut Scope) -> Server {
    let wanted = server
        .name
        .map_or_else(|| server_text(server), |name| name.text.to_owned());
    let mut fields = Scope::snake(&[]);
    let used = |variable: &&document::Variable<'_>| {
        server
            .url
            .text
            .contains(&format!("{{{}}}", variable.key.text))
    };
    let variables = server
        .variables
        .iter()
        .filter(used)
        .map(|variable| Variable {
            name: fields.claim(&variable.key.text),
            wire: variable.key.text.to_string(),
            default: variable.default.to_owned(),
            values: variable
                .values
                .iter()
                .map(|&value| value.to_owned())
                .collect(),
            docs: Docs {
                summary: None,
                description: variable.description.map(str::to_owned),
            },
        });
    Server {
        variant: scope.claim(&wanted),
        url: server.url.text.trim().to_owned(),
        docs: Docs {
            summary: None,
            description: server.description.map(str::to_owned),
        },
        variables: variables.collect(),
    }
}

/// A name from a short description ("Production server"), else from what the host says, else `Default`.
fn server_text(server: &document::Server<'_>) -> String {
    let description = server
        .description
        .unwrap_or_default()
        .trim()
        .trim_end_matches('.');
    let words: Vec<_> = description
        .split_whitespace()
        .filter(|word| !is_filler(word))
        .collect();
    if !words.is_empty()
        && words.len() <= MOST_WORDS
        && words.iter().all(|w| w.is_ascii() && !w.contains('/'))
    {
        return words.join(" ");
    }
    let stages = [
        "sandbox",
        "staging",
        "stage",
        "test",
        "dev",
        "qa",
        "demo",
        "preview",
        "localhost",
    ];
    let host = server
        .url
        .text
        .split("://")
        .nth(1)
        .unwrap_or_default()
        .split('/')
        .next()
        .unwrap_or_default();
    let mut labels = host.split(['.', '-', ':']);
    labels
        .find(|label| stages.contains(label))
        .unwrap_or("Default")
        .to_owned()
}

fn is_filler(word: &str) -> bool {
    ["the", "server", "environment", "api", "url", "endpoint"]
        .contains(&word.to_ascii_lowercase().as_str())
}
