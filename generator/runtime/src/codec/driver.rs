//! The visitor that decodes every type, from any serde deserializer.

use std::fmt;

use serde_core::Deserialize;
use serde_core::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::error::{Found, Trace};
use super::properties::{Properties, number};
use super::repair::repaired;
use super::strings;
use super::{Array, Decode, DecodeError, Mismatch, Mode, Scalar, Walk};

/// Decodes a value from JSON text.
///
/// # Errors
/// The text is not valid JSON, or does not fit the type.
pub fn from_json<T: Decode>(text: &[u8]) -> Result<T, DecodeError> {
    let mut value = T::empty();
    fill_json(text, &mut value, T::wants_digits())?;
    Ok(value)
}

/// Decodes the value of an empty body: as null, or as `{}` if the type does not accept null.
///
/// # Errors
/// The type accepts neither.
pub(crate) fn from_nothing<T: Decode>() -> Result<T, DecodeError> {
    from_json(b"null").or_else(|_| from_json(b"{}"))
}

/// Decodes a value from a JSON value.
///
/// # Errors
/// The JSON value does not fit the type.
pub fn from_value<T: Decode>(json: &Value) -> Result<T, DecodeError> {
    let mut value = T::empty();
    fill_from_value(json, &mut value, Mode::LENIENT)?;
    Ok(value)
}

/// Decodes a value with any serde deserializer. Each generated `Deserialize` calls this.
///
/// # Errors
/// The deserializer fails, or its value does not fit the type.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::empty();
    fill(deserializer, &mut value)?;
    Ok(value)
}

fn fill<'de, D: Deserializer<'de>>(deserializer: D, slot: &mut dyn Decode) -> Result<(), D::Error> {
    let mut state = State::new(Mode::LENIENT);
    Target::new(slot, &mut state)
        .deserialize(deserializer)
        .map_err(|error| match state.trace.take_error() {
            Some(error) => D::Error::custom(error),
            None => error,
        })
}

/// Decodes JSON text into `slot`. After an error, a JSON value in `slot` contains everything that was decoded before
/// it.
pub(crate) fn fill_from_json(text: &[u8], slot: &mut dyn Decode) -> Result<(), DecodeError> {
    fill_json(text, slot, false)
}

fn fill_json(text: &[u8], slot: &mut dyn Decode, digits: bool) -> Result<(), DecodeError> {
    // Some servers send a byte order mark, which is not part of JSON.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    match fill_from_text(text, slot, digits) {
        Err(error) if error.is_syntax() => {
            let Some(text) = repaired(text) else {
                return Err(error);
            };
            slot.reset();
            // If that is not JSON either, the error is about the original text.
            fill_from_text(&text, slot, digits)
                .map_err(|again| if again.is_syntax() { error } else { again })
        }
        filled => filled,
    }
}

fn fill_from_text(text: &[u8], slot: &mut dyn Decode, digits: bool) -> Result<(), DecodeError> {
    let mut state = State::new(Mode::LENIENT);
    state.has_text = true;
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    Target::new(slot, &mut state)
        .with_digits(digits)
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| {
            state
                .trace
                .take_error()
                .unwrap_or_else(|| DecodeError::syntax(&state.trace, &error))
        })
}

/// Decodes a JSON value into `slot`.
pub(super) fn fill_from_value(
    json: &Value,
    slot: &mut dyn Decode,
    mode: Mode,
) -> Result<(), DecodeError> {
    Walk::new(mode).read(json, slot)
}

/// The state of one decoding.
pub(super) struct State {
    pub(super) mode: Mode,
    pub(super) trace: Trace,
    /// Whether the JSON text of each value is available.
    has_text: bool,
    /// Whether only success or failure counts, so that errors need no message.
    pub(super) quiet: bool,
    /// The names of the map entries that are being decoded, concatenated from the outermost on. An error reports them.
    pub(super) keys: String,
}

impl State {
    pub(super) fn new(mode: Mode) -> Self {
        Self {
            mode,
            has_text: false,
            trace: Trace::default(),
            quiet: false,
            keys: String::new(),
        }
    }

    #[cold]
    pub(super) fn reject<E: Error>(&mut self, mismatch: Mismatch, found: &Found<'_>) -> E {
        if !self.quiet {
            self.trace.mismatch(mismatch, found);
        }
        E::custom("the value does not fit")
    }

    #[cold]
    pub(super) fn property(&mut self, name: &str) {
        if !self.quiet {
            self.trace.property(name);
        }
    }

    #[cold]
    pub(super) fn element(&mut self, index: usize) {
        if !self.quiet {
            self.trace.element(index);
        }
    }

    #[cold]
    pub(super) fn missing<E: Error>(&mut self, name: &'static str) -> E {
        if !self.quiet {
            self.trace.missing(name);
        }
        E::custom("a property is missing")
    }
}

/// The value to decode into, with the state.
pub(super) struct Target<'a> {
    pub(super) slot: &'a mut dyn Decode,
    pub(super) state: &'a mut State,
    /// The constant of the property: the only value that fits in strict mode.
    pub(super) constant: Option<&'static str>,
    /// Whether numbers are decoded by [`Decode::digits`].
    pub(super) digits: bool,
}

