//! Base URLs and origins.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};

use super::encode::push_literal;
use super::variable::{Variable, substitute};

/// The URL that the paths of an API are appended to: `https://api.example.com`, with or without a path.
///
/// ```
/// use specwright_runtime::BaseUrl;
/// let base: BaseUrl = "https://api.example.com/v2".parse()?;
/// assert_eq!(base.to_string(), "https://api.example.com/v2");
/// assert!("https://user:password@example.com".parse::<BaseUrl>().is_err());
/// # Ok::<(), specwright_runtime::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    text: Cow<'static, str>,
    /// The reason why the text is invalid, if a variable has an invalid value.
    fault: Option<String>,
}

impl BaseUrl {
    /// Returns the base URL of a description. It is checked when the client is built.
    pub fn described(url: impl Into<Cow<'static, str>>) -> Self {
        Self {
            text: url.into(),
            fault: None,
        }
    }

    /// Returns a base URL with variables. An invalid value is reported when the client is built.
    pub fn filled(template: &'static str, variables: &[Variable]) -> Self {
        match substitute(template, variables) {
            Ok(url) => Self::described(url),
            Err(fault) => Self {
                text: Cow::Borrowed(template),
                fault: Some(fault),
            },
        }
    }

    /// Returns the URL, without a slash at its end.
    pub fn as_str(&self) -> &str {
        self.text.trim_end_matches('/')
    }

    /// Parses and checks the URL.
    ///
    /// # Errors
    /// Returns the reason why the URL is invalid.
    pub(crate) fn check(&self) -> Result<Base, String> {
        match &self.fault {
            Some(fault) => Err(format!("the base URL {fault}")),
            None => Base::parse(&self.text),
        }
    }
}

/// An unchecked URL can contain a password.
impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseUrl({self})")
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.check() {
            Ok(base) => f.write_str(&base.text),
            Err(_) => f.write_str("an invalid URL"),
        }
    }
}

/// A checked base URL.
#[derive(Debug, Clone)]
pub(crate) struct Base {
    /// Scheme, host, port and path, without a slash at its end.
    text: String,
    /// The index in the text at which the path starts.
    path: usize,
    scheme: Scheme,
    authority: Authority,
    origin: Origin,
}

/// Scheme, host and port. A credential belongs to one origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    secure: bool,
    host: String,
    port: u16,
}

impl Base {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let refuse = |why: &str| Err(format!("the base URL {why}"));
        if text.contains(['?', '#']) {
            return refuse("has a query or a fragment; it ends with its path");
        }
        let Ok(uri) = text.parse::<Uri>() else {
            return refuse("is not a URL; write one such as `https://api.example.com`");
        };
        let Some(origin) = Origin::of(&uri) else {
            return refuse("needs `http://` or `https://` and a host");
        };
        if has_user(&uri) {
            return refuse(
                "has a user name or a password; give them to the client's builder instead",
            );
        }
        let path = uri.path().trim_end_matches('/');
        if path
            .split('/')
            .any(|segment| is_dots(segment) || segment.contains('\\'))
        {
            return refuse("has `.` or `..` in its path");
        }
        let mut text = origin.to_string();
        let start = text.len();
        let Ok(Parts {
            scheme: Some(scheme),
            authority: Some(authority),
            ..
        }) = text.parse().map(Uri::into_parts)
        else {
            return refuse("is not a URL");
        };
        push_literal(&mut text, path);
        Ok(Self {
            text,
            path: start,
            scheme,
            authority,
            origin,
        })
    }

    /// Returns the URL with the same origin, this path and its query; `None` if it would be invalid.
    pub(crate) fn at(&self, target: String) -> Option<Uri> {
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        with_target(parts, target)
    }

    /// Returns the base URL with another origin, if one is given. The path is appended to the path of `origin`.
    pub(crate) fn behind(&self, origin: Option<&Self>) -> Self {
        let mut base = origin.unwrap_or(self).clone();
        if origin.is_some() {
            base.text.push_str(self.path());
        }
        base
    }

    /// Returns the base URL with another path at the same origin.
    pub(crate) fn at_path(&self, path: &str) -> Result<Self, String> {
        Self::parse(&format!("{}{path}", &self.text[..self.path]))
    }

    /// Returns the path, without a slash at its end.
    pub(crate) fn path(&self) -> &str {
        &self.text[self.path..]
    }

    /// Returns scheme, host, port and path, without a slash at the end.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is an `http://` URL of this machine.
    pub(crate) fn is_loopback_http(&self) -> bool {
        !self.origin.secure && self.origin.is_loopback()
    }

    /// Fails if requests would be sent unencrypted to another machine.
    pub(crate) fn require_private(&self, allow_http: bool) -> Result<(), String> {
        if self.origin.is_private(allow_http) {
            return Ok(());
        }
        Err(format!(
            "{} is not encrypted; use https, or `allow_http()` if it has to be",
            self.origin
        ))
    }
}

