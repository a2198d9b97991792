//! Documentation: the texts of the description, with the items that their links lead to.

use super::{Api, Home, Kind, Operation, Output, Resource, Type, Webhooks};

/// Text of the description as Markdown, not yet made safe for rustdoc (`emit::docs` does that).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs {
    /// `summary` or `title`: one line.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// Facts that follow the description, each a paragraph of Markdown: `1 to 100.`, `Default: 10.`
    pub facts: Vec<String>,
    /// The links in these texts to other parts of the description.
    pub links: Vec<DocLink>,
    /// Whether the item is emitted without documentation.
    pub is_omitted: bool,
}

/// A link in a description to another part of the description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocLink {
    /// The target as it is written: `#/components/schemas/Pet`.
    pub target: String,
    /// The path of the generated item, in the form that rustdoc resolves: `crate::pets::types::Pet`.
    pub path: String,
}

impl Docs {
    /// These docs, with the description of others if they have none, and the facts of both.
    #[must_use]
    pub(crate) fn or(mut self, other: Self) -> Self {
        self.summary = self.summary.or(other.summary);
        self.description = self.description.or(other.description);
        self.facts.extend(other.facts);
        self
    }

    fn omit(&mut self) {
        *self = Self {
            is_omitted: true,
            ..Self::default()
        };
    }
}

impl Api {
    /// Removes all documentation. A listing of the public items does not need it, and it takes most of the time of
    /// emission.
    pub(crate) fn omit_docs(&mut self) {
        self.each_docs(&mut |_, docs| docs.omit());
    }

    /// Changes all docs, each with the module that it is in, if this is not a module that every program compiles.
    pub(crate) fn each_docs(&mut self, change: &mut impl FnMut(Option<&Home>, &mut Docs)) {
        let mut of_api = |docs: &mut Docs| change(None, docs);
        of_api(&mut self.docs);
        for server in &mut self.servers {
            of_api(&mut server.docs);
            for variable in &mut server.variables {
                of_api(&mut variable.docs);
            }
        }
        for scheme in &mut self.schemes {
            of_api(&mut scheme.docs);
            let of_logins = scheme.logins.iter_mut().map(|login| &mut login.scopes);
            let of_program = scheme.exchange.iter_mut().map(|flow| &mut flow.scopes);
            for scope in of_logins.chain(of_program).flatten() {
                of_api(&mut scope.docs);
            }
        }
        if let Some(webhooks) = &mut self.webhooks {
            webhooks.each_docs(&mut of_api);
        }
        for ty in &mut self.types {
            let home = ty.home.clone();
            ty.each_docs(&mut |docs| change(Some(&home), docs));
        }
        for resource in &mut self.resources {
            let home = Home::Resource(resource.module.clone());
            resource.each_docs(&mut |docs| change(Some(&home), docs));
        }
    }
}

impl Type {
    fn each_docs(&mut self, change: &mut impl FnMut(&mut Docs)) {
        change(&mut self.docs);
        match &mut self.kind {
            Kind::Record(record) => {
                for one in &mut record.fields {
                    change(&mut one.docs);
                }
            }
            Kind::Enumeration(kind) => {
                for one in &mut kind.variants {
                    change(&mut one.docs);
                }
            }
            Kind::Union(union) => {
                for one in &mut union.alternatives {
                    change(&mut one.docs);
                }
            }
            Kind::Alias(_) | Kind::Wrapper(_) => {}
        }
    }
}

impl Resource {
    fn each_docs(&mut self, change: &mut impl FnMut(&mut Docs)) {
        change(&mut self.docs);
        for operation in &mut self.operations {
            operation.each_docs(change);
        }
    }
}

impl Operation {
    fn each_docs(&mut self, change: &mut impl FnMut(&mut Docs)) {
        change(&mut self.docs);
        for one in &mut self.inputs {
            change(&mut one.docs);
        }
        for one in &mut self.errors {
            change(&mut one.docs);
        }
        for one in &mut self.responses {
            change(&mut one.docs);
        }
        if let Output::OneOf { cases, .. } = &mut self.output {
            for case in cases {
                change(&mut case.docs);
            }
        }
        if let Some(callbacks) = &mut self.callbacks {
            callbacks.each_docs(change);
        }
    }
}

impl Webhooks {
    fn each_docs(&mut self, change: &mut impl FnMut(&mut Docs)) {
        for one in &mut self.hooks {
            change(&mut one.docs);
        }
    }
}
