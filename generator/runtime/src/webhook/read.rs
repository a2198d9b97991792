//! The functions of event enums.

use std::borrow::Cow;

use crate::codec::{self, Decode, DecodeError, tag_of};
use crate::value::Json;

/// Decodes a JSON body. An empty body is decoded as null or as `{}`, if the type accepts that.
///
/// # Errors
/// The body is not JSON or does not fit the type.
pub fn json<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    if body.trim_ascii().is_empty()
        && let Ok(value) = codec::from_nothing()
    {
        return Ok(value);
    }
    codec::from_json(body)
}

/// Reads a form.
///
/// # Errors
/// The body does not fit the type.
pub fn form<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    codec::from_form(body)
}

/// Reads a body of which nothing is known: JSON, or a form as an object of texts.
///
/// # Errors
/// Returns an error if the body is neither.
pub fn any(body: &[u8]) -> Result<Json, DecodeError> {
    json(body).or_else(|error| {
        if is_form(body) {
            codec::from_form(body)
        } else {
            Err(error)
        }
    })
}

/// Whether a body must be a form.
fn is_form(body: &[u8]) -> bool {
    let sign = |byte: &u8| b"&=+%-._~*!'()[]:/?@$,;".contains(byte);
    body.contains(&b'=')
        && body
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || sign(byte))
}

/// Takes a body as text, whatever its bytes.
///
/// # Errors
/// None.
pub fn text(body: &[u8]) -> Result<String, DecodeError> {
    Ok(String::from_utf8_lossy(body).into_owned())
}

/// Finds the webhook that is meant: the one of this name, else the only one whose name differs in case and separators
/// alone, else the only one whose name is this one and the word of a property of the body.
pub fn named(
    names: &[&'static str],
    member: Option<&str>,
    name: &str,
    body: &[u8],
) -> Option<&'static str> {
    let exact = names.iter().find(|known| **known == name).copied();
    exact.or_else(|| alike(names, name)).or_else(|| {
        let body = any(body).ok()?;
        let word = tag_of(&body, member?)?;
        alike(names, &format!("{name}-{word}"))
    })
}

/// The only name that differs in case and separators alone.
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

/// The word of a property of the body, or of a property within that.
pub fn word<'a>(json: &'a Json, path: &[&str]) -> Option<Cow<'a, str>> {
    let (last, way) = path.split_last()?;
    let holder = way.iter().try_fold(json, |json, member| json.get(member))?;
    tag_of(holder, last)
}
