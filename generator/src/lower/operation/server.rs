//! Servers: the environments that a client can be built for.

use std::net::{IpAddr, Ipv6Addr};

use hashbrown::HashMap;

use crate::document::{self, Document, template};
use crate::lower::Lowerer;
use crate::lower::operation::parameter::placeholders;
use crate::model::{Docs, PartialServer, Server, Variable};
use crate::name::{Ident, Scope};

/// The most words of a description that still make a name.
const MOST_WORDS: usize = 3;

/// The most words of a URL that make a name.
const MOST_URL_WORDS: usize = 3;

impl Lowerer<'_, '_> {
    /// The servers that can be chosen by name: those with an absolute URL. The check of servers reports the others.
    pub(crate) fn servers(&mut self) -> Vec<Server> {
        let usable = |server: &&document::Server<'_>| fault(&with_defaults(server)).is_none();
        let servers: Vec<_> = self.document.servers.iter().filter(usable).collect();
        let mut scope = Scope::pascal(&["Self", "Custom"]);
        let lists = names(&servers);
        let firsts: Vec<&str> = lists.iter().map(|list| list[0].as_str()).collect();
        let names = scope.claim_each(&firsts, |index| lists[index][1..].to_vec());
        for (server, name) in servers.iter().zip(&names) {
            let help = "give each server a `name` (3.2), or an `x-rust-name`";
            self.report_if_numbered(&scope, name, "server", Some(server.span), help);
        }
        let servers = servers.into_iter().zip(names);
        servers
            .map(|(server, name)| self.server(server, name))
            .collect()
    }

    fn server(&mut self, server: &document::Server<'_>, variant: Ident) -> Server {
        let url = server.url.trim();
        let names: Vec<&str> = placeholders(url);
        let mut fields = Scope::snake(&[]);
        let fields_of = fields.claim_all(names.iter().copied());
        let described = by_name(server);
        let mut variables: Vec<Variable> = Vec::new();
        for (name, field) in names.into_iter().zip(fields_of) {
            let described = described.get(name);
            let place = described.map_or(server.span, |variable| variable.key.span);
            let help = "rename one of them";
            self.report_if_numbered(&fields, &field, "server variable", Some(place), help);
            let values = described.map_or(&[][..], |variable| &variable.values);
            variables.push(Variable {
                name: field,
                wire: name.to_owned(),
                default: described
                    .map_or("", |variable| variable.default.text)
                    .to_owned(),
                values: values.iter().map(|&value| value.to_owned()).collect(),
                docs: Docs {
                    summary: None,
                    description: described
                        .and_then(|variable| variable.description)
                        .map(str::to_owned),
                    ..Docs::default()
                },
            });
        }
        let usual = with_defaults(server);
        Server {
            variant,
            url: url.to_owned(),
            docs: Docs {
                summary: None,
                description: server.description.map(str::to_owned),
                ..Docs::default()
            },
            encrypted: usual.starts_with("https:"),
            unencrypted: is_unencrypted(&usual),
            variables,
        }
    }
}

/// Why a client cannot be built for a URL. A placeholder without a described variable is not a reason, because it can
/// get a value later.
pub(crate) fn fault(url: &str) -> Option<&'static str> {
    let url = template::filled(url.trim(), |_| Some("1"));
    let Some(rest) = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
    else {
        return Some("no scheme and host");
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if authority.is_empty() || authority.starts_with(':') {
        Some("no host")
    } else if authority.contains('@') {
        Some("a user name is not allowed here")
    } else if path.contains(['?', '#']) {
        Some("a base URL ends with its path")
    } else if !is_authority(authority) {
        Some("the host or the port is invalid")
    } else if !path
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
    {
        Some("a character of the path has to be percent-encoded")
    } else if path.split('/').any(is_dots) {
        Some("the path has a segment `.` or `..`")
    } else {
        None
    }
}

/// Whether a URL is the path of a server, without scheme and host.
pub(crate) fn is_path(url: &str) -> bool {
    let url = url.trim();
    url.starts_with('/') && !url.starts_with("//") && fault(&format!("https://host{url}")).is_none()
}

