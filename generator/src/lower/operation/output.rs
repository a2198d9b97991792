//! Responses: the output of a success, and the documented errors.

use hashbrown::{HashMap, HashSet};

use crate::document::{self, MediaType, Operation, Response, SchemaId, SimpleType};
use crate::lower::numbered::OWN_NAME;
use crate::lower::operation::media::{Content, is_string, without_charset};
use crate::lower::operation::representation::{ResponseMode, distinct_media};
use crate::lower::operation::resource::place_of;
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::same::same_as_last;
use crate::lower::spot::Spot;
use crate::lower::{Facts, Lowerer};
use crate::model::{ApiError, Docs, Output, OutputCase, Shape, StatusRange};
use crate::source::Span;

/// An [`OutputCase`] that has no name yet: names are given to all cases of an output at once.
struct CaseDraft {
    status: StatusRange,
    /// The location of its description.
    place: Span,
    media_type: Option<String>,
    output: Output,
    docs: Docs,
}

impl<'t> Lowerer<'_, 't> {
    /// The output of an operation.
    pub(crate) fn output(
        &mut self,
        operation: &Operation<'t>,
        mode: ResponseMode,
        spot: &Spot,
    ) -> Output {
        let mut cases = Vec::new();
        for response in successes(operation) {
            self.cases(operation, response, mode, spot, &mut cases);
        }
        let Some(first) = cases.first() else {
            return without_success(operation);
        };
        if cases.iter().all(|case| case.output == first.output) {
            return first.output.clone();
        }
        if let Some(merged) = one_json(&cases) {
            return merged;
        }
        let text = format!("{} output", spot.name());
        let place = Some(place_of(operation));
        let name = self.claim_at(spot.home(), &[&text], place, OWN_NAME);
        Output::OneOf {
            name,
            cases: self.named(cases),
        }
    }

    /// The cases of one response: one for each kind of content that differs in meaning.
    fn cases(
        &mut self,
        operation: &Operation<'t>,
        response: &Response<'t>,
        mode: ResponseMode,
        spot: &Spot,
        cases: &mut Vec<CaseDraft>,
    ) {
        let docs = Docs {
            summary: response.summary.map(str::to_owned),
            description: response.description.map(str::to_owned),
            ..Docs::default()
        };
        let status = status_range(response.status);
        if operation.is_empty(response) {
            cases.push(CaseDraft {
                status,
                place: response.span,
                media_type: None,
                output: Output::Empty,
                docs,
            });
            return;
        }
        let media = distinct_media(self.document, &response.content, mode).into_iter();
        let own = media.map(|media| CaseDraft {
            status,
            place: media.name.span,
            media_type: Some(without_charset(media.name.text)).filter(|name| name != "*/*"),
            output: self.content(media, response, spot),
            docs: docs.clone(),
        });
        let mut own = streams_once(own.collect());
        if let [only] = &mut own[..] {
            only.media_type = None;
        }
        cases.extend(own);
    }

    /// The content of a response in one media type.
    fn content(&mut self, media: &MediaType<'t>, response: &Response<'t>, spot: &Spot) -> Output {
        let place = match response
            .rust_name
            .map(|name| name.text)
            .or(response.component)
        {
            Some(name) => Spot::new(spot.home().clone(), &crate::name::pascal(name)),
            None => spot.child(&part_name(response.status)),
        };
        match Content::in_media(self.document, media) {
            Content::Json => match media.schema {
                Some(schema) if !self.is_open(schema) => {
                    let lowered = self.shape(schema, &place);
                    match lowered.shape {
                        Shape::Json => Output::Json(Shape::Json, false),
                        shape => Output::Json(shape, lowered.nullable),
                    }
                }
                _ => Output::Any,
            },
            Content::Events => {
                let data = self.event_data(media);
                Output::Events(data.map(|data| self.shape(data, &place.child("event")).shape))
            }
            Content::JsonLines => {
                let line = self.line(media);
                Output::JsonLines(line.map_or(Shape::Json, |line| {
                    self.shape(line, &place.child("line")).into_element()
                }))
            }
            Content::Text => Output::Text,
            Content::Form | Content::Multipart | Content::Bytes => Output::Bytes,
        }
    }

    /// Names each case after its status code, and after its content if the status code has several cases.
    fn named(&mut self, drafts: Vec<CaseDraft>) -> Vec<OutputCase> {
        let mut scope = crate::name::Scope::variants();
        let statuses: Vec<_> = drafts.iter().map(|case| case.status).collect();
        let contents = drafts.iter();
        let contents: Vec<_> = contents
            .map(|case| (case.status, content_word(&case.output)))
            .collect();
        let mut cases = Vec::new();
        for case in drafts {
            let status = match case.status {
                StatusRange::Code(code) => status_word(code),
                StatusRange::Range(hundreds) => format!("Status{hundreds}xx"),
                StatusRange::Default => "Other".to_owned(),
            };
            let content = (case.status, content_word(&case.output));
            let name = if is_once(case.status, &statuses) {
                scope.claim(&status)
            } else if !is_once(content, &contents) {
                let media_type = case.media_type.as_deref().unwrap_or("any/*");
                let words = [subtype_tail(media_type), subtype(media_type)];
                let words = words.map(|word| format!("{status} {word}"));
                scope.claim_first(&[&words[0], &words[1]])
            } else {
                scope.claim(&format!("{status} {}", content.1))
            };
            self.report_if_numbered(&scope, &name, "variant", Some(case.place), OWN_NAME);
            cases.push(OutputCase {
                name,
                status: case.status,
                media_type: case.media_type,
                output: Box::new(case.output),
                docs: case.docs,
            });
        }
        cases
    }

    /// The documented errors of an operation, each status code once.
    pub(crate) fn errors(&mut self, operation: &Operation<'t>, spot: &Spot) -> Vec<ApiError> {
        let mut errors = Vec::new();
        for response in failures(operation) {
            let spot = spot.child("error");
            let json: Vec<_> =
                distinct_media(self.document, &response.content, ResponseMode::Whole)
                    .into_iter()
                    .filter(|media| Content::in_media(self.document, media) == Content::Json)
                    .collect();
            let several = json.len() > 1;
            let error = ApiError {
                status: status_range(response.status),
                media_type: None,
                shape: None,
                docs: Docs {
                    summary: response.summary.map(str::to_owned),
                    description: response.description.map(str::to_owned),
                    ..Docs::default()
                },
            };
            if json.is_empty() {
                errors.push(error.clone());
            }
            for media in json {
                errors.push(ApiError {
                    media_type: several.then(|| without_charset(media.name.text)),
                    shape: match self.content(media, response, &spot) {
                        Output::Json(shape, _) => Some(shape),
                        Output::Any => Some(Shape::Json),
                        _ => None,
                    },
                    ..error.clone()
                });
            }
        }
        errors
    }
}

