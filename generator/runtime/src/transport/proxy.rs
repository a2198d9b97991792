//! Proxies, and the choice of the proxy for a request.

mod except;

use std::borrow::Cow;
use std::env::{self, VarError};
use std::fmt;
use std::net::Ipv6Addr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::uri::Scheme;
use http::{HeaderValue, Uri};
use percent_encoding::percent_decode_str;

use self::except::Exceptions;
use super::settings::Proxy;
use crate::error::Error;
use crate::url::is_loopback;

/// The proxies of a client. Without any, all requests go directly to the servers.
#[derive(Debug, Clone, Default)]
pub(super) struct Proxies {
    http: Option<Via>,
    https: Option<Via>,
    exceptions: Exceptions,
    /// Whether unencrypted requests to this machine use the proxies as well.
    take_local: bool,
}

/// A proxy.
#[derive(Clone)]
pub(super) struct Via {
    /// Its scheme, host and port.
    pub(super) uri: Uri,
    /// The value of `Proxy-Authorization`.
    pub(super) credential: Option<HeaderValue>,
}

impl Proxies {
    /// Parses the proxy setting of a client.
    pub(super) fn of(setting: &Proxy) -> Result<Self, Error> {
        match setting {
            Proxy::None => Ok(Self::default()),
            Proxy::Environment => Self::read(|name| env::var(name)),
            Proxy::At(url) if url.contains("://") => {
                let via = Via::parse(url).map_err(|why| invalid("the proxy", &why))?;
                Ok(Self {
                    http: Some(via.clone()),
                    https: Some(via),
                    exceptions: Exceptions::default(),
                    take_local: true,
                })
            }
            Proxy::At(_) => Err(Error::config(
                "the proxy URL must begin with `http://` or `https://`",
            )),
        }
    }

    /// Reads the environment variables like curl: lower-case names take precedence.
    fn read(variable: impl Fn(&str) -> Result<String, VarError>) -> Result<Self, Error> {
        let first = |names: &[&'static str]| -> Result<Option<(&'static str, String)>, Error> {
            for &name in names {
                match variable(name) {
                    Ok(value) if !value.is_empty() => return Ok(Some((name, value))),
                    Ok(_) | Err(VarError::NotPresent) => {}
                    Err(VarError::NotUnicode(_)) => {
                        return Err(invalid(&named(name), "it is not UTF-8 text"));
                    }
                }
            }
            Ok(None)
        };
        let exceptions = first(&["no_proxy", "NO_PROXY"])?;
        let exceptions = Exceptions::parse(exceptions.as_ref().map_or("", |(_, list)| list));
        if exceptions.are_all() {
            return Ok(Self::default());
        }
        // In a CGI program, `HTTP_PROXY` holds the request header `Proxy`, which anybody can set.
        let is_cgi = !matches!(variable("REQUEST_METHOD"), Err(VarError::NotPresent));
        let for_http = ["http_proxy", "HTTP_PROXY"];
        let for_http = &for_http[..if is_cgi { 1 } else { 2 }];
        let proxy = |names: &[&'static str]| -> Result<Option<Via>, Error> {
            let found = match first(names)? {
                None => first(&["all_proxy", "ALL_PROXY"])?,
                found => found,
            };
            let via = found
                .map(|(name, url)| Via::parse(&url).map_err(|why| invalid(&named(name), &why)));
            via.transpose()
        };
        Ok(Self {
            http: proxy(for_http)?,
            https: proxy(&["https_proxy", "HTTPS_PROXY"])?,
            exceptions,
            take_local: false,
        })
    }

    /// Returns the proxy for requests to a server.
    pub(super) fn to(&self, server: &Uri) -> Option<&Via> {
        let host = server.host().unwrap_or_default();
        let via = match server.scheme() {
            Some(scheme) if *scheme == Scheme::HTTP => {
                let http = self.http.as_ref();
                http.filter(|_| self.take_local || !is_loopback(host))
            }
            _ => self.https.as_ref(),
        };
        via.filter(|_| !self.exceptions.have(host))
    }
}

fn named(variable: &str) -> String {
    format!("the proxy in the environment variable `{variable}`")
}

/// Returns an error without the URL, which can contain a password.
fn invalid(which: &str, why: &str) -> Error {
    Error::config(format!("{which} cannot be used: {why}"))
}

impl Via {
    /// Parses `http://user:password@host:port`, in which everything but the host is optional.
    fn parse(url: &str) -> Result<Self, Cow<'static, str>> {
        let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(&*scheme, "http" | "https") {
            let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
            return Err(if scheme.bytes().all(is_scheme) {
                format!("the scheme `{scheme}` is not supported, only `http` and `https` are")
                    .into()
            } else {
                "its URL is invalid".into()
            });
        }
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let invalid = |byte: u8| byte <= b' ' || b"/?#\\\x7f".contains(&byte);
        if rest.bytes().any(invalid) {
            return Err("its URL is invalid".into());
        }
        let (user, host) = match rest.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, rest),
        };
        let uri = Some(host).filter(|host| is_authority(host));
        let uri = uri.and_then(|host| format!("{scheme}://{host}/").parse().ok());
        Ok(Self {
            uri: uri.ok_or("its URL has no valid host and port")?,
            credential: user.and_then(basic),
        })
    }
}

