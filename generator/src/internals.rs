//! Items for the laboratory of this repository, not part of the public API. They may change in any version.

pub mod emit {
    pub use crate::emit::{Calls, Options, Plan, argument, calls};
}
pub mod model {
    pub use crate::model::{
        Api, Body, Codec, Constant, Encoding, Input, InputLocation, Kind, Media, Operation, Output,
        Resource, Scalar, Scheme, SchemeKind, Shape, Style, TypeId,
    };
}
pub mod sample {
    pub use crate::sample::{Given, inputs};
}
pub mod source {
    pub use crate::source::{Member, Node, Sources, Value, parse};
}

/// How a version of the specification has a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Has {
    /// The specification defines it.
    Defined,
    /// It is accepted all the same.
    Accepted,
    /// It is reported as unknown, or the version does not have the object.
    Unknown,
}

/// The keys of all objects of a description: the object, the key, and how Swagger 2.0 and `OpenAPI` 3.0, 3.1 and 3.2
/// have it.
pub fn keys() -> Vec<(&'static str, &'static str, [Has; 4])> {
    use crate::document::Version::{self, V2_0, V3_0, V3_1, V3_2};
    use crate::document::decode::{COMPONENTS, Keys, OBJECTS, SCHEMA};
    const VERSIONS: [Version; 4] = [V2_0, V3_0, V3_1, V3_2];
    let has = |keys: &'static Keys, version, key: &str| match keys.is_in(version, key) {
        // Swagger 2.0 does not have the object.
        _ if version == V2_0 && keys.noun == COMPONENTS.noun => Has::Unknown,
        true => Has::Defined,
        false if version == V2_0 && keys.is_newer() => Has::Unknown,
        false if keys.of(version).has(key) => Has::Accepted,
        // A schema is read in the same way in all versions.
        false if keys.noun == SCHEMA.noun && keys.has(key) => Has::Accepted,
        false => Has::Unknown,
    };
    let of_object = |keys: &&'static Keys| {
        let older = keys.of(V2_0);
        // The components of Swagger 2.0 are keys of the description.
        let older = older.all().filter(|_| keys.noun != COMPONENTS.noun);
        let all = keys.all().chain(older.filter(|key| !keys.has(key)));
        all.map(|key| {
            (
                keys.noun,
                key,
                VERSIONS.map(|version| has(keys, version, key)),
            )
        })
        .collect::<Vec<_>>()
    };
    OBJECTS.iter().flat_map(of_object).collect()
}

/// The keys that a description has: the object, the key, and the path to it.
pub fn keys_used(root: &source::Node) -> Vec<(&'static str, String, Vec<String>)> {
    let mut found = Vec::new();
    walk(
        root,
        crate::document::decode::Form::DESCRIPTION,
        &[],
        &mut found,
    );
    found
}

fn walk(
    node: &source::Node,
    form: crate::document::decode::Form,
    path: &[String],
    found: &mut Vec<(&'static str, String, Vec<String>)>,
) {
    let below = |key: &str| [path, &[key.to_owned()]].concat();
    match &node.value {
        source::Value::Map(members) => {
            let is_reference = node.get("$ref").is_some();
            for member in members {
                let key = &*member.key.text;
                if let Some(keys) = form.object() {
                    let is_schema_or_path = keys.has("$ref");
                    let noun = if is_reference && !is_schema_or_path {
                        "a reference"
                    } else {
                        keys.noun
                    };
                    found.push((noun, key.to_owned(), below(key)));
                }
                if let Some(inner) = form.of_key(key) {
                    walk(&member.value, inner, &below(key), found);
                }
            }
        }
        source::Value::List(elements) => {
            for (index, element) in elements.iter().enumerate() {
                if let Some(inner) = form.of_element() {
                    walk(element, inner, &below(&index.to_string()), found);
                }
            }
        }
        _ => {}
    }
}

/// For each scalar and each standard trait that types may derive: the names of both, and whether the scalar implements
/// the trait.
pub fn standard_derives() -> Vec<(&'static str, &'static str, bool)> {
    use crate::model::{Scalar, Trait};
    let of = |scalar: &Scalar| {
        let (name, has) = (scalar.name(), scalar.traits());
        Trait::ALL.map(|of| (name, of.name(), has.contains(&of)))
    };
    Scalar::ALL.iter().flat_map(of).collect()
}

/// Whether a file is a usable overlay.
pub fn is_overlay(path: &std::path::Path) -> bool {
    let (mut sources, mut diagnostics) = (crate::Sources::default(), crate::Diagnostics::new());
    let paths = [path.to_owned()];
    crate::Overlays::load(&paths, &[], &mut sources, &mut diagnostics).is_some()
}

/// Loads a description, applies overlays to it and returns the result. It is `None` if the description cannot be read
/// or a change fails, which the diagnostics report.
pub fn overlaid(
    spec: &std::path::Path,
    overlays: &[std::path::PathBuf],
) -> (Option<source::Node>, source::Sources, crate::Diagnostics) {
    let (mut sources, mut diagnostics) = (crate::Sources::default(), crate::Diagnostics::new());
    let mut apply = || {
        let inputs = [spec.to_owned()];
        let overlays = crate::Overlays::load(overlays, &inputs, &mut sources, &mut diagnostics);
        let file = sources.load(spec, &mut diagnostics)?;
        let root = crate::source::parse(file, &sources, &mut diagnostics)?;
        let mut root = std::sync::Arc::new(root);
        let mut overlays = overlays?;
        let well = overlays.apply(&mut root, &spec.to_string_lossy(), &mut diagnostics);
        overlays.finish(false, &mut diagnostics);
        well.then(|| std::sync::Arc::unwrap_or_clone(root))
    };
    let root = apply();
    (root, sources, diagnostics)
}

/// Runs all stages on a text without a file.
pub fn generate_text(text: &str) -> Option<crate::Tree> {
    let (mut sources, mut diagnostics) = (crate::Sources::default(), crate::Diagnostics::new());
    let file = sources.add("a.yaml", text);
    let root = crate::source::parse(file, &sources, &mut diagnostics)?;
    let files = crate::document::Files::new();
    let document = crate::document::decode::decode_files(&root, &files, &mut diagnostics)?;
    let texts = std::sync::OnceLock::new();
    let joined = crate::lower::Joined::of(document, &texts, &mut diagnostics);
    let facts = crate::lower::Facts::of(&joined);
    crate::lower::check(&facts, &mut diagnostics);
    let api = crate::lower::lower(&facts, "a", "a.yaml", &mut diagnostics);
    diagnostics.render(&sources, crate::diagnostic::Format::Human, false);
    let options = crate::Options {
        jobs: 1,
        ..crate::Options::new("generated", "generate_text")
    };
    (!diagnostics.has_errors()).then(|| crate::emit_all(&[api], &options))
}
