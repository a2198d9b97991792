//! Quick fixes: the fixes of diagnostics, either single ones or all certain ones.

use std::sync::Arc;

use lsp_types::{
    AnnotatedTextEdit, CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams,
    DocumentChanges, OneOf, Range, TextDocumentEdit, TextEdit, WorkspaceEdit,
};
use similar::ChangeTag;

use super::check::{Checked, Report};
use super::navigate::keep_rust_name;
use super::places::Places;
use super::position::Text;
use super::report;
use super::worker::Found;
use crate::codes::has_certain_correction;
use crate::diagnostic::{Diagnostic, Fix, ROUNDS};

/// The actions for a range of a file.
pub(super) fn actions(
    found: &Found,
    path: &str,
    parameters: &CodeActionParams,
) -> Vec<CodeActionOrCommand> {
    let only = parameters.context.only.as_deref();
    let wants = |kind: &CodeActionKind| {
        only.is_none_or(|only| {
            let mut only = only.iter();
            only.any(|one| is_within(kind.as_str(), one.as_str()))
        })
    };
    let mut actions = Vec::new();
    if wants(&CodeActionKind::QUICKFIX) {
        actions.extend(quick_fixes(found, path, parameters.range));
    }
    if wants(&CodeActionKind::REFACTOR_REWRITE) {
        actions.extend(keep_rust_name(found, path, parameters.range.start));
    }
    // Applying all fixes takes several runs, so it is only offered if the editor asks for this kind of action.
    if only.is_some() && wants(&CodeActionKind::SOURCE_FIX_ALL) {
        actions.extend(fix_all(found, path));
    }
    actions.dedup();
    actions.into_iter().map(CodeActionOrCommand::from).collect()
}

/// Whether a kind of actions is a sub-kind of another one: `source.fixAll` of `source`.
fn is_within(kind: &str, other: &str) -> bool {
    let rest = kind.strip_prefix(other);
    other.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn quick_fixes(found: &Found, path: &str, range: Range) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    for report in found.reports_of(path) {
        let mut places = Places::new(&report.sources, &found.texts);
        for diagnostic in report.diagnostics.sorted() {
            let label = diagnostic.primary.as_ref();
            let Some(span) = label.map(|label| label.span) else {
                continue;
            };
            let here = report.sources.file(span.file).path == path;
            if here && meet(places.range(span), range) {
                let fixes = diagnostic.fixes.iter();
                actions.extend(fixes.filter_map(|fix| action(diagnostic, fix, &mut places)));
            }
        }
    }
    actions
}

fn meet(one: Range, other: Range) -> bool {
    one.start <= other.end && other.start <= one.end
}

fn action(diagnostic: &Diagnostic, fix: &Fix, places: &mut Places<'_>) -> Option<CodeAction> {
    let edit = TextEdit::new(places.range(fix.span), fix.replacement.clone());
    let edit = TextDocumentEdit {
        text_document: places.document(fix.span.file)?,
        edits: vec![OneOf::Left(edit)],
    };
    let is_certain = diagnostic.fixes.len() == 1 && has_certain_correction(diagnostic);
    Some(CodeAction {
        title: capitalized(&fix.message),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![report::diagnostic(diagnostic, places)]),
        edit: Some(workspace_edit(vec![edit])),
        is_preferred: is_certain.then_some(true),
        ..CodeAction::default()
    })
}

/// A sentence with a capital letter at its beginning.
fn capitalized(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let first = characters.next().into_iter();
    first
        .flat_map(char::to_uppercase)
        .chain(characters)
        .collect()
}

pub(super) fn workspace_edit(edits: Vec<TextDocumentEdit>) -> WorkspaceEdit {
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(edits)),
        ..WorkspaceEdit::default()
    }
}

/// Applies the fixes that `check --fix` makes in a file, repeatedly, because fixing one mistake can reveal another one.
fn fix_all(found: &Found, path: &str) -> Option<CodeAction> {
    let (root, kind, checked) = found.root_of(path)?;
    let open = found.texts.get(path)?;
    let mut texts = found.texts.for_reading();
    let mut checked = checked.clone();
    for _ in 0..ROUNDS {
        let Some(after) = checked.reports.iter().find_map(|one| corrected(one, path)) else {
            break;
        };
        texts.get_mut(path)?.text = after.into();
        checked = Checked::of(root, kind, &Arc::new(texts.clone()), None);
    }
    let edits = differences(&open.text, &texts.get(path)?.text);
    let places = Places::new(&checked.reports.first()?.sources, &found.texts);
    let file = places.sources.iter().find(|(_, file)| file.path == path)?.0;
    let edit = TextDocumentEdit {
        text_document: places.document(file)?,
        edits,
    };
    (!edit.edits.is_empty()).then(|| CodeAction {
        title: "Apply all corrections that are certain".to_owned(),
        kind: Some(CodeActionKind::SOURCE_FIX_ALL),
        edit: Some(workspace_edit(vec![edit])),
        ..CodeAction::default()
    })
}

/// The text of a file with the certain fixes applied, if there are any.
fn corrected(report: &Report, path: &str) -> Option<String> {
    let is_certain = |one: &Diagnostic| has_certain_correction(one);
    let files = report.diagnostics.corrected(&report.sources, is_certain);
    let file = files.into_iter().find(|file| file.path == path)?;
    Some(file.after)
}

/// The edits of whole lines that turn one text into another.
fn differences(old: &Text, new: &str) -> Vec<OneOf<TextEdit, AnnotatedTextEdit>> {
    let diff = similar::TextDiff::from_lines(&**old.content(), new);
    let mut edits: Vec<TextEdit> = Vec::new();
    let (mut at, mut is_open) = (0, false);
    for change in diff.iter_all_changes() {
        let line = change.value();
        let end = match change.tag() {
            ChangeTag::Insert => at,
            ChangeTag::Equal | ChangeTag::Delete => at + line.len(),
        };
        if change.tag() == ChangeTag::Equal {
            is_open = false;
        } else {
            if !is_open {
                edits.push(TextEdit::new(old.range(at..at), String::new()));
            }
            is_open = true;
            if let Some(edit) = edits.last_mut() {
                edit.range.end = old.position(end);
                if change.tag() == ChangeTag::Insert {
                    edit.new_text.push_str(line);
                }
            }
        }
        at = end;
    }
    edits.into_iter().map(OneOf::Left).collect()
}
