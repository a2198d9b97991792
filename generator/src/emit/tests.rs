use std::fmt::Write as _;

use super::{Options, Plan, calls};

/// A call with the required inputs, and one with all inputs if there are optional ones; a reason if no call is
/// possible.
#[test]
fn calls_of_every_operation() {
    let run = crate::check(&["tests/cases/bodies_json/spec.yaml".into()]);
    let options = Options {
        crate_name: "cases".to_owned(),
    };
    let calls = calls(&Plan::new(&run.apis[0], &options));
    let mut text = calls.client;
    for call in &calls.calls {
        let (Ok(expression) | Err(expression)) = &call.expression;
        let (method, path, given) = (&call.method, &call.path, call.given);
        let _ = write!(
            text,
            "\n\n{} ({method} {path}, {given:?}):\n{expression}",
            call.label
        );
    }
    insta::assert_snapshot!(text);
}
