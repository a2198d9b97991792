//! The headers of requests, and checks of header names and values.

use http::HeaderMap;
use http::header::{CONTENT_LENGTH, HeaderName, HeaderValue, TRANSFER_ENCODING};

/// The number of headers that are added later: `Accept-Encoding`, and by the transport `Host` and `Content-Length` or
/// `User-Agent`.
const OF_TRANSPORT: usize = 3;

/// The headers of a request that is being built, at most one for each name.
///
/// A request has few headers, so a linear search is faster than a map. The map that the transport needs is built for
/// each attempt.
#[derive(Clone, Default)]
pub(crate) struct HeaderList(Vec<(HeaderName, HeaderValue)>);

impl HeaderList {
    /// Returns the same headers, with capacity for `more`.
    pub(crate) fn with_room(&self, more: usize) -> Self {
        let mut list = Vec::with_capacity(self.0.len() + more);
        list.extend_from_slice(&self.0);
        Self(list)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &HeaderName> {
        self.0.iter().map(|(name, _)| name)
    }

    pub(crate) fn get(&self, name: &HeaderName) -> Option<&HeaderValue> {
        let known = self.0.iter().find(|(known, _)| known == name);
        known.map(|(_, value)| value)
    }

    pub(crate) fn contains(&self, name: &HeaderName) -> bool {
        self.get(name).is_some()
    }

    /// Sets a header, replacing one of the same name.
    pub(crate) fn insert(&mut self, name: HeaderName, value: HeaderValue) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.0.push((name, value)),
        }
    }

    /// Sets a header, unless there is one of the same name.
    pub(crate) fn insert_new(&mut self, name: HeaderName, value: HeaderValue) {
        if !self.contains(&name) {
            self.0.push((name, value));
        }
    }

    pub(crate) fn remove(&mut self, name: &HeaderName) {
        self.retain(|known| known != name);
    }

    /// Removes the headers whose names do not satisfy `keeps`.
    pub(crate) fn retain(&mut self, keeps: impl Fn(&HeaderName) -> bool) {
        self.0.retain(|(name, _)| keeps(name));
    }

    /// Returns the headers for the transport, with those of `added` whose names are not in this list.
    pub(crate) fn to_map(&self, added: Option<&Self>) -> HeaderMap {
        let more = added.map_or(0, |added| added.0.len());
        let mut map = HeaderMap::with_capacity(self.0.len() + more + OF_TRANSPORT);
        for (name, value) in &self.0 {
            map.append(name, value.clone());
        }
        for (name, value) in added.into_iter().flat_map(|added| &added.0) {
            if !self.contains(name) {
                map.append(name, value.clone());
            }
        }
        map
    }
}

/// Parses a header name.
pub(crate) fn name(name: &str) -> Result<HeaderName, String> {
    let parsed: HeaderName = name
        .parse()
        .map_err(|_| format!("{name:?} is not a valid header name"))?;
    if parsed == CONTENT_LENGTH || parsed == TRANSFER_ENCODING {
        return Err(format!(
            "the header `{parsed}` is set by the transport, because it has to agree with the body"
        ));
    }
    Ok(parsed)
}

/// Parses a header value; characters that are not ASCII are sent as UTF-8. The error does not contain the value, which
/// can be a secret.
pub(crate) fn value(name: &str, text: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_bytes(text.trim().as_bytes()).map_err(|_| {
        format!("the value of the header `{name}` has a line break or another control character")
    })
}

/// Whether a cookie can contain the text without encoding (RFC 6265, section 4.1.1).
pub(crate) fn is_cookie_value(text: &str) -> bool {
    let quoted = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let octets = quoted.unwrap_or(text);
    octets
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
}

/// Parses a header that the caller sets. Its value can be a credential, so it is marked as sensitive.
pub(crate) fn private(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = self::name(name)?;
    let mut value = self::value(name.as_str(), value)?;
    value.set_sensitive(true);
    Ok((name, value))
}

#[cfg(test)]
mod tests {
    use http::header::{ACCEPT, COOKIE, USER_AGENT};

    use super::*;

    #[test]
    fn a_list_has_one_header_of_each_name() {
        let text = HeaderValue::from_static;
        let mut list = HeaderList::default();
        list.insert(ACCEPT, text("a"));
        list.insert(COOKIE, text("b"));
        let mut list = list.with_room(1);
        list.insert(ACCEPT, text("c"));
        list.insert_new(ACCEPT, text("d"));
        list.insert_new(USER_AGENT, text("e"));
        list.remove(&COOKIE);
        assert!(!list.contains(&COOKIE));
        assert_eq!(list.get(&ACCEPT), Some(&text("c")));
        let mut added = HeaderList::default();
        added.insert(ACCEPT, text("f"));
        added.insert(COOKIE, text("g"));
        let map = list.to_map(Some(&added));
        let pairs: Vec<_> = map
            .iter()
            .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
            .collect();
        assert_eq!(
            pairs,
            [("accept", "c"), ("user-agent", "e"), ("cookie", "g")]
        );
    }
}
