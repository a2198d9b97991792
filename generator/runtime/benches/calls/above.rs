//! Measures the time of a call beyond its transport, which responds at once.

use std::hint::black_box;
use std::time::Instant;

use crate::ready;

const ROUNDS: usize = 200;
/// The number of calls of a round.
const CALLS: u32 = 500;

/// Measures a call and the bare transport in turns, and prints the medians.
pub fn without_network() -> String {
    let base = "https://bench.example";
    let built = ready::builder(base).transport(ready::Ready).build();
    let client = built.expect("the settings are right");
    let transport = ready::Ready;
    let mut below = Vec::new();
    let mut ours = Vec::new();
    for _ in 0..ROUNDS {
        let requests: Vec<_> = (0..CALLS).map(|_| ready::request(base, 7)).collect();
        below.push(time(|| {
            for request in requests {
                black_box(ready::now(|| ready::bare(&transport, request)));
            }
        }));
        ours.push(time(|| {
            for _ in 0..CALLS {
                drop(black_box(ready::now(|| ready::call(&client, 7).send())));
            }
        }));
    }
    let (below, ours) = (median(below), median(ours));
    format!(
        "no network: bare transport {:.0} ns, call {:.0} ns, {:.0} ns above it",
        below * 1e9,
        ours * 1e9,
        (ours - below) * 1e9
    )
}

/// Returns the seconds for one call of a round.
fn time(work: impl FnOnce()) -> f64 {
    let started = Instant::now();
    work();
    started.elapsed().as_secs_f64() / f64::from(CALLS)
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Prints the load of the machine.
pub fn load(when: &str) {
    if let Ok(load) = std::fs::read_to_string("/proc/loadavg") {
        println!("load {when}: {}", load.trim());
    }
}
