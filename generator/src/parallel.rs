//! Work on two threads.

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
