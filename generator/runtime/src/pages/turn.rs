//! Changes the request of one page into that of another.

use super::rule::{Position, Rule};
use crate::call::Request;
use crate::error::Error;

/// Returns the request of the page at this position.
pub(super) fn turned_to(request: &Request, at: &Position, rule: Rule) -> Result<Request, Error> {
    let mut request = request.again();
    match (at, rule) {
        (Position::Cursor(cursor), Rule::Cursor(parameter)) => {
            request.set_query(parameter, cursor);
        }
        (
            Position::Number(number),
            Rule::Page { parameter, .. } | Rule::Offset { parameter, .. },
        ) => request.set_query(parameter, &number.to_string()),
        (Position::Link(link), _) => request.follow(link)?,
        _ => {}
    }
    Ok(request)
}
