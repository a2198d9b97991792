//! Resources and their operations.

use std::collections::BTreeMap;

use super::{Docs, Former, Pagination, Security, Shape, TypeId, Webhooks};
use crate::name::Ident;

/// A group of operations: `client.profiles()`.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Module and accessor: `profiles`.
    pub module: Ident,
    /// Type of the handle: `Profiles`.
    pub handle: Ident,
    /// What it groups.
    pub docs: Docs,
    /// Its operations in the order of the description.
    pub operations: Vec<Operation>,
    /// The files below the resource's, where it is too large for one: each with the positions of its operations.
    pub sections: BTreeMap<Ident, Vec<usize>>,
    /// The feature that it is compiled with, where the API is in parts and no other part needs it.
    pub feature: Option<String>,
}

/// One operation: a method of its resource's handle.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The method: `get`.
    pub name: Ident,
    /// Its former names.
    pub former: Vec<Ident>,
    /// The former names of the types that are named after it: of its call, its outputs, its callbacks.
    pub former_types: Vec<Former>,
    /// The usual method of the operation, where this one is a further one.
    pub form_of: Option<Form>,
    /// The operation's name in errors and traces: `profiles.get`.
    pub label: String,
    /// Type of the call, where the operation has optional inputs, several bodies or pages: `GetCall`.
    pub call: Option<Ident>,
    /// The constant with its example response: `GET`.
    pub constant: Ident,
    /// Its former names.
    pub former_constants: Vec<Ident>,
    /// The HTTP method in capitals.
    pub method: String,
    /// The path template, starting with `/`.
    pub path: String,
    /// What it does.
    pub docs: Docs,
    /// Whether the description calls it deprecated.
    pub deprecated: bool,
    /// Path, query, header and cookie inputs, and the properties of an inline object body; required ones are
    /// arguments in this order, optional ones setters.
    pub inputs: Vec<Input>,
    /// How the body is made of the inputs.
    pub body: Body,
    /// The boolean property of the JSON body that asks for a stream, and the value that this method sets.
    pub stream_flag: Option<(String, bool)>,
    /// What a success gives.
    pub output: Output,
    /// What the description shows of the first success.
    pub success: Success,
    /// How to get the next page, if the response is one page of several.
    pub pagination: Option<Pagination>,
    /// Documented errors, for the docs and for `error.api::<T>()`.
    pub errors: Vec<ApiError>,
    /// Documented headers of its responses.
    pub headers: Vec<ResponseHeaders>,
    /// What the other side sends because of the call.
    pub callbacks: Option<Webhooks>,
    /// Own security, where it differs from the API's.
    pub security: Option<Security>,
    /// Own base URL (absolute), where it differs from the API's.
    pub server: Option<String>,
    /// Media types for `Accept`.
    pub accept: Vec<String>,
}

impl Operation {
    /// Whether its output is that of its usual method: a further form of the body changes only what is sent.
    pub fn shares_output(&self) -> bool {
        matches!(self.form_of, Some(Form::Body(_)))
    }
}

/// What a further method of an operation does otherwise than the usual one, which it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// It sends the body in another form.
    Body(Ident),
    /// It reads the response as it comes.
    Stream(Ident),
}

/// Where an input of a call is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputLocation {
    /// `{name}` in the path.
    Path(Encoding),
    /// A query parameter.
    Query(Encoding),
    /// A header.
    Header(Encoding),
    /// A cookie.
    Cookie(Encoding),
    /// A property of the inline JSON (or form, or multipart) object.
    Property,
    /// The whole body.
    Body,
}

/// How a parameter's value is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Encoding {
    /// By `style`.
    Style {
        /// The style.
        style: Style,
        /// `explode`.
        explode: bool,
        /// `allowReserved`.
        allow_reserved: bool,
    },
    /// As JSON text (`content: application/json`).
    Json,
    /// The value is the whole query string (3.2), as a form writes it.
    Querystring,
    /// The JSON text of the value is the whole query string.
    QuerystringJson,
}

/// The styles of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Style {
    Form,
    Simple,
    Label,
    Matrix,
    SpaceDelimited,
    PipeDelimited,
    TabDelimited,
    DeepObject,
    /// `form` without percent-encoding, for cookies.
    Cookie,
}

/// An input of a call.
#[derive(Debug, Clone)]
pub struct Input {
    /// Argument or setter name.
    pub name: Ident,
    /// Former names of the setter.
    pub former: Vec<Ident>,
    /// Name on the wire.
    pub wire: String,
    /// What it means.
    pub docs: Docs,
    /// Its shape without optionality.
    pub shape: Shape,
    /// Whether it must be given.
    pub required: bool,
    /// Whether null may be given: the argument is an `Option`.
    pub nullable: bool,
    /// Whether the description calls it deprecated.
    pub deprecated: bool,
    /// Where it is sent.
    pub location: InputLocation,
    /// Facts for the docs, ready as Markdown.
    pub facts: Vec<String>,
    /// A value of the description as JSON text, for the example in the docs and the tests.
    pub example: Option<String>,
    /// A value as JSON text that its schema allows, where the shape alone does not tell: an example, or one within
    /// its limits.
    pub sample: Option<String>,
}

/// How the request body is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The request has no body.
    None,
    /// The one input with [`InputLocation::Body`] (it may be optional).
    Whole(Media),
    /// An object of the inputs with [`InputLocation::Property`].
    Properties(Media),
}

