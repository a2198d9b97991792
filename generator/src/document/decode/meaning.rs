//! The table of the meanings of keys: the form of each value, and a sentence of documentation.

use super::grammar::Form::{
    self, Any, Flag, List, Map, Number, Object, ObjectOrFlag, OneOrList, Reference, Text, Word,
};
use super::grammar::Names;
use super::grammar::Words::{
    self, Format, MediaType, Of, Operation, OperationId, Property, Scope, Suggested, Tag, TagName,
};
use super::keys::{
    BODY, COMPONENTS, CONTACT, DISCRIMINATOR, DOCUMENT, ENCODING, EXAMPLE, EXTERNAL_DOCS, FLOW,
    FLOWS, HEADER, INFO, LICENSE, LINK, MEDIA_TYPE, OPERATION, PAGINATION, PARAMETER, PATH_ITEM,
    RESPONSE, SCHEMA, SECURITY_SCHEME, SERVER, SUCCESS_FLAG, TAG, VARIABLE, XML,
};

type Rows = &'static [(&'static str, Form, &'static str)];

const TEXT: &Form = &Text;
const ANY: &Form = &Any;
const ANY_SCHEMA: &Form = &ObjectOrFlag(&SCHEMA);
const SCHEMAS: &Form = &List(ANY_SCHEMA);
const MEDIA: &Form = &Word(MediaType);
pub(super) const TYPES: Words = Of(&[
    (
        "string",
        "A string: `String` in Rust, or the type of its `format`.",
    ),
    (
        "number",
        "A number: `f64` in Rust, or the type of its `format`.",
    ),
    (
        "integer",
        "An integer: `i64` in Rust, or the type of its `format`.",
    ),
    ("boolean", "`true` or `false`: `bool` in Rust."),
    (
        "array",
        "An array: `Vec` in Rust, with elements as in `items`.",
    ),
    (
        "object",
        "An object: a struct with the fields in `properties`, or a map.",
    ),
    (
        "null",
        "Null, beside another type: the value is optional in Rust.",
    ),
    (
        "file",
        "A file: of a form that is sent, or the bytes of a response (Swagger 2.0).",
    ),
]);
const SCHEMES: Words = Of(&[
    ("https", "HTTP with encryption."),
    ("http", "HTTP without encryption."),
    (
        "ws",
        "WebSocket without encryption, which no operation uses.",
    ),
    ("wss", "WebSocket with encryption, which no operation uses."),
]);
const REQUIREMENTS: Form = List(&Map(Names::Scheme, &List(&Word(Scope))));
pub(super) const STYLES: Words = Of(&[
    (
        "form",
        "`color=blue,black`, or `color=blue&color=black` with `explode`: the usual style of queries and cookies.",
    ),
    (
        "simple",
        "`blue,black`: the usual style of paths and headers.",
    ),
    ("label", "`.blue.black`, in a path."),
    ("matrix", "`;color=blue,black`, in a path."),
    ("spaceDelimited", "`color=blue%20black`, in a query."),
    ("pipeDelimited", "`color=blue|black`, in a query."),
    (
        "deepObject",
        "`color[R]=100&color[G]=200`: an object in a query.",
    ),
    (
        "cookie",
        "`color=blue; color=black`, without percent-encoding (since version 3.2).",
    ),
]);
const COLLECTION_FORMATS: Words = Of(&[
    ("csv", "`blue,black`."),
    ("ssv", "`blue black`."),
    ("tsv", "`blue` and `black` with a tab between them."),
    ("pipes", "`blue|black`."),
    ("multi", "`color=blue&color=black`, in a query or a form."),
]);
pub(super) const PLACES: Words = Of(&[
    (
        "path",
        "In the path, in place of its name in braces. It is always required.",
    ),
    ("query", "In the query: `?name=value`."),
    ("header", "A header of the request."),
    ("cookie", "In the header `Cookie`."),
    (
        "querystring",
        "The whole query, as its `content` says (since version 3.2).",
    ),
    (
        "body",
        "The body of the request, with a `schema` (Swagger 2.0).",
    ),
    (
        "formData",
        "A field of a form in the body; a file if its `type` is `file` (Swagger 2.0).",
    ),
]);
pub(super) const SCHEME_TYPES: Words = Of(&[
    ("apiKey", "A secret in a header, the query or a cookie."),
    (
        "http",
        "The header `Authorization`, with a `scheme` such as `bearer`.",
    ),
    ("oauth2", "An access token of OAuth 2."),
    ("openIdConnect", "An access token of OpenID Connect."),
    ("mutualTLS", "A certificate of the client."),
    ("basic", "A user name and a password (Swagger 2.0)."),
]);
pub(super) const KEY_PLACES: Words = Of(&[
    ("header", "In a header."),
    ("query", "In the query, where logs may show it."),
    ("cookie", "In the header `Cookie`."),
]);

