//! The unfinished parts of the model, which [`settle`](super::settle) completes.

use std::collections::BTreeMap;

use crate::model::{Docs, Former, Home, Kind, Operation, Resource, Shape, Type, Usage};
use crate::name::Ident;
use crate::source::Span;

/// A type whose directions are not known yet.
#[derive(Debug)]
pub(crate) struct TypeDraft {
    pub(crate) name: Ident,
    /// The texts of its former names, with their locations if the description contains them.
    pub(crate) former_texts: Vec<(String, Option<Span>)>,
    pub(crate) former: Vec<Former>,
    pub(crate) home: Home,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    /// Its location in the description.
    pub(crate) mark: Option<Span>,
    /// `None` until its schema is lowered. Other types can refer to it earlier.
    pub(crate) kind: Option<Kind>,
}

impl TypeDraft {
    pub(crate) fn new(name: Ident, home: Home, mark: Option<Span>) -> Self {
        Self {
            name,
            former_texts: Vec::new(),
            former: Vec::new(),
            home,
            docs: Docs::default(),
            deprecated: false,
            mark,
            kind: None,
        }
    }

    /// The type with its directions. A type that only refers to itself is any JSON.
    pub(crate) fn finish(self, usage: Usage) -> Type {
        Type {
            name: self.name,
            former: self.former,
            home: self.home,
            docs: self.docs,
            usage,
            deprecated: self.deprecated,
            mark: self.mark,
            derives: Vec::new(),
            kind: self.kind.unwrap_or(Kind::Alias(Shape::Json)),
        }
    }
}

/// A resource whose files and feature are not known yet.
#[derive(Debug)]
pub(crate) struct ResourceDraft {
    pub(crate) module: Ident,
    pub(crate) handle: Ident,
    pub(crate) docs: Docs,
    pub(crate) operations: Vec<Operation>,
}

impl ResourceDraft {
    /// The resource with its files and its feature.
    pub(crate) fn finish(
        self,
        sections: BTreeMap<Ident, Vec<usize>>,
        feature: Option<String>,
    ) -> Resource {
        Resource {
            module: self.module,
            handle: self.handle,
            docs: self.docs,
            operations: self.operations,
            sections,
            feature,
        }
    }
}
