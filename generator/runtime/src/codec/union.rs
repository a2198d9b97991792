//! Values that are one of several types.
//!
//! Which one is known only when the whole value is. The outermost union collects its value as JSON in its own variant
//! for what fits no alternative, and settles when that is complete; unions below it read from the same JSON.

use std::any::TypeId;
use std::borrow::Cow;
use std::mem;

use serde_json::Value;

use super::{
    Array, Decode, Encode, Fill, Fit, Mismatch, Mode, ObjectView, Scalar, View, Walk, Whole,
};

/// What `union!` says of an enum of alternatives.
pub trait Union: Decode + Sized {
    /// Returns the JSON value that is kept where no alternative fits, if that is what the union is.
    fn buffer(&mut self) -> Option<&mut Value>;

    /// Shows the alternatives that the value may be, in order.
    fn show(json: &Value, alternatives: &mut Alternatives<'_, '_, Self>);
}

/// Takes a scalar into a union.
///
/// # Errors
/// No alternative fits to the letter, and only that will do.
pub fn union_scalar<U: Union>(
    union: &mut U,
    scalar: Scalar<'_>,
    mode: Mode,
) -> Result<(), Mismatch> {
    *union = U::empty();
    buffer(union)?.scalar(scalar, mode)?;
    // A scalar stays one: the union keeps it better than a list that it is not.
    union_settle(union, mode.to_plain())
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

/// Returns how well the value fits the alternative that it fits best; `None` while that is being found out.
fn fit_of<'v, U: Union>(json: &'v Value, walk: &mut Walk<'v>) -> Option<Fit> {
    walk.remember(json, TypeId::of::<U>(), |walk| {
        let mut alternatives = Alternatives::new(json, walk, None);
        U::show(json, &mut alternatives);
        Some(alternatives.best.unwrap_or_else(Fit::of_none))
    })
}

/// Reads the value as the alternative that it fits best, if it fits one.
fn taken<'v, U: Union>(json: &'v Value, walk: &mut Walk<'v>) -> Option<U> {
    let chosen = fit_of::<U>(json, walk)?.choice?;
    let mut alternatives = Alternatives::new(json, walk, Some(chosen));
    U::show(json, &mut alternatives);
    alternatives.taken
}

/// The alternatives of a union, for one value.
///
/// They are shown twice: first each is looked at, then the one that fits best is read.
#[derive(Debug)]
pub struct Alternatives<'a, 'v, U> {
    json: &'v Value,
    walk: &'a mut Walk<'v>,
    /// How many were shown.
    shown: usize,
    /// The one to read, once that is decided.
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

    /// Shows the next alternative.
    pub fn show<T: Decode>(&mut self, wrap: fn(T) -> U) {
        self.next(wrap, true);
    }

    /// Shows the only alternative that the value may be.
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
