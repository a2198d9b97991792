//! Servers and the variables of their URLs.

use hashbrown::HashSet;

use super::super::code::{ASSUMED, DUPLICATE};
use super::super::{Server, Text, Variable, template};
use super::read::head;
use super::{Decoder, keys};
use crate::diagnostic::Diagnostic;
use crate::source::{Member, Node};

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
            self.unquoted(
                &member.value,
                text,
                "the default of a variable must be a string",
            );
            text
        });
        if default.is_none() {
            self.missing(member.key.span, "default", keys::VARIABLE.noun);
        }
        let default = default.or(values.first().copied()).unwrap_or("");
        let description = self.text(variable.get("description"));
        Some(Variable {
            key: &member.key,
            default,
            values,
            description,
        })
    }
}
