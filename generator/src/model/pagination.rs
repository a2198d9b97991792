//! Responses that come in pages.

use crate::name::Ident;

/// How the pages of an operation follow each other, and where its response says so.
///
/// The response is JSON, all parameters are described, and all paths lead to properties of the right type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// What leads from a page to the next one.
    pub rule: PageRule,
    /// To the list.
    pub items: Path,
    /// To the cursor or the URL of the next page.
    pub next: Option<Path>,
    /// To the boolean that tells whether there is a next page.
    pub more: Option<Path>,
    /// To the number of the last page.
    pub last: Option<Path>,
    /// To the number of all items.
    pub total: Option<Path>,
}

/// What leads from a page to the next one. Parameters are those of the query, by their names on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageRule {
    /// A parameter takes what [`Pagination::next`] leads to.
    Cursor {
        /// The parameter.
        parameter: String,
    },
    /// A parameter counts the pages.
    Page {
        /// The parameter.
        parameter: String,
        /// The number of the first page.
        first: u64,
    },
    /// A parameter counts the items before the page.
    Offset {
        /// The parameter.
        parameter: String,
        /// The parameter for how many items a page has.
        limit: Option<String>,
    },
    /// [`Pagination::next`] leads to the URL; without it the `Link` header has it.
    Link,
}

/// The fields that lead from a response to a value, one within the other; none where the response is the value. Within a
/// list the path goes on in its last element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(pub Vec<Ident>);
