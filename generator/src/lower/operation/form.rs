//! Forms of a body: the media types in which it can be sent.
//!
//! Most descriptions list several media types for one schema, and one of them can express every value. A media type
//! that differs in meaning is a form of its own, and the operation gets a method for it: `edit` sends JSON,
//! `edit_as_multipart` sends files.

use hashbrown::{HashMap, HashSet};

use crate::document::{Document, MediaType, RequestBody};
use crate::lower::operation::file::chosen;
use crate::lower::operation::media::{
    Content, FORM, FORM_DATA, essence, has_own_syntax, rank, without_charset,
};
use crate::lower::schema::compose::meaning::{Meaning, meaning};

/// The forms of a body, the one that is sent by default first.
pub(crate) fn forms<'d, 't>(
    document: &Document<'t>,
    body: &'d RequestBody<'t>,
) -> impl Iterator<Item = &'d MediaType<'t>> + Clone + use<'d, 't> {
    let positions = body
        .forms
        .get_or_init(|| positions(document, &body.content));
    positions.iter().map(|&position| &body.content[position])
}

/// The positions of the forms in the content of a body.
fn positions(document: &Document<'_>, content: &[MediaType<'_>]) -> Vec<usize> {
    if content.len() == 1 {
        return vec![0];
    }
    let mut known = Known::default();
    let mut ranked: Vec<usize> = (0..content.len()).collect();
    ranked.sort_by_cached_key(|&position| rank(document, &content[position]));
    let chosen = chosen(document, content);
    let chosen = content
        .iter()
        .position(|media| chosen.is_some_and(|one| std::ptr::eq(one, media)));
    chosen
        .into_iter()
        .chain(ranked)
        .filter(|&position| known.add(document, &content[position]))
        .collect()
}

/// The forms found so far.
#[derive(Default)]
struct Known {
    names: HashSet<String>,
    /// For each meaning, the kinds of the forms that have it, and whether their media types are plain JSON.
    kinds: HashMap<[Option<Meaning>; 2], HashSet<(Content, bool)>>,
}

impl Known {
    /// Adds a form, and returns whether no known form covers it.
    fn add(&mut self, document: &Document<'_>, media: &MediaType<'_>) -> bool {
        let name = without_charset(media.name.text);
        let form = (
            Content::in_media(document, media),
            is_plain(&essence(media.name.text)),
        );
        let meaning = [media.schema, media.item_schema]
            .map(|schema| schema.map(|schema| meaning(document, schema)));
        let special = has_own_syntax(document, media);
        let mut same = self.kinds.get(&meaning).into_iter().flatten();
        let is_known =
            self.names.contains(&name) || (!special && same.any(|known| covers(*known, form)));
        if !is_known {
            self.names.insert(name);
            // What a media type with a syntax of its own sends is not what another one means.
            if !special {
                self.kinds.entry(meaning).or_default().insert(form);
            }
        }
        !is_known
    }
}

/// Whether one form can replace another form of the same schema without loss.
fn covers((known, plain): (Content, bool), (kind, other_plain): (Content, bool)) -> bool {
    match kind {
        _ if known != kind => true,
        Content::Text | Content::Bytes => false,
        // `application/merge-patch+json` and `application/json-patch+json` differ in meaning.
        Content::Json => plain || other_plain,
        _ => true,
    }
}

/// Whether a media type means JSON and nothing more specific.
fn is_plain(essence: &str) -> bool {
    !essence.ends_with("+json")
}

/// `multipart/form-data` → `multipart`: the suffix of the method for a form.
pub(crate) fn word(media: &MediaType<'_>) -> String {
    let essence = essence(media.name.text);
    match &*essence {
        FORM => "form".to_owned(),
        FORM_DATA => "multipart".to_owned(),
        "text/plain" => "text".to_owned(),
        "application/octet-stream" => "bytes".to_owned(),
        other => {
            let subtype = other.split_once('/').map_or(other, |(_, subtype)| subtype);
            subtype.strip_suffix("+json").unwrap_or(subtype).to_owned()
        }
    }
}
