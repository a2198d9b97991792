//! The keys of each object of a description: those of all versions of `OpenAPI` 3 together, and those of Swagger 2.0.
//! `read` reports keys that look like a known one, `report` all other unknown keys.

use super::words::words;
use super::{Object, is_method_key};
use crate::diagnostic::all_nearest;
use crate::document::Version;
use crate::source::{Member, Value};

/// An object of the specification, with its name and its keys.
#[derive(Debug)]
pub(crate) struct Keys {
    /// Its name with the article, for messages: "an operation".
    pub(crate) noun: &'static str,
    /// The keys, with those of our own `x-` keys that the object can have.
    pub(super) known: &'static [&'static str],
}

impl Keys {
    /// The keys.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.known.iter().copied()
    }

    /// The same object in this version of the specification.
    pub(crate) fn of(&'static self, version: Version) -> &'static Self {
        let mut older = OF_2_0.iter();
        let older = older.find(|keys| version == Version::V2_0 && keys.noun == self.noun);
        older.unwrap_or(self)
    }

    /// Whether the object affects neither requests nor responses.
    pub(super) fn are_inert(&self) -> bool {
        INERT_OBJECTS.contains(&self.noun)
    }

    /// Whether an operation cannot be called correctly without this object.
    pub(super) fn is_essential(&self, object: &Object<'_>) -> bool {
        let required = || {
            let required = object.get("required");
            required.is_some_and(|member| member.value.value == Value::Bool(true))
        };
        match self.noun {
            noun if noun == PARAMETER.noun => required(),
            noun => [COMPONENTS.noun, SECURITY_SCHEME.noun, BODY.noun].contains(&noun),
        }
    }

    /// The keys of this object that an unknown key was probably meant to be, the most likely first. One that speaks of
    /// security is never ignored, however it is spelled: requests would be sent without a credential.
    pub(super) fn nearest(&self, key: &str) -> impl Iterator<Item = &'static str> + use<> {
        let is_security = || {
            let sections = [&COMPONENTS, &OF_2_0[0]];
            let is_section = sections.iter().any(|keys| keys.has(key));
            let speaks_of_security = key.to_ascii_lowercase().starts_with("secur");
            self.has("security") && !is_section && speaks_of_security
        };
        let mut others = OTHER_NAMES.iter().chain(&SYNONYMS);
        let of_another_version = others.find(|(other, own)| *other == key && self.has(own));
        let mut near = all_nearest(key, self.all());
        near.extend(of_another_version.map(|(_, own)| *own));
        near.extend(is_security().then_some("security"));
        near.into_iter()
    }

    /// Where a key belongs that this object does not have, but another one near it.
    pub(super) fn home(&self, key: &str) -> Option<&'static str> {
        let mut homes = HOMES.iter();
        let home = homes.find(|(noun, keys, _)| *noun == self.noun && keys.has(key));
        home.map(|(_, _, help)| *help)
    }

    /// The key that the object does not have, but that is read in it as that of another object. The decoder reports it.
    pub(super) fn borrowed(&self) -> Option<(&'static Keys, &'static str)> {
        (self.noun == PATH_ITEM.noun).then_some((&OPERATION, "security"))
    }

    /// Whether the object has the key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.known.contains(&key)
    }
}

/// Objects, others near them that have keys of their own, and how to move such a key there.
const HOMES: [(&str, &Keys, &str); 5] = [
    (DOCUMENT.noun, &COMPONENTS, "put it under `components`"),
    (DOCUMENT.noun, &INFO, "put it under `info`"),
    (
        PATH_ITEM.noun,
        &OPERATION,
        "put it under the method of an operation",
    ),
    (BODY.noun, &MEDIA_TYPE, BELOW_CONTENT),
    (RESPONSE.noun, &MEDIA_TYPE, BELOW_CONTENT),
];

const BELOW_CONTENT: &str = "put it under `content`, below a media type such as `application/json`";

/// Whether an unknown key can be corrected to a known one without asking. A key of another object may belong there, and
/// most words are near to a short one.
pub(super) fn is_slip(written: &Member, known: &str) -> bool {
    let key = &*written.key.text;
    let is_plural = known.strip_suffix('s') == Some(key) && written.value.as_scalar().is_none();
    let is_other_name = OTHER_NAMES.contains(&(key, known));
    let is_certain = is_plural || is_other_name || is_spelling_of(known, key);
    let is_near = known.len() >= SHORTEST_OF_SLIPS && !SYNONYMS.contains(&(key, known));
    is_certain || (is_near && !is_key(key))
}

