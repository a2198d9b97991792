//! The keys of `specwright.yaml`. These structs are their only table: the near names of diagnostics and the JSON Schema
//! of the file come from them.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

use super::located::Located;
use crate::codes::Setting;
use crate::document::Filter;

/// What `specwright.yaml` says: which crates are generated, from which descriptions, and how.
#[derive(Debug, Default, PartialEq, serde::Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "specwright.yaml")
)]
#[serde(deny_unknown_fields, default, expecting = "an object")]
pub(super) struct File {
    /// The crates that `specwright generate` writes.
    pub crates: Located<Vec<CrateEntry>>,
    /// What is done with the warnings of each code, in all crates: `SW0405: allow`. `all` means every code that is on by
    /// default, `pedantic` every other one.
    pub rules: RuleEntries,
}

/// What is done with the warnings of each code, of `all` codes, or of the `pedantic` ones.
pub(super) type RuleEntries = BTreeMap<Located<String>, Located<Setting>>;

/// A crate with a client for each of its descriptions. All paths are relative to this file.
#[derive(Debug, PartialEq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct CrateEntry {
    /// The folder that the crate is written to.
    pub out: Located<String>,
    /// The name of the crate; by default that of its folder.
    #[serde(default)]
    pub name: Option<Located<String>>,
    /// A description, several of them, or a folder that contains them.
    pub description: Located<OneOrMany>,
    /// Overlays, which are applied to the descriptions in this order before anything else is read.
    #[serde(default)]
    pub overlays: Vec<Located<String>>,
    /// The crate `specwright-runtime` to depend on, or the copy of it in another generated crate. By default the crate
    /// keeps the runtime of its manifest, and for a new crate a copy is written beside the sources.
    #[serde(default)]
    pub runtime: Option<String>,
    /// The version of the registry's `specwright-runtime` to depend on, such as `0.1`.
    #[serde(default)]
    pub runtime_version: Option<Located<String>>,
    /// The version of the crate; a new one has `0.1.0`, and that of another stays as it is.
    #[serde(default)]
    pub version: Option<Located<String>>,
    /// The licence of the crate, as an SPDX expression.
    #[serde(default)]
    pub license: Option<Located<String>>,
    /// The URL of the crate's repository.
    #[serde(default)]
    pub repository: Option<Located<String>>,
    /// The authors of the crate.
    #[serde(default)]
    pub authors: Vec<Located<String>>,
    /// Whether mistakes are warnings, and what is wrong is ignored.
    #[serde(default)]
    pub lenient: bool,
    /// The operations that are generated, with what they need; all of them by default.
    #[serde(default)]
    pub operations: Operations,
    /// Names in the generated code, by what they are for: `"#/components/schemas/simple-user": User`,
    /// `operation repos/get: fetch`, `tag repos: repositories`, `module api: github`.
    #[serde(default)]
    pub rename: BTreeMap<Located<String>, Located<String>>,
    /// Types of other crates, by what they stand for: `"format: decimal"` or `"#/components/schemas/Money"`.
    #[serde(default)]
    pub types: BTreeMap<Located<String>, TypeEntry>,
    /// What the types of the crate derive: `Eq`, `Hash`, `Ord` and `Default` where all parts of a type implement it, the
    /// path of any other macro everywhere: `schemars::JsonSchema`.
    #[serde(default)]
    pub derive: Vec<Located<String>>,
    /// What is done with the warnings of each code, in this crate alone: `SW0405: allow`.
    #[serde(default)]
    pub rules: RuleEntries,
}

/// A type of another crate. It implements `Serialize`, `Deserialize`, `Debug`, `Clone` and `PartialEq`.
#[derive(Debug, PartialEq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct TypeEntry {
    /// The path of the type: `rust_decimal::Decimal`.
    pub rust: Located<String>,
    /// The line of `Cargo.toml` with its crate: `rust_decimal = "1"`. Without it, the manifest has to have the crate
    /// already.
    #[serde(default, rename = "crate")]
    pub dependency: Option<Located<String>>,
    /// Which of the traits of `derive` the type implements.
    #[serde(default)]
    pub implements: Vec<Located<String>>,
}

/// Filters of operations: `tag: pets`, `pets/*` for an `operationId`, `GET /pets/**`, `deprecated`. In a path `*` is any
/// segment and `**` any number of them.
#[derive(Debug, Default, PartialEq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default, expecting = "an object")]
pub(super) struct Operations {
    /// An operation is generated if one of these fits; without any, all are.
    pub include: Vec<Located<Filter>>,
    /// An operation is not generated if one of these fits.
    pub exclude: Vec<Located<Filter>>,
}

/// A string, or an array of strings.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OneOrMany(pub Vec<Located<String>>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrManyVisitor)
    }
}

struct OneOrManyVisitor;

impl<'de> Visitor<'de> for OneOrManyVisitor {
    type Value = OneOrMany;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or an array of strings")
    }

    fn visit_str<E>(self, text: &str) -> Result<OneOrMany, E> {
        let value = text.to_owned();
        Ok(OneOrMany(vec![Located { value, span: None }]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<OneOrMany, A::Error> {
        let mut all = Vec::new();
        while let Some(element) = elements.next_element()? {
            all.push(element);
        }
        Ok(OneOrMany(all))
    }
}
