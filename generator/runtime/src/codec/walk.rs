//! Reads JSON values that are in memory, and tells how well they fit a type.
//!
//! A union has to know its whole value before it can choose an alternative. The outermost one keeps the value in
//! memory, and everything below is read from there: first [looked](Whole::look) at, then [taken](Whole::take). How well
//! a part fits a type is remembered, and so is what each union chose, so that the work grows with the size of the value
//! only, however deep unions are nested and however many alternatives fit.

use std::any::TypeId;
use std::collections::HashMap;
use std::fmt::{self, Display};
use std::hash::{BuildHasherDefault, Hasher};
use std::marker::PhantomData;
use std::{mem, ptr};

use serde_json::{Map, Value};

use super::driver::{Seen, State, Target, missing};
use super::error::{Found, Trace};
use super::{Decode, DecodeError, Entries, Mode, Scalar, Shape};

/// A place that takes a complete array or object.
pub trait Whole {
    /// Returns how well the value fits, or `None` where it does not.
    fn look<'v>(&self, json: &'v Value, walk: &mut Walk<'v>) -> Option<Fit>;

    /// Takes the value.
    fn take<'v>(&mut self, json: &'v Value, walk: &mut Walk<'v>);
}

/// How well a value fits a type.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fit {
    /// How many constants have another value.
    contradicted: usize,
    /// How many properties are known by name.
    known: usize,
    /// How many properties are ignored.
    ignored: usize,
    /// How many values fit only because reading is lenient.
    slips: usize,
    /// Whether this is one value that an open enum does not list.
    unlisted: bool,
    /// Which alternative a union chose.
    pub(super) choice: Option<usize>,
}

impl Fit {
    /// The fit of a value that is none of a union's alternatives: it is kept as JSON.
    pub(super) fn of_none() -> Self {
        Self {
            slips: 1,
            ..Self::default()
        }
    }

    /// Whether the value is what the description says, to the letter.
    pub(super) fn is_exact(&self) -> bool {
        self.contradicted == 0 && self.slips == 0
    }

    /// Whether this fit is better: constants that hold come first, then properties that are known, so that the type
    /// that loses least is chosen.
    pub(super) fn beats(&self, other: &Self) -> bool {
        let rank = |fit: &Self| (fit.known, usize::MAX - fit.ignored, usize::MAX - fit.slips);
        other.contradicted > self.contradicted
            || (other.contradicted == self.contradicted && rank(self) > rank(other))
    }

    /// The same fit of a part that chose its type by itself: its constants tell nothing about what is around it.
    pub(super) fn of_choice(self) -> Self {
        Self {
            contradicted: 0,
            slips: self.slips + self.contradicted,
            ..self
        }
    }

    fn add(&mut self, part: Self) {
        self.contradicted += part.contradicted;
        self.known += part.known;
        self.ignored += part.ignored;
        self.slips += part.slips;
    }
}

/// A value that does not fit.
#[derive(Debug)]
pub struct Unfit;

impl Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value does not fit")
    }
}

impl std::error::Error for Unfit {}

impl serde::de::Error for Unfit {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Hashes an address and the id of a type, which no server chooses.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64((*byte).into());
        }
    }

    fn write_u64(&mut self, word: u64) {
        let mixed = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }
}

/// One reading of a JSON value.
pub struct Walk<'v> {
    state: State,
    /// How well each array and object fits the types that it was looked at for; `None` where it does not. The values
    /// are borrowed for as long as this is there, so that their addresses tell them apart.
    fits: HashMap<(*const Value, TypeId), Option<Fit>, BuildHasherDefault<Mixer>>,
    /// How many alternatives are on the way that others are looked at beside: only below these a part can be looked
    /// at for the same type again.
    rivals: usize,
    value: PhantomData<&'v Value>,
}

impl fmt::Debug for Walk<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Walk").finish_non_exhaustive()
    }
}

impl<'v> Walk<'v> {
    pub(super) fn new(mode: Mode) -> Self {
        Self {
            state: State::new(mode),
            fits: HashMap::default(),
            rivals: 0,
            value: PhantomData,
        }
    }

