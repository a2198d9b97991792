//! Decodes JSON values that are in memory, and finds out how well they fit a type.
//!
//! A union needs the whole value to choose an alternative. The outermost union keeps the value in memory, and
//! everything below is decoded from there: first [compared](Whole::look), then [decoded](Whole::take). The fit of each
//! part with each type is cached, with the choice of each union, so that the time is linear in the size of the value
//! for any number of nested unions and matching alternatives.

use std::any::TypeId;
use std::collections::HashMap;
use std::fmt::{self, Display};
use std::hash::{BuildHasherDefault, Hasher};
use std::marker::PhantomData;
use std::{mem, ptr};

use serde_json::{Map, Value};

use super::driver::{State, Target};
use super::error::{Found, Trace};
use super::properties::{Seen, missing};
use super::{Decode, DecodeError, Entries, Mismatch, Mode, Scalar, Shape, ToSerde};

/// A value that is decoded from a complete array or object.
pub trait Whole {
    /// Returns how well the JSON value fits, or `None` if it does not.
    fn look<'v>(&self, json: &'v Value, walk: &mut Walk<'v>) -> Option<Fit>;

    /// Decodes the JSON value.
    fn take<'v>(&mut self, json: &'v Value, walk: &mut Walk<'v>);
}

/// What a property with a field counts in [`Fit::own`], and what an entry of a map of scalars counts there.
const FIELD: usize = 4;
const ENTRY: usize = 1;

/// How well a value fits a type.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fit {
    /// The number of constants that have another value.
    contradicted: usize,
    /// The properties of the value itself. One with a field counts [`FIELD`], and so does an entry of additional
    /// properties with a field anywhere in it. Any other entry with a type counts [`ENTRY`], because any string fits a
    /// map of strings: such a map is chosen only where a type with fields would lose more than three times as many
    /// properties as it knows, so that a server can add properties to an error. For an array it is the sum of all
    /// elements.
    own: usize,
    /// The number of properties at any depth that count [`FIELD`] in this way.
    known: usize,
    /// The number of ignored properties.
    ignored: usize,
    /// The number of values that fit only leniently.
    slips: usize,
    /// Whether this is a value that an open enum does not list.
    unlisted: bool,
    /// The index of the alternative that a union chose.
    pub(super) choice: Option<usize>,
}

impl Fit {
    /// Returns the fit of a value that fits no alternative of a union and is kept as JSON.
    pub(super) fn of_none() -> Self {
        Self {
            slips: 1,
            ..Self::default()
        }
    }

    /// Returns the fit of a value that serde decoded: the properties that it encodes again are known.
    fn of_encoded(json: &Value, decoded: &dyn ToSerde) -> Self {
        let Value::Object(properties) = json else {
            return Self::default();
        };
        let encoded = decoded.to_value().unwrap_or_default();
        let names = properties.keys();
        let known = names
            .filter(|name| encoded.get(name.as_str()).is_some())
            .count();
        Self {
            own: FIELD * known,
            known,
            ignored: properties.len() - known,
            ..Self::default()
        }
    }

    /// Whether the value matches the description exactly.
    pub(super) fn is_exact(&self) -> bool {
        self.contradicted == 0 && self.slips == 0
    }

    /// Whether this fit is better: first by constants, then by known properties, so that the chosen type loses the
    /// least. The value's own properties come first: a property that the type does not know, however much is in it, is
    /// no reason to give up two that it knows.
    pub(super) fn beats(&self, other: &Self) -> bool {
        let least = |count: usize| usize::MAX - count;
        let rank = |fit: &Self| (fit.own, fit.known, least(fit.ignored), least(fit.slips));
        other.contradicted > self.contradicted
            || (other.contradicted == self.contradicted && rank(self) > rank(other))
    }

    /// Returns the fit for the value around a union. The constants in an alternative count only for the choice of that
    /// alternative.
    pub(super) fn of_choice(self) -> Self {
        Self {
            contradicted: 0,
            slips: self.slips + self.contradicted,
            ..self
        }
    }

    /// Counts a property of the value itself, if it is known.
    fn add_own(&mut self, is_known: bool) {
        self.own += FIELD * usize::from(is_known);
        self.known += usize::from(is_known);
    }

    /// Counts an entry of additional properties. A type of any JSON knows nothing of its entries.
    fn add_entry(&mut self, entry: &Self, is_any: bool) {
        self.add_own(entry.known > 0);
        let fits = entry.is_exact() && entry.ignored == 0 && !entry.unlisted;
        if entry.known == 0 && fits && !is_any {
            self.own += ENTRY;
        }
    }

    /// Adds the fit of a part. The properties of the part are not the value's own.
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

impl serde_core::de::Error for Unfit {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// A hasher for an address and a type id. Servers cannot choose these, so it needs no protection against collisions.
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

/// One decoding of a JSON value.
pub struct Walk<'v> {
    state: State,
    /// The fit of each array and object with the types that it was compared with; `None` if it does not fit. The values
    /// are borrowed during the walk, so their addresses identify them.
    fits: HashMap<(*const Value, TypeId), Option<Fit>, BuildHasherDefault<Mixer>>,
    /// The number of enclosing unions with more than one alternative. Only inside of these a part can be compared with
    /// the same type again.
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

