//! Converts diagnostics to those of the protocol.

use std::collections::BTreeMap;

use lsp_types::{DiagnosticRelatedInformation, DiagnosticSeverity, NumberOrString, Range};

use super::check::Report;
use super::places::Places;
use super::texts::Texts;
use crate::diagnostic::{Diagnostic, Severity, sentences};

/// The maximum number of diagnostics of one file that are shown.
const MOST: usize = 1000;

/// The diagnostics of each file that are shown.
pub(super) type Shown = BTreeMap<String, Vec<lsp_types::Diagnostic>>;

/// Adds the diagnostics of a run to those of each file. The files without diagnostics are added as well.
pub(super) fn add(report: &Report, texts: &Texts, shown: &mut Shown) {
    for (_, file) in report.sources.iter() {
        shown.entry(file.path.clone()).or_default();
    }
    let mut places = Places::new(&report.sources, texts);
    let mut added: BTreeMap<String, usize> = BTreeMap::new();
    for diagnostic in report.diagnostics.sorted() {
        let label = diagnostic.primary.as_ref();
        let path = label.map_or(&report.root, |label| {
            &report.sources.file(label.span.file).path
        });
        let count = added.entry(path.clone()).or_default();
        *count += 1;
        let of_file = shown.entry(path.clone()).or_default();
        if *count <= MOST {
            let diagnostic = self::diagnostic(diagnostic, &mut places);
            // A file can be part of several descriptions.
            if !of_file.contains(&diagnostic) {
                of_file.push(diagnostic);
            }
        }
    }
    for (path, count) in added.into_iter().filter(|(_, count)| *count > MOST) {
        let left = count - MOST;
        let more = lsp_types::Diagnostic {
            severity: Some(DiagnosticSeverity::INFORMATION),
            message: format!("{left} more diagnostics in this file; `specwright check` shows all"),
            source: Some(SOURCE.to_owned()),
            ..lsp_types::Diagnostic::default()
        };
        shown.entry(path).or_default().push(more);
    }
}

/// The name that editors show beside a diagnostic.
const SOURCE: &str = "specwright";

/// Converts a diagnostic to that of the protocol.
pub(super) fn diagnostic(
    diagnostic: &Diagnostic,
    places: &mut Places<'_>,
) -> lsp_types::Diagnostic {
    let label = diagnostic.primary.as_ref();
    let related = diagnostic.secondary.iter().filter_map(|label| {
        let location = places.location(label.span)?;
        let message = label.text.clone();
        Some(DiagnosticRelatedInformation { location, message })
    });
    let related: Vec<_> = related.collect();
    lsp_types::Diagnostic {
        range: label.map_or_else(Range::default, |label| places.range(label.span)),
        severity: Some(match diagnostic.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(diagnostic.code.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: sentences(diagnostic).join("\n"),
        related_information: (!related.is_empty()).then_some(related),
        ..lsp_types::Diagnostic::default()
    }
}
