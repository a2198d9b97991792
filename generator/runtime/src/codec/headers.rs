//! Records that are read from the headers of an answer.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::SET_COOKIE;
use serde_json::Value;

use super::decode::takes_object;
use super::driver::{fill_from_json, fill_from_value};
use super::{Decode, DecodeError, Field, Mode};

/// A record that is read from the headers of an answer: what [`headers!`](crate::headers) makes.
pub trait Headers: Decode {}

/// Reads a record from headers. Their names are compared without case, and a header on several lines is one with
/// commas between.
///
/// Values are written in the style `simple`: `a,b` is a list, `k,v` or `k=v` an object.
///
/// # Errors
/// A value does not fit, or a required header is missing. The error says which, what came and what was expected.
pub fn from_headers<T: Headers>(headers: &HeaderMap) -> Result<T, DecodeError> {
    let mut value = T::empty();
    fill(headers, &mut value)?;
    Ok(value)
}

fn fill(headers: &HeaderMap, slot: &mut dyn Decode) -> Result<(), DecodeError> {
    let mut outcome = Ok(());
    // A type of headers takes an object.
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
        return if field.must_come() && !slot.tolerates_absence() {
            Err(DecodeError::no_header(field.name()))
        } else {
            Ok(())
        };
    }
    // Each line of this header is one cookie, and a cookie may have commas in it.
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

/// The items between the commas of a line.
fn items(line: &str) -> impl Iterator<Item = &str> {
    let items = line.split(',').map(str::trim);
    items.filter(move |_| !line.trim().is_empty())
}

/// Reads a value as whatever the slot takes: as one text, as a list, as an object.
fn fill_value(whole: &str, items: &[&str], slot: &mut dyn Decode) -> Result<(), DecodeError> {
    let read = |json: Value, slot: &mut dyn Decode, mode| {
        slot.reset();
        fill_from_value(&json, slot, mode)
    };
    // The text alone comes first, as many take a text and a list alike.
    let Err(error) = read(whole.into(), slot, Mode::TEXTS.to_plain()) else {
        return Ok(());
    };
    if slot.array().is_ok() {
        return read(items.into(), slot, Mode::TEXTS);
    }
    match members(items) {
        Some(members) if takes_object(slot) => read(members, slot, Mode::TEXTS),
        _ => Err(error),
    }
}

/// `k=v,k=v` or `k,v,k,v`: only where each item has a `=` can it be the first.
fn members(items: &[&str]) -> Option<Value> {
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
    let members = pairs.map(|(name, value)| (name.trim().to_owned(), text(value.trim())));
    Some(Value::Object(members.collect()))
}
