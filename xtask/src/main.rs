//! Runs tasks.
fn main() {}
