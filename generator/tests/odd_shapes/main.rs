//! Descriptions of odd shapes: long chains, wide maps, everything on one line. No stage recurses over them, which is
//! tested with a small stack, and twice the size takes about twice the work, which is measured in allocations.

mod operations;
mod shapes;

use std::alloc::System;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use operations::{of_inputs, of_operations};
use shapes::{Shapes, composed, of_schemas, of_things, wide};
use specwright::diagnostic::Format;
use specwright::{Options, check, generate};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// A thread has four times as much by default. No chain of the length below fits into it.
const STACK: usize = 512 << 10;

/// The length of a chain that must not be processed by recursion.
const LONG: usize = 3_000;

/// The initial length of a chain whose work is measured.
const SHORT: usize = 300;

/// The weight of an allocation in addition to its bytes.
const ALLOCATION: usize = 64;

/// Writes a description to a file and passes it to `make`, in a thread with a small stack.
fn within_a_small_stack<T: Send + 'static>(
    name: &str,
    text: &str,
    make: impl FnOnce(PathBuf) -> T + Send + 'static,
) -> T {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("odd_shapes");
    fs::create_dir_all(&dir).unwrap();
    let extension = if text.starts_with('{') {
        "json"
    } else {
        "yaml"
    };
    let path = dir.join(format!("{name}.{extension}"));
    fs::write(&path, text).unwrap();
    let thread = thread::Builder::new().stack_size(STACK);
    thread.spawn(move || make(path)).unwrap().join().unwrap()
}

/// The work of generating a client from a description.
fn work(name: &str, text: &str) -> usize {
    let mut options = Options::new("cases", "test");
    options.jobs = 1;
    options.lenient = true;
    within_a_small_stack(name, text, move |path| {
        let region = Region::new(ALLOCATOR);
        let run = generate(&[path], &options);
        let said = run.render(Format::Short, false);
        assert!(run.tree.is_some(), "{said}");
        run.render(Format::Human, false);
        let change = region.change();
        change.bytes_allocated + ALLOCATION * change.allocations
    })
}

/// The shapes for which twice the length takes more than about twice the work. A quadratic step would take four times
/// the work.
fn grown(make: fn(usize) -> Shapes) -> Vec<String> {
    let pairs = make(SHORT).into_iter().zip(make(2 * SHORT));
    let mut grown = Vec::new();
    for ((name, short), (_, long)) in pairs {
        let (short, long) = (work(name, &short), work(name, &long));
        if long > short * 5 / 2 {
            grown.push(format!("{name}: {short}, {long}"));
        }
    }
    grown
}

/// One test, because allocations are counted for all threads.
#[test]
fn no_shape_takes_more_than_its_size() {
    let makers = [
        of_schemas,
        of_things,
        wide,
        composed,
        of_inputs,
        of_operations,
    ];
    let grown: Vec<String> = makers.into_iter().flat_map(grown).collect();
    assert!(grown.is_empty(), "{grown:#?}");
    for (name, text) in [of_schemas(LONG), of_things(LONG)].concat() {
        within_a_small_stack(name, &text, |path| {
            assert_eq!(check(&[path]).apis.len(), 1);
        });
    }
}
