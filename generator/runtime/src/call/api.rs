//! The facts about an API that its generated client passes to the runtime.

use crate::auth::Scheme;

/// The facts about an API that all its calls share; generated code has one as a `static`.
#[derive(Debug)]
pub struct Api {
    /// The API's name: `museum`.
    pub name: &'static str,
    /// The crate and its version, the beginning of the user agent: `social-apis/0.1.0`.
    pub user_agent: &'static str,
    /// The response headers that carry the request id, in addition to the common ones.
    pub request_id_headers: &'static [&'static str],
    /// The security schemes of the API.
    pub schemes: &'static [Scheme],
    /// The security requirements of operations without their own: alternatives, each a list of schemes that are
    /// required together.
    pub security: &'static [&'static [&'static str]],
}

impl Api {
    /// Returns an API without security schemes.
    pub const fn new(name: &'static str, user_agent: &'static str) -> Self {
        Self {
            name,
            user_agent,
            request_id_headers: &[],
            schemes: &[],
            security: &[],
        }
    }
}
