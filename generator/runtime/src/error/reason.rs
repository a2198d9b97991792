//! Finds the reason of an error in the body of a response.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use super::mask::is_invisible;
use crate::codec;

/// The maximum number of characters of a message.
const LONGEST: usize = 200;

/// The maximum number of bytes of a body that are searched: the reason is near the start, and a page can be long.
const LOOKED_AT: usize = 64 * 1024;

/// Properties with a message for people, the most informative ones first.
const MESSAGES: [&str; 9] = [
    "error_description",
    "message",
    "detail",
    "error_message",
    "errorMessage",
    "reason",
    "description",
    "title",
    "msg",
];

/// Properties with an error code.
const CODES: [&str; 6] = [
    "code",
    "error_code",
    "errorCode",
    "status_code",
    "type",
    "status",
];

/// Returns the reason, of any length; empty if the body contains none. A cut text ends with an ellipsis, before which
/// the beginning of a secret is masked as well.
pub(super) fn of_response(headers: &HeaderMap, body: &[u8], is_cut: bool) -> String {
    let head = &body[..body.len().min(LOOKED_AT)];
    let is_cut = is_cut || head.len() < body.len();
    let mut value = Value::Null;
    let is_json = codec::fill_from_json(head, &mut value).is_ok();
    // The properties before the end of a cut text are read.
    let is_begun = is_cut && (value.is_object() || value.is_array());
    if (is_json || is_begun)
        && let Some(found) = of_json(&value)
    {
        return found;
    }
    let mut text = if is_json {
        value.to_string()
    } else {
        of_text(headers, head)
    };
    if is_cut && !text.is_empty() {
        text.push('…');
    }
    text
}

fn of_text(headers: &HeaderMap, body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let is_html = content_type(headers).is_some_and(|kind| kind.contains("html"))
        || text.trim_start().starts_with('<');
    if is_html {
        of_html(&text)
    } else if text.contains('\0') {
        // Binary data would garble a terminal.
        String::new()
    } else {
        text.into_owned()
    }
}

/// Returns the media type of a response.
fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}

fn of_json(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Array(items) => items.first().and_then(of_json),
        Value::Object(object) => of_object(object),
        _ => None,
    }
}

fn of_object(object: &Map<String, Value>) -> Option<String> {
    let error = object.get("error");
    if let Some(inner @ (Value::Object(_) | Value::Array(_))) = error
        && let Some(text) = of_json(inner)
    {
        return Some(text);
    }
    let word = error
        .and_then(Value::as_str)
        .filter(|word| !word.is_empty());
    let code = word.map(str::to_owned).or_else(|| code(object));
    let message = message(object).or_else(|| first_of_errors(object));
    match (code, message) {
        (Some(code), Some(message)) if code != message => Some(format!("{code}: {message}")),
        (_, Some(message)) => Some(message),
        (code, None) => code,
    }
}

fn message(object: &Map<String, Value>) -> Option<String> {
    MESSAGES
        .iter()
        .filter_map(|name| object.get(*name))
        .find_map(of_json)
}

/// Error codes. Plain numbers are skipped because they usually repeat the status code.
fn code(object: &Map<String, Value>) -> Option<String> {
    CODES
        .iter()
        .filter_map(|name| object.get(*name)?.as_str())
        .find(|word| !word.is_empty() && word.len() <= 80)
        .map(str::to_owned)
}

/// `{"errors": ["…"]}`, `{"errors": [{"message": "…"}]}` or `{"errors": {"name": ["is too long"]}}`.
fn first_of_errors(object: &Map<String, Value>) -> Option<String> {
    match object.get("errors")? {
        Value::Object(fields) => of_object(fields).or_else(|| {
            let (name, value) = fields.iter().next()?;
            Some(format!("{name} {}", of_json(value)?))
        }),
        other => of_json(other),
    }
}

/// Returns the title of an HTML page, or its text without tags.
fn of_html(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    if let Some(start) = lower.find("<title")
        && let Some(open) = lower[start..].find('>')
        && let Some(close) = lower[start + open..].find("</title")
    {
        let title = page[start + open + 1..start + open + close].trim();
        if !title.is_empty() {
            return unescape(title);
        }
    }
    unescape(&without_tags(page))
}

fn without_tags(page: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for letter in page.chars() {
        match letter {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                text.push(' ');
            }
            _ if !in_tag => text.push(letter),
            _ => {}
        }
    }
    text
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

/// Returns the text in one line without control characters, cut to the maximum length.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut count = 0;
    for word in text.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        if word.is_empty() {
            continue;
        }
        if count > 0 {
            line.push(' ');
            count += 1;
        }
        for letter in word.chars().filter(|letter| !is_invisible(*letter)) {
            if count >= LONGEST {
                line.push('…');
                return line;
            }
            line.push(letter);
            count += 1;
        }
    }
    line
}
