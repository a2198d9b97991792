//! Checks one root.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::index::Index;
use super::roots::{Kind, options_of, path_of_editor, with_paths_of_editor};
use crate::config::Configuration;
use crate::diagnostic::code::{ALL, Level};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::model::Api;
use crate::read::Description;
use crate::source::Node;
use crate::text::{FileId, OpenTexts, Sources};
use crate::{Options, Run, check_keeping, check_with};

/// The result of checking a root.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    /// The runs: one for a description, one for each crate of a configuration.
    pub reports: Vec<Arc<Report>>,
    /// The description from the last time when all of its files could be parsed.
    pub good: Option<Arc<Good>>,
}

/// The diagnostics of a run.
#[derive(Debug)]
pub(super) struct Report {
    /// The path for diagnostics without a location.
    pub root: String,
    pub sources: Sources,
    pub diagnostics: Diagnostics,
}

/// A description that could be parsed.
#[derive(Debug)]
pub(super) struct Good {
    pub sources: Sources,
    pub description: Description,
    /// `None` if it is not a description in a supported version.
    pub api: Option<Api>,
    index: OnceLock<Index>,
}

impl Checked {
    /// The parsed description of a file that is not open.
    pub(super) fn closed(root: &str, open: &Arc<OpenTexts>) -> Option<Arc<Good>> {
        description(root, &options_of(root, open), None).good
    }

    /// Checks a root. If the description cannot be parsed now, the last parsed one is kept.
    pub(super) fn of(root: &str, kind: Kind, open: &Arc<OpenTexts>, before: Option<&Self>) -> Self {
        match kind {
            Kind::Description => description(root, &options_of(root, open), before),
            Kind::Configuration => configuration(root, open),
            Kind::Overlay => overlay(root, open),
        }
    }

    /// Whether the run read the file, or tried to.
    pub(super) fn has(&self, path: &str) -> bool {
        let mut reports = self.reports.iter();
        reports.any(|report| report.sources.asked_for(path))
    }
}

impl Good {
    /// The references of the description. Computed on first use.
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.description))
    }

    /// The path of the main file.
    pub(super) fn path(&self) -> &str {
        let main = self.description.root().span.file;
        &self.sources.file(main).path
    }

    /// A file by its path.
    pub(super) fn file(&self, path: &str) -> Option<FileId> {
        let mut files = self.sources.iter();
        files.find(|(_, file)| file.path == path).map(|(id, _)| id)
    }

    /// The tree of a file.
    pub(super) fn tree(&self, file: FileId) -> Option<&Node> {
        let mut trees = self.description.trees().into_iter();
        trees.find(|tree| tree.span.file == file)
    }
}

impl Report {
    fn of(root: &str, run: Run) -> Arc<Self> {
        Arc::new(Self {
            root: root.to_owned(),
            sources: run.sources,
            diagnostics: run.diagnostics,
        })
    }
}

fn description(root: &str, options: &Options, before: Option<&Checked>) -> Checked {
    let mut kept = None;
    let inputs = [PathBuf::from(root)];
    let mut run = check_keeping(&inputs, options, &mut |description| {
        kept = Some(description);
    });
    // Mistakes in the configuration are reported when the configuration itself is open.
    let configured = options.settings.sources.iter().count();
    run.diagnostics.retain_mut(|one| {
        let mut labels = one.primary.iter();
        labels.all(|label| label.span.file.0 as usize >= configured)
    });
    let parses = !run.diagnostics.iter().any(prevents_parsing);
    let description = kept.filter(|_| parses || before.is_none_or(|one| one.good.is_none()));
    let good = description.map(|description| {
        Arc::new(Good {
            sources: run.sources.clone(),
            description,
            api: run.apis.pop(),
            index: OnceLock::new(),
        })
    });
    Checked {
        reports: vec![Report::of(root, run)],
        good: good.or_else(|| before?.good.clone()),
    }
}

/// Whether a diagnostic means that a file could not be parsed.
fn prevents_parsing(diagnostic: &Diagnostic) -> bool {
    let is_fatal = |code: &str| {
        ALL.iter()
            .any(|one| one.code == code && one.level == Level::Error)
    };
    diagnostic.severity == Severity::Error && is_fatal(diagnostic.code)
}

fn configuration(root: &str, open: &Arc<OpenTexts>) -> Checked {
    let sources = Sources::with_open(open.clone());
    let configuration = Configuration::load_from(Path::new(root), sources);
    let mut reports = vec![Arc::new(Report {
        root: root.to_owned(),
        sources: configuration.sources,
        diagnostics: configuration.diagnostics,
    })];
    reports.extend(configuration.crates.into_iter().map(|one| {
        let one = with_paths_of_editor(one);
        let run = check_with(&one.descriptions, &Options::of(&one, "", ""));
        Report::of(root, run)
    }));
    Checked {
        reports,
        good: None,
    }
}

/// Checks the description that an overlay extends, and reports the mistakes of the overlay. If there is no such
/// description, only the overlay is checked.
fn overlay(root: &str, open: &Arc<OpenTexts>) -> Checked {
    let sources = Sources::with_open(open.clone());
    let extended = crate::overlay::extended_by(Path::new(root), sources);
    let described = extended.map(|path| path_of_editor(&path));
    let mut options = options_of(described.as_deref().unwrap_or(root), open);
    let own = PathBuf::from(root);
    if !options.overlays.contains(&own) {
        options.overlays.push(own);
    }
    let inputs: Vec<PathBuf> = described.into_iter().map(PathBuf::from).collect();
    let mut run = check_with(&inputs, &options);
    let own = run.sources.iter().find(|(_, file)| file.path == root);
    let own = own.map(|(id, _)| id);
    run.diagnostics.retain_mut(|one| {
        let label = one.primary.as_ref();
        label.is_none_or(|label| Some(label.span.file) == own)
    });
    Checked {
        reports: vec![Report::of(root, run)],
        good: None,
    }
}
