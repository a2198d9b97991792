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
mod prepare;
mod printer;

pub(crate) use clean::visible;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::model::Docs;
use inline::columns;
use markdown::Layout;

/// Separates the lines of a comment in its attribute. No line contains it.
pub(crate) const NEXT_LINE: char = '\u{b}';

/// The maximum number of columns of the text in a documentation comment.
const WIDTH: usize = 96;

/// The maximum number of columns of a label that text follows in the same line.
const WIDEST_LABEL: usize = 80;

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
    /// The first paragraph is a summary; the rest follows after a blank line, then the facts.
    pub(super) fn of(docs: &Docs, fallback: &str) -> Self {
        if docs.is_omitted {
            return Comment {
                is_omitted: true,
                ..Self::default()
            };
        }
        let layout = Layout {
            sentence: true,
            links: &docs.links,
            ..Layout::default()
        };
        let mut comment = Comment::texts(docs, fallback, layout);
        for fact in &docs.facts {
            comment.paragraph(fact);
        }
        comment
    }

    /// The summary and the description. A summary with which the description begins is not repeated.
    fn texts(docs: &Docs, fallback: &str, layout: Layout<'_>) -> Self {
        let mut comment = Comment::default();
        let summary = docs.summary.as_deref().unwrap_or_default();
        let description = docs.description.as_deref().unwrap_or_default();
        if summary.trim().is_empty() || begins_with(description, summary) {
            comment.describe(markdown::print(description, layout), fallback);
        } else if markdown::continues(summary, description) {
            let text = format!("{summary}\n\n{description}");
            comment.describe(markdown::print(&text, layout), fallback);
        } else {
            let rest = Layout {
                sentence: false,
                label: 0,
                ..layout
            };
            comment.describe(markdown::print(summary, layout), fallback);
            comment.block(markdown::print(description, rest));
        }
        let first = comment.lines.iter().position(String::is_empty);
        let first = first.unwrap_or(comment.lines.len());
        if let Some(last) = comment.lines[..first].last_mut() {
            end_sentence(last);
        }
        comment
    }

    /// The first paragraph of the docs of an item, or `fallback` if it has none.
    pub(super) fn summary(docs: &Docs, fallback: &str) -> Self {
        let mut comment = Comment::of(docs, fallback);
        let first = comment.lines.iter().position(String::is_empty);
        comment.lines.truncate(first.unwrap_or(comment.lines.len()));
        comment
    }

    /// A comment of one sentence, which is already safe.
    pub(super) fn sentence(text: &str) -> Self {
        Comment {
            lines: wrapped(text),
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

    /// Adds a text that is already safe as a separate paragraph.
    pub(super) fn line(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.block(wrapped(text.as_ref()))
    }

    /// Adds texts that are already safe, each as a separate paragraph.
    pub(super) fn paragraphs(&mut self, texts: impl IntoIterator<Item = String>) -> &mut Self {
        for text in texts {
            self.line(text);
        }
        self
    }

    /// Adds a paragraph of the description's Markdown.
    pub(super) fn paragraph(&mut self, text: &str) -> &mut Self {
        if self.is_omitted {
            return self;
        }
        self.block(markdown::print(text, Layout::default()))
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

/// A list item: a label, and the docs about it, with the facts in the same paragraph.
pub(super) fn list_item(label: &str, docs: &Docs) -> Vec<String> {
    labelled(&format!("- {label}"), "  ", docs)
}

/// A label, and the docs about it, whose lines begin with `margin`.
pub(super) fn labelled(label: &str, margin: &str, docs: &Docs) -> Vec<String> {
    let columns_of_label = columns(label) + ": ".len();
    let has_room = columns_of_label <= WIDEST_LABEL;
    let layout = Layout {
        margin: margin.len(),
        label: if has_room {
            columns_of_label - margin.len()
        } else {
            0
        },
        links: &docs.links,
        ..Layout::default()
    };
    let text = with_facts(Comment::texts(docs, "", layout), docs, layout);
    let mut lines = vec![label.to_owned()];
    let mut rest = &text[..];
    if let [first, others @ ..] = &text[..] {
        lines[0].push(':');
        let is_prose = markdown::is_prose(first);
        if is_prose && has_room {
            lines[0] = format!("{} {first}", lines[0]);
            rest = others;
        } else if !is_prose {
            lines.push(String::new());
        }
    }
    lines.extend(rest.iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => format!("{margin}{line}"),
    }));
    lines
}

/// The lines of a text and the facts, which continue its only paragraph or become another one.
fn with_facts(mut text: Comment, docs: &Docs, layout: Layout<'_>) -> Vec<String> {
    let facts = docs
        .facts
        .iter()
        .filter_map(|fact| markdown::one_line(fact));
    let mut facts = facts.map(|mut fact| {
        end_sentence(&mut fact);
        fact
    });
    let is_paragraph = |lines: &[String]| {
        let is_prose = lines.first().is_some_and(|line| markdown::is_prose(line));
        is_prose && !lines.contains(&String::new())
    };
    if !is_paragraph(&text.lines)
        && let Some(first) = facts.next()
    {
        text.block([first]);
    }
    for fact in facts {
        let label = if text.lines.len() == 1 {
            layout.label
        } else {
            0
        };
        match text.lines.last_mut() {
            Some(last) if layout.margin + label + columns(last) + 1 + columns(&fact) <= WIDTH => {
                *last = format!("{last} {fact}");
            }
            _ => text.lines.push(fact),
        }
    }
    text.lines
}

/// A text that is already safe, in lines of at most [`WIDTH`] columns. Code is not broken.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut in_code = false;
    for word in text.split(' ') {
        let last = lines.last_mut();
        match last {
            Some(last)
                if in_code || last.is_empty() || columns(last) + 1 + columns(word) <= WIDTH =>
            {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
        in_code ^= word.matches('`').count() % 2 == 1;
    }
    lines
}

/// Whether a text begins with the words of another one.
fn begins_with(text: &str, start: &str) -> bool {
    let start = start.trim().trim_end_matches('.').split_whitespace();
    let mut words = text.split_whitespace();
    let mut starts = start.peekable();
    while let Some(start) = starts.next() {
        let is_last = starts.peek().is_none();
        let is_same = words.next().is_some_and(|word| {
            let word = if is_last {
                word.trim_end_matches(['.', ',', ':', ';', '!'])
            } else {
                word
            };
            word.to_lowercase() == start.to_lowercase()
        });
        if !is_same {
            return false;
        }
    }
    true
}

/// The first paragraph of the docs of an item as a line of Markdown; empty if they begin with something else.
pub(crate) fn summary(docs: &Docs) -> String {
    let plain = Docs {
        links: Vec::new(),
        ..docs.clone()
    };
    let lines = Comment::summary(&plain, "").lines;
    let is_prose = lines.first().is_some_and(|line| markdown::is_prose(line));
    let lines = lines.iter().filter(|_| is_prose);
    let lines = lines.map(|line| markdown::without_break(line));
    lines.collect::<Vec<_>>().join(" ")
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
