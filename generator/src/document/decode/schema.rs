//! Decodes schemas: each node once, from a queue, so that neither recursion nor deep nesting overflows the stack.

use super::super::code::{ASSUMED, REFERENCE_CYCLE, WRONG_TYPE};
use super::super::{Schema, SchemaId, SimpleType};
use super::info::circles;
use super::misplaced::is_property;
use super::read::{describe, head};
use super::reference::also_some;
use super::types::is_type;
use super::{Decoder, Object, address, keys};
use crate::diagnostic::Diagnostic;
use crate::source::{Member, Node, Span, Value};

/// The number of references from which on a chain counts as long.
const LONG: usize = 32;

/// The role of the node that a schema is decoded from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A schema.
    Schema,
    /// The schema of a parameter or a header. Some descriptions refer to another parameter here, whose schema is then
    /// used.
    Input,
    /// A parameter that contains the keywords of its schema itself, as in Swagger 2.0.
    Parameter,
    /// A field of a form, which is a parameter in Swagger 2.0.
    Field,
}

impl Role {
    /// Whether a key of a node in this role belongs to the schema.
    fn reads(self, key: &str) -> bool {
        let describes = || matches!(key, "description" | "x-rust-name" | "x-rust-former-name");
        match self {
            Self::Schema | Self::Input => true,
            Self::Parameter => is_schema_keyword_of_parameter(key),
            Self::Field => describes() || is_schema_keyword_of_parameter(key),
        }
    }
}

/// A schema that has an id but is not decoded yet.
#[derive(Debug)]
pub(super) struct Pending<'t> {
    id: SchemaId,
    node: &'t Node,
    role: Role,
    recursive: Option<SchemaId>,
}

