//! Any text: parsing it as YAML or JSON neither panics nor takes long, and every span is inside of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright::diagnostic::{Diagnostics, Format};
use specwright::internals::source::{Node, Sources, Value, parse};

fn marks_are_within(node: &Node, length: usize) {
    assert!(node.span.end as usize <= length);
    match &node.value {
        Value::List(elements) => elements.iter().for_each(|e| marks_are_within(e, length)),
        Value::Map(members) => members
            .iter()
            .for_each(|m| marks_are_within(&m.value, length)),
        _ => {}
    }
}

fuzz_target!(|text: &str| {
    for name in ["a.yaml", "a.json"] {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::new();
        let file = sources.add(name, text);
        match parse(file, &sources, &mut diagnostics) {
            Some(tree) => marks_are_within(&tree, text.len()),
            None => assert!(diagnostics.has_errors()),
        }
        diagnostics.render(&sources, Format::Human, false);
    }
});
