//! Example responses for tests, which a test server sends.

use proc_macro2::TokenStream;
use quote::quote;

use super::condition;
use super::docs::Comment;
use super::examples::json;
use super::former;
use super::path::{handle_path, method_link};
use super::plan::Plan;
use crate::model::{Form, Operation, Resource};
use crate::name::Ident;
use crate::sample;

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
        let condition = condition(resource.feature.as_ref());
        quote!(#condition pub mod #module;)
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
    let (handle, path) = (resource.handle.plain(), handle_path(plan.api(), resource));
    let docs = Comment::sentence(&format!("Example responses of [`{handle}`]({path}).")).inner();
    let sections = resource.sections_with_examples();
    let modules = sections.clone().map(|section| quote!(mod #section;));
    let exports = sections.map(|section| quote!(pub use #section::*;));
    let own: Vec<_> = operations(resource, None).collect();
    let examples = examples(plan, resource, &own);
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
    let examples = examples(plan, resource, &own);
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

fn examples(plan: &Plan<'_>, resource: &Resource, operations: &[&Operation]) -> TokenStream {
    let operations = operations.iter();
    let bodies = operations
        .clone()
        .map(|operation| sample::response_body(plan.api(), operation));
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
        .map(|(operation, text)| example(plan, resource, operation, text.as_deref()));
    quote!(#(#examples)*)
}

fn example(
    plan: &Plan<'_>,
    resource: &Resource,
    operation: &Operation,
    body: Option<&str>,
) -> TokenStream {
    let name = &operation.constant;
    let success = &operation.success;
    let status = proc_macro2::Literal::u16_unsuffixed(success.status);
    let streamed = matches!(operation.form_of, Some(Form::Stream(_)));
    let streamed = if streamed { ", as a stream" } else { "" };
    let link = method_link(resource, operation);
    let path = handle_path(plan.api(), resource);
    let docs = Comment::sentence(&format!(
        "The {} response of {link}({path}::{}()){streamed}.",
        success.status,
        operation.name.plain()
    ));
    let (method, route) = (&operation.method, &operation.path);
    let with_body = body.map(|body| {
        let content_type = success.content_type.as_deref();
        let content_type = content_type.unwrap_or("application/octet-stream");
        let text = json(body);
        quote!(.with_body(#content_type, #text))
    });
    let headers = sample::response_headers(plan.api(), operation);
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
        pub const #name: Example = Example::new(#method, #route, #status) #with_body #with_headers;

        #(#former)*
    }
}
