//! Work on several threads. The current thread does what the system has no threads for.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};

/// Does two pieces of work at the same time, or one after the other if the system refuses another thread.
pub(crate) fn join<A: Send, B>(one: impl Fn() -> A + Sync, other: impl FnOnce() -> B) -> (A, B) {
    let mut first = None;
    let second = thread::scope(|scope| {
        // An error means that `one` was not called.
        let _ = Builder::new().spawn_scoped(scope, || first = Some(one()));
        other()
    });
    (first.unwrap_or_else(one), second)
}

/// Calls a function with each element, on up to this many threads, in any order.
pub(crate) fn each<T: Sync>(elements: &[T], threads: usize, work: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(element) = elements.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(element);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads.min(elements.len()) {
            if Builder::new().spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        work();
    });
}
