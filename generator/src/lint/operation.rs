//! Rules about the responses and bodies of operations.

use super::{Subject, code};
use crate::diagnostic::Diagnostic;
use crate::document::{Operation, Response, Status};

/// Operations without a success response.
pub(super) fn without_success(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let report = |operation: &Operation<'_>| {
        let message = if operation.responses.is_empty() {
            "the operation has no responses"
        } else {
            "the operation has no success response"
        };
        let diagnostic = Diagnostic::warning(code::NO_SUCCESS, message).strict();
        diagnostic
            .at(
                operation.span,
                "a success is read as a response without a body",
            )
            .help("describe the response of a success, such as `\"200\"`, under `responses`")
    };
    let without = without_response(subject, |digit| digit < 4);
    without.into_iter().map(report).collect()
}

/// Operations without a response for client errors.
pub(super) fn without_client_error(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let report = |operation: &Operation<'_>| {
        let message = "the operation has no response for client errors (`4XX`)";
        Diagnostic::warning(code::NO_CLIENT_ERROR, message).at(operation.span, "")
    };
    let without = without_response(subject, |digit| digit == 4);
    without.into_iter().map(report).collect()
}

/// The operations without a response for any status code whose first digit is in question. Operations with a mistake
/// are skipped, because their responses may be incomplete.
fn without_response<'a, 't>(
    subject: &Subject<'a, 't>,
    is_meant: fn(u16) -> bool,
) -> Vec<&'a Operation<'t>> {
    let responds = |response: &Response<'_>| match response.status {
        Status::Code(code) => is_meant(code / 100),
        Status::Range(digit) => is_meant(digit.into()),
        Status::Default => true,
    };
    operations(subject, |operation| {
        !operation.has_mistakes && !operation.responses.iter().any(responds)
    })
}

/// Bodies of methods for which HTTP does not allow one.
pub(super) fn body_not_allowed(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for operation in operations(subject, |_| true) {
        let method = operation.method;
        if operation.body.is_some() && matches!(method, "GET" | "HEAD" | "TRACE") {
            let message = format!("the body of a {method} request has no defined meaning");
            let diagnostic = Diagnostic::warning(code::BODY_NOT_ALLOWED, message);
            let diagnostic = diagnostic.at(operation.span, "has a body");
            found.push(
                diagnostic
                    .note("many servers and proxies drop it or refuse it (RFC 9110, section 9.3)"),
            );
        }
        let with_content = operation
            .responses
            .iter()
            .filter(|it| !it.content.is_empty());
        for response in with_content {
            found.extend(response_body(operation, response));
        }
    }
    found
}

fn response_body(operation: &Operation<'_>, response: &Response<'_>) -> Option<Diagnostic> {
    let what = match response.status {
        _ if operation.method == "HEAD" => "a response to HEAD".to_owned(),
        Status::Code(code @ (100..200 | 204 | 205 | 304)) => {
            format!("a response with the status code {code}")
        }
        _ => return None,
    };
    let message = format!("{what} has no body");
    let diagnostic = Diagnostic::warning(code::BODY_NOT_ALLOWED, message).strict();
    Some(
        diagnostic
            .at(response.span, "its `content` is ignored")
            .help("remove `content`"),
    )
}

fn operations<'a, 't>(
    subject: &Subject<'a, 't>,
    wanted: impl Fn(&Operation<'t>) -> bool,
) -> Vec<&'a Operation<'t>> {
    let items = subject.document.items().into_iter();
    let operations = items.flat_map(|item| &item.operations);
    operations.filter(|operation| wanted(operation)).collect()
}
