//! Overlays: files with changes that are applied to a description before it is decoded (`OpenAPI` Overlay 1.0 and 1.1).
//!
//! `read` decodes an overlay, `query` finds the values that an action selects, and `apply` changes them. A value that
//! an overlay adds keeps its location in the overlay, so a mistake in it is reported there.

mod apply;
pub(crate) mod code;
mod merge;
mod query;
mod read;
mod selection;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::resolve_path;
use crate::source::{FileId, Node, Sources, Span, is_url, parse};
use query::Query;
pub(crate) use query::{renamed, steps};

/// The version of the specification that an overlay is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    V1_0,
    V1_1,
}

/// An overlay.
#[derive(Debug)]
struct Overlay {
    file: FileId,
    version: Version,
    /// The path of the only description of the run that it applies to; `None` if it applies to all of them.
    only: Option<String>,
    actions: Vec<Action>,
}

/// A change of all values that `target` selects.
#[derive(Debug)]
struct Action {
    target: Query,
    change: Change,
    outcome: Outcome,
}

#[derive(Debug)]
enum Change {
    /// Merges a value into each of them. The location is that of the key `update`.
    Update(Node, Span),
    /// Merges the only value of the description that a query selects into each of them.
    Copy(Query),
    Remove,
}

/// Whether an action has selected anything in one of the descriptions of the run.
#[derive(Debug)]
enum Outcome {
    Untried,
    /// Nothing so far, with the diagnostic about it.
    Missed(Box<Diagnostic>),
    Matched,
}

/// The overlays of a run, in the order in which they are applied.
#[derive(Debug, Default)]
pub(crate) struct Overlays {
    list: Vec<Overlay>,
}

impl Overlays {
    /// Loads the overlays for these descriptions. An overlay that `extends` some of them is not applied to the others.
    ///
    /// Reports every mistake. Returns `None` if one of them makes an overlay unusable.
    pub(crate) fn load(
        paths: &[PathBuf],
        descriptions: &[PathBuf],
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let overlays = paths.iter().map(|path| {
            let file = sources.load(path, diagnostics)?;
            let root = parse(file, sources, diagnostics)?;
            let (mut overlay, extends) = read::overlay(file, &root, sources, diagnostics)?;
            if let Some((reference, span)) = extends {
                overlay.only = extended(path, &reference, descriptions);
                let is_remote = is_url(&reference) && !reference.starts_with("file://");
                let is_unknown = overlay.only.is_none() && !is_remote;
                if is_unknown && !descriptions.is_empty() {
                    diagnostics.push(other_description(&reference, span));
                } else if is_unknown && !sources.has(&resolved(path, &reference)) {
                    diagnostics.push(no_description(&reference, span));
                }
            }
            Some(overlay)
        });
        // All overlays are decoded before a failure ends the function, so that every mistake is reported.
        let overlays: Vec<Option<Overlay>> = overlays.collect();
        let list = overlays.into_iter().collect::<Option<_>>()?;
        Some(Self { list })
    }

    /// The files of the overlays that apply to a description.
    pub(crate) fn files(&self, description: &str) -> impl Iterator<Item = FileId> {
        let overlays = self.list.iter();
        let applied = overlays.filter(move |overlay| overlay.applies_to(description));
        applied.map(|overlay| overlay.file)
    }

    /// Applies all overlays to the tree of a description. Reports the changes that fail, and returns whether all
    /// succeeded.
    pub(crate) fn apply(
        &mut self,
        root: &mut Arc<Node>,
        description: &str,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let overlays = self.list.iter_mut();
        let mut applied = overlays
            .filter(|overlay| overlay.applies_to(description))
            .peekable();
        if applied.peek().is_none() {
            return true;
        }
        let mut target = apply::Target::new(Arc::make_mut(root));
        for overlay in applied {
            target.apply(overlay, diagnostics);
        }
        target.is_well
    }

    /// Reports the actions that selected nothing in any of the descriptions. If only some of them are read, it is only
    /// known for the overlays that apply to one of these.
    pub(crate) fn finish(self, is_partial: bool, diagnostics: &mut Diagnostics) {
        let known = self.list.into_iter();
        let known = known.filter(|overlay| !is_partial || overlay.only.is_some());
        let actions = known.flat_map(|overlay| overlay.actions);
        diagnostics.extend(actions.filter_map(|action| match action.outcome {
            Outcome::Missed(report) => Some(*report),
            Outcome::Untried | Outcome::Matched => None,
        }));
    }
}

impl Overlay {
    fn applies_to(&self, description: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only == description)
    }
}

/// The description that an overlay extends, if the overlay names one that exists.
pub(crate) fn extended_by(overlay: &Path, mut sources: Sources) -> Option<PathBuf> {
    let mut diagnostics = Diagnostics::new();
    let file = sources.load(overlay, &mut diagnostics)?;
    let root = parse(file, &sources, &mut diagnostics)?;
    let reference = root.get("extends")?.as_str()?;
    let path = resolved(overlay, reference);
    (!is_url(reference) && sources.has(&path)).then(|| path.into())
}

/// The description that the value of `extends` in an overlay refers to.
fn extended(overlay: &Path, reference: &str, descriptions: &[PathBuf]) -> Option<String> {
    let meant = resolved(overlay, reference);
    let meant = Path::new(&meant);
    let real = fs::canonicalize(meant).ok();
    let found = descriptions.iter().find(|description| {
        *description == meant || (real.is_some() && fs::canonicalize(description).ok() == real)
    });
    found.map(|description| shown(description))
}

/// The path that the value of `extends` in an overlay stands for.
fn resolved(overlay: &Path, reference: &str) -> String {
    resolve_path(&shown(overlay), reference.trim_start_matches("file://"))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn no_description(reference: &str, span: Span) -> Diagnostic {
    let message = format!("the overlay extends `{reference}`, which does not exist");
    Diagnostic::warning(code::OTHER_DESCRIPTION, message)
        .at(span, "")
        .help("write the path of the description, relative to the overlay")
}

fn other_description(reference: &str, span: Span) -> Diagnostic {
    let message = format!("the overlay extends `{reference}`, which is not read");
    Diagnostic::warning(code::OTHER_DESCRIPTION, message)
        .at(span, "")
        .note("the overlay is applied all the same")
        .help("write the path of the description, relative to the overlay")
}
