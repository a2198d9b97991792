//! The location of a schema in a description, by names: schema `Pet`, property `tags[].name`.

use hashbrown::HashMap;

use crate::document::{
    Document, Location, MediaType, Operation, Parameter, Response, SchemaId, Status,
};

use super::change::{Part, Subject};

/// The location of each schema of a document.
pub(super) struct Places<'t> {
    parts: Vec<Part>,
    places: HashMap<SchemaId, Place<'t>>,
}

/// A location: a part of the description, or a step below another schema.
#[derive(Clone, Copy)]
enum Place<'t> {
    In(usize),
    Below(SchemaId, Step<'t>),
}

#[derive(Clone, Copy)]
enum Step<'t> {
    Property(&'t str),
    Items,
    Position(usize),
    Values,
    Branch,
    Alternative(usize),
    Content,
}

/// The maximum number of steps in a subject, so that it stays readable however deep a description is nested.
const MOST_STEPS: usize = 64;

impl<'t> Places<'t> {
    /// Finds the locations: of named schemas first, then components, then operations; each schema once.
    pub(super) fn of(document: &Document<'t>) -> Self {
        let mut places = Self {
            parts: Vec::new(),
            places: HashMap::new(),
        };
        for (name, id) in document.named_schemas() {
            places.root(document, Some(id), || Part::Schema(name.to_owned()));
        }
        for parameter in &document.parameters {
            places.parameter(document, None, parameter);
        }
        let webhooks = document.webhooks.iter().flat_map(|path| &path.operations);
        let mut open: Vec<&Operation<'t>> = document.operations().chain(webhooks).collect();
        open.reverse();
        while let Some(operation) = open.pop() {
            places.operation(document, operation);
            let callbacks = operation.callbacks.iter();
            open.extend(callbacks.flat_map(|path| &path.operations));
        }
        places
    }

    /// The subject of a schema.
    pub(super) fn subject(&self, document: &Document<'t>, mut id: SchemaId) -> Subject {
        let mut steps = Vec::new();
        let part = loop {
            let joined = document.leaves.get(&id).and_then(|leaves| leaves.last());
            match self.places.get(joined.unwrap_or(&id)) {
                Some(Place::In(part)) => break self.parts[*part].clone(),
                Some(&Place::Below(above, step)) if steps.len() < MOST_STEPS => {
                    steps.push(step);
                    id = above;
                }
                _ => break Part::Api,
            }
        };
        let steps = steps.into_iter().rev().map(Step::text);
        let property: String = steps.collect();
        let property = property.strip_prefix('.').unwrap_or(&property).to_owned();
        Subject { part, property }
    }

    /// The schema that contains a schema, otherwise the part of the description.
    pub(super) fn above(
        &self,
        document: &Document<'t>,
        id: SchemaId,
    ) -> Result<SchemaId, Option<&Part>> {
        let joined = document.leaves.get(&id).and_then(|leaves| leaves.last());
        match self.places.get(joined.unwrap_or(&id)) {
            Some(&Place::Below(above, _)) => Ok(above),
            Some(Place::In(part)) => Err(Some(&self.parts[*part])),
            None => Err(None),
        }
    }

    /// The schemas whose values have a value of this schema as an element or an alternative, up to the property that
    /// they are the value of.
    pub(super) fn holders(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut holders = Vec::new();
        let mut id = id;
        while let Some(&Place::Below(above, step)) = self.places.get(&id) {
            if matches!(step, Step::Property(_)) || holders.len() == MOST_STEPS {
                break;
            }
            holders.push(above);
            id = above;
        }
        holders
    }

