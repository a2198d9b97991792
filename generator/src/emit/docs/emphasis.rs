//! Emphasis, whose marks are printed around the text in it: a mark beside a space would be shown as it is.

use super::inline::{Word, Words};

/// The emphasis at the end of the words.
#[derive(Debug, Default)]
pub(super) struct Emphasis {
    /// The emphasis that lacks its end, each with another mark.
    marks: Vec<Mark>,
    /// How many of them are around the current link.
    around_link: usize,
    /// Those around the current link that end within it. They are ended after the link.
    late: Vec<&'static str>,
    /// Whether the last word ends with a mark after a punctuation character. A letter directly after it would keep the
    /// emphasis open.
    ended_after_sign: bool,
}

#[derive(Debug)]
struct Mark {
    /// `**`
    text: &'static str,
    /// How often the same emphasis was begun again within it.
    repeats: usize,
    /// Whether it has text so far.
    is_printed: bool,
}

impl Emphasis {
    pub(super) fn begin_link(&mut self) {
        self.around_link = self.marks.len();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    pub(super) fn is_printed(&self) -> bool {
        self.marks.iter().any(|mark| mark.is_printed)
    }
}

impl Words {
    /// Whether another emphasis by asterisks is open. Within it, further ones may be read as the end of it.
    pub(super) fn has_other_asterisks(&self, text: &str) -> bool {
        let mut marks = self.emphasis.marks.iter();
        marks.any(|mark| mark.text.starts_with('*') && mark.text != text)
    }

    /// Begins emphasis.
    pub(super) fn open_mark(&mut self, text: &'static str) {
        let marks = &mut self.emphasis.marks;
        match marks.iter_mut().find(|mark| mark.text == text) {
            Some(mark) => mark.repeats += 1,
            None => marks.push(Mark {
                text,
                repeats: 0,
                is_printed: false,
            }),
        }
    }

    /// Ends emphasis, with the emphasis that was begun within it.
    pub(super) fn close_mark(&mut self, text: &'static str) {
        let is_around = |at| self.is_in_link() && at < self.emphasis.around_link;
        let marks = &self.emphasis.marks;
        let Some(at) = marks.iter().position(|mark| mark.text == text) else {
            return;
        };
        if marks[at].repeats > 0 {
            self.emphasis.marks[at].repeats -= 1;
        } else if !is_around(at) {
            self.close_marks(at);
        } else if !self.emphasis.late.contains(&text) {
            self.emphasis.late.push(text);
        }
    }

    /// Ends emphasis until only so many marks are open.
    pub(super) fn close_marks(&mut self, left: usize) {
        while self.emphasis.marks.len() > left
            && let Some(mark) = self.emphasis.marks.pop()
        {
            if mark.is_printed {
                self.print_end(mark.text);
            }
        }
        self.keep_together();
    }

    /// Ends the emphasis within the current link.
    pub(super) fn close_marks_of_link(&mut self) {
        self.close_marks(self.emphasis.around_link);
    }

    /// Ends the emphasis that ended within the link before.
    pub(super) fn close_late_marks(&mut self) {
        for text in std::mem::take(&mut self.emphasis.late) {
            self.close_mark(text);
        }
    }

    /// Prints a mark directly after the last word, before the line breaks that follow it.
    fn print_end(&mut self, mark: &str) {
        let is_break = |word: &&Word| matches!(word, Word::Break);
        let breaks = self.pieces.iter().rev().take_while(is_break).count();
        let end = self.pieces.len() - breaks;
        if let Some(Word::Text(word)) = self.pieces[..end].last_mut() {
            self.emphasis.ended_after_sign = !word.ends_with(char::is_alphanumeric);
            word.push_str(mark);
        }
    }

    /// Prints the marks that are open and lack text, before `text`.
    pub(super) fn print_marks(&mut self, text: &str) {
        let is_after_sign = std::mem::take(&mut self.emphasis.ended_after_sign);
        let marks = self.emphasis.marks.iter_mut();
        let new: Vec<&mut Mark> = marks.filter(|mark| !mark.is_printed).collect();
        if new.is_empty() {
            return;
        }
        let mut printed = String::new();
        for mark in new {
            printed.push_str(mark.text);
            mark.is_printed = true;
        }
        if let Some(Word::Text(word)) = self.pieces.last() {
            // After a letter, a mark before a punctuation character begins nothing. Another mark is such a character.
            let before_sign = !text.starts_with(char::is_alphanumeric)
                || printed.contains("*~")
                || printed.contains("~*");
            let is_within_word = word.ends_with(char::is_alphanumeric) && before_sign;
            // Two adjacent marks would be one.
            if is_after_sign || is_within_word || word.ends_with(['*', '~']) {
                self.space();
            }
        }
        self.push(&printed);
        self.keep_together();
    }

    /// Whether a text cannot follow the last word directly.
    pub(super) fn must_be_apart(&self, text: &str) -> bool {
        self.emphasis.ended_after_sign && text.starts_with(char::is_alphanumeric)
    }
}
