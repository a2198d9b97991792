//! The words of one paragraph, which are escaped and wrapped.

use std::borrow::Cow;

use super::WIDTH;
use super::code::code_span;
use super::emphasis::Emphasis;
use crate::prose;

/// A paragraph under construction.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) pieces: Vec<Word>,
    /// Whether the next piece is appended to the last word.
    pub(super) open: bool,
    /// Depth of links. The text of a link cannot contain another link.
    pub(super) links: usize,
    pub(super) emphasis: Emphasis,
    /// The first and the last word of each emphasis and link, which no paragraph ends in.
    unbroken: Vec<(usize, usize)>,
    /// The first word of the current one.
    since: Option<usize>,
}

#[derive(Debug)]
pub(super) enum Word {
    /// Text that is not broken over several lines.
    Text(String),
    /// A hard line break.
    Break,
}

impl Words {
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Appends the next piece to the last word, without a space.
    pub(super) fn join(&mut self) {
        while matches!(self.pieces.last(), Some(Word::Break)) {
            self.pieces.pop();
        }
        self.open = !self.is_empty();
    }

    /// Adds text without escaping it, to the last word if no space came in between.
    pub(super) fn glue(&mut self, piece: &str) {
        if !piece.is_empty() {
            self.print_marks(piece);
            self.push(piece);
        }
    }

    pub(super) fn push(&mut self, piece: &str) {
        match self.pieces.last_mut() {
            Some(Word::Text(word)) if self.open => word.push_str(piece),
            _ => self.pieces.push(Word::Text(piece.to_owned())),
        }
        self.open = true;
    }

    /// Whether the text is that of a link.
    pub(super) fn is_in_link(&self) -> bool {
        self.links > 0
    }

    /// Begins words that no paragraph ends in, with the last word, or ends them.
    pub(super) fn keep_together(&mut self) {
        let last = self.pieces.len().saturating_sub(1);
        if self.links > 0 || self.emphasis.is_printed() {
            self.since.get_or_insert(last);
        } else if let Some(since) = self.since.take() {
            self.unbroken.push((since, last));
        }
    }

    /// Ends the last word.
    pub(super) fn space(&mut self) {
        self.open = false;
    }

    /// Ends the line.
    pub(super) fn line_break(&mut self) {
        if matches!(self.pieces.last(), Some(Word::Text(_))) {
            self.pieces.push(Word::Break);
        }
        self.open = false;
    }