    /// Reads a value.
    pub(super) fn read(
        mut self,
        json: &'v Value,
        slot: &mut dyn Decode,
    ) -> Result<(), DecodeError> {
        self.fill(json, slot).map_err(|unfit| {
            let trace = &mut self.state.trace;
            let error = trace.take_error();
            error.unwrap_or_else(|| DecodeError::syntax(trace, &serde::de::Error::custom(unfit)))
        })
    }

    /// Reads a value; where it does not fit, the trace says why.
    pub(super) fn fill(&mut self, json: &'v Value, slot: &mut dyn Decode) -> Result<(), Unfit> {
        self.value(json, slot, None).map(drop)
    }

    pub(super) fn into_trace(self) -> Trace {
        self.state.trace
    }

    /// Returns how well a value fits a type, of which `slot` is an empty value, or `None` where it does not.
    pub(super) fn look(
        &mut self,
        json: &'v Value,
        slot: &mut dyn Decode,
        has_rivals: bool,
    ) -> Option<Fit> {
        let was_quiet = mem::replace(&mut self.state.quiet, true);
        self.rivals += usize::from(has_rivals);
        let fit = self.value(json, slot, None);
        self.rivals -= usize::from(has_rivals);
        self.state.quiet = was_quiet;
        fit.ok()
    }

    /// Returns how well a value fits a type: what is remembered, or else what `look` finds out. A type that leads to
    /// itself before it takes anything fits nothing.
    pub(super) fn remember(
        &mut self,
        json: &'v Value,
        id: TypeId,
        look: impl FnOnce(&mut Self) -> Option<Fit>,
    ) -> Option<Fit> {
        let key = (ptr::from_ref(json), id);
        if let Some(known) = self.fits.get(&key) {
            return *known;
        }
        self.fits.insert(key, None);
        let fit = look(self);
        self.fits.insert(key, fit);
        fit
    }

    fn value(
        &mut self,
        json: &'v Value,
        slot: &mut dyn Decode,
        constant: Option<&'static str>,
    ) -> Result<Fit, Unfit> {
        // Where null means that nothing is there, a union need not know of it.
        if !(json.is_null() && slot.tolerates_absence())
            && let Some(whole) = slot.whole()
        {
            return self.whole(json, whole);
        }
        match json {
            Value::Null => self.scalar(Scalar::Null, slot, constant),
            Value::Bool(value) => self.scalar((*value).into(), slot, constant),
            Value::String(text) => self.scalar(text.as_str().into(), slot, constant),
            Value::Number(number) => self.scalar(scalar_of(number), slot, constant),
            _ if self.rivals > 0 => self
                .remember(json, slot.id(), |walk| walk.parts(json, slot).ok())
                .ok_or(Unfit),
            _ => self.parts(json, slot),
        }
    }

    fn whole(&mut self, json: &'v Value, slot: &mut dyn Whole) -> Result<Fit, Unfit> {
        let mode = self.state.mode;
        if !json.is_array() && !json.is_object() {
            // A union keeps a scalar that fits no alternative better than a list that it is not.
            self.state.mode = mode.to_plain();
        }
        let fit = if self.state.quiet {
            slot.look(json, self).ok_or(Unfit)
        } else {
            slot.take(json, self);
            Ok(Fit::default())
        };
        self.state.mode = mode;
        fit
    }

    /// Takes a scalar. Where only the outcome counts, it is offered strictly first, to tell how well it fits.
    fn scalar(
        &mut self,
        scalar: Scalar<'_>,
        slot: &mut dyn Decode,
        constant: Option<&'static str>,
    ) -> Result<Fit, Unfit> {
        let mode = self.state.mode;
        if self.state.quiet && !mode.is_strict() {
            self.state.mode = mode.to_strict();
            let exact: Result<(), Unfit> = self.place(slot, constant).scalar(scalar);
            self.state.mode = mode;
            if exact.is_ok() {
                return Ok(Fit::default());
            }
        }
        self.place(slot, constant).scalar::<Unfit>(scalar)?;
        if !self.state.quiet || mode.is_strict() {
            return Ok(Fit::default());
        }
        let is_listed = constant.is_some() || slot.array().is_ok();
        Ok(Fit {
            contradicted: constant.is_some().into(),
            slips: 1,
            unlisted: matches!(scalar, Scalar::Text(_) | Scalar::Integer(_)) && !is_listed,
            ..Fit::default()
        })
    }

