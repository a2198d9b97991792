//! The parts of a description that the selected operations need, if not all operations are selected.

use hashbrown::{HashMap, HashSet};

use super::super::{Operation, PathItem, Requirement, SchemaId, SecurityScheme, Text};
use super::reference::ObjectKind;
use super::{Decoder, Object, address};
use crate::document::selection::Candidate;
use crate::source::{Key, Member, Node};

impl<'t> Decoder<'t, '_> {
    /// Whether an operation is selected. An operation of a callback follows the operation that has the callback.
    pub(super) fn is_wanted(&mut self, method: &str, path: &Key, operation: &Node) -> bool {
        self.in_callback
            || self.selection.is_whole()
            || self
                .selection
                .takes(&Candidate::new(method, &path.text, operation))
    }

    /// Keeps the path items that have a selected operation.
    pub(super) fn keep_wanted(&self, items: &mut Vec<PathItem<'t>>) {
        if !self.selection.is_whole() {
            items.retain(|item| !item.operations.is_empty());
        }
    }

    /// The components that the decoded operations refer to, in the order of the file. If one of them has a
    /// discriminator, the components that extend it are needed as well, because its values may be values of those.
    pub(super) fn needed_schemas(&mut self, components: &Object<'t>) -> Vec<(&'t Key, SchemaId)> {
        let schemas = self.section(components, ObjectKind::Schema.section(self.version));
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

    /// For each schema, by address, the components that refer to it at their top level or in `allOf`.
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

    /// Keeps the security schemes that a selected operation requires.
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
