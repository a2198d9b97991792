//! Decides which page follows a page. The rule is a pure function, so each case is one line of a test.

use crate::codec::{Encode, View};
use crate::style::scalar;

/// How the pages of an operation are requested.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// A query parameter is set to a cursor from the response.
    Cursor(&'static str),
    /// A query parameter is the number of the page, counted from `first`.
    Page {
        /// The query parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: u64,
    },
    /// A query parameter is the number of items before the page.
    Offset {
        /// The query parameter.
        parameter: &'static str,
        /// The query parameter for the maximum number of items in a page.
        limit: Option<&'static str>,
    },
    /// A URL from the response.
    Link {
        /// Whether it is in the `Link` header, not in the body.
        in_header: bool,
    },
}

/// The fields of a response about the next page.
#[derive(Default)]
#[allow(
    missing_debug_implementations,
    reason = "it borrows values without Debug"
)]
pub struct Sign<'a> {
    /// The cursor or the URL.
    pub next: Option<&'a dyn Encode>,
    /// Whether there is a next page.
    pub more: Option<&'a dyn Encode>,
    /// The number of the last page.
    pub last: Option<&'a dyn Encode>,
    /// The number of all items.
    pub total: Option<&'a dyn Encode>,
}

/// The information of a response about the next page.
#[derive(Debug, Clone, Default)]
pub(super) struct Mark {
    pub(super) next: Option<String>,
    pub(super) more: Option<bool>,
    pub(super) last: Option<u64>,
    pub(super) total: Option<u64>,
    /// The items of the page.
    pub(super) count: u64,
}

/// A position in the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Position {
    /// The page that the call itself requests.
    Start,
    Cursor(String),
    /// The number of a page, or of the items before it.
    Number(u64),
    /// A path with its query, within the origin.
    Link(String),
    /// The end.
    End,
}

/// The state of a page and of those before it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before {
    /// The number of the page, or of the items before it.
    pub(super) number: u64,
    /// The number of requested items.
    pub(super) limit: Option<u64>,
    /// The number of items of the pages before it.
    pub(super) seen: u64,
    /// Whether a page before it had as many items as requested.
    pub(super) filled: bool,
}

/// A contradictory response.
pub(super) const NOWHERE: &str = "the response says that more pages follow, but not where";

impl Sign<'_> {
    pub(super) fn read(&self, count: usize) -> Mark {
        Mark {
            next: self.next.and_then(text),
            more: self.more.and_then(flag),
            last: self.last.and_then(number),
            total: self.total.and_then(number),
            count: u64::try_from(count).unwrap_or(u64::MAX),
        }
    }
}

/// Returns a text, unless it is empty.
fn text(value: &dyn Encode) -> Option<String> {
    let text = scalar(&value.view())?.into_owned();
    (!text.is_empty()).then_some(text)
}

fn flag(value: &dyn Encode) -> Option<bool> {
    match value.view() {
        View::Bool(flag) => Some(flag),
        _ => None,
    }
}

fn number(value: &dyn Encode) -> Option<u64> {
    scalar(&value.view())?.parse().ok()
}

impl Rule {
    /// Returns the position of the page after this one. A link is not resolved yet.
    ///
    /// An empty page is the end only if nothing else marks the end: with other rules, all items of a page in the middle
    /// can have been filtered out.
    ///
    /// # Errors
    /// The response says that there is a next page, but not where.
    pub(super) fn after(self, before: Before, mark: &Mark) -> Result<Position, &'static str> {
        if mark.more == Some(false) {
            return Ok(Position::End);
        }
        let goes_on = mark.more == Some(true);
        let seen = before.seen.saturating_add(mark.count);
        match self {
            Self::Cursor(_) | Self::Link { .. } => match &mark.next {
                None if goes_on => Err(NOWHERE),
                None => Ok(Position::End),
                Some(next) => Ok(match self {
                    Self::Link { .. } => Position::Link(next.clone()),
                    _ => Position::Cursor(next.clone()),
                }),
            },
            Self::Page { .. } => {
                let is_last = mark.last.is_some_and(|last| before.number >= last)
                    || mark.total.is_some_and(|total| seen >= total)
                    || (mark.count == 0 && mark.last.is_none() && !goes_on);
                Ok(numbered(before.number, 1, is_last))
            }
            Self::Offset { .. } => {
                let read = before.number.saturating_add(mark.count);
                let is_last = mark.total.is_some_and(|total| read >= total)
                    || (mark.count == 0 && !goes_on)
                    || (before.is_short(mark.count) && !goes_on);
                if mark.count == 0 && !is_last {
                    return Err(NOWHERE);
                }
                Ok(numbered(before.number, mark.count, is_last))
            }
        }
    }
}

impl Before {
    /// Whether a page with this many items must be the last one. A server can return fewer items than requested, so
    /// this is unknown until one page was full.
    fn is_short(&self, count: u64) -> bool {
        self.filled && self.limit.is_some_and(|limit| count < limit)
    }

    /// Whether a page with this many items is full.
    pub(super) fn is_full(&self, count: u64) -> bool {
        self.limit.is_some_and(|limit| limit > 0 && count >= limit)
    }
}

