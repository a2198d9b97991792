//! What needs the whole model: directions, boxes, the files of types.

pub(crate) mod extent;
pub(crate) mod graph;
pub(crate) mod spread;