/// Whether some object of the specification has a key.
pub(super) fn is_key(key: &str) -> bool {
    let mut all = ALL.iter().copied().chain(&OF_2_0);
    all.any(|keys| keys.has(key)) && !is_ours(key)
}

/// The minimum length of a known key that an unknown one is corrected to without asking.
pub(super) const SHORTEST_OF_SLIPS: usize = 4;

/// Sections of components with the names that they have in the other versions of the specification.
const OTHER_NAMES: [(&str, &str); 4] = [
    ("definitions", "schemas"),
    ("schemas", "definitions"),
    ("securityDefinitions", "securitySchemes"),
    ("securitySchemes", "securityDefinitions"),
];

/// Words for keys that mean the same and are not near to them.
const SYNONYMS: [(&str, &str); 8] = [
    ("additionalProperty", "additionalProperties"),
    ("max", "maximum"),
    ("min", "minimum"),
    ("property", "properties"),
    ("regex", "pattern"),
    ("regexp", "pattern"),
    ("unique", "uniqueItems"),
    ("values", "enum"),
];

/// The objects that affect neither requests nor responses, so that a misspelt key is only a warning.
const INERT_OBJECTS: [&str; 8] = [
    CONTACT.noun,
    EXTERNAL_DOCS.noun,
    EXAMPLE.noun,
    LICENSE.noun,
    LINK.noun,
    FLOWS.noun,
    FLOW.noun,
    XML.noun,
];

/// Whether the word differs from the known one only in case, and in `_`, `-` and spaces. A key with a leading `_` does
/// not count, because people disable keys in this way.
pub(super) fn is_spelling_of(known: &str, word: &str) -> bool {
    const BETWEEN: [char; 3] = ['_', '-', ' '];
    let letters = |text: &str| text.replace(BETWEEN, "");
    let first = |text: &str| text.bytes().next().map(|byte| byte.to_ascii_lowercase());
    if first(known) != first(word) {
        return false;
    }
    known.eq_ignore_ascii_case(word)
        || word.contains(BETWEEN) && letters(known).eq_ignore_ascii_case(&letters(word))
}

/// Whether a misspelling of this key is harmless.
pub(super) fn is_inert(key: &str) -> bool {
    INERT.contains(&key)
}

/// Whether an invalid value of this key is an error. These keys decide which operations there are, what they send,
/// which credentials they need, or that a value is secret.
pub(super) fn is_essential(key: &str) -> bool {
    ESSENTIAL.contains(&key)
}

/// Whether operations, or what they return, are missing in the client if this key is misspelt.
pub(super) fn describes_operations(key: &str) -> bool {
    is_method_key(key) || DESCRIBES_OPERATIONS.contains(&key)
}

/// Whether the key is one of our own.
pub(super) fn is_ours(key: &str) -> bool {
    EXTENSIONS.contains(&key)
}

/// Keys that affect only the generated documentation, so that a misspelling is harmless.
const INERT: &[&str] = words!(
    "
        $comment allowEmptyValue contact default deprecated description example examples
        exclusiveMaximum exclusiveMinimum externalDocs externalValue kind license links
        maxContains maxItems maxLength maxProperties maximum minContains minItems minLength
        minProperties minimum multipleOf parent pattern serializedValue summary tags
        termsOfService title uniqueItems xml"
);

/// Keys whose values must be valid.
const ESSENTIAL: &[&str] = words!(
    "
        $ref components content flows format in name parameters paths requestBody scheme schemas
        security securityDefinitions securitySchemes tokenUrl type writeOnly x-value-prefix"
);

/// Keys of operations, apart from the methods.
const DESCRIBES_OPERATIONS: &[&str] = words!("additionalOperations callbacks responses webhooks");

/// Our own keys.
const EXTENSIONS: &[&str] = words!(
    "
        x-rust-name x-rust-former-name x-rust-type x-value-prefix x-success-flag x-enum
        x-enum-former-names x-pagination x-stream-flag"
);

