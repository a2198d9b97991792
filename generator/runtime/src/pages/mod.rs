//! Pagination.
//!
//! [`Rule`] defines how the pages of an operation are requested, and decides what follows each page; `Bookmark` is a
//! position as text, and `Pager` makes one call after the other. [`Pages`] and [`Items`] are the public streams.

#[cfg(feature = "blocking")]
mod blocking;
mod link;
mod macros;
mod pager;
mod rule;
#[cfg(test)]
mod tests;
mod token;
mod turn;

use std::future::poll_fn;
use std::mem;
use std::task::{Context, Poll, ready};
use std::vec;

use self::pager::Pager;
use self::rule::Mark;
use self::token::Bookmark;
use crate::call::Call;
use crate::call::output::{RawResponse, ReadError, Reader, read_json};
use crate::codec::Decode;
use crate::error::Error;
use crate::stream::stream;
use crate::value::Nullable;

pub use self::rule::{Rule, Sign};

/// The pagination of a call. [`paged!`](crate::paged) implements it.
pub trait Paged {
    /// The response.
    type Page: Decode;
    /// An item of its list.
    type Item;
    /// The rule of the pagination.
    const RULE: Rule;

    /// Returns the fields of the response about the next page.
    fn sign(page: &Self::Page) -> Sign<'_>;

    /// Returns the list; `None` if the response has none.
    fn items(page: &mut Self::Page) -> Option<&mut Vec<Self::Item>>;
}

/// A list that can be absent.
pub trait Listed<I> {
    /// Returns the list, if there is one.
    fn listed(&mut self) -> Option<&mut Vec<I>>;
}

impl<I> Listed<I> for Vec<I> {
    fn listed(&mut self) -> Option<&mut Vec<I>> {
        Some(self)
    }
}

impl<I, L: Listed<I>> Listed<I> for Option<L> {
    fn listed(&mut self) -> Option<&mut Vec<I>> {
        self.as_mut()?.listed()
    }
}

impl<I, L: Listed<I>> Listed<I> for Nullable<L> {
    fn listed(&mut self) -> Option<&mut Vec<I>> {
        self.value_mut()?.listed()
    }
}

/// A stream of the pages of a call, each requested when it is needed.
///
/// Each page is a separate call with all settings of the first one: inputs, headers, timeouts, retries. Only an
/// idempotency key is sent with the first page alone, because it belongs to one call. The total timeout applies to each
/// page.
///
/// An error is the last item. Afterwards, [`token`](Self::token) names the page that could not be read, and
/// [`resume`](Self::resume) continues there, in this process or in another.
///
/// ```
/// # async fn example(mut pages: specwright_runtime::Pages<Vec<i64>>) -> Result<(), specwright_runtime::Error> {
/// while let Some(page) = pages.next().await {
///     println!("{} things", page?.len());
///     println!("to be resumed at {}", pages.token());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct Pages<T> {
    pager: Pager<T>,
}

/// A stream of the items of all pages of a call. A page is requested when all items before it were read.
///
/// An error is the last item, as for [`Pages`]. [`token`](Self::token) and [`resume`](Self::resume) are exact: the
/// items of the current page that were read are counted, and skipped when that page is requested again.
///
/// ```
/// # async fn example(mut things: specwright_runtime::Items<i64>) -> Result<(), specwright_runtime::Error> {
/// while let Some(thing) = things.next().await {
///     println!("{}", thing?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct Items<I> {
    pager: Pager<Vec<I>>,
    /// The items of the current page that were not read yet.
    left: vec::IntoIter<I>,
    /// The position of the current page, with the number of its items that were read.
    here: Bookmark,
}

/// Items are not pinned.
impl<I> Unpin for Items<I> {}

fn read_page<P: Paged>(response: &RawResponse) -> Result<(P::Page, Mark), ReadError> {
    let mut page = read_json::<P::Page>(response)?;
    let count = P::items(&mut page).map_or(0, |items| items.len());
    let mut mark = P::sign(&page).read(count);
    if matches!(P::RULE, Rule::Link { in_header: true }) {
        mark.next = link::next(&response.headers);
    }
    Ok((page, mark))
}

