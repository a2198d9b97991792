//! Counts the allocations of a call beyond those of its transport.

#![allow(
    missing_docs,
    unreachable_pub,
    reason = "shared with the bench of calls"
)]

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[path = "../benches/calls/ready.rs"]
mod ready;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The maximum number of allocations of a call beyond the bare transport.
const MOST: usize = 10;

fn allocations<T>(work: impl FnOnce() -> T) -> usize {
    let region = Region::new(ALLOCATOR);
    let value = work();
    let change = region.change();
    drop(value);
    change.allocations + change.reallocations
}

#[test]
fn a_call_allocates_little() {
    let base = "https://bench.example";
    let client = ready::builder(base)
        .transport(ready::Ready)
        .build()
        .unwrap();
    let transport = ready::Ready;
    let call = |id| ready::now(|| ready::call(&client, id).send()).unwrap();
    // One call before the count, for allocations that happen only once.
    assert_eq!(call(1).value().name, "Jo Miller");
    let request = ready::request(base, 7);
    let below = allocations(|| ready::now(|| ready::bare(&transport, request)));
    let ours = allocations(|| call(7));
    println!("bare transport: {below} allocations, call: {ours}");
    assert!(
        ours - below <= MOST,
        "{ours} allocations, where the transport has {below}"
    );
}
