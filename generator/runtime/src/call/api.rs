//! The description of an API for the runtime.

use crate::auth::Scheme;

/// The facts about an API that all its calls share; generated code has one as a `static`.
#[derive(Debug)]
pub struct Api {
    /// The API's name: `insightiq`.
    pub name: &'static str,
    /// The crate and its version, the beginning of the user agent: `social-apis/0.1.0`.
    pub user_agent: &'static str,
    /// The headers with the id of a request, in addition to the usual ones.
    pub request_id_headers: &'static [&'static str],
    /// The security schemes of the API.
    pub schemes: &'static [Scheme],
    /// The schemes of operations that do not name their own: alternatives of what is needed together.
    pub security: &'static [&'static [&'static str]],
}