impl<'t> Decoder<'t, '_> {
    /// The id of the schema at a node. The schema is decoded later.
    pub(super) fn schema(
        &mut self,
        node: &'t Node,
        at: Span,
        component: Option<&'t str>,
        role: Role,
    ) -> SchemaId {
        if let Some(id) = self.ids.get(&address(node)) {
            return *id;
        }
        let id = SchemaId::at(self.schemas.len());
        self.schemas.push(Schema {
            node: Some(node),
            mark: Some(at),
            component,
            ..Schema::default()
        });
        self.ids.insert(address(node), id);
        self.queue.push_back(Pending {
            id,
            node,
            role,
            recursive: self.recursive,
        });
        id
    }

    /// Adds a schema that has no node.
    pub(super) fn add_schema(&mut self, schema: Schema<'t>) -> SchemaId {
        self.schemas.push(schema);
        SchemaId::at(self.schemas.len() - 1)
    }

    /// The schema that is the value of a key.
    pub(super) fn child(&mut self, member: &'t Member) -> SchemaId {
        self.schema(&member.value, member.key.span, None, Role::Schema)
    }

    /// Reads a `$ref` as the schema of the key above it, if that is one of these keys and has no value, and reports it:
    /// the `$ref` is not indented. Returns the `$ref`, which does not belong to the object itself.
    pub(super) fn unindented_reference(
        &mut self,
        members: &'t [Member],
        takes_schema: fn(&str) -> bool,
    ) -> Option<&'t Member> {
        let mut pairs = members.iter().zip(members.iter().skip(1));
        let (above, reference) = pairs.find(|(above, reference)| {
            let is_reference = &*reference.key.text == "$ref" && reference.value.as_str().is_some();
            is_reference && above.value.has_no_text() && takes_schema(&above.key.text)
        })?;
        let message = format!(
            "`$ref` belongs to `{}`; it is read as its value",
            above.key.text
        );
        let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
        let diagnostic = diagnostic.at(reference.key.span, "");
        let diagnostic = diagnostic.also(above.key.span, "this key has no value");
        self.reporter.push(diagnostic.help("indent it deeper"));
        let mut schema = Schema {
            mark: Some(above.key.span),
            ..Schema::default()
        };
        self.schema_reference(&mut schema, reference);
        let id = self.add_schema(schema);
        self.ids.insert(address(&above.value), id);
        Some(reference)
    }

    /// The schema that is the value of a key of a parameter or a header.
    pub(super) fn input_schema(&mut self, member: &'t Member) -> SchemaId {
        self.schema(&member.value, member.key.span, None, Role::Input)
    }

    /// The schema that is an entry of a map of named schemas.
    pub(super) fn named_schema(&mut self, member: &'t Member) -> SchemaId {
        self.schema(
            &member.value,
            member.key.span,
            Some(&member.key.text),
            Role::Schema,
        )
    }

    /// The schemas of an array.
    pub(super) fn elements(&mut self, nodes: &'t [Node]) -> Vec<SchemaId> {
        nodes
            .iter()
            .map(|node| self.schema(node, head(node), None, Role::Schema))
            .collect()
    }

    /// Decodes all schemas in the queue, and those that are added meanwhile.
    pub(super) fn pending_schemas(&mut self) {
        while let Some(Pending {
            id,
            node,
            role,
            recursive,
        }) = self.queue.pop_front()
        {
            let anchored = node
                .get("$recursiveAnchor")
                .is_some_and(|anchor| anchor.value == Value::Bool(true));
            self.recursive = if anchored { Some(id) } else { recursive };
            let mut schema = std::mem::take(&mut self.schemas[id.0 as usize]);
            let at = schema.mark.unwrap_or(node.span);
            match &node.value {
                Value::Map(members) => {
                    self.keywords(&mut schema, &Object::unchecked(members, at), role);
                }
                Value::Bool(value) => schema.boolean = Some(*value),
                Value::Null => self.assume(
                    at,
                    "a schema without a value is read as any JSON".to_owned(),
                ),
                _ => {
                    let message = format!("a schema must be an object, not {}", describe(node));
                    let diagnostic = Diagnostic::warning(WRONG_TYPE, message)
                        .strict()
                        .at(head(node), "any JSON is accepted instead");
                    self.reporter.push(keyword_fix(diagnostic, node));
                }
            }
            self.schemas[id.0 as usize] = schema;
        }
    }

    fn keywords(&mut self, schema: &mut Schema<'t>, object: &Object<'t>, role: Role) {
        schema.of_parameter = matches!(role, Role::Parameter | Role::Field);
        let lacks_properties = !schema.of_parameter && self.lacks_properties(object);
        let mut has_unknown = false;
        let unindented = self.unindented_reference(object.members, |key| key == "items");
        for member in object.members {
            if unindented.is_some_and(|reference| std::ptr::eq(reference, member)) {
                continue;
            }
            if lacks_properties && is_property(member) {
                schema
                    .properties
                    .push(((&member.key).into(), self.child(member)));
                continue;
            }
            if !role.reads(&member.key.text) {
                has_unknown = true;
                continue;
            }
            if role == Role::Input && self.borrowed(schema, member) {
                continue;
            }
            if self.keyword(schema, &member.key.text, member) {
                continue;
            }
            has_unknown = true;
            if let Some(key) = self.unknown_key(object, member, &keys::SCHEMA) {
                self.keyword(schema, key, member);
            }
        }
        let object = &Object {
            has_unknown,
            ..*object
        };
        let keyword = |key: &str| {
            let member = object.get(key).filter(|_| key == "type" || role.reads(key));
            member.filter(|it| !(lacks_properties && is_property(it)))
        };
        if let Some(member) = keyword("type") {
            self.types(schema, member);
        }
        self.left_over(schema, keyword);
        if let Some(values) = &schema.enumeration {
            self.labels(object, values);
        }
        if schema.nullable && !schema.types.is_empty() && !schema.types.contains(&SimpleType::Null)
        {
            schema.types.push(SimpleType::Null);
        }
        self.values_of_elements(schema, object);
        self.wrapped(schema, object);
    }

    /// Applies an `enum` of scalars on an array schema to the elements, which is most likely meant.
    fn values_of_elements(&mut self, schema: &mut Schema<'t>, object: &Object<'t>) {
        let is_array = schema.types.contains(&SimpleType::Array)
            && schema
                .types
                .iter()
                .all(|t| matches!(t, SimpleType::Array | SimpleType::Null));
        let is_element = |node: &&'t Node| !matches!(node.value, Value::List(_) | Value::Null);
        let values = schema.enumeration.as_ref();
        let Some(values) = values.filter(|values| values.iter().any(is_element)) else {
            return;
        };
        if !is_array
            || values
                .iter()
                .any(|node| matches!(node.value, Value::List(_)))
        {
            return;
        }
        let mark = object.get("enum").map(|member| member.key.span);
        let of_elements = Schema {
            mark,
            enumeration: Some(values.iter().copied().filter(is_element).collect()),
            all_of: schema.items.into_iter().collect(),
            ..Schema::default()
        };
        schema.enumeration = None;
        schema.items = Some(self.add_schema(of_elements));
        if let Some(mark) = mark {
            self.assume(
                mark,
                "the `enum` of an array must list arrays; it is read as that of its `items`"
                    .to_owned(),
            );
        }
    }

    /// Reports cycles of schemas that consist only of references to each other, and removes these references.
    pub(super) fn break_cycles(&mut self) {
        let references = self.schemas.iter().map(|schema| schema.reference);
        let next: Vec<Option<usize>> = references
            .map(|reference| reference.map(|(next, _)| next.0 as usize))
            .collect();
        for entry in circles(&next) {
            let onward = std::iter::successors(next[entry], |&at| next[at]);
            let rest = onward.take_while(|&at| at != entry);
            let cycle: Vec<usize> = std::iter::once(entry).chain(rest).collect();
            self.cycle(&cycle);
        }
    }

    /// For each schema the end of its chain of references, if that chain is long.
    pub(super) fn ends(&self) -> Vec<SchemaId> {
        // The end of each schema's chain, with the distance to it.
        let mut ends: Vec<Option<(SchemaId, usize)>> = vec![None; self.schemas.len()];
        for start in 0..self.schemas.len() {
            let mut passed = Vec::new();
            let mut at = SchemaId::at(start);
            let (end, mut distance) = loop {
                if let Some(known) = ends[at.0 as usize] {
                    break known;
                }
                // In a cycle, the schema that is reached a second time is taken as the end.
                let end = *ends[at.0 as usize].insert((at, 0));
                let Some(next) = self.schemas[at.0 as usize].bare_reference() else {
                    break end;
                };
                passed.push(at);
                at = next;
            };
            for id in passed.into_iter().rev() {
                distance += 1;
                ends[id.0 as usize] = Some((end, distance));
            }
        }
        let ends = ends.into_iter().enumerate();
        ends.map(|(index, end)| match end {
            Some((end, distance)) if distance > LONG => end,
            _ => SchemaId::at(index),
        })
        .collect()
    }

    fn cycle(&mut self, circle: &[usize]) {
        let message = "these references form a cycle without a schema; any JSON is accepted";
        let diagnostic = Diagnostic::warning(REFERENCE_CYCLE, message).strict();
        let mut places = Vec::new();
        for index in circle {
            let Some((next, span)) = self.schemas[*index].reference.take() else {
                continue;
            };
            let target = self.schemas[next.0 as usize].component;
            let target = target.unwrap_or("the next one");
            places.push((span, format!("refers to {target}")));
        }
        let mut places = places.into_iter();
        let Some((first, text)) = places.next() else {
            return;
        };
        let diagnostic = also_some(diagnostic.at(first, text), places);
        self.reporter
            .push(diagnostic.help("give one of them a type"));
    }
}

