// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// Headers of a response, as [`headers_as()`](crate::Response::headers_as) returns them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RequestIdHeaders {
    /// Unique id of this request, to quote when asking for support.
    pub request_id: Uuid,
}

headers!(RequestIdHeaders {
    request_id: "request-id" required,
});