/// Whether a text is a host, which can be an IPv6 address in brackets, and a port if there is one.
fn is_authority(text: &str) -> bool {
    let address = text.strip_prefix('[').and_then(|text| text.split_once(']'));
    let (is_host, port) = if let Some((address, port)) = address {
        (address.parse::<Ipv6Addr>().is_ok(), port)
    } else {
        let (host, port) = text.split_at(text.find(':').unwrap_or(text.len()));
        let is_host_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        (host.bytes().all(is_host_byte), port)
    };
    let is_port = |port: &str| !port.starts_with('+') && port.parse::<u16>().is_ok();
    is_host && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

/// Whether a segment of a path means the same or the next higher directory, in any spelling.
pub(crate) fn is_dots(segment: &str) -> bool {
    let segment = segment.replace("%2e", ".").replace("%2E", ".");
    matches!(&*segment, "." | "..")
}

/// Whether a URL is unencrypted and does not point to the local machine, as the runtime decides it.
pub(crate) fn is_unencrypted(url: &str) -> bool {
    let Some(rest) = url.trim().strip_prefix("http://") else {
        return false;
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if is_port(port) => host,
        _ => authority,
    };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<IpAddr>();
    !host.eq_ignore_ascii_case("localhost") && !address.is_ok_and(|address| address.is_loopback())
}

/// The URL with the defaults of its variables.
pub(crate) fn with_defaults(server: &document::Server<'_>) -> String {
    let variables = by_name(server);
    template::filled(server.url.trim(), |name| {
        Some(variables.get(name)?.default.text)
    })
}

/// The first server that says more than that the API is where its description is.
pub(crate) fn partial_server(document: &Document<'_>) -> Option<PartialServer> {
    let mut urls = document.servers.iter().map(with_defaults);
    let url = urls.find(|url| !url.trim_matches('/').is_empty())?;
    let is_path = is_path(&url);
    Some(PartialServer { url, is_path })
}

/// The variables of a server by their names.
pub(crate) fn by_name<'s, 't>(
    server: &'s document::Server<'t>,
) -> HashMap<&'s str, &'s document::Variable<'t>> {
    let variables = server.variables.iter();
    variables
        .map(|variable| (&*variable.key.text, variable))
        .collect()
}

/// The names of the servers: from the description, otherwise from the parts in which their URLs differ. The only server
/// without a name is `Default`. It is renamed when a second one comes, so that programs do not compile: if the first of
/// several were `Default`, the name would pass to another server, with the credentials, when that one is removed.
fn names(servers: &[&document::Server<'_>]) -> Vec<Vec<String>> {
    let own = |server: &&document::Server<'_>| match server.name {
        Some(name) => Some(name.text.to_owned()),
        None => server_text(server),
    };
    let names: Vec<Option<String>> = servers.iter().map(own).collect();
    let several = names.iter().filter(|name| name.is_none()).count() > 1;
    let words: Vec<Vec<&str>> = servers.iter().map(|s| url_words(&s.url)).collect();
    let distinct = |index: usize| {
        let own = words[index].iter().copied();
        let distinct = own.filter(|word| !words.iter().all(|other| other.contains(word)));
        let words: Vec<&str> = distinct.take(MOST_URL_WORDS).collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    let indexed = names.into_iter().enumerate();
    indexed
        .map(|(index, name)| {
            let distinct = distinct(index);
            let by_url = distinct.clone().filter(|_| several);
            let name = name.or(by_url).unwrap_or_else(|| "Default".to_owned());
            let further = distinct.map(|distinct| format!("{name} {distinct}"));
            let scheme = servers[index].url.split(':').next().unwrap_or_default();
            let by_scheme = format!("{name} {scheme}");
            [name]
                .into_iter()
                .chain(further)
                .chain([by_scheme])
                .collect()
        })
        .collect()
}

/// The words of a URL that distinguish it from others: the labels of its host except the last, its port, the segments
/// of its path.
fn url_words(url: &str) -> Vec<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let labels = host.rsplit_once('.').map_or(host, |(labels, _)| labels);
    [labels, port, path]
        .into_iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect()
}

/// A name from a short description ("Production server"), otherwise from the host.
fn server_text(server: &document::Server<'_>) -> Option<String> {
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
        return Some(words.join(" "));
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
        .split("://")
        .nth(1)
        .unwrap_or_default()
        .split('/')
        .next()
        .unwrap_or_default();
    let mut labels = host.split(['.', '-', ':']);
    labels
        .find(|label| stages.contains(label))
        .map(str::to_owned)
}

fn is_filler(word: &str) -> bool {
    ["the", "server", "environment", "api", "url", "endpoint"]
        .contains(&word.to_ascii_lowercase().as_str())
}
