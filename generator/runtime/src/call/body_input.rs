//! The body of a request, built from the inputs of a call.

use std::borrow::Cow;

use http::header::{CONTENT_TYPE, HeaderValue};

use super::Request;
use super::media::{essence, is_json};
use super::multipart::{Multipart, PartEncoding, boundary};
use crate::body::RequestBody;
use crate::codec::{Encode, View, from_json, to_json};
use crate::error::Error;
use crate::header::{self, HeaderList};
use crate::style::{Pairs, Style, json_text, properties_of};
use crate::value::{Json, Map};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// The inputs of the body, by its format.
#[derive(Clone)]
pub(super) enum BodyInput {
    None,
    /// A finished body.
    Whole(RequestBody),
    /// The properties of a JSON object, each with its JSON text.
    Properties(Vec<(Cow<'static, str>, Vec<u8>)>),
    /// The fields of a form, encoded.
    Form(String),
    /// The parts of a multipart body.
    Parts(Multipart),
}

impl BodyInput {
    /// Returns the body to send. A multipart body gets a new random boundary, which its content type names.
    ///
    /// # Errors
    /// The random number generator of the system failed.
    pub(super) fn ready(self, headers: &mut HeaderList) -> Result<RequestBody, Error> {
        Ok(match self {
            Self::None => RequestBody::Empty,
            Self::Whole(body) => body,
            Self::Properties(properties) => object(&properties).into(),
            Self::Form(pairs) => pairs.into(),
            Self::Parts(parts) => {
                let boundary = boundary()?;
                if let Ok(value) = HeaderValue::try_from(parts.content_type(&boundary)) {
                    headers.insert(CONTENT_TYPE, value);
                }
                parts.to_body(&boundary)
            }
        })
    }
}

/// The message for a property that is added to another kind of body.
const NO_OBJECT: &str = "the body is not a JSON object, so no property can be added";

/// Splits the JSON text of an object into its properties.
fn properties(text: &[u8]) -> Option<Vec<(Cow<'static, str>, Vec<u8>)>> {
    let properties: Map<Json> = from_json(text).ok()?;
    let texts = properties
        .into_iter()
        .map(|(name, value)| (name.into(), to_json(&value)));
    Some(texts.collect())
}

fn object(properties: &[(Cow<'static, str>, Vec<u8>)]) -> Vec<u8> {
    let length: usize = properties
        .iter()
        .map(|(name, value)| name.len() + value.len() + 4)
        .sum();
    let mut text = Vec::with_capacity(length + 2);
    text.push(b'{');
    for (index, (name, value)) in properties.iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        text.extend(to_json(&name.as_ref()));
        text.push(b':');
        text.extend(value);
    }
    text.push(b'}');
    text
}

impl Request {
    /// Makes the value the JSON body.
    pub fn body(self, value: &dyn Encode) -> Self {
        self.body_as(JSON, value)
    }

    /// Makes the value the JSON body with another media type, such as `application/merge-patch+json`.
    pub fn body_as(self, content_type: &str, value: &dyn Encode) -> Self {
        self.noting(value).bytes(content_type, to_json(value))
    }

    /// Sets a property of a JSON object body. A second value with the same name replaces the first.
    pub fn property(self, name: impl Into<Cow<'static, str>>, value: &dyn Encode) -> Self {
        let mut request = self.noting(value).properties();
        if let BodyInput::Properties(properties) = &mut request.0.body {
            let (name, text) = (name.into(), to_json(value));
            match properties.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = text,
                None => properties.push((name, text)),
            }
        }
        request
    }

    /// The former name of [`property`](Self::property).
    #[deprecated(note = "renamed to `property`")]
    #[doc(hidden)]
    pub fn member(self, name: impl Into<Cow<'static, str>>, value: &dyn Encode) -> Self {
        self.property(name, value)
    }

    /// Sets a property of a JSON object body, also of one that is already serialized: its JSON text is then split into
    /// its properties.
    pub fn extra_property(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: &dyn Encode,
    ) -> Self {
        if let BodyInput::Whole(whole) = &self.0.body {
            let content_type = self.0.prepared.headers.get(&CONTENT_TYPE);
            let is_json = content_type
                .is_some_and(|value| is_json(&essence(&String::from_utf8_lossy(value.as_bytes()))));
            let properties = is_json
                .then(|| whole.as_bytes())
                .flatten()
                .and_then(properties);
            match properties {
                Some(properties) => self.0.body = BodyInput::Properties(properties),
                None => return self.refused(Error::request(NO_OBJECT)),
            }
        }
        match self.0.body {
            BodyInput::None | BodyInput::Properties(_) => self.property(name, value),
            _ => self.refused(Error::request(NO_OBJECT)),
        }
    }

    /// Sends a JSON object body even if it has no properties.
    pub fn properties(mut self) -> Self {
        if !matches!(self.0.body, BodyInput::Properties(_)) {
            self.0.body = BodyInput::Properties(Vec::new());
        }
        self.default_content_type(JSON)
    }

    /// Sets the media type of a body that is built from properties.
    pub fn properties_as(self, content_type: &str) -> Self {
        self.content_type(content_type).properties()
    }

    /// Makes the properties of an object the fields of an `application/x-www-form-urlencoded` body.
    pub fn form(self, value: &dyn Encode) -> Self {
        self.form_styled(value, &[])
    }

    /// Makes the properties of an object the fields of a form body like [`form`](Self::form), with a style and explode
    /// flag for some of them.
    pub fn form_styled(mut self, value: &dyn Encode, styles: &[(&str, Style, bool)]) -> Self {
        self = self.noting(value);
        let mut pairs = String::new();
        Pairs::form(&mut pairs).whole(value, styles);
        self.0.body = BodyInput::Form(pairs);
        self.default_content_type(FORM)
    }

    /// Adds a field of a form body: an array as `name=a&name=b`, an object as JSON text.
    pub fn field(self, name: &str, value: &dyn Encode) -> Self {
        self.noting(value)
            .with_fields(|pairs| pairs.add_field(name, value))
    }

    /// Adds a field of a form body in a style.
    pub fn field_style(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.noting(value)
            .with_fields(|pairs| pairs.add(style, explode, name, value))
    }

    /// Adds a field of a form body as JSON text.
    pub fn field_json(self, name: &str, value: &dyn Encode) -> Self {
        self.noting(value).with_fields(|pairs| {
            if !value.is_absent() {
                pairs.pair(name, &json_text(value));
            }
        })
    }

    /// Sends a form body even if it has no fields.
    pub fn fields(self) -> Self {
        self.with_fields(|_| {})
    }

    fn with_fields(mut self, add: impl FnOnce(&mut Pairs<'_>)) -> Self {
        if !matches!(self.0.body, BodyInput::Form(_)) {
            self.0.body = BodyInput::Form(String::new());
        }
        if let BodyInput::Form(pairs) = &mut self.0.body {
            add(&mut Pairs::form(pairs));
        }
        self.default_content_type(FORM)
    }

    /// Makes the properties of an object the parts of a `multipart/form-data` body: a file as it is, an array as one
    /// part per element, an object as JSON, any other value as text.
    pub fn multipart(self, value: &dyn Encode) -> Self {
        self.multipart_as(value, &[])
    }

    /// Makes the properties of an object the parts of a body like [`multipart`](Self::multipart), with a content type
    /// for some of them.
    pub fn multipart_as(self, value: &dyn Encode, content_types: &[(&str, &str)]) -> Self {
        self.noting_parts(value).with_parts(|parts| {
            let is_object = match value.view() {
                View::Object(_) | View::Null | View::Json(Json::Object(_) | Json::Null) => true,
                View::Serde(value) => value.to_value().is_ok_and(|json| json.is_object()),
                _ => false,
            };
            if !is_object {
                return Err("only an object has parts with names".to_owned());
            }
            let mut added = Ok(());
            properties_of(value, &mut |name, value| {
                let typed = content_types.iter().find(|(typed, _)| *typed == name);
                let content_type = typed.map(|(_, content_type)| *content_type);
                if added.is_ok() {
                    added = parts.add(name, content_type, value);
                }
            });
            added
        })
    }

    /// Sets a part of a multipart body, replacing parts of the same name.
    pub fn part(self, name: &str, value: &dyn Encode) -> Self {
        self.noting_parts(value).with_parts(|parts| {
            parts.remove(name);
            parts.add(name, None, value)
        })
    }

    /// Sets a part of a multipart body with the content type from the API description. A content type set on a
    /// [`File`](crate::File) takes precedence.
    pub fn part_as(self, name: &str, content_type: &str, value: &dyn Encode) -> Self {
        self.noting_parts(value).with_parts(|parts| {
            parts.remove(name);
            parts.add(name, Some(content_type), value)
        })
    }

    /// Sets a header on the existing parts of this name. A header set on a [`File`](crate::File) takes precedence.
    pub fn part_header(self, part: &str, name: &str, value: &str) -> Self {
        self.with_parts(|parts| parts.set_header(part, name, value))
    }

    /// Adds parts of a multipart body in a style.
    pub fn part_style(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.noting(value)
            .with_parts(|parts| parts.add_styled(name, style, explode, value))
    }

    /// Sends a multipart body even if it has no parts.
    pub fn parts(self) -> Self {
        self.with_parts(|_| Ok(()))
    }

    /// Sends a body of a multipart type other than `multipart/form-data`, such as `multipart/mixed`, even if it has no
    /// parts.
    pub fn parts_as(self, content_type: &str) -> Self {
        self.with_parts(|parts| parts.set_media(content_type))
    }

    /// Makes the elements of an array the parts of a body of this multipart type. The parts have no names.
    pub fn items(self, content_type: &str, value: &dyn Encode) -> Self {
        self.items_by_position(content_type, &[], (None, &[]), value)
    }

    /// Makes the elements of an array the parts of a body like [`items`](Self::items), each with this content type.
    pub fn items_as(self, content_type: &str, of_each: &str, value: &dyn Encode) -> Self {
        self.items_by_position(content_type, &[], (Some(of_each), &[]), value)
    }

    /// Makes the elements of an array the parts of a body like [`items`](Self::items), with the content type and the
    /// headers of each of the `first` parts, and those of the `rest`.
    pub fn items_by_position(
        self,
        content_type: &str,
        first: &[PartEncoding<'_>],
        rest: PartEncoding<'_>,
        value: &dyn Encode,
    ) -> Self {
        self.noting_parts(value)
            .parts_as(content_type)
            .with_parts(|parts| parts.add_items(first, rest, value))
    }

    fn with_parts(mut self, add: impl FnOnce(&mut Multipart) -> Result<(), String>) -> Self {
        if !matches!(self.0.body, BodyInput::Parts(_)) {
            self.0.body = BodyInput::Parts(Multipart::default());
        }
        let added = match &mut self.0.body {
            BodyInput::Parts(parts) => add(parts),
            _ => Ok(()),
        };
        match added {
            Ok(()) => self,
            Err(why) => self.refused(Error::request(why)),
        }
    }

    /// Makes a string the body.
    pub fn text(self, content_type: &str, text: impl Into<String>) -> Self {
        self.bytes(content_type, text.into())
    }

    /// Makes bytes, a file or another source the body.
    pub fn bytes(mut self, content_type: &str, body: impl Into<RequestBody>) -> Self {
        self.0.body = BodyInput::Whole(body.into());
        self.content_type(content_type)
    }

    fn content_type(mut self, content_type: &str) -> Self {
        match header::value(CONTENT_TYPE.as_str(), content_type) {
            Ok(value) => {
                self.0.prepared.headers.insert(CONTENT_TYPE, value);
                self
            }
            Err(why) => self.refused(Error::request(why)),
        }
    }

    fn default_content_type(mut self, content_type: &'static str) -> Self {
        let headers = &mut self.0.prepared.headers;
        headers.insert_new(CONTENT_TYPE, HeaderValue::from_static(content_type));
        self
    }
}
