//! One operation: its inputs, its body, its response.

pub(crate) mod body;
pub(crate) mod example;
pub(crate) mod file;
pub(crate) mod form;
pub(crate) mod header;
pub(crate) mod input;
pub(crate) mod media;
pub(crate) mod output;
pub(crate) mod pagination;
pub(crate) mod parameter;
pub(crate) mod patch;
pub(crate) mod representation;
pub(crate) mod resource;
pub(crate) mod security;
pub(crate) mod server;
pub(crate) mod shared;
pub(crate) mod stream_flag;
pub(crate) mod success;
pub(crate) mod webhook;

use hashbrown::{HashMap, HashSet};

use crate::document::{self, Location, template};
use crate::lower::Lowerer;
use crate::lower::docs::says_more;
use crate::lower::numbered::OWN_NAME;
use crate::lower::operation::form::{forms, word};
use crate::lower::operation::input::InputDraft;
use crate::lower::operation::representation::{ResponseMode, accept};
use crate::lower::operation::resource::place_of;
use crate::lower::operation::security::lower_requirements;
use crate::lower::operation::server::{fault, is_path, with_defaults};
use crate::lower::operation::success::described_responses;
use crate::lower::page::see;
use crate::lower::reserved;
use crate::lower::spot::Spot;
use crate::model::{Body, Docs, Form, Home, Input, Operation};
use crate::name::{Ident, Scope, constant, pascal};

impl<'d, 't> Lowerer<'d, 't> {
    /// Lowers an operation of a resource: one method, another one for each further form of its body, and as many again
    /// if a response can be read either whole or as a stream.
    pub(crate) fn operation(
        &mut self,
        operation: &'d document::Operation<'t>,
        module: &Ident,
        name: Ident,
        methods: &mut Scope,
    ) -> Vec<Operation> {
        let former = operation.former_names.iter();
        let spot = Spot::of_operation(Home::Resource(module.clone()), &pascal(name.plain()))
            .formerly(former.map(|name| name.text.to_owned()));
        let parameters = self.parameters(operation, &spot);
        let bodies = operation.body.iter();
        let forms: Vec<_> = bodies.flat_map(|body| forms(self.document, body)).collect();
        // Only further forms of the body need the parameters again.
        let again = (forms.len() > 1).then(|| parameters.clone());
        let again = again.unwrap_or_default();
        let inputs = self.inputs(operation, forms.first(), parameters, &spot);
        let mut operations = vec![self.usual(operation, module, name, inputs, &spot)];
        for &mode in ResponseMode::of(self.document, operation) {
            if mode == ResponseMode::Streamed {
                let usual = &operations[0];
                let name = self.further_method(operation, usual, "stream", methods);
                operations.push(self.streamed(operation, module, usual, name));
            }
            let whole = operations.len() - 1;
            for form in forms.iter().skip(1) {
                let usual = &operations[whole];
                let ending = format!("as {}", word(form));
                let name = self.further_method(operation, usual, &ending, methods);
                let form = (*form, again.clone());
                operations.push(self.in_form(operation, module, usual, name, form));
            }
        }
        operations
    }

    /// The usual method of an operation: with the first form of its body, and a response that is read whole.
    fn usual(
        &mut self,
        operation: &'d document::Operation<'t>,
        module: &Ident,
        name: Ident,
        (mut inputs, body): (Vec<Input>, Body),
        spot: &Spot,
    ) -> Operation {
        let modes = ResponseMode::of(self.document, operation);
        let is_streamed = modes.contains(&ResponseMode::Streamed);
        let flag = self.stream_flag(operation, is_streamed, (&mut inputs, &body));
        let output = self.output(operation, ResponseMode::Whole, spot);
        let responses = described_responses(operation, &output);
        let pagination = self.pagination(operation, &inputs, &output);
        let errors = self.errors(operation, spot);
        let callbacks = self.callbacks(operation, module, &name, spot);
        let security = operation.security.as_ref();
        let summary = operation.summary;
        let summary = summary.filter(|text| says_more(text, name.plain()));
        Operation {
            label: label(module, &name),
            form_of: None,
            call: self.call_name(operation, module, &name, &inputs, pagination.is_some()),
            constant: constant(&name, reserved::EXAMPLES),
            method: operation.method.to_owned(),
            path: path(operation),
            docs: Docs {
                summary: summary.map(str::to_owned),
                description: operation.description.map(str::to_owned),
                facts: facts(operation, &body),
                ..Docs::default()
            },
            deprecated: operation.deprecated,
            inputs,
            body,
            stream_flag: flag.map(|flag| (flag, false)),
            output,
            success: self.success(operation, ResponseMode::Whole),
            responses,
            pagination,
            errors,
            headers: self.headers(operation),
            former: Vec::new(),
            former_constants: Vec::new(),
            former_types: Vec::new(),
            callbacks,
            security: security.map(|own| lower_requirements(own)),
            credentials: self.required_credentials(operation),
            server: own_server(operation),
            accept: accept(self.document, operation, ResponseMode::Whole),
            name,
        }
    }

