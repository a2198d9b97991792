//! Prints the blocks of Markdown: paragraphs, headings, lists, quotes, code, tables and links.

use pulldown_cmark::{CodeBlockKind, LinkType};

use super::code::{language, longest_run};
use super::html_blocks::HtmlTable;
use super::inline::Words;
use super::markdown::Layout;
use crate::model::DocLink;

/// The maximum depth of nested blocks. Deeper ones are printed at this level.
const DEPTH: usize = 6;

/// The lines that are printed, and where in the blocks the printer is.
#[derive(Debug, Default)]
pub(super) struct Printer {
    lines: Vec<String>,
    pub(super) words: Words,
    /// The enclosing blocks, with the prefixes of their lines.
    levels: Vec<Level>,
    /// Whether a blank line is needed before the next paragraph.
    apart: bool,
    /// Whether the first sentence is still to be split off.
    sentence: bool,
    /// The number of columns before each line, and of further ones before the first line.
    margin: usize,
    label: usize,
    /// The links to other parts of the description.
    links: Vec<DocLink>,
    /// The targets of the enclosing links.
    pub(super) targets: Vec<Target>,
    lists: Vec<List>,
    /// The list that ended last, with the number of lines up to its end.
    last_list: Option<(List, usize)>,
    /// The current code block or HTML code.
    pub(super) code: Option<Code>,
    /// The lines of the current block of HTML. They are read together, because a tag may continue in the next line.
    html_block: String,
    /// The title of a note, whose text is still to begin.
    pub(super) note: Option<&'static str>,
    /// Whether the current paragraph is a heading.
    pub(super) heading: bool,
    /// The rows of the current table.
    pub(super) rows: Option<Vec<Vec<String>>>,
    /// The position in an HTML table.
    pub(super) html_table: HtmlTable,
    /// The lists of HTML, each with whether it has a current item.
    pub(super) html_lists: Vec<bool>,
    /// The sign before the text of an index or an exponent.
    pub(super) script: Option<&'static str>,
}

/// Code, until it ends.
#[derive(Debug, Default)]
pub(super) struct Code {
    pub(super) text: String,
    /// The language, unless it is a code span.
    pub(super) block: Option<&'static str>,
}

/// Whether a raised or lowered text is an exponent or an index, as opposed to a trademark or the end of an ordinal.
fn is_script(text: &str) -> bool {
    let is_word = ["st", "nd", "rd", "th", "tm", "sm"].contains(&&*text.to_ascii_lowercase());
    !is_word && text.starts_with(|first: char| first.is_alphanumeric() || "+-(".contains(first))
}

/// The target of a link.
#[derive(Debug)]
pub(super) enum Target {
    /// The text becomes a link to this URL or item.
    Link(String),
    /// The text is followed by the target.
    Shown(String),
    /// The text is not a link.
    None,
}

#[derive(Debug)]
struct List {
    /// Number of the next item; `None`: bullets.
    number: Option<u64>,
    begun: bool,
    /// Whether it has other marks than the list directly before it, which it would continue otherwise.
    is_other: bool,
}

#[derive(Debug)]
struct Level {
    /// The prefix of the first line.
    first: String,
    /// The prefix of the other lines.
    rest: String,
    begun: bool,
}

/// Whether the target of a link begins with a scheme, such as `entity:`.
fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
        scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(is_sign)
    })
}

impl Printer {
    pub(super) fn new(layout: Layout<'_>) -> Self {
        Self {
            sentence: layout.sentence,
            margin: layout.margin,
            label: layout.label,
            links: layout.links.to_vec(),
            ..Self::default()
        }
    }

    /// The printed lines.
    pub(super) fn finish(mut self) -> Vec<String> {
        self.end_html_table();
        self.end_html_lists();
        self.flush();
        self.lines
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(sign) = self.script.take().filter(|_| is_script(text)) {
            self.words.glue(sign);
        }
        match &mut self.code {
            Some(code) => code.text.push_str(text),
            None => self.words.text(text),
        }
    }

