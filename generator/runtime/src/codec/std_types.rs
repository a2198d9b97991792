//! What the types of the standard library look like in JSON.

mod collections;
mod containers;
mod scalars;
mod tuples;
