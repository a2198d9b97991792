//! Any description: all of the pipeline runs without a panic, and what comes out is Rust.
#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright::internals::generate_text;

fuzz_target!(|text: &str| {
    generate_text(text);
});