    /// Adds prose. Markdown syntax in it is escaped, and URLs become links.
    pub(super) fn text(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) || self.must_be_apart(text) {
            self.space();
        }
        let mut words = text.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let ends = words.peek().is_some() || text.ends_with(char::is_whitespace);
            if self.is_sign(word) && ends {
                self.push(word);
            } else {
                self.word(word);
            }
            self.space();
        }
        if !text.is_empty() {
            self.open = !text.ends_with(char::is_whitespace) && !self.is_empty();
        }
    }

    /// Whether a word is a character that is a mark elsewhere, but not between spaces.
    fn is_sign(&self, word: &str) -> bool {
        matches!(word, "*" | "<" | "~") && !self.open && self.emphasis.is_empty()
    }

    fn word(&mut self, word: &str) {
        let mut rest = word;
        while let Some((start, end)) = address(rest).filter(|_| self.links == 0) {
            self.escaped(&rest[..start]);
            self.glue(&format!("<{}>", &rest[start..end]));
            rest = &rest[end..];
        }
        self.escaped(rest);
    }

    fn escaped(&mut self, word: &str) {
        if !word.is_empty() {
            let escaped = escape(word, self.links > 0);
            self.glue(&escaped);
        }
    }

    /// Whether the last word is the end of a text.
    pub(super) fn end_with(&self, text: &str) -> bool {
        let Some(Word::Text(word)) = self.pieces.last() else {
            return false;
        };
        let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        !word.is_empty() && text.ends_with(word)
    }

    /// Adds code.
    pub(super) fn code(&mut self, code: &str) {
        // Two adjacent runs of backticks would merge into one.
        if matches!(self.pieces.last(), Some(Word::Text(word)) if word.ends_with('`')) {
            self.space();
        }
        self.glue(&code_span(code));
    }

    /// Begins the text of a link.
    pub(super) fn open_link(&mut self) {
        if self.links == 0 {
            if let Some(Word::Text(word)) = self.pieces.last_mut()
                && self.open
                && word.ends_with('!')
            {
                word.insert(word.len() - 1, '\\');
            }
            self.glue("[");
            self.emphasis.begin_link();
        }
        self.links += 1;
        self.keep_together();
    }

    /// Ends the text of a link. A link without text shows its target.
    pub(super) fn close_link(&mut self, target: &str) {
        if self.links > 1 {
            self.links -= 1;
            return;
        }
        self.close_marks_of_link();
        self.links = 0;
        self.join();
        if let Some(Word::Text(word)) = self.pieces.last_mut() {
            if word == "[" || (word.ends_with('[') && !word.ends_with("\\[")) {
                if target.starts_with("http") {
                    word.pop();
                    *word += &["<", &parenthesised(target), ">"].concat();
                } else {
                    let name = target.rsplit("::").next().unwrap_or(target);
                    *word += &["`", name, "`](", target, ")"].concat();
                }
            } else {
                *word += &["](", &parenthesised(target), ")"].concat();
            }
        }
        self.open = true;
        self.keep_together();
        self.close_late_marks();
    }

    /// All words on one line, without breaks.
    pub(super) fn into_line(mut self) -> String {
        self.close_marks(0);
        let words = self.pieces.into_iter();
        let words: Vec<String> = words.filter_map(Word::into_text).collect();
        words.join(" ")
    }

    /// The words in lines of at most [`WIDTH`] columns, of which `indent` columns are for a prefix. A label of `label` columns
    /// is before the first line.
    pub(super) fn into_lines(mut self, indent: usize, label: usize) -> Vec<String> {
        self.close_marks(0);
        let width = WIDTH.saturating_sub(indent).max(24);
        let mut lines: Vec<String> = Vec::new();
        // The columns of the last line, unless the next word begins another one.
        let mut used = None;
        for word in self.pieces {
            match word {
                Word::Break => {
                    if let Some(line) = lines.last_mut() {
                        line.push('\\');
                    }
                    used = None;
                }
                Word::Text(word) => {
                    let wanted = used.map(|used| used + 1 + columns(&word));
                    let wanted = wanted.filter(|wanted| *wanted <= width);
                    if let (Some(line), Some(wanted)) = (lines.last_mut(), wanted) {
                        line.push(' ');
                        line.push_str(&word);
                        used = Some(wanted);
                    } else {
                        let mut line = String::with_capacity(width);
                        line.push_str(&escape_start(word));
                        let before = if lines.is_empty() { label } else { 0 };
                        used = Some(before + columns(&line));
                        lines.push(line);
                    }
                }
            }
        }
        if used.is_none()
            && let Some(last) = lines.last_mut()
        {
            // Without a word after it, the backslash of a hard break would be shown.
            last.pop();
        }
        lines
    }

    /// Splits the words after the first sentence, if there are several sentences and they do not fit one line.
    pub(super) fn split_sentence(&mut self) -> Option<Words> {
        if self.pieces.iter().map(Word::columns).sum::<usize>() <= WIDTH {
            return None;
        }
        self.close_marks(0);
        let pairs = self.pieces.windows(2).enumerate();
        let ends = pairs.filter(|(_, pair)| ends_sentence(&pair[0], &pair[1]));
        let end = ends
            .map(|(at, _)| at + 1)
            .find(|end| !self.is_within(*end))?;
        Some(Words {
            pieces: self.pieces.split_off(end),
            ..Words::default()
        })
    }

    /// Whether the word before this position and the one at it belong to the same emphasis or link.
    fn is_within(&self, position: usize) -> bool {
        let next = self.unbroken.partition_point(|(_, last)| *last < position);
        let next = self.unbroken.get(next);
        next.is_some_and(|(first, _)| *first < position)
    }
}

