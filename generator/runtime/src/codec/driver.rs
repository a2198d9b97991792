//! The one visitor: drives a [`Decode`] from any serde deserializer.

mod members;
mod texts;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

pub(super) use self::members::NUMBER_MEMBER;
use self::members::{Members, number};
use super::error::{Found, Trace};
use super::repair::repaired;
use super::{Array, Decode, DecodeError, Mismatch, Mode, Scalar};

/// Reads a value from JSON text.
///
/// # Errors
/// The text is no JSON, or does not fit the type.
pub fn from_json<T: Decode>(text: &[u8]) -> Result<T, DecodeError> {
    let mut value = T::empty();
    fill_from_json(text, &mut value)?;
    Ok(value)
}

/// Reads a value from an empty body: as null or as `{}`, whichever the type takes.
///
/// # Errors
/// The type takes neither.
pub(crate) fn from_nothing<T: Decode>() -> Result<T, DecodeError> {
    from_json(b"null").or_else(|_| from_json(b"{}"))
}

/// Reads a value from a JSON value.
///
/// # Errors
/// The JSON value does not fit the type.
pub fn from_value<T: Decode>(json: &Value) -> Result<T, DecodeError> {
    let mut value = T::empty();
    fill_from_value(json, &mut value, Mode::LENIENT)?;
    Ok(value)
}

/// Reads a value with any serde deserializer: the body of each generated `Deserialize`.
///
/// # Errors
/// The deserializer fails, or what it holds does not fit the type.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::empty();
    fill(deserializer, &mut value)?;
    Ok(value)
}

fn fill<'de, D: Deserializer<'de>>(deserializer: D, slot: &mut dyn Decode) -> Result<(), D::Error> {
    let mut state = State::new(Mode::LENIENT);
    Place::new(slot, &mut state)
        .deserialize(deserializer)
        .map_err(|error| match state.trace.take_error() {
            Some(error) => D::Error::custom(error),
            None => error,
        })
}

pub(super) fn fill_from_json(text: &[u8], slot: &mut dyn Decode) -> Result<(), DecodeError> {
    // Some servers begin with a byte order mark, which JSON does not know.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    match fill_from_text(text, slot) {
        Err(error) if error.is_syntax() => {
            let Some(text) = repaired(text) else {
                return Err(error);
            };
            slot.reset();
            // Where even that is not JSON, the error is about the text as it came.
            fill_from_text(&text, slot)
                .map_err(|again| if again.is_syntax() { error } else { again })
        }
        filled => filled,
    }
}

fn fill_from_text(text: &[u8], slot: &mut dyn Decode) -> Result<(), DecodeError> {
    let mut state = State::new(Mode::LENIENT);
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    Place::new(slot, &mut state)
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| {
            state
                .trace
                .take_error()
                .unwrap_or_else(|| DecodeError::syntax(&state.trace, &error))
        })
}

/// Reads from a JSON value and returns how many of its members were known by name.
pub(super) fn fill_from_value(
    json: &Value,
    slot: &mut dyn Decode,
    mode: Mode<'_>,
) -> Result<usize, DecodeError> {
    let mut state = State::new(mode);
    match Place::new(slot, &mut state).deserialize(json) {
        Ok(()) => Ok(state.known),
        Err(error) => Err(state
            .trace
            .take_error()
            .unwrap_or_else(|| DecodeError::syntax(&state.trace, &error))),
    }
}

/// What one reading carries along.
struct State<'m> {
    mode: Mode<'m>,
    trace: Trace,
    /// How many members were known by name.
    known: usize,
    /// The names of the map members that are being read, one after the other: they are needed when one fails.
    keys: String,
}

impl<'m> State<'m> {
    fn new(mode: Mode<'m>) -> Self {
        Self {
            mode,
            trace: Trace::default(),
            known: 0,
            keys: String::new(),
        }
    }

    #[cold]
    fn reject<E: Error>(&mut self, mismatch: Mismatch, found: &Found<'_>) -> E {
        self.trace.mismatch(mismatch, found);
        E::custom("the value does not fit")
    }
}

/// The place that the next value goes to.
struct Place<'a, 'm> {
    slot: &'a mut dyn Decode,
    state: &'a mut State<'m>,
    /// The only value that fits in strict mode.
    constant: Option<&'static str>,
}

impl<'a, 'm> Place<'a, 'm> {
    fn new(slot: &'a mut dyn Decode, state: &'a mut State<'m>) -> Self {
        Self {
            slot,
            state,
            constant: None,
        }
    }

