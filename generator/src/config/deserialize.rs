//! Deserializes the spanned tree with serde. The structs of [`super::file`] are the only table of the keys, and every
//! mistake that serde finds gets a location.

use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::fault::Fault;
use super::located::NAME;
use crate::diagnostic::Diagnostics;
use crate::source::{Key, Member, Node, Value};
use crate::text::Span;

/// The maximum number of mistakes that are reported at once. For each of them the tree is deserialized again.
const MOST: usize = 100;

/// Deserializes a value from a tree. Serde stops at the first mistake, so the invalid part is removed and the rest is
/// deserialized again, until nothing is invalid or nothing is left.
pub(super) fn read<T: for<'de> Deserialize<'de>>(
    tree: &mut Node,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let mut removed = Vec::new();
    for _ in 0..MOST {
        let fault = match T::deserialize(Tree(tree)) {
            Ok(value) => return Some(value),
            Err(fault) => fault,
        };
        let wrong = fault.place.unwrap_or(tree.span);
        let meant = fault.meant().map(str::to_owned);
        // A key that is missing only because its entry was removed is not reported.
        if !fault.misses_one_of(&removed) {
            diagnostics.push(fault.diagnostic(tree.span));
        }
        let key = remove(tree, wrong)?;
        removed.push((meant.unwrap_or(key), wrong));
    }
    None
}

/// Removes the entries and elements at a location. Returns the key of the last removed entry (empty for an element), or
/// `None` if nothing is at that location.
fn remove(node: &mut Node, wrong: Span) -> Option<String> {
    let mut removed = None;
    match &mut node.value {
        Value::List(elements) => {
            let before = elements.len();
            elements.retain(|element| element.span != wrong);
            removed = (elements.len() < before).then(String::new);
            let below = elements.iter_mut();
            removed.or_else(|| below.filter_map(|element| remove(element, wrong)).last())
        }
        Value::Map(members) => {
            members.retain(|member| {
                let stays = member.key.span != wrong && member.value.span != wrong;
                if !stays {
                    removed = Some(member.key.text.to_string());
                }
                stays
            });
            let below = members.iter_mut().map(|member| &mut member.value);
            removed.or_else(|| below.filter_map(|value| remove(value, wrong)).last())
        }
        _ => None,
    }
}

/// A short span for a value: the first key of an object, otherwise the value.
fn mark(node: &Node) -> Span {
    let first = node.as_map().and_then(<[Member]>::first);
    first.map_or(node.span, |member| member.key.span)
}

fn unexpected(node: &Node) -> Unexpected<'_> {
    match &node.value {
        Value::Null => Unexpected::Unit,
        Value::Bool(value) => Unexpected::Bool(*value),
        Value::Number(text) | Value::String(text) => Unexpected::Str(text),
        Value::List(_) => Unexpected::Seq,
        Value::Map(_) => Unexpected::Map,
    }
}

/// Deserializes a newtype struct. [`super::located::Located`] gets the location of the value as well.
fn newtype<'de, D: Deserializer<'de, Error = Fault>, V: Visitor<'de>>(
    name: &str,
    span: Span,
    value: D,
    visitor: V,
) -> Result<V::Value, Fault> {
    if name == NAME {
        return visitor.visit_seq(Parts::new(span, value));
    }
    visitor.visit_newtype_struct(value)
}

/// A value of the tree.
struct Tree<'de>(&'de Node);

impl<'de> Deserializer<'de> for Tree<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let done = match &self.0.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(text) => match text.parse() {
                Ok(number) => visitor.visit_i64(number),
                Err(_) => visitor.visit_f64(text.parse().unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::List(elements) => visitor.visit_seq(Elements(elements.iter())),
            Value::Map(members) => visitor.visit_map(Members {
                rest: members.iter(),
                value: None,
            }),
        };
        done.map_err(|fault: Fault| fault.at(self.0.span, mark(self.0)))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        newtype(name, self.0.span, self, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let done = match self.0.as_str() {
            Some(text) => visitor.visit_enum(IntoDeserializer::<Fault>::into_deserializer(text)),
            None => Err(Fault::invalid_type(
                unexpected(self.0),
                &Fault::one_of(variants).as_str(),
            )),
        };
        done.map_err(|fault| fault.at(self.0.span, mark(self.0)))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// A key, which is a string with a location.
struct Name<'de>(&'de Key);

impl<'de> Deserializer<'de> for Name<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_borrowed_str(&self.0.text)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        newtype(name, self.0.span, self, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(StrDeserializer::new(&self.0.text))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct identifier ignored_any
    }
}

/// The elements of an array.
struct Elements<'de>(std::slice::Iter<'de, Node>);

impl<'de> SeqAccess<'de> for Elements<'de> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let next = self.0.next();
        next.map(|element| seed.deserialize(Tree(element)))
            .transpose()
    }
}

/// The entries of an object.
struct Members<'de> {
    rest: std::slice::Iter<'de, Member>,
    value: Option<&'de Node>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some(Member { key, value }) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        let read = seed.deserialize(Name(key)).map(Some);
        read.map_err(|fault| fault.at(key.span, key.span))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.value.take() {
            Some(value) => seed.deserialize(Tree(value)),
            None => Err(Fault::custom("a value without a key")),
        }
    }
}

/// The parts of a [`super::located::Located`]: the file, the start, the end and the value.
struct Parts<D> {
    numbers: std::array::IntoIter<u32, 3>,
    value: Option<D>,
}

impl<D> Parts<D> {
    fn new(span: Span, value: D) -> Self {
        Self {
            numbers: [span.file.0, span.start, span.end].into_iter(),
            value: Some(value),
        }
    }
}

impl<'de, D: Deserializer<'de, Error = Fault>> SeqAccess<'de> for Parts<D> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        if let Some(number) = self.numbers.next() {
            let number = IntoDeserializer::<Fault>::into_deserializer(number);
            return seed.deserialize(number).map(Some);
        }
        let value = self.value.take();
        value.map(|value| seed.deserialize(value)).transpose()
    }
}
