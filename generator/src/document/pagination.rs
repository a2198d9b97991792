//! `x-pagination`: responses that come in pages.

use super::Text;
use crate::source::Span;

/// How the pages of an operation follow each other, as described.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pagination<'t> {
    /// Place of the key.
    pub span: Span,
    /// The kind, with the keys that only it has.
    pub turning: Turning<'t>,
    /// `items`: where a response has its list; `None` where it is that list.
    pub items: Option<Text<'t>>,
    /// `more`: the property that tells whether there is a next page.
    pub more: Option<Text<'t>>,
    /// `total`: the property that counts all items.
    pub total: Option<Text<'t>>,
}

/// What leads from a page to the next one.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Turning<'t> {
    /// A query parameter takes the value of a property.
    Cursor {
        /// The query parameter.
        parameter: Text<'t>,
        /// The property.
        next: Text<'t>,
    },
    /// A query parameter counts the pages.
    Page {
        /// The query parameter.
        parameter: Text<'t>,
        /// The number of the first page.
        first: u64,
        /// The property with the number of the last page.
        last: Option<Text<'t>>,
    },
    /// A query parameter counts the items before the page.
    Offset {
        /// The query parameter.
        parameter: Text<'t>,
        /// The query parameter for how many items a page has.
        limit: Option<Text<'t>>,
    },
    /// A response has the URL of the next page.
    Link {
        /// The property that holds it; `None` where the `Link` header does.
        next: Option<Text<'t>>,
    },
}
