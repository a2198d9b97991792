//! One operation: its inputs, its body, its answer.

use super::security::lower_requirements;
use super::server::{is_absolute, with_defaults};
use super::spot::Spot;
use super::{Lowerer, code};
use crate::diagnostic::Diagnostic;
use crate::document;
use crate::model::{Docs, Home, Input, Operation, Place};
use crate::name::{Ident, Scope, pascal};

/// Methods of a call that a setter must not share its name with.
const RESERVED_INPUTS: &[&str] = &[
    "client",
    "clone",
    "input",
    "into_future",
    "new",
    "request",
    "send",
    "send_blocking",
    "send_stream",
    "with_header",
    "with_hook",
    "with_idempotency_key",
    "with_idle_timeout",
    "with_member",
    "with_progress",
    "with_query",
    "with_retry",
    "with_timeout",
    "with_total_timeout",
    "without_retry",
];

/// An input before it has its name among the others.
pub(super) struct Wanted {
    /// What it is named after.
    pub(super) text: String,
    /// What tells it from another of the same name: `query`, `body` …
    pub(super) other: &'static str,
    pub(super) input: Input,
}

impl<'d, 't> Lowerer<'d, 't> {
    /// Lowers an operation of a resource.
    pub(super) fn operation(
        &mut self,
        operation: &'d document::Operation<'t>,
        module: &Ident,
        name: Ident,
    ) -> Operation {
        let spot = Spot::new(Home::Resource(module.clone()), &pascal(name.plain()));
        let mut wanted = self.parameters(operation, &spot);
        let (body, members) = self.body(operation, &wanted, &spot);
        wanted.extend(members);
        let inputs = in_order(wanted);
        let answer = self.answer(operation, &spot);
        let errors = self.errors(operation, &spot);
        let callbacks = self.callbacks(operation, module, &name, &spot);
        let optional = inputs.iter().any(|input| !input.required);
        let call = optional.then(|| {
            self.resource_scope(module)
                .claim(&format!("{} call", name.plain()))
        });
        Operation {
            label: format!("{}.{}", module.plain(), name.plain()),
            call,
            section: None,
            method: operation.method.to_owned(),
            path: path(operation),
            docs: Docs {
                summary: operation.summary.map(str::to_owned),
                description: operation.description.map(str::to_owned),
            },
            deprecated: operation.deprecated,
            inputs,
            body,
            answer,
            errors,
            callbacks,
            security: operation
                .security
                .as_ref()
                .map(|own| lower_requirements(own)),
            server: self.own_server(operation),
            accept: Self::accept(operation),
            name,
        }
    }

    /// The base URL of an operation that is not reached where the others are.
    fn own_server(&mut self, operation: &document::Operation<'t>) -> Option<String> {
        let server = operation.servers.first()?;
        let url = with_defaults(server);
        if is_absolute(&url) {
            return Some(url);
        }
        let message = format!("the server `{url}` of this operation is relative and is not used");
        let diagnostic = Diagnostic::warning(code::SERVER_LEFT_OUT, message);
        self.diagnostics
            .push(diagnostic.at(server.url.span, "no scheme and host"));
        None
    }
}

/// The inputs with their names: path first, then what is required, then the rest, each in its order.
fn in_order(mut wanted: Vec<Wanted>) -> Vec<Input> {
    wanted.sort_by_key(
        |wanted| match (&wanted.input.place, wanted.input.required) {
            (Place::Path(_), _) => 0,
            (Place::Query(_) | Place::Header(_) | Place::Cookie(_), true) => 1,
            (Place::Body | Place::Member, true) => 2,
            (_, false) => 3,
        },
    );
    let mut scope = Scope::snake(RESERVED_INPUTS);
    let name = |Wanted {
                    text,
                    other,
                    mut input,
                }: Wanted| {
        input.name = scope.claim_first(&[&text, &format!("{text} {other}")]);
        input
    };
    wanted.into_iter().map(name).collect()
}

/// The path template, with a slash in front and without a fragment.
pub(super) fn path(operation: &document::Operation<'_>) -> String {
    let path = operation.path.text.split('#').next().unwrap_or_default();
    if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{path}")
    }
}
