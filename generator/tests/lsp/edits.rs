//! Random edits: the server continues after any input.

use lsp_types::request::{
    CodeActionRequest, CodeLensRequest, Completion, DocumentSymbolRequest, FoldingRangeRequest,
    GotoDefinition, HoverRequest, PrepareRenameRequest, References, Request as _,
};
use serde_json::json;

use crate::client::{Editor, position};

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

/// Texts to type, in addition to those in the file.
const TYPED: [&str; 16] = [
    "\n", "  ", "\r\n", ":", "- ", "{", "}", "[", "'", "\"", "#", "🦊", "$ref: ", "&a ", "*a", "| ",
];

/// A random number generator (xorshift), so that every run is the same.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

/// The beginning of a character near a random byte.
fn place(text: &str, random: &mut Random) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

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
            let text = editor.text(name).to_owned();
            let start = place(&text, &mut random);
            let mut end = (start + random.below(30)).min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            let typed = match random.below(3) {
                0 => TYPED[random.below(TYPED.len())].to_owned(),
                1 => {
                    let from = place(&text, &mut random);
                    text[from..].chars().take(20).collect()
                }
                _ => String::new(),
            };
            editor.replace_range(name, start..end, &typed);
            ask_all(&mut editor, name, start, number);
        }
        editor.close(name);
    }
    editor.end();
}

/// Makes a request at a byte. The requests take turns, so that each is made in all states.
fn ask_all(editor: &mut Editor, name: &str, at: usize, number: usize) {
    let methods = [
        Completion::METHOD,
        HoverRequest::METHOD,
        GotoDefinition::METHOD,
        References::METHOD,
        PrepareRenameRequest::METHOD,
        CodeActionRequest::METHOD,
        CodeLensRequest::METHOD,
        DocumentSymbolRequest::METHOD,
        FoldingRangeRequest::METHOD,
    ];
    let at = at.min(editor.text(name).len());
    let position = position(editor.text(name), at);
    let only = ["source.fixAll"];
    let context = json!({
        "includeDeclaration": true,
        "diagnostics": [],
        "only": only,
        "triggerKind": 1,
    });
    let parameters = json!({
        "textDocument": { "uri": editor.uri(name) },
        "position": position,
        "range": { "start": position, "end": position },
        "context": context,
    });
    editor
        .try_ask(methods[number % methods.len()], parameters.clone())
        .unwrap();
    editor.try_ask(Completion::METHOD, parameters).unwrap();
}
