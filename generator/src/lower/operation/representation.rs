//! Representations: which media types of a response are read, and which are asked for.
//!
//! Most descriptions list several media types for one schema, and one of them can express every value. JSON comes
//! first, because types are deserialized from it.

use hashbrown::{HashMap, HashSet};

use crate::document::{Document, MediaType, Operation, Response, SchemaId};
use crate::lower::operation::media::{
    Content, essence, has_own_syntax, is_xml, rank, without_charset,
};
use crate::lower::operation::output::{failures, status_range, successes};
use crate::lower::schema::compose::meaning::{Meaning, meaning, undocumented_meaning};
use crate::lower::schema::compose::same::{is_annotation, same_as_last};
use crate::model::StatusRange;

/// How a method reads a response. An operation whose responses have streamed representations beside others gets a
/// method for each mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    /// The whole body, then its value. Chooses the representations that are not streams, or all if only one kind is
    /// described.
    Whole,
    /// Item by item. Chooses the streams, or all representations if only one kind is described.
    Streamed,
}

impl ResponseMode {
    /// The methods that an operation gets for its responses.
    pub(crate) fn of(document: &Document<'_>, operation: &Operation<'_>) -> &'static [Self] {
        let splits = |response: &&Response<'_>| {
            let mut content = response.content.iter();
            let first = content.next().map(|media| is_stream(document, media));
            content.any(|media| Some(is_stream(document, media)) != first)
        };
        let mut read = successes(operation).into_iter();
        if read.any(|response| !operation.is_empty(response) && splits(&response)) {
            &[Self::Whole, Self::Streamed]
        } else {
            &[Self::Whole]
        }
    }
}

fn is_stream(document: &Document<'_>, media: &MediaType<'_>) -> bool {
    let content = Content::in_media(document, media);
    matches!(content, Content::Events | Content::JsonLines)
}

/// The entries of `content` that differ in meaning, JSON first. Media types that mean the same as JSON are not used,
/// and neither is XML, which is not deserialized into types.
fn own<'d, 't>(
    document: &Document<'t>,
    content: &'d [MediaType<'t>],
    mode: ResponseMode,
) -> Vec<&'d MediaType<'t>> {
    if let [only] = content {
        return vec![only];
    }
    let mut ranked: Vec<_> = content.iter().collect();
    ranked.sort_by_cached_key(|media| rank(document, media));
    let mut own: Vec<&MediaType<'t>> = Vec::new();
    let mut chosen = Chosen::default();
    for media in ranked {
        if chosen.add(document, media) {
            own.push(media);
        }
    }
    let wanted =
        |media: &&MediaType<'t>| is_stream(document, media) == (mode == ResponseMode::Streamed);
    if own.iter().any(wanted) {
        own.retain(wanted);
    }
    own
}

/// The entries of `content` that are XML beside JSON with another schema. They are ignored.
pub(crate) fn xml_beside_json<'d, 't>(
    document: &Document<'t>,
    content: &'d [MediaType<'t>],
) -> impl Iterator<Item = &'d MediaType<'t>> {
    let json = content.iter();
    let json = json.filter(|media| Content::in_media(document, media) == Content::Json);
    let meaning_of = |media: &MediaType<'t>| media.schema.map(|schema| meaning(document, schema));
    let known: HashSet<Meaning> = json.filter_map(meaning_of).collect();
    let is_other = move |media: &&MediaType<'t>| {
        let own = media.schema.map(|schema| meaning(document, schema));
        let has_other = |own| !known.is_empty() && !known.contains(&own);
        is_xml(&essence(media.name.text)) && own.is_some_and(has_other)
    };
    content.iter().filter(is_other)
}

/// The entries of `content` whose media type has a better entry with another schema, each with the name of the better
/// one. They are ignored. Schemas that only have other documentation describe the same value.
pub(crate) fn repeated<'d, 't>(
    document: &Document<'t>,
    content: &'d [MediaType<'t>],
) -> Vec<(&'d MediaType<'t>, &'t str)> {
    if content.len() < 2 {
        return Vec::new();
    }
    let mut ranked: Vec<_> = content.iter().collect();
    ranked.sort_by_cached_key(|media| rank(document, media));
    let mut known: HashMap<String, (&str, SchemaId, Option<Meaning>)> = HashMap::new();
    let repeated = ranked.into_iter().filter_map(|media| {
        let schema = media.schema.or(media.item_schema)?;
        let name = without_charset(media.name.text);
        let Some((better, first, meaning)) = known.get_mut(&name) else {
            known.insert(name, (media.name.text, schema, None));
            return None;
        };
        let of = |id| undocumented_meaning(document, id);
        let is_other = *meaning.get_or_insert_with(|| of(*first)) != of(schema);
        is_other.then_some((media, *better))
    });
    repeated.collect()
}

