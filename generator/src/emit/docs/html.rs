//! Splits the HTML in descriptions into text and tags.

use pulldown_cmark::{Event, Parser};

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags, with its entities.
    Text(&'a str),
    /// A known HTML tag.
    Tag(Tag<'a>),
    /// A comment.
    Comment,
}

/// A known HTML tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its effect on the text.
    pub(super) role: Role,
    /// Whether it is a closing tag.
    pub(super) closing: bool,
    /// Its attributes, unparsed.
    attributes: &'a str,
}

/// The effect of a tag on the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Ends a line.
    Break,
    /// Ends the paragraph before it, at the opening and at the closing tag.
    Block,
    /// Begins or ends a table.
    Table,
    /// Begins a row of a table.
    Row,
    /// Begins or ends a cell of a table.
    Cell,
    /// Begins or ends a list.
    List { is_numbered: bool },
    /// Begins or ends an item of a list.
    Item,
    /// Begins a term that is defined.
    Term,
    /// Begins the definition of the term before it.
    Definition,
    /// Begins or ends a heading.
    Heading,
    /// Draws a line.
    Rule,
    /// Begins or ends emphasis with this mark.
    Emphasis(&'static str),
    /// Begins or ends an index or an exponent, whose text follows this sign.
    Script(&'static str),
    /// Begins or ends a quotation within a sentence.
    Quotation,
    /// Shows an image.
    Image,
    /// Its text is code.
    Code,
    /// Its text is a block of code.
    Preformatted,
    /// Its text is a link.
    Anchor,
    /// Changes only the appearance.
    Look,
}

impl Role {
    /// Whether the tag is a part of a text, and begins and ends no block.
    pub(super) fn is_within_text(self) -> bool {
        matches!(
            self,
            Self::Break
                | Self::Anchor
                | Self::Look
                | Self::Emphasis(_)
                | Self::Script(_)
                | Self::Quotation
        )
    }
}

impl<'a> Tag<'a> {
    fn parse(inside: &'a str) -> Option<Self> {
        let (closing, inside) = match inside.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, inside),
        };
        let end = inside
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(end);
        attributes
            .is_empty()
            .then_some(())
            .or_else(|| attributes.starts_with([' ', '\n', '/']).then_some(()))?;
        role(&name.to_ascii_lowercase()).map(|role| Tag {
            role,
            closing,
            attributes,
        })
    }

    /// Whether the tag is its own closing tag.
    pub(super) fn is_empty(&self) -> bool {
        self.attributes.ends_with('/')
    }

    /// The number of the first item of a list.
    pub(super) fn number(&self) -> u64 {
        let start = self.attribute("start").and_then(|start| start.parse().ok());
        start.unwrap_or(1).min(999_999_999)
    }

    /// The value of an attribute in quotes.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut at = self.attributes.match_indices('=');
        let (value, quote) = at.find_map(|(at, _)| {
            let before = self.attributes[..at].trim_end();
            let sign = |sign: char| sign.is_whitespace() || "\"'".contains(sign);
            let own = before.rsplit(sign).next().unwrap_or_default();
            let value = self.attributes[at + 1..].trim_start();
            let quote = value
                .chars()
                .next()
                .filter(|first| "\"'".contains(*first))?;
            own.eq_ignore_ascii_case(name).then_some((value, quote))
        })?;
        value[1..].split(quote).next()
    }
}

fn role(name: &str) -> Option<Role> {
    Some(match name {
        "br" => Role::Break,
        "p" | "div" | "blockquote" | "section" | "article" | "aside" | "figure" | "figcaption"
        | "header" | "footer" | "details" | "summary" | "center" => Role::Block,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Heading,
        "hr" => Role::Rule,
        "ul" | "dl" => Role::List { is_numbered: false },
        "ol" => Role::List { is_numbered: true },
        "li" => Role::Item,
        "dt" => Role::Term,
        "dd" => Role::Definition,
        "table" => Role::Table,
        "thead" | "tbody" | "tfoot" | "tr" => Role::Row,
        "td" | "th" => Role::Cell,
        "code" | "tt" | "kbd" | "samp" => Role::Code,
        "pre" => Role::Preformatted,
        "a" => Role::Anchor,
        "img" => Role::Image,
        "b" | "strong" => Role::Emphasis("**"),
        "i" | "em" | "cite" | "var" => Role::Emphasis("*"),
        "s" | "del" | "strike" => Role::Emphasis("~~"),
        "sup" => Role::Script("^"),
        "sub" => Role::Script("_"),
        "q" => Role::Quotation,
        "u" | "span" | "font" | "small" | "big" | "mark" | "abbr" | "ins" | "label" | "nobr"
        | "wbr" => Role::Look,
        _ => return None,
    })
}

/// Splits HTML into pieces. Unknown tags (`<your-id>`) are text.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut text, mut at) = (0, 0);
    let mut comments_end = true;
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        let rest = &html[open..];
        let found = match rest.strip_prefix("<!--") {
            Some(comment) => {
                let end = comments_end.then(|| comment.find("-->")).flatten();
                comments_end = end.is_some();
                end.map(|end| (Piece::Comment, 4 + end + 3))
            }
            // A tag has no `<` in it. Without this end, a text of `<` alone would take quadratic time.
            None => rest[1..]
                .find(['<', '>'])
                .map(|end| end + 1)
                .filter(|&end| rest[end..].starts_with('>'))
                .and_then(|end| Some((Piece::Tag(Tag::parse(&rest[1..end])?), end + 1))),
        };
        let Some((piece, length)) = found else {
            at = open + 1;
            continue;
        };
        if text < open {
            pieces.push(Piece::Text(&html[text..open]));
        }
        pieces.push(piece);
        at = open + length;
        text = at;
    }
    if text < html.len() {
        pieces.push(Piece::Text(&html[text..]));
    }
    pieces
}

/// Text with its entities decoded.
pub(super) fn resolve_entities(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, from) = rest.split_at(start);
        decoded.push_str(before);
        let name = &from[1..];
        let length = name.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '#');
        let end = length.filter(|&length| name[length..].starts_with(';'));
        let entity = end.and_then(|length| entity(&from[..length + 2]));
        let taken = entity.as_ref().and(end).map_or(1, |length| length + 2);
        decoded.push_str(entity.as_deref().unwrap_or("&"));
        rest = &from[taken..];
    }
    decoded.push_str(rest);
    decoded
}

/// The text that an entity such as `&rsquo;` stands for, as the parser of Markdown decodes it.
fn entity(text: &str) -> Option<String> {
    let events = Parser::new(text).filter_map(|event| match event {
        Event::Text(text) => Some(text.into_string()),
        _ => None,
    });
    let decoded = events.collect::<String>().replace('\u{a0}', " ");
    (decoded != text).then_some(decoded)
}
