//! Runtime expressions: parts of a request or a response that callbacks and links name.

use super::is_token;

/// A runtime expression, by the grammar in "Runtime Expressions" of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expression<'t> {
    /// `$url`, `$method` and `$statusCode`.
    Whole,
    /// `$request.…`
    Request(Source<'t>),
    /// `$response.…`
    Response(Source<'t>),
}

/// The part of a message that an expression names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source<'t> {
    /// A header.
    Header(&'t str),
    /// A query parameter.
    Query(&'t str),
    /// A path parameter.
    Path(&'t str),
    /// The body, or the part of it that a JSON pointer names; the pointer of the whole body is empty.
    Body(&'t str),
}

impl<'t> Expression<'t> {
    /// Parses an expression; `None` if it is invalid.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        if matches!(text, "$url" | "$method" | "$statusCode") {
            return Some(Self::Whole);
        }
        if let Some(source) = text.strip_prefix("$request.") {
            return Source::parse(source).map(Self::Request);
        }
        Source::parse(text.strip_prefix("$response.")?).map(Self::Response)
    }
}

impl<'t> Source<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        match text.split_once('.') {
            Some(("header", name)) => is_token(name).then_some(Self::Header(name)),
            Some(("query", name)) => (!name.is_empty()).then_some(Self::Query(name)),
            Some(("path", name)) => (!name.is_empty()).then_some(Self::Path(name)),
            _ => Self::body(text),
        }
    }

    fn body(text: &'t str) -> Option<Self> {
        let rest = text.strip_prefix("body")?;
        let pointer = rest.strip_prefix('#').unwrap_or(rest);
        let is_valid = pointer.is_empty() || rest.starts_with("#/");
        is_valid.then_some(Self::Body(pointer))
    }
}

#[cfg(test)]
mod tests {
    use super::Expression;

    #[test]
    fn expressions_follow_the_grammar() {
        for valid in [
            "$url",
            "$method",
            "$statusCode",
            "$request.header.Accept",
            "$request.query.a.b",
            "$request.path.id",
            "$request.body",
            "$response.body#/data/0.id",
            "$response.header.Location",
        ] {
            assert!(Expression::parse(valid).is_some(), "{valid}");
        }
        for invalid in [
            "$uri",
            "$request",
            "$request.bdy#/id",
            "$request.body.id",
            "$request.body#id",
            "$request.path.",
            "$response.header.a b",
            "request.body#/id",
        ] {
            assert!(Expression::parse(invalid).is_none(), "{invalid}");
        }
    }
}
