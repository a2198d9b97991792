//! What is known of a document after it was generated from, kept from run to run.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// What the generator made of a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Generation {
    /// The `openapi` of the document.
    pub(super) version: String,
    /// The files that were read, each with a hash of its bytes.
    pub(super) inputs: BTreeMap<String, u64>,
    /// Operations that stand under `paths`.
    pub(super) described: usize,
    /// Operations whose line stands in the docs of a method.
    pub(super) emitted: usize,
    /// Named types.
    pub(super) types: usize,
    /// Places that have a type, by their kind.
    pub(super) places: BTreeMap<String, Typed>,
    /// Errors and warnings by code.
    pub(super) errors: BTreeMap<String, usize>,
    /// Warnings by code.
    pub(super) warnings: BTreeMap<String, usize>,
    /// Warnings that only a lenient reading does not take for errors.
    pub(super) mistakes: usize,
    /// The first error, as a line.
    pub(super) first_error: Option<String>,
    /// Wall-clock seconds of reading, lowering, emitting and printing.
    pub(super) seconds: f64,
    /// CPU seconds of the same.
    pub(super) cpu: Option<f64>,
    /// The most memory at once, in KiB.
    pub(super) peak: Option<u64>,
    /// Generated files.
    pub(super) files: usize,
    /// Lines of Rust.
    pub(super) lines: usize,
    /// Lines of the longest file.
    pub(super) longest: usize,
    /// Whether a second run, with another number of threads, gave the same bytes.
    pub(super) same: bool,
}

/// How well a kind of place is typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Typed {
    /// All places.
    pub(super) all: usize,
    /// Those with any JSON in them.
    pub(super) raw: usize,
}

/// A [`Generation`] with what it depends on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    /// Hash of the program that generated.
    pub(super) generator: u64,
    /// What it made; `Err` says how it ended instead.
    pub(super) generation: Result<Generation, String>,
}

impl Record {
    /// The record of an earlier run, if it still holds: same generator, same inputs, no fault.
    pub(super) fn current(path: &Path, generator: u64) -> Option<Self> {
        let record: Self = serde_json::from_str(&fs::read_to_string(path).ok()?).ok()?;
        let generation = record.generation.as_ref().ok()?;
        let unchanged = |(path, hash): (&String, &u64)| {
            fs::read(path).is_ok_and(|bytes| hash_of(&bytes) == *hash)
        };
        let holds = record.generator == generator
            && generation.errors.is_empty()
            && generation.inputs.iter().all(unchanged);
        holds.then_some(record)
    }

    /// Keeps it.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        fs::write(path, serde_json::to_string_pretty(self)?)
    }
}

/// A number that differs when the bytes do.
pub(super) fn hash_of(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
