//! Where a mock server, or a description, is wrong: what it says and why that is no fault of the client.

use super::mock::Server;
use super::seen::Seen;

/// A call that does not go well, and rightly so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exception {
    /// The server that is wrong.
    pub(super) server: Server,
    /// The document.
    pub(super) document: &'static str,
    /// The operation's label; `*` for all that say this.
    pub(super) operation: &'static str,
    /// Words of what the server or the client says: the proof.
    pub(super) said: &'static str,
    /// Why that is no fault of the client.
    pub(super) reason: &'static str,
}

impl Exception {
    /// Whether this is what came of a call.
    pub(super) fn covers(
        &self,
        server: Server,
        document: &str,
        operation: &str,
        seen: &Seen,
    ) -> bool {
        self.server == server
            && self.document == document
            && (self.operation == "*" || self.operation == operation)
            && seen.said.contains(self.said)
    }
}

/// All of them. A run fails where one of them is not needed any more.
pub(super) const EXCEPTIONS: &[Exception] = &[
    Exception {
        server: Server::Steady,
        document: "workspaces",
        operation: "instagram_accounts.create",
        said: "422 Unprocessable Entity: {}",
        reason: "Steady says on loading that the operation `has no 2xx success response (only 422, 2XX)`, and answers \
                 every request with the documented error. OpenAPI 3.1, Responses Object: `2XX represents all response \
                 codes between [200-299]`",
    },
    Exception {
        server: Server::Prism,
        document: "oasex-discriminators",
        operation: "*",
        said: "must match exactly one schema in oneOf",
        reason: "the alternatives of the description differ in optional members only and allow any others, so a body \
                 of one alternative's own members fits the others too. OpenAPI 3.0, Discriminator Object: it is a hint \
                 to aid validation, and JSON Schema's `oneOf` does not know it",
    },
    Exception {
        server: Server::Steady,
        document: "oasex-discriminators",
        operation: "*",
        said: "Invalid discriminator value",
        reason: "Steady knows no word without a mapping (`Valid values: []`), nor one that is mapped to a bare name \
                 (`Option One` is none of `Option One`, `Option Two`). OpenAPI 3.0, Discriminator Object: without a \
                 mapping the word is the name of the schema, and a mapping may hold a name",
    },
    Exception {
        server: Server::Prism,
        document: "oasex-parameters-style",
        operation: "*",
        said: "the connection broke",
        reason: "Prism itself ends, whoever asks (curl does as well): with `TypeError: Cannot read properties of \
                 undefined (reading 'split')` where an optional list in a header is not sent, with `value.split is not \
                 a function` for an object in a path, with `Space/pipe/comma.. delimited style is only applicable to \
                 array parameter` for an object in a query. OpenAPI 3.0, Style Values, has all of these",
    },
    Exception {
        server: Server::Prism,
        document: "hf-tgi",
        operation: "text_generation_inference.generate_stream",
        said: "NO_COMPLEX_OBJECT_TEXT",
        reason: "Prism cannot make an answer of `text/event-stream` from a schema that is an object",
    },
    Exception {
        server: Server::Steady,
        document: "hf-tgi",
        operation: "text_generation_inference.generate_stream",
        said: "the required member \"index\" is missing",
        reason: "Steady ends every stream with an event `done` of its own whose data is `{}`; the description has the \
                 required members `index` and `token` in each",
    },
    Exception {
        server: Server::Prism,
        document: "databricks-jobs",
        operation: "*",
        said: "settings.tags: expected an object, found the string",
        reason: "the answer is an example of the description that its own schema refuses: `tags` is an object there, and \
                 the text `{}` in the example",
    },
    Exception {
        server: Server::Prism,
        document: "databricks-jobs",
        operation: "n2_1.jobs_runs_get_output",
        said: "$.dbt_output: expected an object, found the string",
        reason: "the answer is an example of the description that its own schema refuses: `dbt_output` is an object \
                 there, and an empty text in the example",
    },
    Exception {
        server: Server::Prism,
        document: "etsi-mec010",
        operation: "app_pkgm.app_dget",
        said: "Cannot find serializer for application/zip",
        reason: "Prism has no answer of a media type that the description gives to the operation",
    },
];