    pub(super) fn inline_code(&mut self, text: &str) {
        match &mut self.code {
            Some(code) => code.text.push_str(text),
            None if self.rows.is_some() => self.words.code(&text.replace('|', "\\|")),
            None => self.words.code(text),
        }
    }

    pub(super) fn soft_break(&mut self) {
        match &mut self.code {
            Some(code) => code
                .text
                .push(if code.block.is_some() { '\n' } else { ' ' }),
            None => self.words.space(),
        }
    }

    pub(super) fn line_break(&mut self) {
        match &self.code {
            Some(_) => self.soft_break(),
            None => self.words.line_break(),
        }
    }

    /// Begins emphasis. Code has none.
    pub(super) fn open_mark(&mut self, mark: &'static str) {
        if self.code.is_none() {
            self.words.open_mark(mark);
        }
    }

    pub(super) fn close_mark(&mut self, mark: &'static str) {
        if self.code.is_none() {
            self.words.close_mark(mark);
        }
    }

    pub(super) fn html_line(&mut self, line: &str) {
        self.html_block.push_str(line);
    }

    pub(super) fn end_html(&mut self) {
        let html = std::mem::take(&mut self.html_block);
        self.html(&html);
        self.end_html_heading();
        self.flush();
    }

    // Blocks.

    /// Begins a heading. It is printed as a bold paragraph, because the page of an item has its own headings.
    pub(super) fn start_heading(&mut self) {
        self.flush();
        self.heading = true;
        self.words.open_mark("**");
    }

    pub(super) fn end_heading(&mut self) {
        self.end_html_code();
        self.words.close_marks(0);
        self.flush();
        self.heading = false;
    }

