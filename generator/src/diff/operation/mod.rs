//! Compares two operations: parameters, bodies, responses, headers.

mod parameter;
mod response;
mod security;

use crate::document::{Encoding, MediaType, Operation, RequestBody, SchemaId};
use crate::lower::{Content, Joined, essence};
use crate::source::Span;

use super::change::{Directions, Part};
use super::found::{Found, FoundIn, Renamed};
use super::matched::Matched;
use super::pairs::{Pairs, Sides};
use super::place::label;
use super::rule;
use super::used;
use super::verdict::Rule;
use super::view::{View, examples, json};
use parameter::is_plain;

/// The state of comparing two operations.
pub(super) struct Comparison<'c, 's, 't> {
    pub sides: Sides<'s, 't>,
    pub pairs: &'c mut Pairs,
    pub found: &'c mut Vec<Found>,
    pub old: &'s Operation<'t>,
    pub new: &'s Operation<'t>,
    /// The position of the new operation in the list of users.
    pub user: usize,
    /// Whether the server makes the call: of a webhook or a callback the request is received and the response sent.
    pub is_received: bool,
    /// The known renames.
    pub renamed: &'c mut Renamed,
}

/// Both sides of a change as text with their location.
type Place = (Option<String>, Option<Span>);

impl<'s, 't> Comparison<'_, 's, 't> {
    /// Compares all parts. `similarity` is set if the operations were paired only because they are similar.
    pub(super) fn run(mut self, similarity: Option<u8>) {
        match similarity {
            Some(_) => self.renamed(similarity),
            None => self.names(),
        }
        self.own();
        self.parameters();
        self.body();
        self.responses();
        security::of_operation(&mut self);
        self.servers();
    }

    /// The direction of requests from the point of view of the program.
    fn request(&self) -> Directions {
        if self.is_received {
            Directions::RESPONSE
        } else {
            Directions::REQUEST
        }
    }

    /// The direction of responses.
    fn response(&self) -> Directions {
        if self.is_received {
            Directions::REQUEST
        } else {
            Directions::RESPONSE
        }
    }

    /// Adds a change of a part of the operation.
    pub(super) fn push(
        &mut self,
        rule: &'static Rule,
        part: Part,
        directions: Directions,
        old: Place,
        new: Place,
    ) {
        let of = FoundIn::Part(part.into(), Some(self.user), directions);
        self.found.push(Found {
            near: (Some(self.old.span), Some(self.new.span)),
            ..Found::new(rule, of, (old.1, new.1), (old.0, new.0))
        });
    }

    /// Adds a change of the operation as a whole.
    pub(super) fn push_own(
        &mut self,
        rule: &'static Rule,
        old: Option<String>,
        new: Option<String>,
    ) {
        let part = Part::Operation(label(self.new));
        let (old, new) = ((old, Some(self.old.span)), (new, Some(self.new.span)));
        self.push(rule, part, self.request(), old, new);
    }

    /// Compares the schemas of both sides.
    fn schemas(&mut self, old: Option<SchemaId>, new: Option<SchemaId>, directions: Directions) {
        if let (Some(old), Some(new)) = (old, new) {
            let id = self.pairs.pair(self.sides, old, new);
            self.pairs.used(id, Some(self.user), directions);
            used::compare(self.sides, id, (old, new), self.found);
        }
    }

    /// Adds a change of the path.
    fn renamed(&mut self, similarity: Option<u8>) {
        let (old, new) = (Some(label(self.old)), Some(label(self.new)));
        self.push_own(&rule::OPERATION_RENAMED, old, new);
        self.set_similarity(similarity);
    }

    /// Sets the similarity of the change that was added last.
    fn set_similarity(&mut self, similarity: Option<u8>) {
        if let Some(last) = self.found.last_mut() {
            last.similarity = similarity;
        }
    }

    /// Compares the names of the operation.
    fn names(&mut self) {
        let (old, new) = (self.old, self.new);
        let owned = |text: &str| Some(text.to_owned());
        if old.method != new.method {
            self.push_own(&rule::METHOD_CHANGED, owned(old.method), owned(new.method));
        }
        if shape_of(&old.path.text) != shape_of(&new.path.text) {
            let texts = (owned(&old.path.text), owned(&new.path.text));
            self.push_own(&rule::PATH_CHANGED, texts.0, texts.1);
        }
        let id = |operation: &Operation<'t>| operation.id.map(|id| id.text.to_owned());
        if id(old) != id(new) {
            self.push_own(&rule::OPERATION_ID_CHANGED, id(old), id(new));
        }
    }

    fn own(&mut self) {
        let (old, new) = (self.old, self.new);
        let tags = |operation: &Operation<'t>| {
            let tags: Vec<&str> = operation.tags.iter().map(|tag| tag.text).collect();
            tags.join(", ")
        };
        if tags(old) != tags(new) {
            self.push_own(&rule::TAGS_CHANGED, Some(tags(old)), Some(tags(new)));
        }
        match (old.deprecated, new.deprecated) {
            (false, true) => self.push_own(&rule::OPERATION_DEPRECATED, None, None),
            (true, false) => self.push_own(&rule::OPERATION_UNDEPRECATED, None, None),
            _ => {}
        }
        for key in ["x-sunset", "x-stability-level"] {
            let text = |operation: &Operation<'t>| {
                let value = operation.node.get(key)?.as_scalar()?;
                Some(format!("{key}: {value}"))
            };
            if text(old) != text(new) {
                self.push_own(&rule::ANNOUNCEMENT_CHANGED, text(old), text(new));
            }
        }
        let texts = |operation: &Operation<'t>| {
            let texts = [operation.summary, operation.description];
            let texts = texts.map(|text| text.unwrap_or_default().trim());
            (texts, operation.node.get("externalDocs").map(json))
        };
        if texts(old) != texts(new) {
            self.push_own(&rule::DOCS_CHANGED, None, None);
        }
    }

    fn body(&mut self) {
        let request = self.request();
        let part = |operation| Part::Body {
            operation: label(operation),
            media_type: None,
        };
        let place = |body: Option<&RequestBody<'t>>| (None, body.map(|body| body.span));
        let (old, new) = (self.old.body.as_ref(), self.new.body.as_ref());
        let is_required = |body: &RequestBody<'t>| body.required == Some(true);
        let rule = match (old.map(is_required), new.map(is_required)) {
            (Some(_), None) => Some(&rule::BODY_REMOVED),
            (None, Some(true)) => Some(&rule::BODY_REQUIRED_ADDED),
            (None, Some(false)) => Some(&rule::BODY_ADDED),
            (Some(false), Some(true)) => Some(&rule::BODY_BECAME_REQUIRED),
            (Some(true), Some(false)) => Some(&rule::BODY_BECAME_OPTIONAL),
            _ => None,
        };
        if let Some(rule) = rule {
            let of = if new.is_some() { self.new } else { self.old };
            self.push(rule, part(of), request, place(old), place(new));
        }
        if let (Some(old), Some(new)) = (old, new) {
            if old.description.map(str::trim) != new.description.map(str::trim) {
                let (before, after) = (place(Some(old)), place(Some(new)));
                self.push(&rule::DOCS_CHANGED, part(self.new), request, before, after);
            }
            let part = |operation: &Operation<'t>, media: &MediaType<'t>| Part::Body {
                operation: label(operation),
                media_type: Some(media.name.text.to_string()),
            };
            self.media_types(&old.content, &new.content, request, part);
        }
    }

    fn media_types(
        &mut self,
        old: &'s [MediaType<'t>],
        new: &'s [MediaType<'t>],
        directions: Directions,
        part: impl Fn(&Operation<'t>, &MediaType<'t>) -> Part,
    ) {
        let matched = Matched::of(old, new).by(|media| media.name.text);
        let matched = matched.by(|media| essence(media.name.text));
        for media in matched.gone {
            let part = part(self.old, media);
            let old = (None, Some(media.name.span));
            let rule = &rule::MEDIA_TYPE_REMOVED;
            self.push(rule, part, directions, old, (None, None));
        }
        for media in matched.come {
            let part = part(self.new, media);
            let new = (None, Some(media.name.span));
            self.push(&rule::MEDIA_TYPE_ADDED, part, directions, (None, None), new);
        }
        for (media, other) in matched.both {
            self.schemas(media.schema, other.schema, directions);
            if Content::of(other.name.text) == Content::Multipart {
                self.parts_of_form(media.schema, other.schema);
            }
            let place =
                |media: &MediaType<'t>| (Some(media.name.text.to_string()), Some(media.name.span));
            if parameters(media.name.text) != parameters(other.name.text) {
                let part = part(self.new, other);
                let rule = &rule::MEDIA_TYPE_PARAMETERS;
                self.push(rule, part, directions, place(media), place(other));
            }
            let rule = match (says(self.sides.old, media), says(self.sides.new, other)) {
                (false, true) => Some(&rule::TYPE_NARROWED),
                (true, false) => Some(&rule::TYPE_WIDENED),
                _ => None,
            };
            if let Some(rule) = rule.filter(|_| media.schema.is_none() || other.schema.is_none()) {
                let (old, new) = (place(media).1, place(other).1);
                self.push(
                    rule,
                    part(self.new, other),
                    directions,
                    (None, old),
                    (None, new),
                );
            }
            self.schemas(media.item_schema, other.item_schema, directions);
            let is_form = Content::of(other.name.text) == Content::Form;
            let plain = |name: &str| {
                is_form
                    && (is_plain_part(self.sides.old, media, name)
                        || is_plain_part(self.sides.new, other, name))
            };
            if encodings(media, plain) != encodings(other, plain) {
                let part = part(self.new, other);
                let old = (None, Some(media.name.span));
                let new = (None, Some(other.name.span));
                self.push(&rule::ENCODING_CHANGED, part, directions, old, new);
            }
            if examples(&media.examples) != examples(&other.examples) {
                let part = part(self.new, other);
                let old = (None, Some(media.name.span));
                let new = (None, Some(other.name.span));
                self.push(&rule::EXAMPLES_CHANGED, part, directions, old, new);
            }
        }
    }

    /// Marks the parts of a multipart body, and the elements of those that are arrays.
    fn parts_of_form(&mut self, old: Option<SchemaId>, new: Option<SchemaId>) {
        let Sides {
            old: of_old,
            new: of_new,
        } = self.sides;
        let (Some(old), Some(new)) = (old, new) else {
            return;
        };
        let (old, new) = (of_old.parts(old), of_new.parts(new));
        for (key, part) in &old.properties {
            let Some(other) = new.property(key.text) else {
                continue;
            };
            let elements = of_old.parts(*part).items.zip(of_new.parts(other).items);
            for (old, new) in [(*part, other)].into_iter().chain(elements) {
                let pair = self.pairs.pair(self.sides, old, new);
                self.pairs.set_part_of_form(pair);
            }
        }
    }

    fn servers(&mut self) {
        let urls = |operation: &Operation<'t>| {
            let urls: Vec<&str> = operation
                .servers
                .iter()
                .map(|server| &*server.url)
                .collect();
            urls.join(", ")
        };
        if urls(self.old) != urls(self.new) {
            self.push_own(
                &rule::SERVER_CHANGED,
                Some(urls(self.old)),
                Some(urls(self.new)),
            );
        }
    }
}

