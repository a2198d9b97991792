//! The properties of an object while it is decoded.

use std::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::driver::{State, Target};
use super::{Decode, Entries, Shape};

/// The name of the only property of an object that represents a number: `serde_json` passes numbers in this form if any
/// crate of the program enables its feature `arbitrary_precision`.
pub(super) const NUMBER_PROPERTY: &str = "$serde_json::private::Number";

/// An object that is being decoded.
pub(super) struct Properties<'a, 's, 'r> {
    pub(super) shape: &'static Shape,
    pub(super) slots: &'a mut [&'s mut (dyn Decode + 'static)],
    pub(super) rest: Option<&'r mut (dyn Entries + 'r)>,
    pub(super) state: &'a mut State,
}

impl Properties<'_, '_, '_> {
    /// Decodes all properties. If the object represents a number, returns its digits.
    pub(super) fn fill<'de, A: MapAccess<'de>>(
        mut self,
        properties: &mut A,
    ) -> Result<Option<String>, A::Error> {
        let of_digits = self.rest.as_ref().is_some_and(|rest| rest.of_digits());
        let mut seen = Seen::default();
        let mut next = 0;
        loop {
            let keys = self.rest.is_some().then_some(&mut self.state.keys);
            match properties.next_key_seed(KeySeed {
                shape: self.shape,
                next,
                keys,
            })? {
                None => break,
                Some(Key::Field(index)) => {
                    self.field(index, seen.mark(index), properties)?;
                    next = index + 1;
                }
                Some(Key::Other(start)) => self.other(start, of_digits, properties)?,
                Some(Key::Unknown) => drop(properties.next_value::<IgnoredAny>()?),
                Some(Key::Number) => return properties.next_value().map(Some),
            }
        }
        self.check_presence(&seen).map(|()| None)
    }

    fn field<'de, A: MapAccess<'de>>(
        &mut self,
        index: usize,
        again: bool,
        properties: &mut A,
    ) -> Result<(), A::Error> {
        let (Some(field), Some(slot)) = (self.shape.fields().get(index), self.slots.get_mut(index))
        else {
            return properties.next_value::<IgnoredAny>().map(drop);
        };
        if again {
            slot.reset();
        }
        let place = Target {
            slot: &mut **slot,
            state: &mut *self.state,
            constant: field.only_value(),
            digits: false,
        };
        let place = place.with_digits(field.is_decimal());
        properties
            .next_value_seed(place)
            .inspect_err(|_| self.state.trace.property(field.name()))
    }

    /// Decodes a property without a field into the map. Its name is the part of `keys` from `start` on.
    fn other<'de, A: MapAccess<'de>>(
        &mut self,
        start: usize,
        of_digits: bool,
        properties: &mut A,
    ) -> Result<(), A::Error> {
        let Some(rest) = &mut self.rest else {
            return properties.next_value::<IgnoredAny>().map(drop);
        };
        let slot = rest.entry(self.state.keys[start..].to_owned());
        let place = Target::new(slot, &mut *self.state).with_digits(of_digits);
        let outcome = properties.next_value_seed(place);
        if outcome.is_err() {
            let key = self.state.keys.split_off(start);
            self.state.trace.property(&key);
        } else {
            self.state.keys.truncate(start);
        }
        outcome
    }

    fn check_presence<E: Error>(&mut self, seen: &Seen) -> Result<(), E> {
        let surely = self.shape.fields().len() <= 64 && self.shape.required() & !seen.first == 0;
        if surely {
            return Ok(());
        }
        match missing(self.shape, self.slots, seen) {
            Some(name) => Err(self.state.missing(name)),
            None => Ok(()),
        }
    }
}

/// Returns the name of the first required property that is missing.
pub(super) fn missing(
    shape: &'static Shape,
    slots: &[&mut (dyn Decode + 'static)],
    seen: &Seen,
) -> Option<&'static str> {
    let mut fields = shape.fields().iter().zip(slots).enumerate();
    fields
        .find(|(index, (field, slot))| {
            field.is_expected() && !seen.has(*index) && !slot.tolerates_absence()
        })
        .map(|(_, (field, _))| field.name())
}

/// The fields that the object has had so far.
#[derive(Default)]
pub(super) struct Seen {
    /// One bit for each of the first 64 fields.
    first: u64,
    others: Vec<u64>,
}

impl Seen {
    /// Marks a field, and returns whether it was marked before.
    pub(super) fn mark(&mut self, index: usize) -> bool {
        if index < 64 {
            return Self::set(&mut self.first, index);
        }
        let word = index / 64 - 1;
        if word >= self.others.len() {
            self.others.resize(word + 1, 0);
        }
        self.others
            .get_mut(word)
            .is_some_and(|bits| Self::set(bits, index % 64))
    }

    fn set(bits: &mut u64, index: usize) -> bool {
        let bit = 1 << index;
        let again = *bits & bit != 0;
        *bits |= bit;
        again
    }

    fn has(&self, index: usize) -> bool {
        let bits = match (index / 64).checked_sub(1) {
            Some(word) => self.others.get(word).copied().unwrap_or(0),
            None => self.first,
        };
        bits >> (index % 64) & 1 == 1
    }
}

/// The meaning of a property name.
enum Key {
    /// The field at this position.
    Field(usize),
    /// A property of the map beside the fields: its name starts here in [`State::keys`].
    Other(usize),
    /// An unknown property, which is ignored.
    Unknown,
    /// A number, see [`NUMBER_PROPERTY`].
    Number,
}

struct KeySeed<'a> {
    shape: &'static Shape,
    /// The index of the field that most likely comes next.
    next: usize,
    /// The buffer for the name of a property without a field, if there is a map for it.
    keys: Option<&'a mut String>,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
        if let Some(index) = self.shape.position(key, self.next) {
            return Ok(Key::Field(index));
        }
        if key == NUMBER_PROPERTY {
            return Ok(Key::Number);
        }
        Ok(match self.keys {
            Some(keys) => {
                let start = keys.len();
                keys.push_str(key);
                Key::Other(start)
            }
            None => Key::Unknown,
        })
    }
}

/// Returns the digits, if the object represents a number.
pub(super) fn number<'de, A: MapAccess<'de>>(
    properties: &mut A,
) -> Result<Option<String>, A::Error> {
    match properties.next_key_seed(KeySeed {
        shape: Shape::none(),
        next: 0,
        keys: None,
    })? {
        Some(Key::Number) => properties.next_value().map(Some),
        _ => Ok(None),
    }
}
