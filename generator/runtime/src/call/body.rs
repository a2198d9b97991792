//! The body of a request, and how it is made of inputs.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};

use super::Request;
use crate::codec::{Encode, to_json};
use crate::error::Error;
use crate::header;
use crate::style::{Pairs, Style};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// What the body is made of.
pub(super) enum Body {
    None,
    Bytes(Bytes),
    /// The members of a JSON object, each with its JSON text.
    Members(Vec<(Cow<'static, str>, Vec<u8>)>),
    /// The pairs of a form.
    Form(String),
}

impl Body {
    /// The bytes to be sent; `None` where there is no body.
    pub(super) fn into_bytes(self) -> Option<Bytes> {
        match self {
            Self::None => None,
            Self::Bytes(bytes) => Some(bytes),
            Self::Members(members) => Some(object(&members).into()),
            Self::Form(pairs) => Some(pairs.into()),
        }
    }
}

fn object(members: &[(Cow<'static, str>, Vec<u8>)]) -> Vec<u8> {
    let length: usize = members
        .iter()
        .map(|(name, value)| name.len() + value.len() + 4)
        .sum();
    let mut text = Vec::with_capacity(length + 2);
    text.push(b'{');
    for (index, (name, value)) in members.iter().enumerate() {
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

    /// Makes the value the body, as JSON of another media type: `application/merge-patch+json`.
    pub fn body_as(self, content_type: &str, value: &dyn Encode) -> Self {
        self.bytes(content_type, to_json(value))
    }

    /// Sets a member of a JSON object body; a second one with the same name replaces the first.
    pub fn member(self, name: impl Into<Cow<'static, str>>, value: &dyn Encode) -> Self {
        let mut request = self.members();
        if let Body::Members(members) = &mut request.0.body {
            let (name, text) = (name.into(), to_json(value));
            match members.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = text,
                None => members.push((name, text)),
            }
        }
        request
    }

    /// Sends a JSON object body, also if it has no member.
    pub fn members(mut self) -> Self {
        if !matches!(self.0.body, Body::Members(_)) {
            self.0.body = Body::Members(Vec::new());
        }
        self.default_content_type(JSON)
    }

    /// The media type of a body that is made of members.
    pub fn members_as(self, content_type: &str) -> Self {
        self.content_type(content_type).members()
    }

    /// Makes the members of an object the body, `application/x-www-form-urlencoded`.
    pub fn form(mut self, value: &dyn Encode) -> Self {
        let mut pairs = String::new();
        Pairs::form(&mut pairs).whole(value);
        self.0.body = Body::Form(pairs);
        self.default_content_type(FORM)
    }

    /// Adds a field of a form body: a list as `name=a&name=b`, an object as JSON text.
    pub fn field(self, name: &str, value: &dyn Encode) -> Self {
        self.with_fields(|pairs| pairs.add_field(name, value))
    }

    /// Adds a field of a form body in a style.
    pub fn field_style(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with_fields(|pairs| pairs.add(style, explode, name, value))
    }

    /// Sends a form body, also if it has no field.
    pub fn fields(self) -> Self {
        self.with_fields(|_| {})
    }

    fn with_fields(mut self, add: impl FnOnce(&mut Pairs<'_>)) -> Self {
        if !matches!(self.0.body, Body::Form(_)) {
            self.0.body = Body::Form(String::new());
        }
        if let Body::Form(pairs) = &mut self.0.body {
            add(&mut Pairs::form(pairs));
        }
        self.default_content_type(FORM)
    }

    /// Makes a text the body.
    pub fn text(self, content_type: &str, text: impl Into<String>) -> Self {
        self.bytes(content_type, text.into())
    }

    /// Makes bytes the body.
    pub fn bytes(mut self, content_type: &str, bytes: impl Into<Bytes>) -> Self {
        self.0.body = Body::Bytes(bytes.into());
        self.content_type(content_type)
    }

    fn content_type(mut self, content_type: &str) -> Self {
        match header::value(CONTENT_TYPE.as_str(), content_type) {
            Ok(value) => {
                self.0.headers.insert(CONTENT_TYPE, value);
                self
            }
            Err(why) => self.refused(Error::request(why)),
        }
    }

    fn default_content_type(mut self, content_type: &'static str) -> Self {
        let headers = &mut self.0.headers;
        if !headers.contains_key(CONTENT_TYPE) {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        self
    }
}
