//! Links of responses. Nothing is generated from them, but the operations and parameters that they name are checked.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::super::code::DANGLING_REFERENCE;
use super::super::{Location, Operation, PathItem, Text, template};
use super::parameter::LOCATIONS;
use super::read::meant;
use super::reference::ObjectKind;
use super::{Decoder, Object, address, keys};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Member, Node, Span};

/// The maximum number of unknown names for which a similar one is searched: each search compares with every operation.
const MOST_SUGGESTIONS: usize = 100;

/// A link. Its operation is looked up after all operations are decoded.
#[derive(Debug)]
pub(super) struct Link<'t> {
    operation: Linked<'t>,
    parameters: &'t [Member],
}

/// The key by which a link names its operation.
#[derive(Debug)]
enum Linked<'t> {
    /// By `operationId`.
    Id(Text<'t>),
    /// By `operationRef`, which points to the key at this location.
    At(Span),
}

impl<'t> Decoder<'t, '_> {
    /// Reads a map of links. Returns their values that can have runtime expressions.
    pub(super) fn links(&mut self, member: Option<&'t Member>) -> Vec<Text<'t>> {
        let mut found = Vec::new();
        for member in self.map(member) {
            let at = member.key.span;
            let Some(followed) = self.follow(&member.value, at, ObjectKind::Link) else {
                continue;
            };
            found.extend(expressions(followed.node));
            if !self.linked.insert(address(followed.node)) {
                continue;
            }
            if let Some(link) = self.object(followed.node, followed.at, &keys::LINK) {
                self.link(&link);
            }
        }
        found
    }

    fn link(&mut self, object: &Object<'t>) {
        self.text(object.get("description"));
        if let Some(member) = object.get("server") {
            self.server(&member.value);
        }
        let parameters = self.map(object.get("parameters"));
        let expressions = parameters.iter().chain(object.get("requestBody"));
        expressions.for_each(|member| self.expression_in(member));
        let names = [("operationId", "operationRef")];
        self.exclusive(object, &names, "`operationId` counts");
        let operation = match (object.get("operationId"), object.get("operationRef")) {
            (Some(id), _) => self.word(Some(id)).map(Linked::Id),
            (None, Some(reference)) => self.operation_at(reference),
            (None, None) => {
                let message = "a link must have `operationId` or `operationRef`".to_owned();
                self.assume(object.at, message);
                None
            }
        };
        self.links.extend(operation.map(|operation| Link {
            operation,
            parameters,
        }));
    }

    /// The operation that an `operationRef` points to. References to other files are not checked.
    fn operation_at(&mut self, member: &'t Member) -> Option<Linked<'t>> {
        let reference = self.word(Some(member))?;
        if !reference.text.starts_with('#') {
            return None;
        }
        let target = self.anything(reference);
        let Some(target) = target.filter(|target| target.node.as_map().is_some()) else {
            self.no_operation(reference, None);
            return None;
        };
        target.key.map(|key| Linked::At(key.span))
    }

    /// Reports the links whose operation does not exist, or has no such parameter.
    pub(super) fn check_links(&mut self, paths: &[PathItem<'t>], webhooks: &[PathItem<'t>]) {
        let links = std::mem::take(&mut self.links);
        if links.is_empty() {
            return;
        }
        let items = paths.iter().chain(webhooks);
        let own = items.flat_map(|item| &item.operations);
        let all = own.flat_map(|operation| {
            let callbacks = operation.callbacks.iter().flat_map(|item| &item.operations);
            std::iter::once(operation).chain(callbacks)
        });
        let (mut by_id, mut by_place) = (BTreeMap::new(), HashMap::new());
        for operation in all {
            by_place.insert(operation.span, operation);
            if let Some(id) = operation.id {
                by_id.entry(id.text).or_insert(operation);
            }
        }
        let mut suggestions = 0;
        for link in links {
            let operation = match link.operation {
                Linked::At(place) => by_place.get(&place),
                Linked::Id(id) => {
                    let found = by_id.get(id.text);
                    if found.is_none() && !self.selection.ids.contains(id.text) {
                        suggestions += 1;
                        let near = (suggestions < MOST_SUGGESTIONS)
                            .then(|| nearest(id.text, by_id.keys().copied()))
                            .flatten();
                        self.no_operation(id, near);
                    }
                    found
                }
            };
            if let Some(operation) = operation {
                self.linked_parameters(operation, link.parameters);
            }
        }
    }

    fn no_operation(&mut self, name: Text<'t>, near: Option<&str>) {
        let message = format!("the linked operation `{}` does not exist", name.text);
        let diagnostic = Diagnostic::warning(DANGLING_REFERENCE, message).strict();
        self.reporter.push(match near {
            Some(near) => meant(diagnostic, name.text, name.span, near),
            None => diagnostic.at(name.span, ""),
        });
    }

    fn linked_parameters(&mut self, operation: &Operation<'t>, named: &'t [Member]) {
        for member in named {
            let name = &*member.key.text;
            // A placeholder without a parameter is reported at the path.
            let in_path = || template::placeholders(&operation.path.text).contains(&name);
            if operation.incomplete || has_parameter(operation, name) || in_path() {
                continue;
            }
            let message = format!("the linked operation has no parameter `{name}`");
            let diagnostic = Diagnostic::warning(DANGLING_REFERENCE, message).strict();
            let diagnostic = diagnostic
                .at(member.key.span, "")
                .also(operation.span, "the operation");
            self.reporter.push(diagnostic);
        }
    }
}

/// The strings of a link that can have runtime expressions.
fn expressions(link: &Node) -> impl Iterator<Item = Text<'_>> {
    let parameters = link.get("parameters").and_then(Node::as_map);
    let parameters = parameters.unwrap_or_default().iter();
    let values = parameters.map(|member| &member.value);
    values.chain(link.get("requestBody")).filter_map(|node| {
        let text = node.as_str()?;
        let span = node.span;
        Some(Text { text, span })
    })
}

/// Whether an operation has a parameter of this name, which may include the location: `path.id`.
fn has_parameter(operation: &Operation<'_>, name: &str) -> bool {
    let qualified = name.split_once('.').and_then(|(place, name)| {
        let location = LOCATIONS.iter().find(|(known, _)| *known == place);
        location.map(|(_, location)| (*location, name))
    });
    operation.parameters.iter().any(|parameter| {
        let is_called = |name: &str| {
            parameter.name.text == name
                || parameter.location == Location::Header
                    && parameter.name.text.eq_ignore_ascii_case(name)
        };
        is_called(name)
            || qualified
                .is_some_and(|(location, name)| parameter.location == location && is_called(name))
    })
}
