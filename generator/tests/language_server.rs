//! `specwright lsp` as an editor starts it. The tests of the server itself are in `src/lsp`.

#[path = "support/command.rs"]
mod support;

use support::Dir;

#[test]
fn the_language_server_talks_to_its_input_and_output() {
    let messages = [
        r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#,
        r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#,
        r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#,
        r#"{"jsonrpc":"2.0","method":"exit"}"#,
    ];
    let input = messages.map(|text| format!("Content-Length: {}\r\n\r\n{text}", text.len()));
    let run = Dir::new("lsp").run_with(&["lsp"], &input.concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert!(
        run.out.contains(r#""id":1,"result":{"capabilities""#),
        "{}",
        run.out
    );
}
