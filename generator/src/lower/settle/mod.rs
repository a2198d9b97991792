//! Decisions that need the whole model: directions, boxes, files, features.

mod extent;
pub(crate) mod features;
pub(crate) mod graph;
mod placeholder;
pub(crate) mod spread;
pub(crate) mod test_file;
