//! Completions at a position: keys, values, references and snippets.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, InsertTextFormat,
    InsertTextMode, MarkupContent, MarkupKind, Position, Range, TextEdit,
};

use super::configuration::{Entry, rules};
use super::cursor::{Cursor, Part, Step};
use super::known::Known;
use super::position::Text;
use super::roots::{Kind, kind_of};
use super::words::{STATUS_CODES, docs_of_media_type, docs_of_word};
use super::worker::Found;
use crate::diagnostic::{in_quotes, in_single_quotes, is_plain};
use crate::document::Version;
use crate::document::decode::{Form, Keys, Names, is_method_key};

/// The completions at a position of an open file.
pub(super) fn completions(
    found: &Found,
    (path, text): (&str, &Text),
    position: Position,
    snippets: bool,
) -> Vec<CompletionItem> {
    let content = text.content();
    let at = text.offset(position);
    let Some(cursor) = Cursor::at(content, at) else {
        return Vec::new();
    };
    let known = Known::of(found, path);
    let range = text.range(cursor.word.clone());
    let line = text.line(range.start.line as usize);
    let offer = Offer {
        version: known.version(content),
        is_json: content.trim_start().starts_with('{'),
        indent: cursor.word.start.saturating_sub(line.start),
        has_colon: content[cursor.word.end..].starts_with(':'),
        cursor: &cursor,
        known: &known,
        range,
        snippets,
    };
    let kind = kind_of(path, content);
    // A new file becomes a description with its first key.
    let is_new = kind.is_none() && content.trim() == &content[cursor.word.clone()];
    let is_root = is_new || kind == Some(Kind::Description);
    let mut items = Vec::new();
    if kind == Some(Kind::Configuration) {
        offer.settings(&mut items);
    } else if let Some(form) = known.form(&cursor.path, is_root) {
        offer.all(form, &mut items);
    }
    for (number, item) in items.iter_mut().enumerate() {
        item.sort_text = Some(format!("{number:04}"));
    }
    items
}

/// Where the value of a key begins in block style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Beside its key.
    Inline,
    /// Below it, as the keys of an object.
    Object,
    /// Below it, after a dash.
    List,
}

impl Layout {
    fn of(form: Form, version: Version) -> Self {
        match form {
            // In Swagger 2.0, a discriminator is a string.
            Form::Object(keys) if version == Version::V2_0 && keys.is_newer() => Self::Inline,
            Form::Object(_) | Form::Map(..) => Self::Object,
            Form::List(_) => Self::List,
            _ => Self::Inline,
        }
    }
}

struct Offer<'c> {
    cursor: &'c Cursor,
    known: &'c Known<'c>,
    version: Version,
    is_json: bool,
    /// The column of the word at the cursor.
    indent: usize,
    /// Whether there is already a colon after the word.
    has_colon: bool,
    range: Range,
    snippets: bool,
}

