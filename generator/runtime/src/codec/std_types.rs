//! The JSON of the types of the standard library.

pub(crate) mod collections;
mod containers;
mod scalars;
mod tuples;