fn read_items<P: Paged>(response: &RawResponse) -> Result<(Vec<P::Item>, Mark), ReadError> {
    let (mut page, mark) = read_page::<P>(response)?;
    let items = P::items(&mut page).map(mem::take);
    Ok((items.unwrap_or_default(), mark))
}

impl<T> Pages<T> {
    /// Returns the pages of a call.
    #[doc(hidden)]
    pub fn new<P: Paged<Page = T>>(call: Call<T>) -> Self {
        let read: Reader<(T, Mark)> = |response, _| read_page::<P>(response);
        Self {
            pager: Pager::new(call, P::RULE, read),
        }
    }

    /// Returns the position of the next page, or of the page that failed. Only the same operation can resume there. The
    /// token contains a cursor or link of the server, so it is as private as the responses.
    pub fn token(&self) -> String {
        self.pager.text_of(&self.pager.bookmark)
    }

    /// Continues at the position of a [`token`](Self::token), independent of what was read before. With a token of
    /// [`Items`], the whole page is read. With a token of another operation, the first page is an error.
    pub fn resume(mut self, token: impl AsRef<str>) -> Self {
        self.pager.resume(token.as_ref());
        self
    }

    /// Ends the stream after this many further pages: no limit by default. The token is then that of the page after
    /// them. Only this limit stops a server that numbers its pages and never has a last one.
    pub fn with_page_limit(mut self, pages: usize) -> Self {
        self.pager.allowed = pages;
        self
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        self.pager.poll(context)
    }
}

impl<I> Items<I> {
    /// Returns the items of the pages of a call.
    #[doc(hidden)]
    pub fn new<P: Paged<Item = I>>(call: Call<P::Page>) -> Self {
        let read: Reader<(Vec<I>, Mark)> = |response, _| read_items::<P>(response);
        let pager = Pager::new(call, P::RULE, read);
        Self {
            here: pager.bookmark.clone(),
            pager,
            left: Vec::new().into_iter(),
        }
    }

    /// Returns the position of the next item, or of the page that failed. Only the same operation can resume there. The
    /// token contains a cursor or link of the server, so it is as private as the responses.
    pub fn token(&self) -> String {
        // A page that does not name the next one is still the page to resume at.
        let inside = self.left.len() > 0 || self.here.at == self.pager.bookmark.at;
        let bookmark = if inside {
            &self.here
        } else {
            &self.pager.bookmark
        };
        self.pager.text_of(bookmark)
    }

    /// Continues at the position of a [`token`](Self::token), independent of what was read before. With a token of
    /// another operation, the first item is an error.
    pub fn resume(mut self, token: impl AsRef<str>) -> Self {
        self.pager.resume(token.as_ref());
        self.left = Vec::new().into_iter();
        self.here = self.pager.bookmark.clone();
        self
    }

    /// Ends the stream after this many further pages: no limit by default. The token is then that of the page after
    /// them. Only this limit stops a server that numbers its pages and never has a last one.
    pub fn with_page_limit(mut self, pages: usize) -> Self {
        self.pager.allowed = pages;
        self
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, Error>>> {
        loop {
            if let Some(item) = self.left.next() {
                self.here.skip += 1;
                return Poll::Ready(Some(Ok(item)));
            }
            let here = self.pager.bookmark.clone();
            match ready!(self.pager.poll(context)) {
                Some(Ok(items)) => {
                    self.left = items.into_iter();
                    let read = usize::try_from(here.skip).unwrap_or(usize::MAX);
                    if read > 0 {
                        self.left.nth(read - 1);
                    }
                    self.here = here;
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Implements the method `next` and the traits of a type over a `Pager`.
macro_rules! pages {
    ($name:ident <$value:ident>) => {
        impl<$value> $name<$value> {
            /// Returns the next one; `None` at the end and after an error. If the future is dropped before it is ready,
            /// nothing is lost.
            ///
            /// # Errors
            /// A call failed, see [`ErrorKind`](crate::ErrorKind), or the response before named a page that was already
            /// read or a URL of another origin ([`ErrorKind::Pagination`](crate::ErrorKind::Pagination)).
            pub async fn next(&mut self) -> Option<Result<$value, Error>> {
                poll_fn(|context| self.poll(context)).await
            }
        }

        stream!(@traits $name <$value> of $value);
    };
}
pages!(Pages<T>);
pages!(Items<I>);