impl<'t> Facts<'_, 't> {
    /// Whether an inline schema allows any value, such as the `{}` of a response whose type the author did not specify.
    fn is_open(&self, schema: SchemaId) -> bool {
        let described = self.document.schema(self.target(schema));
        let parts = self.parts(schema);
        described.component.is_none()
            && described.boolean != Some(false)
            && described.not.is_none()
            && parts.simple_types().is_empty()
            && parts.unions.is_empty()
            && parts.values.is_none()
    }

    /// The schema of a line. A string describes the text of all lines, not a single line.
    pub(crate) fn line(&self, media: &MediaType<'t>) -> Option<SchemaId> {
        let whole = media.item_schema.is_none();
        self.item(media).filter(|&line| {
            let is_text = is_string(self.document, same_as_last(self.document, line));
            !(whole && media.schema == Some(line) && is_text)
        })
    }

    /// The schema of an item of a stream: `itemSchema`, otherwise `schema`. If `schema` is an array, it describes all
    /// items.
    fn item(&self, media: &MediaType<'t>) -> Option<SchemaId> {
        let whole = || {
            let schema = media.schema?;
            Some(self.parts(schema).items.unwrap_or(schema))
        };
        media.item_schema.or_else(whole)
    }

    /// The schema of the data of an event; `None` if the data is text. Since 3.2 the schema describes the event with
    /// its fields; in earlier versions most descriptions describe only the data, unless it has the fields of an event
    /// and no others.
    pub(crate) fn event_data(&self, media: &MediaType<'t>) -> Option<SchemaId> {
        let item = self.item(media)?;
        let parts = self.parts(item);
        let data_of = |parts: &Parts<'t>| {
            let data = parts.property("data");
            data.filter(|_| media.item_schema.is_some() || has_only_event_fields(parts))
        };
        let Some(data) = data_of(&parts) else {
            // Events with different fields have no common schema of the data. Some descriptions group them.
            let mut groups = branches(&parts).map(|branch| self.parts(branch));
            let differ = groups.any(|group| {
                let mut events = branches(&group).map(|event| self.parts(event));
                data_of(&group).is_some() || events.any(|event| data_of(&event).is_some())
            });
            return (!differ && !is_text(&parts)).then_some(item);
        };
        let content = self.document.schema(data).content_schema;
        let of_text = is_text(&self.parts(data));
        content.or((!of_text).then_some(data))
    }

    /// The documented response headers that carry a request id.
    pub(crate) fn request_id_headers(&self) -> Vec<String> {
        let operations = self.document.operations();
        let headers = operations
            .flat_map(|operation| &operation.responses)
            .flat_map(|response| &response.headers);
        let mut names = Vec::new();
        for header in headers {
            let name = header.name.text.to_ascii_lowercase();
            if name.replace(['-', '_'], "").ends_with("requestid") {
                push_once(&mut names, name);
            }
        }
        names
    }
}

