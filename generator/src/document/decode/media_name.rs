//! Checks the names of media types: a misspelt one would silently turn a type into bytes.

use super::super::code::{BAD_NAME, MISTYPED_KEY};
use super::super::{FORM, FORM_DATA, Text, is_token};
use super::read::{meant, place};
use super::{Decoder, keys};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Member, Span};

/// The top-level types that are registered.
const TYPES: [&str; 11] = [
    "application",
    "audio",
    "example",
    "font",
    "haptics",
    "image",
    "message",
    "model",
    "multipart",
    "text",
    "video",
];

/// Media types whose values have Rust types, which a misspelling is compared with.
const TYPED: [&str; 10] = [
    "application/json",
    FORM,
    FORM_DATA,
    "text/event-stream",
    "application/x-ndjson",
    "application/octet-stream",
    "text/plain",
    "application/problem+json",
    "application/merge-patch+json",
    "application/json-patch+json",
];

/// Existing subtypes and suffixes that must not be taken for misspellings of the above.
const OTHERS: [&str; 22] = [
    "bson", "cson", "fson", "gson", "hjson", "ion", "jose", "js", "json5", "jsonb", "jsonc",
    "jsonl", "jsonp", "json-p", "ndjson", "rson", "son", "tson", "ujson", "x-json", "x-jsonl",
    "yson",
];

impl<'t> Decoder<'t, '_> {
    /// Whether a name can be a media type. An impossible or misspelt name is reported.
    pub(super) fn media_type_name(&mut self, name: Text<'t>) -> bool {
        if name.text.trim() == "*" {
            self.assume(
                name.span,
                "`*` is not a media type; it is read as `*/*`".to_owned(),
            );
            return true;
        }
        match Look::of(name.text) {
            Look::Whole => return true,
            Look::Near(near) => self.misspelt(name.text, name.span, &near),
            Look::None => self.no_media_type(name.text, name.span, "the body is passed as bytes"),
        }
        false
    }

    /// The media types of a schema or an encoding: one, or a list separated by commas. A misspelt name, or one that no
    /// header can contain, is reported and ignored.
    pub(super) fn media_types(&mut self, member: Option<&'t Member>) -> Option<&'t str> {
        let text = self.text(member)?;
        let span = place(member?);
        let mut whole = text.to_owned();
        for name in text.split(',').map(str::trim) {
            match Look::of(name) {
                Look::Whole => {}
                Look::Near(near) => whole = whole.replace(name, &near),
                // The text may be the end of a quoted parameter that was split at a comma.
                Look::None if text.contains('"') && is_sendable(name) => {}
                Look::None => {
                    self.no_media_type(text, span, "it is ignored");
                    return None;
                }
            }
        }
        if whole != text {
            self.misspelt(text, span, &whole);
            return None;
        }
        Some(text)
    }

    fn misspelt(&mut self, written: &str, span: Span, near: &str) {
        let message = format!("unknown media type `{written}`");
        let diagnostic = Diagnostic::error(MISTYPED_KEY, message);
        self.reporter.push(meant(diagnostic, written, span, near));
    }

    pub(super) fn no_media_type(&mut self, written: &str, span: Span, label: &str) {
        let message = format!("`{written}` is not a media type");
        self.reporter.push(
            Diagnostic::warning(BAD_NAME, message)
                .strict()
                .at(span, label)
                .help(if keys::MEDIA_TYPE.has(written) {
                    "put it under a media type such as `application/json`"
                } else {
                    "write a type and a subtype, as in `application/json`"
                }),
        );
    }
}

/// The result of looking at a text that should be a media type.
enum Look {
    /// A media type, or a range of them.
    Whole,
    /// A misspelt media type, with the correct one.
    Near(String),
    /// Not a media type.
    None,
}

