//! Compares two versions of a description, and determines the effects on the wire and in Rust.
//!
//! ```text
//! rule.rs       the rules: the effect of each kind of change, with the reason
//! verdict.rs    the verdicts for the wire and for Rust
//! change.rs     a change with its verdicts, and all changes of a comparison
//! compare.rs    two descriptions → the changes found in them
//!   operation/    two operations: parameters, bodies, responses, security
//!   security.rs   the security schemes and the servers
//!   schema.rs, property.rs, limit.rs, union.rs   two schemas: each pair once, however many operations use it
//!   used.rs     keywords that can be written where a schema is used
//!   matched.rs, likeness.rs   pairs the items of two lists by key or by similarity
//!   pairs.rs    the pairs of schemas, with their users and directions
//!   view.rs     a schema as it is compared: with all parts from `$ref` and `allOf`, in one spelling
//!   place.rs    the location of a schema, by names
//! inputs.rs     the command line → the descriptions to compare
//! version.rs    a version of a description, with the client that is generated from it
//! rust/         the verdict for Rust: the public items of both crates, and the change that each difference belongs to
//! render/       changes as text, JSON, Markdown, annotations and a page
//! ```

mod change;
mod compare;
mod found;
mod inputs;
mod likeness;
mod limit;
mod matched;
mod operation;
mod pairs;
mod place;
mod property;
mod render;
mod rule;
mod rust;
mod schema;
mod security;
mod union;
mod used;
mod verdict;
mod version;
mod view;

pub use change::{Change, Diff, Directions, ItemChange, Part, Subject};
pub use render::{Format, Summary, Threshold};
pub use rule::{ALL, find};
pub use verdict::{Rule, Rust, Verdict, Wire};

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::config::{Configuration, Settings};
use crate::diagnostic::{Allowances, Diagnostics};
use crate::overlay::Overlays;
use crate::parallel::join;
use crate::read::{self, Input};
use crate::source::Sources;
use version::Version;

/// Compares two versions of a description, or of all descriptions in a folder.
///
/// Each is a file or a folder, `REV:path` for one as it was in a revision of the git repository that the current folder
/// is in, or `-` for standard input. The descriptions of two folders are compared by their names.
///
/// # Errors
/// A folder cannot be read, or git does not know a revision.
pub fn diff(old: &str, new: &str) -> std::io::Result<Diff> {
    diff_with(old, new, &[], None)
}

/// Compares two versions like [`diff`]: as the client is generated from them.
///
/// A description that the configuration names has the overlays, operations, names and types of its crate in both
/// versions. After that, the other overlays are applied to all descriptions.
///
/// # Errors
/// A folder cannot be read, or git does not know a revision.
pub fn diff_with(
    old: &str,
    new: &str,
    overlays: &[PathBuf],
    configuration: Option<&Configuration>,
) -> std::io::Result<Diff> {
    let by_name = |side| {
        let inputs = inputs::of(side)?;
        let named = inputs
            .into_iter()
            .map(|input| (read::stem(&input.path), input));
        Ok::<BTreeMap<String, Input>, std::io::Error>(named.collect())
    };
    let (mut before, mut after) = (by_name(old)?, by_name(new)?);
    // Two single files are compared with each other, whatever their names.
    if let (1, 1) = (before.len(), after.len()) {
        let name = after.keys().next().cloned().unwrap_or_default();
        before = before
            .into_values()
            .map(|input| (name.clone(), input))
            .collect();
    }
    let mut diff = Diff {
        is_complete: true,
        // A name of the configuration has its location there.
        sources: configuration.map_or_else(Sources::default, |it| it.sources.clone()),
        ..Diff::default()
    };
    // Descriptions of one crate have the same overlays.
    let mut loaded: BTreeMap<Vec<PathBuf>, Option<Overlays>> = BTreeMap::new();
    for (name, old) in &before {
        match after.remove(name) {
            Some(new) => {
                let configured = configuration.and_then(|it| it.find(&[&new.path, &old.path]));
                let mut stem = name.clone();
                let mut settings = Settings::default();
                let mut paths = overlays.to_vec();
                if let Some((one, description)) = configured {
                    stem = read::stem(description);
                    settings = one.settings.clone();
                    paths.splice(0..0, one.overlays_of(&[description]));
                }
                let overlays = loaded.entry(paths).or_insert_with_key(|paths| {
                    Overlays::load(paths, &[], &mut diff.sources, &mut diff.diagnostics)
                });
                let changes = overlays.as_mut().and_then(|overlays| {
                    diff.compare(name, (old, &new), overlays, (&stem, &settings))
                });
                diff.is_complete &= changes.is_some();
                diff.changes.extend(changes.into_iter().flatten());
            }
            None => diff.changes.push(Change::of_api(name, &rule::API_REMOVED)),
        }
    }
    let added = after
        .keys()
        .map(|name| Change::of_api(name, &rule::API_ADDED));
    diff.changes.extend(added);
    diff.accept();
    Ok(diff)
}

impl Diff {
    fn compare(
        &mut self,
        name: &str,
        (old, new): (&Input, &Input),
        overlays: &mut Overlays,
        (stem, settings): (&str, &Settings),
    ) -> Option<Vec<Change>> {
        let (sources, diagnostics) = (&mut self.sources, &mut self.diagnostics);
        let mut before = read::description(old, overlays, sources, diagnostics)?;
        let mut after = read::description(new, overlays, sources, diagnostics)?;
        settings.name(&mut before, stem);
        settings.name(&mut after, stem);
        let file = after.root().span.file;
        self.new_files.insert(name.to_owned(), file);
        let module = settings.module(stem);
        let (old, new) = both(&before, &after, |description| {
            let mut diagnostics = Diagnostics::new();
            let version = Version::of(description, &module, settings, &mut diagnostics);
            (version, diagnostics)
        });
        diagnostics.extend(old.1.into_iter().chain(new.1));
        let (old, new) = (old.0?, new.0?);
        let (items, compared) = join(
            || both(&old, &new, rust::Items::of),
            || compare::compare((&old.joined, &new.joined), (&old.places, &new.places)),
        );
        let mut changes = rust::judge((&old, &new), items, compared);
        for change in &mut changes {
            name.clone_into(&mut change.api);
        }
        // Freeing the memory of a large description takes a while, so both are freed in parallel.
        std::thread::scope(|scope| {
            // If the system refuses another thread, the work is dropped with what it holds.
            let _ = std::thread::Builder::new().spawn_scoped(scope, || drop(old));
            drop(new);
        });
        Some(changes)
    }

    /// Removes the changes that comments accept.
    fn accept(&mut self) {
        let allowances = Allowances::of(&self.sources);
        let all = self.changes.len();
        self.changes.retain(|change| {
            let allowed = |span| {
                allowances
                    .find(&self.sources, span, change.rule.code)
                    .is_some()
            };
            !change.new.is_some_and(allowed)
        });
        self.accepted = all - self.changes.len();
    }
}

/// Does the same work with both versions in parallel.
fn both<'a, T: Sync, R: Send>(old: &'a T, new: &'a T, work: impl Fn(&'a T) -> R + Sync) -> (R, R) {
    join(|| work(old), || work(new))
}
