//! The docs of an operation's method.

use super::docs::{Comment, code, list_item};
use super::path::FileScope;
use super::plan::Plan;
use super::{example, output, pagination, webhook};
use crate::model::{
    Api, ApiError, Body, Form, Operation, RequiredCredentials, Resource, SchemeKind, Shape,
    StatusRange,
};

/// The docs of the method of a handle.
pub(super) fn of_method(
    plan: &Plan<'_>,
    scope: &FileScope<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Comment {
    let route = code(&format!("{} {}", operation.method, operation.path));
    let form = form(operation).unwrap_or_default();
    let mut docs = Comment::of(&operation.docs, "");
    if docs.is_omitted {
        return docs;
    }
    docs.line(route + &form).deprecated(operation.deprecated);
    docs.paragraphs(output::lines(scope, &operation.output));
    docs.paragraphs(stream_flag(operation));
    docs.block(output::headers(scope, operation));
    docs.paragraphs(pagination::lines(operation));
    docs.block(arguments(operation));
    docs.paragraphs(optional(operation));
    docs.block(output::described(operation));
    docs.block(webhook::lines(operation));
    docs.paragraphs(credentials(plan.api(), operation));
    let errors = operation.errors.iter().flat_map(|one| error(scope, one));
    docs.line("# Errors").line(ERRORS).block(errors);
    docs.line("# Examples")
        .block(example::lines(plan, resource, operation));
    docs
}

/// The credentials that the operation requires.
fn credentials(api: &Api, operation: &Operation) -> Option<String> {
    let credentials = operation.credentials.as_ref()?;
    Some(format!("Credentials: {}.", alternatives(api, credentials)))
}

/// Alternatives of credentials: ``[`token`](…) with the scope `read`; or none``.
pub(super) fn alternatives(api: &Api, credentials: &[RequiredCredentials]) -> String {
    let alternatives = credentials.iter().map(|required| {
        let schemes = required.schemes.iter();
        let mut parts: Vec<String> = schemes.map(|scheme| credential(api, scheme)).collect();
        if required.certificate {
            parts.push(builder_link(api, "client_certificate"));
        }
        if parts.is_empty() {
            parts.push("none".to_owned());
        }
        parts.join(" and ")
    });
    alternatives.collect::<Vec<_>>().join("; or ")
}

/// A credential as a link to the method of the builder, with the scopes or roles that it requires.
fn credential(api: &Api, (scheme, scopes): &(String, Vec<String>)) -> String {
    let known = api.schemes.iter().find(|known| known.wire == *scheme);
    let shown = known.map_or_else(
        || code(scheme),
        |known| builder_link(api, known.method.plain()),
    );
    // A requirement lists the roles of schemes that are not OAuth 2 (OpenAPI 3.1, "Security Requirement Object"). Where the
    // scheme is a token, descriptions list its scopes all the same.
    let is_token = known.is_some_and(|scheme| match &scheme.kind {
        SchemeKind::Bearer => true,
        SchemeKind::HeaderKey { prefix, .. } => prefix.trim().eq_ignore_ascii_case("bearer"),
        _ => false,
    });
    let noun = if is_token { "scope" } else { "role" };
    let scopes: Vec<String> = scopes.iter().map(|scope| code(scope)).collect();
    match &scopes[..] {
        [] => shown,
        [scope] => format!("{shown} with the {noun} {scope}"),
        scopes => format!("{shown} with the {noun}s {}", scopes.join(", ")),
    }
}

/// A link to a method of the builder.
fn builder_link(api: &Api, method: &str) -> String {
    let module = api.module.plain();
    format!("[`{method}`](crate::{module}::ClientBuilder::{method}())")
}

/// The difference between an additional method and the usual one, for the text after the route.
fn form(operation: &Operation) -> Option<String> {
    let usual = match operation.form_of.as_ref()? {
        Form::Body(usual) => usual,
        Form::Stream(usual) => {
            let plain = usual.plain();
            return Some(format!(
                ", as [`{plain}`](Self::{plain}()) with a stream as its output."
            ));
        }
    };
    let (Body::Whole(media) | Body::Properties(media)) = &operation.body else {
        return None;
    };
    let (plain, form) = (usual.plain(), code(&media.content_type));
    Some(format!(
        ", as [`{plain}`](Self::{plain}()) with a body of {form}."
    ))
}

/// The docs of the property that requests a stream.
fn stream_flag(operation: &Operation) -> Option<String> {
    let (flag, value) = operation.stream_flag.as_ref()?;
    Some(format!("Sends {} with the value `{value}`.", code(flag)))
}

/// A list item for each argument that the description documents.
fn arguments(operation: &Operation) -> Vec<String> {
    let items = operation.required_inputs().flat_map(|input| {
        let label = format!("`{}`", input.name.plain());
        let item = list_item(&label, &input.docs);
        if is_bare(&item, &label) {
            Vec::new()
        } else {
            item
        }
    });
    items.collect()
}

/// The optional inputs, as links to their setters.
fn optional(operation: &Operation) -> Option<String> {
    let call = operation.call.as_ref()?;
    let inputs = operation.inputs.iter().filter(|input| !input.required);
    let links = inputs.map(|input| {
        let setter = input.name.plain();
        format!("[`{setter}`]({}::{setter}())", call.plain())
    });
    let links: Vec<String> = links.collect();
    (!links.is_empty()).then(|| format!("Optional: {}.", links.join(", ")))
}

/// Whether a list item has only its label.
fn is_bare(item: &[String], label: &str) -> bool {
    matches!(item, [line] if line.strip_prefix("- ") == Some(label))
}

/// What is said about the errors of every operation.
const ERRORS: &str = "Returns an [`Error`](crate::Error) if the request cannot be sent, the server does not respond, the \
                      response cannot be decoded, or its status code is not a success.";

/// A list item for a documented error: its status code, its type, and the text about it.
fn error(scope: &FileScope<'_>, error: &ApiError) -> Vec<String> {
    let mut label = match error.status {
        StatusRange::Default => "Any other status code".to_owned(),
        status if status.is_redirect() => {
            let code = output::status_code(status);
            format!("{code}, where the redirect is not followed")
        }
        status => output::status_code(status),
    };
    if let Some(media_type) = &error.media_type {
        label = format!("{label} as {}", code(media_type));
    }
    let body = match &error.shape {
        Some(Shape::Named(id) | Shape::Boxed(id)) => scope.link(*id),
        Some(_) => "JSON".to_owned(),
        None => return list_item(&label, &error.docs),
    };
    let full = format!("{label} ({body})");
    let item = list_item(&full, &error.docs);
    if is_bare(&item, &full) {
        return vec![format!("- {label}: {body}")];
    }
    item
}