fn push_once(names: &mut Vec<String>, name: String) {
    if !names.contains(&name) {
        names.push(name);
    }
}

/// The responses that are not a success.
pub(crate) fn failures<'d, 't>(operation: &'d Operation<'t>) -> Vec<&'d Response<'t>> {
    let successes = successes(operation).into_iter();
    let successes: HashSet<_> = successes.map(|response| response.status).collect();
    let responses = operation.responses.iter();
    by_status(responses.filter(|response| !successes.contains(&response.status)))
}

/// The responses in the order of their status codes.
pub(crate) fn by_status<'d, 't: 'd>(
    responses: impl Iterator<Item = &'d Response<'t>>,
) -> Vec<&'d Response<'t>> {
    let mut sorted: Vec<_> = responses.collect();
    sorted.sort_by_key(|response| response.status);
    sorted
}

/// The responses that mean success: 2xx; if there are none, `default`; otherwise those that are not errors.
pub(crate) fn successes<'d, 't>(operation: &'d Operation<'t>) -> Vec<&'d Response<'t>> {
    let of = |wanted: fn(document::Status) -> bool| -> Vec<&'d Response<'t>> {
        let responses = operation.responses.iter();
        by_status(responses.filter(|response| wanted(response.status)))
    };
    let found = of(is_success);
    if !found.is_empty() {
        return found;
    }
    of(|status| status == document::Status::Default)
}

fn is_success(status: document::Status) -> bool {
    matches!(
        status,
        document::Status::Code(200..=299) | document::Status::Range(2)
    )
}

/// The output of an operation without a success response: bytes if it redirects a GET, because the content at the
/// target is not described, otherwise nothing.
fn without_success(operation: &Operation<'_>) -> Output {
    let mut statuses = operation
        .responses
        .iter()
        .map(|response| status_range(response.status));
    if operation.method == "GET" && statuses.any(StatusRange::is_redirect) {
        Output::Bytes
    } else {
        Output::Empty
    }
}

/// Whether a schema has `event` and no property that an event does not have.
fn has_only_event_fields(parts: &Parts<'_>) -> bool {
    let mut names = parts.properties.iter().map(|(name, _)| name.text);
    parts.property("event").is_some()
        && names.all(|name| ["event", "data", "id", "retry"].contains(&name))
}

/// The alternatives of a schema.
fn branches(parts: &Parts<'_>) -> impl Iterator<Item = SchemaId> {
    let unions = parts.unions.iter();
    unions.flat_map(|union| &union.branches).copied()
}

fn is_text(parts: &Parts<'_>) -> bool {
    parts.simple_types() == [SimpleType::String]
}