impl Offer<'_> {
    fn all(&self, form: Form, items: &mut Vec<CompletionItem>) {
        let is_block = self.is_block();
        match self.cursor.part {
            Part::Key => self.keys_of(form, items),
            Part::Value => {
                self.words(form, items);
                if let Some(keys) = form.object().filter(|_| is_block) {
                    self.references(keys, ("{$ref: ", "}"), items);
                }
            }
            Part::Element => {
                self.words(form, items);
                if let Some(keys) = form.object().filter(|_| is_block) {
                    self.references(keys, ("$ref: ", ""), items);
                }
                if is_block {
                    self.keys_of(form, items);
                }
            }
        }
    }

    /// Completes the keys of an object.
    fn keys_of(&self, form: Form, items: &mut Vec<CompletionItem>) {
        match form {
            Form::Map(names, _) => self.names(names, items),
            _ => {
                if let Some(keys) = form.object() {
                    self.keys(keys, items);
                }
            }
        }
    }

    fn keys(&self, keys: &'static Keys, items: &mut Vec<CompletionItem>) {
        let all = keys.of(self.version).all();
        let all = all.filter(|key| key.starts_with("x-") || keys.is_in(self.version, key));
        let reference = keys.section().map(|_| "$ref");
        let all = all.chain(reference);
        let mut offered = Vec::new();
        for key in all.filter(|key| !self.has(key)) {
            if offered.contains(&key) {
                continue;
            }
            offered.push(key);
            let Some(entry) = keys.entry(key) else {
                continue;
            };
            let is_method = is_method_key(key);
            let mut item = if is_method && self.is_block() {
                self.snippet(key, &format!("{key}:\n{OPERATION}"))
            } else {
                self.item(key, &self.key(key, Layout::of(entry.form, self.version)))
            };
            item.kind = Some(CompletionItemKind::PROPERTY);
            item.documentation = Some(markdown(entry.docs));
            items.push(item);
        }
    }

    /// Completes the keys and values of `specwright.yaml`.
    fn settings(&self, items: &mut Vec<CompletionItem>) {
        let part = self.cursor.part;
        let Some(entry) = Entry::at(&self.cursor.path) else {
            return;
        };
        let documented = |text: &str, (label, docs), kind| CompletionItem {
            kind: Some(kind),
            documentation: Some(markdown(docs)),
            ..self.item(label, text)
        };
        if part != Part::Key {
            let words = entry.words().into_iter();
            let kind = CompletionItemKind::VALUE;
            items.extend(words.map(|word| documented(word.0, word, kind)));
        }
        let kind = CompletionItemKind::PROPERTY;
        if part == Part::Key && entry.has_codes() {
            let codes = rules().filter(|(code, _)| !self.has(code));
            items.extend(
                codes.map(|code| documented(&self.key(code.0, Layout::Inline), code, kind)),
            );
        } else if part != Part::Value {
            let keys = entry.keys().filter(|(key, _)| !self.has(key));
            items.extend(keys.map(|(key, value)| {
                let text = self.key(key, value.layout());
                documented(&text, (key, value.docs()), kind)
            }));
        }
    }

    /// Whether the word is outside of brackets, so that the completion may have several lines.
    fn is_block(&self) -> bool {
        !self.cursor.in_flow && !self.is_json
    }

    fn has(&self, key: &str) -> bool {
        self.cursor.siblings.iter().any(|own| own == key)
    }

    /// A key with the beginning of its value.
    fn key(&self, key: &str, layout: Layout) -> String {
        let key = self.spelled(key);
        if self.has_colon {
            return key;
        }
        let below = " ".repeat(self.indent + 2);
        let is_block = self.is_block();
        match layout {
            Layout::Object if is_block => format!("{key}:\n{below}"),
            Layout::List if is_block => format!("{key}:\n{below}- "),
            _ => format!("{key}: "),
        }
    }

    /// Completes the keys of a map.
    fn names(&self, names: Names, items: &mut Vec<CompletionItem>) {
        match names {
            Names::Status => {
                let is_old = self.version == Version::V2_0;
                for (status, title) in STATUS_CODES {
                    // Swagger 2.0 has no ranges of status codes.
                    if !(self.has(status) || is_old && status.ends_with("XX")) {
                        let key = self.spelled(status);
                        let text = format!("{key}:\n  description: $1");
                        let mut item = self.snippet(status, &text);
                        item.detail = Some((*title).to_owned());
                        items.push(item);
                    }
                }
            }
            Names::MediaType => {
                for media_type in self.known.media_types() {
                    if !self.has(&media_type) {
                        let key = self.spelled(&media_type);
                        let text = format!("{key}:\n  schema:\n    $1");
                        let mut item = self.snippet(&media_type, &text);
                        item.documentation = Some(markdown(docs_of_media_type(&media_type)));
                        items.push(item);
                    }
                }
            }
            Names::Scheme => {
                for scheme in self.known.schemes() {
                    if !self.has(scheme) {
                        items.push(self.item(scheme, &format!("{}: []", self.spelled(scheme))));
                    }
                }
            }
            Names::Path => {
                let text = format!("/$1:\n  get:\n{}", indented(OPERATION));
                items.push(self.snippet("path with an operation", &text));
            }
            Names::Component => {
                let text =
                    "$1:\n  type: object\n  required: [$2]\n  properties:\n    $2:\n      type: $3";
                items.push(self.snippet("schema of an object", text));
                let text = "$1:\n  type: string\n  enum: [$2]";
                items.push(self.snippet("schema of an enum", text));
            }
            Names::Any => {}
        }
        // Only schemas have snippets, and only in block style.
        let is_schemas = matches!(self.cursor.path.last(), Some(Step::Key(key)) if matches!(&**key, "schemas" | "definitions" | "$defs"));
        let is_block = self.is_block();
        items.retain(|item| {
            let is_snippet = item.kind == Some(CompletionItemKind::SNIPPET);
            !is_snippet || is_block && (names != Names::Component || is_schemas)
        });
    }

    /// Completes the values of a string.
    fn words(&self, form: Form, items: &mut Vec<CompletionItem>) {
        match form {
            Form::OneOrList(inner) => self.words(*inner, items),
            Form::Flag => {
                for word in ["true", "false"] {
                    items.push(self.item(word, word));
                }
            }
            Form::Reference(keys) => self.references(keys, ("", ""), items),
            Form::Word(words) => {
                for word in self.known.words(words, self.version, &self.cursor.path) {
                    let mut item = self.item(&word, &self.spelled(&word));
                    item.kind = Some(CompletionItemKind::VALUE);
                    item.documentation = docs_of_word(words, &word).map(markdown);
                    items.push(item);
                }
            }
            _ => {}
        }
    }

    /// Completes references to the components of a kind.
    fn references(
        &self,
        keys: &'static Keys,
        (before, after): (&str, &str),
        items: &mut Vec<CompletionItem>,
    ) {
        for (reference, docs) in self.known.targets(keys) {
            let text = format!("{before}{}{after}", self.quoted(&reference));
            let mut item = self.item(&reference, &text);
            item.kind = Some(CompletionItemKind::REFERENCE);
            item.documentation = docs.map(|docs| markdown(&docs));
            items.push(item);
        }
    }

    /// A word with quotes if it needs them.
    fn spelled(&self, word: &str) -> String {
        if is_plain(word, "") && !self.is_json {
            word.to_owned()
        } else {
            self.quoted(word)
        }
    }

    fn quoted(&self, word: &str) -> String {
        if self.is_json {
            in_quotes(word)
        } else {
            in_single_quotes(word)
        }
    }

    fn item(&self, label: &str, text: &str) -> CompletionItem {
        CompletionItem {
            label: label.to_owned(),
            filter_text: text.lines().next().map(str::to_owned),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
                self.range,
                text.to_owned(),
            ))),
            insert_text_mode: Some(InsertTextMode::AS_IS),
            ..CompletionItem::default()
        }
    }

    /// A snippet of several lines, the first one at the position. `$1` is the next position of the cursor.
    fn snippet(&self, label: &str, text: &str) -> CompletionItem {
        let indent = " ".repeat(self.indent);
        let lines: Vec<&str> = text.lines().collect();
        let text = lines.join(&format!("\n{indent}"));
        let mut item = if self.snippets {
            self.item(label, &text)
        } else {
            let plain = ["$1", "$2", "$3"]
                .iter()
                .fold(text, |text, mark| text.replace(mark, ""));
            self.item(label, &plain)
        };
        item.filter_text = Some(label.to_owned());
        item.kind = Some(CompletionItemKind::SNIPPET);
        item.insert_text_format = self.snippets.then_some(InsertTextFormat::SNIPPET);
        item
    }
}

/// An operation, indented by one level below its key.
const OPERATION: &str =
    "  operationId: $1\n  summary: $2\n  responses:\n    '200':\n      description: $3";

fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("  {line}")).collect();
    lines.join("\n")
}

fn markdown(text: &str) -> Documentation {
    Documentation::MarkupContent(MarkupContent {
        kind: MarkupKind::Markdown,
        value: text.to_owned(),
    })
}
