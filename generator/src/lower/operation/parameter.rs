//! Path, query, header and cookie parameters.

use hashbrown::{HashMap, HashSet};

use crate::document::{
    self, Document, Location, MediaType, Operation, Parameter, SchemeKind, SecurityScheme, Version,
    is_token, template,
};
use crate::lower::Lowered;
use crate::lower::Lowerer;
use crate::lower::operation::input::InputDraft;
use crate::lower::operation::media::{Content, is_structured};
use crate::lower::operation::{of_segments, path};
use crate::lower::schema::fitting::Sampled;
use crate::lower::spot::Spot;
use crate::model::{Docs, Encoding, InputLocation, Scalar, Shape, Style};

impl<'t> Lowerer<'_, 't> {
    /// The inputs that are parameters; path parameters in the order of the template.
    pub(crate) fn parameters(
        &mut self,
        operation: &Operation<'t>,
        spot: &Spot,
    ) -> Vec<InputDraft<'t>> {
        let path = path(operation);
        let placeholders = placeholders(&path);
        let mut inputs = Vec::new();
        let of_path = operation.parameters.iter();
        let of_path = of_path.filter(|parameter| parameter.location == Location::Path);
        let described: HashMap<&str, &Parameter<'t>> = of_path
            .map(|parameter| (parameter.name.text, parameter))
            .collect();
        let of_segments = of_segments(operation);
        for name in &placeholders {
            let mut input = match described.get(name) {
                Some(parameter) => self.parameter(parameter, spot),
                None => undescribed(name),
            };
            if of_segments.contains(name) {
                keep_slashes(&mut input.location);
            }
            inputs.push(input);
        }
        for parameter in &operation.parameters {
            if parameter.location != Location::Path && is_sent(self.document, parameter) {
                inputs.push(self.parameter(parameter, spot));
            }
        }
        inputs
    }

    fn parameter(&mut self, parameter: &Parameter<'t>, spot: &Spot) -> InputDraft<'t> {
        let (schema, encoding) = match (parameter.schema, &parameter.content) {
            (None, Some(_)) if is_text(self.document, parameter) => (None, style(parameter)),
            (None, Some(media)) if is_json(self.document, media) => (media.schema, Encoding::Json),
            (None, Some(media)) => (media.schema, style(parameter)),
            (schema, _) => (schema, style(parameter)),
        };
        let encoding = match parameter.location {
            Location::Querystring => whole_query(parameter),
            _ => encoding,
        };
        let lowered = match schema {
            Some(id) => self.shape(id, &spot.child(parameter.name.text)),
            // `check/parameter.rs` reports this.
            None => Lowered {
                shape: Shape::Scalar(Scalar::String),
                nullable: false,
            },
        };
        let (location, other) = input_location(parameter.location, encoding);
        let name = parameter.name.text;
        let docs = schema
            .map(|id| self.value_docs(id, name))
            .unwrap_or_default();
        let described = parameter
            .description
            .map(str::to_owned)
            .or(docs.description);
        let text = parameter
            .rust_name
            .map_or(parameter.name.text, |name| name.text);
        let shown = parameter.examples.iter().map(|example| example.value);
        let sampled = schema
            .map(|id| self.sample_among(shown, id))
            .unwrap_or_default();
        InputDraft {
            text: text.to_owned(),
            former_names: parameter.former_names.clone(),
            other,
            mark: Some(parameter.name.span),
            wire: parameter.name.text.to_owned(),
            docs: Docs {
                summary: None,
                description: described,
                facts: docs.facts,
                ..Docs::default()
            },
            nullable: lowered.nullable
                && parameter.required
                && parameter.location != Location::Path,
            shape: lowered.shape,
            required: parameter.required || parameter.location == Location::Path,
            deprecated: parameter.deprecated,
            location,
            sampled,
        }
    }
}

/// Sends a path parameter without encoding its slashes.
fn keep_slashes(location: &mut InputLocation) {
    if let InputLocation::Path(Encoding::Style { allow_reserved, .. }) = location {
        *allow_reserved = true;
    }
}

/// A placeholder of the path without a described parameter, which becomes a string.
fn undescribed(name: &str) -> InputDraft<'static> {
    let encoding = Encoding::Style {
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
    };
    InputDraft {
        text: name.to_owned(),
        former_names: Vec::new(),
        other: "path",
        mark: None,
        wire: name.to_owned(),
        docs: Docs::default(),
        shape: Shape::Scalar(Scalar::String),
        required: true,
        nullable: false,
        deprecated: false,
        location: InputLocation::Path(encoding),
        sampled: Sampled::default(),
    }
}

