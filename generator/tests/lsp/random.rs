//! Random edits of an open file, and requests at their places. Every run with a seed is the same.

use lsp_types::request::{
    CodeActionRequest, CodeLensRequest, Completion, DocumentSymbolRequest, FoldingRangeRequest,
    GotoDefinition, HoverRequest, PrepareRenameRequest, References, Request as _,
};
use serde_json::json;

use super::client::{Editor, position};

/// Texts to type, in addition to those in the file.
const TYPED: [&str; 16] = [
    "\n", "  ", "\r\n", ":", "- ", "{", "}", "[", "'", "\"", "#", "🦊", "$ref: ", "&a ", "*a", "| ",
];

/// A random number generator (xorshift).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

/// The beginning of a character near a random byte.
fn place(text: &str, random: &mut Random) -> usize {
    floor(text, random.below(text.len() + 1))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Replaces a random part of a file, and returns where it begins.
pub(crate) fn edit(editor: &mut Editor, name: &str, random: &mut Random) -> usize {
    let text = editor.text(name).to_owned();
    let start = place(&text, random);
    // Sometimes a large part is deleted.
    let longest = if random.below(20) == 0 { 2000 } else { 30 };
    let end = floor(&text, (start + random.below(longest)).min(text.len()));
    let typed = match random.below(3) {
        0 => TYPED[random.below(TYPED.len())].to_owned(),
        1 => {
            let from = place(&text, random);
            text[from..].chars().take(20).collect()
        }
        _ => String::new(),
    };
    editor.replace_range(name, start..end.max(start), &typed);
    start
}

/// Makes a request at a byte. The requests take turns, so that each is made in all states.
pub(crate) fn ask(editor: &mut Editor, name: &str, at: usize, number: usize) {
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
