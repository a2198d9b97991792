//! HTML in Markdown: headings, lists, lines and images become the Markdown that shows the same.

use super::html;
use super::printer::Printer;

impl Printer {
    /// Whether no block can be here: in a cell of a table or in a link.
    pub(super) fn is_in_line(&self) -> bool {
        self.rows.is_some() || self.words.is_in_link()
    }

    pub(super) fn html_heading(&mut self, closing: bool) {
        if self.is_in_line() {
            self.words.space();
            return;
        }
        self.end_html_heading();
        if !closing {
            self.start_heading();
        }
    }

    /// Ends `<h1>`, which may lack its closing tag.
    pub(super) fn end_html_heading(&mut self) {
        if self.heading {
            self.end_heading();
        }
    }

    pub(super) fn html_rule(&mut self) {
        if self.is_in_line() {
            self.words.space();
        } else {
            self.rule();
        }
    }

    /// Shows an image as a link with the text that stands for it.
    pub(super) fn html_image(&mut self, tag: &html::Tag<'_>) {
        let text = tag.attribute("alt").filter(|text| !text.is_empty());
        if let (Some(text), Some(source)) = (text, tag.attribute("src")) {
            self.html_anchor(source);
            self.text(&html::resolve_entities(text));
            self.end_link();
        }
    }

    pub(super) fn start_html_list(&mut self, number: Option<u64>) {
        if self.is_in_line() {
            self.words.space();
        } else {
            self.start_list(number);
            self.html_lists.push(false);
        }
    }

    pub(super) fn html_item(&mut self) {
        if self.is_in_line() || self.html_lists.is_empty() {
            self.end_html_block();
            self.words.text("• ");
            return;
        }
        self.end_html_item();
        self.item();
        if let Some(has_item) = self.html_lists.last_mut() {
            *has_item = true;
        }
    }

    /// Ends the current item, which may lack its closing tag.
    fn end_html_item(&mut self) {
        if self.html_lists.last_mut().is_some_and(std::mem::take) {
            self.leave();
        }
    }

    /// Begins `<dd>` in the item of its term.
    pub(super) fn html_definition(&mut self) {
        if self.html_lists.last() == Some(&true) && !self.is_in_line() {
            self.words.line_break();
        } else {
            self.html_item();
        }
    }

    pub(super) fn end_html_list(&mut self) {
        if self.is_in_line() || self.html_lists.is_empty() {
            self.end_html_block();
            return;
        }
        self.end_last_html_list();
    }

    fn end_last_html_list(&mut self) {
        self.end_html_item();
        self.html_lists.pop();
        self.end_list();
    }

    /// Ends the lists of HTML, which may lack their closing tags. None of them continues in another block of Markdown.
    pub(super) fn end_html_lists(&mut self) {
        while !self.html_lists.is_empty() {
            self.end_last_html_list();
        }
    }
}
