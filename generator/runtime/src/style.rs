//! Serializes parameters in the styles of descriptions, from any [`Encode`].
//!
//! The formats are those of the table "Style Examples" of the specification (3.1.1). Where the table is silent: absent
//! and null values, empty arrays and empty objects are omitted, as RFC 6570 omits undefined values. An array inside of
//! an exploded object repeats the name of its property (`sort=name&sort=id`), which is what servers parse that have such
//! objects, those of Spring first of all. Any other array or object inside of another one is written as JSON.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use crate::codec::{Encode, View, to_json};
use crate::header::is_cookie_value;
use crate::url::{push_encoded, push_form, push_path, push_query, push_reserved, stays_in_place};

/// The style of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `a,b`: paths and headers.
    Simple,
    /// `.a.b`: paths.
    Label,
    /// `;name=a;name=b`: paths.
    Matrix,
    /// `name=a&name=b`: queries, forms and cookies.
    Form,
    /// `name=a%20b`: queries.
    SpaceDelimited,
    /// `name=a%7Cb`: queries.
    PipeDelimited,
    /// `name=a%09b`: queries.
    TabDelimited,
    /// `name%5Bkey%5D=value` for each level of an object, and `name%5B0%5D%5Bkey%5D=value` for the elements of an
    /// array: queries. The specification does not define arrays in this style; this is the format that servers parse.
    DeepObject,
}

/// The initial capacity for the pairs of a query or a form.
const FIRST_PAIRS: usize = 64;

/// Appends a text in the encoding of its location.
type Push = fn(&mut String, &str);

/// Appends a text as it is: headers are not percent-encoded.
fn push_plain(target: &mut String, text: &str) {
    target.push_str(text);
}

/// A value as text, without nested arrays and objects.
enum Flat<'v> {
    Absent,
    Scalar(Cow<'v, str>),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Flat<'_> {
    fn into_owned(self) -> Flat<'static> {
        match self {
            Self::Absent => Flat::Absent,
            Self::Scalar(text) => Flat::Scalar(text.into_owned().into()),
            Self::List(items) => Flat::List(items),
            Self::Object(properties) => Flat::Object(properties),
        }
    }
}

fn flat(value: &dyn Encode) -> Flat<'_> {
    if value.is_absent() {
        return Flat::Absent;
    }
    let view = value.view();
    if let View::Serde(value) = view {
        return flat(&value.to_value().unwrap_or_default()).into_owned();
    }
    if let Some(text) = scalar(&view) {
        return Flat::Scalar(text);
    }
    let mut items = Vec::new();
    let mut properties = Vec::new();
    match view {
        View::List(list) => list.each(&mut |item| items.extend(part(item))),
        View::Object(object) => object.each(&mut |name, value| {
            properties.extend(part(value).map(|text| (name.to_owned(), text)));
        }),
        View::Json(Value::Array(list)) => items.extend(list.iter().filter_map(|item| part(item))),
        View::Json(Value::Object(object)) => {
            properties.extend(
                object
                    .iter()
                    .filter_map(|(name, value)| Some((name.clone(), part(value)?))),
            );
        }
        _ => return Flat::Absent,
    }
    if !items.is_empty() {
        Flat::List(items)
    } else if !properties.is_empty() {
        Flat::Object(properties)
    } else {
        Flat::Absent
    }
}

/// Returns the text of a scalar; `None` for null, arrays and objects.
pub(crate) fn scalar<'v>(view: &View<'v>) -> Option<Cow<'v, str>> {
    Some(match view {
        View::Bool(value) | View::Json(Value::Bool(value)) => value.to_string().into(),
        View::Integer(value) => value.to_string().into(),
        View::Unsigned(value) => value.to_string().into(),
        View::Digits(digits) => (*digits).into(),
        View::Float(value) => value.to_string().into(),
        View::Text(text) | View::Secret(text) => (*text).into(),
        View::Shown(text) => text.to_string().into(),
        View::Formatted(value) | View::Number(value) => value.to_text().into(),
        View::Json(Value::Number(number)) => number.to_string().into(),
        View::Json(Value::String(text)) => text.as_str().into(),
        View::File(file) => file.base64()?.into(),
        View::Serde(value) => {
            let json = value.to_value().ok()?;
            scalar(&View::Json(&json))?.into_owned().into()
        }
        View::Null | View::List(_) | View::Object(_) | View::Json(_) => return None,
    })
}

