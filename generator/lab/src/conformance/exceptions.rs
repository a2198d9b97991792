//! Where a mock server, or a description, is wrong: what it says and why that is no fault of the client.

use super::seen::Seen;

/// A call that does not go well, and rightly so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exception {
    /// The server that is wrong.
    pub(super) server: &'static str,
    /// The document.
    pub(super) document: &'static str,
    /// The labels of the operations; none for all of them.
    pub(super) operations: &'static [&'static str],
    /// Words of what the server or the client says: the proof.
    pub(super) said: &'static str,
    /// Why that is no fault of the client.
    pub(super) reason: &'static str,
}

impl Exception {
    /// Whether this is what came of a call.
    pub(super) fn covers(
        &self,
        server: &str,
        document: &str,
        operation: &str,
        seen: &Seen,
    ) -> bool {
        self.server == server
            && self.document == document
            && (self.operations.is_empty() || self.operations.contains(&operation))
            && seen.said.contains(self.said)
    }
}

/// How many calls go well at the servers whose version is fixed. A run fails where they are fewer.
pub(super) const LEAST: &[(&str, usize)] = &[("chroma", 60), ("prefect", 98), ("spector", 615)];

/// All of them. A run fails where one of them is not needed any more.
pub(super) const EXCEPTIONS: &[Exception] = &[
    Exception {
        server: "steady",
        document: "workspaces",
        operations: &["instagram_accounts.create"],
        said: "422 Unprocessable Entity: {}",
        reason: "Steady says on loading that the operation `has no 2xx success response (only 422, 2XX)`, and answers \
                 every request with the documented error. OpenAPI 3.1, Responses Object: `2XX represents all response \
                 codes between [200-299]`",
    },
    Exception {
        server: "prism",
        document: "oasex-discriminators",
        operations: &[
            "discriminator_with_mapping.one_of_with_top_level_discriminator_and_mapping",
            "discriminator_with_no_mapping.one_of_with_top_level_discriminator_no_mapping",
            "embedded_discriminator.patch_embedded_discriminator",
            "mapping_of_schema_names.patch_mapping_of_schema_names",
            "mapping_with_duplicate_schemas.patch_mapping_with_duplicate_schemas",
            "nested_one_of_object_with_nested_one_of.patch_nested_one_of_object_with_nested_one_of",
            "oneof_allof_top_level_disc.patch_oneof_allof_top_level_disc",
            "quirks.one_of_with_improperly_placed_discriminator",
            "quirks.post_potentially_undefined_form_data",
        ],
        said: "must match exactly one schema in oneOf",
        reason: "the alternatives of the description differ in optional members only and allow any others, so a body \
                 of one alternative's own members fits the others too. OpenAPI 3.0, Discriminator Object: it is a hint \
                 to aid validation, and JSON Schema's `oneOf` does not know it",
    },
    Exception {
        server: "steady",
        document: "oasex-discriminators",
        operations: &[
            "discriminator_with_no_mapping.one_of_with_top_level_discriminator_no_mapping",
            "mapping_of_schema_names.patch_mapping_of_schema_names",
            "oneof_allof_top_level_disc.patch_oneof_allof_top_level_disc",
            "quirks.one_of_with_improperly_placed_discriminator",
        ],
        said: "Invalid discriminator value",
        reason: "Steady knows no word without a mapping (`Valid values: []`), nor one that is mapped to a bare name \
                 (`Option One` is none of `Option One`, `Option Two`). OpenAPI 3.0, Discriminator Object: without a \
                 mapping the word is the name of the schema, and a mapping may hold a name",
    },
    Exception {
        server: "prism",
        document: "oasex-parameters-style",
        operations: &[
            "header.standard",
            "header.simple_non_exploded",
            "header.simple_exploded",
        ],
        said: "the connection broke",
        reason: "Prism itself ends, whoever asks (curl does as well): `TypeError: Cannot read properties of undefined (reading \
                 'split')` where an optional list in a header is not sent",
    },
    Exception {
        server: "prism",
        document: "oasex-parameters-style",
        operations: &[
            "path.standard",
            "path.matrix_non_exploded",
            "path.label_non_exploded",
            "path.simple_non_exploded",
        ],
        said: "the connection broke",
        reason: "Prism itself ends: `value.split is not a function` for an object in a path. OpenAPI 3.0, Style Values, has it",
    },
    Exception {
        server: "prism",
        document: "oasex-parameters-style",
        operations: &[
            "query.space_delimited_non_exploded",
            "query.pipe_delimited_non_exploded",
            "multipart_form_data_encoding.form_data_space_delimited_non_exploded",
            "multipart_form_data_encoding.form_data_pipe_delimited_non_exploded",
        ],
        said: "the connection broke",
        reason: "Prism itself ends: `Space/pipe/comma.. delimited style is only applicable to array parameter`, where the \
                 description has an object. OpenAPI 3.0, Style Values, has it",
    },
    Exception {
        server: "prism",
        document: "oasex-parameters-style",
        operations: &["multipart_form_data_encoding.form_data_standard"],
        said: "Request body property array must be array",
        reason: "Prism takes no list and no object in a multipart body: `-F array=a -F array=b`, `-F array=[…]` as JSON and as \
                 text are all refused by curl in the same words. OpenAPI 3.0, Special Considerations for multipart Content",
    },
    Exception {
        server: "prism",
        document: "hf-tgi",
        operations: &[
            "text_generation_inference.chat_completions_stream",
            "text_generation_inference.compat_generate_stream",
            "text_generation_inference.completions_stream",
            "text_generation_inference.generate_stream",
            "text_generation_inference.sagemaker_compatibility_stream",
        ],
        said: "NO_COMPLEX_OBJECT_TEXT",
        reason: "Prism cannot make an answer of `text/event-stream` from a schema that is an object",
    },
    Exception {
        server: "steady",
        document: "hf-tgi",
        operations: &[
            "text_generation_inference.chat_completions_stream",
            "text_generation_inference.compat_generate_stream",
            "text_generation_inference.completions_stream",
            "text_generation_inference.generate_stream",
        ],
        said: "is missing",
        reason: "Steady ends every stream with an event `done` of its own whose data is `{}`; the description has \
                 required properties in each",
    },
    Exception {
        server: "prism",
        document: "databricks-jobs",
        operations: &["n2_1.jobs_get", "n2_1.jobs_list"],
        said: "settings.tags: expected an object, found the string",
        reason: "the answer is an example of the description that its own schema refuses: `tags` is an object there, and \
                 the text `{}` in the example",
    },
    Exception {
        server: "prism",
        document: "databricks-jobs",
        operations: &["n2_1.jobs_runs_get_output"],
        said: "$.dbt_output: expected an object, found the string",
        reason: "the answer is an example of the description that its own schema refuses: `dbt_output` is an object \
                 there, and an empty text in the example",
    },
    Exception {
        server: "prism",
        document: "etsi-mec010",
        operations: &["app_pkgm.app_pkg_id_get", "app_pkgm.app_dget"],
        said: "must have required property 'featureName'",
        reason: "Prism refuses the answer that it made itself: the description requires two members of `TransportsSupported` that \
                 it does not describe",
    },
    Exception {
        server: "steady",
        document: "etsi-mec010",
        operations: &["app_pkgm.app_pkg_id_get", "app_pkgm.app_dget"],
        said: "[object Object]",
        reason: "the description has an object under `text/plain`, and Steady writes one as `[object Object]`",
    },
    Exception {
        server: "chroma",
        document: "system",
        operations: &["health"],
        said: "expected a string, found an object",
        reason: "the description has `type: string`, and the server sends an object",
    },
    Exception {
        server: "chroma",
        document: "databases",
        operations: &["list", "list a page"],
        said: "is missing",
        reason: "the description refers to the component `Vec`, which the list of collections shares and whose items are \
                 collections, and the server sends databases",
    },
    Exception {
        server: "spector",
        document: "response-status-code-range",
        operations: &[],
        said: "there is no description",
        reason: "its errors are of status codes 494 to 499, which OpenAPI cannot say; the emitter writes nothing",
    },
    Exception {
        server: "spector",
        document: "routes",
        operations: &[],
        said: "there is no description",
        reason: "paths with a query string and path parameters of the styles `+` and `path` are not in OpenAPI; the emitter writes nothing",
    },
    Exception {
        server: "spector",
        document: "special-words",
        operations: &[],
        said: "there is no description",
        reason: "the emitter itself ends: `Cannot read properties of undefined` for a parameter with the name of a property that every object has",
    },
    Exception {
        server: "spector",
        document: "encode-bytes",
        operations: &["Encode_Bytes_RequestBody_base64url"],
        said: "doesn't match expected body",
        reason: "the scenario has base64url, and the description `contentEncoding: base64`",
    },
    Exception {
        server: "spector",
        document: "parameters-path",
        operations: &["Parameters_Path_optional"],
        said: "no operation takes a call of it",
        reason: "a parameter in a path is never optional in OpenAPI; the description has the one path `/parameters/path/optional{name}`",
    },
    Exception {
        server: "spector",
        document: "payload-json-merge-patch",
        operations: &[
            "Payload_JsonMergePatch_updateResource",
            "Payload_JsonMergePatch_updateOptionalResource",
        ],
        said: "expected an object, found null",
        reason: "the description of the patch allows no null, which only the media type means",
    },
    Exception {
        server: "spector",
        document: "payload-pageable",
        operations: &[
            "Payload_Pageable_ServerDrivenPagination_link",
            "Payload_Pageable_ServerDrivenPagination_linkString",
            "Payload_Pageable_ServerDrivenPagination_nestedLink",
            "Payload_Pageable_ServerDrivenPagination_AlternateInitialVerb_post",
            "Payload_Pageable_XmlPagination_listWithNextLink",
        ],
        said: "no operation takes a call of it",
        reason: "the address of the second page comes in the response to the first, and the description has no operation for it",
    },
    Exception {
        server: "spector",
        document: "type-model-visibility",
        operations: &[
            "Type_Model_Visibility_putReadOnlyModel",
            "Type_Model_Visibility_getModel",
        ],
        said: "became {}",
        reason: "the properties are `readOnly`: they are read, and left out where the comparison writes the value again",
    },
    Exception {
        server: "spector",
        document: "type-file",
        operations: &["Type_File_Body_uploadFileDefaultContentType"],
        said: "Expected image/png but got application/json",
        reason: "a fault of the generator: a body of `*/*` whose schema has only a `contentMediaType` is sent as JSON",
    },
    Exception {
        server: "spector",
        document: "payload-multipart",
        operations: &[
            "Payload_MultiPart_FormData_checkFileNameAndContentType",
            "Payload_MultiPart_FormData_HttpParts_ContentType_imageJpegContentType",
            "Payload_MultiPart_FormData_File_uploadFileSpecificContentType",
            "Payload_MultiPart_FormData_File_uploadFileRequiredFilename",
        ],
        said: "Values not deep equal",
        reason: "the calls that are made of the expected request give a file its content, not its name and its type",
    },
    Exception {
        server: "spector",
        document: "payload-multipart",
        operations: &[
            "Payload_MultiPart_FormData_HttpParts_ContentType_requiredContentType",
            "Payload_MultiPart_FormData_HttpParts_ContentType_optionalContentType",
            "Payload_MultiPart_FormData_HttpParts_jsonArrayAndFileArray",
        ],
        said: "instead of 204",
        reason: "a fault of the generator: a part without a type whose `encoding` has the content type `*/*` is sent as \
                 text, not as a file",
    },
];
