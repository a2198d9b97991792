//! Prints how often a call of one client allocates: `allocations CLIENT BASE-URL`.
//!
//! It is a separate program, because counting takes time.

use std::alloc::System;
use std::env;

use specwright_cost::clients::{Client, Kind};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The calls before the count, for allocations that happen only once.
const WARM_UP: usize = 100;
const CALLS: u32 = 1_000;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [name, base] = &arguments[..] else {
        panic!("allocations CLIENT BASE-URL");
    };
    let client = Client::new(Kind::named(name).expect("it is a client"), base);
    client.calls(WARM_UP);
    let region = Region::new(ALLOCATOR);
    client.calls(CALLS as usize);
    let change = region.change();
    let each = |count: usize| count as f64 / f64::from(CALLS);
    println!(
        "{:.1} {:.0}",
        each(change.allocations + change.reallocations),
        each(change.bytes_allocated)
    );
}
