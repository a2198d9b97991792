/// Implements the response headers that [`headers_as`](crate::Response::headers_as) decodes: a
/// [`record!`](crate::record) whose properties are headers.
///
/// Each field has the name of its header and attributes: `required`, and `json` if the value is JSON. All other values
/// have the style `simple`.
///
/// ```
/// use specwright_runtime::prelude::*;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct RateLimitHeaders {
///     pub remaining: i64,
///     pub reset: Option<Timestamp>,
///     pub scopes: Option<Vec<String>>,
/// }
///
/// headers!(RateLimitHeaders {
///     remaining: "RateLimit-Remaining" required,
///     reset: "RateLimit-Reset",
///     scopes: "Scopes",
/// });
///
/// let mut headers = specwright_runtime::HeaderMap::new();
/// headers.insert("ratelimit-remaining", "many".parse()?);
/// let error = specwright_runtime::codec::from_headers::<RateLimitHeaders>(&headers).unwrap_err();
/// assert_eq!(error.to_string(), r#"RateLimit-Remaining: expected an integer, found the string "many""#);
///
/// headers.insert("ratelimit-remaining", "41".parse()?);
/// headers.insert("scopes", "read, write".parse()?);
/// let headers: RateLimitHeaders = specwright_runtime::codec::from_headers(&headers)?;
/// assert_eq!(headers.remaining, 41);
/// assert_eq!(headers.scopes.unwrap_or_default(), ["read", "write"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! headers {
    ($name:ident { $($field:tt)* }) => {
        $crate::record!($name { $($field)* });

        impl $crate::codec::Headers for $name {}
    };
}
