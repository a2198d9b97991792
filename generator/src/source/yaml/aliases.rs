//! Anchors and their copies.

use super::{BTreeMap, Built, Diagnostic, Fatal, Node, Span, Value, code};

/// How much anchors and aliases may add to a file, in values; long strings count as several. No description that a
/// person wrote comes near it, and a file made to exhaust memory stops here.
const MOST: usize = 500_000;

/// How many bytes of text weigh as much as a value.
const BYTES: usize = 64;

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
    /// Remembers a node under its anchor; 0 is none.
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
        let weight = weigh(&node);
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
        if self.spent <= MOST {
            return Ok(());
        }
        Err(Diagnostic::error(
            code::ALIAS,
            format!("anchors and aliases add more than {MOST} values to this file"),
        )
        .at(span, "too much from here on")
        .help("use `$ref` to share a part: it is read once, however often it is named")
        .into())
    }
}

fn weigh(node: &Node) -> usize {
    1 + match &node.value {
        Value::String(text) | Value::Number(text) => text.len() / BYTES,
        Value::List(elements) => elements.iter().map(weigh).sum(),
        Value::Map(members) => members
            .iter()
            .map(|member| member.key.text.len() / BYTES + weigh(&member.value))
            .sum(),
        Value::Null | Value::Bool(_) => 0,
    }
}
