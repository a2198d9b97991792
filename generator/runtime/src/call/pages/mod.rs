//! Answers that come in pages.
//!
//! [`Rule`] says how the pages of an operation follow each other and decides what comes after each, `Place` is a
//! place among them as text, and `Walk` makes one call after the other. [`Pages`] and [`Items`] are what users see.

mod link;
mod macros;
mod rule;
#[cfg(test)]
mod tests;
mod token;
mod turn;
mod walk;

use std::future::poll_fn;
use std::mem;
use std::task::{Context, Poll, ready};
use std::vec;

use self::rule::Mark;
use self::token::Place;
use self::walk::Walk;
use super::Call;
use super::answer::{Answered, Read, Unread, read_json};
use crate::codec::Decode;
use crate::error::Error;
use crate::stream::stream;
use crate::value::Nullable;

pub use self::rule::{Rule, Sign};

/// How the answers of a call are pages: what [`paged!`](crate::paged) says about it.
pub trait Paged {
    /// The answer.
    type Page: Decode;
    /// An element of its list.
    type Item;
    /// How its pages follow each other.
    const RULE: Rule;

    /// What the answer says about the page after it.
    fn sign(page: &Self::Page) -> Sign<'_>;

    /// The list; `None` where the answer has none.
    fn items(page: &mut Self::Page) -> Option<&mut Vec<Self::Item>>;
}

/// A list that can be absent.
pub trait Listed<I> {
    /// The list, if there is one.
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

/// The answers of a call that come page by page, each asked for when it is wanted.
///
/// Each page is a call of its own with all that was set for the first one: inputs, headers, timeouts, retries. Only an
/// idempotency key is no other call's, so it goes with the first page alone. A limit of the whole time is that of one
/// page.
///
/// An error is the last item. Nothing is lost by it: [`token`](Self::token) names the page that could not be read, and
/// [`resume`](Self::resume) goes on there, in this process or in another.
///
/// ```
/// # async fn example(mut pages: specwright_runtime::Pages<Vec<i64>>) -> Result<(), specwright_runtime::Error> {
/// while let Some(page) = pages.next().await {
///     println!("{} things", page?.len());
///     println!("to go on from here: {}", pages.token());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "pages are asked for when they are read"]
pub struct Pages<T> {
    walk: Walk<T>,
}

/// The items of all pages of a call, one after the other. A page is asked for when the items before it were read.
///
/// An error is the last item, as it is of [`Pages`]. [`token`](Self::token) and [`resume`](Self::resume) are exact to
/// an item: the items of a page that were read are counted, and passed over when that page is asked for again.
///
/// ```
/// # async fn example(mut things: specwright_runtime::Items<i64>) -> Result<(), specwright_runtime::Error> {
/// while let Some(thing) = things.next().await {
///     println!("{}", thing?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "items are asked for when they are read"]
pub struct Items<I> {
    walk: Walk<Vec<I>>,
    /// The items of the last page that are not read yet.
    left: vec::IntoIter<I>,
    /// The place of the last page, with the number of its items that were read.
    here: Place,
}

/// Items are moved, and never pinned.
impl<I> Unpin for Items<I> {}

fn read_page<P: Paged>(answered: &Answered) -> Result<(P::Page, Mark), Unread> {
    let mut page = read_json::<P::Page>(answered)?;
    let count = P::items(&mut page).map_or(0, |items| items.len());
    let mut mark = P::sign(&page).read(count);
    if matches!(P::RULE, Rule::Link { in_header: true }) {
        mark.next = link::next(&answered.headers);
    }
    Ok((page, mark))
}

fn read_items<P: Paged>(answered: &Answered) -> Result<(Vec<P::Item>, Mark), Unread> {
    let (mut page, mark) = read_page::<P>(answered)?;
    let items = P::items(&mut page).map(mem::take);
    Ok((items.unwrap_or_default(), mark))
}

impl<T> Pages<T> {
    /// The pages of a call.
    #[doc(hidden)]
    pub fn new<P: Paged<Page = T>>(call: Call<T>) -> Self {
        let read: Read<(T, Mark)> = |answered, _| read_page::<P>(answered);
        Self {
            walk: Walk::new(call, P::RULE, read),
        }
    }

