//! Resources and their operations.

use std::collections::BTreeMap;

use super::{Docs, Former, Pagination, RequiredCredentials, Security, Shape, TypeId, Webhooks};
use crate::name::Ident;

/// A group of operations: `client.profiles()`.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Module and accessor: `profiles`.
    pub module: Ident,
    /// Type of the handle: `Profiles`.
    pub handle: Ident,
    /// The description.
    pub docs: Docs,
    /// Its operations in the order of the description.
    pub operations: Vec<Operation>,
    /// If the resource is too large for one file: the files below it, each with the positions of its operations.
    pub sections: BTreeMap<Ident, Vec<usize>>,
    /// The feature that it is compiled with, if the API is in parts and no other part needs it.
    pub feature: Option<String>,
}

/// One operation: a method of its resource's handle.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The method: `get`.
    pub name: Ident,
    /// Its former names.
    pub former: Vec<Ident>,
    /// The former names of the types that are named after it: of its call, its outputs and its callbacks.
    pub former_types: Vec<Former>,
    /// The usual method of the operation, if this is an additional one.
    pub form_of: Option<Form>,
    /// The operation's name in errors and traces: `profiles.get`.
    pub label: String,
    /// Type of the call, if the operation has optional inputs, several bodies or pages: `GetCall`.
    pub call: Option<Ident>,
    /// The constant for its example response: `GET`.
    pub constant: Ident,
    /// Its former names.
    pub former_constants: Vec<Ident>,
    /// The HTTP method in capitals.
    pub method: String,
    /// The path template, starting with `/`.
    pub path: String,
    /// The description.
    pub docs: Docs,
    /// Whether the description deprecates it.
    pub deprecated: bool,
    /// Path, query, header and cookie inputs, and the properties of an inline object body; required ones are
    /// arguments in this order, optional ones setters.
    pub inputs: Vec<Input>,
    /// How the body is made from the inputs.
    pub body: Body,
    /// The boolean property of the JSON body that requests a stream, and the value that this method sets.
    pub stream_flag: Option<(String, bool)>,
    /// The output of a successful call.
    pub output: Output,
    /// The first success response, as the description shows it.
    pub success: Success,
    /// What the description says about its success responses, if they have one type of value.
    pub responses: Vec<DescribedResponse>,
    /// How to request the next page, if the response is one of several pages.
    pub pagination: Option<Pagination>,
    /// Documented errors, for the docs and for `error.api::<T>()`.
    pub errors: Vec<ApiError>,
    /// Documented headers of its responses.
    pub headers: Vec<ResponseHeaders>,
    /// The requests that the server sends because of the call.
    pub callbacks: Option<Webhooks>,
    /// Own security requirement, if it differs from the API's.
    pub security: Option<Security>,
    /// The alternatives of its security requirements, for its docs, unless they are the usual ones.
    pub credentials: Option<Vec<RequiredCredentials>>,
    /// Own base URL (absolute), if it differs from the API's.
    pub server: Option<String>,
    /// Media types for `Accept`.
    pub accept: Vec<String>,
}

impl Operation {
    /// Whether its output is that of its usual method: another media type of the body affects only the request.
    pub fn shares_output(&self) -> bool {
        matches!(self.form_of, Some(Form::Body(_)))
    }
}

/// The difference between an additional method of an operation and the usual one, whose name it contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// It sends the body in another media type.
    Body(Ident),
    /// It returns the response as a stream.
    Stream(Ident),
}

/// The part of the request that contains an input.
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

/// How a parameter's value is serialized.
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
    /// The value is the whole query string (3.2), encoded as a form.
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
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate fact of the description"
)]
pub struct Input {
    /// Argument or setter name.
    pub name: Ident,
    /// Former names of the setter.
    pub former: Vec<Ident>,
    /// Name in the request.
    pub wire: String,
    /// The description.
    pub docs: Docs,
    /// Its shape without optionality.
    pub shape: Shape,
    /// Whether it is required.
    pub required: bool,
    /// Whether null is allowed: the argument is an `Option`.
    pub nullable: bool,
    /// Whether the description deprecates it.
    pub deprecated: bool,
    /// Where it is sent.
    pub location: InputLocation,
    /// The example of the description as JSON text, for the docs. The type may not keep all of it.
    pub example: Option<String>,
    /// A valid value as JSON text: an example, or a value within the limits of the schema if the shape alone does not
    /// determine one.
    pub sample: Option<String>,
    /// Whether the sample is an example of the description, which the tests show.
    pub has_example: bool,
}

