//! `multipart/form-data` bodies (RFC 7578), in the format of browsers.

use std::borrow::Cow;

use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::Value;

use super::media::{essence, is_json};
use super::random;
use super::storage::note;
use crate::body::{File, RequestBody};
use crate::codec::{Encode, View, to_json};
use crate::error::Error;
use crate::header;
use crate::style::{self, Style};

/// The content type of a file of unknown type.
const BYTES: &str = "application/octet-stream";
const JSON: &str = "application/json";

/// The content type of a part, and its headers with their values.
pub(super) type PartEncoding<'a> = (Option<&'a str>, &'a [(&'a str, &'a str)]);

/// The media type of a form.
const FORM_DATA: &str = "multipart/form-data";

/// The parts of a body, in their order.
#[derive(Clone, Default)]
pub(super) struct Multipart {
    /// The media type without its boundary, if it is not `multipart/form-data`.
    media: Option<String>,
    parts: Vec<Part>,
}

#[derive(Clone)]
struct Part {
    /// Empty for a part without a name.
    name: String,
    file_name: Option<String>,
    /// `None` means plain text.
    content_type: Option<String>,
    /// Names and values of further headers.
    headers: Vec<(String, String)>,
    content: RequestBody,
}

impl Multipart {
    /// Sets a multipart type other than `multipart/form-data`.
    pub(super) fn set_media(&mut self, media: &str) -> Result<(), String> {
        header::value(CONTENT_TYPE.as_str(), media)?;
        self.media = Some(media.to_owned());
        Ok(())
    }

    /// Returns the content type with this boundary.
    pub(super) fn content_type(&self, boundary: &str) -> String {
        let media = self.media.as_deref().unwrap_or(FORM_DATA);
        format!("{media}; boundary={boundary}")
    }

    /// Removes the parts of this name.
    pub(super) fn remove(&mut self, name: &str) {
        self.parts.retain(|part| part.name != name);
    }

    /// Sets a header of the parts of this name, unless they have it already.
    pub(super) fn set_header(&mut self, part: &str, name: &str, value: &str) -> Result<(), String> {
        for part in self.parts.iter_mut().filter(|known| known.name == part) {
            part.set_header(name, value)?;
        }
        Ok(())
    }

    /// Adds a value: one part for each element of an array, JSON for an object, text for any other value. Null and
    /// absent values add nothing.
    ///
    /// `described` is the content type in the API description: one, several separated by commas, or a range.
    pub(super) fn add(
        &mut self,
        name: &str,
        described: Option<&str>,
        value: &dyn Encode,
    ) -> Result<(), String> {
        if value.is_absent() {
            return Ok(());
        }
        each_element(value, &mut |item| self.add_one(name, described, item))
    }

    /// Adds the elements of an array as parts without names, each with the encoding of its position.
    pub(super) fn add_items(
        &mut self,
        first: &[PartEncoding<'_>],
        rest: PartEncoding<'_>,
        value: &dyn Encode,
    ) -> Result<(), String> {
        if is_nothing(value) {
            return Ok(());
        }
        let mut encodings = first.iter().copied().chain(std::iter::repeat(rest));
        each_element(value, &mut |item| {
            let (described, headers) = encodings.next().unwrap_or(rest);
            self.add_item(described, headers, item)
        })
    }

    /// Adds a part without a name. Null is sent as a part, too, because parts are identified by their positions.
    fn add_item(
        &mut self,
        described: Option<&str>,
        headers: &[(&str, &str)],
        value: &dyn Encode,
    ) -> Result<(), String> {
        if !is_nothing(value) {
            self.add_one("", described, value)?;
        } else if described.is_some_and(is_json) {
            self.push("", None, described, to_json(value).into())?;
        } else {
            return Err("a part is null, which only a part with JSON can be".to_owned());
        }
        let Some(part) = self.parts.last_mut() else {
            return Ok(());
        };
        let mut headers = headers.iter();
        headers.try_for_each(|(name, value)| part.set_header(name, value))
    }

    fn add_one(
        &mut self,
        name: &str,
        described: Option<&str>,
        value: &dyn Encode,
    ) -> Result<(), String> {
        let described = described.filter(|media| !media.contains([',', '*']));
        if is_nothing(value) {
            return Ok(());
        }
        let view = value.view();
        if let View::File(file) = view {
            return self.add_file(name, described, file);
        }
        if let Some(why) = note(value, &mut Vec::new()).fault() {
            return Err(why.to_owned());
        }
        let text = style::scalar(&view).map(Cow::into_owned);
        let (content_type, bytes) = match (described, text) {
            (None, Some(text)) => (None, text.into()),
            (Some(media), Some(text)) if !is_json(&essence(media)) => (Some(media), text.into()),
            (media, _) => (Some(media.unwrap_or(JSON)), to_json(value).into()),
        };
        self.push(name, None, content_type, bytes)
    }

    fn add_file(&mut self, name: &str, described: Option<&str>, file: &File) -> Result<(), String> {
        let content_type = file.content_type().or(described).unwrap_or(BYTES);
        let content = file.content().clone();
        self.push(name, Some(file.name()), Some(content_type), content)?;
        let Some(part) = self.parts.last_mut() else {
            return Ok(());
        };
        let mut headers = file.headers();
        headers.try_for_each(|(name, value)| part.set_header(name, value))
    }

    /// Adds a value in a style, as parts of plain text.
    pub(super) fn add_styled(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &dyn Encode,
    ) -> Result<(), String> {
        style::pairs(style, explode, name, value)
            .into_iter()
            .try_for_each(|(name, text)| self.push(&name, None, None, text.into()))
    }

    fn push(
        &mut self,
        name: &str,
        file_name: Option<&str>,
        content_type: Option<&str>,
        content: RequestBody,
    ) -> Result<(), String> {
        if let Some(content_type) = content_type {
            header::value("content-type", content_type)?;
        }
        self.parts.push(Part {
            name: name.to_owned(),
            file_name: file_name.map(str::to_owned),
            content_type: content_type.map(|media| media.trim().to_owned()),
            headers: Vec::new(),
            content,
        });
        Ok(())
    }

    /// Returns the body with this boundary. It is in memory if all parts are.
    pub(super) fn to_body(&self, boundary: &str) -> RequestBody {
        let mut pieces = Vec::new();
        let mut text = Vec::with_capacity(self.room(boundary));
        for part in &self.parts {
            text.extend_from_slice(part.head(boundary).as_bytes());
            if let Some(bytes) = part.content.as_bytes() {
                text.extend_from_slice(bytes);
            } else {
                pieces.push(std::mem::take(&mut text).into());
                pieces.push(part.content.clone());
            }
            text.extend_from_slice(b"\r\n");
        }
        text.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        if pieces.is_empty() {
            return text.into();
        }
        pieces.push(text.into());
        RequestBody::pieces(pieces)
    }

    /// Returns the approximate number of bytes in memory.
    fn room(&self, boundary: &str) -> usize {
        let of_part = |part: &Part| {
            let content = part.content.as_bytes().map_or(0, <[u8]>::len);
            content + part.name.len() + 2 * boundary.len() + 100
        };
        self.parts.iter().map(of_part).sum()
    }
}

impl Part {
    fn set_header(&mut self, name: &str, value: &str) -> Result<(), String> {
        let wanted = header::name(name)?;
        if wanted == CONTENT_TYPE || wanted == CONTENT_DISPOSITION {
            return Err(format!(
                "the header `{wanted}` of a part is set by the client"
            ));
        }
        header::value(name, value)?;
        let mut known = self.headers.iter();
        if !known.any(|(known, _)| known.eq_ignore_ascii_case(name)) {
            self.headers
                .push((name.to_owned(), value.trim().to_owned()));
        }
        Ok(())
    }

