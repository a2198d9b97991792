//! Applies the actions of overlays to a tree.

use serde_json::Value as Json;

use super::code::{MISFIT, VERSION_DIFFERS};
use super::merge::merge;
use super::query::{Found, Kind, Query};
use super::{Action, Change, Outcome, Overlay, Version};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{DEEPEST, MOST_COPIED, Node, Span, Value, head};

type Fault = Box<Diagnostic>;

/// The tree of a description that overlays modify.
pub(super) struct Target<'t> {
    root: &'t mut Node,
    /// The same tree as JSON, for queries. Every change is made in both.
    json: Json,
    /// The number of values that the actions have added so far.
    spent: usize,
    /// Whether all actions could be applied.
    pub(super) is_well: bool,
}

impl<'t> Target<'t> {
    pub(super) fn new(root: &'t mut Node) -> Self {
        let json = root.to_json();
        Self {
            root,
            json,
            spent: 0,
            is_well: true,
        }
    }

    /// Applies the actions of an overlay, in their order.
    pub(super) fn apply(&mut self, overlay: &mut Overlay, diagnostics: &mut Diagnostics) {
        for action in &mut overlay.actions {
            let found = action.target.select(&self.json);
            if found.count == 0 {
                // After a failed change, it is unknown whether the query would have selected something.
                if matches!(action.outcome, Outcome::Untried) && self.is_well {
                    action.outcome = Outcome::Missed(Box::new(action.target.miss(&self.json)));
                }
                continue;
            }
            action.outcome = Outcome::Matched;
            if let Err(fault) = self.run(action, &found, overlay.version, diagnostics) {
                self.is_well = false;
                diagnostics.push(*fault);
            }
        }
    }

    fn run(
        &mut self,
        action: &Action,
        found: &Found,
        version: Version,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Fault> {
        let (value, at, is_copy) = match &action.change {
            Change::Remove if found.selection.is_selected => {
                return Err(root_removed(&action.target));
            }
            Change::Remove => {
                found.selection.remove(self.root, &mut self.json);
                return Ok(());
            }
            Change::Update(value, at) => (value.clone(), *at, false),
            Change::Copy(from) => (self.copied(from)?, from.span, true),
        };
        if version == Version::V1_0 {
            diagnostics.extend(difference(action, found, &value));
        }
        let appends = version == Version::V1_0 || !matches!(value.value, Value::List(_));
        let merged = self.merge(action, found, &value, at, appends);
        merged.map_err(|fault| {
            // A copied value has its location in the description, so the overlay may not be marked yet.
            let marked = fault.primary.as_ref().map(|label| label.span.file);
            if is_copy && marked != Some(at.file) {
                Box::new(fault.also(at, "it is copied here"))
            } else {
                fault
            }
        })
    }

    /// The value that an action copies.
    fn copied(&self, from: &Query) -> Result<Node, Fault> {
        let several = |count| {
            let error = Diagnostic::error(MISFIT, format!("`copy` selects {count} values"));
            error.at(from.span, "").help("select one value")
        };
        match from.only(&self.json) {
            Ok(pointer) => Ok(self.root.pointer(&pointer).unwrap_or(self.root).clone()),
            Err(0) => {
                let miss = from.miss(&self.json);
                Err(Box::new(Diagnostic {
                    severity: crate::diagnostic::Severity::Error,
                    code: MISFIT,
                    ..miss
                }))
            }
            Err(count) => Err(Box::new(several(count))),
        }
    }

    /// Merges a value into all selected values. With `appends`, an array gets the value as one element.
    fn merge(
        &mut self,
        action: &Action,
        found: &Found,
        value: &Node,
        at: Span,
        appends: bool,
    ) -> Result<(), Fault> {
        if let (Some(first), Some(other)) = found.kinds {
            return Err(mixed(&action.target, first, other));
        }
        self.spent = self
            .spent
            .saturating_add(value.weight().saturating_mul(found.count));
        if self.spent > MOST_COPIED || found.depth + 1 + value.height() > DEEPEST {
            return Err(too_much(at));
        }
        let mut fault = None;
        let change = &mut |target: &mut Node| match &mut target.value {
            Value::List(elements) if appends => elements.push(value.clone()),
            _ => merge(target, value, &mut fault),
        };
        found.selection.change(self.root, &mut self.json, change);
        fault.map_or(Ok(()), |fault| Err(Box::new(fault)))
    }
}

/// The warning about a change that has another meaning in version 1.1.
fn difference(action: &Action, found: &Found, value: &Node) -> Option<Diagnostic> {
    let warning = |message| Diagnostic::warning(VERSION_DIFFERS, message).strict();
    let is_list = matches!(value.value, Value::List(_));
    match found.kinds.0? {
        Kind::Primitive => Some(
            warning("version 1.0 of overlays changes objects and arrays only")
                .at(action.target.span, "this selects a primitive value")
                .note("it is replaced, as in version 1.1")
                .help("write `overlay: 1.1.0`"),
        ),
        Kind::Array if is_list => Some(
            warning("version 1.0 of overlays adds an array to another as one element")
                .at(head(value), "an array in the array is the result")
                .help("write `overlay: 1.1.0` to add its elements one by one"),
        ),
        Kind::Array | Kind::Object => None,
    }
}

fn mixed(target: &Query, first: Kind, other: Kind) -> Fault {
    let label = format!("this selects {} and {}", first.plural(), other.plural());
    let error = Diagnostic::error(MISFIT, "an action changes values of different types");
    Box::new(
        error
            .at(target.span, label)
            .help("write an action for each type"),
    )
}

fn root_removed(target: &Query) -> Fault {
    let error = Diagnostic::error(MISFIT, "the whole description would be removed");
    Box::new(error.at(target.span, "this selects the root of the description"))
}

fn too_much(at: Span) -> Fault {
    let message = "the overlay makes the description too large";
    let note =
        format!("the actions may add {MOST_COPIED} values, and {DEEPEST} values may be nested");
    Box::new(
        Diagnostic::error(MISFIT, message)
            .at(at, "too much with this change")
            .note(note),
    )
}
