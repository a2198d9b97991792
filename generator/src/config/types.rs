//! `types`: types of other crates that are used for formats and schemas.
//!
//! The type of a schema is inserted into the tree of a description as `x-rust-type`, like a name. The type of a format
//! is passed to lowering with the document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml_edit::{DocumentMut, Item};

use super::Reader;
use super::code::{BAD_VALUE, NOT_THERE};
use super::file::TypeEntry;
use super::located::Located;
use super::rename::{Rename, Renames, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::Document;
use crate::model::{OwnTraits, Trait};
use crate::name::type_path;
use crate::source::Node;
use crate::text::Span;

/// The key of a description for the Rust type of a schema.
const TYPE: &str = "x-rust-type";

/// The types of a crate, and the formats in the descriptions so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Types {
    formats: BTreeMap<String, OfFormat>,
    schemas: Renames,
    /// The required dependencies: names and lines of the manifest.
    dependencies: BTreeMap<String, String>,
    /// The traits of the types, by their paths.
    traits: OwnTraits,
    /// The formats in the descriptions.
    seen: BTreeSet<String>,
}

/// The type of a format.
#[derive(Debug, Clone)]
struct OfFormat {
    path: String,
    /// The location of the format.
    key: Option<Span>,
}

impl Types {
    /// The schemas that get types, with the locations of the targets.
    pub(crate) fn targets(&self) -> impl Iterator<Item = (Span, &Target)> {
        self.schemas.targets()
    }

    /// Inserts the types of schemas into the trees of a description.
    pub(crate) fn apply(&mut self, trees: &mut [(String, Arc<Node>)], stem: &str) {
        self.schemas.apply(trees, stem);
    }

    /// Sets the types of formats in a document.
    pub(crate) fn pass_to(&mut self, document: &mut Document<'_>) {
        if self.formats.is_empty() {
            return;
        }
        let formats = self.formats.iter();
        document.own_types = formats
            .map(|(name, of)| (name.clone(), of.path.clone()))
            .collect();
        let seen = document.schemas.iter().filter_map(|schema| schema.format);
        self.seen.extend(seen.map(|format| format.text.to_owned()));
    }

    /// The required dependencies: names and lines of `Cargo.toml`.
    pub(crate) fn dependencies(&self) -> impl Iterator<Item = (&str, &str)> {
        self.dependencies
            .iter()
            .map(|(name, line)| (&**name, &**line))
    }

    /// The traits of the types, by their paths.
    pub(crate) fn traits(&self) -> &OwnTraits {
        &self.traits
    }

    /// Reports the formats and schemas that no description has.
    pub(crate) fn report_missing(&self, diagnostics: &mut Diagnostics) {
        self.schemas.report_missing(diagnostics);
        for (format, OfFormat { key, .. }) in &self.formats {
            if self.seen.contains(format) {
                continue;
            }
            let near = nearest(format, self.seen.iter().map(String::as_str));
            let label = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
            let message = format!("no schema has the format `{format}`");
            let diagnostic = Diagnostic::error(NOT_THERE, message);
            diagnostics.push(match key {
                Some(key) => diagnostic.at(*key, label),
                None => diagnostic,
            });
        }
    }
}

/// The use of a type: for a format, or for a schema.
enum For {
    Format(String),
    Schema(Target),
}

impl Reader {
    pub(super) fn types(&mut self, entries: &BTreeMap<Located<String>, TypeEntry>) -> Types {
        let mut types = Types::default();
        for (key, entry) in entries {
            self.dependency(entry, &mut types.dependencies);
            let rust = &entry.rust;
            let path = match type_path(&rust.value) {
                Ok(path) => path,
                Err(fault) => {
                    let message = format!("`{}` is not the path of a type: {fault}", rust.value);
                    self.report(BAD_VALUE, message, rust.span, |it| {
                        it.help("write the path from the crate, such as `rust_decimal::Decimal`")
                    });
                    continue;
                }
            };
            let traits = entry.implements.iter();
            let traits: Vec<Trait> = traits.filter_map(|it| self.standard(it)).collect();
            types.traits.insert(path.clone(), traits);
            match self.parse_key(key) {
                Some(For::Format(name)) => {
                    types.formats.insert(
                        name,
                        OfFormat {
                            path,
                            key: key.span,
                        },
                    );
                }
                Some(For::Schema(target)) => {
                    let (Some(key), Some(span)) = (key.span, rust.span) else {
                        continue;
                    };
                    let (means, name) = (TYPE, rust.value.as_str().into());
                    types.schemas.add(Rename {
                        target,
                        key,
                        means,
                        name,
                        span,
                    });
                }
                None => {}
            }
        }
        types
    }

    fn parse_key(&mut self, key: &Located<String>) -> Option<For> {
        if let Some(format) = key.value.strip_prefix("format:") {
            let format = format.trim();
            if format != "password" {
                return Some(For::Format(format.to_owned()));
            }
            let message = "`password` is always a `Secret`, which no message shows".to_owned();
            self.report(BAD_VALUE, message, key.span, |it| it);
            return None;
        }
        if let Some(target @ Target::Pointer { .. }) = Target::parse(&key.value, &self.folder) {
            return Some(For::Schema(target));
        }
        let message = format!("`{}` cannot be replaced by a type", key.value);
        self.report(BAD_VALUE, message, key.span, |it| {
            it.help("write `format: decimal` or `#/components/schemas/Money`")
        });
        None
    }

    /// Adds the dependency of a type.
    fn dependency(&mut self, entry: &TypeEntry, known: &mut BTreeMap<String, String>) {
        let Some(Located { value: line, span }) = &entry.dependency else {
            return;
        };
        let (name, line) = match parsed(line) {
            Ok(dependency) => dependency,
            Err(fault) => {
                let message = format!("`crate` is not a line of `[dependencies]`: {fault}");
                self.report(BAD_VALUE, message, *span, |it| {
                    it.help("write the line as in `Cargo.toml`: `rust_decimal = \"1\"`")
                });
                return;
            }
        };
        if let Some(other) = known.get(&name)
            && *other != line
        {
            let message = format!("another type needs `{name}` in another way: `{other}`");
            self.report(BAD_VALUE, message, *span, |it| {
                it.help("write the same line")
            });
            return;
        }
        known.insert(name, line);
    }
}

/// Parses the line of a dependency into its name and its value.
fn parsed(line: &str) -> Result<(String, String), String> {
    let table: DocumentMut = match line.parse() {
        Ok(table) => table,
        Err(error) => return Err(toml_edit::TomlError::message(&error).to_owned()),
    };
    let mut entries = table.iter();
    let (Some((name, item)), None) = (entries.next(), entries.next()) else {
        return Err("it has to name one crate".to_owned());
    };
    match item {
        Item::Value(value) if value.is_str() || value.is_inline_table() => {
            Ok((name.to_owned(), value.to_string().trim().to_owned()))
        }
        _ => Err(format!("`{name}` has to be a version or a table")),
    }
}