/// Whether the text is a host with an optional port.
fn is_authority(text: &str) -> bool {
    let in_brackets = text.strip_prefix('[').and_then(|text| text.split_once(']'));
    let (is_host, port) = if let Some((host, port)) = in_brackets {
        (host.parse::<Ipv6Addr>().is_ok(), port)
    } else {
        let (host, port) = text.split_at(text.find(':').unwrap_or(text.len()));
        (!host.is_empty(), port)
    };
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port != 0);
    is_host && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

/// Returns the value of `Proxy-Authorization` for `user:password`, both of which can be percent-encoded.
fn basic(user: &str) -> Option<HeaderValue> {
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let mut text: Vec<u8> = percent_decode_str(name).collect();
    text.push(b':');
    text.extend(percent_decode_str(password));
    let mut value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(text))).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Shows no URL, because it can contain a password.
impl fmt::Debug for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Via").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the proxies for these environment variables.
    fn read(variables: &[(&str, &str)]) -> Result<Proxies, Error> {
        Proxies::read(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            let value = found.map(|(_, value)| (*value).to_owned());
            value.ok_or(VarError::NotPresent)
        })
    }

    fn proxy(variables: &[(&str, &str)], server: &'static str) -> Option<String> {
        let proxies = read(variables).unwrap();
        let via = proxies.to(&Uri::from_static(server));
        via.map(|via| via.uri.authority().unwrap().to_string())
    }

    #[test]
    fn the_environment_is_read_as_curl_does() {
        const HTTP: &str = "http://api.test/x";
        const HTTPS: &str = "https://api.test/x";
        for (variables, http, https) in [
            (&[][..], None, None),
            (&[("http_proxy", "")], None, None),
            (&[("HTTP_PROXY", "http://a:1")], Some("a:1"), None),
            (&[("https_proxy", "a:1")], None, Some("a:1")),
            (&[("ALL_PROXY", "https://a")], Some("a"), Some("a")),
            (
                &[("all_proxy", "http://a/"), ("HTTPS_PROXY", "[::1]:3128")],
                Some("a"),
                Some("[::1]:3128"),
            ),
            (
                &[("http_proxy", "http://a"), ("HTTP_PROXY", "weird://b")],
                Some("a"),
                None,
            ),
            (
                &[("HTTP_PROXY", "http://a"), ("REQUEST_METHOD", "GET")],
                None,
                None,
            ),
            (
                &[("http_proxy", "http://a"), ("REQUEST_METHOD", "")],
                Some("a"),
                None,
            ),
            (&[("ALL_PROXY", "weird://a"), ("NO_PROXY", "*")], None, None),
            (&[("ALL_PROXY", "a"), ("no_proxy", "x,.test")], None, None),
        ] {
            assert_eq!(proxy(variables, HTTP).as_deref(), http, "{variables:?}");
            assert_eq!(proxy(variables, HTTPS).as_deref(), https, "{variables:?}");
        }
    }

    #[test]
    fn unencrypted_requests_to_this_machine_use_no_proxy_of_the_environment() {
        let variables = [("ALL_PROXY", "a")];
        for server in ["http://localhost:80/", "http://127.0.0.1/", "http://[::1]/"] {
            assert_eq!(proxy(&variables, server), None, "{server}");
            let asked = Proxies::of(&Proxy::At("http://a".to_owned())).unwrap();
            assert!(asked.to(&Uri::from_static(server)).is_some());
        }
        assert!(proxy(&variables, "https://localhost/").is_some());
    }

    #[test]
    fn a_proxy_that_cannot_be_used_is_an_error_without_its_url() {
        for url in [
            "weird://hunter2:1",
            "socks://hunter2:1",
            "socks4://hunter2:1",
            "socks5://u:hunter2@a:1",
            "socks5h://hunter2:1",
            "http//hunter2:3128",
            "http:/hunter2:3128",
            "http:hunter2:3128",
            "hunter2://",
            "http://",
            "http://:3128",
            "http://hunter2:",
            "http://hunter2:0",
            "http://hunter2:65536",
            "http://hunter2:x",
            "http://hunter2/path",
            "http://hunter2?query",
            "http://hunter2\\x",
            "http://[::1",
            "http://[hunter2]:1",
            "http://[::1]x",
            "::::",
            "http://hun ter2:3128",
            " http://hunter2",
            "http://hünter2\u{7f}",
            "http://u:hunter2@",
        ] {
            for name in ["HTTPS_PROXY", "http_proxy", "ALL_PROXY"] {
                let error = read(&[(name, url)]).unwrap_err().to_string();
                assert!(error.contains(&format!("`{name}`")), "{error}");
                assert!(!error.contains("u:hunter2"), "{error}");
            }
            assert!(Proxies::of(&Proxy::At(url.to_owned())).is_err(), "{url}");
        }
        let error = Proxies::read(|_| Err(VarError::NotUnicode("x".into())));
        assert!(error.unwrap_err().to_string().contains("UTF-8"));
    }

    #[test]
    fn a_name_and_a_password_become_a_header() {
        for (url, header) in [
            ("http://a:1", None),
            ("http://us%40er:p%3Ass@a:1", Some("us@er:p:ss")),
            ("HTTPS://user@a", Some("user:")),
            ("user:p@ss@a:1", Some("user:p@ss")),
        ] {
            let via = Via::parse(url).unwrap();
            let header = header.map(|text| format!("Basic {}", STANDARD.encode(text)));
            let found = via
                .credential
                .map(|value| value.to_str().unwrap().to_owned());
            assert_eq!(found, header, "{url}");
            assert!(!via.uri.to_string().contains("user"), "{url}");
        }
    }
}