fn numbered(number: u64, step: u64, is_last: bool) -> Position {
    match number.checked_add(step) {
        Some(next) if !is_last => Position::Number(next),
        _ => Position::End,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Rule = Rule::Page {
        parameter: "page",
        first: 1,
    };
    const OFFSET: Rule = Rule::Offset {
        parameter: "offset",
        limit: Some("limit"),
    };

    const LINK: Rule = Rule::Link { in_header: false };

    fn mark(count: u64) -> Mark {
        Mark {
            count,
            ..Mark::default()
        }
    }

    fn next(text: &str) -> Mark {
        Mark {
            next: Some(text.to_owned()),
            ..Mark::default()
        }
    }

    #[test]
    fn cursors_and_links_go_on_while_they_come() {
        let before = Before::default();
        let cursor = Rule::Cursor("cursor");
        let at = |text: &str| Ok(Position::Cursor(text.to_owned()));
        // The pages are empty, all of them.
        assert_eq!(cursor.after(before, &next("b")), at("b"));
        assert_eq!(cursor.after(before, &mark(9)), Ok(Position::End));
        let more = |more, mark| Mark {
            more: Some(more),
            ..mark
        };
        assert_eq!(
            cursor.after(before, &more(false, next("b"))),
            Ok(Position::End)
        );
        assert_eq!(cursor.after(before, &more(true, next("b"))), at("b"));
        assert_eq!(cursor.after(before, &more(true, mark(9))), Err(NOWHERE));
        let link = Ok(Position::Link("/b".to_owned()));
        assert_eq!(LINK.after(before, &next("/b")), link);
        assert_eq!(LINK.after(before, &mark(9)), Ok(Position::End));
    }

    #[test]
    fn pages_are_counted_until_one_of_their_ends() {
        let with = |count, more, last, total| Mark {
            next: None,
            more,
            last,
            total,
            count,
        };
        for (number, seen, page, wanted) in [
            (1, 0, with(2, None, None, None), Some(2)),
            (2, 2, with(0, None, None, None), None),
            // Short and empty pages in the middle are not the end.
            (2, 2, with(1, None, None, None), Some(3)),
            (2, 2, with(0, Some(true), None, None), Some(3)),
            (2, 2, with(0, None, Some(3), None), Some(3)),
            (3, 2, with(2, None, Some(3), None), None),
            (1, 0, with(0, None, Some(0), None), None),
            (2, 2, with(2, Some(false), None, None), None),
            (2, 2, with(2, None, None, Some(5)), Some(3)),
            (3, 4, with(1, None, None, Some(5)), None),
            // The items before the page that the caller began with were not seen, and the end is found without.
            (3, 0, with(1, None, None, Some(5)), Some(4)),
            (4, 1, with(0, None, None, Some(5)), None),
            (u64::MAX, 0, with(1, None, None, None), None),
        ] {
            let before = Before {
                number,
                seen,
                ..Before::default()
            };
            let wanted = wanted.map_or(Position::End, Position::Number);
            assert_eq!(PAGE.after(before, &page), Ok(wanted), "{number} {page:?}");
        }
    }

    #[test]
    fn offsets_grow_by_what_came() {
        let with = |count, more, total| Mark {
            more,
            total,
            count,
            ..Mark::default()
        };
        let none = (None, false);
        for (number, (limit, filled), page, wanted) in [
            (0, none, with(10, None, None), Ok(Some(10))),
            (10, none, with(3, None, None), Ok(Some(13))),
            (13, none, with(0, None, None), Ok(None)),
            (10, none, with(3, None, Some(13)), Ok(None)),
            (10, none, with(3, None, Some(14)), Ok(Some(13))),
            (10, none, with(3, Some(false), None), Ok(None)),
            (10, none, with(0, Some(true), None), Err(NOWHERE)),
            // The server may have its own limit, which is lower than the requested one.
            (0, (Some(100), false), with(50, None, None), Ok(Some(50))),
            (50, (Some(100), false), with(50, None, None), Ok(Some(100))),
            (100, (Some(100), true), with(50, None, None), Ok(None)),
            (100, (Some(100), true), with(100, None, None), Ok(Some(200))),
            (
                100,
                (Some(100), true),
                with(50, Some(true), None),
                Ok(Some(150)),
            ),
        ] {
            let before = Before {
                number,
                limit,
                filled,
                seen: 0,
            };
            let wanted = wanted.map(|next| next.map_or(Position::End, Position::Number));
            assert_eq!(OFFSET.after(before, &page), wanted, "{number} {page:?}");
        }
    }

    #[test]
    fn signs_are_read_whatever_their_type() {
        let sign = Sign {
            next: Some(&7_i64),
            more: Some(&Some(true)),
            last: Some(&"12"),
            total: Some(&55.0_f64),
        };
        let mark = sign.read(3);
        assert_eq!((mark.next.as_deref(), mark.more), (Some("7"), Some(true)));
        assert_eq!((mark.last, mark.total, mark.count), (Some(12), Some(55), 3));
        let sign = Sign {
            next: Some(&""),
            more: Some(&None::<bool>),
            last: Some(&None::<i64>),
            total: Some(&-1_i64),
        };
        let mark = sign.read(0);
        assert_eq!((mark.next, mark.more), (None, None));
        assert_eq!((mark.last, mark.total), (None, None));
    }
}
