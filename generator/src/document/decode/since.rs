//! Which version of the specification has which key and word. Keys are accepted in the other versions as well, except
//! that Swagger 2.0 has tables of its own.

use std::ops::RangeInclusive;

use super::super::Version;
use super::grammar::Words;
use super::keys::{
    BODY, COMPONENTS, DISCRIMINATOR, DOCUMENT, ENCODING, EXAMPLE, FLOW, FLOWS, INFO, Keys, LICENSE,
    LINK, MEDIA_TYPE, PATH_ITEM, REFERENCE, RESPONSE, SCHEMA, SECURITY_SCHEME, SERVER, TAG,
    VARIABLE, XML,
};
use super::meaning::{KEY_PLACES, PLACES, SCHEME_TYPES, STYLES, TYPES};

/// The keys of `OpenAPI` 3 that 3.0 does not have, with the version that introduced them.
const NEWER: &[(Version, &Keys, &str)] = &[
    (Version::V3_1, &DOCUMENT, "webhooks jsonSchemaDialect"),
    (Version::V3_1, &INFO, "summary"),
    (Version::V3_1, &LICENSE, "identifier"),
    (Version::V3_1, &COMPONENTS, "pathItems"),
    (Version::V3_1, &REFERENCE, "summary description"),
    (
        Version::V3_1,
        &SCHEMA,
        "$anchor $comment $defs $dynamicAnchor $dynamicRef $id $schema $vocabulary const contains contentEncoding
        contentMediaType contentSchema dependentRequired dependentSchemas else examples if maxContains minContains
        patternProperties prefixItems propertyNames then unevaluatedItems unevaluatedProperties",
    ),
    (Version::V3_2, &DOCUMENT, "$self"),
    (Version::V3_2, &COMPONENTS, "mediaTypes"),
    (Version::V3_2, &SERVER, "name"),
    (Version::V3_2, &TAG, "summary parent kind"),
    (Version::V3_2, &PATH_ITEM, "query additionalOperations"),
    (Version::V3_2, &RESPONSE, "summary"),
    (Version::V3_2, &MEDIA_TYPE, "itemSchema prefixEncoding itemEncoding"),
    (Version::V3_2, &ENCODING, "encoding prefixEncoding itemEncoding"),
    (Version::V3_2, &EXAMPLE, "dataValue serializedValue"),
    (Version::V3_2, &SECURITY_SCHEME, "oauth2MetadataUrl deprecated"),
    (Version::V3_2, &FLOWS, "deviceAuthorization"),
    (Version::V3_2, &FLOW, "deviceAuthorizationUrl"),
    (Version::V3_2, &DISCRIMINATOR, "defaultMapping"),
    (Version::V3_2, &XML, "nodeType"),
];

/// The keys that no version has: those of older drafts of JSON Schema, and those of other tools.
const OF_NO_VERSION: &[(&Keys, &str)] = &[
    (&DOCUMENT, "x-webhooks"),
    (
        &SCHEMA,
        "id definitions dependencies additionalItems $recursiveAnchor $recursiveRef x-nullable",
    ),
];

/// The words that not all versions have, with the versions that have them.
const WORDS: &[(Words, &str, RangeInclusive<Version>)] = &[
    (PLACES, "body formData", Version::V2_0..=Version::V2_0),
    (PLACES, "cookie", Version::V3_0..=Version::V3_2),
    (PLACES, "querystring", Version::V3_2..=Version::V3_2),
    (TYPES, "file", Version::V2_0..=Version::V2_0),
    (TYPES, "null", Version::V3_1..=Version::V3_2),
    (STYLES, "cookie", Version::V3_2..=Version::V3_2),
    (SCHEME_TYPES, "basic", Version::V2_0..=Version::V2_0),
    (
        SCHEME_TYPES,
        "http openIdConnect",
        Version::V3_0..=Version::V3_2,
    ),
    (SCHEME_TYPES, "mutualTLS", Version::V3_1..=Version::V3_2),
    (KEY_PLACES, "cookie", Version::V3_0..=Version::V3_2),
];

/// The objects that Swagger 2.0 does not have.
const NOT_IN_2_0: [&Keys; 11] = [
    &BODY,
    &DISCRIMINATOR,
    &ENCODING,
    &EXAMPLE,
    &FLOW,
    &FLOWS,
    &LINK,
    &MEDIA_TYPE,
    &REFERENCE,
    &SERVER,
    &VARIABLE,
];

impl Keys {
    /// The version of `OpenAPI` 3 that introduced a key.
    pub(crate) fn since(&self, key: &str) -> Version {
        let mut newer = NEWER.iter();
        let newer = newer.find(|(_, keys, names)| keys.noun == self.noun && lists(names, key));
        newer.map_or(Version::V3_0, |(version, ..)| *version)
    }

    /// The keys that a version later than this one introduced.
    pub(crate) fn newer_than(&self, version: Version) -> impl Iterator<Item = &'static str> {
        let newer = NEWER.iter();
        let newer =
            newer.filter(move |(since, keys, _)| keys.noun == self.noun && *since > version);
        newer.flat_map(|(_, _, names)| names.split_ascii_whitespace())
    }

    /// Whether this version has the key.
    pub(crate) fn is_in(&'static self, version: Version, key: &str) -> bool {
        let mut odd = OF_NO_VERSION.iter();
        if odd.any(|(keys, names)| keys.noun == self.noun && lists(names, key)) {
            return false;
        }
        let is_schema = self.noun == SCHEMA.noun;
        match version {
            Version::V2_0 => {
                let of_version = self.of(version);
                let has_table = !std::ptr::eq(of_version, self);
                let is_old = has_table || self.since(key) == Version::V3_0;
                is_old && !self.is_newer() && of_version.has(key)
            }
            // Since 3.1, null is a type.
            _ if is_schema && key == "nullable" => version == Version::V3_0,
            _ => self.has(key) && self.since(key) <= version,
        }
    }

    /// Whether any version of `OpenAPI` 3 has the key.
    pub(crate) fn has_in_openapi(&'static self, key: &str) -> bool {
        [Version::V3_0, Version::V3_2]
            .iter()
            .any(|version| self.is_in(*version, key))
    }

    /// Whether Swagger 2.0 does not have the object.
    pub(crate) fn is_newer(&self) -> bool {
        NOT_IN_2_0.iter().any(|keys| keys.noun == self.noun)
    }
}

impl Words {
    /// Whether a word of this set is in any of these versions.
    pub(crate) fn has_in(self, word: &str, versions: &RangeInclusive<Version>) -> bool {
        let mut limited = WORDS.iter();
        let limited = limited.find(|(words, names, _)| *words == self && lists(names, word));
        limited.is_none_or(|(_, _, of_word)| {
            of_word.start() <= versions.end() && versions.start() <= of_word.end()
        })
    }
}

fn lists(names: &str, key: &str) -> bool {
    names.split_ascii_whitespace().any(|name| name == key)
}