    pub(super) fn enter(&mut self, first: &str, rest: &str) {
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

    /// Begins the text of a note with its title.
    pub(super) fn begin_note(&mut self) {
        if let Some(title) = self.note.take() {
            self.open_mark("**");
            self.words.text(title);
            self.close_mark("**");
            self.words.space();
        }
    }

    pub(super) fn leave(&mut self) {
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

    /// Begins a footnote, whose name stands in the text as well.
    pub(super) fn start_footnote(&mut self, name: &str) {
        let is_plain = name
            .chars()
            .all(|c| c.is_alphanumeric() || "-_".contains(c));
        let mark = is_plain.then(|| format!("\\[^{name}]: "));
        self.enter(&mark.unwrap_or_default(), "");
    }

    pub(super) fn start_list(&mut self, number: Option<u64>) {
        self.flush();
        if self.lists.last().is_some_and(|list| list.begun) {
            self.apart = false;
        }
        let last = self.last_list.take();
        let is_other = last.is_some_and(|(last, end)| {
            let is_directly_after = end == self.lines.len();
            is_directly_after && last.number.is_some() == number.is_some() && !last.is_other
        });
        self.lists.push(List {
            number,
            begun: false,
            is_other,
        });
    }

    pub(super) fn end_list(&mut self) {
        self.flush();
        self.last_list = self.lists.pop().map(|list| (list, self.lines.len()));
        self.apart = true;
    }

    pub(super) fn item(&mut self) {
        self.flush();
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let mark = match &mut list.number {
            Some(number) => {
                let end = if list.is_other { ')' } else { '.' };
                let mark = format!("{number}{end} ");
                *number = number.saturating_add(1).min(999_999_999);
                mark
            }
            None if list.is_other => "* ".to_owned(),
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
    pub(super) fn flush(&mut self) {
        self.end_html_code();
        if self.words.is_empty() || self.rows.is_some() {
            return;
        }
        let mut words = std::mem::take(&mut self.words);
        self.heading = false;
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
        let label = if self.lines.is_empty() { self.label } else { 0 };
        let lines = words.into_lines(self.indent(), label);
        self.block(&lines);
    }

    /// Writes the lines of a block, separated from the block before.
    fn block(&mut self, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
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
        // Deeper ones have no prefix, and there may be very many.
        for level in self.levels.iter_mut().take(DEPTH) {
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
        let levels = self.levels.iter().map(|level| level.rest.len());
        self.margin + levels.sum::<usize>()
    }

    pub(super) fn rule(&mut self) {
        self.flush();
        // Directly below a text, the line would make it a heading.
        self.apart = true;
        self.block(&["---".to_owned()]);
    }

    // Code.

    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.flush();
        let language = match kind {
            CodeBlockKind::Fenced(info) => language(info),
            CodeBlockKind::Indented => "text",
        };
        self.code = Some(Code {
            text: String::new(),
            block: Some(language),
        });
    }

    /// Ends code, which may lack its closing tag.
    pub(super) fn end_code(&mut self) {
        let Some(Code { text, block }) = self.code.take() else {
            return;
        };
        match block {
            Some(_) if text.trim().is_empty() => {}
            Some(language) => {
                let fence = "`".repeat(longest_run(&text).max(2) + 1);
                let mut lines = vec![format!("{fence}{language}")];
                let code = text.trim_start_matches('\n').trim_end();
                lines.extend(code.lines().map(|line| line.trim_end().to_owned()));
                lines.push(fence);
                self.block(&lines);
            }
            None => self.inline_code(text.trim()),
        }
    }

    // Tables.

    pub(super) fn start_table(&mut self) {
        self.flush();
        self.rows = Some(Vec::new());
    }

    pub(super) fn start_row(&mut self) {
        self.rows.get_or_insert_default().push(Vec::new());
    }

    pub(super) fn end_cell(&mut self) {
        self.end_html_code();
        let cell = std::mem::take(&mut self.words).into_line();
        if let Some(row) = self.rows.as_mut().and_then(|rows| rows.last_mut()) {
            row.push(cell);
        }
    }

    pub(super) fn table(&mut self) {
        let mut rows = self.rows.take().unwrap_or_default();
        rows.retain(|row| !row.is_empty());
        // As in Markdown, the first row decides. Otherwise one long row would make all others long.
        let columns = rows.first().map_or(0, Vec::len);
        let mut lines: Vec<String> = rows
            .iter_mut()
            .map(|row| {
                let further = row.split_off(columns.min(row.len()));
                row.resize(columns, String::new());
                if let Some(last) = row.last_mut() {
                    for cell in further.iter().filter(|cell| !cell.is_empty()) {
                        last.push(' ');
                        last.push_str(cell);
                    }
                }
                format!("| {} |", row.join(" | "))
            })
            .collect();
        if !lines.is_empty() {
            lines.insert(1, format!("|{}", " --- |".repeat(columns)));
        }
        self.block(&lines);
    }

    // Links.

    pub(super) fn start_link(&mut self, kind: LinkType, target: &str) {
        let is_url = ["https://", "http://", "mailto:"]
            .iter()
            .any(|scheme| target.starts_with(scheme));
        let mut links = self.links.iter();
        let target = match links.find(|link| link.target == target) {
            Some(link) => Target::Link(link.path.clone()),
            // The text of an autolink is its target, which becomes an autolink again.
            None if matches!(kind, LinkType::Autolink | LinkType::Email) => Target::None,
            None if is_url => Target::Link(target.to_owned()),
            None if has_scheme(target) => Target::Shown(target.to_owned()),
            // It is relative to a page that is unknown.
            None => Target::None,
        };
        if let Target::Link(_) = &target {
            self.words.open_link();
        }
        self.targets.push(target);
    }

    pub(super) fn end_link(&mut self) {
        match self.targets.pop() {
            Some(Target::Link(target)) => self.words.close_link(&target),
            // The text says the same: `[Pet](entity:Pet)`.
            Some(Target::Shown(target)) if self.words.end_with(&target) => {}
            Some(Target::Shown(target)) => {
                self.words.space();
                self.words.glue("(");
                self.words.code(&target);
                self.words.glue(")");
            }
            Some(Target::None) | None => {}
        }
    }
}
