//! Decodes the headers of a response.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::SET_COOKIE;
use serde_json::Value;

use super::decode::takes_object;
use super::driver::{fill_from_json, fill_from_value};
use super::{Decode, DecodeError, Field, Mode};

/// A record that is decoded from the headers of a response. [`headers!`](crate::headers) implements it.
pub trait Headers: Decode {}

/// Decodes a record from headers. Names are compared without case, and repeated headers are joined by commas.
///
/// Values have the style `simple`: `a,b` is an array, `k,v` or `k=v` is an object.
///
/// # Errors
/// A value does not fit its type, or a required header is missing. The error names the header, the value and the
/// expected type.
pub fn from_headers<T: Headers>(headers: &HeaderMap) -> Result<T, DecodeError> {
    let mut value = T::empty();
    fill(headers, &mut value)?;
    Ok(value)
}

fn fill(headers: &HeaderMap, slot: &mut dyn Decode) -> Result<(), DecodeError> {
    let mut outcome = Ok(());
    // Every type of headers is an object.
    let _ = slot.object(&mut |shape, slots, _| {
        let mut fields = shape.fields().iter().zip(slots.iter_mut());
        outcome = fields.try_for_each(|(field, slot)| fill_field(headers, field, *slot));
    });
    outcome
}

fn fill_field(
    headers: &HeaderMap,
    field: &Field,
    slot: &mut dyn Decode,
) -> Result<(), DecodeError> {
    let lines = headers.get_all(field.name()).iter();
    let lines: Vec<Cow<'_, str>> = lines
        .map(|line| String::from_utf8_lossy(line.as_bytes()))
        .collect();
    if lines.is_empty() {
        return if field.is_expected() && !slot.tolerates_absence() {
            Err(DecodeError::no_header(field.name()))
        } else {
            Ok(())
        };
    }
    // Each header of this name is one cookie, and cookies can contain commas.
    let is_cookies = field.name().eq_ignore_ascii_case(SET_COOKIE.as_str());
    let whole = lines.join(if is_cookies { "\n" } else { ", " });
    let taken = if field.is_json() {
        fill_from_json(whole.as_bytes(), slot)
    } else {
        let items: Vec<&str> = if is_cookies {
            lines.iter().map(AsRef::as_ref).collect()
        } else {
            lines.iter().flat_map(|line| items(line)).collect()
        };
        fill_value(&whole, &items, slot)
    };
    taken.map_err(|error| error.of_header(field.name()))
}

/// Returns the items of a header value, which commas separate.
fn items(line: &str) -> impl Iterator<Item = &str> {
    let items = line.split(',').map(str::trim);
    items.filter(move |_| !line.trim().is_empty())
}

/// Decodes a header value as a single value, an array or an object, according to the type.
fn fill_value(whole: &str, items: &[&str], slot: &mut dyn Decode) -> Result<(), DecodeError> {
    let read = |json: Value, slot: &mut dyn Decode, mode| {
        slot.reset();
        fill_from_value(&json, slot, mode)
    };
    // The single value is tried first, because many types accept both it and an array.
    let Err(error) = read(whole.into(), slot, Mode::TEXTS.to_plain()) else {
        return Ok(());
    };
    if slot.array().is_ok() {
        return read(items.into(), slot, Mode::TEXTS);
    }
    match properties(items) {
        Some(properties) if takes_object(slot) => read(properties, slot, Mode::TEXTS),
        _ => Err(error),
    }
}

/// Parses an object from `k=v,k=v` if each item has a `=`, and otherwise from `k,v,k,v`.
fn properties(items: &[&str]) -> Option<Value> {
    let text = |text: &str| Value::from(text);
    let exploded: Option<Vec<(&str, &str)>> =
        items.iter().map(|item| item.split_once('=')).collect();
    let pairs = match exploded {
        Some(pairs) => pairs,
        None if items.len() % 2 == 1 => return None,
        None => items
            .chunks_exact(2)
            .map(|pair| (pair[0], pair[1]))
            .collect(),
    };
    let pairs = pairs.into_iter();
    let properties = pairs.map(|(name, value)| (name.trim().to_owned(), text(value.trim())));
    Some(Value::Object(properties.collect()))
}
