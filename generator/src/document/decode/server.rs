//! Servers and the variables of their URLs, and the server of Swagger 2.0.

use hashbrown::HashSet;

use super::super::code::{ASSUMED, DUPLICATE};
use super::super::{Server, Text, Variable, template};
use super::read::head;
use super::{Decoder, Object, is_method_key, keys};
use crate::diagnostic::Diagnostic;
use crate::source::{Member, Node, Span};

impl<'t> Decoder<'t, '_> {
    pub(super) fn servers(&mut self, member: Option<&'t Member>) -> Vec<Server<'t>> {
        let nodes = self.list(member, |node| {
            node.as_str().is_some() || node.get("url").is_some()
        });
        nodes.iter().filter_map(|node| self.server(node)).collect()
    }

    pub(super) fn server(&mut self, node: &'t Node) -> Option<Server<'t>> {
        if let Some(text) = node.as_str() {
            let message = format!("a server must be an object; this is read as `url: {text}`");
            self.assume(node.span, message);
            return Some(Server {
                url: text.into(),
                span: node.span,
                name: None,
                description: None,
                variables: Vec::new(),
            });
        }
        let server = self.object(node, head(node), &keys::SERVER)?;
        let url = self.word(server.get("url")).unwrap_or_else(|| {
            let message = "a server should have `url`; it is read as `/`";
            let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
            self.push_missing(diagnostic, &server, "url", &keys::SERVER);
            Text {
                text: "/",
                span: server.at,
            }
        });
        if url.text.trim().len() < url.text.len() {
            self.assume(url.span, "spaces around a URL are ignored".to_owned());
        }
        let name = self
            .rust_name(server.get("x-rust-name"))
            .or_else(|| self.word(server.get("name")));
        let description = self.text(server.get("description"));
        let variables = self.map(server.get("variables"));
        let variables = variables
            .iter()
            .filter_map(|member| self.variable(member))
            .collect();
        self.duplicate_variables(url);
        Some(Server {
            url: url.text.into(),
            span: url.span,
            name,
            description,
            variables,
        })
    }

    /// Warns about a variable that occurs twice in the URL.
    fn duplicate_variables(&mut self, url: Text<'t>) {
        let mut known = HashSet::new();
        for name in template::placeholders(url.text) {
            if !known.insert(name) {
                let message = format!("`{{{name}}}` is in this URL twice");
                let diagnostic = Diagnostic::warning(DUPLICATE, message).strict();
                self.reporter
                    .push(diagnostic.at(url.span, "both have one value"));
            }
        }
    }

    fn variable(&mut self, member: &'t Member) -> Option<Variable<'t>> {
        let variable = self.object(&member.value, member.key.span, &keys::VARIABLE)?;
        let values: Vec<_> = self
            .words(variable.get("enum"))
            .iter()
            .map(|word| word.text)
            .collect();
        if let Some(member) = variable.get("enum").filter(|_| values.is_empty()) {
            let message = "the `enum` of a server variable is empty; any value is allowed";
            self.assume(member.key.span, message.to_owned());
        }
        let default = variable
            .get("default")
            .and_then(|member| Some((member, member.value.as_scalar()?)));
        let default = default.map(|(member, text)| {
            let expected = "the default of a variable must be a string";
            self.unquoted(&member.value, text, || expected.to_owned());
            let span = member.value.span;
            Text { text, span }
        });
        if default.is_none() {
            self.incomplete(&variable, "default", &keys::VARIABLE);
        }
        let first = values.first().copied().unwrap_or_default();
        let default = default.unwrap_or(Text {
            text: first,
            span: member.key.span,
        });
        let description = self.text(variable.get("description"));
        Some(Variable {
            key: &member.key,
            default,
            values,
            description,
        })
    }

    /// The server of a description in Swagger 2.0.
    pub(super) fn server_of_2_0(&mut self, root: &Object<'t>) -> Vec<Server<'t>> {
        let own = root.get("schemes").filter(|schemes| has_words(schemes));
        self.common_schemes = own.or_else(|| self.schemes_of_operations());
        self.servers_of_2_0(self.common_schemes)
    }

    /// The `schemes` of the operations, if each has some: of one with `https`, otherwise with `http`, otherwise of the
    /// first.
    fn schemes_of_operations(&self) -> Option<&'t Member> {
        let paths = self.root.get("paths")?.as_map()?;
        let items = paths.iter().filter_map(|path| path.value.as_map());
        let members = items.flatten();
        let operations = members.filter(|member| is_method_key(&member.key.text));
        let schemes = operations.map(|operation| {
            let own = operation.value.member("schemes");
            own.filter(|schemes| has_words(schemes))
        });
        let all: Vec<&Member> = schemes.collect::<Option<_>>()?;
        let with = |scheme: &str| {
            let mut all = all.iter();
            all.find(|schemes| words_of(schemes).any(|word| word == scheme))
        };
        with("https").or(with("http")).or(all.first()).copied()
    }

    /// The server that `host`, `basePath` and `schemes` form. Of several schemes `https` is preferred.
    fn servers_of_2_0(&mut self, schemes: Option<&'t Member>) -> Vec<Server<'t>> {
        let host = self.word(self.root.member("host"));
        let base = self.word(self.root.member("basePath"));
        let host = host.map(|host| self.host_name(host, base));
        let Some(named) = host.or(base) else {
            return Vec::new();
        };
        if let Some(base) = base.filter(|base| !base.text.is_empty() && !base.text.starts_with('/'))
        {
            let message = format!(
                "`basePath` begins with `/`; this is read as `/{}`",
                base.text
            );
            self.assume(base.span, message);
        }
        let path = base.map_or("", |base| base.text).trim_end_matches('/');
        let slash = if path.is_empty() || path.starts_with('/') {
            ""
        } else {
            "/"
        };
        let Some(host) = host else {
            return vec![server(format!("{slash}{path}"), named.span)];
        };
        let scheme = self.scheme(schemes, host.span);
        let url = format!("{scheme}://{}{slash}{path}", host.text);
        vec![server(url, host.span)]
    }

    /// The host without a scheme and without slashes around it. These, and a path, which is kept, are reported.
    fn host_name(&mut self, host: Text<'t>, base: Option<Text<'t>>) -> Text<'t> {
        let (scheme, rest) = match host.text.split_once("://") {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, host.text),
        };
        let text = rest.trim_matches('/');
        let (name, path) = text.split_once('/').unwrap_or((text, ""));
        if name == host.text {
            return host;
        }
        let base = base.map_or("", |base| base.text.trim_matches('/'));
        let whole = format!("{path}/{base}");
        let base = format!("`basePath: /{}`", whole.trim_matches('/'));
        let scheme = scheme.map(|scheme| format!("`schemes: [{scheme}]`"));
        let keys = [format!("write `host: {name}`")]
            .into_iter()
            .chain((!path.is_empty()).then_some(base))
            .chain(scheme);
        let message = format!("`host` is only the name of a host; this is read as `{text}`");
        let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
        let diagnostic = diagnostic.at(host.span, "");
        let help = keys.collect::<Vec<_>>().join(" and ");
        self.reporter.push(diagnostic.help(help));
        Text { text, ..host }
    }

    /// The scheme of the server's URL.
    fn scheme(&mut self, schemes: Option<&'t Member>, host: Span) -> &'static str {
        let schemes = self.words(schemes);
        let has = |scheme: &str| schemes.iter().any(|word| word.text == scheme);
        if has("https") {
            return "https";
        }
        if has("http") {
            return "http";
        }
        let message = "no scheme is listed that a client can use; `https` is used";
        let at = schemes.first().map_or(host, |scheme| scheme.span);
        let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
        let diagnostic = diagnostic.at(at, "");
        self.reporter
            .push(diagnostic.help("write `schemes: [https]`"));
        "https"
    }

    /// The server of an operation with its own `schemes`, if its URL differs from that of the other operations.
    pub(super) fn own_server_of_2_0(&mut self, operation: &Object<'t>) -> Vec<Server<'t>> {
        let schemes = operation
            .get("schemes")
            .filter(|schemes| has_words(schemes));
        if schemes.is_none() || self.root.member("host").is_none() {
            return Vec::new();
        }
        let all = self.servers_of_2_0(self.common_schemes);
        let mut own = self.servers_of_2_0(schemes);
        own.retain(|own| all.iter().all(|server| server.url != own.url));
        own
    }
}

fn words_of(schemes: &Member) -> impl Iterator<Item = &str> {
    let words = schemes.value.as_list().unwrap_or_default().iter();
    words.filter_map(Node::as_str)
}

fn has_words(schemes: &Member) -> bool {
    words_of(schemes).next().is_some()
}

fn server<'t>(url: String, span: Span) -> Server<'t> {
    Server {
        url: url.into(),
        span,
        name: None,
        description: None,
        variables: Vec::new(),
    }
}