    /// Writes `Content-Disposition`. A part without a name gets one only if it is a file.
    fn push_disposition(&self, head: &mut String) {
        let is_named = !self.name.is_empty();
        if !is_named && self.file_name.is_none() {
            return;
        }
        let kind = if is_named { "form-data" } else { "attachment" };
        head.push_str("Content-Disposition: ");
        head.push_str(kind);
        let name = is_named.then_some(("name", &self.name));
        let file_name = self.file_name.as_ref().map(|name| ("filename", name));
        for (parameter, text) in name.into_iter().chain(file_name) {
            for piece in ["; ", parameter, "=\""] {
                head.push_str(piece);
            }
            escape(head, text);
            head.push('"');
        }
        head.push_str("\r\n");
    }

    fn head(&self, boundary: &str) -> String {
        let mut head = format!("--{boundary}\r\n");
        self.push_disposition(&mut head);
        if let Some(content_type) = &self.content_type {
            head.push_str("Content-Type: ");
            head.push_str(content_type);
            head.push_str("\r\n");
        }
        for (name, value) in &self.headers {
            for text in [name, ": ", value, "\r\n"] {
                head.push_str(text);
            }
        }
        head.push_str("\r\n");
        head
    }
}

/// Whether a value is absent or null.
fn is_nothing(value: &dyn Encode) -> bool {
    value.is_absent()
        || match value.view() {
            View::Null | View::Json(Value::Null) => true,
            View::Serde(value) => value.to_value().is_ok_and(|json| json.is_null()),
            _ => false,
        }
}

/// Calls `add` with each element of an array, or with a value of another kind, until it fails.
fn each_element(
    value: &dyn Encode,
    add: &mut dyn FnMut(&dyn Encode) -> Result<(), String>,
) -> Result<(), String> {
    match value.view() {
        View::List(list) => {
            let mut added = Ok(());
            list.each(&mut |item| {
                if added.is_ok() {
                    added = add(item);
                }
            });
            added
        }
        View::Json(Value::Array(items)) => items.iter().try_for_each(|item| add(item)),
        View::Serde(own) => match own.to_value() {
            Ok(Value::Array(items)) => items.iter().try_for_each(|item| add(item)),
            _ => add(value),
        },
        _ => add(value),
    }
}

/// Writes a name with the escapes of the HTML standard ("multipart form data", section 4.10.21.8): a quote or a line
/// break would end the name or the header.
fn escape(target: &mut String, name: &str) {
    for letter in name.chars() {
        match letter {
            '"' => target.push_str("%22"),
            '\r' => target.push_str("%0D"),
            '\n' => target.push_str("%0A"),
            letter => target.push(letter),
        }
    }
}

/// Returns a random boundary. It cannot be predicted, so a value cannot contain it on purpose.
///
/// # Errors
/// The random number generator of the system failed.
pub(super) fn boundary() -> Result<String, Error> {
    Ok(format!("{:032x}", random::bits()?))
}

#[cfg(test)]
mod tests;