/// The maximum length of a URL: `http` has 16-bit indices, and does not check the total length itself.
const LONGEST: usize = u16::MAX as usize - 1;

/// Returns the URL with this path and its query; `None` if it would be invalid.
pub(crate) fn with_target(mut parts: Parts, target: String) -> Option<Uri> {
    let scheme = parts.scheme.as_ref().map_or("", Scheme::as_str);
    let authority = parts.authority.as_ref().map_or("", Authority::as_str);
    let length = scheme.len() + "://".len() + authority.len() + target.len();
    if length > LONGEST {
        return None;
    }
    parts.path_and_query = Some(PathAndQuery::from_maybe_shared(Bytes::from(target)).ok()?);
    Uri::from_parts(parts).ok()
}

/// Whether a path value has no empty segment before its end, and none that a server or a proxy would interpret as `.`
/// or `..`, such as `..;v=1`: some servers remove the parameters of a segment first.
pub(crate) fn stays_in_place(encoded: &str) -> bool {
    let path = encoded.to_ascii_lowercase();
    let path = path.replace("%2f", "/").replace("%5c", "/");
    let path = path.replace("%3b", ";");
    let path = path.strip_suffix('/').unwrap_or(&path);
    !path.split('/').any(|segment| {
        let name = segment.split_once(';').map_or(segment, |(name, _)| name);
        segment.is_empty() || is_dots(name)
    })
}

/// Whether a path segment is `.` or `..`.
pub(crate) fn is_dots(segment: &str) -> bool {
    dots(segment) > 0
}

/// Returns the number of dots of a segment that is `.` or `..`, in any encoding that a server or a proxy decodes; 0 for
/// any other segment.
pub(super) fn dots(segment: &str) -> usize {
    let mut rest = segment;
    let mut dots = 0;
    while !rest.is_empty() {
        let after = [".", "%2e", "%2E"]
            .iter()
            .find_map(|dot| rest.strip_prefix(dot));
        match after {
            Some(after) if dots < 2 => rest = after,
            _ => return 0,
        }
        dots += 1;
    }
    dots
}

impl Origin {
    /// Returns the origin of an absolute `http` or `https` URL.
    pub(crate) fn of(uri: &Uri) -> Option<Self> {
        let secure = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let host = uri.host().filter(|host| !host.is_empty())?;
        let authority = uri.authority()?.as_str();
        let host_and_port = authority
            .rsplit_once('@')
            .map_or(authority, |(_, rest)| rest);
        let port = host_and_port.strip_prefix(host)?;
        let port = match port.strip_prefix(':') {
            None | Some("") => {
                if secure {
                    443
                } else {
                    80
                }
            }
            Some(port) => port.parse().ok()?,
        };
        Some(Self {
            secure,
            host: host.to_ascii_lowercase(),
            port,
        })
    }

    /// Whether requests to it are private: they are encrypted, or stay on this machine. With `allow_http`, always true.
    pub(crate) fn is_private(&self, allow_http: bool) -> bool {
        allow_http || self.secure || self.is_loopback()
    }

    /// Whether it is `https`.
    pub(crate) fn is_secure(&self) -> bool {
        self.secure
    }

    fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }
}

/// Whether a URL has a user name or a password.
pub(super) fn has_user(uri: &Uri) -> bool {
    uri.authority()
        .is_some_and(|authority| authority.as_str().contains('@'))
}

