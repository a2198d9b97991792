//! The members of an object that is being read.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::{State, Target};
use crate::codec::{Decode, Entries, Shape};

/// What `serde_json` names the only member of the object that it shows in place of a number when any crate of the
/// program switches its feature `arbitrary_precision` on.
pub(in crate::codec) const NUMBER_MEMBER: &str = "$serde_json::private::Number";

/// The members of an object that is being read.
pub(super) struct Members<'a, 's, 'r> {
    pub(super) shape: &'static Shape,
    pub(super) slots: &'a mut [&'s mut (dyn Decode + 'static)],
    pub(super) rest: Option<&'r mut (dyn Entries + 'r)>,
    pub(super) state: &'a mut State,
}

impl Members<'_, '_, '_> {
    /// Reads all members. If the object is a number in disguise, returns that.
    pub(super) fn fill<'de, A: MapAccess<'de>>(
        mut self,
        members: &mut A,
    ) -> Result<Option<String>, A::Error> {
        let of_digits = self.rest.as_ref().is_some_and(|rest| rest.of_digits());
        let mut seen = Seen::default();
        let mut next = 0;
        loop {
            let keys = self.rest.is_some().then_some(&mut self.state.keys);
            match members.next_key_seed(KeySeed {
                shape: self.shape,
                next,
                keys,
            })? {
                None => break,
                Some(Key::Field(index)) => {
                    self.field(index, seen.mark(index), members)?;
                    next = index + 1;
                }
                Some(Key::Other(start)) => self.other(start, of_digits, members)?,
                Some(Key::Unknown) => drop(members.next_value::<IgnoredAny>()?),
                Some(Key::Number) => return members.next_value().map(Some),
            }
        }
        self.check_presence(&seen).map(|()| None)
    }

    fn field<'de, A: MapAccess<'de>>(
        &mut self,
        index: usize,
        again: bool,
        members: &mut A,
    ) -> Result<(), A::Error> {
        let (Some(field), Some(slot)) = (self.shape.fields().get(index), self.slots.get_mut(index))
        else {
            return members.next_value::<IgnoredAny>().map(drop);
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
        members
            .next_value_seed(place)
            .inspect_err(|_| self.state.trace.member(field.name()))
    }

    /// Reads a member that no field takes. Its name is the end of `keys` from `start` on.
    fn other<'de, A: MapAccess<'de>>(
        &mut self,
        start: usize,
        of_digits: bool,
        members: &mut A,
    ) -> Result<(), A::Error> {
        let Some(rest) = &mut self.rest else {
            return members.next_value::<IgnoredAny>().map(drop);
        };
        let slot = rest.entry(self.state.keys[start..].to_owned());
        let place = Target::new(slot, &mut *self.state).with_digits(of_digits);
        let outcome = members.next_value_seed(place);
        if outcome.is_err() {
            let key = self.state.keys.split_off(start);
            self.state.trace.member(&key);
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

/// Returns the name of the first required member that did not come.
pub(in crate::codec) fn missing(
    shape: &'static Shape,
    slots: &[&mut (dyn Decode + 'static)],
    seen: &Seen,
) -> Option<&'static str> {
    let mut fields = shape.fields().iter().zip(slots).enumerate();
    fields
        .find(|(index, (field, slot))| {
            field.must_come() && !seen.has(*index) && !slot.tolerates_absence()
        })
        .map(|(_, (field, _))| field.name())
}

/// Which fields have come.
#[derive(Default)]
pub(in crate::codec) struct Seen {
    /// One bit for each of the first 64.
    first: u64,
    others: Vec<u64>,
}

impl Seen {
    /// Notes that the field has come, and returns whether it had before.
    pub(in crate::codec) fn mark(&mut self, index: usize) -> bool {
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

/// What the name of a member stands for.
enum Key {
    /// The field at this position.
    Field(usize),
    /// A member that the map beside the fields takes: its name begins here in [`State::keys`].
    Other(usize),
    /// A member that nothing takes.
    Unknown,
    /// No member at all, see [`NUMBER_MEMBER`].
    Number,
}

struct KeySeed<'a> {
    shape: &'static Shape,
    /// Where the field after the last one stands.
    next: usize,
    /// Where to put the name of a member that no field takes, if anything takes it.
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
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
        if let Some(index) = self.shape.position(key, self.next) {
            return Ok(Key::Field(index));
        }
        if key == NUMBER_MEMBER {
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

/// Returns the number that the object is in truth, if its first member says so.
pub(super) fn number<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<String>, A::Error> {
    match members.next_key_seed(KeySeed {
        shape: Shape::none(),
        next: 0,
        keys: None,
    })? {
        Some(Key::Number) => members.next_value().map(Some),
        _ => Ok(None),
    }
}
