//! Unions: values that have one of several types.
//!
//! The type can be chosen only when the whole value is known. The outermost union collects its value as JSON, in its
//! own variant for values that fit no alternative, and chooses when it is complete. Nested unions are decoded from the
//! same JSON.

use std::any::TypeId;
use std::borrow::Cow;
use std::mem;

use serde_json::Value;

use super::{
    Array, Decode, Encode, Fill, Fit, Mismatch, Mode, ObjectView, Scalar, ToSerde, View, Walk,
    Whole,
};

/// An enum of alternatives. `union!` implements it.
pub trait Union: Decode + Sized {
    /// Returns the JSON value, if the union is the variant that fits no alternative.
    fn buffer(&mut self) -> Option<&mut Value>;

    /// Passes the alternatives for this value to `alternatives`, in order.
    fn show(json: &Value, alternatives: &mut Alternatives<'_, '_, Self>);
}

/// Decodes a scalar into a union.
///
/// # Errors
/// Decoding is strict, and no alternative fits exactly.
pub fn union_scalar<U: Union>(
    union: &mut U,
    scalar: Scalar<'_>,
    mode: Mode,
) -> Result<(), Mismatch> {
    *union = U::empty();
    buffer(union)?.scalar(scalar, mode)?;
    // A scalar does not stand for an array: the union keeps it better as a scalar.
    union_settle(union, mode.to_plain())
}

/// Starts an array in a union.
///
/// # Errors
/// Never fails: any value is kept until it is complete.
pub fn union_array<U: Union>(union: &mut U) -> Result<&mut dyn Array, Mismatch> {
    *union = U::empty();
    buffer(union)?.array()?;
    Ok(union)
}

/// Starts an object in a union.
///
/// # Errors
/// Never fails: any value is kept until it is complete.
pub fn union_object<U: Union>(union: &mut U, fill: &mut Fill<'_>) -> Result<(), Mismatch> {
    *union = U::empty();
    buffer(union)?.object(fill)
}

/// Returns the JSON value that the union collects. An empty union always has one.
fn buffer<U: Union>(union: &mut U) -> Result<&mut Value, Mismatch> {
    union
        .buffer()
        .ok_or_else(|| Mismatch::expected("one of the alternatives"))
}

/// Chooses the alternative that the complete value fits best.
///
/// # Errors
/// Decoding is strict, and no alternative fits exactly.
pub fn union_settle<U: Union>(union: &mut U, mode: Mode) -> Result<(), Mismatch> {
    let json = mem::take(buffer(union)?);
    let mut walk = Walk::new(mode);
    let fit = fit_of::<U>(&json, &mut walk);
    if mode.is_strict() && !fit.is_some_and(|fit| fit.is_exact()) {
        return Err(Mismatch::expected("one of the alternatives"));
    }
    match taken(&json, &mut walk) {
        Some(alternative) => *union = alternative,
        None => *buffer(union)? = json,
    }
    Ok(())
}

impl<U: Union> Array for U {
    fn element(&mut self, index: usize) -> Result<&mut dyn Decode, Mismatch> {
        buffer(self)?.element(index)
    }

    fn finish(&mut self, _: usize, mode: Mode) -> Result<(), Mismatch> {
        union_settle(self, mode)
    }
}

impl<U: Union> Whole for U {
    fn look<'v>(&self, json: &'v Value, walk: &mut Walk<'v>) -> Option<Fit> {
        fit_of::<U>(json, walk).map(Fit::of_choice)
    }

    fn take<'v>(&mut self, json: &'v Value, walk: &mut Walk<'v>) {
        *self = taken(json, walk).unwrap_or_else(U::empty);
        if let Some(kept) = self.buffer() {
            kept.clone_from(json);
        }
    }
}

/// Returns the best fit of the value among the alternatives; `None` while it is being computed, which is the case for a
/// recursive type.
fn fit_of<'v, U: Union>(json: &'v Value, walk: &mut Walk<'v>) -> Option<Fit> {
    walk.remember(json, TypeId::of::<U>(), |walk| {
        let mut alternatives = Alternatives::new(json, walk, None);
        U::show(json, &mut alternatives);
        Some(alternatives.best.unwrap_or_else(Fit::of_none))
    })
}