/// Returns the text of an element or a property; `None` if it is absent or null.
fn part(value: &dyn Encode) -> Option<String> {
    if value.is_absent() {
        return None;
    }
    match value.view() {
        View::Null | View::Json(Value::Null) => None,
        View::Serde(value) => part(&value.to_value().ok()?),
        view => Some(match scalar(&view) {
            Some(text) => text.into_owned(),
            None => json_text(value),
        }),
    }
}

/// Returns the JSON text of a value.
pub(crate) fn json_text(value: &dyn Encode) -> String {
    String::from_utf8(to_json(value)).unwrap_or_default()
}

/// Returns an encoded path value; empty if the value is absent.
pub(crate) fn path_value(style: Style, explode: bool, name: &str, value: &dyn Encode) -> String {
    path_text(style, explode, name, value, push_encoded)
}

/// Returns a path value in which the reserved characters of a path, including slashes, are not encoded; `None` if it
/// has a segment that leads to another path.
pub(crate) fn path_reserved(
    style: Style,
    explode: bool,
    name: &str,
    value: &dyn Encode,
) -> Option<String> {
    let text = path_text(style, explode, name, value, push_path);
    stays_in_place(&text).then_some(text)
}

fn path_text(style: Style, explode: bool, name: &str, value: &dyn Encode, push: Push) -> String {
    let mut text = String::new();
    match style {
        Style::Label => {
            let between = if explode { "." } else { "," };
            text.push('.');
            joined(&mut text, &flat(value), between, explode, push);
        }
        Style::Matrix => matrix(&mut text, name, &flat(value), explode, push),
        _ => joined(&mut text, &flat(value), ",", explode, push),
    }
    text
}

/// Returns a header value, which is not encoded; `None` if the header is omitted.
pub(crate) fn header_value(explode: bool, value: &dyn Encode) -> Option<String> {
    let flat = flat(value);
    if matches!(flat, Flat::Absent) {
        return None;
    }
    let mut text = String::new();
    joined(&mut text, &flat, ",", explode, push_plain);
    Some(text)
}

/// The target of `name=value` pairs, and their encoding.
pub(crate) struct Pairs<'t> {
    target: &'t mut String,
    /// `&`, or `; ` between cookies.
    separator: &'static str,
    /// The encoding of names, in which a reserved character would change the meaning of the query.
    name: Push,
    value: Push,
}

impl<'t> Pairs<'t> {
    pub(crate) fn query(target: &'t mut String) -> Self {
        Self {
            target,
            separator: "&",
            name: push_encoded,
            value: push_encoded,
        }
    }

    pub(crate) fn reserved(target: &'t mut String) -> Self {
        Self {
            value: push_reserved,
            ..Self::query(target)
        }
    }

    pub(crate) fn form(target: &'t mut String) -> Self {
        Self {
            name: push_form,
            value: push_form,
            ..Self::query(target)
        }
    }

    /// Returns the target for cookies that are not encoded, after [`cookie_octets`] has checked them.
    fn plain_cookies(target: &'t mut String) -> Self {
        Self {
            name: push_plain,
            value: push_plain,
            ..Self::cookies(target)
        }
    }

    pub(crate) fn cookies(target: &'t mut String) -> Self {
        Self {
            separator: "; ",
            ..Self::query(target)
        }
    }

