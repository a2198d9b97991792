//! The targets of redirects.

use std::borrow::Cow;

use http::{HeaderValue, Uri};
use percent_encoding::{AsciiSet, percent_decode_str, percent_encode};

use super::Origin;
use super::base::{dots, has_user, with_target};
use super::encode::push_literal;

/// The characters that are encoded in a `Location`, besides those that are not ASCII.
const BEYOND_ASCII: &AsciiSet = &AsciiSet::EMPTY;

/// The target of a redirect.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A URL of the same origin.
    Within(Uri),
    /// A URL of another origin.
    Foreign(Uri, Origin),
    /// A location that is not followed, with what is wrong: "is not a valid URL".
    Unusable(&'static str),
}

/// No URL at all.
pub(crate) const INVALID: Target = Target::Unusable("is not a valid URL");

/// The name would have to be converted by the tables of IDNA, which are larger than the rest of the runtime together.
/// Servers write such names in ASCII: `xn--mnchen-3ya.example`.
const BEYOND_ASCII_HOST: Target = Target::Unusable(
    "has a host name that is not ASCII, of which only the ASCII form (`xn--…`) is followed",
);

/// The user name would be sent as a credential.
const USER: Target = Target::Unusable("has a user name");

/// Resolves a `Location` against the URL of the request (RFC 3986, section 5).
pub(crate) fn resolve(current: &Uri, location: &str) -> Target {
    let location = location.split('#').next().unwrap_or_default();
    let Some((origin, absolute)) = Origin::of(current)
        .and_then(|origin| Some((origin.clone(), absolute(current, &origin, location)?)))
    else {
        return INVALID;
    };
    if !host(&absolute).is_ascii() {
        return BEYOND_ASCII_HOST;
    }
    let mut literal = String::new();
    push_literal(&mut literal, &absolute);
    let Ok(uri) = literal.parse::<Uri>() else {
        return INVALID;
    };
    let target = with_query(without_dots(uri.path()), uri.query());
    let Some(uri) = with_target(uri.into_parts(), target) else {
        return INVALID;
    };
    if has_user(&uri) {
        return USER;
    }
    match Origin::of(&uri) {
        None => INVALID,
        Some(target) if target == origin => Target::Within(uri),
        Some(target) => Target::Foreign(uri, target),
    }
}

/// The decoded bytes of the host of an absolute URL, with its port.
fn host(absolute: &str) -> Cow<'_, [u8]> {
    let after_scheme = absolute.split_once("://").map_or("", |(_, rest)| rest);
    let authority = after_scheme.split(['/', '?']).next().unwrap_or_default();
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    percent_decode_str(host).into()
}

/// Returns the text of a `Location`. Bytes that are not ASCII are percent-encoded one by one, because servers write
/// both UTF-8 and Latin-1.
pub(crate) fn text_of(location: &HeaderValue) -> String {
    percent_encode(location.as_bytes(), BEYOND_ASCII).to_string()
}

fn absolute(current: &Uri, origin: &Origin, location: &str) -> Option<String> {
    // Browsers and the URL parser of the transport read a backslash as a slash. A valid location has none.
    if location.contains('\\') || location.contains(char::is_control) {
        return None;
    }
    if has_scheme(location) {
        return Some(location.to_owned());
    }
    if location.starts_with("//") {
        let scheme = current.scheme_str()?;
        return Some(format!("{scheme}:{location}"));
    }
    let (path, query) = match location.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (location, None),
    };
    let mut target = origin.to_string();
    if path.is_empty() {
        target.push_str(current.path());
        // An empty location is the URL of the request.
        let query = query.or(current.query().filter(|_| location.is_empty()));
        return Some(with_query(target, query));
    }
    let merged = if path.starts_with('/') {
        path.to_owned()
    } else {
        let folder = current
            .path()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        format!("{folder}/{path}")
    };
    target.push_str(&merged);
    Some(with_query(target, query))
}

