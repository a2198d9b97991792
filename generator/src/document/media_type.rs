//! The names of media types, and entries of a `content` map that name the same one.

use std::borrow::Cow;

use hashbrown::{HashMap, HashSet};

use super::{MediaType, SchemaId};

/// The media type of forms.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// The media type of forms with files.
pub(crate) const FORM_DATA: &str = "multipart/form-data";

/// The media type without its parameters, in lower case.
pub(crate) fn essence(name: &str) -> Cow<'_, str> {
    // Nearly every name is written so.
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'/' | b'+' | b'-' | b'.');
    if name.bytes().all(is_plain) {
        return name.into();
    }
    let essence = name.split(';').next().unwrap_or_default();
    match essence.trim() {
        "*" => "*/*".into(),
        essence if essence.bytes().any(|byte| byte.is_ascii_uppercase()) => {
            essence.to_ascii_lowercase().into()
        }
        essence => essence.into(),
    }
}

/// Whether a media type is JSON: `application/json`, `*/json`, `application/problem+json`, and also
/// `application/json+oembed`, which is not registered but common.
pub(crate) fn is_json(essence: &str) -> bool {
    let (_, subtype) = essence.split_once('/').unwrap_or_default();
    matches!(subtype, "json" | "x-json")
        || subtype.ends_with("+json")
        || subtype.starts_with("json+")
}

/// The media type for comparisons and for `Accept`: in lower case, and without its charset, which does not change the
/// value. Other parameters can imply another schema: `application/json; version=2`.
pub(crate) fn without_charset(name: &str) -> String {
    let parameters = name.split(';').skip(1).map(str::trim);
    let relevant = parameters.filter(|parameter| {
        let name = parameter.split('=').next().unwrap_or_default().trim();
        !parameter.is_empty() && !name.eq_ignore_ascii_case("charset")
    });
    let mut text = essence(name).into_owned();
    for parameter in relevant {
        text.push_str("; ");
        text.push_str(parameter);
    }
    text
}

/// Joins the entries of a `content` map that name the same media type, unless both describe the value. Some tools write
/// `application/json` with examples and `application/json; charset=utf-8` with the schema.
///
/// `silent` are the schemas that say nothing about the value.
pub(super) fn joined<'t>(
    content: Vec<MediaType<'t>>,
    silent: &HashSet<SchemaId>,
) -> Vec<MediaType<'t>> {
    let mut joined: Vec<Option<MediaType<'t>>> = Vec::new();
    let mut first: HashMap<String, usize> = HashMap::new();
    for mut media in content {
        let next = joined.len();
        let at = *first
            .entry(without_charset(media.name.text))
            .or_insert(next);
        let Some(twin) = joined.get_mut(at) else {
            joined.push(Some(media));
            continue;
        };
        let said = Said::of(&media, silent);
        let said_before = twin
            .as_ref()
            .map_or(Said::Nothing, |twin| Said::of(twin, silent));
        match twin {
            Some(_) if said_before.conflicts(said) => joined.push(Some(media)),
            Some(known) if said_before >= said => absorb(known, media, silent),
            // The entry that describes the value keeps its name and its position.
            weaker => {
                if let Some(weaker) = weaker.take() {
                    absorb(&mut media, weaker, silent);
                }
                first.insert(without_charset(media.name.text), next);
                joined.push(Some(media));
            }
        }
    }
    joined.into_iter().flatten().collect()
}

/// The entry that counts where there may be only one: one with a schema, `application/json` before other JSON and that
/// before others, then the shortest name, and of several the first by alphabet. The order of the description has no
/// meaning.
pub(super) fn most_telling(content: Vec<MediaType<'_>>) -> Option<MediaType<'_>> {
    content.into_iter().min_by_key(|media| {
        let name = media.name.text;
        let has_none = media.schema.is_none();
        let essence = essence(name);
        let by_name = match &*essence {
            "application/json" => 0,
            essence if is_json(essence) => 1,
            _ => 2,
        };
        (has_none, by_name, name.len(), name)
    })
}

/// What an entry says about the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    Nothing,
    /// A schema that any value fits.
    Any,
    Items,
    Whole,
    Both,
}

impl Said {
    fn of(media: &MediaType<'_>, silent: &HashSet<SchemaId>) -> Self {
        let says = |schema| says_something(schema, silent);
        match (says(media.schema), says(media.item_schema)) {
            (true, true) => Self::Both,
            (true, false) => Self::Whole,
            (false, true) => Self::Items,
            (false, false) if media.schema.or(media.item_schema).is_some() => Self::Any,
            (false, false) => Self::Nothing,
        }
    }

    /// Whether both describe the same part of the value.
    fn conflicts(self, other: Self) -> bool {
        self.min(other) >= Self::Items && (self == other || self.max(other) == Self::Both)
    }
}

fn says_something(schema: Option<SchemaId>, silent: &HashSet<SchemaId>) -> bool {
    schema.is_some_and(|id| !silent.contains(&id))
}

/// Adds what a twin says.
fn absorb<'t>(media: &mut MediaType<'t>, mut twin: MediaType<'t>, silent: &HashSet<SchemaId>) {
    let better = |own: Option<SchemaId>, other: Option<SchemaId>| {
        let is_own = says_something(own, silent) || !says_something(other, silent);
        if is_own { own.or(other) } else { other }
    };
    media.schema = better(media.schema, twin.schema);
    media.item_schema = better(media.item_schema, twin.item_schema);
    media.examples.append(&mut twin.examples);
    if media.encoding.is_empty() {
        media.encoding = twin.encoding;
    }
    if media.prefix_encoding.is_empty() {
        media.prefix_encoding = twin.prefix_encoding;
    }
    media.item_encoding = media.item_encoding.take().or(twin.item_encoding);
}
