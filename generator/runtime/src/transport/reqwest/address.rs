//! Addresses as reqwest has them.

use std::sync::OnceLock;

use http::Uri;
use http::uri::{Authority, Scheme};
use reqwest::Url;

use crate::error::BoxError;

/// Makes URLs of URIs.
///
/// A transport commonly sends to one host, and the host is what takes longest to parse, so the first one is kept.
#[derive(Debug, Default)]
pub(super) struct Addresses(OnceLock<Host>);

#[derive(Debug)]
struct Host {
    scheme: Scheme,
    authority: Authority,
    url: Url,
}

impl Addresses {
    pub(super) fn url(&self, uri: &Uri) -> Result<Url, BoxError> {
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return parsed(uri);
        };
        let Some(host) = self.0.get() else {
            let url = parsed(uri)?;
            let host = Host {
                scheme: scheme.clone(),
                authority: authority.clone(),
                url: url.clone(),
            };
            // A call at the same time may have been faster.
            let _ = self.0.set(host);
            return Ok(url);
        };
        // Letters of a password that stands there differ by their case, so texts are compared.
        let is_known = host.scheme == *scheme && host.authority.as_str() == authority.as_str();
        match uri.path_and_query() {
            Some(path) if is_known && is_path(path.as_str()) => Ok(host.url.join(path.as_str())?),
            _ => parsed(uri),
        }
    }
}

/// Whether a text is a path and nothing else. What begins with two slashes, also with those that lean back, would be
/// taken for another host.
fn is_path(text: &str) -> bool {
    let behind = text.strip_prefix('/');
    behind.is_some_and(|behind| !behind.starts_with(['/', '\\']))
}

fn parsed(uri: &Uri) -> Result<Url, BoxError> {
    Ok(Url::parse(&uri.to_string())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hosts_are_told_apart() {
        let addresses = Addresses::default();
        for text in [
            "https://a.example/v1/x?y=z",
            "https://a.example/v2",
            "https://a.example",
            "https://a.example?only",
            "https://a.example//b.example/c",
            "https://a.example/\\b.example/c",
            "https://a.example:8443/",
            "http://a.example/",
            "https://b.example/v1/../v2",
            "https://u:p@a.example/",
            "https://a.example/v1/../v2/./%2e%2e/w",
        ] {
            let url = addresses.url(&text.parse().unwrap()).unwrap();
            assert_eq!(url, Url::parse(text).unwrap(), "{text}");
        }
        let addresses = Addresses::default();
        for text in ["https://u:p@a.example/", "https://u:P@a.example/"] {
            let url = addresses.url(&text.parse().unwrap()).unwrap();
            assert_eq!(url.as_str(), text);
        }
    }

    proptest! {
        /// Whatever the path, the host that is known makes no difference.
        #[test]
        fn a_known_host_makes_no_difference(rest in r"[/\\.?%a-zA-Z0-9:@&=+$,;!'()*~_|-]{0,20}") {
            let text = format!("https://a.example/{rest}");
            if let Ok(uri) = text.parse::<Uri>() {
                let addresses = Addresses::default();
                let first = Uri::from_static("https://a.example/v1/items?limit=10");
                prop_assert!(addresses.url(&first).is_ok());
                let url = addresses.url(&uri).map_err(|error| error.to_string());
                prop_assert_eq!(url, parsed(&uri).map_err(|error| error.to_string()));
            }
        }
    }
}
