//! Example responses for tests, which a test server sends.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::condition;
use super::docs::{Comment, code};
use super::examples::json;
use super::former;
use super::plan::Plan;
use crate::model::{
    Api, Field, Form, Kind, Operation, Output, Presence, Resource, Shape, StatusRange,
};
use crate::name::Ident;
use crate::sample::{self, Direction};

/// The number of lines of a file from which on each body is written in one line.
const LINES: usize = 2000;

/// Emits `examples/mod.rs`:
///
/// ```text
/// pub mod profiles;
/// pub fn server() -> TestTransport { TestTransport::with_examples([profiles::ALL]) }
/// ```
pub(super) fn index(plan: &Plan<'_>) -> TokenStream {
    let docs = docs(plan);
    let resources = &plan.api().resources;
    let modules = resources.iter().map(|resource| {
        let module = &resource.module;
        let docs = Comment::sentence(&format!("Example responses of `{}`.", module.plain()));
        let condition = condition(resource.feature.as_ref());
        quote!(#docs #condition pub mod #module;)
    });
    let all = resources.iter().map(|resource| {
        let module = &resource.module;
        let condition = condition(resource.feature.as_ref());
        quote!(#condition #module::ALL)
    });
    let server = Comment::sentence(
        "Returns a transport that responds to each operation with its example; queued responses come first.",
    );
    quote! {
        #docs
        use crate::runtime::testing::TestTransport;

        #(#modules)*

        #server
        pub fn server() -> TestTransport {
            TestTransport::with_examples([#(#all),*])
        }
    }
}

fn docs(plan: &Plan<'_>) -> TokenStream {
    let mut docs = Comment::sentence("Example responses for tests, as the description shows them.");
    let path = format!("{}::{}::examples", plan.crate_name(), plan.api().module);
    docs.line("# Examples");
    docs.block(vec![
        "```".to_owned(),
        "// Give it to the builder of a client with `.transport(server.clone())`.".to_owned(),
        format!("let server = {path}::server();"),
        "assert!(server.requests().is_empty());".to_owned(),
        "```".to_owned(),
    ]);
    docs.inner()
}

/// Emits `examples/<tag>.rs`:
///
/// ```text
/// pub const GET: Example = Example::new("GET", "/v1/profiles/{id}", 200).with_body("application/json", r#"{…}"#);
/// pub const ALL: &[Example] = &[GET];
/// ```
///
/// The sections of a large resource have separate files, which it re-exports: `mod commits; pub use commits::*;`.
pub(super) fn file(plan: &Plan<'_>, resource: &Resource) -> TokenStream {
    let docs = Comment::sentence(&format!(
        "Example responses of `{}`.",
        resource.module.plain()
    ))
    .inner();
    let sections = resource.sections_with_examples();
    let modules = sections.clone().map(|section| quote!(mod #section;));
    let exports = sections.map(|section| quote!(pub use #section::*;));
    let own: Vec<_> = operations(resource, None).collect();
    let examples = examples(plan, &own);
    let all = resource.operations.iter().filter(|o| !o.shares_output());
    let all = all.map(|operation| &operation.constant);
    quote! {
        #docs
        #(#modules)*
        use crate::runtime::testing::Example;
        #(#exports)*

        #examples

        /// All example responses.
        pub const ALL: &[Example] = &[#(#all),*];
    }
}

/// Emits `examples/<tag>/<section>.rs`.
pub(super) fn section(plan: &Plan<'_>, resource: &Resource, section: &Ident) -> TokenStream {
    let own: Vec<_> = operations(resource, Some(section)).collect();
    let examples = examples(plan, &own);
    quote! {
        use crate::runtime::testing::Example;

        #examples
    }
}

/// The operations of a file. Methods for other media types of a body are skipped, because their responses are the same.
fn operations<'a>(
    resource: &'a Resource,
    section: Option<&Ident>,
) -> impl Iterator<Item = &'a Operation> {
    let operations = resource.in_section(section);
    operations.filter(|operation| !operation.shares_output())
}

fn examples(plan: &Plan<'_>, operations: &[&Operation]) -> TokenStream {
    let operations = operations.iter();
    let bodies = operations
        .clone()
        .map(|operation| body(plan.api(), operation));
    let bodies: Vec<_> = bodies.collect();
    let mut texts: Vec<_> = bodies
        .iter()
        .map(|body| Some(body.as_ref()?.long()))
        .collect();
    let lines = texts.iter().flatten().map(|text| text.lines().count());
    if lines.sum::<usize>() > LINES {
        texts = bodies
            .iter()
            .map(|body| Some(body.as_ref()?.short()))
            .collect();
    }
    let examples = operations
        .zip(texts)
        .map(|(operation, text)| example(plan.api(), operation, text.as_deref()));
    quote!(#(#examples)*)
}

fn example(api: &Api, operation: &Operation, body: Option<&str>) -> TokenStream {
    let name = &operation.constant;
    let (method, path) = (&operation.method, &operation.path);
    let success = &operation.success;
    let status = proc_macro2::Literal::u16_unsuffixed(success.status);
    let streamed = matches!(operation.form_of, Some(Form::Stream(_)));
    let streamed = if streamed { ", as a stream" } else { "" };
    let mut docs = Comment::sentence(&format!(
        "The {} response of the operation{streamed}.",
        success.status
    ));
    docs.line(code(&format!("{method} {path}")));
    let with_body = body.map(|body| {
        let content_type = success.content_type.as_deref();
        let content_type = content_type.unwrap_or("application/octet-stream");
        let text = json(body);
        quote!(.with_body(#content_type, #text))
    });
    let headers = headers(api, operation);
    let with_headers = (!headers.is_empty()).then(|| {
        let headers = headers.iter();
        let headers = headers.map(|(name, value)| quote!((#name, #value)));
        quote!(.with_headers(&[#(#headers),*]))
    });
    let former = operation.former_constants.iter().map(|former| {
        let head = former::head(name, &format!("[`{name}`]"));
        quote!(#head pub const #former: Example = #name;)
    });
    quote! {
        #docs
        pub const #name: Example = Example::new(#method, #path, #status) #with_body #with_headers;

        #(#former)*
    }
}

/// The required headers of the response, with values.
fn headers(api: &Api, operation: &Operation) -> Vec<(String, String)> {
    let status = operation.success.status;
    let of_success = |known: &StatusRange| match *known {
        StatusRange::Code(code) => code == status,
        StatusRange::Range(hundreds) => u16::from(hundreds) == status / 100,
        StatusRange::Default => true,
    };
    let mut sets = operation.headers.iter();
    let set = sets.find(|set| set.statuses.is_empty() || set.statuses.iter().any(of_success));
    let Some(Kind::Record(record)) = set.map(|set| &api.ty(set.ty).kind) else {
        return Vec::new();
    };
    let required = record.fields.iter();
    let required = required.filter(|field| field.presence == Presence::Required);
    let header = |field: &Field| {
        let shown = field.sample.as_deref();
        let shown = shown.and_then(|text| serde_json::from_str(text).ok());
        let value = shown.or_else(|| sample::value(api, &field.shape, Direction::Read))?;
        let text = if field.json_text {
            value.to_string()
        } else {
            simple(&value)
        };
        let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        is_plain.then(|| (field.wire.clone(), text))
    };
    required.filter_map(header).collect()
}

/// Serializes a value in the style `simple`: `a,b` or `k=v,k=v`.
fn simple(value: &Value) -> String {
    let parts: Vec<String> = match value {
        Value::String(text) => return text.clone(),
        Value::Array(items) => items.iter().map(simple).collect(),
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, value)| format!("{name}={}", simple(value)));
            members.collect()
        }
        other => return other.to_string(),
    };
    parts.join(",")
}

/// The body of an example response.
enum Body {
    Json(Value),
    Text(String),
}

impl Body {
    /// Indented JSON.
    fn long(&self) -> String {
        match self {
            // Serializing a `Value` cannot fail.
            Self::Json(value) => serde_json::to_string_pretty(value).unwrap_or_default(),
            Self::Text(text) => text.clone(),
        }
    }

    /// In as few lines as possible.
    fn short(&self) -> String {
        match self {
            Self::Json(value) => value.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

fn body(api: &Api, operation: &Operation) -> Option<Body> {
    let shown = operation.success.example.as_deref();
    let shown = shown.and_then(|text| serde_json::from_str::<Value>(text).ok());
    let output = match &operation.output {
        Output::OneOf { cases, .. } => &cases.first()?.output,
        output => output,
    };
    let made_up = |shape| sample::value(api, shape, Direction::Read).unwrap_or_default();
    Some(match (output, shown) {
        (Output::Json(..) | Output::Any, Some(value)) => Body::Json(value),
        (Output::Any, None) => Body::Json(made_up(&Shape::Json)),
        (Output::Json(shape, _), None) => Body::Json(made_up(shape)),
        (Output::Text, Some(Value::String(text))) => Body::Text(text),
        (Output::Text | Output::Bytes, _) => Body::Text("sample".to_owned()),
        (Output::Events(Some(shape)), item) => {
            let data = item.unwrap_or_else(|| made_up(shape));
            Body::Text(format!("data: {data}\n\n"))
        }
        (Output::Events(None), _) => Body::Text("data: sample\n\n".to_owned()),
        (Output::JsonLines(shape), item) => {
            let line = item.unwrap_or_else(|| made_up(shape));
            Body::Text(format!("{line}\n"))
        }
        (Output::Empty | Output::OneOf { .. }, _) => return None,
    })
}
