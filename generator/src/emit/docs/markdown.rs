//! Parses Markdown and prints safe Markdown.

use pulldown_cmark::{
    CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream,
};

use super::clean;
use super::code::{language, longest_run};
use super::html::{self, Piece, Role};
use super::inline::Words;

/// The maximum depth of nested blocks. Deeper ones are printed at this level.
const DEPTH: usize = 6;

/// The maximum length of a paragraph that may be a label or a list of words. Such a paragraph is never joined with the
/// next one.
const LONGEST_LABEL: usize = 30;

/// Prints Markdown as lines. With `sentence`, a long first sentence becomes its own paragraph.
pub(super) fn print(text: &str, sentence: bool) -> Vec<String> {
    let text = clean::text(text);
    let text = html::with_plain_quotes(&text);
    let mut printer = Printer {
        sentence,
        ..Printer::default()
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let events: Vec<Event<'_>> = TextMergeStream::new(Parser::new_ext(&text, options)).collect();
    let cut = cuts(&events);
    for (at, event) in events.into_iter().enumerate() {
        if at > 0 && cut[at - 1] {
            printer.event(Event::SoftBreak);
        } else if at < 2 || !cut[at - 2] {
            printer.event(event);
        }
    }
    printer.end_html_table();
    printer.flush();
    printer.lines
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
    one.ends_with(|last: char| last.is_lowercase() || last == ',')
        && other.starts_with(char::is_lowercase)
}

/// Prints the first paragraph of a text as one line.
pub(super) fn one_line(text: &str) -> Vec<String> {
    let lines = print(text, false);
    let paragraph: Vec<&str> = lines
        .iter()
        .map(|line| line.trim_end_matches('\\'))
        .take_while(|l| !l.is_empty())
        .collect();
    match paragraph.first() {
        Some(first) if is_prose(first) => vec![paragraph.join(" ")],
        _ => Vec::new(),
    }
}

/// Whether a printed line begins a paragraph, as opposed to a list, table, quote, code block or rule.
pub(super) fn is_prose(line: &str) -> bool {
    let item = ["- ", "> ", "| ", "```", "---"]
        .iter()
        .any(|mark| line.starts_with(mark));
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && line[digits..].starts_with(". ");
    !(line.is_empty() || item || numbered)
}

#[derive(Debug, Default)]
struct Printer {
    lines: Vec<String>,
    words: Words,
    /// The enclosing blocks, with the prefixes of their lines.
    levels: Vec<Level>,
    /// Whether a blank line is needed before the next paragraph.
    apart: bool,
    /// Whether the first sentence is still to be split off.
    sentence: bool,
    /// The targets of the enclosing links.
    targets: Vec<String>,
    lists: Vec<List>,
    /// The current code block or HTML code.
    code: Option<String>,
    /// Whether the current paragraph is a heading.
    heading: bool,
    /// The rows of the current table.
    rows: Option<Vec<Vec<String>>>,
    /// The position in an HTML table.
    html_table: HtmlTable,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum HtmlTable {
    #[default]
    Outside,
    BetweenCells,
    InCell,
}

#[derive(Debug)]
struct List {
    /// Number of the next item; `None`: bullets.
    number: Option<u64>,
    begun: bool,
}

#[derive(Debug)]
struct Level {
    /// The prefix of the first line.
    first: String,
    /// The prefix of the other lines.
    rest: String,
    begun: bool,
}

impl Printer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.inline_code(&code),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.words.line_break(),
            Event::Rule => self.rule(),
            Event::FootnoteReference(name) => self.words.text(&format!("[^{name}]")),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.words.code(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::FootnoteDefinition(_) => self.flush(),
            Tag::Heading { .. } => {
                self.flush();
                self.heading = true;
                self.words.glue("**");
            }
            Tag::BlockQuote(_) => self.enter("> ", "> "),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::List(start) => {
                self.flush();
                if !self.lists.is_empty() {
                    self.apart = false;
                }
                self.lists.push(List {
                    number: start,
                    begun: false,
                });
            }
            Tag::Item => self.item(),
            Tag::Emphasis => self.words.glue("*"),
            Tag::Strong if !self.heading => self.words.glue("**"),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.start_link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => self.start_link(LinkType::Inline, &dest_url),
            Tag::Table(_) => {
                self.flush();
                self.rows = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => self.rows.get_or_insert_default().push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::FootnoteDefinition | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) | TagEnd::Item => self.leave(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                self.apart = true;
            }
            TagEnd::Emphasis => self.words.glue("*"),
            TagEnd::Strong if !self.heading => self.words.glue("**"),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Table => self.table(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.code {
            Some(code) => code.push_str(text),
            None => self.words.text(text),
        }
    }

    fn inline_code(&mut self, text: &str) {
        match &mut self.code {
            Some(code) => code.push_str(text),
            None if self.rows.is_some() => self.words.code(&text.replace('|', "\\|")),
            None => self.words.code(text),
        }
    }

    fn soft_break(&mut self) {
        match &mut self.code {
            Some(code) => code.push(' '),
            None => self.words.space(),
        }
    }

    // Blocks.

    /// Prints a heading as a bold paragraph, because the page of an item has its own headings.
    fn end_heading(&mut self) {
        self.end_html_code();
        self.heading = false;
        if self.words.is_only("**") {
            self.words = Words::default();
            return;
        }
        self.words.join();
        self.words.glue("**");
        self.flush();
    }

    fn enter(&mut self, first: &str, rest: &str) {
        self.flush();
        let shown = self.levels.len() < DEPTH;
        let [first, rest] = [first, rest].map(|prefix| {
            if shown {
                prefix.to_owned()
            } else {
                String::new()
            }
        });
        self.levels.push(Level {
            first,
            rest,
            begun: false,
        });
    }

    fn leave(&mut self) {
        self.flush();
        // An item without text needs its number, because the numbers of the next items depend on it.
        if self.levels.last().is_some_and(|level| {
            !level.begun && level.first.starts_with(|c: char| c.is_ascii_digit())
        }) {
            self.push("");
        }
        if self.levels.pop().is_some_and(|level| level.first == "> ") {
            self.apart = true;
        }
    }

    fn item(&mut self) {
        self.flush();
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let mark = match &mut list.number {
            Some(number) => {
                let mark = format!("{number}. ");
                *number = number.saturating_add(1).min(999_999_999);
                mark
            }
            None => "- ".to_owned(),
        };
        if self.apart && !list.begun {
            self.blank();
        }
        if let Some(list) = self.lists.last_mut() {
            list.begun = true;
        }
        self.apart = false;
        self.enter(&mark, &" ".repeat(mark.len()));
    }

    /// Ends the current paragraph.
    fn flush(&mut self) {
        self.end_html_code();
        if self.words.is_empty() || self.rows.is_some() {
            return;
        }
        let mut words = std::mem::take(&mut self.words);
        let rest = if std::mem::take(&mut self.sentence) && self.levels.is_empty() {
            words.split_sentence()
        } else {
            None
        };
        self.paragraph(words);
        if let Some(rest) = rest {
            self.paragraph(rest);
        }
    }

    fn paragraph(&mut self, words: Words) {
        let lines = words.into_lines(self.indent());
        self.block(&lines);
    }

    /// Writes the lines of a block, separated from the block before.
    fn block(&mut self, lines: &[String]) {
        self.sentence = false;
        if self.apart {
            self.blank();
        }
        for line in lines {
            self.push(line);
        }
        self.apart = true;
    }

    fn blank(&mut self) {
        let fresh = self.levels.last().is_some_and(|level| !level.begun);
        let prefix: String = self
            .levels
            .iter()
            .filter(|level| level.begun)
            .map(|level| level.rest.as_str())
            .collect();
        let blank = prefix.trim_end().to_owned();
        let needed = self
            .lines
            .last()
            .is_some_and(|last| !last.is_empty() && *last != blank);
        if needed && !(fresh && self.lists.len() > 1) {
            self.lines.push(blank);
        }
    }

    fn push(&mut self, line: &str) {
        let mut text = String::new();
        for level in &mut self.levels {
            text.push_str(if level.begun {
                &level.rest
            } else {
                &level.first
            });
            level.begun = true;
        }
        text.push_str(line);
        text.truncate(text.trim_end().len());
        self.lines.push(text);
    }

    fn indent(&self) -> usize {
        self.levels.iter().map(|level| level.rest.len()).sum()
    }

    fn rule(&mut self) {
        self.flush();
        self.block(&["---".to_owned()]);
    }

    // Code.

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.flush();
        let language = match kind {
            CodeBlockKind::Fenced(info) => language(info),
            CodeBlockKind::Indented => "text",
        };
        // Until the block ends, the first line is the language.
        self.code = Some(format!("{language}\n"));
    }

    fn end_code(&mut self) {
        let block = self.code.take().unwrap_or_default();
        let (language, code) = block.split_once('\n').unwrap_or(("text", &block));
        let fence = "`".repeat(longest_run(code).max(2) + 1);
        let mut lines = vec![format!("{fence}{language}")];
        lines.extend(
            code.trim_end()
                .lines()
                .map(|line| line.trim_end().to_owned()),
        );
        lines.push(fence);
        self.block(&lines);
    }

    // Tables.

    fn end_cell(&mut self) {
        self.end_html_code();
        let cell = std::mem::take(&mut self.words).into_line();
        if let Some(row) = self.rows.as_mut().and_then(|rows| rows.last_mut()) {
            row.push(cell);
        }
    }

    fn table(&mut self) {
        let mut rows = self.rows.take().unwrap_or_default();
        rows.retain(|row| !row.is_empty());
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut lines: Vec<String> = rows
            .iter_mut()
            .map(|row| {
                row.resize(columns, String::new());
                format!("| {} |", row.join(" | "))
            })
            .collect();
        if !lines.is_empty() {
            lines.insert(1, format!("|{}", " --- |".repeat(columns)));
        }
        self.block(&lines);
    }

    /// Applies a tag of a table to an HTML table. Inside a Markdown table it is a space.
    fn html_table(&mut self, tag: &html::Tag<'_>) {
        match tag.role {
            Role::Table if !tag.closing && self.rows.is_none() => {
                self.flush();
                self.rows = Some(Vec::new());
                self.html_table = HtmlTable::BetweenCells;
            }
            _ if self.html_table == HtmlTable::Outside => self.end_html_block(),
            Role::Table if tag.closing => self.end_html_table(),
            Role::Row | Role::Cell => {
                self.end_html_cell();
                let rows = self.rows.get_or_insert_default();
                if tag.role == Role::Row || rows.is_empty() {
                    rows.push(Vec::new());
                }
                if tag.role == Role::Cell && !tag.closing {
                    self.html_table = HtmlTable::InCell;
                }
            }
            _ => self.words.space(),
        }
    }

    fn end_html_cell(&mut self) {
        if self.html_table == HtmlTable::InCell {
            self.end_cell();
            self.html_table = HtmlTable::BetweenCells;
        }
    }

    /// Ends an HTML table, which may lack its closing tag.
    fn end_html_table(&mut self) {
        if self.html_table != HtmlTable::Outside {
            self.end_html_cell();
            self.html_table = HtmlTable::Outside;
            self.table();
        }
    }

    // Links.

    fn start_link(&mut self, kind: LinkType, target: &str) {
        let real = ["http://", "https://"]
            .iter()
            .any(|scheme| target.starts_with(scheme));
        let bare = matches!(kind, LinkType::Autolink | LinkType::Email);
        self.targets.push(target.to_owned());
        if real && !bare {
            self.words.open_link();
        }
        if bare {
            // The text of an autolink is its target, which becomes an autolink again.
            self.targets.pop();
            self.targets.push(String::new());
        }
    }

    fn end_link(&mut self) {
        let Some(target) = self.targets.pop() else {
            return;
        };
        if ["http://", "https://"]
            .iter()
            .any(|scheme| target.starts_with(scheme))
        {
            self.words.close_link(&target);
        } else if !target.is_empty() && !target.starts_with('#') {
            self.words.space();
            self.words.glue("(");
            self.words.code(&target);
            self.words.glue(")");
        }
    }

    // HTML.

    fn html(&mut self, html: &str) {
        for piece in html::pieces(html) {
            match piece {
                Piece::Text(text) => self.text(&html::resolve_entities(text)),
                Piece::Comment => {}
                Piece::Tag(tag) => self.html_tag(&tag),
            }
        }
    }

    fn html_tag(&mut self, tag: &html::Tag<'_>) {
        if tag.role == Role::Code && !tag.closing && self.code.is_none() {
            self.code = Some(String::new());
            return;
        }
        let is_around = matches!(tag.role, Role::Table | Role::Row | Role::Cell);
        if self.code.is_some()
            && (is_around || matches!(tag.role, Role::Code | Role::Block | Role::Item))
        {
            self.end_html_code();
        }
        match tag.role {
            Role::Break => self.words.line_break(),
            Role::Block => self.end_html_block(),
            Role::Table | Role::Row | Role::Cell => self.html_table(tag),
            Role::Item if tag.closing => self.end_html_block(),
            Role::Item => {
                self.end_html_block();
                self.words.text("• ");
            }
            Role::Anchor if !tag.closing => self.html_anchor(tag.href().unwrap_or_default()),
            Role::Anchor => self.end_link(),
            Role::Code | Role::Look => {}
        }
    }

    /// Ends a paragraph of HTML. Inside a table cell it is a space.
    fn end_html_block(&mut self) {
        if self.rows.is_some() || !self.targets.is_empty() {
            self.words.space();
        } else {
            self.flush();
        }
    }

    fn html_anchor(&mut self, target: &str) {
        self.start_link(LinkType::Inline, &html::resolve_entities(target));
    }

    /// Ends `<code>`, which may lack its closing tag.
    fn end_html_code(&mut self) {
        if let Some(code) = self.code.take() {
            self.inline_code(code.trim());
        }
        while !self.targets.is_empty() {
            self.end_link();
        }
    }
}