/// Whether a key of a parameter in the form of Swagger 2.0 belongs to its schema.
pub(super) fn is_schema_keyword_of_parameter(key: &str) -> bool {
    key != "required" && !keys::PARAMETER.has(key) && keys::SCHEMA.has(key)
}

/// Adds the correction of the name of a type, and of `type string` and `type:string`: a string that begins with a keyword
/// of schemas.
fn keyword_fix(diagnostic: Diagnostic, node: &Node) -> Diagnostic {
    let text = node.as_str().unwrap_or_default();
    if is_type(text) {
        let schema = format!("{{type: {text}}}");
        return diagnostic.fix(format!("write `{schema}`"), node.span, schema);
    }
    let pair = text.split_once([' ', ':']);
    let pair = pair.map(|(key, value)| (key, value.trim_matches([' ', ':'])));
    let keyword = |key: &str| keys::SCHEMA.all().any(|known| known == key);
    match pair.filter(|(key, value)| keyword(key) && !value.contains([':', '\n', '#'])) {
        Some((key, value)) => {
            let meant = format!("{key}: {value}");
            let message = format!("write `{meant}`");
            // A string in quotes can be one of JSON, where the object has brackets.
            let is_quoted = text.len() != (node.span.end - node.span.start) as usize;
            let object = || serde_json::json!({ key: value }).to_string();
            let replacement = if is_quoted { object() } else { meant };
            diagnostic.fix(message, node.span, replacement)
        }
        None => diagnostic,
    }
}
