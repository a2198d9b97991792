//! Iterators over pages, for blocking calls.

use super::pager::Pager;
use super::{Items, Pages};
use crate::stream::blocking::Blocking;

impl<V> Pager<V> {
    /// Makes the calls blocking. A call in progress is made again, because its connection may need an async runtime.
    fn block(&mut self) {
        self.sending = None;
        self.request.block();
    }
}

/// Implements the method `blocking` for a type over a `Pager`.
macro_rules! blocking {
    ($name:ident <$value:ident>) => {
        impl<$value> $name<$value> {
            /// Returns an iterator that blocks this thread until the next one has arrived. From then on, the calls are
            /// made like those of `send_blocking()`; no async runtime is needed.
            pub fn blocking(&mut self) -> Blocking<'_, Self> {
                self.pager.block();
                Blocking::new(self)
            }
        }
    };
}
blocking!(Pages<T>);
blocking!(Items<I>);
