//! What a call costs above the bare transport, without a network.
//!
//! `cargo bench --package specwright-runtime --bench calls`. Both sides take turns in the same run. The median of many
//! rounds counts, and the load of the machine is shown, for figures of a busy machine are no better than it.
//! `tests/allocations.rs` counts what a call allocates, and `cargo lab cost` compares whole clients over loopback.

#![allow(
    missing_docs,
    unreachable_pub,
    reason = "shared with the test of allocations and with other benches"
)]

#[path = "calls/above.rs"]
mod above;
#[path = "calls/ready.rs"]
mod ready;

fn main() {
    above::load("before");
    println!("{}", above::without_network());
    above::load("after");
}