    fn place<'s>(
        &'s mut self,
        slot: &'s mut dyn Decode,
        constant: Option<&'static str>,
    ) -> Target<'s> {
        Target {
            slot,
            state: &mut self.state,
            constant,
            digits: false,
        }
    }

    /// Reads an array or object.
    fn parts(&mut self, json: &'v Value, slot: &mut dyn Decode) -> Result<Fit, Unfit> {
        match json {
            Value::Array(elements) => self.array(elements, slot),
            Value::Object(members) => self.object(members, slot),
            _ => Err(Unfit),
        }
    }

    fn array(&mut self, elements: &'v [Value], slot: &mut dyn Decode) -> Result<Fit, Unfit> {
        let array = match slot.array() {
            Ok(array) => array,
            Err(mismatch) => return Err(self.state.reject(mismatch, &Found::Array)),
        };
        let mut fit = Fit::default();
        for (index, json) in elements.iter().enumerate() {
            let element = match array.element(index) {
                Ok(slot) => self.value(json, slot, None),
                Err(mismatch) => Err(self.state.reject(mismatch, &Found::Surplus)),
            };
            fit.add(element.inspect_err(|_| self.state.element(index))?);
        }
        array
            .finish(elements.len(), self.state.mode)
            .map_err(|mismatch| self.state.reject(mismatch, &Found::Array))?;
        Ok(fit)
    }

    fn object(
        &mut self,
        members: &'v Map<String, Value>,
        slot: &mut dyn Decode,
    ) -> Result<Fit, Unfit> {
        let mut filled = Ok(Fit::default());
        slot.object(&mut |shape, slots, rest| filled = self.members(members, shape, slots, rest))
            .map_err(|mismatch| self.state.reject(mismatch, &Found::Object))
            .and(filled)
            .and_then(|fit| match slot.close(self.state.mode) {
                Ok(()) => Ok(fit),
                Err(mismatch) => Err(self.state.reject(mismatch, &Found::Object)),
            })
    }

    fn members(
        &mut self,
        members: &'v Map<String, Value>,
        shape: &'static Shape,
        slots: &mut [&mut (dyn Decode + 'static)],
        mut rest: Option<&mut dyn Entries>,
    ) -> Result<Fit, Unfit> {
        let (mut fit, mut seen, mut next) = (Fit::default(), Seen::default(), 0);
        for (name, json) in members {
            let index = shape.position(name, next);
            let field = index.and_then(|index| Some((index, shape.fields().get(index)?)));
            let part = if let Some((index, field)) = field
                && let Some(slot) = slots.get_mut(index)
            {
                seen.mark(index);
                next = index + 1;
                let part = self.value(json, *slot, field.only_value());
                part.inspect(|part| fit.known += usize::from(!part.unlisted))
            } else if let Some(rest) = &mut rest {
                self.value(json, rest.entry(name.clone()), None)
            } else {
                fit.ignored += 1;
                continue;
            };
            fit.add(part.inspect_err(|_| self.state.member(name))?);
        }
        match missing(shape, slots, &seen) {
            Some(name) => Err(self.state.missing(name)),
            None => Ok(fit),
        }
    }
}

/// A number as the narrowest scalar that holds it.
fn scalar_of(number: &serde_json::Number) -> Scalar<'static> {
    if let Some(value) = number.as_i64() {
        Scalar::Integer(value)
    } else if let Some(value) = number.as_u64() {
        Scalar::Unsigned(value)
    } else {
        Scalar::Float(number.as_f64().unwrap_or(f64::NAN))
    }
}
