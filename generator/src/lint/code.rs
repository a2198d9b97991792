//! The diagnostic codes of the rules.

crate::diagnostic::code::codes! {
    Warning OTHER_VERSION "SW0701" "a keyword of another version of the specification";
    Warning WITHOUT_EFFECT "SW0702" "a keyword has no effect on values of the schema's type";
    Warning IMPOSSIBLE_LIMITS "SW0703" "no value is within the limits of a schema";
    Warning WITHOUT_ITEMS "SW0704" "an array without `items`";
    Warning READ_AND_WRITE_ONLY "SW0705" "a property is both `readOnly` and `writeOnly`";
    Warning INVALID_PATTERN "SW0706" "a `pattern` is not a regular expression of ECMA-262";
    Warning NEAR_FORMAT "SW0707" "an unknown `format` that looks like a known one";
    Warning AMBIGUOUS_PATHS "SW0708" "one request matches two paths";
    Warning TRAILING_SLASH "SW0709" "only some paths end with `/`";
    Warning QUERY_IN_PATH "SW0710" "a path has a query or a fragment";
    Warning NO_SUCCESS "SW0711" "an operation without a success response";
    Warning BODY_NOT_ALLOWED "SW0712" "a body where HTTP allows none";
    Warning UNKNOWN_SCOPE "SW0713" "a scope that its security scheme does not have";
    Warning SERVER_SLASH "SW0714" "a server URL ends with `/`";
    Warning EMPTY_SEGMENT "SW0715" "a path has an empty segment";
    Warning WITHOUT_BRACES "SW0716" "a parameter of a path without braces";
    Pedantic UNUSED_COMPONENT "SW0750" "a component is not used";
    Pedantic UNUSED_SCHEME "SW0751" "a security scheme is not used";
    Pedantic UNUSED_TAG "SW0752" "a declared tag is not used";
    Pedantic UNDECLARED_TAG "SW0753" "a tag of an operation is not declared";
    Pedantic NO_SUMMARY "SW0754" "an operation without a summary";
    Pedantic NO_DESCRIPTION "SW0755" "a response or a named schema without a description";
    Pedantic NO_CLIENT_ERROR "SW0756" "an operation without a response for client errors";
    Pedantic OPERATION_ID "SW0757" "an operation without an `operationId`, or with one that is not plain ASCII";
    Pedantic UNLIMITED_STRING "SW0758" "a string without a maximum length";
    Pedantic UNLIMITED_ARRAY "SW0759" "an array without a maximum length";
    Pedantic KEY_IN_QUERY "SW0760" "an API key is sent in the query";
    Pedantic UNTYPED "SW0761" "a schema does not say which type its values have";
    Pedantic MIXED_CASE "SW0762" "the properties of a schema are spelled in different cases";
    Pedantic SPECIAL_PATH "SW0763" "a path is a special case of another one";
}
