//! The names and descriptions of the values of an `enum`, from keys such as `x-enum-varnames`.

use hashbrown::HashMap;

use super::Text;
use crate::source::Node;

/// The names and the description of one value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Label<'t> {
    /// The name of the variant.
    pub name: Option<&'t str>,
    /// The meaning of the value.
    pub description: Option<&'t str>,
    /// Former names of the variant.
    pub former_names: Vec<Text<'t>>,
}

/// The labels of the values of a description, by the node of the value.
#[derive(Debug, Default)]
pub(crate) struct Labels<'t>(HashMap<usize, Label<'t>>);

impl<'t> Labels<'t> {
    /// The label of a value; empty if the description has none.
    pub(crate) fn of(&self, value: &Node) -> Label<'t> {
        self.0.get(&address(value)).cloned().unwrap_or_default()
    }

    /// The label of a value, for writing.
    pub(super) fn entry(&mut self, value: &Node) -> &mut Label<'t> {
        self.0.entry(address(value)).or_default()
    }
}

fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}
