//! Requests pages, one call after the other.

use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Uri;

use super::rule::{Before, Mark, Position, Rule};
use super::token::Bookmark;
use super::turn::turned_to;
use crate::call::output::Reader;
use crate::call::{Call, Request, SendFuture};
use crate::error::{Error, ErrorKind};
use crate::url::{INVALID, Target, resolve};

/// Makes one call after the other, each for the next page.
pub(super) struct Pager<V> {
    /// The call of which all pages are variations.
    pub(super) request: Request,
    rule: Rule,
    read: Reader<(V, Mark)>,
    /// The position of the next page.
    pub(super) bookmark: Bookmark,
    /// A position that was read before. If the pages form a cycle, it comes again.
    landmark: Position,
    /// The number of pages read.
    turns: u64,
    /// Whether a page was full.
    filled: bool,
    /// The number of pages that may still be read.
    pub(super) allowed: usize,
    pub(super) sending: Option<Sending<V>>,
    /// Returned instead of the next page.
    problem: Option<Error>,
    /// Whether an error was returned.
    failed: bool,
}

/// A call in progress.
pub(super) struct Sending<V> {
    call: SendFuture<(V, Mark)>,
    /// Its target; links are resolved against the address of their page.
    address: Option<Uri>,
}

impl<V> Pager<V> {
    /// Starts before the first page. `read` decodes a page, and its information about the next one.
    pub(super) fn new<T>(call: Call<T>, rule: Rule, read: Reader<(V, Mark)>) -> Self {
        Self {
            request: call.into_whole_request(),
            rule,
            read,
            bookmark: Bookmark {
                at: Position::Start,
                skip: 0,
                seen: 0,
            },
            landmark: Position::Start,
            turns: 0,
            filled: false,
            allowed: usize::MAX,
            sending: None,
            problem: None,
            failed: false,
        }
    }

    pub(super) fn text_of(&self, bookmark: &Bookmark) -> String {
        bookmark.to_text(self.rule, self.request.operation())
    }

    pub(super) fn resume(&mut self, token: &str) {
        self.sending = None;
        self.failed = false;
        self.problem = None;
        self.turns = 0;
        self.landmark = Position::Start;
        self.filled = false;
        let operation = self.request.operation();
        if let Some(bookmark) = Bookmark::of_text(token, self.rule, operation) {
            self.bookmark = bookmark;
        } else {
            let message = format!("the page token does not belong to `{operation}`");
            self.problem = Some(Error::request(message).of_operation(operation));
        }
    }

    /// Returns the next page. An error is the last item.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<V, Error>>> {
        if self.failed || self.allowed == 0 {
            return Poll::Ready(None);
        }
        if let Some(problem) = self.problem.take() {
            return Poll::Ready(Some(Err(self.fail(problem))));
        }
        if self.bookmark.at == Position::End {
            return Poll::Ready(None);
        }
        let sending = self.sending.take().map_or_else(|| self.call(), Ok);
        let mut sending = match sending {
            Ok(sending) => sending,
            Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
        };
        let Poll::Ready(result) = Pin::new(&mut sending.call).poll(context) else {
            self.sending = Some(sending);
            return Poll::Pending;
        };
        let (response, (value, mark)) = match result {
            Ok(response) => response.into_parts(),
            Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
        };
        self.allowed -= 1;
        self.request.forget_key();
        if let Err(why) = self.turn(&mark, sending.address.as_ref()) {
            let error = Error::new(ErrorKind::Pagination, why);
            self.problem = Some(response.error(error, Bytes::new()));
        }
        Poll::Ready(Some(Ok(value)))
    }

    /// Starts the call for the next page.
    fn call(&self) -> Result<Sending<V>, Error> {
        let operation = self.request.operation();
        let request = turned_to(&self.request, &self.bookmark.at, self.rule)
            .map_err(|error| error.of_operation(operation))?;
        let address = if matches!(self.rule, Rule::Link { .. }) {
            request.address()
        } else {
            None
        };
        Ok(Sending {
            call: Call::new(request, self.read).send(),
            address,
        })
    }

    fn fail(&mut self, error: Error) -> Error {
        self.failed = true;
        error
    }

    /// Moves to the page after the one that was read. On an error the position stays, so that the token is still valid.
    fn turn(&mut self, mark: &Mark, address: Option<&Uri>) -> Result<(), String> {
        let before = self.before();
        let next = match self.rule.after(before, mark)? {
            Position::Link(link) => self.within(&link, address)?,
            next => next,
        };
        if next == self.bookmark.at || next == self.landmark {
            return Err(
                "the response names a page as the next one that was already read".to_owned(),
            );
        }
        // Brent's cycle detection: the landmark moves on at twice the distance each time.
        self.turns += 1;
        if self.turns.is_power_of_two() {
            self.landmark = self.bookmark.at.clone();
        }
        self.filled |= before.is_full(mark.count);
        self.bookmark = Bookmark {
            at: next,
            skip: 0,
            seen: before.seen.saturating_add(mark.count),
        };
        Ok(())
    }

    fn before(&self) -> Before {
        let (parameter, first, limit) = match self.rule {
            Rule::Page { parameter, first } => (parameter, first, None),
            Rule::Offset { parameter, limit } => (parameter, 0, limit),
            Rule::Cursor(_) | Rule::Link { .. } => ("", 0, None),
        };
        Before {
            number: match self.bookmark.at {
                Position::Number(number) => number,
                _ => self.request.query_number(parameter).unwrap_or(first),
            },
            limit: limit.and_then(|limit| self.request.query_number(limit)),
            seen: self.bookmark.seen,
            filled: self.filled,
        }
    }

    /// Returns the position that a link leads to.
    fn within(&self, link: &str, address: Option<&Uri>) -> Result<Position, String> {
        match address.map_or(INVALID, |address| resolve(address, link)) {
            Target::Within(uri) => Ok(Position::Link(self.request.target_of(&uri))),
            Target::Foreign(_, origin) => Err(format!(
                "the next page is at {origin}, which must not receive the credential"
            )),
            Target::Unusable(fault) => Err(format!("the link to the next page {fault}")),
        }
    }
}