/// Whether the host of a URL is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// `https://api.example.com`, with the port unless it is the default one.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, usual) = if self.secure {
            ("https", 443)
        } else {
            ("http", 80)
        };
        write!(f, "{scheme}://{}", self.host)?;
        if self.port != usual {
            write!(f, ":{}", self.port)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls_are_brought_into_one_form() {
        for (given, kept) in [
            ("https://api.example.com", "https://api.example.com"),
            ("https://api.example.com/", "https://api.example.com"),
            (
                "HTTPS://API.Example.com:443/v2//",
                "https://api.example.com/v2",
            ),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://0:8080", "http://0:8080"),
            ("http://1:11/1", "http://1:11/1"),
            ("https://443:8443", "https://443:8443"),
            ("https://a1:1", "https://a1:1"),
            ("http://[::1]:1", "http://[::1]:1"),
            ("http://[::1]:80/a/b/", "http://[::1]/a/b"),
            ("https://h/ü{v}%20", "https://h/%C3%BC%7Bv%7D%20"),
            (" https://h ", "https://h"),
        ] {
            let base: BaseUrl = given.parse().unwrap();
            assert_eq!(base.to_string(), kept);
        }
    }

    #[test]
    fn an_invalid_base_url_is_refused_without_showing_it() {
        for given in [
            "",
            "example.com",
            "/v1",
            "ftp://example.com",
            "https://",
            "https://:80",
            "https://user:hunter2@example.com",
            "https://hunter2@example.com",
            "https://example.com?key=hunter2",
            "https://example.com/#hunter2",
            "https://example.com/a/../b",
            "https://example.com/%2e%2E/b",
            "https://example.com:hunter2",
            "https://example.com:99999",
            "https://exa mple.com",
        ] {
            let error = given.parse::<BaseUrl>().unwrap_err();
            assert!(!error.to_string().contains("hunter2"), "{error}");
            assert!(!format!("{error:?}").contains("hunter2"));
            let described = BaseUrl::described(given);
            assert!(
                !format!("{described:?} {described}").contains("hunter2"),
                "{given}"
            );
        }
    }

    #[test]
    fn variables_are_filled_in_once_and_lead_to_no_other_host() {
        let url = |region: Option<&str>, port: Option<&str>| {
            let region = Variable::one_of("region", region.map(str::to_owned), "eu", &["us"]);
            let port = Variable::any("port", port.map(str::to_owned), "443");
            let base = Variable::any("base", Some("{port}".to_owned()), "{port}");
            BaseUrl::filled("https://{region}.h:{port}/{base}", &[region, port, base])
        };
        assert_eq!(url(None, None).as_str(), "https://eu.h:443/{port}");
        assert_eq!(url(Some("us"), Some("1")).as_str(), "https://us.h:1/{port}");
        for (region, port) in [
            (Some("hunter2"), None),
            (Some("us.h/"), None),
            (None, Some("")),
            (None, Some("1/../hunter2")),
            (None, Some("1@hunter2")),
            (None, Some("{region}")),
            (None, Some("1?hunter2")),
        ] {
            let url = url(region, port);
            let error = url.check().unwrap_err();
            assert!(
                !format!("{error} {url} {url:?}").contains("hunter2"),
                "{error}"
            );
        }
        let host = |value: &str, default| {
            let host = Variable::any("host", Some(value.to_owned()), default);
            BaseUrl::filled(
                "https://{host}/{v}",
                &[host, Variable::any("v", None, "v1")],
            )
        };
        assert_eq!(host("a.test", "b.test").as_str(), "https://a.test/v1");
        assert!(host("a.test:1", "b.test").check().is_err());
        assert_eq!(host("a.test:1", "b.test:2").as_str(), "https://a.test:1/v1");
        assert_eq!(host("a.test/x", "b.test/y").as_str(), "https://a.test/x/v1");
        let missing = BaseUrl::filled("https://{host}", &[]).check().unwrap_err();
        assert!(missing.contains("{host}"), "{missing}");
    }

    #[test]
    fn an_address_has_a_greatest_length() {
        let base = Base::parse("https://a.example").unwrap();
        let longest = LONGEST - "https://a.example".len();
        let target = |length| format!("/{}", "x".repeat(length - 1));
        let uri = base.at(target(longest)).unwrap();
        assert_eq!(uri.path().len(), longest);
        assert_eq!(uri, uri.to_string().parse::<Uri>().unwrap());
        assert!(base.at(target(longest + 1)).is_none());
        assert!(base.at(target(70_000)).is_none());
    }

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        for (url, allowed) in [
            ("http://localhost", true),
            ("http://127.0.0.1:1", true),
            ("http://127.9.9.9", true),
            ("http://[::1]", true),
            ("http://10.0.0.1", false),
            ("http://localhost.example.com", false),
            ("http://127.0.0.1.example.com", false),
            ("http://example.com", false),
            ("https://example.com", true),
        ] {
            let base = Base::parse(url).unwrap();
            assert_eq!(base.require_private(false).is_ok(), allowed, "{url}");
            assert!(base.require_private(true).is_ok());
        }
    }
}
