//! `x-pagination`: how to request the pages of a list.

use super::Text;
use crate::source::Span;

/// How the pages of an operation follow each other, as described.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pagination<'t> {
    /// Location of the key.
    pub span: Span,
    /// The kind, with the keys that only it has.
    pub turning: Turning<'t>,
    /// `items`: the property with the items of a page; `None` if the response itself is the array.
    pub items: Option<Text<'t>>,
    /// `more`: the boolean property that is true if there is a next page.
    pub more: Option<Text<'t>>,
    /// `total`: the property with the number of all items.
    pub total: Option<Text<'t>>,
}

/// How the next page is requested.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Turning<'t> {
    /// A query parameter is set to the value of a property of the last page.
    Cursor {
        /// The query parameter.
        parameter: Text<'t>,
        /// The property.
        next: Text<'t>,
    },
    /// A query parameter is the number of the page.
    Page {
        /// The query parameter.
        parameter: Text<'t>,
        /// The number of the first page.
        first: u64,
        /// The property with the number of the last page.
        last: Option<Text<'t>>,
    },
    /// A query parameter is the number of items before the page.
    Offset {
        /// The query parameter.
        parameter: Text<'t>,
        /// The query parameter with the maximum number of items in a page.
        limit: Option<Text<'t>>,
    },
    /// The response contains the URL of the next page.
    Link {
        /// The property with the URL; `None` if the `Link` header has it.
        next: Option<Text<'t>>,
    },
}