    /// Where to go on: before the page that comes next, or that could not be read. Only the same operation can go on
    /// from it. It holds what the server gave for that, so it is as private as the answers are.
    pub fn token(&self) -> String {
        self.walk.text_of(&self.walk.place)
    }

    /// Goes on at the place of a [`token`](Self::token), whatever was read before; from one of [`Items`] with the whole
    /// page. A token of another operation is told as an error in place of the first page.
    pub fn resume(mut self, token: impl AsRef<str>) -> Self {
        self.walk.resume(token.as_ref());
        self
    }

    /// Ends after so many pages, counted from here: as many as there are by default. The token then is that of the page
    /// after them. A server that counts pages and never comes to an end is stopped by nothing else.
    pub fn with_page_limit(mut self, pages: usize) -> Self {
        self.walk.allowed = pages;
        self
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        self.walk.poll(context)
    }
}

impl<I> Items<I> {
    /// The items of the pages of a call.
    #[doc(hidden)]
    pub fn new<P: Paged<Item = I>>(call: Call<P::Page>) -> Self {
        let read: Read<(Vec<I>, Mark)> = |answered, _| read_items::<P>(answered);
        let walk = Walk::new(call, P::RULE, read);
        Self {
            here: walk.place.clone(),
            walk,
            left: Vec::new().into_iter(),
        }
    }

    /// Where to go on: before the item that comes next, or the page that could not be read. Only the same operation can
    /// go on from it. It holds what the server gave for that, so it is as private as the answers are.
    pub fn token(&self) -> String {
        // Where a page does not say how it goes on, it is still the one to come back to.
        let inside = self.left.len() > 0 || self.here.at == self.walk.place.at;
        let place = if inside { &self.here } else { &self.walk.place };
        self.walk.text_of(place)
    }

    /// Goes on at the place of a [`token`](Self::token), whatever was read before. A token of another operation is told
    /// as an error in place of the first item.
    pub fn resume(mut self, token: impl AsRef<str>) -> Self {
        self.walk.resume(token.as_ref());
        self.left = Vec::new().into_iter();
        self.here = self.walk.place.clone();
        self
    }

    /// Ends after so many pages, counted from here: as many as there are by default. The token then is that of the page
    /// after them. A server that counts pages and never comes to an end is stopped by nothing else.
    pub fn with_page_limit(mut self, pages: usize) -> Self {
        self.walk.allowed = pages;
        self
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, Error>>> {
        loop {
            if let Some(item) = self.left.next() {
                self.here.skip += 1;
                return Poll::Ready(Some(Ok(item)));
            }
            let here = self.walk.place.clone();
            match ready!(self.walk.poll(context)) {
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

/// Gives a walk its faces.
macro_rules! walk {
    ($name:ident <$value:ident>) => {
        impl<$value> $name<$value> {
            /// The next one; `None` at the end and after an error. Nothing is lost where the future is dropped before
            /// it is done.
            ///
            /// # Errors
            /// A page cannot be had, see [`ErrorKind`](crate::ErrorKind), or the answer before it names one that was
            /// read already, or one at another origin ([`ErrorKind::Pagination`](crate::ErrorKind::Pagination)).
            pub async fn next(&mut self) -> Option<Result<$value, Error>> {
                poll_fn(|context| self.poll(context)).await
            }

            /// The same as an iterator, each waited for on this thread. From then on the pages are asked for as those of
            /// `send_blocking()` are; no async runtime is needed.
            #[cfg(feature = "blocking")]
            pub fn blocking(&mut self) -> crate::Blocking<'_, Self> {
                self.walk.block();
                crate::Blocking::new(self)
            }
        }

        stream!(@traits $name <$value> of $value);
    };
}
walk!(Pages<T>);
walk!(Items<I>);