/// The output where one of several successes has a JSON body and the others have no body: the body, if its type is any
/// JSON, which includes an absent body.
fn one_json(cases: &[CaseDraft]) -> Option<Output> {
    let mut bodies = cases.iter().filter(|case| case.output != Output::Empty);
    match (bodies.next().map(|case| &case.output), bodies.next()) {
        (Some(output @ (Output::Any | Output::Json(Shape::Json, _))), None) => Some(output.clone()),
        _ => None,
    }
}

pub(crate) fn status_range(status: document::Status) -> StatusRange {
    match status {
        document::Status::Code(code) => StatusRange::Code(code),
        document::Status::Range(hundreds) => StatusRange::Range(hundreds),
        document::Status::Default => StatusRange::Default,
    }
}

/// The text that an inline body is named after: `CreateResponse`, `CreateNotFound`.
pub(crate) fn part_name(status: document::Status) -> String {
    match status {
        document::Status::Code(200) | document::Status::Range(2) => "Response".to_owned(),
        document::Status::Code(code) => status_word(code),
        document::Status::Range(4) => "ClientError".to_owned(),
        document::Status::Range(5) => "ServerError".to_owned(),
        document::Status::Range(hundreds) => format!("Status{hundreds}xx"),
        document::Status::Default => "Default".to_owned(),
    }
}

/// The cases of one response, in which streams of one kind are one case if all have the same items.
fn streams_once(cases: Vec<CaseDraft>) -> Vec<CaseDraft> {
    // The first case of each kind, and whether the others have the same items.
    let mut kinds: HashMap<&str, (usize, bool)> = HashMap::new();
    for (position, case) in cases.iter().enumerate() {
        let kind = content_word(&case.output);
        let (first, same) = kinds.entry(kind).or_insert((position, true));
        let first = cases.get(*first).map(|first| &first.output);
        *same &= is_stream(&case.output) && first == Some(&case.output);
    }
    let is_kept = |(position, case): &(usize, CaseDraft)| {
        let kind = kinds.get(content_word(&case.output));
        kind.is_none_or(|&(first, same)| !same || first == *position)
    };
    let cases = cases.into_iter().enumerate().filter(is_kept);
    cases.map(|(_, case)| case).collect()
}

fn is_stream(output: &Output) -> bool {
    matches!(output, Output::Events(_) | Output::JsonLines(_))
}

fn is_once<T: PartialEq + Copy>(value: T, all: &[T]) -> bool {
    all.iter().filter(|&&other| other == value).count() == 1
}

/// The kind of content of a case.
fn content_word(output: &Output) -> &'static str {
    match output {
        Output::Empty | Output::OneOf { .. } => "Empty",
        Output::Json(..) | Output::Any => "Json",
        Output::Text => "Text",
        Output::Bytes => "Bytes",
        Output::Events(_) => "Events",
        Output::JsonLines(_) => "Lines",
    }
}

/// `application/vnd.host.star+json; version=2` → `vnd.host.star; version=2`. For the range `application/*` it is
/// `application`.
fn subtype(name: &str) -> String {
    let (essence, parameters) = name.split_once(';').unwrap_or((name, ""));
    let subtype = match essence.split_once('/') {
        Some((main, "*")) => main,
        Some((_, subtype)) => subtype,
        None => "json",
    };
    format!(
        "{} {parameters}",
        subtype.strip_suffix("+json").unwrap_or(subtype)
    )
}

/// `vnd.host.star` → `star`.
fn subtype_tail(name: &str) -> String {
    let subtype = subtype(name);
    let (words, parameters) = subtype.split_once(' ').unwrap_or((&subtype, ""));
    let tail = words.rsplit('.').next().unwrap_or(words);
    format!("{tail} {parameters}")
}

/// The usual name of a status code.
fn status_word(code: u16) -> String {
    let word = match code {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritative",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        409 => "Conflict",
        410 => "Gone",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        422 => "Unprocessable",
        429 => "TooManyRequests",
        500 => "InternalError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "Unavailable",
        504 => "GatewayTimeout",
        _ => return format!("Status{code}"),
    };
    word.to_owned()
}
