//! The diagnostic codes of lowering.

crate::diagnostic::code::codes! {
    Warning PATH_PARAMETER_MISSING "SW0401" "a placeholder of a path has no parameter";
    Warning PATH_PARAMETER_UNUSED "SW0402" "a path parameter has no placeholder";
    Warning DUPLICATE_OPERATION_ID "SW0403" "two operations have one `operationId`";
    Warning EMPTY_ENUM "SW0404" "an `enum` has no values";
    Warning EXAMPLE_MISFIT "SW0405" "an example does not fit its schema";
    Warning REQUIRED_WITHOUT_PROPERTY "SW0406" "`required` names a property that is not described";
    Warning DUPLICATE_ENUM_VALUE "SW0407" "a duplicate value in an `enum`";
    Warning KEYWORD_IGNORED "SW0408" "a keyword that no type can express";
    Warning INFINITE_TYPE "SW0409" "a type whose values would be infinite";
    Warning SERVER_LEFT_OUT "SW0410" "a server cannot be chosen by name";
    Warning FILE_AS_TEXT "SW0411" "a part would be a file, but its schema is part of JSON too, so it is sent as text";
    Warning SUCCESS_FLAG_MISFIT "SW0412" "`x-success-flag` names a property that does not fit";
    Warning DISCRIMINATOR_MISFIT "SW0413" "a discriminator cannot tell the alternatives apart";
    Warning PARAMETER_WITHOUT_SCHEMA "SW0414" "a parameter without a schema";
    Warning WEBHOOK_FORM "SW0415" "a media type of a webhook's body that is ignored, or passed as bytes";
    Warning HEADER_LEFT_OUT "SW0416" "a header that cannot be sent or received, or that the client sends by itself";
    Warning SERVER_UNENCRYPTED "SW0417" "a server is reached without encryption";
    Warning NEVER_FITS "SW0418" "a schema that no value satisfies";
    Warning VALUE_MISFIT "SW0419" "a default or an allowed value does not fit its schema";
    Warning SERVER_VARIABLE "SW0420" "a server variable that is missing or invalid";
    Warning ENCODING_IGNORED "SW0421" "an `encoding` without effect";
    Warning PAGINATION_MISFIT "SW0422" "`x-pagination` names something that does not fit";
    Warning SCHEMA_UNUSED "SW0430" "the schema of a body whose media type is not read into types, such as XML";
    Warning PARTS_NOT_DESCRIBED "SW0435" "a multipart body is sent as bytes, since its parts are not described";
    Warning NUMBERED_NAME "SW0445" "two names differ only in a number or in a general word";
    Warning ALIKE_ALTERNATIVES "SW0446" "two alternatives of a `oneOf` that one value fits";
    Warning WITHOUT_TAG "SW0447" "an alternative without the property of its discriminator";
    Warning MAPPED_OUTSIDE "SW0448" "a discriminator maps a value to a schema that is not an alternative";
    Warning BYTES_IN_JSON "SW0455" "a JSON body that may be bytes";
    Warning STREAM_FLAG_MISFIT "SW0456" "`x-stream-flag` names something that does not fit";
}