    /// Adds a parameter in a style for queries.
    pub(crate) fn add(&mut self, style: Style, explode: bool, name: &str, value: &dyn Encode) {
        let delimiter = match style {
            Style::DeepObject => return self.deep(name, value),
            Style::SpaceDelimited => "%20",
            Style::PipeDelimited => "%7C",
            Style::TabDelimited => "%09",
            _ => ",",
        };
        if let View::Integer(number) = value.view() {
            self.name(name);
            let _ = write!(self.target, "{number}"); // No number is encoded, and this cannot fail.
            return;
        }
        if explode && is_object(value) {
            return properties_of(value, &mut |name, value| self.add_field(name, value));
        }
        match flat(value) {
            Flat::Absent => {}
            Flat::Scalar(text) => self.pair(name, &text),
            Flat::List(items) if explode => {
                for item in items {
                    self.pair(name, &item);
                }
            }
            flat => {
                self.name(name);
                joined(self.target, &flat, delimiter, false, self.value);
            }
        }
    }

    /// Adds the properties of an object as pairs, in the style listed for them, or a string as it is.
    pub(crate) fn whole(&mut self, value: &dyn Encode, styles: &[(&str, Style, bool)]) {
        match flat(value) {
            Flat::Absent => {}
            Flat::Scalar(text) => push_query(self.target, &text),
            Flat::List(_) => (self.value)(self.target, &json_text(value)),
            Flat::Object(_) => properties_of(value, &mut |name, value| match styles
                .iter()
                .find(|(styled, ..)| *styled == name)
            {
                Some((_, style, explode)) => self.add(*style, *explode, name, value),
                None => self.add_field(name, value),
            }),
        }
    }

    /// Adds a field of a form without a described style: an array repeats its name, an object is JSON.
    pub(crate) fn add_field(&mut self, name: &str, value: &dyn Encode) {
        if is_object(value) {
            self.pair(name, &json_text(value));
        } else {
            self.add(Style::Form, true, name, value);
        }
    }

    pub(crate) fn pair(&mut self, name: &str, value: &str) {
        self.name(name);
        (self.value)(self.target, value);
    }

    fn name(&mut self, name: &str) {
        // Reserves space for this pair and a few more.
        if self.target.capacity() == 0 {
            self.target.reserve(FIRST_PAIRS);
        }
        if !self.target.is_empty() {
            self.target.push_str(self.separator);
        }
        (self.name)(self.target, name);
        self.target.push('=');
    }

    fn deep(&mut self, name: &str, value: &dyn Encode) {
        deep(name, value, &mut |name, text| self.pair(name, text));
    }
}

/// Calls `pair` for `name[key]` and `name[0]`, for each level of the value.
fn deep(name: &str, value: &dyn Encode, pair: &mut dyn FnMut(&str, &str)) {
    if value.is_absent() {
        return;
    }
    let view = value.view();
    if let Some(text) = scalar(&view) {
        return pair(name, &text);
    }
    let mut index = 0_usize;
    let mut item = |item: &dyn Encode| {
        deep(&format!("{name}[{index}]"), item, pair);
        index += 1;
    };
    match view {
        View::List(list) => list.each(&mut item),
        View::Json(Value::Array(items)) => items.iter().for_each(|value| item(value)),
        _ => properties_of(value, &mut |key, value| {
            deep(&format!("{name}[{key}]"), value, pair);
        }),
    }
}

/// Adds a cookie in the style `cookie`, without encoding it. Fails if a cookie cannot contain the value.
pub(crate) fn cookie_octets(
    cookies: &mut String,
    explode: bool,
    name: &str,
    value: &dyn Encode,
) -> Result<(), String> {
    let fits = |text: &String| is_cookie_value(text);
    let fits = match flat(value) {
        Flat::Absent => true,
        Flat::Scalar(text) => is_cookie_value(&text),
        Flat::List(items) => items.iter().all(fits),
        // The names of exploded properties become cookie names.
        Flat::Object(properties) => properties
            .iter()
            .all(|(name, value)| fits(value) && fits(name) && !name.contains('=')),
    };
    if !fits {
        return Err(format!(
            "the cookie `{name}` has a character that is not allowed in a cookie"
        ));
    }
    Pairs::plain_cookies(cookies).add(Style::Form, explode, name, value);
    Ok(())
}