/// How a body is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// The `Content-Type`.
    pub content_type: String,
    /// The codec.
    pub codec: Codec,
    /// Whether a body of properties is sent even if none is given: `{}`.
    pub always: bool,
    /// For forms and multipart: how single properties are written where it is not the default. For
    /// [`Codec::Items`]: how the part at each position is written, the last for all that follow.
    pub parts: Vec<Part>,
}

/// How a property of a form or multipart body is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The property's name on the wire; empty for a part without a name.
    pub wire: String,
    /// `contentType`.
    pub content_type: Option<String>,
    /// `style` and `explode`, where one of them is described.
    pub style: Option<(Style, bool)>,
    /// Headers of a part of a multipart body, with their values.
    pub headers: Vec<(String, String)>,
}

/// What kind of bytes a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Codec {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`, or another multipart type: the properties are parts.
    Multipart,
    /// A multipart type whose parts are the elements of a list. They have no names.
    Items,
    /// Text: the input is a string.
    Text,
    /// Anything else: the input is bytes.
    Bytes,
}

/// What a success gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Nothing: `()`.
    Empty,
    /// JSON of this shape; `true` where it may be null (`Option<…>`).
    Json(Shape, bool),
    /// Whatever comes, by its own media type: the description has no schema for it.
    Any,
    /// Text: `String`.
    Text,
    /// Bytes.
    Bytes,
    /// A stream of server-sent events with JSON data of this shape (`None`: text).
    Events(Option<Shape>),
    /// A stream of JSON lines of this shape.
    JsonLines(Shape),
    /// One enum with a variant for each status or media type.
    OneOf {
        /// Name of the enum, in the resource's module.
        name: Ident,
        /// Its variants; the first that matches status and media type counts.
        cases: Vec<OutputCase>,
    },
}

/// A success as the description shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Success {
    /// Its status.
    pub status: u16,
    /// The media type of its body, if it has one.
    pub content_type: Option<String>,
    /// A body as JSON text, where the description has an example; text is a JSON string.
    pub example: Option<String>,
}

/// A variant of a response enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputCase {
    /// Variant name: `Created`.
    pub name: Ident,
    /// Statuses it is for.
    pub status: StatusRange,
    /// Media type it is for, with its parameters but the charset; `None` for any.
    pub media_type: Option<String>,
    /// What it holds; never `OneOf`.
    pub output: Box<Output>,
    /// What it means.
    pub docs: Docs,
}

/// Which statuses a documented response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusRange {
    /// One status.
    Code(u16),
    /// The hundreds digit: `2XX`.
    Range(u8),
    /// Everything not named.
    Default,
}

/// A documented error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// Statuses it is for.
    pub status: StatusRange,
    /// The media type that it is for, where the status has several with JSON.
    pub media_type: Option<String>,
    /// Shape of a JSON body, where one is described.
    pub shape: Option<Shape>,
    /// What it means.
    pub docs: Docs,
}

/// Headers that come with some of an operation's responses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseHeaders {
    /// The record that they are.
    pub ty: TypeId,
    /// The statuses of these responses; none where it is every response.
    pub statuses: Vec<StatusRange>,
}

impl StatusRange {
    /// Whether it is a status that sends the client elsewhere.
    pub fn is_redirect(self) -> bool {
        matches!(self, Self::Code(301 | 302 | 303 | 307 | 308))
    }
}

impl Output {
    /// Calls back with each shape that it holds.
    pub fn each_shape(&self, found: &mut dyn FnMut(&Shape)) {
        match self {
            Self::Json(shape, _) | Self::Events(Some(shape)) | Self::JsonLines(shape) => {
                found(shape);
            }
            Self::OneOf { cases, .. } => {
                for case in cases {
                    case.output.each_shape(found);
                }
            }
            Self::Empty | Self::Any | Self::Text | Self::Bytes | Self::Events(None) => {}
        }
    }
}

impl Resource {
    /// The operations of a section; `None` stands for the resource's own file, which has all where it has no section.
    pub fn in_section<'a>(
        &'a self,
        section: Option<&Ident>,
    ) -> impl Iterator<Item = &'a Operation> {
        let whole = match section {
            None if self.sections.is_empty() => &self.operations[..],
            _ => &[],
        };
        let positions = section.and_then(|section| self.sections.get(section));
        let of_section = positions.into_iter().flatten();
        let of_section = of_section.filter_map(|&at| self.operations.get(at));
        whole.iter().chain(of_section)
    }

    /// The sections with example responses: the other forms of a body have those of the usual one.
    pub fn sections_with_examples(&self) -> impl Iterator<Item = &Ident> + Clone {
        let has_examples = |section: &&Ident| {
            let mut operations = self.in_section(Some(section));
            operations.any(|operation| !operation.shares_output())
        };
        self.sections.keys().filter(has_examples)
    }
}

impl Operation {
    /// The inputs that are arguments of the method, in their order.
    pub fn required_inputs(&self) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(|input| input.required)
    }

    /// The named types that it takes or gives.
    pub fn named(&self) -> Vec<TypeId> {
        let mut named = Vec::new();
        self.each_shape(&mut |shape| named.extend(shape.named()));
        named
    }

    /// Calls back with each shape that it takes or gives.
    pub fn each_shape(&self, found: &mut dyn FnMut(&Shape)) {
        self.inputs.iter().for_each(|input| found(&input.shape));
        self.output.each_shape(found);
        let errors = self.errors.iter().filter_map(|error| error.shape.as_ref());
        errors.for_each(&mut *found);
        let headers = self.headers.iter();
        headers.for_each(|headers| found(&Shape::Named(headers.ty)));
        self.callbacks
            .iter()
            .for_each(|callbacks| callbacks.each_shape(found));
    }
}