    /// The method that sends the body of an operation in another form than the usual method.
    fn in_form(
        &mut self,
        operation: &'d document::Operation<'t>,
        module: &Ident,
        usual: &Operation,
        name: Ident,
        (form, parameters): (&'d document::MediaType<'t>, Vec<InputDraft<'t>>),
    ) -> Operation {
        let spot = Spot::of_operation(Home::Resource(module.clone()), &pascal(name.plain()));
        let (inputs, body) = self.inputs(operation, Some(&form), parameters, &spot);
        let is_paged = usual.pagination.is_some();
        Operation {
            label: label(module, &name),
            form_of: Some(Form::Body(usual.name.clone())),
            // These are named with the usual form of the body.
            callbacks: None,
            call: self.call_name(operation, module, &name, &inputs, is_paged),
            inputs,
            body,
            stream_flag: None,
            name,
            ..usual.clone()
        }
    }

    /// The method that reads the response of an operation as a stream, if the usual method reads it whole.
    fn streamed(
        &mut self,
        operation: &document::Operation<'t>,
        module: &Ident,
        usual: &Operation,
        name: Ident,
    ) -> Operation {
        let spot = Spot::of_operation(Home::Resource(module.clone()), &pascal(name.plain()));
        Operation {
            label: label(module, &name),
            form_of: Some(Form::Stream(usual.name.clone())),
            callbacks: None,
            call: self.call_name(operation, module, &name, &usual.inputs, false),
            pagination: None,
            stream_flag: usual
                .stream_flag
                .as_ref()
                .map(|(flag, _)| (flag.clone(), true)),
            output: self.output(operation, ResponseMode::Streamed, &spot),
            success: self.success(operation, ResponseMode::Streamed),
            constant: constant(&name, reserved::EXAMPLES),
            accept: accept(self.document, operation, ResponseMode::Streamed),
            name,
            ..usual.clone()
        }
    }

    /// The inputs of an operation with the body in one of its forms.
    fn inputs(
        &mut self,
        operation: &'d document::Operation<'t>,
        form: Option<&&'d document::MediaType<'t>>,
        mut wanted: Vec<InputDraft<'t>>,
        spot: &Spot,
    ) -> (Vec<Input>, Body) {
        let (Some(body), Some(form)) = (&operation.body, form) else {
            return (self.in_order(wanted, operation), Body::None);
        };
        let (body, members) = self.body(body, form, &wanted, spot);
        wanted.extend(members);
        (self.in_order(wanted, operation), body)
    }

    /// The name of the call's own type, if it has optional inputs or pages.
    fn call_name(
        &mut self,
        operation: &document::Operation<'t>,
        module: &Ident,
        name: &Ident,
        inputs: &[Input],
        paged: bool,
    ) -> Option<Ident> {
        let optional = inputs.iter().any(|input| !input.required);
        let text = format!("{} call", name.plain());
        let place = Some(place_of(operation));
        (optional || paged).then(|| self.claim_in(module, &[&text], place, OWN_NAME))
    }

    /// The name of an additional method of an operation.
    fn further_method(
        &mut self,
        operation: &document::Operation<'t>,
        usual: &Operation,
        ending: &str,
        methods: &mut Scope,
    ) -> Ident {
        let name = methods.claim(&format!("{} {ending}", usual.name.plain()));
        self.report_if_numbered(
            methods,
            &name,
            "method",
            Some(place_of(operation)),
            OWN_NAME,
        );
        name
    }
}

/// What follows the description of an operation: what its body is if that has no argument of its own, and where to read
/// more.
fn facts(operation: &document::Operation<'_>, body: &Body) -> Vec<String> {
    let is_split = matches!(body, Body::Properties(_));
    let of_body = operation.body.as_ref().filter(|_| is_split);
    let of_body = of_body.and_then(|body| body.description);
    let is_filler = |text: &str| {
        text.trim()
            .trim_end_matches('.')
            .eq_ignore_ascii_case("request body")
    };
    let of_body = of_body.filter(|text| !text.trim().is_empty() && !is_filler(text));
    of_body
        .map(|text| format!("Request body: {text}"))
        .into_iter()
        .chain(operation.external_docs.and_then(see))
        .collect()
}

/// The base URL of an operation that has a server of its own: the first that is complete and valid, otherwise the first
/// that is a path.
fn own_server(operation: &document::Operation<'_>) -> Option<String> {
    let used = &operation.servers[own_server_index(operation)?];
    Some(with_defaults(used))
}

/// The index of the server that an operation is called at, if it has a usable one of its own.
pub(crate) fn own_server_index(operation: &document::Operation<'_>) -> Option<usize> {
    let urls: Vec<_> = operation.servers.iter().map(with_defaults).collect();
    let is_whole = |url: &String| template::placeholders(url).is_empty();
    let is_complete = |url: &String| is_whole(url) && fault(url).is_none();
    let complete = urls.iter().position(is_complete);
    complete.or_else(|| urls.iter().position(|url| is_whole(url) && is_path(url)))
}

/// The operations of a document by method and path.
pub(crate) fn by_route<'d, 't>(
    document: &'d document::Document<'t>,
) -> HashMap<(String, String), &'d document::Operation<'t>> {
    let mut found = HashMap::new();
    for operation in document.operations() {
        let route = (operation.method.to_owned(), path(operation));
        found.entry(route).or_insert(operation);
    }
    found
}

/// The operation's name in errors and traces.
fn label(module: &Ident, name: &Ident) -> String {
    format!("{}.{}", module.plain(), name.plain())
}

/// The path template, with a slash in front, without a fragment, and with plain names in its placeholders.
pub(crate) fn path(operation: &document::Operation<'_>) -> String {
    let names = path_parameters(operation);
    let path = template::named(&operation.path.text, |name| names.contains(name));
    let path = path.split('#').next().unwrap_or_default();
    if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    }
}

/// The path parameters with values of several segments: the slashes in their values are not encoded.
pub(crate) fn of_segments<'d>(operation: &'d document::Operation<'_>) -> HashSet<&'d str> {
    let names = path_parameters(operation);
    template::of_segments(&operation.path.text, |name| names.contains(name))
}

/// The names of the path parameters.
fn path_parameters<'d>(operation: &'d document::Operation<'_>) -> HashSet<&'d str> {
    let parameters = operation.parameters.iter();
    let of_path = parameters.filter(|parameter| parameter.location == Location::Path);
    of_path.map(|parameter| parameter.name.text).collect()
}