/// The representations chosen so far.
#[derive(Default)]
struct Chosen {
    names: HashSet<String>,
    has_json: bool,
    /// The meanings of the schemas of JSON representations.
    meanings: HashSet<Meaning>,
}

impl Chosen {
    /// Adds a representation, and returns whether it differs in meaning from the others.
    fn add(&mut self, document: &Document<'_>, media: &MediaType<'_>) -> bool {
        let name = without_charset(media.name.text);
        let content = Content::in_media(document, media);
        let meaning = media.schema.map(|schema| meaning(document, schema));
        let is_known = self.names.contains(&name)
            || (self.has_json
                && match (content, meaning) {
                    (Content::Events | Content::JsonLines, _) => false,
                    (Content::Json, None) => true,
                    _ if has_own_syntax(document, media) => is_xml(&name),
                    (_, Some(own)) if self.meanings.contains(&own) => true,
                    _ => is_xml(&name),
                });
        if !is_known {
            self.names.insert(name);
            if content == Content::Json {
                self.has_json = true;
                self.meanings.extend(meaning);
            }
        }
        !is_known
    }
}

/// The entries of `content` that are decoded differently: each JSON or stream entry, and one entry of each other kind.
pub(crate) fn distinct_media<'d, 't>(
    document: &Document<'t>,
    content: &'d [MediaType<'t>],
    mode: ResponseMode,
) -> Vec<&'d MediaType<'t>> {
    let mut distinct = own(document, content, mode);
    let mut kinds = Vec::new();
    distinct.retain(|media| {
        let kind = Content::in_media(document, media);
        let is_typed = kind == Content::Json || is_stream(document, media);
        let is_new = is_typed || !kinds.contains(&kind);
        kinds.push(kind);
        is_new
    });
    distinct
}

/// The media types in the `Accept` header: those of successes, then those of errors.
pub(crate) fn accept(
    document: &Document<'_>,
    operation: &Operation<'_>,
    mode: ResponseMode,
) -> Vec<String> {
    let successes = successes(operation);
    let mut names = asked_for(document, &successes, mode);
    names.extend(undescribed_ranges(document, &successes, mode));
    names.extend(asked_for(
        document,
        &failures(operation),
        ResponseMode::Whole,
    ));
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let mut statuses = operation
        .responses
        .iter()
        .map(|response| status_range(response.status));
    if successes.is_empty() && !names.is_empty() && statuses.any(StatusRange::is_redirect) {
        // The target of a redirect is not described.
        names.push("*/*".to_owned());
    }
    names
}

fn asked_for(
    document: &Document<'_>,
    responses: &[&Response<'_>],
    mode: ResponseMode,
) -> Vec<String> {
    let responses = responses.iter().filter(|response| !response.is_empty());
    let mut media: Vec<_> = responses
        .flat_map(|response| own(document, &response.content, mode))
        .collect();
    media.sort_by_key(|media| Content::in_media(document, media) != Content::Json);
    let mut names: Vec<String> = Vec::new();
    for media in media {
        let name = without_charset(media.name.text);
        let content = Content::in_media(document, media);
        names.push(asked(name, content, &names));
    }
    names
}

/// The ranges without a schema. Their value is whatever comes, and JSON is only preferred.
fn undescribed_ranges(
    document: &Document<'_>,
    responses: &[&Response<'_>],
    mode: ResponseMode,
) -> Vec<String> {
    let responses = responses.iter();
    let media = responses.flat_map(|response| own(document, &response.content, mode));
    let ranges = media.filter(|media| {
        let is_range = matches!(&*essence(media.name.text), "*/*" | "application/*");
        is_range && is_undescribed(document, media)
    });
    ranges
        .map(|media| essence(media.name.text).into_owned())
        .collect()
}

/// Whether a media type has no schema, or one that only has documentation.
fn is_undescribed(document: &Document<'_>, media: &MediaType<'_>) -> bool {
    let last = media.schema.map(|schema| same_as_last(document, schema));
    last.is_none_or(|last| is_annotation(document.schema(last)))
}

/// A media type in the form for `Accept`, which may be a range. A range that includes JSON becomes JSON, because only
/// JSON can be decoded, unless JSON is accepted already and has another meaning.
fn asked(name: String, content: Content, before: &[String]) -> String {
    let json = "application/json";
    if content == Content::Json && name.contains('*') && !before.iter().any(|known| known == json) {
        return json.to_owned();
    }
    name
}
