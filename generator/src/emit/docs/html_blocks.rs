//! HTML in Markdown: tags of tables, links, code and blocks become the Markdown that shows the same.

use pulldown_cmark::LinkType;

use super::html::{self, Piece, Role};
use super::printer::Printer;

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
    pub(super) fn end_html_code(&mut self) {
        if let Some(code) = self.code.take() {
            self.inline_code(code.trim());
        }
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
