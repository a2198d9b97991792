//! The functions that event enums call.

use std::borrow::Cow;

use crate::codec::{self, Decode, DecodeError, tag_of};
use crate::value::Json;

/// Decodes a JSON body. An empty body is decoded as null or as `{}`, if the type accepts that.
///
/// # Errors
/// The body is not JSON, or does not match the type.
pub fn json<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    if body.trim_ascii().is_empty()
        && let Ok(value) = codec::from_nothing()
    {
        return Ok(value);
    }
    codec::from_json(body)
}

/// Decodes a form.
///
/// # Errors
/// The body does not match the type.
pub fn form<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    codec::from_form(body)
}

/// Decodes a body without a description: JSON, or a form as an object of strings.
///
/// # Errors
/// The body is neither.
pub fn any(body: &[u8]) -> Result<Json, DecodeError> {
    json(body).or_else(|error| {
        if is_form(body) {
            codec::from_form(body)
        } else {
            Err(error)
        }
    })
}

/// Whether a body looks like a form.
fn is_form(body: &[u8]) -> bool {
    let sign = |byte: &u8| b"&=+%-._~*!'()[]:/?@$,;".contains(byte);
    body.contains(&b'=')
        && body
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || sign(byte))
}

/// Decodes text. Bytes that are not UTF-8 are replaced by U+FFFD.
///
/// # Errors
/// Never fails.
pub fn text(body: &[u8]) -> Result<String, DecodeError> {
    Ok(String::from_utf8_lossy(body).into_owned())
}

/// Finds a webhook: first by this name, then by a name that differs only in case and separators, then by the name
/// followed by the value of a property of the body. The last two must be unambiguous.
pub fn named(
    names: &[&'static str],
    property: Option<&str>,
    name: &str,
    body: &[u8],
) -> Option<&'static str> {
    let exact = names.iter().find(|known| **known == name).copied();
    exact.or_else(|| alike(names, name)).or_else(|| {
        let body = any(body).ok()?;
        let value = tag_of(&body, property?)?;
        alike(names, &format!("{name}-{value}"))
    })
}

/// Returns the only name that differs at most in case and separators.
fn alike(names: &[&'static str], name: &str) -> Option<&'static str> {
    let mut found = names
        .iter()
        .filter(|known| letters(known).eq(letters(name)))
        .copied();
    found.next().filter(|_| found.next().is_none())
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// Returns the value of a property at this path, as text.
pub fn tag<'a>(json: &'a Json, path: &[&str]) -> Option<Cow<'a, str>> {
    let (last, parents) = path.split_last()?;
    let holder = parents
        .iter()
        .try_fold(json, |json, property| json.get(property))?;
    tag_of(holder, last)
}
