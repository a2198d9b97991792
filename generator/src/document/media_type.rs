//! The names of media types, and entries of a `content` map that name the same one.

use super::MediaType;

/// The media type without its parameters, in lower case.
pub(crate) fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    match essence.trim() {
        "*" => "*/*".to_owned(),
        essence => essence.to_ascii_lowercase(),
    }
}

/// The media type for comparisons and for `Accept`: in lower case, and without its charset, which does not change the
/// value. Other parameters can imply another schema: `application/json; version=2`.
pub(crate) fn without_charset(name: &str) -> String {
    let parameters = name.split(';').skip(1).map(str::trim);
    let relevant = parameters.filter(|parameter| {
        let name = parameter.split('=').next().unwrap_or_default().trim();
        !parameter.is_empty() && !name.eq_ignore_ascii_case("charset")
    });
    let mut text = essence(name);
    for parameter in relevant {
        text.push_str("; ");
        text.push_str(parameter);
    }
    text
}

/// Joins the entries of a `content` map that name the same media type, if only one of them has a schema. Some tools write
/// `application/json` with examples and `application/json; charset=utf-8` with the schema.
pub(super) fn joined(content: Vec<MediaType<'_>>) -> Vec<MediaType<'_>> {
    let is_typed = |media: &MediaType<'_>| media.schema.is_some() || media.item_schema.is_some();
    let (mut typed, mut untyped): (Vec<_>, Vec<_>) = content
        .into_iter()
        .enumerate()
        .partition(|(_, media)| is_typed(media));
    untyped.retain_mut(|(_, media)| {
        let name = without_charset(media.name.text);
        let twin = typed
            .iter_mut()
            .find(|(_, other)| without_charset(other.name.text) == name);
        if let Some((_, twin)) = twin {
            twin.examples.append(&mut media.examples);
            return false;
        }
        true
    });
    typed.append(&mut untyped);
    typed.sort_by_key(|(position, _)| *position);
    typed.into_iter().map(|(_, media)| media).collect()
}
