//! emit.