fn has_scheme(location: &str) -> bool {
    location.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

fn with_query(mut target: String, query: Option<&str>) -> String {
    if let Some(query) = query {
        target.push('?');
        target.push_str(query);
    }
    target
}

fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        let dots = dots(segment);
        if dots == 0 {
            kept.push(segment);
            continue;
        }
        if dots == 2 {
            kept.pop();
        }
        if last {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_resolved() {
        let current: Uri = "https://api.example.com/v1/a/b?x=1".parse().unwrap();
        for (location, wanted) in [
            ("/v2", "https://api.example.com/v2"),
            ("c", "https://api.example.com/v1/a/c"),
            ("../c?d=1#e", "https://api.example.com/v1/c?d=1"),
            ("../../../..", "https://api.example.com/"),
            ("./", "https://api.example.com/v1/a/"),
            ("?y=2", "https://api.example.com/v1/a/b?y=2"),
            ("", "https://api.example.com/v1/a/b?x=1"),
            (
                "https://API.example.com:443/z",
                "https://API.example.com:443/z",
            ),
            ("//api.example.com/z", "https://api.example.com/z"),
            ("//api.example.com/a/../z/.", "https://api.example.com/z/"),
            (
                "https://api.example.com/v1/a/../b/%2e%2E/c?d=../e",
                "https://api.example.com/v1/c?d=../e",
            ),
            ("/v1/%2E./c", "https://api.example.com/c"),
            (
                "/mün chen/{x}?city=mün chen&y=%7b",
                "https://api.example.com/m%C3%BCn%20chen/%7Bx%7D?city=m%C3%BCn%20chen&y=%7b",
            ),
        ] {
            let wanted: Uri = wanted.parse().unwrap();
            assert_eq!(
                resolve(&current, location),
                Target::Within(wanted),
                "{location}"
            );
        }
    }

    #[test]
    fn bytes_beyond_ascii_stay_what_they_are() {
        for (bytes, text) in [
            ("/mün chen?x=ü".as_bytes(), "/m%C3%BCn%20chen?x=%C3%BC"),
            (b"/m\xFCn", "/m%FCn"),
        ] {
            let location = text_of(&HeaderValue::from_bytes(bytes).unwrap());
            let current: Uri = "https://api.example.com/v1".parse().unwrap();
            let wanted = format!("https://api.example.com{text}").parse().unwrap();
            assert_eq!(resolve(&current, &location), Target::Within(wanted));
        }
    }

    #[test]
    fn another_origin_is_told_apart() {
        let current: Uri = "https://api.example.com/v1".parse().unwrap();
        for (location, origin) in [
            ("http://api.example.com/v1", "http://api.example.com"),
            (
                "https://api.example.com:8443/",
                "https://api.example.com:8443",
            ),
            ("https://evil.example/?token=1", "https://evil.example"),
            ("//evil.example", "https://evil.example"),
        ] {
            match resolve(&current, location) {
                Target::Foreign(uri, found) => {
                    assert_eq!(found.to_string(), origin);
                    assert!(uri.to_string().starts_with(origin), "{uri}");
                }
                other => panic!("{location}: {other:?}"),
            }
        }
        for location in [
            "ftp://api.example.com/",
            "https://user@api.example.com/",
            "https://user:hunter2@evil.example/",
            "https://api.example.com@evil.example/",
            "https://@evil.example/",
            "https://%6Dunich.example/",
            "javascript:alert(1)",
            "\\\\evil",
            "https://",
            "/\u{1}",
        ] {
            let target = resolve(&current, location);
            assert!(matches!(target, INVALID | USER), "{location}: {target:?}");
        }
        let user = "https://user:hunter2@evil.example/";
        assert_eq!(resolve(&current, user), USER);
    }

    #[test]
    fn host_names_beyond_ascii_are_refused_for_that_reason() {
        let current: Uri = "https://api.example.com/v1".parse().unwrap();
        for location in [
            "https://münchen.example/v1",
            "//münchen.example",
            "https://b\u{fc}cher.api.example.com?x",
        ] {
            let location = text_of(&HeaderValue::from_bytes(location.as_bytes()).unwrap());
            assert_eq!(resolve(&current, &location), BEYOND_ASCII_HOST);
        }
        // A user name is refused as such.
        for location in ["https://üser@host.example/", "//%C3%BCser:p@host.example"] {
            assert_eq!(resolve(&current, location), USER);
        }
        let ascii = resolve(&current, "https://xn--mnchen-3ya.example/ü");
        assert!(matches!(ascii, Target::Foreign(..)), "{ascii:?}");
    }
}