    fn operation(&mut self, document: &Document<'t>, operation: &Operation<'t>) {
        let label = label(operation);
        for parameter in &operation.parameters {
            self.parameter(document, Some(&label), parameter);
        }
        for media in operation.body.iter().flat_map(|body| &body.content) {
            self.media(document, media, || Part::Body {
                operation: label.clone(),
                media_type: Some(media.name.text.to_string()),
            });
        }
        for response in &operation.responses {
            let (of, status) = of_response(&label, response);
            for media in &response.content {
                self.media(document, media, || Part::Response {
                    operation: of.clone(),
                    status: status.clone(),
                    media_type: Some(media.name.text.to_string()),
                });
            }
            for header in &response.headers {
                let schema = header.schema;
                self.root(document, schema, || Part::Header {
                    operation: of.clone(),
                    status: status.clone(),
                    name: header.name.text.to_owned(),
                });
            }
        }
    }

    fn parameter(
        &mut self,
        document: &Document<'t>,
        operation: Option<&String>,
        parameter: &Parameter<'t>,
    ) {
        let part = || parameter_part(operation, parameter);
        self.root(document, parameter.schema, part);
        if let Some(media) = &parameter.content {
            self.media(document, media, part);
        }
    }

    fn media(&mut self, document: &Document<'t>, media: &MediaType<'t>, part: impl Fn() -> Part) {
        self.root(document, media.schema, &part);
        self.root(document, media.item_schema, &part);
    }

    /// Records the location of a schema and of all schemas within it.
    fn root(&mut self, document: &Document<'t>, id: Option<SchemaId>, part: impl FnOnce() -> Part) {
        let Some(id) = id.filter(|id| !self.places.contains_key(id)) else {
            return;
        };
        self.places.insert(id, Place::In(self.parts.len()));
        self.parts.push(part());
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            for (child, step) in children(document, id) {
                if !self.places.contains_key(&child) && document.schema(child).component.is_none() {
                    self.places.insert(child, Place::Below(id, step));
                    open.push(child);
                }
            }
        }
    }
}

/// The schemas that are defined inside a schema.
fn children<'t>(document: &Document<'t>, id: SchemaId) -> Vec<(SchemaId, Step<'t>)> {
    let schema = document.schema(id);
    let named = schema.properties.iter().chain(&schema.pattern_properties);
    let mut children: Vec<_> = named
        .map(|(key, id)| (*id, Step::Property(key.text)))
        .collect();
    children.extend(schema.items.map(|id| (id, Step::Items)));
    let positions = schema.prefix_items.iter().enumerate();
    children.extend(positions.map(|(at, id)| (*id, Step::Position(at))));
    children.extend(schema.additional_schema.map(|id| (id, Step::Values)));
    children.extend(schema.content_schema.map(|id| (id, Step::Content)));
    children.extend(schema.all_of.iter().map(|id| (*id, Step::Branch)));
    let alternatives = schema.one_of.iter().chain(&schema.any_of).enumerate();
    children.extend(alternatives.map(|(at, id)| (*id, Step::Alternative(at))));
    children
}

impl Step<'_> {
    /// The step as a part of a subject: `.name`, `[]`, `{}`.
    fn text(self) -> String {
        match self {
            Self::Property(name) => format!(".{name}"),
            Self::Items => "[]".to_owned(),
            Self::Position(at) => format!("[{at}]"),
            Self::Values => "{}".to_owned(),
            Self::Branch | Self::Content => String::new(),
            Self::Alternative(at) => format!("<{}>", at + 1),
        }
    }
}

/// The name of an operation in messages: `GET /pets`.
pub(super) fn label(operation: &Operation<'_>) -> String {
    format!("{} {}", operation.method, operation.path.text)
}

/// The part of the description for a parameter.
pub(super) fn parameter_part(operation: Option<&String>, parameter: &Parameter<'_>) -> Part {
    Part::Parameter {
        operation: operation.cloned(),
        location: match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Querystring => "querystring",
            Location::Header => "header",
            Location::Cookie => "cookie",
        },
        name: parameter.name.text.to_owned(),
    }
}

/// The operation and the status code of a response; for a component its name.
pub(super) fn of_response(operation: &str, response: &Response<'_>) -> (Option<String>, String) {
    match response.component {
        Some(name) => (None, name.to_owned()),
        None => (Some(operation.to_owned()), status_text(response.status)),
    }
}

/// A status code or range as written in a description.
pub(super) fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "default".to_owned(),
    }
}