/// Calls `property` for each property of an object.
pub(crate) fn properties_of(value: &dyn Encode, property: &mut dyn FnMut(&str, &dyn Encode)) {
    match value.view() {
        View::Object(object) => object.each(property),
        View::Json(Value::Object(object)) => {
            for (name, value) in object {
                property(name, value);
            }
        }
        View::Serde(value) => properties_of(&value.to_value().unwrap_or_default(), property),
        _ => {}
    }
}

/// Whether a value is an object that is not absent.
fn is_object(value: &dyn Encode) -> bool {
    !value.is_absent()
        && match value.view() {
            View::Serde(value) => value.to_value().is_ok_and(|value| value.is_object()),
            view => matches!(view, View::Object(_) | View::Json(Value::Object(_))),
        }
}

/// Returns the pairs of a value in a style for queries, without encoding: parts of a multipart body.
pub(crate) fn pairs(
    style: Style,
    explode: bool,
    name: &str,
    value: &dyn Encode,
) -> Vec<(String, String)> {
    let one = |text: String| vec![(name.to_owned(), text)];
    let delimiter = match style {
        Style::DeepObject => {
            let mut pairs = Vec::new();
            deep(name, value, &mut |name, text| {
                pairs.push((name.to_owned(), text.to_owned()));
            });
            return pairs;
        }
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        Style::TabDelimited => "\t",
        _ => ",",
    };
    if explode && is_object(value) {
        let mut all = Vec::new();
        properties_of(value, &mut |name, value| {
            if is_object(value) {
                all.push((name.to_owned(), json_text(value)));
            } else {
                all.extend(pairs(Style::Form, true, name, value));
            }
        });
        return all;
    }
    match flat(value) {
        Flat::Absent => Vec::new(),
        Flat::Scalar(text) => one(text.into_owned()),
        Flat::List(items) if explode => items
            .into_iter()
            .map(|item| (name.to_owned(), item))
            .collect(),
        flat => {
            let mut text = String::new();
            joined(&mut text, &flat, delimiter, false, push_plain);
            one(text)
        }
    }
}

/// Appends `a,b`, `k,v,k,v` or, exploded, `k=v,k=v`.
fn joined(target: &mut String, flat: &Flat<'_>, between: &str, explode: bool, push: Push) {
    match flat {
        Flat::Absent => {}
        Flat::Scalar(text) => push(target, text),
        Flat::List(items) => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    target.push_str(between);
                }
                push(target, item);
            }
        }
        Flat::Object(properties) => {
            for (index, (name, value)) in properties.iter().enumerate() {
                if index > 0 {
                    target.push_str(between);
                }
                push(target, name);
                target.push_str(if explode { "=" } else { between });
                push(target, value);
            }
        }
    }
}

fn matrix(target: &mut String, name: &str, flat: &Flat<'_>, explode: bool, push: Push) {
    let mut pair = |name: &str, value: &str| {
        target.push(';');
        push_encoded(target, name);
        if !value.is_empty() {
            target.push('=');
            push(target, value);
        }
    };
    match flat {
        Flat::Absent => {}
        Flat::Scalar(text) => pair(name, text),
        Flat::List(items) if explode => items.iter().for_each(|item| pair(name, item)),
        Flat::Object(properties) if explode => {
            for (name, value) in properties {
                pair(name, value);
            }
        }
        flat => {
            target.push(';');
            push_encoded(target, name);
            target.push('=');
            joined(target, flat, ",", false, push);
        }
    }
}

#[cfg(test)]
mod tests;