impl Look {
    fn of(text: &str) -> Self {
        let (essence, parameters) = match text.find(';') {
            Some(end) => text.split_at(end),
            None => (text, ""),
        };
        let essence = essence.trim().to_ascii_lowercase();
        let is_media_type = match essence.split_once('/') {
            Some((main, subtype)) => is_token(main) && is_token(subtype),
            None => false,
        };
        match near(&essence) {
            Some(near) => Self::Near(near + parameters),
            None if is_media_type && is_sendable(parameters) => Self::Whole,
            None => Self::None,
        }
    }
}

/// Whether a header value can contain this text.
pub(super) fn is_sendable(text: &str) -> bool {
    !text.contains(char::is_control)
}

/// The media type that a misspelt one is most similar to.
fn near(essence: &str) -> Option<String> {
    if TYPED.contains(&essence) {
        return None;
    }
    let Some((main, subtype)) = essence.split_once('/') else {
        let subtypes = TYPED.iter().filter_map(|name| name.split_once('/'));
        let mut bare = subtypes.filter(|(_, subtype)| *subtype == essence);
        let whole = || nearest(essence, TYPED).map(str::to_owned);
        return match bare.next() {
            Some((main, subtype)) => Some(format!("{main}/{subtype}")),
            None => whole(),
        };
    };
    let main = if TYPES.contains(&main) || main.contains('*') {
        main
    } else {
        nearest(main, TYPES).unwrap_or(main)
    };
    let name = format!("{main}/{subtype}");
    let meant = if OTHERS.contains(&subtype) {
        None
    } else if let Some((stem, suffix)) = subtype.rsplit_once('+') {
        let near = nearest(suffix, ["json"]).filter(|_| !OTHERS.contains(&suffix));
        near.map(|suffix| format!("{main}/{stem}+{suffix}"))
    } else if main == "application" && is_like_form(subtype) {
        Some(FORM.to_owned())
    } else {
        nearest(&name, TYPED).map(str::to_owned)
    };
    let meant = meant.unwrap_or(name);
    (meant != essence).then_some(meant)
}

/// Whether a subtype of `application` is that of a form, with words that are missing or have another order.
fn is_like_form(subtype: &str) -> bool {
    let mut words = subtype.split(['-', '.', '_']);
    !subtype.starts_with("vnd.")
        && subtype.ends_with("encoded")
        && words.any(|word| word.starts_with("form"))
}

#[cfg(test)]
mod tests {
    use super::{FORM, near};

    #[test]
    fn misspelt_names_are_found() {
        for (written, meant) in [
            ("aplication/json", "application/json"),
            ("applications/json", "application/json"),
            ("application/jsno", "application/json"),
            ("application/jason", "application/json"),
            ("application/vnd.pets+jsn", "application/vnd.pets+json"),
            ("aplication/pdf", "application/pdf"),
            ("application/x-www-form-urlencode", FORM),
            ("application/x-www-form-encoded", FORM),
            ("application/form-urlencoded", FORM),
            ("application/www-form-url-encoded", FORM),
            ("multipart/formdata", "multipart/form-data"),
            ("text/event-steam", "text/event-stream"),
            ("application-json", "application/json"),
            ("json", "application/json"),
        ] {
            assert_eq!(near(written).as_deref(), Some(meant), "{written}");
        }
    }

    #[test]
    fn names_that_exist_stay() {
        for name in [
            "*/*",
            "text/*",
            "application/json",
            "text/json",
            "application/*+json",
            "application/bson",
            "application/jose",
            FORM,
            "application/json5",
            "application/x-json",
            "application/jsonl",
            "application/xml",
            "application/xaml+xml",
            "application/yml",
            "application/sql",
            "application/vnd.pets",
            "application/vnd.platform-encoded",
            "application/x-waveform-encoded",
            "application/geo+json-seq",
            "application/vc+jwt",
            "ai.example/engine",
            "image/jpg",
            "text/css",
            "x-world/x-3dmf",
            "application/graphql",
            "multipart/mixed",
            "application/jsonlines",
            "application/json-seq",
            "application/problem+xml",
        ] {
            assert_eq!(near(name), None, "{name}");
        }
    }
}
