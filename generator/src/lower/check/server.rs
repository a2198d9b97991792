//! Servers that no client can be built for, and servers that deserve a warning.

use hashbrown::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::code::DUPLICATE;
use crate::document::{Document, Operation, Server, Variable, template};
use crate::lower::code;
use crate::lower::operation::own_server_index;
use crate::lower::operation::server::{by_name, fault, is_path, is_unencrypted, with_defaults};
use crate::source::Span;

pub(super) fn check(document: &Document<'_>, diagnostics: &mut Diagnostics) {
    for server in &document.servers {
        // A relative URL needs no warning here: the caller passes the whole base URL.
        if !server.url.trim_matches('/').is_empty() {
            usable(server, "callers pass the whole base URL", diagnostics);
        }
    }
    diagnostics.extend(same_names(&document.servers));
    let operations = document.operations();
    let mut seen = HashSet::new();
    for operation in operations {
        let first = operation.servers.first();
        if first.is_some_and(|first| seen.insert(first.span)) {
            own_servers(operation, diagnostics);
        }
    }
}

/// Returns a warning for each server whose name an earlier one has.
fn same_names(servers: &[Server<'_>]) -> Vec<Diagnostic> {
    let mut firsts: HashMap<&str, Span> = HashMap::new();
    let mut found = Vec::new();
    for name in servers.iter().filter_map(|server| server.name) {
        let first = *firsts.entry(name.text).or_insert(name.span);
        if first != name.span {
            let message = format!("two servers have the name `{}`", name.text);
            let diagnostic = Diagnostic::warning(DUPLICATE, message).strict();
            let diagnostic = diagnostic.at(name.span, "named again here");
            found.push(diagnostic.also(first, "named here"));
        }
    }
    found
}

/// Reports which of an operation's own servers are not used.
fn own_servers(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let used = own_server_index(operation);
    let instead = match used {
        Some(used) if is_path(&with_defaults(&operation.servers[used])) => {
            "the operation is called at this path of the client's server"
        }
        Some(_) => "the operation is called at another one of its own servers",
        None => "the operation is called where the others are",
    };
    let (tried, rest) = operation.servers.split_at(used.unwrap_or(0) + 1);
    for server in tried {
        usable(server, instead, diagnostics);
    }
    if let Some(next) = rest.first() {
        let message = "an operation is called at the first of its own servers that can be used";
        diagnostics.push(
            Diagnostic::warning(code::SERVER_LEFT_OUT, message)
                .at(next.span, "this one is not used"),
        );
    }
}

/// Reports the faults of a server; `instead` describes what happens if it cannot be used.
fn usable(server: &Server<'_>, instead: &str, diagnostics: &mut Diagnostics) {
    let url = with_defaults(server);
    if let Some(fault) = fault(&url) {
        let written = &server.url;
        let message = format!("no client can be built for the server `{written}`: {instead}");
        let diagnostic = Diagnostic::warning(code::SERVER_LEFT_OUT, message);
        let diagnostic = diagnostic.at(server.span, fault);
        diagnostics.push(if begins_with_domain(&url) {
            diagnostic.help(format!("begin it with `https://`: `https://{written}`"))
        } else {
            diagnostic
        });
        return;
    }
    variables(server, diagnostics);
    if is_unencrypted(&url) {
        let message = format!("the server `{url}` is reached without encryption");
        diagnostics.push(
            Diagnostic::warning(code::SERVER_UNENCRYPTED, message)
                .at(server.span, "calls need `allow_http()`")
                .help("write `https://`, if the server has it"),
        );
    }
}

/// Whether a URL without a scheme begins with the name of a domain, and not with a version such as `v1.0`.
fn begins_with_domain(url: &str) -> bool {
    let host = url.split(['/', ':']).next().unwrap_or_default();
    let top = host.rsplit_once('.').map_or("", |(_, top)| top);
    !url.contains("://") && top.len() > 1 && top.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Reports placeholders without a variable, and defaults that are not in the `enum` of their variable.
fn variables(server: &Server<'_>, diagnostics: &mut Diagnostics) {
    let described = by_name(server);
    let placeholders = template::placeholders(&server.url);
    let in_url: HashSet<&str> = placeholders.iter().copied().collect();
    let variables = server.variables.iter();
    let unused = variables.filter(|variable| !in_url.contains(&*variable.key.text));
    let mut misspelt: HashSet<&str> = HashSet::new();
    for name in placeholders {
        if described.contains_key(name) {
            continue;
        }
        // What a placeholder without a variable was most likely meant to be: a variable that is not in the URL either.
        let near = nearest(name, unused.clone().map(|variable| &*variable.key.text));
        if let Some(near) = unused.clone().find(|one| Some(&*one.key.text) == near) {
            misspelt.insert(&near.key.text);
            diagnostics.push(misspelt_variable(server, name, near));
            continue;
        }
        let message = format!("no variable describes `{{{name}}}`, so it has no default");
        diagnostics.push(
            Diagnostic::warning(code::SERVER_VARIABLE, message)
                .strict()
                .at(server.span, "callers have to pass it")
                .help(format!("describe `{name}` under `variables`")),
        );
    }
    for variable in &server.variables {
        let name = &*variable.key.text;
        if misspelt.contains(name) {
            continue;
        }
        if !in_url.contains(name) {
            let message = format!("the URL has no `{{{name}}}` for this variable");
            diagnostics.push(
                Diagnostic::warning(code::SERVER_VARIABLE, message)
                    .strict()
                    .at(variable.key.span, "this variable is ignored")
                    .also(server.span, "the URL"),
            );
            continue;
        }
        if !variable.values.is_empty() && !variable.values.contains(&variable.default.text) {
            let message = format!(
                "the default `{}` is not one of the values of `enum`",
                variable.default.text
            );
            diagnostics.push(
                Diagnostic::warning(code::SERVER_VARIABLE, message)
                    .strict()
                    .at(variable.default.span, "the default is allowed all the same"),
            );
        }
    }
}

fn misspelt_variable(server: &Server<'_>, name: &str, near: &Variable<'_>) -> Diagnostic {
    let known = &near.key.text;
    let message = format!("`{{{name}}}` in this URL is not the variable `{known}`");
    Diagnostic::warning(code::SERVER_VARIABLE, message)
        .strict()
        .at(server.span, "callers have to pass it")
        .also(near.key.span, "this variable is ignored")
        .help(format!("write `{{{known}}}` in the URL"))
}

#[cfg(test)]
mod tests {
    use super::begins_with_domain;

    #[test]
    fn versions_and_addresses_are_no_domains() {
        for (url, is_domain) in [
            ("api.example.com/v1", true),
            ("api.example.com:8443", true),
            ("v1.0/api", false),
            ("127.0.0.1:8080", false),
            ("./api.example", false),
            ("/files.example", false),
            ("https://api.example.com", false),
        ] {
            assert_eq!(begins_with_domain(url), is_domain, "{url}");
        }
    }
}
