//! What the operations that are wanted need of the rest of a description, where not all of them are.

use std::collections::{HashMap, HashSet};

use super::super::{Operation, PathItem, Requirement, SchemaId, SecurityScheme, Text};
use super::reference::ObjectKind;
use super::{Decoder, Object, address};
use crate::document::selection::Candidate;
use crate::source::{Key, Member, Node};

impl<'t> Decoder<'t, '_> {
    /// Whether an operation is wanted. Those of a callback belong to the operation that has it.
    pub(super) fn is_wanted(&mut self, method: &str, path: &Key, operation: &Node) -> bool {
        self.in_callback
            || self.selection.is_whole()
            || self
                .selection
                .takes(&Candidate::new(method, &path.text, operation))
    }

    /// Keeps the path items that have an operation which is wanted.
    pub(super) fn keep_wanted(&self, items: &mut Vec<PathItem<'t>>) {
        if !self.selection.is_whole() {
            items.retain(|item| !item.operations.is_empty());
        }
    }

    /// The components that were met while the operations were decoded, in the order of the file, with those that extend
    /// one of them that has a discriminator: its values may be values of these.
    pub(super) fn needed_schemas(&mut self, components: &Object<'t>) -> Vec<(&'t Key, SchemaId)> {
        let schemas = components.get(ObjectKind::Schema.section(self.version));
        let members = self.map(schemas);
        let extensions = self.extensions(members);
        let mut extending = HashSet::new();
        let mut at = 0;
        self.pending_schemas();
        while let Some(schema) = self.schemas.get(at) {
            at += 1;
            let base = schema.node.filter(|_| schema.discriminator.is_some());
            let mut open: Vec<usize> = base.map(address).into_iter().collect();
            while let Some(base) = open.pop() {
                for &member in extensions.get(&base).into_iter().flatten() {
                    if extending.insert(address(&member.value)) {
                        self.named_schema(member);
                        open.push(address(&member.value));
                    }
                }
            }
            self.pending_schemas();
        }
        let mut named = Vec::new();
        for member in members {
            let id = self.ids.get(&address(&member.value)).copied();
            named.extend(id.map(|id| (&member.key, id)));
        }
        named
    }

    /// The components that refer to each schema at their top or in `allOf`, by its address.
    fn extensions(&mut self, members: &'t [Member]) -> HashMap<usize, Vec<&'t Member>> {
        let mut extensions: HashMap<usize, Vec<&'t Member>> = HashMap::new();
        for member in members {
            let parts = member.value.get("allOf").and_then(Node::as_list);
            let parts = parts.unwrap_or_default().iter();
            for node in parts.chain([&member.value]) {
                let Some(reference) = node.get("$ref") else {
                    continue;
                };
                let text = reference.as_str().map(|text| Text {
                    text,
                    span: reference.span,
                });
                if let Some(target) = text.and_then(|text| self.anything(text)) {
                    let base = extensions.entry(address(target.node));
                    base.or_default().push(member);
                }
            }
        }
        extensions
    }

    /// Keeps the security schemes that a wanted operation asks for.
    pub(super) fn keep_needed_schemes(
        &self,
        schemes: &mut Vec<SecurityScheme<'t>>,
        paths: &[PathItem<'t>],
        security: Option<&[Requirement<'t>]>,
    ) {
        if self.selection.is_whole() {
            return;
        }
        let operations = paths.iter().flat_map(|path| &path.operations);
        let asked = operations.flat_map(|operation: &Operation<'t>| {
            operation
                .security
                .as_deref()
                .or(security)
                .unwrap_or_default()
        });
        let names = asked.flat_map(|requirement| &requirement.schemes);
        let needed: HashSet<&str> = names.map(|name| name.text).collect();
        schemes.retain(|scheme| needed.contains(&*scheme.key.text));
    }
}
