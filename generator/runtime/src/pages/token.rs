//! Page tokens, which resume a listing: `things.list:cursor:0:200:abc`.

use super::rule::{Position, Rule};

/// A position between two pages, or in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bookmark {
    pub(super) at: Position,
    /// The number of items of the page that were already read.
    pub(super) skip: u64,
    /// The number of items of the pages before it.
    pub(super) seen: u64,
}

impl Bookmark {
    /// Returns the token as text. It contains the operation, because only this operation can resume from it.
    pub(super) fn to_text(&self, rule: Rule, operation: &str) -> String {
        let (skip, seen) = (self.skip, self.seen);
        let (kind, value) = match &self.at {
            Position::Start => ("start", String::new()),
            Position::Cursor(cursor) => (name(rule), cursor.clone()),
            Position::Number(number) => (name(rule), number.to_string()),
            Position::Link(link) => (name(rule), link.clone()),
            Position::End => ("end", String::new()),
        };
        format!("{operation}:{kind}:{skip}:{seen}:{value}")
    }

    /// Parses the text of [`to_text`](Self::to_text); `None` if the text is something else.
    pub(super) fn of_text(text: &str, rule: Rule, operation: &str) -> Option<Self> {
        let mut parts = text
            .strip_prefix(operation)?
            .strip_prefix(':')?
            .splitn(4, ':');
        let kind = parts.next()?;
        let skip = parts.next()?.parse().ok()?;
        let seen = parts.next()?.parse().ok()?;
        let value = parts.next()?;
        let at = match kind {
            "start" => Position::Start,
            "end" => Position::End,
            kind if kind != name(rule) => return None,
            _ => match rule {
                Rule::Cursor(_) => Position::Cursor(value.to_owned()),
                Rule::Page { .. } | Rule::Offset { .. } => Position::Number(value.parse().ok()?),
                Rule::Link { .. } => Position::Link(value.to_owned()),
            },
        };
        Some(Self { at, skip, seen })
    }
}

fn name(rule: Rule) -> &'static str {
    match rule {
        Rule::Cursor(_) => "cursor",
        Rule::Page { .. } => "page",
        Rule::Offset { .. } => "offset",
        Rule::Link { .. } => "link",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Rule = Rule::Page {
        parameter: "page",
        first: 1,
    };

    #[test]
    fn every_place_comes_back_from_its_text() {
        let cursor = Rule::Cursor("cursor");
        let link = Rule::Link { in_header: true };
        for (rule, at, text) in [
            (PAGE, Position::Start, "a.b:start:2:40:"),
            (PAGE, Position::Number(3), "a.b:page:2:40:3"),
            (
                cursor,
                Position::Cursor("x:y:".to_owned()),
                "a.b:cursor:2:40:x:y:",
            ),
            (
                link,
                Position::Link("/a?b=c".to_owned()),
                "a.b:link:2:40:/a?b=c",
            ),
            (cursor, Position::End, "a.b:end:2:40:"),
        ] {
            let place = Bookmark {
                at,
                skip: 2,
                seen: 40,
            };
            assert_eq!(place.to_text(rule, "a.b"), text);
            assert_eq!(Bookmark::of_text(text, rule, "a.b"), Some(place));
        }
    }

    #[test]
    fn a_token_of_another_operation_is_refused() {
        for text in [
            "",
            "a.b",
            "a.b:page",
            "a.b:page:0:0",
            "a.b:page:0:0:",
            "a.b:page:0:0:x",
            "a.b:page:-1:0:2",
            "a.b:cursor:0:0:2",
            "a.bc:page:0:0:2",
            "c.d:page:0:0:2",
        ] {
            assert_eq!(Bookmark::of_text(text, PAGE, "a.b"), None, "{text}");
        }
    }
}
