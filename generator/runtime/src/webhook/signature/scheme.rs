//! The signature schemes of senders: the location of the signatures, and what is signed in addition to the body.

use std::fmt::Write as _;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::VerifyError;
use crate::value::Base64;

/// The format of a signature and its time.
#[derive(Debug, Clone)]
pub(super) enum Scheme {
    /// The signature of the body alone, in a separate header.
    Plain {
        header: HeaderName,
        /// The text before the signature.
        prefix: String,
        encoding: Encoding,
    },
    /// `t=1614265330,v1=6dcb…,v1=…`: the signature of the time, a dot and the body, in hex.
    Timestamped { header: HeaderName },
    /// Standard Webhooks: the signature of id, time and body, with a dot between, in base64; three headers.
    Standard {
        id: HeaderName,
        timestamp: HeaderName,
        signature: HeaderName,
    },
}

/// The encoding of signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Hex,
    Base64,
}

/// The signature headers of a webhook.
#[derive(Debug)]
pub(super) struct Claim {
    /// The signatures, one for each secret of the sender.
    pub(super) signatures: Vec<Vec<u8>>,
    /// The text that is signed before the body.
    pub(super) before: Vec<u8>,
    /// The time of signing, in seconds since 1970.
    pub(super) signed_at: Option<u64>,
}

impl Scheme {
    /// Parses the headers.
    ///
    /// # Errors
    /// A header is missing or invalid.
    pub(super) fn claim(&self, headers: &HeaderMap) -> Result<Claim, VerifyError> {
        match self {
            Self::Plain {
                header,
                prefix,
                encoding,
            } => plain(headers, header, prefix, *encoding),
            Self::Timestamped { header } => timestamped(headers, header),
            Self::Standard {
                id,
                timestamp,
                signature,
            } => standard(headers, id, timestamp, signature),
        }
    }

    /// Returns the text that is signed before the body of a webhook with this id, at this second.
    pub(super) fn before(&self, id: &HeaderValue, at: u64) -> Vec<u8> {
        match self {
            Self::Plain { .. } => Vec::new(),
            Self::Timestamped { .. } => format!("{at}.").into_bytes(),
            Self::Standard { .. } => {
                [id.as_bytes(), b".", at.to_string().as_bytes(), b"."].concat()
            }
        }
    }

    /// Returns the headers of a webhook with this id and signature.
    pub(super) fn headers(&self, id: &HeaderValue, at: u64, signature: &[u8]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let mut insert = |name: &HeaderName, text: String| {
            // All values are ASCII without control characters, except for a prefix from the caller.
            if let Ok(value) = HeaderValue::try_from(text) {
                headers.insert(name, value);
            }
        };
        match self {
            Self::Plain {
                header,
                prefix,
                encoding,
            } => insert(header, format!("{prefix}{}", encoding.encode(signature))),
            Self::Timestamped { header } => {
                insert(
                    header,
                    format!("t={at},v1={}", Encoding::Hex.encode(signature)),
                );
            }
            Self::Standard {
                id: id_header,
                timestamp,
                signature: header,
            } => {
                insert(timestamp, at.to_string());
                insert(header, format!("v1,{}", Encoding::Base64.encode(signature)));
                headers.insert(id_header, id.clone());
            }
        }
        headers
    }
}

impl Encoding {
    fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Hex => to_hex(bytes),
            Self::Base64 => Base64::from(bytes).to_string(),
        }
    }

    fn decode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Hex => from_hex(text),
            Self::Base64 => text.parse::<Base64>().ok().map(Base64::into_bytes),
        }
    }
}

pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = |pair: &[u8; 2]| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok();
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}

fn plain(
    headers: &HeaderMap,
    header: &HeaderName,
    prefix: &str,
    encoding: Encoding,
) -> Result<Claim, VerifyError> {
    let unreadable = |reason| unreadable(header, reason);
    let text = only(headers, header)?.trim();
    let signature = text
        .strip_prefix(prefix)
        .ok_or_else(|| unreadable("it does not begin with the prefix"))?;
    let signature = encoding.decode(signature).ok_or_else(|| {
        unreadable(match encoding {
            Encoding::Hex => "it is not hexadecimal",
            Encoding::Base64 => "it is not base64",
        })
    })?;
    Ok(Claim {
        signatures: vec![signature],
        before: Vec::new(),
        signed_at: None,
    })
}

fn timestamped(headers: &HeaderMap, header: &HeaderName) -> Result<Claim, VerifyError> {
    let text = only(headers, header)?;
    let mut time = None;
    let mut signatures = Vec::new();
    for (key, value) in text
        .split(',')
        .filter_map(|part| part.trim().split_once('='))
    {
        match key {
            "t" => time = Some(value),
            "v1" => signatures.extend(Encoding::Hex.decode(value)),
            _ => {}
        }
    }
    let time = time.ok_or_else(|| unreadable(header, "it has no time `t=`"))?;
    if signatures.is_empty() {
        return Err(unreadable(header, "it has no signature `v1=`"));
    }
    Ok(Claim {
        signatures,
        before: format!("{time}.").into_bytes(),
        signed_at: Some(seconds(time).ok_or_else(|| unreadable(header, NO_TIME))?),
    })
}

fn standard(
    headers: &HeaderMap,
    id: &HeaderName,
    timestamp: &HeaderName,
    signature: &HeaderName,
) -> Result<Claim, VerifyError> {
    let id = value(headers, id)?.as_bytes();
    let time = only(headers, timestamp)?;
    let signatures: Vec<_> = only(headers, signature)?
        .split_ascii_whitespace()
        .filter_map(|entry| entry.strip_prefix("v1,"))
        .filter_map(|text| Encoding::Base64.decode(text))
        .collect();
    if signatures.is_empty() {
        return Err(unreadable(signature, "it has no signature `v1,`"));
    }
    Ok(Claim {
        signatures,
        before: [id, b".", time.as_bytes(), b"."].concat(),
        signed_at: Some(seconds(time).ok_or_else(|| unreadable(timestamp, NO_TIME))?),
    })
}

const NO_TIME: &str = "its time is not a number of seconds since 1970";

/// Parses the signed time, which consists of digits only.
fn seconds(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// Returns the value of a header that must not be repeated: if there were two, the one that is checked and the one that
/// is used could differ.
fn value<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<&'h HeaderValue, VerifyError> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(VerifyError::HeaderMissing {
            header: name.to_string(),
        }),
        (Some(_), Some(_)) => Err(unreadable(name, "it occurs more than once")),
    }
}

fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<&'h str, VerifyError> {
    let value = value(headers, name)?;
    value
        .to_str()
        .map_err(|_| unreadable(name, "it is not ASCII text"))
}

fn unreadable(header: &HeaderName, reason: &'static str) -> VerifyError {
    VerifyError::HeaderUnreadable {
        header: header.to_string(),
        reason,
    }
}
