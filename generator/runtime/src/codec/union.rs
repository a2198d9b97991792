//! Values that are one of several types.
//!
//! Which one is known only when the whole value is, so a union collects its value as JSON in its own variant for
//! what fits no alternative, and settles when that is complete.

use std::borrow::Cow;

use serde_json::Value;

use super::driver::fill_from_value;
use super::{Array, Decode, Encode, Fill, Mismatch, Mode, ObjectView, Scalar, View};

/// What `union!` says of an enum of alternatives.
pub trait Union: Decode + Sized {
    /// Returns the JSON value that is kept where no alternative fits, if that is what the union is.
    fn buffer(&mut self) -> Option<&mut Value>;

    /// Returns the alternative that fits the value.
    fn resolve(json: &Value, mode: Mode<'_>) -> Option<Self>;
}

/// Takes a scalar into a union.
///
/// # Errors
/// No alternative fits to the letter, and only that will do.
pub fn union_scalar<U: Union>(
    union: &mut U,
    scalar: Scalar<'_>,
    mode: Mode<'_>,
) -> Result<(), Mismatch> {
    *union = U::empty();
    buffer(union)?.scalar(scalar, mode)?;
    union_settle(union, mode)
}

/// Begins an array in a union.
///
/// # Errors
/// None: any value is kept until it is complete.
pub fn union_array<U: Union>(union: &mut U) -> Result<&mut dyn Array, Mismatch> {
    *union = U::empty();
    buffer(union)?.array()?;
    Ok(union)
}

/// Begins an object in a union.
///
/// # Errors
/// None: any value is kept until it is complete.
pub fn union_object<U: Union>(union: &mut U, fill: &mut Fill<'_>) -> Result<(), Mismatch> {
    *union = U::empty();
    buffer(union)?.object(fill)
}

/// Returns the JSON value that the union collects. A union that was emptied always is one.
fn buffer<U: Union>(union: &mut U) -> Result<&mut Value, Mismatch> {
    union
        .buffer()
        .ok_or_else(|| Mismatch::expected("one of the alternatives"))
}

/// Chooses the alternative that the complete value fits.
///
/// # Errors
/// No alternative fits to the letter, and only that will do.
pub fn union_settle<U: Union>(union: &mut U, mode: Mode<'_>) -> Result<(), Mismatch> {
    let alternative = union
        .buffer()
        .and_then(|json| mode.with_budget(json, |mode| U::resolve(json, mode)));
    match alternative {
        Some(alternative) => *union = alternative,
        None if mode.is_strict() => return Err(Mismatch::expected("one of the alternatives")),
        None => {}
    }
    Ok(())
}

impl<U: Union> Array for U {
    fn element(&mut self, index: usize) -> Result<&mut dyn Decode, Mismatch> {
        buffer(self)?.element(index)
    }

    fn finish(&mut self, _: usize, mode: Mode<'_>) -> Result<(), Mismatch> {
        union_settle(self, mode)
    }
}

/// Returns the value as one alternative, if it fits.
pub fn alternative<T: Decode, U>(json: &Value, mode: Mode<'_>, wrap: fn(T) -> U) -> Option<U> {
    attempt(json, mode).map(|(_, value)| wrap(value))
}

/// Reads the value as one type, if it fits, and tells how many of its members were known by name.
fn attempt<T: Decode>(json: &Value, mode: Mode<'_>) -> Option<(usize, T)> {
    if !mode.affords(json) {
        return None;
    }
    let mode = if has_parts(json) {
        mode
    } else {
        mode.to_plain()
    };
    let mut value = T::empty();
    fill_from_value(json, &mut value, mode)
        .ok()
        .map(|known| (known, value))
}

fn has_parts(json: &Value) -> bool {
    json.is_object() || json.is_array()
}

/// Finds the alternative of an untagged union.
///
/// The strict reading goes first. Among several that fit, the one that knows most members of the value by name
/// wins, and otherwise the first.
pub struct Alternatives<'a, U> {
    json: &'a Value,
    mode: Mode<'a>,
    best: Option<(usize, U)>,
}

impl<'a, U> Alternatives<'a, U> {
    /// Returns what fits best of the alternatives that `offer` offers one by one.
    pub fn resolve(json: &'a Value, mode: Mode<'a>, offer: fn(&mut Self)) -> Option<U> {
        let mut alternatives = Self {
            json,
            mode: mode.to_strict(),
            best: None,
        };
        offer(&mut alternatives);
        if alternatives.best.is_none() && !mode.is_strict() {
            alternatives.mode = mode;
            offer(&mut alternatives);
        }
        alternatives.best.map(|(_, value)| value)
    }

    /// Tries one alternative.
    pub fn offer<T: Decode>(&mut self, wrap: fn(T) -> U) {
        if self.best.is_some() && !has_parts(self.json) {
            return;
        }
        let Some((known, value)) = attempt(self.json, self.mode) else {
            return;
        };
        if self.best.as_ref().is_none_or(|(most, _)| known > *most) {
            self.best = Some((known, wrap(value)));
        }
    }
}

/// Returns the word that tells the alternative.
pub fn tag_of<'a>(json: &'a Value, tag: &str) -> Option<Cow<'a, str>> {
    match json.get(tag)? {
        Value::String(word) => Some(word.into()),
        word @ (Value::Number(_) | Value::Bool(_)) => Some(word.to_string().into()),
        _ => None,
    }
}

/// Returns the view of a tagged alternative: its own if it writes the tag itself, otherwise that of the whole union,
/// which writes it.
pub fn tagged_view<'a>(
    union: &'a dyn ObjectView,
    tag: &str,
    alternative: &'a dyn Encode,
) -> View<'a> {
    match alternative.view() {
        View::Object(object) if !writes(object, tag) => View::Object(union),
        view => view,
    }
}

fn writes(object: &dyn ObjectView, tag: &str) -> bool {
    let mut found = false;
    object.each(&mut |name, _| found |= name == tag);
    found
}

/// Shows the tag and then the members of a tagged alternative.
pub fn tagged_each(
    tag: &str,
    word: &str,
    alternative: &dyn Encode,
    member: &mut dyn FnMut(&str, &dyn Encode),
) {
    member(tag, &word);
    if let View::Object(object) = alternative.view() {
        object.each(member);
    }
}