    fn scalar<E: Error>(mut self, scalar: Scalar<'_>) -> Result<(), E> {
        match (self.offer(scalar), scalar) {
            (Ok(()), _) => Ok(()),
            (Err(mismatch), Scalar::Text(text)) if self.state.mode.is_of_texts() => {
                self.text(text, mismatch)
            }
            (Err(mismatch), _) => Err(self.state.reject(mismatch, &Found::Scalar(scalar))),
        }
    }

    fn offer(&mut self, scalar: Scalar<'_>) -> Result<(), Mismatch> {
        match self.constant {
            Some(constant) if self.state.mode.is_strict() && !is_constant(scalar, constant) => {
                Err(Mismatch::expected(format!("the constant {constant:?}")))
            }
            _ => self.slot.scalar(scalar, self.state.mode),
        }
    }

    /// Takes a text that does not fit as it is for what else it can mean.
    #[cold]
    fn text<E: Error>(mut self, text: &str, mismatch: Mismatch) -> Result<(), E> {
        let mut meanings = texts::meanings(text);
        if meanings.any(|meaning| self.offer(meaning.scalar()).is_ok()) {
            return Ok(());
        }
        let Some(json) = texts::json(text, self.slot) else {
            return Err(self.state.reject(mismatch, &Found::Scalar(text.into())));
        };
        let of_texts = self.state.mode;
        self.state.mode = of_texts.to_json();
        let taken = Place::new(self.slot, self.state).deserialize(&json);
        self.state.mode = of_texts;
        taken.map_err(E::custom)
    }
}

/// Whether the scalar is the one that a description gives as `constant`. Its type is the slot's business.
fn is_constant(scalar: Scalar<'_>, constant: &str) -> bool {
    match scalar {
        Scalar::Text(text) => text == constant,
        Scalar::Bool(value) => constant == if value { "true" } else { "false" },
        Scalar::Integer(value) => constant.parse() == Ok(value),
        Scalar::Null | Scalar::Unsigned(_) | Scalar::Float(_) => false,
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.slot.expected())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar(Scalar::Null)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.scalar(Scalar::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(Scalar::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.scalar(Scalar::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.scalar(i64::try_from(value).map_or(Scalar::Unsigned(value), Scalar::Integer))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.scalar(Scalar::Float(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.scalar(Scalar::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<(), A::Error> {
        let Self { slot, state, .. } = self;
        let array = match slot.array() {
            Ok(array) => array,
            Err(mismatch) => return Err(state.reject(mismatch, &Found::Array)),
        };
        fill_array(elements, array, state)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self {
            slot,
            state,
            constant,
        } = self;
        let mut filled = Ok(None);
        let opened = slot.object(&mut |shape, slots, rest| {
            filled = Members {
                shape,
                slots,
                rest,
                state: &mut *state,
            }
            .fill(&mut members);
        });
        let number = match &opened {
            Ok(()) => filled?,
            // The object may be a number in disguise, which only its first member tells.
            Err(_) => number(&mut members)?,
        };
        if let Some(number) = number {
            return Place {
                slot,
                state,
                constant,
            }
            .scalar(number);
        }
        opened
            .and_then(|()| slot.close(state.mode))
            .map_err(|mismatch| state.reject(mismatch, &Found::Object))
    }
}

fn fill_array<'de, A: SeqAccess<'de>>(
    mut elements: A,
    array: &mut dyn Array,
    state: &mut State<'_>,
) -> Result<(), A::Error> {
    let mut index = 0;
    loop {
        match elements.next_element_seed(Element {
            index,
            array: &mut *array,
            state: &mut *state,
        }) {
            Ok(Some(())) => index += 1,
            Ok(None) => break,
            Err(error) => {
                state.trace.element(index);
                return Err(error);
            }
        }
    }
    array
        .finish(index, state.mode)
        .map_err(|mismatch| state.reject(mismatch, &Found::Array))
}

/// The next element of an array, whose place is made only if there is one.
struct Element<'a, 'm> {
    index: usize,
    array: &'a mut dyn Array,
    state: &'a mut State<'m>,
}

impl<'de> DeserializeSeed<'de> for Element<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.array.element(self.index) {
            Ok(slot) => Place::new(slot, self.state).deserialize(deserializer),
            Err(mismatch) => Err(self.state.reject(mismatch, &Found::Surplus)),
        }
    }
}
