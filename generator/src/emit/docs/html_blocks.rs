//! HTML in Markdown: tags of tables, links, code and blocks become the Markdown that shows the same.

use pulldown_cmark::LinkType;

use super::html::{self, Piece, Role};
use super::printer::{Code, Printer};

/// The position in an HTML table.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum HtmlTable {
    #[default]
    Outside,
    BetweenCells,
    InCell,
}

impl Printer {
    pub(super) fn html(&mut self, html: &str) {
        for piece in html::pieces(html) {
            match piece {
                Piece::Text(text) => self.text(&html::resolve_entities(text)),
                Piece::Comment => {}
                Piece::Tag(tag) => self.html_tag(&tag),
            }
        }
    }

    fn html_tag(&mut self, tag: &html::Tag<'_>) {
        if self.is_tag_of_code(tag) {
            return;
        }
        match tag.role {
            Role::Break => self.line_break(),
            Role::Block => self.end_html_block(),
            Role::Heading => self.html_heading(tag.closing),
            Role::Rule => self.html_rule(),
            Role::Table | Role::Row | Role::Cell => self.html_table(tag),
            Role::List { .. } if tag.closing => self.end_html_list(),
            Role::List { is_numbered } => self.start_html_list(is_numbered.then(|| tag.number())),
            Role::Item if tag.closing => self.end_html_block(),
            Role::Term | Role::Definition if tag.closing => self.words.space(),
            Role::Item | Role::Term => self.html_item(),
            Role::Definition => self.html_definition(),
            Role::Anchor if tag.is_empty() => {}
            Role::Anchor if !tag.closing => {
                self.html_anchor(tag.attribute("href").unwrap_or_default());
            }
            Role::Anchor => self.end_link(),
            Role::Image => self.html_image(tag),
            Role::Emphasis(mark) if tag.closing => self.close_mark(mark),
            Role::Emphasis(mark @ ("*" | "**")) if self.words.has_other_asterisks(mark) => {}
            Role::Emphasis(mark) => self.open_mark(mark),
            Role::Script(sign) => self.script = (!tag.closing).then_some(sign),
            Role::Quotation => self.words.glue("\""),
            Role::Preformatted if !tag.closing => self.start_preformatted(),
            Role::Code | Role::Preformatted | Role::Look => {}
        }
    }

    /// Applies a tag in code, or one that begins code. Other tags end the code first, if they cannot be within it.
    fn is_tag_of_code(&mut self, tag: &html::Tag<'_>) -> bool {
        let Some(code) = &self.code else {
            let begins = tag.role == Role::Code && !tag.closing;
            self.code = begins.then(Code::default);
            return begins;
        };
        let is_span = code.block.is_none();
        let ends = if is_span {
            !tag.role.is_within_text()
        } else {
            // The usual `<code>` in a `<pre>` changes nothing, and neither do other tags.
            tag.role == Role::Preformatted && tag.closing
        };
        if ends {
            self.end_html_code();
        } else if tag.role == Role::Break {
            self.line_break();
        }
        // A link can begin or end in a code span.
        !(ends || is_span && tag.role == Role::Anchor)
    }

    /// Begins `<pre>`. Where no block can be, it is a code span.
    fn start_preformatted(&mut self) {
        let is_block = !self.is_in_line() && !self.heading;
        if is_block {
            self.flush();
        }
        self.code = Some(Code {
            block: is_block.then_some("text"),
            ..Code::default()
        });
    }

    /// Ends a paragraph of HTML. Inside a table cell it is a space.
    pub(super) fn end_html_block(&mut self) {
        if self.is_in_line() {
            self.words.space();
        } else {
            self.flush();
        }
    }

    pub(super) fn html_anchor(&mut self, target: &str) {
        self.start_link(LinkType::Inline, &html::resolve_entities(target));
    }

    /// Ends `<code>` or `<pre>`, which may lack its closing tag.
    pub(super) fn end_html_code(&mut self) {
        self.end_code();
        while !self.targets.is_empty() {
            self.end_link();
        }
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
    pub(super) fn end_html_table(&mut self) {
        if self.html_table != HtmlTable::Outside {
            self.end_html_cell();
            self.html_table = HtmlTable::Outside;
            self.table();
        }
    }
}
