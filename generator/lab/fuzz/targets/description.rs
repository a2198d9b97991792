//! Any description: all of the pipeline runs without a panic, and what comes out is Rust.
#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright::diagnostic::{Diagnostics, Format};
use specwright::document::decode;
use specwright::emit::{self, Plan};
use specwright::format::format;
use specwright::lower::lower;
use specwright::source::{Sources, parse};

fuzz_target!(|text: &str| {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::new();
    let file = sources.add("a.yaml", text);
    let Some(tree) = parse(file, &sources, &mut diagnostics) else {
        return;
    };
    let Some(document) = decode(&tree, &mut diagnostics) else {
        return;
    };
    let api = lower(&document, "a", "a.yaml", &mut diagnostics);
    diagnostics.render(&sources, Format::Human, false);
    if diagnostics.has_errors() {
        return;
    }
    let options = emit::Options {
        crate_name: "fuzzed".to_owned(),
    };
    let plan = Plan::new(&api, &options);
    for part in plan.parts() {
        format(
            "// @generated from a.yaml by `fuzz`. Do not edit.",
            plan.source(part).tokens,
        );
    }
});