/// Lists keys under the noun of their object, each with the form of its value and its docs.
macro_rules! meanings {
    ($($noun:tt $(.$field:ident)? { $($key:literal: $form:expr, $docs:literal;)* })*) => {
        /// The meanings of keys: first of those with one meaning in all objects, then of those of each object.
        pub(super) const ROWS: &[(&str, Rows)] = &[
            $(($noun $(.$field)?, &[$(($key, $form, $docs)),*])),*
        ];
    };
}

meanings! {
    "" {
        "$ref": Reference(&SCHEMA), "A reference to the definition: `#/components/…`, or a path of another file.";
        "summary": Text, "A short summary.";
        "description": Text, "What it is or does, in Markdown. It becomes the documentation in Rust.";
        "title": Text, "A title for people.";
        "name": Text, "Its name.";
        "deprecated": Flag, "Whether it should not be used any more; `#[deprecated]` in Rust.";
        "externalDocs": Object(&EXTERNAL_DOCS), "More documentation elsewhere.";
        "url": Text, "An address.";
        "tags": List(&Word(Tag)), "The groups it belongs to.";
        "servers": List(&Object(&SERVER)), "Where it can be reached, instead of the servers above.";
        "parameters": List(&Object(&PARAMETER)), "What is sent in the path, the query, headers and cookies.";
        "security": REQUIREMENTS, "Who may call: one of these has to be satisfied, `{}` means everybody.";
        "required": Flag, "Whether it is required.";
        "schema": *ANY_SCHEMA, "The schema of the value.";
        "content": Map(Names::MediaType, &Object(&MEDIA_TYPE)), "The content, by media type.";
        "headers": Map(Names::Any, &Object(&HEADER)), "Its headers, by name.";
        "example": Any, "An example of its value.";
        "examples": Map(Names::Any, &Object(&EXAMPLE)), "Examples of its value, by name.";
        "style": Word(STYLES), "How an array or an object is written.";
        "explode": Flag, "Whether each element of an array has a name of its own.";
        "allowReserved": Flag, "Whether characters such as `/` and `?` are sent as they are.";
        "allowEmptyValue": Flag, "Whether it may be empty.";
        "encoding": Map(Names::Any, &Object(&ENCODING)), "How each property of a form is written.";
        "prefixEncoding": List(&Object(&ENCODING)), "How the first parts of a body are written.";
        "itemEncoding": Object(&ENCODING), "How the other parts of a body are written.";
        "consumes": List(MEDIA), "The media types of requests.";
        "produces": List(MEDIA), "The media types of responses.";
        "schemes": List(&Word(SCHEMES)), "The protocols.";
        "scopes": Map(Names::Any, TEXT), "The scopes: names, and what they allow.";
        "authorizationUrl": Text, "The URL of the authorization endpoint.";
        "tokenUrl": Text, "The URL of the token endpoint.";
        "collectionFormat": Word(COLLECTION_FORMATS), "How an array is written.";
        "type": OneOrList(&Word(TYPES)), "The JSON types that a value can have.";
        "format": Word(Format), "The format of the string or number; it decides the Rust type.";
        "items": *ANY_SCHEMA, "The schema of each element.";
        "default": Any, "The value that the server uses if none is sent.";
        "enum": List(ANY), "The values it can have; an `enum` in Rust.";
        "minimum": Number, "The smallest value.";
        "maximum": Number, "The largest value.";
        "exclusiveMinimum": Any, "Values are larger than this.";
        "exclusiveMaximum": Any, "Values are smaller than this.";
        "multipleOf": Number, "Values are multiples of this.";
        "minLength": Number, "The fewest characters.";
        "maxLength": Number, "The most characters.";
        "pattern": Text, "A regular expression (ECMA-262) that strings match.";
        "minItems": Number, "The fewest elements.";
        "maxItems": Number, "The most elements.";
        "uniqueItems": Flag, "Whether all elements are different.";
        "x-rust-name": Text, "The name in Rust, where the derived one is poor.";
        "x-rust-former-name": OneOrList(TEXT), "A name that it had in Rust, which stays as a deprecated alias.";
        "x-nullable": Flag, "Whether null is allowed.";
    }
    DOCUMENT.noun {
        "openapi": Word(Suggested(&[("3.2.0", "The newest version."), ("3.1.1", "Schemas are those of JSON Schema 2020-12."), ("3.0.4", "The version before JSON Schema.")])), "The version of the specification.";
        "swagger": Word(Suggested(&[("2.0", "Swagger, before OpenAPI.")])), "The version of the specification.";
        "$self": Text, "The address of the description itself.";
        "info": Object(&INFO), "Information about the API.";
        "jsonSchemaDialect": Text, "The dialect of its schemas.";
        "servers": List(&Object(&SERVER)), "Where the API can be reached.";
        "paths": Map(Names::Path, &Object(&PATH_ITEM)), "The operations, by path.";
        "webhooks": Map(Names::Any, &Object(&PATH_ITEM)), "Requests that the API makes by itself.";
        "x-webhooks": Map(Names::Any, &Object(&PATH_ITEM)),
            "Requests that the API makes by itself, before version 3.1.";
        "components": Object(&COMPONENTS), "Named components, which `$ref` refers to.";
        "tags": List(&Object(&TAG)), "The groups of operations; a module and a handle each in Rust.";
        "host": Text, "The host, without the protocol.";
        "basePath": Text, "The base path, which precedes each path.";
        "definitions": Map(Names::Component, ANY_SCHEMA), "The named schemas.";
        "parameters": Map(Names::Component, &Object(&PARAMETER)), "The named parameters.";
        "responses": Map(Names::Component, &Object(&RESPONSE)), "The named responses.";
        "securityDefinitions": Map(Names::Component, &Object(&SECURITY_SCHEME)), "How callers prove who they are.";
    }
    INFO.noun {
        "version": Text, "The version of the API.";
        "termsOfService": Text, "The address of the terms of service.";
        "contact": Object(&CONTACT), "Whom to ask about the API.";
        "license": Object(&LICENSE), "The licence of the API.";
    }
    CONTACT.noun {
        "email": Text, "The e-mail address.";
    }
    LICENSE.noun {
        "identifier": Text, "An SPDX expression.";
    }
    COMPONENTS.noun {
        "schemas": Map(Names::Component, ANY_SCHEMA), "Schemas; a type each in Rust.";
        "responses": Map(Names::Component, &Object(&RESPONSE)), "Responses.";
        "parameters": Map(Names::Component, &Object(&PARAMETER)), "Parameters.";
        "examples": Map(Names::Component, &Object(&EXAMPLE)), "Examples.";
        "requestBodies": Map(Names::Component, &Object(&BODY)), "Request bodies.";
        "headers": Map(Names::Component, &Object(&HEADER)), "Headers.";
        "securitySchemes": Map(Names::Component, &Object(&SECURITY_SCHEME)), "How callers prove who they are.";
        "links": Map(Names::Component, &Object(&LINK)), "Links.";
        "callbacks": Map(Names::Component, &Map(Names::Any, &Object(&PATH_ITEM))),
            "Requests that the API makes because of a call.";
        "pathItems": Map(Names::Component, &Object(&PATH_ITEM)), "Path items.";
        "mediaTypes": Map(Names::Component, &Object(&MEDIA_TYPE)), "Media types.";
        "definitions": Map(Names::Component, ANY_SCHEMA), "The named schemas.";
        "securityDefinitions": Map(Names::Component, &Object(&SECURITY_SCHEME)), "How callers prove who they are.";
    }
    SERVER.noun {
        "url": Text, "Its address, with variables in braces.";
        "name": Text, "Its name; a variant of `Server` in Rust.";
        "variables": Map(Names::Any, &Object(&VARIABLE)), "The variables of its address.";
    }
    VARIABLE.noun {
        "enum": List(TEXT), "The values it can have.";
    }
    TAG.noun {
        "name": Word(TagName), "Its name.";
        "parent": Word(Tag), "The tag that it belongs to.";
        "kind": Text, "The kind of tag, such as `nav` or `badge`.";
    }
    PATH_ITEM.noun {
        "get": Object(&OPERATION), "The GET operation: reads.";
        "put": Object(&OPERATION), "The PUT operation: replaces.";
        "post": Object(&OPERATION), "The POST operation: creates, or does something else.";
        "delete": Object(&OPERATION), "The DELETE operation: deletes.";
        "options": Object(&OPERATION), "The OPTIONS operation: returns what is possible.";
        "head": Object(&OPERATION), "The HEAD operation: reads without the body.";
        "patch": Object(&OPERATION), "The PATCH operation: changes a part.";
        "trace": Object(&OPERATION), "The TRACE operation: returns the request.";
        "query": Object(&OPERATION), "The QUERY operation: reads what the request body asks for.";
        "additionalOperations": Map(Names::Any, &Object(&OPERATION)), "Operations with other methods.";
        "parameters": List(&Object(&PARAMETER)), "The parameters of all its operations.";
    }
    OPERATION.noun {
        "operationId": Word(OperationId), "Its unique name; the method in Rust is named after it.";
        "requestBody": Object(&BODY), "The request body.";
        "responses": Map(Names::Status, &Object(&RESPONSE)), "The responses, by status code.";
        "callbacks": Map(Names::Any, &Map(Names::Any, &Object(&PATH_ITEM))),
            "Requests that the API makes because of the call.";
        "x-pagination": Object(&PAGINATION), "How to get the next page.";
        "x-stream-flag": Text, "The property of the body that asks for a stream.";
        "x-sunset": Text, "The date after which it may be gone; `specwright diff` compares it.";
        "x-stability-level": Word(Suggested(&[("draft", "It may change without notice."), ("alpha", "It may change at any time."), ("beta", "It may still change."), ("stable", "It does not break its callers.")])),
            "How likely it is to change; `specwright diff` compares it.";
    }
    PARAMETER.noun {
        "name": Text, "Its name as it is sent.";
        "in": Word(PLACES), "Where it is sent.";
        "required": Flag, "Whether it is required; always `true` in a path.";
    }
    BODY.noun {
        "required": Flag, "Whether it is required.";
    }
    RESPONSE.noun {
        "examples": Map(Names::MediaType, ANY), "Examples of the body, by media type (Swagger 2.0).";
        "links": Map(Names::Any, &Object(&LINK)), "Operations to call with values of the response.";
    }
    LINK.noun {
        "operationRef": Text, "Where the operation is described.";
        "operationId": Word(Operation), "The operation.";
        "parameters": Map(Names::Any, ANY), "The parameters of its call.";
        "requestBody": Any, "The body of its call.";
        "server": Object(&SERVER), "Where it can be reached.";
    }
    MEDIA_TYPE.noun {
        "itemSchema": *ANY_SCHEMA, "The schema of each item of a stream.";
    }
    ENCODING.noun {
        "contentType": Word(MediaType), "The media type of the part.";
    }
    EXAMPLE.noun {
        "value": Any, "The example.";
        "dataValue": Any, "The example as JSON data.";
        "serializedValue": Text, "The example as it is sent.";
        "externalValue": Text, "Where the example can be found.";
    }
    SECURITY_SCHEME.noun {
        "type": Word(SCHEME_TYPES), "The kind of credential.";
        "name": Text, "The name of the header, query parameter or cookie.";
        "in": Word(KEY_PLACES), "Where an API key is sent.";
        "scheme": Word(Suggested(&[("bearer", "`Authorization: Bearer …`, with a token."), ("basic", "`Authorization: Basic …`, with a user name and a password.")])), "The scheme of the `Authorization` header.";
        "bearerFormat": Text, "What a token is, such as `JWT`.";
        "flows": Object(&FLOWS), "How to get a token (OAuth 2).";
        "flow": Word(Of(&[("implicit", "A person, through a browser that gets the token."), ("password", "With the password of the owner."), ("application", "A program for itself."), ("accessCode", "A person, through a browser that gets a code.")])), "How to get a token (OAuth 2).";
        "openIdConnectUrl": Text, "The address of the OpenID configuration.";
        "oauth2MetadataUrl": Text, "The address of the metadata of the authorization server.";
        "x-value-prefix": Text, "The text before the secret, such as `\"Bearer \"`.";
    }
    FLOWS.noun {
        "implicit": Object(&FLOW), "The implicit flow.";
        "password": Object(&FLOW), "With the password of the owner.";
        "clientCredentials": Object(&FLOW), "A program for itself.";
        "authorizationCode": Object(&FLOW), "A person, through a browser.";
        "deviceAuthorization": Object(&FLOW), "A person, through another device.";
    }
    FLOW.noun {
        "deviceAuthorizationUrl": Text, "Where a device asks.";
        "refreshUrl": Text, "Where tokens are renewed.";
    }
    XML.noun {
        "nodeType": Word(Of(&[("element", "An element."), ("attribute", "An attribute."), ("text", "A text."), ("cdata", "A CDATA section."), ("none", "No node of its own.")])), "The kind of node.";
        "namespace": Text, "Its namespace.";
        "prefix": Text, "The prefix of its name.";
        "attribute": Flag, "Whether it is an attribute.";
        "wrapped": Flag, "Whether an array is wrapped in an element.";
    }
    DISCRIMINATOR.noun {
        "propertyName": Text, "The property whose value selects the alternative.";
        "mapping": Map(Names::Any, &Reference(&SCHEMA)), "Its values, and the schema of each.";
        "defaultMapping": Reference(&SCHEMA), "The schema of a value whose property is missing or unknown.";
    }
    SUCCESS_FLAG.noun {
        "flag": Text, "The boolean property that is true on success.";
        "messages": Text, "The property with the reasons.";
    }
    PAGINATION.noun {
        "kind": Word(Of(&[("cursor", "The response has a cursor for the next page."), ("page", "Pages are numbered."), ("offset", "A page begins after a number of items."), ("link", "The response has the address of the next page.")])), "How pages are asked for.";
        "parameter": Text, "The parameter that says which page.";
        "first": Number, "The number of the first page.";
        "limit": Text, "The parameter that says how many items.";
        "items": Text, "The property with the items.";
        "next": Text, "The property with the next cursor or address.";
        "more": Text, "The property that says whether there are more.";
        "last": Text, "The property with the number of the last page.";
        "total": Text, "The property with the number of items.";
    }
    SCHEMA.noun {
        "nullable": Flag, "Whether null is allowed (3.0).";
        "const": Any, "The only value.";
        "examples": List(ANY), "Examples of its values.";
        "properties": Map(Names::Any, ANY_SCHEMA), "The properties of an object; fields in Rust.";
        "required": List(&Word(Property)), "The required properties; the others are `Option`.";
        "additionalProperties": *ANY_SCHEMA, "The schema of other properties; `false` allows none.";
        "patternProperties": Map(Names::Any, ANY_SCHEMA), "The schemas of properties whose names match.";
        "prefixItems": *SCHEMAS, "The schemas of the first elements; a tuple in Rust.";
        "allOf": *SCHEMAS, "All of these hold; one struct in Rust.";
        "oneOf": *SCHEMAS, "Exactly one of these holds; an `enum` in Rust.";
        "anyOf": *SCHEMAS, "At least one of these holds; an `enum` in Rust.";
        "not": *ANY_SCHEMA, "A schema that values must not match.";
        "discriminator": Object(&DISCRIMINATOR), "The property that selects the alternative.";
        "readOnly": Flag, "Whether it is only in responses.";
        "writeOnly": Flag, "Whether it is only in requests; a secret is never shown.";
        "contentEncoding": Word(Suggested(&[("base64", "Base64: bytes in Rust."), ("base64url", "Base64 with an alphabet for URLs.")])), "How a string holds bytes.";
        "contentMediaType": Word(MediaType), "The media type of the content of a string.";
        "contentSchema": *ANY_SCHEMA, "The schema of the content of a string.";
        "contains": *ANY_SCHEMA, "The schema that at least one element must match.";
        "minContains": Number, "The fewest elements that match `contains`.";
        "maxContains": Number, "The most elements that match `contains`.";
        "minProperties": Number, "The fewest properties.";
        "maxProperties": Number, "The most properties.";
        "propertyNames": *ANY_SCHEMA, "The schema of the names of properties.";
        "if": *ANY_SCHEMA, "A schema; values that match it must match `then`.";
        "then": *ANY_SCHEMA, "The schema of values that match `if`.";
        "else": *ANY_SCHEMA, "The schema of values that do not match `if`.";
        "dependentSchemas": Map(Names::Any, ANY_SCHEMA), "Schemas that apply if a property is present.";
        "dependentRequired": Map(Names::Any, &List(TEXT)), "The properties that another one needs.";
        "dependencies": Map(Names::Any, ANY), "What a property needs (older drafts).";
        "unevaluatedProperties": *ANY_SCHEMA, "The schema of properties that no other keyword describes.";
        "unevaluatedItems": *ANY_SCHEMA, "The schema of elements that no other keyword describes.";
        "additionalItems": *ANY_SCHEMA, "The schema of elements after the described ones (older drafts).";
        "xml": Object(&XML), "How it is written in XML.";
        "definitions": Map(Names::Component, ANY_SCHEMA), "Named schemas in this one (older drafts).";
        "$defs": Map(Names::Component, ANY_SCHEMA), "Named schemas in this one.";
        "$id": Text, "The address of the schema.";
        "id": Text, "The address of the schema (older drafts).";
        "$schema": Text, "The dialect of the schema.";
        "$anchor": Text, "A name that `$ref` can refer to.";
        "$dynamicAnchor": Text, "A name that `$dynamicRef` can refer to.";
        "$dynamicRef": Text, "A reference to a `$dynamicAnchor`.";
        "$recursiveAnchor": Flag, "Whether `$recursiveRef` can refer to it.";
        "$recursiveRef": Text, "A reference to a `$recursiveAnchor`.";
        "$comment": Text, "A comment.";
        "$vocabulary": Any, "The vocabularies of a dialect.";
        "x-enum": Word(Of(&[("open", "An unknown value is kept as `Unknown`."), ("closed", "An unknown value is an error.")])), "Whether other values are kept in Rust.";
        "x-enum-former-names": Any, "Names that variants had in Rust, by value.";
        "x-enum-varnames": Any, "The names of the variants, in the order of `enum`.";
        "x-enum-descriptions": Any, "The docs of the variants, in the order of `enum`.";
        "x-enumNames": Any, "The names of the variants, in the order of `enum`.";
        "x-enumDescriptions": Any, "The docs of the variants, in the order of `enum`.";
        "x-enum-names": Any, "The names of the variants, in the order of `enum`.";
        "x-ms-enum": Any, "The names and docs of the variants: `values`, each with `value`, `name` and `description`.";
        "x-ms-discriminator-value": Text, "The value of a discriminator that leads to this schema, in place of its name.";
        "x-extensible-enum": List(ANY), "The values that are known so far; `specwright diff` compares them.";
        "x-rust-type": Text, "The path of a type of another crate that is used instead.";
        "x-success-flag": Object(&SUCCESS_FLAG), "A 2xx body that can say no: `flag` and `messages`.";
    }
}
