//! Encoding: views of values, and the serializer for them.

use std::fmt::Display;

use serde_core::Serializer;
use serde_core::ser::{Serialize, SerializeMap, SerializeSeq};
use serde_json::Value;

use super::{Scalar, ToSerde};
use crate::body::File;

/// A value that is encoded as JSON or as a parameter of a request.
pub trait Encode {
    /// Returns a view of the value.
    fn view(&self) -> View<'_>;

    /// Whether an optional property with this value is omitted.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A view of a value, for the serializers.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A signed integer.
    Integer(i64),
    /// An unsigned integer.
    Unsigned(u64),
    /// A number as text.
    Digits(&'a str),
    /// A floating-point number. NaN and infinity are written as null.
    Float(f64),
    /// A string.
    Text(&'a str),
    /// A string that is masked in messages.
    Secret(&'a str),
    /// A string that is formatted while it is written.
    Shown(&'a dyn Display),
    /// A string that is made while it is written.
    Formatted(&'a dyn ToText),
    /// A number that is made while it is written.
    Number(&'a dyn ToText),
    /// An array.
    List(&'a dyn ListView),
    /// An object.
    Object(&'a dyn ObjectView),
    /// Any JSON value.
    Json(&'a Value),
    /// A value that serde encodes.
    Serde(&'a dyn ToSerde),
    /// A file: a part of a multipart body, otherwise base64.
    File(&'a File),
}

/// A value that is formatted as a string or a number.
pub trait ToText {
    /// Returns the string, or the number in the format of JSON.
    fn to_text(&self) -> String;
}

/// The elements of an array.
pub trait ListView {
    /// Returns the number of elements.
    fn len(&self) -> usize;

    /// Whether there is no element.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Calls `item` for each element, in order.
    fn each(&self, item: &mut dyn FnMut(&dyn Encode));
}

/// The properties of an object.
pub trait ObjectView {
    /// Calls `property` for each property that is written, in order.
    fn each(&self, property: &mut dyn FnMut(&str, &dyn Encode));
}

/// Encodes a value as a JSON value, equal to the text of [`to_json`](super::to_json).
pub fn to_value(value: &dyn Encode) -> Value {
    serde_json::to_value(Bridge(value)).unwrap_or_default()
}

/// Encodes a value with any serde serializer. Each generated `Serialize` calls this.
///
/// # Errors
/// The serializer fails.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    Bridge(value).serialize(serializer)
}

/// Implements serde's trait for an [`Encode`].
struct Bridge<'a>(&'a dyn Encode);

impl Serialize for Bridge<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.view() {
            View::Bool(value) => serializer.serialize_bool(value),
            View::Integer(value) => serializer.serialize_i64(value),
            View::Unsigned(value) => serializer.serialize_u64(value),
            View::Digits(digits) => write_digits(digits, serializer),
            View::Float(value) if value.is_finite() => serializer.serialize_f64(value),
            View::Null | View::Float(_) => serializer.serialize_unit(),
            View::Text(text) | View::Secret(text) => serializer.serialize_str(text),
            View::Shown(value) => serializer.collect_str(value),
            View::Formatted(value) => serializer.serialize_str(&value.to_text()),
            View::Number(value) => write_digits(&value.to_text(), serializer),
            View::List(list) => write_list(list, serializer),
            View::Object(object) => write_object(object, serializer),
            View::Json(value) => value.serialize(serializer),
            View::Serde(value) => {
                let json = value.to_value().map_err(serde_core::ser::Error::custom)?;
                json.serialize(serializer)
            }
            View::File(file) => match file.base64() {
                Some(text) => serializer.serialize_str(&text),
                None => Err(serde_core::ser::Error::custom("the file is not in memory")),
            },
        }
    }
}

/// serde has no decimal numbers, so the nearest integer or `f64` is written.
fn write_digits<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let view = match Scalar::of_digits(digits) {
        Scalar::Integer(value) => View::Integer(value),
        Scalar::Unsigned(value) => View::Unsigned(value),
        Scalar::Float(value) => View::Float(value),
        Scalar::Null | Scalar::Bool(_) | Scalar::Text(_) => View::Null,
    };
    Bridge(&Viewed(view)).serialize(serializer)
}

/// A view as a value.
struct Viewed<'a>(View<'a>);

impl Encode for Viewed<'_> {
    fn view(&self) -> View<'_> {
        self.0
    }
}

fn write_list<S: Serializer>(list: &dyn ListView, serializer: S) -> Result<S::Ok, S::Error> {
    let mut sequence = serializer.serialize_seq(Some(list.len()))?;
    let mut written = Ok(());
    list.each(&mut |item| {
        if written.is_ok() {
            written = sequence.serialize_element(&Bridge(item));
        }
    });
    written?;
    sequence.end()
}

fn write_object<S: Serializer>(object: &dyn ObjectView, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut written = Ok(());
    object.each(&mut |name, value| {
        if written.is_ok() {
            written = map.serialize_entry(name, &Bridge(value));
        }
    });
    written?;
    map.end()
}