/// A path with empty braces for its parameters, because their names are not sent.
pub(super) fn shape_of(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut in_braces = false;
    for sign in path.chars() {
        match sign {
            '{' => {
                in_braces = true;
                shape.push('{');
            }
            '}' => {
                in_braces = false;
                shape.push('}');
            }
            sign if !in_braces => shape.push(sign),
            _ => {}
        }
    }
    shape
}

/// Whether a media type has a schema that restricts its values.
fn says<'t>(joined: &Joined<'t>, media: &MediaType<'t>) -> bool {
    media.schema.is_some_and(|id| {
        let view = View::of(joined, id);
        !view.types().is_empty() || view.has_alternatives() || view.values().is_some()
    })
}

/// The parameters of a media type except the charset, sorted.
fn parameters(text: &str) -> Vec<String> {
    let parameters = text.split(';').skip(1);
    let parameters = parameters.map(|one| one.trim().to_ascii_lowercase());
    let mut parameters: Vec<String> = parameters
        .filter(|one| !one.is_empty() && !one.starts_with("charset="))
        .collect();
    parameters.sort_unstable();
    parameters
}

/// Whether the value of a part of a body is certainly neither an array nor an object.
fn is_plain_part(joined: &Joined<'_>, media: &MediaType<'_>, name: &str) -> bool {
    let part = |schema| joined.parts(schema).property(name);
    let part = media.schema.and_then(part);
    part.is_some_and(|schema| is_plain(joined, schema))
}

/// The encodings of the parts of a body, one text for each; parts without names in their order. `style` and `explode`
/// have no effect on the parts for which `plain` holds, unless they replace a `contentType`.
fn encodings(media: &MediaType<'_>, plain: impl Fn(&str) -> bool) -> Vec<String> {
    let text = |one: &Encoding<'_>| {
        let name = one.name.text;
        let style = (one.style, one.explode);
        let has_effect = one.content_type.is_some() || !plain(name);
        let style = if has_effect { style } else { (None, None) };
        let headers: Vec<&str> = one.headers.iter().map(|header| header.name.text).collect();
        let is_default = one.content_type.is_none() && style == (None, None) && headers.is_empty();
        let text = || format!("{name}: {:?} {style:?} {headers:?}", one.content_type);
        (!is_default).then(text)
    };
    let mut texts: Vec<String> = media.encoding.iter().filter_map(text).collect();
    texts.sort();
    // The position of a part without a name counts.
    let unnamed = media.prefix_encoding.iter().chain(&media.item_encoding);
    texts.extend(unnamed.map(|one| text(one).unwrap_or_default()));
    texts
}