fn input_location(location: Location, encoding: Encoding) -> (InputLocation, &'static str) {
    match location {
        Location::Path => (InputLocation::Path(encoding), "path"),
        Location::Query | Location::Querystring => (InputLocation::Query(encoding), "query"),
        Location::Header => (InputLocation::Header(encoding), "header"),
        Location::Cookie => (InputLocation::Cookie(encoding), "cookie"),
    }
}

/// Whether the caller has to serialize the value as text: it has a structure and its media type is not JSON.
pub(crate) fn is_text(document: &Document<'_>, parameter: &Parameter<'_>) -> bool {
    parameter.location != Location::Querystring
        && parameter.content.as_deref().is_some_and(|media| {
            !is_json(document, media)
                && media
                    .schema
                    .is_some_and(|schema| is_structured(document, schema))
        })
}

/// Whether a value is written as JSON text. A number in plain text needs nothing of it.
fn is_json(document: &Document<'_>, media: &MediaType<'_>) -> bool {
    let is_named = Content::of(media.name.text) == Content::Json;
    let has_structure = |schema| is_structured(document, schema);
    Content::in_media(document, media) == Content::Json
        && (is_named || media.schema.is_some_and(has_structure))
}

/// How the value of the whole query is written: as JSON text where its media type is JSON.
fn whole_query(parameter: &Parameter<'_>) -> Encoding {
    let media = parameter.content.as_deref();
    match media.map(|media| Content::of(media.name.text)) {
        Some(Content::Json) => Encoding::QuerystringJson,
        _ => Encoding::Querystring,
    }
}

fn style(parameter: &Parameter<'_>) -> Encoding {
    Encoding::Style {
        style: lower_style(parameter.style),
        explode: parameter.explode,
        allow_reserved: parameter.allow_reserved,
    }
}

/// The same style in the model.
pub(crate) fn lower_style(style: document::Style) -> Style {
    match style {
        document::Style::Form => Style::Form,
        document::Style::Simple => Style::Simple,
        document::Style::Label => Style::Label,
        document::Style::Matrix => Style::Matrix,
        document::Style::SpaceDelimited => Style::SpaceDelimited,
        document::Style::PipeDelimited => Style::PipeDelimited,
        document::Style::TabDelimited => Style::TabDelimited,
        document::Style::DeepObject => Style::DeepObject,
        document::Style::Cookie => Style::Cookie,
    }
}

/// Headers that the specification reserves for the client, and what determines their values.
const OWN_HEADERS: [(&str, &str); 3] = [
    ("accept", "it is set from the media types of the responses"),
    (
        "content-type",
        "it is set from the media type of the request body",
    ),
    ("authorization", "describe it as a security scheme"),
];

/// The names in braces of a path template, in order, each once.
pub(crate) fn placeholders(path: &str) -> Vec<&str> {
    let mut seen = HashSet::new();
    let mut names = template::placeholders(path);
    names.retain(|name| seen.insert(*name));
    names
}

/// Whether a parameter becomes an input. A header that cannot be sent, or that the client sends by itself, does not,
/// and neither does a path parameter without a placeholder.
pub(crate) fn is_sent(document: &Document<'_>, parameter: &Parameter<'_>) -> bool {
    parameter.location != Location::Header
        || (is_token(parameter.name.text) && own_header(document, parameter).is_none())
}

/// What determines the value of a header that the client sends by itself.
///
/// `OpenAPI` 3 ignores a parameter `Authorization` (Parameter Object, `name`). Swagger 2.0 does not: there it is an
/// input unless a security scheme sets the header.
pub(crate) fn own_header(
    document: &Document<'_>,
    parameter: &Parameter<'_>,
) -> Option<&'static str> {
    let own = OWN_HEADERS
        .iter()
        .find(|(own, _)| parameter.name.text.eq_ignore_ascii_case(own));
    let is_input = |own: &str| {
        own == "authorization"
            && document.version == Version::V2_0
            && !document.schemes.iter().any(writes_authorization)
    };
    own.filter(|(own, _)| !is_input(own)).map(|&(_, help)| help)
}

fn writes_authorization(scheme: &SecurityScheme<'_>) -> bool {
    match scheme.kind {
        SchemeKind::ApiKey { location, name, .. } => {
            location == Location::Header && name.eq_ignore_ascii_case("authorization")
        }
        SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::Other => true,
    }
}
