//! Responses with one page of a list.

use crate::name::Ident;

/// How to request the pages of an operation, and the properties of its response that are needed for it.
///
/// The response is JSON, all parameters are described, and all paths end at properties of the right type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// How the next page is requested.
    pub rule: PageRule,
    /// The path to the array of items.
    pub items: Path,
    /// The path to the cursor or the URL of the next page.
    pub next: Option<Path>,
    /// The path to the boolean that is true if there is a next page.
    pub more: Option<Path>,
    /// The path to the number of the last page.
    pub last: Option<Path>,
    /// The path to the number of all items.
    pub total: Option<Path>,
}

/// How the next page is requested. Parameters are query parameters, by their names in the URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageRule {
    /// A parameter is set to the value at [`Pagination::next`].
    Cursor {
        /// The parameter.
        parameter: String,
    },
    /// A parameter is the number of the page.
    Page {
        /// The parameter.
        parameter: String,
        /// The number of the first page.
        first: u64,
    },
    /// A parameter is the number of items before the page.
    Offset {
        /// The parameter.
        parameter: String,
        /// The parameter with the maximum number of items in a page.
        limit: Option<String>,
    },
    /// The URL is the value at [`Pagination::next`], or without that in the `Link` header.
    Link,
}

/// The fields from a response to a nested value; empty for the response itself. Inside an array the path continues in
/// the last element.
/// list the path goes on in its last element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(pub Vec<Ident>);
