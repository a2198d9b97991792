//! The JSON of the types of the standard library.

pub(super) mod collections;
mod containers;
mod scalars;
mod tuples;
