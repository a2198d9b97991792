//! Values of discriminators that are names of schemas, so that renaming a schema would change what is sent.

use hashbrown::HashSet;

use super::Walk;
use crate::source::{Member, Node};
use crate::text::Span;

impl<'t> Walk<'t> {
    /// Whether the mapping of a discriminator has a value for a schema.
    fn is_mapped(&mut self, discriminator: &Node, schema: Span) -> bool {
        let mapping = discriminator.get("mapping").and_then(Node::as_map);
        let values = mapping.unwrap_or_default().iter().map(|one| &one.value);
        let mut texts = values.filter_map(|value| Some((value.as_str()?, value.span.file)));
        texts.any(|(text, from)| {
            let target = self.target(Some("schemas"), text, from);
            target.is_some_and(|(target, _)| target.at() == schema)
        })
    }

    /// Records the alternatives of a schema whose names are values of its discriminator.
    pub(super) fn values(&mut self, schema: &Node) {
        let Some(discriminator) = schema.get("discriminator") else {
            return;
        };
        let lists = ["oneOf", "anyOf"].map(|key| schema.get(key).and_then(Node::as_list));
        for alternative in lists.into_iter().flatten().flatten() {
            if let Some(target) = self.referred(alternative)
                && !self.is_mapped(discriminator, target.at())
            {
                self.index.values.insert(target.at());
            }
        }
    }

    /// Records a schema whose name is a value of a discriminator.
    pub(super) fn named_schema(&mut self, member: &'t Member) {
        let span = member.key.span;
        if self.is_value_of_parent(member) {
            self.index.values.insert(span);
        }
        if self.is_own_value(member) {
            self.own_values.push(span);
        }
    }

    /// Records the schemas whose name is a value of their own discriminator. Only the discriminator of a base chooses
    /// between schemas by their names.
    pub(super) fn values_of_bases(&mut self) {
        let own = self.own_values.iter();
        let own = own.filter(|schema| self.bases.contains(*schema));
        self.index.values.extend(own.copied());
    }

    /// Whether the name of a schema is a value of its own discriminator if it is a base: its property lists the name.
    fn is_own_value(&mut self, member: &'t Member) -> bool {
        let schema = &member.value;
        let Some(discriminator) = schema.get("discriminator") else {
            return false;
        };
        // The alternatives give the values.
        if schema.get("oneOf").is_some() || schema.get("anyOf").is_some() {
            return false;
        }
        let name = &*member.key.text;
        let mapping = discriminator.get("mapping");
        let is_mapped = mapping.is_some_and(|mapping| mapping.get(name).is_some())
            || self.is_mapped(discriminator, member.key.span);
        let property = property_of(discriminator).filter(|_| !is_mapped);
        property.is_some_and(|property| self.lists(&member.value, property, name))
    }

    /// Whether a property of a schema, or of a part of its `allOf`, has a value.
    fn lists(&mut self, schema: &'t Node, property: &str, value: &str) -> bool {
        let mut known = HashSet::new();
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            if !known.insert(std::ptr::from_ref(schema).addr()) {
                continue;
            }
            let own = schema.get("properties").and_then(|all| all.get(property));
            let target = own.and_then(|own| self.referred(own));
            for property in own.into_iter().chain(target.map(|target| target.node)) {
                let values = property.get("enum").and_then(Node::as_list);
                let constant = property.get("const").into_iter();
                let mut values = values.into_iter().flatten().chain(constant);
                if values.any(|one| one.as_str() == Some(value)) {
                    return true;
                }
            }
            let parts = schema.get("allOf").and_then(Node::as_list);
            for part in parts.into_iter().flatten() {
                let target = self.referred(part);
                open.push(target.map_or(part, |target| target.node));
            }
        }
        false
    }

    /// Whether the name of a schema is a value of the discriminator of a schema that its `allOf` refers to.
    fn is_value_of_parent(&mut self, member: &Member) -> bool {
        let mut is_value = false;
        let mut known = HashSet::new();
        let mut open = vec![&member.value];
        while let Some(schema) = open.pop() {
            let parts = schema.get("allOf").and_then(Node::as_list);
            for part in parts.into_iter().flatten() {
                let Some(target) = self.referred(part) else {
                    continue;
                };
                self.bases.insert(target.at());
                let parent = target.node;
                if let Some(discriminator) = parent.get("discriminator")
                    && !self.is_mapped(discriminator, member.key.span)
                {
                    is_value = true;
                }
                if known.insert(std::ptr::from_ref(parent).addr()) {
                    open.push(parent);
                }
            }
        }
        is_value
    }
}

/// The name of the property of a discriminator, which is a string in Swagger 2.0.
fn property_of(discriminator: &Node) -> Option<&str> {
    let name = discriminator.get("propertyName").unwrap_or(discriminator);
    name.as_str()
}