/// Decodes the value as the alternative that it fits best, if it fits one.
fn taken<'v, U: Union>(json: &'v Value, walk: &mut Walk<'v>) -> Option<U> {
    let chosen = fit_of::<U>(json, walk)?.choice?;
    let mut alternatives = Alternatives::new(json, walk, Some(chosen));
    U::show(json, &mut alternatives);
    alternatives.taken
}

/// The alternatives of a union, for one value.
///
/// The union passes them twice: first each is compared with the value, then the best one is decoded.
#[derive(Debug)]
pub struct Alternatives<'a, 'v, U> {
    json: &'v Value,
    walk: &'a mut Walk<'v>,
    /// The number of alternatives passed so far.
    shown: usize,
    /// The index of the alternative to decode, in the second pass.
    chosen: Option<usize>,
    best: Option<Fit>,
    taken: Option<U>,
}

impl<'a, 'v, U> Alternatives<'a, 'v, U> {
    fn new(json: &'v Value, walk: &'a mut Walk<'v>, chosen: Option<usize>) -> Self {
        Self {
            json,
            walk,
            shown: 0,
            chosen,
            best: None,
            taken: None,
        }
    }

    /// Passes the next alternative.
    pub fn show<T: Decode>(&mut self, wrap: fn(T) -> U) {
        self.next(wrap, true);
    }

    /// Passes the only alternative for this value.
    pub fn show_only<T: Decode>(&mut self, wrap: fn(T) -> U) {
        self.next(wrap, false);
    }

    fn next<T: Decode>(&mut self, wrap: fn(T) -> U, has_rivals: bool) {
        let index = self.shown;
        self.shown += 1;
        match self.chosen {
            None => self.look(index, &mut T::empty(), has_rivals),
            Some(chosen) if chosen == index => {
                let mut value = T::empty();
                if self.walk.fill(self.json, &mut value).is_ok() {
                    self.taken = Some(wrap(value));
                }
            }
            Some(_) => {}
        }
    }

    fn look(&mut self, index: usize, slot: &mut dyn Decode, has_rivals: bool) {
        if let Some(mut fit) = self.walk.look(self.json, slot, has_rivals)
            && self.best.is_none_or(|best| fit.beats(&best))
        {
            fit.choice = Some(index);
            self.best = Some(fit);
        }
    }
}

/// Returns the discriminator value.
pub fn tag_of<'a>(json: &'a Value, tag: &str) -> Option<Cow<'a, str>> {
    match json.get(tag)? {
        Value::String(value) => Some(value.into()),
        value @ (Value::Number(_) | Value::Bool(_)) => Some(value.to_string().into()),
        _ => None,
    }
}

/// Returns the view of an alternative with a discriminator: its own if it writes the discriminator itself, otherwise
/// that of the union, which writes it.
pub fn tagged_view<'a>(
    union: &'a dyn ObjectView,
    tag: &str,
    alternative: &'a dyn Encode,
) -> View<'a> {
    match alternative.view() {
        View::Object(object) if !writes(object, tag) => View::Object(union),
        View::Serde(value) if lacks(value, tag) => View::Object(union),
        view => view,
    }
}

/// Whether a value that serde encodes is an object without the discriminator.
fn lacks(value: &dyn ToSerde, tag: &str) -> bool {
    let json = value.to_value().unwrap_or_default();
    json.is_object() && json.get(tag).is_none()
}

fn writes(object: &dyn ObjectView, tag: &str) -> bool {
    let mut found = false;
    object.each(&mut |name, _| found |= name == tag);
    found
}

/// Calls `property` for the discriminator and then for the properties of the alternative.
pub fn tagged_each(
    tag: &str,
    value: &str,
    alternative: &dyn Encode,
    property: &mut dyn FnMut(&str, &dyn Encode),
) {
    property(tag, &value);
    match alternative.view() {
        View::Object(object) => object.each(property),
        View::Serde(value) => {
            let json = value.to_value().unwrap_or_default();
            json.as_object()
                .into_iter()
                .flatten()
                .for_each(|(name, value)| property(name, value));
        }
        _ => {}
    }
}
