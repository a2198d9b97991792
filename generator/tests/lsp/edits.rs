//! Random edits: the server continues after any input. `cargo lab lsp-edits` makes many more.

use crate::client::Editor;
use crate::random::{Random, ask, edit};

const FILES: [(&str, &str); 2] = [
    (
        "insightiq.yaml",
        include_str!("../../../spec/insightiq.yaml"),
    ),
    (
        "workspaces.yaml",
        include_str!("../../../spec/workspaces.yaml"),
    ),
];

#[test]
fn no_edit_ends_the_server() {
    let mut editor = Editor::with(&FILES);
    let mut random = Random(0x5eed);
    for (name, original) in FILES {
        editor.open(name);
        for number in 0..150 {
            // Edits accumulate for a while, so that broken texts are edited further.
            if number % 10 == 0 {
                editor.replace_range(name, 0..editor.text(name).len(), original);
            }
            let start = edit(&mut editor, name, &mut random);
            ask(&mut editor, name, start, number);
        }
        editor.close(name);
    }
    editor.end();
}
