//! The rules: the effect of each kind of change on requests and on responses, with the reason.
//!
//! A request goes to the server, so a new demand of the server breaks existing callers. A response comes from the
//! server, so a promise that is no longer made breaks those who rely on it. The verdict for Rust is mostly not part of
//! a rule: it is determined by comparing the two generated crates. A rule only adds what no signature shows.

use super::verdict::{Items, Rule, Rust, Verdict, Wire};

/// The rule with this code, if there is one.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == code)
}

/// Declares the rules and an array of all of them. A direction that is omitted has no effect on the wire.
macro_rules! rules {
    (@verdict) => {
        Verdict { wire: Wire::None, reason: "" }
    };
    (@verdict $wire:ident $reason:literal) => {
        Verdict { wire: Wire::$wire, reason: $reason }
    };
    (@least) => {
        Rust::Patch
    };
    (@least $least:ident) => {
        Rust::$least
    };
    (@behaviour) => {
        None
    };
    (@behaviour $behaviour:literal) => {
        Some($behaviour)
    };
    (@items) => {
        Items::Any
    };
    (@items $items:ident) => {
        Items::$items
    };
    ($(
        $name:ident $code:literal $title:literal
        $(request $request:ident $request_reason:literal)?
        $(response $response:ident $response_reason:literal)?
        $(at least $least:ident)?
        $(behaviour $behaviour:literal)?
        $(items $items:ident)?;
    )*) => {
        $(
            #[doc = $title]
            pub(crate) static $name: Rule = Rule {
                code: $code,
                title: $title,
                request: rules!(@verdict $($request $request_reason)?),
                response: rules!(@verdict $($response $response_reason)?),
                least: rules!(@least $($least)?),
                behaviour: rules!(@behaviour $($behaviour)?),
                items: rules!(@items $($items)?),
            };
        )*

        /// Every rule, in the order of the codes.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    // Operations.
    OPERATION_REMOVED "SWD101" "an operation was removed"
        request Breaking "the server no longer has it";
    DEPRECATED_OPERATION_REMOVED "SWD102" "a deprecated operation was removed"
        request Review "it was announced, and programs that still call it fail";
    OPERATION_ADDED "SWD103" "an operation was added"
        request Additive "existing requests are unchanged";
    METHOD_CHANGED "SWD104" "the method of an operation changed"
        request Breaking "the server no longer accepts requests with the old method"
        response Breaking "requests with the old method are no longer sent"
        items Renamed;
    PATH_CHANGED "SWD105" "the path of an operation changed"
        request Breaking "the server no longer accepts requests at the old path"
        response Breaking "requests under the old name are no longer sent"
        items Renamed;
    OPERATION_ID_CHANGED "SWD106" "the `operationId` of an operation changed"
        items Renamed;
    TAGS_CHANGED "SWD107" "the tags of an operation changed"
        items Renamed;
    OPERATION_DEPRECATED "SWD108" "an operation was deprecated"
        at least Minor;
    OPERATION_UNDEPRECATED "SWD109" "an operation is no longer deprecated";
    WEBHOOK_ADDED "SWD110" "a webhook was added"
        response Review "the server sends requests that the program does not know";
    WEBHOOK_REMOVED "SWD111" "a webhook was removed"
        response Breaking "the program expects requests that are no longer sent";
    API_ADDED "SWD112" "an API was added"
        request Additive "existing requests are unchanged"
        at least Minor;
    API_REMOVED "SWD113" "an API was removed"
        request Breaking "no client is generated for it any more"
        at least Major;
    OPERATION_RENAMED "SWD114" "an operation was renamed"
        request Breaking "the server no longer accepts requests at the old path"
        response Breaking "requests under the old name are no longer sent"
        items Renamed;
    ANNOUNCEMENT_CHANGED "SWD115" "`x-sunset` or `x-stability-level` of an operation changed"
        request Review "it may be removed or changed at another time than announced"
        items None;

    // Parameters.
    PARAMETER_REQUIRED_ADDED "SWD201" "a required parameter was added"
        request Breaking "requests without it are refused"
        response Additive "the rest of the request is unchanged";
    PARAMETER_ADDED "SWD202" "an optional parameter was added"
        request Additive "requests without it stay valid"
        response Additive "the rest of the request is unchanged";
    PARAMETER_REMOVED "SWD203" "a parameter was removed"
        request Review "the server may ignore it or refuse it"
        response Review "a program that uses it no longer receives it";
    PARAMETER_BECAME_REQUIRED "SWD204" "an optional parameter became required"
        request Breaking "requests without it are refused"
        response Additive "every request has the parameter";
    PARAMETER_BECAME_OPTIONAL "SWD205" "a required parameter became optional"
        request Additive "requests with it stay valid"
        response Breaking "a request may lack it";
    PARAMETER_ORDER "SWD206" "the order of required parameters changed";
    SAME_TYPE_PARAMETER_ORDER "SWD207" "the order of required parameters of one type changed"
        behaviour "calls still compile and pass each value as another parameter";
    PARAMETER_LOCATION "SWD208" "a parameter moved to another location"
        request Breaking "the server expects it in another location"
        response Breaking "a program that uses it no longer receives it"
        items None;
    PARAMETER_STYLE "SWD209" "the style of a parameter changed"
        request Breaking "the server decodes another value, or none"
        response Breaking "the parameter is encoded differently"
        behaviour "the same call sends different bytes"
        items None;
    PARAMETER_DEFAULT "SWD210" "the default of a parameter changed"
        request Breaking "a request without the parameter has a different meaning"
        behaviour "the same call may have a different result"
        items None;
    PARAMETER_RESERVED "SWD211" "`allowReserved` of a parameter changed"
        request Breaking "the server decodes another value if it has reserved characters"
        behaviour "the same call sends different bytes"
        items None;
    EMPTY_VALUE_REFUSED "SWD212" "`allowEmptyValue` of a parameter was removed"
        request Breaking "requests with an empty value are refused"
        items None;
    EMPTY_VALUE_ALLOWED "SWD213" "`allowEmptyValue` of a parameter was set"
        request Additive "requests without an empty value stay valid"
        items None;
    PARAMETER_DEPRECATED "SWD214" "a parameter was deprecated"
        at least Minor;
    PATH_PARAMETER_RENAMED "SWD215" "a path parameter was renamed"
        items None;
    PARAMETER_RENAMED "SWD216" "a required parameter was renamed"
        request Breaking "requests without the new name are refused"
        response Breaking "a program that uses the old name no longer receives it"
        items Renamed;
    PARAMETER_UNDEPRECATED "SWD217" "a parameter is no longer deprecated";
    OPTIONAL_PARAMETER_RENAMED "SWD218" "an optional parameter was renamed"
        request Review "the server ignores the old name or refuses it"
        response Review "a program that uses the old name no longer receives it"
        items Renamed;

    // Bodies, responses and headers.
    BODY_REQUIRED_ADDED "SWD301" "a required request body was added"
        request Breaking "requests without it are refused"
        response Review "the program receives a body that it does not know";
    BODY_ADDED "SWD302" "an optional request body was added"
        request Additive "requests without it stay valid"
        response Review "the program receives a body that it does not know";
    BODY_REMOVED "SWD303" "the request body was removed"
        request Breaking "the server no longer accepts it"
        response Breaking "a program that uses the body no longer receives it";
    BODY_BECAME_REQUIRED "SWD304" "an optional request body became required"
        request Breaking "requests without it are refused"
        response Additive "every request has the body";
    BODY_BECAME_OPTIONAL "SWD305" "a required request body became optional"
        request Additive "requests with it stay valid"
        response Breaking "a request may lack it";
    MEDIA_TYPE_ADDED "SWD306" "a media type was added"
        request Additive "bodies of the other media types stay valid"
        response Review "the server may respond with it";
    MEDIA_TYPE_REMOVED "SWD307" "a media type was removed"
        request Breaking "bodies of this media type are refused"
        response Breaking "the server no longer responds with it";
    ENCODING_CHANGED "SWD308" "the encoding of a part of a body changed"
        request Breaking "the server decodes another value, or none"
        response Breaking "the part is encoded differently"
        behaviour "the same call sends different bytes";
    SUCCESS_ADDED "SWD309" "a successful response was added"
        request Additive "the other responses stay valid"
        response Review "the server may respond with a status code that the program does not expect";
    SUCCESS_REMOVED "SWD310" "a successful response was removed"
        request Breaking "the server no longer accepts this response"
        response Breaking "the server no longer responds in this way";
    ERROR_ADDED "SWD311" "an error response was added"
        request Additive "the other responses stay valid"
        response Review "the server may respond with an error that the program does not know"
        at least Minor
        items AllButOutput;
    ERROR_REMOVED "SWD312" "an error response was removed"
        request Review "the server may not know this response"
        response Review "the program handles an error that no longer occurs"
        at least Minor
        items AllButOutput;
    HEADER_ADDED "SWD313" "a response header was added"
        request Additive "responses without it stay valid"
        response Additive "the rest of the response is unchanged";
    HEADER_REMOVED "SWD314" "a response header was removed"
        request Review "the server may ignore it or refuse it"
        response Breaking "a program that uses it no longer receives it";
    HEADER_BECAME_OPTIONAL "SWD315" "a response header became optional"
        request Additive "responses with it stay valid"
        response Breaking "a response may lack it";
    HEADER_BECAME_REQUIRED "SWD316" "a response header became required"
        request Breaking "responses without it are refused"
        response Additive "the rest of the response is unchanged";
    HEADER_STYLE "SWD317" "the style of a response header changed"
        request Breaking "the server decodes another value, or none"
        response Breaking "the header is encoded differently";
    RESPONSE_BODY_ADDED "SWD318" "a body was added to a response"
        request Review "the server may expect the body"
        response Review "the program receives a body that it does not know";
    RESPONSE_BODY_REMOVED "SWD319" "the body of a response was removed"
        request Review "the server no longer accepts it"
        response Breaking "a program that uses the body no longer receives it";
    HEADER_DEPRECATED "SWD320" "a response header was deprecated"
        at least Minor;
    HEADER_UNDEPRECATED "SWD321" "a response header is no longer deprecated";
    MEDIA_TYPE_PARAMETERS "SWD322" "the parameters of a media type changed"
        request Review "the server may refuse the current media type"
        response Review "the server may respond in another version of the media type";
    MEDIA_TYPE_SENT "SWD323" "a method sends another media type"
        behaviour "the same call sends another `Content-Type`"
        items None;

    // Schemas.
    TYPE_CHANGED "SWD401" "the type changed"
        request Breaking "values of the old type are refused"
        response Breaking "values of the new type cannot be decoded as the old one";
    TYPE_NARROWED "SWD402" "the type was narrowed"
        request Breaking "some values are now refused"
        response Additive "every value in a response was allowed before";
    TYPE_WIDENED "SWD403" "the type was widened"
        request Additive "existing values stay valid"
        response Breaking "the program may receive values that it does not expect";
    FORMAT_CHANGED "SWD404" "the format changed"
        request Breaking "values of the old format are refused"
        response Breaking "values of the new format cannot be decoded as the old one";
    FORMAT_NARROWED "SWD405" "the format was narrowed"
        request Breaking "some values are now refused"
        response Additive "every value in a response was allowed before";
    FORMAT_WIDENED "SWD406" "the format was widened"
        request Additive "existing values stay valid"
        response Breaking "the program may receive values that it does not expect";
    BECAME_NULLABLE "SWD407" "null is now allowed"
        request Additive "existing values stay valid"
        response Breaking "the program may receive null instead of a value";
    NO_LONGER_NULLABLE "SWD408" "null is no longer allowed"
        request Breaking "null is refused"
        response Additive "every response has a value";
    VALUES_ADDED "SWD409" "values were added to an enum"
        request Additive "the other values stay valid"
        response Review "the program may receive a value that it does not know"
        behaviour "a value that was `Unknown` has its own variant"
        items Added;
    VALUES_REMOVED "SWD410" "values were removed from an enum"
        request Breaking "these values are refused"
        response Additive "every value in a response was known before"
        items Removed;
    ENUM_ADDED "SWD411" "only listed values are now allowed"
        request Breaking "other values are refused"
        response Additive "every value in a response was allowed before";
    ENUM_REMOVED "SWD412" "any value is now allowed"
        request Additive "existing values stay valid"
        response Review "the program may receive a value that it does not know";
    CONSTANT_CHANGED "SWD413" "the only allowed value changed"
        request Breaking "the old value is refused"
        response Breaking "the old value is no longer sent"
        behaviour "the client sends the value by itself";
    DEFAULT_CHANGED "SWD414" "the default of a value changed"
        request Review "a request without it has a different meaning"
        behaviour "the same request may have a different result"
        items None;
    PROPERTY_REQUIRED_ADDED "SWD415" "a required property was added"
        request Breaking "requests without it are refused"
        response Additive "the rest of the response is unchanged";
    PROPERTY_ADDED "SWD416" "an optional property was added"
        request Additive "requests without it stay valid"
        response Additive "the rest of the response is unchanged";
    REQUIRED_PROPERTY_REMOVED "SWD417" "a required property was removed"
        request Review "the server may ignore it or refuse it"
        response Breaking "a program that uses it no longer receives it";
    PROPERTY_REMOVED "SWD418" "an optional property was removed"
        request Review "the server may ignore it or refuse it"
        response Review "a program that uses it no longer receives it";
    PROPERTY_BECAME_REQUIRED "SWD419" "an optional property became required"
        request Breaking "requests without it are refused"
        response Additive "every response has the property";
    PROPERTY_BECAME_OPTIONAL "SWD420" "a required property became optional"
        request Additive "requests with it stay valid"
        response Breaking "a response may lack it";
    BECAME_READ_ONLY "SWD421" "a property became read-only"
        request Breaking "it can no longer be sent";
    NO_LONGER_READ_ONLY "SWD422" "a property is no longer read-only"
        request Additive "requests without it stay valid";
    REQUIRED_NO_LONGER_READ_ONLY "SWD423" "a required property is no longer read-only"
        request Breaking "requests without it are refused";
    BECAME_WRITE_ONLY "SWD424" "a property became write-only"
        response Breaking "responses no longer have it";
    NO_LONGER_WRITE_ONLY "SWD425" "a property is no longer write-only"
        response Additive "the rest of the response is unchanged";
    PROPERTIES_OPENED "SWD426" "additional properties are now allowed"
        request Additive "existing values stay valid"
        response Breaking "the program may receive properties that it does not expect";
    PROPERTIES_CLOSED "SWD427" "additional properties are no longer allowed"
        request Breaking "values with additional properties are refused"
        response Additive "every value in a response was allowed before";
    PROPERTIES_STATED "SWD428" "`additionalProperties` is stated, or no longer stated";
    SCHEMA_ADDED "SWD429" "a schema was added";
    SCHEMA_REMOVED "SWD430" "a schema was removed";
    SCHEMA_DEPRECATED "SWD431" "a schema or property was deprecated"
        at least Minor;
    CONTENT_CHANGED "SWD432" "the encoding of a string changed"
        request Breaking "values in the old encoding are refused"
        response Breaking "values in the new encoding cannot be decoded as the old one";
    NOT_CHANGED "SWD433" "`not` changed"
        request Review "some values may now be refused"
        response Review "the program may receive values that were not allowed before";
    SCHEMA_RENAMED "SWD434" "a schema was renamed"
        items Renamed;
    OTHER_SCHEMA "SWD435" "another schema is used"
        items Renamed;
    PROPERTY_RENAMED "SWD436" "a required property was renamed"
        request Breaking "requests without the new name are refused"
        response Breaking "a program that uses the old name no longer receives it"
        items Renamed;
    SCHEMA_UNDEPRECATED "SWD437" "a schema or property is no longer deprecated";
    PROPERTY_ORDER "SWD438" "the order of required properties changed";
    OPTIONAL_PROPERTY_RENAMED "SWD439" "an optional property was renamed"
        request Review "the server ignores the old name or refuses it"
        response Review "a program that uses the old name no longer receives it"
        items Renamed;
    KNOWN_VALUES_ADDED "SWD440" "values were added to `x-extensible-enum`"
        request Additive "the other values stay valid"
        response Additive "the program has to expect other values anyway"
        items None;
    KNOWN_VALUES_REMOVED "SWD441" "values were removed from `x-extensible-enum`"
        request Breaking "these values are refused"
        response Additive "the program has to expect other values anyway"
        items None;

    // Alternatives.
    ALTERNATIVE_ADDED "SWD501" "an alternative was added"
        request Additive "the other alternatives stay valid"
        response Breaking "the program may receive a value that fits no known alternative"
        behaviour "a value that was `Unknown`, or another alternative, may be the new one"
        items Added;
    ALTERNATIVE_REMOVED "SWD502" "an alternative was removed"
        request Breaking "values of this alternative are refused"
        response Additive "every value in a response was allowed before"
        items Removed;
    DISCRIMINATOR_CHANGED "SWD503" "the discriminator changed"
        request Breaking "the server distinguishes the alternatives differently"
        response Breaking "the alternatives are distinguished differently"
        behaviour "a value may be another alternative than before";
    MAPPING_CHANGED "SWD504" "a discriminator value means another alternative"
        request Breaking "the server decodes the value as another alternative"
        response Breaking "the value selects another alternative";
    ONE_OF_BECAME_ANY_OF "SWD505" "`oneOf` became `anyOf`"
        request Additive "existing values stay valid"
        response Review "a value may fit several alternatives";
    ANY_OF_BECAME_ONE_OF "SWD506" "`anyOf` became `oneOf`"
        request Review "a value that fits several alternatives is refused"
        response Additive "every value in a response was allowed before";
    MAPPING_ADDED "SWD507" "a discriminator value was added"
        request Additive "the other values stay valid"
        response Breaking "the program may receive a value that it does not know";
    MAPPING_REMOVED "SWD508" "a discriminator value was removed"
        request Breaking "the value is refused"
        response Additive "every value in a response was known before";
    MAPPED_VALUE_SENT "SWD509" "another discriminator value is sent for an alternative"
        behaviour "the same call sends another value"
        items None;

    // Limits.
    LIMIT_TIGHTENED "SWD601" "a limit was tightened"
        request Breaking "values beyond the new limit are refused"
        response Additive "every value in a response was allowed before"
        items None;
    LIMIT_LOOSENED "SWD602" "a limit was loosened"
        request Additive "existing values stay valid"
        response Breaking "the program may receive values beyond the old limit"
        items None;
    PATTERN_CHANGED "SWD603" "the pattern changed"
        request Review "some values may now be refused"
        response Review "the program may receive values that did not match before"
        items None;

    // Security and servers.
    SECURITY_ADDED "SWD701" "a security requirement was added"
        request Breaking "requests without the credential are refused"
        behaviour "a client without the credential no longer sends the request";
    SECURITY_REMOVED "SWD702" "a security requirement was removed"
        request Additive "requests with the credential stay valid"
        behaviour "the credential is no longer sent";
    SECURITY_ALTERNATIVE_ADDED "SWD703" "an alternative security requirement was added"
        request Additive "the other alternatives stay valid";
    SECURITY_ALTERNATIVE_REMOVED "SWD704" "an alternative security requirement was removed"
        request Breaking "requests with these credentials are refused"
        behaviour "a client with only these credentials no longer sends the request";
    SCOPE_ADDED "SWD705" "a scope is now required"
        request Breaking "tokens without the scope are refused";
    SCOPE_REMOVED "SWD706" "a scope is no longer required"
        request Additive "tokens with the scope stay valid";
    SCHEME_CHANGED "SWD707" "a security scheme changed"
        request Breaking "the server expects another credential"
        behaviour "the credential is sent or obtained differently";
    SCHEME_RENAMED "SWD708" "a security scheme was renamed"
        items Renamed;
    SCHEME_ADDED "SWD709" "a security scheme was added";
    SCHEME_REMOVED "SWD710" "a security scheme was removed";
    DECLARED_SCOPE_ADDED "SWD711" "a scope was declared"
        request Additive "tokens without the scope stay valid";
    DECLARED_SCOPE_REMOVED "SWD712" "a scope is no longer declared"
        request Review "tokens with the scope may no longer be issued";
    SERVER_ADDED "SWD713" "a server was added"
        request Additive "the other servers stay";
    SERVER_REMOVED "SWD714" "a server was removed"
        request Review "programs that call it have to use another server";
    SERVER_CHANGED "SWD715" "a server or its variables changed"
        request Review "requests may be sent to another URL"
        behaviour "the same client may send requests to another URL";
    SECURITY_NEEDS_LESS "SWD716" "fewer credentials are required"
        request Additive "requests with all of them stay valid"
        behaviour "the other credentials are no longer sent";
    SECURITY_NEEDS_MORE "SWD717" "more credentials are required"
        request Breaking "requests without all of them are refused"
        behaviour "a client without all of them no longer sends the request";
    FLOW_ADDED "SWD718" "an OAuth flow was added"
        request Additive "tokens of the other flows stay valid";
    FLOW_REMOVED "SWD719" "an OAuth flow was removed"
        request Breaking "tokens can no longer be obtained in this way";
    SCHEME_METHOD_MOVED "SWD720" "a method now belongs to another security scheme"
        at least Major
        behaviour "programs still compile and send the credential as that of the other scheme";

    // What only readers and Rust see.
    DOCS_CHANGED "SWD801" "documentation changed"
        items None;
    EXAMPLES_CHANGED "SWD802" "an example changed"
        items None;
    WITHOUT_EFFECT "SWD803" "a keyword without effect changed"
        items None;
    RUST_NAME_CHANGED "SWD901" "a Rust name changed";
    ITEMS_CHANGED "SWD902" "generated items changed because of other changes";
    MEANING_MOVED "SWD903" "a Rust name now means another part of the description"
        at least Major
        behaviour "programs still compile and send or read another part";
    PAGINATION_CHANGED "SWD904" "the pagination of an operation changed"
        behaviour "the same program may read other pages";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_different() {
        assert!(ALL.is_sorted_by(|one, other| one.code < other.code));
    }

    #[test]
    fn each_verdict_has_a_reason() {
        for rule in ALL {
            for verdict in [rule.request, rule.response] {
                assert_eq!(
                    verdict.wire == Wire::None,
                    verdict.reason.is_empty(),
                    "{}",
                    rule.code
                );
                assert!(!verdict.reason.ends_with('.'), "{}", rule.code);
            }
            assert!(!rule.title.ends_with('.'), "{}", rule.code);
        }
    }
}
