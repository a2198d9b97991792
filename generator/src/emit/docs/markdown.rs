//! Parses Markdown and prints safe Markdown: each event of the parser becomes a step of the printer.

use pulldown_cmark::{
    BlockQuoteKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream,
};

use super::clean;
use super::prepare::prepared;
use super::printer::Printer;
use crate::model::DocLink;

/// The maximum length of a paragraph that may be a label or a list of words. Such a paragraph is never joined with the
/// next one.
const LONGEST_LABEL: usize = 30;

/// How Markdown is printed.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Layout<'a> {
    /// Whether a long first sentence becomes its own paragraph.
    pub(super) sentence: bool,
    /// The number of columns that will be before each line.
    pub(super) margin: usize,
    /// The number of further columns before the first line.
    pub(super) label: usize,
    /// The links to other parts of the description.
    pub(super) links: &'a [DocLink],
}

/// Prints Markdown as lines.
pub(super) fn print(text: &str, layout: Layout<'_>) -> Vec<String> {
    let text = clean::text(text);
    let text = text.trim_end();
    if text.is_empty() {
        Vec::new()
    } else if is_plain(text) {
        plain(text, layout)
    } else {
        parsed(text, layout)
    }
}

/// Whether a text is a single line without a character that can be a mark of Markdown, as most short descriptions are.
fn is_plain(text: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.;:'()?-/".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.bytes().all(is_word)
}

/// Prints a plain text as [`parsed`] does, without the parser.
fn plain(text: &str, layout: Layout<'_>) -> Vec<String> {
    let mut printer = Printer::new(layout);
    printer.event(Event::Start(Tag::Paragraph));
    printer.event(Event::Text(text.into()));
    printer.event(Event::End(TagEnd::Paragraph));
    printer.finish()
}

fn parsed(text: &str, layout: Layout<'_>) -> Vec<String> {
    let text = prepared(text);
    let mut printer = Printer::new(layout);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        // Quotes that are notes: `> [!NOTE]`.
        | Options::ENABLE_GFM;
    let events: Vec<Event<'_>> = TextMergeStream::new(Parser::new_ext(&text, options)).collect();
    let cut = cuts(&events);
    for (at, event) in events.into_iter().enumerate() {
        if at > 0 && cut[at - 1] {
            printer.event(Event::SoftBreak);
        } else if at < 2 || !cut[at - 2] {
            printer.event(event);
        }
    }
    printer.finish()
}

/// For each event, whether a paragraph ends after it in the middle of a sentence.
fn cuts(events: &[Event<'_>]) -> Vec<bool> {
    let mut length = 0;
    let cuts = events.iter().enumerate().map(|(at, event)| {
        match event {
            Event::Start(Tag::Paragraph) => length = 0,
            Event::Text(text) | Event::Code(text) => length += text.len(),
            _ => {}
        }
        length > LONGEST_LABEL && is_cut(&events[at..])
    });
    cuts.collect()
}

/// Whether a text continues the sentence of a text before it.
pub(super) fn continues(before: &str, text: &str) -> bool {
    before.len() > LONGEST_LABEL && goes_on(before.trim_end(), text.trim_start())
}

/// Whether a sentence may go on after `before` with `text`. One or two words are rather a value of a list.
fn goes_on(before: &str, text: &str) -> bool {
    before.ends_with(|last: char| last.is_lowercase() || last == ',')
        && text.starts_with(char::is_lowercase)
        && text.split_whitespace().nth(2).is_some()
}

/// Whether a paragraph ends here in the middle of a sentence, which the next paragraph continues.
fn is_cut(events: &[Event<'_>]) -> bool {
    use Event::{End, Start, Text};
    let [
        Text(one),
        End(TagEnd::Paragraph),
        Start(Tag::Paragraph),
        Text(other),
        ..,
    ] = events
    else {
        return false;
    };
    goes_on(one, other)
}

/// Prints the first paragraph of a text as one line, if it begins with one.
pub(super) fn one_line(text: &str) -> Option<String> {
    let lines = print(text, Layout::default());
    let lines = lines.iter().take_while(|line| !line.is_empty());
    let words: Vec<&str> = lines.map(|line| without_break(line)).collect();
    words.first().filter(|first| is_prose(first))?;
    Some(words.join(" "))
}

/// A printed line without the backslash of a hard line break. A backslash of the text is escaped by another one.
pub(super) fn without_break(line: &str) -> &str {
    let count = line.len() - line.trim_end_matches('\\').len();
    &line[..line.len() - count % 2]
}

/// Whether a printed line begins a paragraph, as opposed to a list, table, quote, code block or rule.
pub(super) fn is_prose(line: &str) -> bool {
    let (mark, _) = line.split_once(' ').unwrap_or((line, ""));
    let is_number = mark.strip_suffix(['.', ')']).is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_mark = matches!(mark, "" | "-" | "*" | ">" | "|") || is_number;
    !is_mark && !line.starts_with("```") && !line.starts_with("---")
}

/// Whether a block contains others. A list of HTML does not continue across the border of one.
fn is_container(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition
    )
}

/// The title of a note.
fn title(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Note:",
        BlockQuoteKind::Tip => "Tip:",
        BlockQuoteKind::Important => "Important:",
        BlockQuoteKind::Warning => "Warning:",
        BlockQuoteKind::Caution => "Caution:",
    }
}

impl Printer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.inline_code(&code),
            Event::Html(line) => self.html_line(&line),
            Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.line_break(),
            Event::Rule => self.rule(),
            Event::FootnoteReference(name) => self.text(&format!("[^{name}]")),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.inline_code(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if is_container(tag.to_end()) {
            self.end_html_lists();
        }
        if tag == Tag::Paragraph {
            self.flush();
        }
        self.begin_note();
        match tag {
            Tag::FootnoteDefinition(name) => self.start_footnote(&name),
            Tag::Heading { .. } => self.start_heading(),
            Tag::BlockQuote(kind) => {
                self.enter("> ", "> ");
                self.note = kind.map(title);
            }
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::List(start) => self.start_list(start),
            Tag::Item => self.item(),
            Tag::Emphasis => self.open_mark("*"),
            Tag::Strong => self.open_mark("**"),
            Tag::Strikethrough => self.open_mark("~~"),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.start_link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => self.start_link(LinkType::Inline, &dest_url),
            Tag::Table(_) => self.start_table(),
            Tag::TableHead | Tag::TableRow => self.start_row(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if is_container(tag) {
            self.end_html_lists();
        }
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => self.leave(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(_) => self.end_list(),
            TagEnd::Emphasis => self.close_mark("*"),
            TagEnd::Strong => self.close_mark("**"),
            TagEnd::Strikethrough => self.close_mark("~~"),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Table => self.table(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Layout, is_plain, parsed, plain};

    proptest! {
        #[test]
        fn plain_texts_need_no_parser(
            text in "[A-Za-z][A-Za-z0-9 ,.;:'()?/-]{0,120}[A-Za-z.)/-]", sentence: bool
        ) {
            prop_assert!(is_plain(&text));
            let layout = Layout { sentence, ..Layout::default() };
            prop_assert_eq!(plain(&text, layout), parsed(&text, layout));
        }
    }

    #[test]
    fn texts_with_marks_are_parsed() {
        for text in [
            "- a", "1. a", "a\nb", "a *b*", "a <b>", " a", "`a`", "a | b", "a & b", "a_b",
        ] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