impl Word {
    fn into_text(self) -> Option<String> {
        match self {
            Word::Text(text) => Some(text),
            Word::Break => None,
        }
    }

    fn columns(&self) -> usize {
        match self {
            Word::Text(text) => columns(text) + 1,
            Word::Break => 0,
        }
    }
}

pub(super) fn columns(text: &str) -> usize {
    text.chars().count()
}

fn ends_sentence(word: &Word, next: &Word) -> bool {
    match (word, next) {
        (Word::Text(word), Word::Text(next)) => prose::ends_sentence(word, next),
        _ => false,
    }
}

/// The range of a URL in a word, without trailing punctuation.
fn address(word: &str) -> Option<(usize, usize)> {
    let start = word.match_indices(':').find_map(|(colon, _)| {
        let is_address = word[colon..].starts_with("://");
        let schemes = ["https", "http"].iter();
        let mut schemes = schemes.filter(|scheme| is_address && word[..colon].ends_with(*scheme));
        schemes.next().map(|scheme| colon - scheme.len())
    })?;
    let rest = &word[start..];
    let stop = rest
        .find(['<', '>', '"', '`', '|', '\\'])
        .unwrap_or(rest.len());
    let mut address =
        rest[..stop].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ']', '}', '*', '_']);
    let (opened, mut closed) = (address.matches('(').count(), address.matches(')').count());
    while address.ends_with(')') && closed > opened {
        closed -= 1;
        address = address[..address.len() - 1].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    }
    (address.len() > "https://".len()).then_some((start, start + address.len()))
}

/// The target of a link, with the characters that would end it encoded.
fn parenthesised(target: &str) -> String {
    let mut safe = String::with_capacity(target.len());
    for character in target.chars() {
        match character {
            '(' => safe.push_str("%28"),
            ')' => safe.push_str("%29"),
            '<' => safe.push_str("%3C"),
            '>' => safe.push_str("%3E"),
            '\\' => safe.push_str("%5C"),
            '`' => safe.push_str("%60"),
            '|' => safe.push_str("%7C"),
            character if character.is_whitespace() => safe.push_str("%20"),
            character => safe.push(character),
        }
    }
    safe
}

/// A word of prose, with a backslash before each character that would be markup.
fn escape(word: &str, in_link: bool) -> Cow<'_, str> {
    let is_sign = |byte: u8| {
        matches!(
            byte,
            b'\\' | b'`' | b'*' | b'[' | b']' | b'<' | b'~' | b'|' | b'_' | b'&'
        )
    };
    if !word.bytes().any(is_sign) {
        return word.into();
    }
    let mut escaped = String::with_capacity(word.len() + 4);
    let mut before: Option<char> = None;
    let mut characters = word.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let inside_word =
            before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        let markup = match character {
            '\\' | '`' | '*' | '[' | '<' | '~' | '|' => true,
            ']' => in_link,
            '_' => !inside_word,
            '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#'),
            _ => false,
        };
        if markup {
            escaped.push('\\');
        }
        escaped.push(character);
        before = Some(character);
    }
    escaped.into()
}

/// Escapes the first word of a line, so that it does not begin a heading, a list, a quote or a table.
fn escape_start(word: String) -> String {
    let only_marks =
        !word.is_empty() && word.chars().all(|character| "#+-=:|*".contains(character));
    if only_marks || word.starts_with('>') {
        return format!("\\{word}");
    }
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    match word.get(digits..) {
        Some(mark @ ("." | ")")) if digits > 0 => format!("{}\\{mark}", &word[..digits]),
        _ => word,
    }
}
