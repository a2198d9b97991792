//! Makes documentation comments from the description's Markdown, whatever it contains.
//!
//! A description is not trusted. Its Markdown is parsed with the parser that rustdoc itself uses and printed again, so
//! that no text can run as a doctest, break an intra-doc link, leave a tag or a fence open, or end the comment. The
//! lines become one attribute, which is printed as `/// line` and so on.

mod clean;
mod code;
mod emphasis;
mod html;
mod html_blocks;
mod html_lists;
mod inline;
mod markdown;
mod printer;

pub(crate) use clean::visible;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::model::Docs;

/// Separates the lines of a comment in its attribute. No line contains it.
pub(crate) const NEXT_LINE: char = '\u{b}';

/// The maximum number of columns of the text in a documentation comment.
const WIDTH: usize = 96;

/// The lines of one documentation comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Comment {
    lines: Vec<String>,
    /// Whether the comment stays empty, whatever is added.
    pub(super) is_omitted: bool,
}

impl Comment {
    /// The docs of an item in the description, or `fallback` (which may be empty) if it has none.
    ///
    /// The first line is a summary of one sentence; the rest follows after a blank line, then the facts.
    pub(super) fn of(docs: &Docs, fallback: &str) -> Self {
        if docs.is_omitted {
            return Comment {
                is_omitted: true,
                ..Self::default()
            };
        }
        let mut comment = Comment::texts(docs, fallback, true);
        for fact in &docs.facts {
            comment.paragraph(fact);
        }
        comment
    }

    /// The summary and the description. With `sentence`, a long first sentence becomes its own paragraph.
    fn texts(docs: &Docs, fallback: &str, sentence: bool) -> Self {
        let mut comment = Comment::default();
        let summary = docs.summary.as_deref().unwrap_or_default();
        let description = docs.description.as_deref().unwrap_or_default();
        let print = |text, sentence| markdown::print(text, sentence, &docs.links);
        let lines = markdown::first_joined(print(summary, false));
        let text = print(description, sentence && lines.is_empty());
        if lines.is_empty() {
            comment.describe(text, fallback);
        } else {
            let is_same = |line: &String| without_period(line) == without_period(&lines[0]);
            if lines.len() > 1 || !text.first().is_some_and(is_same) {
                comment.describe(lines, fallback);
            }
            comment.block(text);
        }
        let first = comment.lines.iter().position(String::is_empty);
        let first = first.unwrap_or(comment.lines.len());
        if let Some(last) = comment.lines[..first].last_mut() {
            end_sentence(last);
        }
        comment
    }

    /// A comment of one sentence, which is already safe.
    pub(super) fn sentence(text: &str) -> Self {
        Comment {
            lines: vec![text.to_owned()],
            is_omitted: false,
        }
    }

    fn describe(&mut self, text: Vec<String>, fallback: &str) {
        let has_summary = text.first().is_some_and(|line| markdown::is_prose(line));
        if !has_summary && !fallback.is_empty() {
            self.lines.push(fallback.to_owned());
        }
        self.block(text);
    }

    /// Adds lines that are already safe as a separate paragraph.
    pub(super) fn block(&mut self, lines: impl IntoIterator<Item = String>) -> &mut Self {
        if self.is_omitted {
            return self;
        }
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_some() && !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
        self
    }

    /// Adds a line that is already safe as a separate paragraph.
    pub(super) fn line(&mut self, line: impl Into<String>) -> &mut Self {
        self.block([line.into()])
    }

    /// Adds a paragraph of the description's Markdown.
    pub(super) fn paragraph(&mut self, text: &str) -> &mut Self {
        if self.is_omitted {
            return self;
        }
        self.block(markdown::print(text, false, &[]))
    }

    /// Adds a note if the description deprecates the item.
    pub(super) fn deprecated(&mut self, deprecated: bool) -> &mut Self {
        if deprecated {
            self.line("**Deprecated.**");
        }
        self
    }

    /// The comment as an inner attribute of the file or module: `//! line`.
    pub(super) fn inner(&self) -> TokenStream {
        let literal = self.literal();
        quote!(#![doc = #literal])
    }

    /// All lines as one string literal. An attribute for each line would take much longer to print, and these are most
    /// of the generated code. For the same reason the literal is raw where it can be: nothing in it is escaped.
    fn literal(&self) -> Literal {
        let mut text = String::new();
        for (index, line) in self.lines.iter().enumerate() {
            text.extend((index > 0).then_some(NEXT_LINE));
            text.extend((!line.is_empty()).then_some(' '));
            text.push_str(line.trim_end_matches(' '));
        }
        let raw = (!text.contains("\"#")).then(|| format!("r#\"{text}\"#").parse().ok());
        raw.flatten().unwrap_or_else(|| Literal::string(&text))
    }
}

impl ToTokens for Comment {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if !self.lines.is_empty() {
            let literal = self.literal();
            tokens.extend(quote!(#[doc = #literal]));
        }
    }
}

/// The docs as the text of a list item, with the facts in one line.
pub(super) fn item_text(docs: &Docs) -> Vec<String> {
    let mut text = Comment::texts(docs, "", false);
    let facts = docs.facts.iter().flat_map(|fact| {
        let mut line = markdown::one_line(fact, &[]);
        line.iter_mut().for_each(end_sentence);
        line
    });
    let facts = facts.collect::<Vec<_>>().join(" ");
    let is_paragraph = text
        .lines
        .first()
        .is_some_and(|line| markdown::is_prose(line))
        && !text.lines.contains(&String::new());
    match text.lines.last_mut() {
        _ if facts.is_empty() => {}
        Some(last) if is_paragraph => *last = format!("{last} {facts}"),
        _ => {
            text.line(facts);
        }
    }
    text.lines
}

/// A list item: a label, and the text about it.
pub(super) fn list_item(label: &str, text: &[String]) -> Vec<String> {
    let mut lines = vec![format!("- {label}")];
    let mut rest = text;
    if let [first, others @ ..] = text {
        lines[0].push(':');
        if markdown::is_prose(first) {
            lines[0] = format!("{} {first}", lines[0]);
            rest = others;
        } else {
            lines.push(String::new());
        }
    }
    lines.extend(rest.iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => format!("  {line}"),
    }));
    lines
}

/// A text of the description as inline code.
pub(crate) fn code(text: &str) -> String {
    let line = clean::text(text).replace('\n', " ");
    code::code_span(line.trim())
}

/// Whether a text contains no character that hides or reorders others.
pub(super) fn is_clean(text: &str) -> bool {
    clean::text(text) == text
}

fn without_period(line: &str) -> &str {
    line.trim_end_matches('.')
}

/// Adds a full stop to a line of prose that ends without a punctuation character.
pub(super) fn end_sentence(line: &mut String) {
    if markdown::is_prose(line)
        && line.ends_with(|last: char| last.is_alphanumeric() || matches!(last, ')' | '`'))
    {
        line.push('.');
    }
}

#[cfg(test)]
mod tests;
