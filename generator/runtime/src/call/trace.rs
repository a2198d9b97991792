//! The span of a call, with the names that OpenTelemetry has for HTTP clients.
//!
//! Only information of the description and the status code of the response are recorded: no path with its values, no
//! query, no header and no body.

use std::future::{Future, poll_fn};
use std::pin::Pin;

use http::{Method, Uri};
use tracing::field::Empty;
use tracing::{Span, info_span};

use crate::call::hooks::CallEnd;
use crate::error::ErrorKind;

/// The span of one call.
#[derive(Debug, Clone)]
pub(crate) struct CallSpan(Span);

impl CallSpan {
    /// Returns a span inside of the span of the caller.
    pub(crate) fn start(
        operation: &'static str,
        method: &Method,
        template: Option<&'static str>,
    ) -> Self {
        let span = info_span!(
            "http.client.call",
            otel.name = Empty,
            otel.kind = "client",
            otel.status_code = Empty,
            operation,
            http.request.method = method.as_str(),
            url.template = template,
            server.address = Empty,
            server.port = Empty,
            http.response.status_code = Empty,
            http.request.resend_count = Empty,
            error.r#type = Empty,
        );
        if !span.is_disabled() {
            match template {
                Some(template) => span.record("otel.name", format!("{method} {template}")),
                None => span.record("otel.name", method.as_str()),
            };
        }
        Self(span)
    }

    pub(crate) fn sends_to(&self, uri: &Uri) {
        if self.0.is_disabled() {
            return;
        }
        let usual = if uri.scheme_str() == Some("http") {
            80
        } else {
            443
        };
        self.0.record("server.address", uri.host());
        self.0
            .record("server.port", uri.port_u16().unwrap_or(usual));
    }

    pub(crate) fn end(&self, end: CallEnd<'_>, attempts: u32) {
        let (status, error) = match end {
            CallEnd::Success(response) => (Some(response.status), None),
            CallEnd::Failure(error) => (error.status(), Some(error.kind())),
            CallEnd::Dropped => (None, None),
        };
        if let Some(status) = status {
            self.0.record("http.response.status_code", status.as_u16());
        }
        if attempts > 1 {
            self.0.record("http.request.resend_count", attempts - 1);
        }
        match (error, status) {
            (None, _) => {}
            (Some(ErrorKind::Status), Some(status)) => self.failed(status.as_str()),
            (Some(kind), _) => self.failed(kind.as_str()),
        }
    }

    fn failed(&self, kind: &str) {
        self.0.record("error.type", kind);
        self.0.record("otel.status_code", "ERROR");
    }

    pub(crate) fn enter(&self, work: impl FnOnce()) {
        self.0.in_scope(work);
    }

    /// Runs `work` within the span, whenever it is polled.
    pub(crate) async fn within<F: Future>(&self, mut work: Pin<&mut F>) -> F::Output {
        poll_fn(|context| {
            let _entered = self.0.enter();
            work.as_mut().poll(context)
        })
        .await
    }
}
