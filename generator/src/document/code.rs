//! The diagnostic codes of decoding.

crate::diagnostic::code::codes! {
    Error NOT_OPENAPI "SW0201" "the file is not a description in a supported version";
    Either MISTYPED_KEY "SW0202" "an unknown key that looks like a known one";
    Warning UNKNOWN_KEY "SW0203" "an unknown key is ignored";
    Either WRONG_TYPE "SW0204" "a value of a wrong type";
    Warning ASSUMED "SW0205" "a value that is odd but clear; the message says how it is read";
    Either MISSING_KEY "SW0206" "a required key is missing";
    Either UNKNOWN_WORD "SW0207" "an unknown value";
    Warning UNSUPPORTED "SW0208" "something that the generator cannot express; the message says what happens instead";
    Warning DUPLICATE "SW0209" "the same thing is described twice";
    Either BAD_NAME "SW0210" "an invalid name";
    Either DANGLING_REFERENCE "SW0301" "a reference to something that does not exist";
    Either REFERENCE_CYCLE "SW0302" "references that form a cycle";
    Warning UNREAD_FILE "SW0303" "a reference to a file that was not read";
    Either WRONG_KIND "SW0304" "a reference to an object of another kind";
    Error UNKNOWN_SCHEME "SW0305" "a security requirement names an unknown scheme";
}