pub(crate) const DOCUMENT: Keys = Keys {
    noun: "a description",
    known: words!(
        "
        openapi $self info jsonSchemaDialect servers paths webhooks x-webhooks components
        security tags externalDocs"
    ),
};
pub(crate) const INFO: Keys = Keys {
    noun: "`info`",
    known: words!("title summary description termsOfService contact license version"),
};
pub(crate) const LICENSE: Keys = Keys {
    noun: "`license`",
    known: words!("name identifier url"),
};
pub(super) const CONTACT: Keys = Keys {
    noun: "`contact`",
    known: words!("name url email"),
};
pub(super) const EXTERNAL_DOCS: Keys = Keys {
    noun: "`externalDocs`",
    known: words!("description url"),
};
pub(crate) const COMPONENTS: Keys = Keys {
    noun: "`components`",
    known: words!(
        "
        schemas responses parameters examples requestBodies headers securitySchemes links
        callbacks pathItems mediaTypes"
    ),
};
pub(super) const SERVER: Keys = Keys {
    noun: "a server",
    known: words!("url name description variables x-rust-name"),
};
pub(super) const VARIABLE: Keys = Keys {
    noun: "a server variable",
    known: words!("enum default description"),
};
pub(super) const TAG: Keys = Keys {
    noun: "a tag",
    known: words!("name summary description externalDocs parent kind x-rust-name"),
};
pub(crate) const PATH_ITEM: Keys = Keys {
    noun: "a path item",
    known: words!(
        "
        $ref summary description get put post delete options head patch trace query
        additionalOperations servers parameters"
    ),
};
pub(crate) const OPERATION: Keys = Keys {
    noun: "an operation",
    known: words!(
        "
        tags summary description externalDocs operationId parameters requestBody responses
        callbacks deprecated security servers x-rust-name x-rust-former-name x-pagination
        x-stream-flag x-sunset x-stability-level"
    ),
};
pub(super) const PARAMETER: Keys = Keys {
    noun: "a parameter",
    known: words!(
        "
        name in description required deprecated allowEmptyValue style explode allowReserved
        schema content example examples x-rust-name x-rust-former-name"
    ),
};
pub(super) const HEADER: Keys = Keys {
    noun: "a header",
    known: words!(
        "
        description required deprecated style explode schema content example examples
        allowEmptyValue allowReserved x-rust-name"
    ),
};
pub(super) const BODY: Keys = Keys {
    noun: "a request body",
    known: words!("description content required x-rust-name"),
};
pub(super) const RESPONSE: Keys = Keys {
    noun: "a response",
    known: words!("summary description headers content links x-rust-name"),
};
pub(super) const LINK: Keys = Keys {
    noun: "a link",
    known: words!("description operationRef operationId parameters requestBody server"),
};
pub(super) const MEDIA_TYPE: Keys = Keys {
    noun: "a media type",
    known: words!("schema itemSchema example examples encoding prefixEncoding itemEncoding"),
};
pub(super) const ENCODING: Keys = Keys {
    noun: "an encoding",
    known: words!(
        "contentType headers style explode allowReserved encoding prefixEncoding itemEncoding"
    ),
};
pub(super) const EXAMPLE: Keys = Keys {
    noun: "an example",
    known: words!("summary description value dataValue serializedValue externalValue"),
};
pub(crate) const SECURITY_SCHEME: Keys = Keys {
    noun: "a security scheme",
    known: words!(
        "
        type description name in scheme bearerFormat flows openIdConnectUrl
        oauth2MetadataUrl deprecated x-rust-name x-value-prefix"
    ),
};
pub(crate) const FLOWS: Keys = Keys {
    noun: "`flows`",
    known: words!("implicit password clientCredentials authorizationCode deviceAuthorization"),
};
pub(crate) const FLOW: Keys = Keys {
    noun: "a flow",
    known: words!("authorizationUrl deviceAuthorizationUrl tokenUrl refreshUrl scopes"),
};
pub(super) const XML: Keys = Keys {
    noun: "`xml`",
    known: words!("nodeType name namespace prefix attribute wrapped"),
};
pub(super) const DISCRIMINATOR: Keys = Keys {
    noun: "a discriminator",
    known: words!("propertyName mapping defaultMapping"),
};
pub(super) const SUCCESS_FLAG: Keys = Keys {
    noun: "`x-success-flag`",
    known: words!("flag messages"),
};
pub(super) const PAGINATION: Keys = Keys {
    noun: "`x-pagination`",
    known: words!("kind parameter first limit items next more last total"),
};
pub(super) const CURSOR_PAGINATION: Keys = Keys {
    noun: "`x-pagination` of the kind `cursor`",
    known: words!("kind parameter items next more"),
};
pub(super) const PAGE_PAGINATION: Keys = Keys {
    noun: "`x-pagination` of the kind `page`",
    known: words!("kind parameter first items more last total"),
};
pub(super) const OFFSET_PAGINATION: Keys = Keys {
    noun: "`x-pagination` of the kind `offset`",
    known: words!("kind parameter limit items more total"),
};
pub(super) const LINK_PAGINATION: Keys = Keys {
    noun: "`x-pagination` of the kind `link`",
    known: words!("kind items next more"),
};
pub(super) const REFERENCE: Keys = Keys {
    noun: "a reference",
    known: words!("$ref summary description x-rust-name x-rust-former-name"),
};
pub(crate) const SCHEMA: Keys = Keys {
    noun: "a schema",
    known: words!(
        "
        $ref type nullable format title description enum const default example examples
        properties required additionalProperties patternProperties items prefixItems allOf
        oneOf anyOf not discriminator readOnly writeOnly deprecated contentEncoding
        contentMediaType contentSchema minLength maxLength pattern minimum maximum
        exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems contains
        minContains maxContains minProperties maxProperties propertyNames if then else
        dependentSchemas dependentRequired dependencies unevaluatedProperties
        unevaluatedItems additionalItems externalDocs xml definitions $defs $id $schema
        $anchor $dynamicAnchor $dynamicRef $recursiveAnchor $recursiveRef $comment
        $vocabulary id x-nullable x-rust-name x-rust-former-name x-rust-type x-enum
        x-enum-former-names x-enum-varnames x-enum-descriptions x-enumNames x-enumDescriptions
        x-enum-names x-ms-enum x-ms-discriminator-value x-extensible-enum x-success-flag"
    ),
};