    /// Decodes a value.
    pub(super) fn read(
        mut self,
        json: &'v Value,
        slot: &mut dyn Decode,
    ) -> Result<(), DecodeError> {
        self.fill(json, slot).map_err(|unfit| {
            let trace = &mut self.state.trace;
            let error = trace.take_error();
            error.unwrap_or_else(|| {
                DecodeError::syntax(trace, &serde_core::de::Error::custom(unfit))
            })
        })
    }

    /// Decodes a value. After an error, the trace has the reason.
    pub(super) fn fill(&mut self, json: &'v Value, slot: &mut dyn Decode) -> Result<(), Unfit> {
        self.value(json, slot, None).map(drop)
    }

    pub(super) fn into_trace(self) -> Trace {
        self.state.trace
    }

    /// Returns how well a value fits the type of `slot`, which is empty, or `None` if it does not fit.
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

    /// Returns the cached fit of a value with a type, or computes it by `look`. A type that directly contains itself
    /// matches no value.
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
        // If null means that the value is absent, a union need not see it.
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
            // A union keeps a scalar that fits no alternative, which is better than an array.
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

    /// Decodes a scalar. If only success or failure counts, it is first decoded strictly, to find out how well it fits.
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

    /// Decodes an array or object.
    fn parts(&mut self, json: &'v Value, slot: &mut dyn Decode) -> Result<Fit, Unfit> {
        match json {
            Value::Array(elements) => self.array(json, elements, slot),
            Value::Object(properties) => self.object(json, properties, slot),
            _ => Err(Unfit),
        }
    }

    fn array(
        &mut self,
        json: &Value,
        elements: &'v [Value],
        slot: &mut dyn Decode,
    ) -> Result<Fit, Unfit> {
        let array = match slot.array() {
            Ok(array) => array,
            Err(mismatch) => return self.by_serde(json, slot, mismatch),
        };
        let mut fit = Fit::default();
        for (index, json) in elements.iter().enumerate() {
            let element = match array.element(index) {
                Ok(slot) => self.value(json, slot, None),
                Err(mismatch) => Err(self.state.reject(mismatch, &Found::Surplus)),
            };
            let element = element.inspect_err(|_| self.state.element(index))?;
            fit.own += element.own;
            fit.add(element);
        }
        array
            .finish(elements.len(), self.state.mode)
            .map_err(|mismatch| self.state.reject(mismatch, &Found::Array))?;
        Ok(fit)
    }

    fn object(
        &mut self,
        json: &Value,
        properties: &'v Map<String, Value>,
        slot: &mut dyn Decode,
    ) -> Result<Fit, Unfit> {
        let mut filled = Ok(Fit::default());
        let opened = slot.object(&mut |shape, slots, rest| {
            filled = self.properties(properties, shape, slots, rest);
        });
        match opened {
            Ok(()) => filled,
            Err(mismatch) => return self.by_serde(json, slot, mismatch),
        }
        .and_then(|fit| match slot.close(self.state.mode) {
            Ok(()) => Ok(fit),
            Err(mismatch) => Err(self.state.reject(mismatch, &Found::Object)),
        })
    }

    /// Decodes an array or object of a type that only serde knows; any other type does not fit because of `mismatch`.
    fn by_serde(
        &mut self,
        json: &Value,
        slot: &mut dyn Decode,
        mismatch: Mismatch,
    ) -> Result<Fit, Unfit> {
        let taken = match slot.by_serde() {
            Some(slot) => slot.take(json).map(|()| Fit::of_encoded(json, slot.show())),
            None => Err(mismatch),
        };
        taken.map_err(|mismatch| self.state.reject(mismatch, &Found::of(json)))
    }

    fn properties(
        &mut self,
        properties: &'v Map<String, Value>,
        shape: &'static Shape,
        slots: &mut [&mut (dyn Decode + 'static)],
        mut rest: Option<&mut dyn Entries>,
    ) -> Result<Fit, Unfit> {
        let (mut fit, mut seen, mut next) = (Fit::default(), Seen::default(), 0);
        for (name, json) in properties {
            let index = shape.position(name, next);
            let field = index.and_then(|index| Some((index, shape.fields().get(index)?)));
            let part = if let Some((index, field)) = field
                && let Some(slot) = slots.get_mut(index)
            {
                seen.mark(index);
                next = index + 1;
                let part = self.value(json, *slot, field.only_value());
                part.inspect(|part| fit.add_own(!part.unlisted))
            } else if let Some(rest) = &mut rest {
                let slot = rest.entry(name.clone());
                let is_any = slot.id() == TypeId::of::<Value>();
                let part = self.value(json, slot, None);
                part.inspect(|part| fit.add_entry(part, is_any))
            } else {
                fit.ignored += 1;
                continue;
            };
            fit.add(part.inspect_err(|_| self.state.property(name))?);
        }
        match missing(shape, slots, &seen) {
            Some(name) => Err(self.state.missing(name)),
            None => Ok(fit),
        }
    }
}

/// Converts a number to the narrowest scalar.
fn scalar_of(number: &serde_json::Number) -> Scalar<'static> {
    if let Some(value) = number.as_i64() {
        Scalar::Integer(value)
    } else if let Some(value) = number.as_u64() {
        Scalar::Unsigned(value)
    } else {
        Scalar::Float(number.as_f64().unwrap_or(f64::NAN))
    }
}
