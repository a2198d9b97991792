//! Models built by hand, and what becomes of them.

mod build;
mod hostile;
mod sample;
mod snapshots;