/// Every object, except those for one kind of `x-pagination`, whose keys are all among those of `x-pagination`.
pub(crate) const ALL: &[&Keys] = &[
    &DOCUMENT,
    &INFO,
    &CONTACT,
    &LICENSE,
    &EXTERNAL_DOCS,
    &COMPONENTS,
    &SERVER,
    &VARIABLE,
    &TAG,
    &PATH_ITEM,
    &OPERATION,
    &PARAMETER,
    &HEADER,
    &BODY,
    &RESPONSE,
    &LINK,
    &MEDIA_TYPE,
    &ENCODING,
    &EXAMPLE,
    &SECURITY_SCHEME,
    &FLOWS,
    &FLOW,
    &XML,
    &DISCRIMINATOR,
    &SUCCESS_FLAG,
    &PAGINATION,
    &REFERENCE,
    &SCHEMA,
];

/// The objects with other keys in Swagger 2.0, where the components are at the top level of the description.
const OF_2_0: [Keys; 9] = [
    Keys {
        noun: DOCUMENT.noun,
        known: words!("
            swagger info host basePath schemes consumes produces paths definitions parameters responses
            securityDefinitions security tags externalDocs"),
    },
    Keys {
        noun: COMPONENTS.noun,
        known: words!("definitions parameters responses securityDefinitions"),
    },
    Keys {
        noun: PATH_ITEM.noun,
        known: words!("$ref get put post delete options head patch parameters"),
    },
    Keys {
        noun: OPERATION.noun,
        known: words!("
            tags summary description externalDocs operationId consumes produces parameters responses
            schemes deprecated security x-rust-name x-rust-former-name x-pagination
            x-stream-flag x-sunset x-stability-level"),
    },
    Keys {
        noun: PARAMETER.noun,
        known: words!("
            name in description required schema type format allowEmptyValue items collectionFormat
            default maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern
            maxItems minItems uniqueItems enum multipleOf x-rust-name x-rust-former-name
            x-nullable"),
    },
    Keys {
        noun: HEADER.noun,
        known: words!("
            description type format items collectionFormat default maximum exclusiveMaximum minimum
            exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems enum multipleOf
            x-rust-name x-nullable"),
    },
    Keys {
        noun: RESPONSE.noun,
        known: words!("description schema headers examples x-rust-name"),
    },
    Keys {
        noun: SECURITY_SCHEME.noun,
        known: words!("
            type description name in flow authorizationUrl tokenUrl scopes x-rust-name
            x-value-prefix"),
    },
    Keys {
        noun: SCHEMA.noun,
        known: words!("
            $ref type format title description default example enum required properties
            additionalProperties items allOf discriminator readOnly minLength maxLength pattern minimum
            maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems
            minProperties maxProperties externalDocs xml x-nullable x-rust-name x-rust-former-name
            x-rust-type x-enum x-enum-former-names x-enum-varnames x-enum-descriptions x-enumNames
            x-enumDescriptions x-enum-names x-ms-enum x-ms-discriminator-value x-extensible-enum
            x-success-flag"),
    },
];
