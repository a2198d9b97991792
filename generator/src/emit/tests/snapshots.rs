use std::fmt::Write as _;

use super::build::print;
use super::{hostile, sample};
use crate::emit::{Options, Plan, calls::calls};

#[test]
fn one_of_each() {
    for (path, text) in print(&[&sample::api()]) {
        insta::assert_snapshot!(path.replace(['/', '.'], "_"), text);
    }
}

/// A call with what is required, and one with all there is where that is more; a reason where there can be none.
#[test]
fn calls_of_every_operation() {
    let api = sample::api();
    let options = Options {
        crate_name: "petstore".to_owned(),
    };
    let calls = calls(&Plan::new(&api, &options));
    let mut text = calls.client;
    for call in &calls.calls {
        let expression = call.expression.as_ref();
        let expression = expression.unwrap_or_else(|reason| reason);
        let (method, path, given) = (&call.method, &call.path, call.given);
        let _ = write!(
            text,
            "\n\n{} ({method} {path}, {given:?}):\n{expression}",
            call.label
        );
    }
    insta::assert_snapshot!(text);
}

/// Where schemas are called as everything that emitted code uses, both sides are written by path.
#[test]
fn contested_names() {
    let wanted = [
        "src/hostile/mod.rs",
        "src/hostile/types/string.rs",
        "src/hostile/resources/string.rs",
    ];
    let files = print(&[&hostile::api()]);
    for (path, text) in files
        .iter()
        .filter(|(path, _)| wanted.contains(&path.as_str()))
    {
        insta::assert_snapshot!(path.replace(['/', '.'], "_"), text);
    }
}

/// A name that no schema has is written bare, whatever the other names are.
#[test]
fn only_contested_names_are_written_by_path() {
    let text = print(&[&sample::api()])
        .into_iter()
        .map(|(_, text)| text)
        .collect::<String>();
    assert!(!text.contains("::std::"), "{text}");
    assert!(!text.contains("crate::runtime::prelude::S"), "{text}");
}
