//! The replacement for the span of a call without the feature `tracing`.

use std::future::Future;
use std::pin::Pin;

use http::{Method, Uri};

use crate::call::hooks::CallEnd;

/// No span.
#[derive(Debug, Clone)]
pub(crate) struct CallSpan;

#[expect(clippy::unused_self, reason = "the same as with the feature `tracing`")]
impl CallSpan {
    pub(crate) fn start(
        _operation: &'static str,
        _method: &Method,
        _template: Option<&'static str>,
    ) -> Self {
        Self
    }

    pub(crate) fn sends_to(&self, _uri: &Uri) {}

    pub(crate) fn end(&self, _end: CallEnd<'_>, _attempts: u32) {}

    pub(crate) fn enter(&self, work: impl FnOnce()) {
        work();
    }

    pub(crate) fn within<'w, F: Future>(&self, work: Pin<&'w mut F>) -> Pin<&'w mut F> {
        work
    }
}
