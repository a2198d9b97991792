//! Forms (`application/x-www-form-urlencoded`) that are read into the types of a description.

use percent_encoding::percent_decode;
use serde_json::{Map, Value};

use super::driver::fill_from_value;
use super::{Decode, DecodeError, Mode};

/// How deep `name[key][key]` is taken apart; no description goes that far.
const DEEPEST: usize = 16;

/// Reads a value from a form: a list repeats its name, an object is `name[key]=value` or JSON text.
///
/// # Errors
/// The form does not fit the type. There is no text that is no form.
pub fn from_form<T: Decode>(body: &[u8]) -> Result<T, DecodeError> {
    let known = Known::of(&mut T::empty());
    let mut members = Map::new();
    for (name, text) in pairs(body) {
        known.add(&mut members, &name, text);
    }
    let mut value = T::empty();
    fill_from_value(&Value::Object(members), &mut value, Mode::TEXTS)?;
    Ok(value)
}

/// The pairs of a form, decoded, in order. What is no UTF-8 in it is replaced.
fn pairs(body: &[u8]) -> impl Iterator<Item = (String, String)> {
    let pairs = body.split(|&byte| byte == b'&');
    pairs.filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = match pair.iter().position(|&byte| byte == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &[][..]),
        };
        (decoded(name), decoded(value))
    })
}

fn decoded(text: &[u8]) -> String {
    let plus_as_space = |&byte: &u8| if byte == b'+' { b' ' } else { byte };
    let text: Vec<u8> = text.iter().map(plus_as_space).collect();
    percent_decode(&text).decode_utf8_lossy().into_owned()
}

/// The members that a type knows by name, each with whether it takes a list.
struct Known(Vec<(&'static str, bool)>);

impl Known {
    fn of(slot: &mut dyn Decode) -> Self {
        let mut known = Vec::new();
        if let Ok(object) = slot.object() {
            object.open(&mut |shape, slots, _| {
                let fields = shape.fields().iter().zip(slots.iter_mut());
                known.extend(fields.map(|(field, slot)| (field.name(), slot.array().is_ok())));
            });
        }
        Self(known)
    }

    fn find(&self, name: &str) -> Option<&(&'static str, bool)> {
        self.0.iter().find(|(known, _)| *known == name)
    }

    /// Adds a pair. Brackets in a name are a path only below a member that is known.
    fn add(&self, members: &mut Map<String, Value>, name: &str, text: String) {
        let path = match self.find(name) {
            Some(_) => None,
            None => path(name).filter(|(first, _)| self.find(first).is_some()),
        };
        if let Some((first, keys)) = path {
            let member = members.entry(first).or_insert(Value::Null);
            return insert(member, &keys, text);
        }
        let repeats = self.find(name).is_none_or(|(_, is_list)| *is_list);
        match members.get_mut(name) {
            // Of a member that has one value the last one counts, as it does in JSON.
            Some(member) if repeats => insert(member, &[""], text),
            _ => drop(members.insert(name.to_owned(), text.into())),
        }
    }
}

/// `name[key][key]` → the name and the keys.
fn path(name: &str) -> Option<(&str, Vec<&str>)> {
    let (first, rest) = name.split_once('[')?;
    let keys: Vec<&str> = rest.strip_suffix(']')?.split("][").collect();
    (keys.len() <= DEEPEST).then_some((first, keys))
}

/// Puts a text below a value: at a key of an object or at a place of a list. A key that is empty, or a number behind
/// the last place, is the next place.
fn insert(target: &mut Value, keys: &[&str], text: String) {
    let Some((key, rest)) = keys.split_first() else {
        *target = text.into();
        return;
    };
    let place = if key.is_empty() {
        Some(usize::MAX)
    } else {
        key.parse().ok()
    };
    if !matches!(
        (&*target, place),
        (Value::Object(_), _) | (Value::Array(_), Some(_))
    ) {
        let first = target.take();
        *target = match place {
            None => Value::Object(Map::new()),
            Some(_) if first.is_null() => Value::Array(Vec::new()),
            Some(_) => Value::Array(vec![first]),
        };
    }
    let member = match target {
        Value::Object(members) => Some(members.entry(*key).or_insert(Value::Null)),
        Value::Array(items) => {
            let place = place.unwrap_or(usize::MAX).min(items.len());
            if place == items.len() {
                items.push(Value::Null);
            }
            items.get_mut(place)
        }
        _ => None,
    };
    if let Some(member) = member {
        insert(member, rest, text);
    }
}
