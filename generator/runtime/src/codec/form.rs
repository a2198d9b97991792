//! Decodes forms (`application/x-www-form-urlencoded`).

use std::collections::HashMap;

use percent_encoding::percent_decode;
use serde_json::Value;

use super::decode::takes_object;
use super::driver::fill_from_value;
use super::{Decode, DecodeError, Mode};

/// The maximum number of pairs in a form, and of different keys in their names. Anyone can send a form before its
/// signature is checked, and each of them takes many times the memory of its text.
const MOST_PARTS: usize = 100_000;

/// The maximum depth of `name[key][key]`; no description goes that far.
const DEEPEST: usize = 16;

/// Decodes a value from a form: an array repeats its name, an object is `name[key]=value` or JSON text.
///
/// # Errors
/// The form does not fit the type, or has more than 100,000 pairs and keys. Any other text is a valid form.
pub fn from_form<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    let known = Known::of(&mut T::empty());
    let mut form = Below::default();
    let mut left = MOST_PARTS;
    for (name, value) in pairs(body) {
        let (name, text) = (decoded(name), decoded(value));
        let (first, keys) = known.path(&name).unwrap_or((&name, Vec::new()));
        let added = form.at(first).0.add(&keys, text);
        left = left.checked_sub(1 + added).ok_or_else(|| {
            let expected = format!("a form of at most {MOST_PARTS} pairs and keys");
            DecodeError::surplus(expected)
        })?;
    }
    let properties = form.keys.into_iter().map(|(name, below)| {
        let value = known.value(&name, below);
        (name, value)
    });
    let mut value = T::empty();
    fill_from_value(
        &Value::Object(properties.collect()),
        &mut value,
        Mode::TEXTS,
    )?;
    Ok(value)
}

/// Returns the encoded pairs of a form, in order.
fn pairs(body: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let pairs = body.split(|&byte| byte == b'&');
    pairs.filter(|pair| !pair.is_empty()).map(|pair| {
        match pair.iter().position(|&byte| byte == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &[][..]),
        }
    })
}

/// Decodes a name or value. Bytes that are not UTF-8 are replaced by U+FFFD.
fn decoded(text: &[u8]) -> String {
    let plus_as_space = |&byte: &u8| if byte == b'+' { b' ' } else { byte };
    let text: Vec<u8> = text.iter().map(plus_as_space).collect();
    percent_decode(&text).decode_utf8_lossy().into_owned()
}

/// The JSON types of a property.
#[derive(Clone, Copy)]
struct Takes {
    list: bool,
    object: bool,
}

/// The properties that the type has fields for.
struct Known(HashMap<&'static str, Takes>);

impl Known {
    fn of(slot: &mut dyn Decode) -> Self {
        let mut known = HashMap::new();
        // A type that is not an object has none.
        let _ = slot.object(&mut |shape, slots, _| {
            let fields = shape.fields().iter().zip(slots.iter_mut());
            known.extend(fields.map(|(field, slot)| {
                let takes = Takes {
                    list: slot.array().is_ok(),
                    object: takes_object(*slot),
                };
                (field.name(), takes)
            }));
        });
        Self(known)
    }

    fn find(&self, name: &str) -> Option<Takes> {
        self.0.get(name).copied()
    }

    /// Splits `name[key][key]` into the name and the keys. If the type has fields, only below one of them.
    fn path<'n>(&self, name: &'n str) -> Option<(&'n str, Vec<&'n str>)> {
        let (first, rest) = name.split_once('[')?;
        let keys: Vec<&str> = rest.strip_suffix(']')?.split("][").collect();
        let is_path =
            self.find(name).is_none() && (self.0.is_empty() || self.find(first).is_some());
        (is_path && keys.len() <= DEEPEST).then_some((first, keys))
    }

    /// Returns the value of a property. If a property that is not an array is repeated, the last value counts, as in
    /// JSON.
    fn value(&self, name: &str, mut below: Below) -> Value {
        match self.find(name) {
            Some(takes) if below.keys.is_empty() && !takes.list => {
                below.texts.pop().map_or(Value::Null, Value::from)
            }
            takes => below.value(takes),
        }
    }
}

/// The content of a name: its own values, and those with a key, in order.
#[derive(Default)]
struct Below {
    texts: Vec<String>,
    keys: Vec<(String, Below)>,
    /// The index in `keys` of each key that is not empty.
    places: HashMap<String, usize>,
}

impl Below {
    /// Returns the content of a key, and whether the key is new. Each empty key is a new one.
    fn at(&mut self, key: &str) -> (&mut Below, bool) {
        let next = self.keys.len();
        let place = match self.places.get(key) {
            Some(known) => *known,
            None if key.is_empty() => next,
            None => *self.places.entry(key.to_owned()).or_insert(next),
        };
        if place == next {
            self.keys.push((key.to_owned(), Self::default()));
        }
        (&mut self.keys[place].1, place == next)
    }

    /// Adds a value, and returns how many of its keys are new.
    fn add(&mut self, keys: &[&str], text: String) -> usize {
        let Some((key, rest)) = keys.split_first() else {
            self.texts.push(text);
            return 0;
        };
        let (below, is_new) = self.at(key);
        usize::from(is_new) + below.add(rest, text)
    }

    /// Converts the content to JSON: to an array if the property can only be one, or otherwise if the keys count from
    /// 0.
    fn value(mut self, takes: Option<Takes>) -> Value {
        if self.keys.is_empty() && self.texts.len() == 1 {
            return self.texts.pop().map_or(Value::Null, Value::from);
        }
        let is_list = match takes {
            Some(Takes { list, object }) if list != object => {
                list && self.keys.iter().all(is_place)
            }
            _ => self.counts(),
        };
        let texts = self.texts.into_iter().map(Value::from);
        if is_list {
            // Keys that are not numbers come last.
            self.keys
                .sort_by_key(|(key, _)| key.parse::<usize>().unwrap_or(usize::MAX));
            let items = self.keys.into_iter().map(|(_, below)| below.value(None));
            return Value::Array(texts.chain(items).collect());
        }
        let own = texts.map(|text| (String::new(), text));
        let keys = self
            .keys
            .into_iter()
            .map(|(key, below)| (key, below.value(None)));
        Value::Object(own.chain(keys).collect())
    }

    /// Whether the keys are the indices of an array: empty, or counting from 0.
    fn counts(&self) -> bool {
        let is_next = |(place, (key, _)): (usize, &(String, Below))| {
            key.is_empty() || *key == place.to_string()
        };
        self.keys.iter().enumerate().all(is_next)
    }
}

fn is_place((key, _): &(String, Below)) -> bool {
    key.is_empty() || key.parse::<usize>().is_ok()
}
