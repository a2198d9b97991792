//! Any description: the whole pipeline does not panic, and its output is valid Rust.
#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright::internals::generate_text;

fuzz_target!(|text: &str| {
    generate_text(text);
});
