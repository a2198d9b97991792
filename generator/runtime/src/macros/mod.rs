//! The macros that generated code is made of.

mod serde;