/// How the request body is made from the inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The request has no body.
    None,
    /// The only input with [`InputLocation::Body`] (it may be optional).
    Whole(Media),
    /// An object with all inputs with [`InputLocation::Property`].
    Properties(Media),
}

/// How a body is encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// The `Content-Type`.
    pub content_type: String,
    /// The codec.
    pub codec: Codec,
    /// Whether a body of properties is sent even without any property: `{}`.
    pub always: bool,
    /// For forms and multipart: the encodings of properties that are not the default. For [`Codec::Items`]: the
    /// encoding of the part at each position; the last one applies to all that follow.
    pub parts: Vec<Part>,
    /// The example of a JSON body as JSON text, if it is complete.
    pub example: Option<String>,
}

/// The encoding of a property of a form or multipart body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The property's name in the body; empty for a part without a name.
    pub wire: String,
    /// `contentType`.
    pub content_type: Option<String>,
    /// `style` and `explode`, if one of them is described.
    pub style: Option<(Style, bool)>,
    /// Headers of a part of a multipart body, with their values.
    pub headers: Vec<(String, String)>,
}

/// The format of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Codec {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`, or another multipart type: the properties are parts.
    Multipart,
    /// A multipart type whose parts are the elements of an array. The parts have no names.
    Items,
    /// Text: the input is a string.
    Text,
    /// Anything else: the input is bytes.
    Bytes,
}

/// The output of a successful call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// No value: `()`.
    Empty,
    /// JSON of this shape; `true` if it may be null (`Option<…>`).
    Json(Shape, bool),
    /// Any body, decoded by its media type, because the description has no schema for it.
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

/// A success response as the description shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Success {
    /// Its status.
    pub status: u16,
    /// The media type of its body, if it has one.
    pub content_type: Option<String>,
    /// A body as JSON text, if the description has an example; a text body is a JSON string.
    pub example: Option<String>,
}

/// What the description says about a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescribedResponse {
    /// The status codes it applies to.
    pub status: StatusRange,
    /// The description.
    pub docs: Docs,
}

/// A variant of a response enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputCase {
    /// Variant name: `Created`.
    pub name: Ident,
    /// The status codes it applies to.
    pub status: StatusRange,
    /// The media type it applies to, with all its parameters except the charset; `None` for any.
    pub media_type: Option<String>,
    /// The value; never `OneOf`.
    pub output: Box<Output>,
    /// The description.
    pub docs: Docs,
}

/// The status codes that a documented response applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusRange {
    /// One status.
    Code(u16),
    /// The hundreds digit: `2XX`.
    Range(u8),
    /// Every status code that no other response names.
    Default,
}

/// A documented error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The status codes it applies to.
    pub status: StatusRange,
    /// The media type that it applies to, if the status code has several with JSON.
    pub media_type: Option<String>,
    /// Shape of a JSON body, if one is described.
    pub shape: Option<Shape>,
    /// The description.
    pub docs: Docs,
}

/// Headers of some of an operation's responses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseHeaders {
    /// The record of the headers.
    pub ty: TypeId,
    /// The status codes of these responses; empty for every response.
    pub statuses: Vec<StatusRange>,
}

impl StatusRange {
    /// Whether it is a redirect, or the range of redirects.
    pub fn is_redirect(self) -> bool {
        matches!(
            self,
            Self::Code(301 | 302 | 303 | 307 | 308) | Self::Range(3)
        )
    }
}

impl Output {
    /// Calls `found` with each shape in the output.
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
    /// The operations of a section. `None` is the resource's own file, which has all operations if there are no
    /// sections.
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

    /// The sections with example responses. Methods for other media types of a body have no example responses of their
    /// own.
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

    /// The named types of its inputs and outputs.
    pub fn named(&self) -> Vec<TypeId> {
        let mut named = Vec::new();
        self.each_shape(&mut |shape| named.extend(shape.named()));
        named
    }

    /// Calls `found` with each shape of its inputs and outputs.
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
