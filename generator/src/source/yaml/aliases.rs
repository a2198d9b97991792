//! Anchors and their copies.

use super::super::node::MOST_COPIED;
use super::{BTreeMap, Built, Diagnostic, Fatal, Node, Span, code};

#[derive(Default)]
pub(super) struct Anchors {
    nodes: BTreeMap<usize, Anchor>,
    spent: usize,
}

struct Anchor {
    node: Node,
    weight: usize,
    height: usize,
}

impl Anchors {
    pub(super) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Stores a node under its anchor. The anchor 0 means that the node has no anchor.
    pub(super) fn keep(
        &mut self,
        anchor: usize,
        node: impl FnOnce() -> Node,
        height: usize,
        span: Span,
    ) -> Result<(), Fatal> {
        if anchor == 0 {
            return Ok(());
        }
        let node = node();
        let weight = node.weight();
        self.spend(weight, span)?;
        self.nodes.insert(
            anchor,
            Anchor {
                node,
                weight,
                height,
            },
        );
        Ok(())
    }

    /// A copy of the node that an alias stands for.
    pub(super) fn copy(&mut self, anchor: usize, span: Span) -> Result<Built, Fatal> {
        let weight = self.nodes.get(&anchor).map_or(0, |anchor| anchor.weight);
        self.spend(weight, span)?;
        match self.nodes.get(&anchor) {
            Some(anchor) => Ok(Built {
                node: anchor.node.clone(),
                end: span.end,
                height: anchor.height,
            }),
            None => Err(Diagnostic::error(
                code::ALIAS,
                "this alias refers to a value that contains it",
            )
            .at(span, "")
            .help("use `$ref` to describe something that contains itself")
            .into()),
        }
    }

    fn spend(&mut self, weight: usize, span: Span) -> Result<(), Fatal> {
        self.spent += weight;
        if self.spent <= MOST_COPIED {
            return Ok(());
        }
        Err(Diagnostic::error(
            code::ALIAS,
            format!("anchors and aliases add more than {MOST_COPIED} values to this file"),
        )
        .at(span, "too much from here on")
        .help("use `$ref` to share a part: it is read once, however often it is named")
        .into())
    }
}
