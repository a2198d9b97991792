//! Measures the cost of a call above the bare transport, without a network.
//!
//! `cargo bench --package specwright-runtime --bench calls`. Both take turns in the same run, and the medians of many
//! rounds are compared. The load of the machine is printed, because the results of a busy machine are less exact.
//! `tests/allocations.rs` counts the allocations of a call, and `cargo lab cost` compares whole clients over loopback.

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