impl<'a> Target<'a> {
    pub(super) fn new(slot: &'a mut dyn Decode, state: &'a mut State) -> Self {
        Self {
            slot,
            state,
            constant: None,
            digits: false,
        }
    }

    /// Decodes numbers by their digits, if that is `wanted` and the JSON text is available.
    pub(super) fn with_digits(self, wanted: bool) -> Self {
        let digits = wanted && self.state.has_text;
        Self { digits, ..self }
    }

    /// Decodes the text of a number.
    fn number<E: Error>(self, digits: &str) -> Result<(), E> {
        let number = Scalar::of_digits(digits);
        if self.constant.is_some() {
            return self.scalar(number);
        }
        match self.slot.digits(digits, self.state.mode) {
            Ok(()) => Ok(()),
            Err(mismatch) => Err(self.state.reject(mismatch, &Found::Scalar(number))),
        }
    }

    /// Decodes a value from its JSON text.
    fn raw<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let raw = <Box<RawValue>>::deserialize(deserializer)?;
        let text = raw.get();
        if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            return self.number(text);
        }
        let place = Self {
            digits: false,
            ..self
        };
        place
            .deserialize(&mut serde_json::Deserializer::from_str(text))
            .map_err(D::Error::custom)
    }

    pub(super) fn scalar<E: Error>(mut self, scalar: Scalar<'_>) -> Result<(), E> {
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

    /// Decodes a string that does not fit as it is: by another meaning of it, or as JSON.
    #[cold]
    fn text<E: Error>(mut self, text: &str, mismatch: Mismatch) -> Result<(), E> {
        let mut meanings = strings::meanings(text);
        if meanings.any(|meaning| self.offer(meaning.scalar()).is_ok()) {
            return Ok(());
        }
        let Some(json) = strings::json(text, self.slot) else {
            return Err(self.state.reject(mismatch, &Found::Scalar(text.into())));
        };
        let mut walk = Walk::new(self.state.mode.to_json());
        let taken = walk.fill(&json, self.slot);
        self.state.trace = walk.into_trace();
        taken.map_err(E::custom)
    }
}

/// Whether the scalar is the constant. Whether it has the right type is checked by the slot.
fn is_constant(scalar: Scalar<'_>, constant: &str) -> bool {
    match scalar {
        Scalar::Text(text) => text == constant,
        Scalar::Bool(value) => constant == if value { "true" } else { "false" },
        Scalar::Integer(value) => constant.parse() == Ok(value),
        Scalar::Null | Scalar::Unsigned(_) | Scalar::Float(_) => false,
    }
}

impl<'de> DeserializeSeed<'de> for Target<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.digits {
            return self.raw(deserializer);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Target<'_> {
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
        let mismatch = match slot.array() {
            Ok(array) => return fill_array(elements, array, state),
            Err(mismatch) => mismatch,
        };
        let taken = match slot.by_serde() {
            Some(slot) => slot.take(&Value::deserialize(SeqAccessDeserializer::new(elements))?),
            None => Err(mismatch),
        };
        taken.map_err(|mismatch| state.reject(mismatch, &Found::Array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut properties: A) -> Result<(), A::Error> {
        let Self {
            slot,
            state,
            constant,
            digits,
        } = self;
        let mut filled = Ok(None);
        let opened = slot.object(&mut |shape, slots, rest| {
            filled = Properties {
                shape,
                slots,
                rest,
                state: &mut *state,
            }
            .fill(&mut properties);
        });
        if opened.is_err()
            && let Some(slot) = slot.by_serde()
        {
            let json = Value::deserialize(MapAccessDeserializer::new(properties))?;
            let taken = slot.take(&json);
            return taken.map_err(|mismatch| state.reject(mismatch, &Found::of(&json)));
        }
        let number = match &opened {
            Ok(()) => filled?,
            // The object may represent a number, see [`NUMBER_PROPERTY`](super::properties::NUMBER_PROPERTY); its first
            // property decides.
            Err(_) => number(&mut properties)?,
        };
        if let Some(number) = number {
            return Target {
                slot,
                state,
                constant,
                digits,
            }
            .number(&number);
        }
        opened
            .and_then(|()| slot.close(state.mode))
            .map_err(|mismatch| state.reject(mismatch, &Found::Object))
    }
}

fn fill_array<'de, A: SeqAccess<'de>>(
    mut elements: A,
    array: &mut dyn Array,
    state: &mut State,
) -> Result<(), A::Error> {
    let mut index = 0;
    let digits = array.of_digits();
    loop {
        match elements.next_element_seed(Element {
            index,
            digits,
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

/// The seed of the next element of an array. The element is created only if there is one.
struct Element<'a> {
    index: usize,
    digits: bool,
    array: &'a mut dyn Array,
    state: &'a mut State,
}

impl<'de> DeserializeSeed<'de> for Element<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.array.element(self.index) {
            Ok(slot) => Target::new(slot, self.state)
                .with_digits(self.digits)
                .deserialize(deserializer),
            Err(mismatch) => Err(self.state.reject(mismatch, &Found::Surplus)),
        }
    }
}
