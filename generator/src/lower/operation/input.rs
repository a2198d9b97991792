//! The names and the order of the inputs of a call.

use std::cell::LazyCell;

use hashbrown::HashSet;

use crate::document::{self, Text};
use crate::lower::Lowerer;
use crate::lower::numbered::OWN_NAME;
use crate::lower::reserved;
use crate::lower::schema::fitting::Sampled;
use crate::model::{Docs, Input, InputLocation, Shape};
use crate::name::{Ident, Scope, snake};
use crate::source::Span;

/// An [`Input`] that has no name yet: names are given to all inputs of a call at once.
#[derive(Clone)]
pub(crate) struct InputDraft<'t> {
    /// The text that the input is named after.
    pub(crate) text: String,
    /// The text that the input was named after in earlier versions.
    pub(crate) former_names: Vec<Text<'t>>,
    /// What distinguishes the input from another one of the same name: `query`, `body` …
    pub(crate) other: &'static str,
    /// Its location in the description.
    pub(crate) mark: Option<Span>,
    pub(crate) wire: String,
    pub(crate) docs: Docs,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    pub(crate) location: InputLocation,
    pub(crate) sampled: Sampled,
}

impl InputDraft<'_> {
    fn named(self, name: Ident, former: Vec<Ident>) -> Input {
        Input {
            name,
            former,
            wire: self.wire,
            docs: self.docs,
            shape: self.shape,
            required: self.required,
            nullable: self.nullable,
            deprecated: self.deprecated,
            location: self.location,
            example: self.sampled.example,
            sample: self.sampled.sample,
            has_example: self.sampled.has_example,
        }
    }
}

/// The names that several inputs in one location would get.
fn alike(drafts: &[InputDraft<'_>]) -> HashSet<(String, &'static str)> {
    let mut seen = HashSet::new();
    let names = drafts.iter().map(|draft| (snake(&draft.text), draft.other));
    names.filter(|name| !seen.insert(name.clone())).collect()
}

impl Lowerer<'_, '_> {
    /// The inputs with their names: path parameters first, then required inputs, then optional ones, each group in the
    /// order of the description.
    pub(crate) fn in_order(
        &mut self,
        mut drafts: Vec<InputDraft<'_>>,
        operation: &document::Operation<'_>,
    ) -> Vec<Input> {
        drafts.sort_by_key(|draft| match (&draft.location, draft.required) {
            (InputLocation::Path(_), _) => 0,
            (
                InputLocation::Query(_) | InputLocation::Header(_) | InputLocation::Cookie(_),
                true,
            ) => 1,
            (InputLocation::Body | InputLocation::Property, true) => 2,
            (_, false) => 3,
        });
        let mut scope = Scope::snake(reserved::CALL).without(reserved::VARIABLES);
        if operation.pagination.is_some() {
            scope = scope.without(reserved::PAGES);
        }
        let texts: Vec<&str> = drafts.iter().map(|draft| draft.text.as_str()).collect();
        let names = scope.claim_each(&texts, |index| {
            let InputDraft { text, other, .. } = &drafts[index];
            vec![format!("{text} {other}")]
        });
        // Hardly any input has a name with its location, and the others need neither of these.
        let alike = LazyCell::new(|| alike(&drafts));
        for (draft, name) in drafts.iter().zip(&names) {
            self.report_if_numbered(&scope, name, "input", draft.mark, OWN_NAME);
            let is_by_location = name.plain().ends_with(draft.other)
                && name.plain() == snake(&format!("{} {}", draft.text, draft.other));
            if is_by_location && alike.contains(&(snake(&draft.text), draft.other)) {
                let what = format!("`{}`", draft.other);
                self.report_poor_name(&what, name.as_str(), "input", draft.mark, OWN_NAME);
            }
        }
        let mut inputs = Vec::with_capacity(drafts.len());
        for (draft, name) in drafts.into_iter().zip(names) {
            // An argument has no name for its caller.
            let texts = draft.former_names.iter().filter(|_| !draft.required);
            let texts: Vec<Text<'_>> = texts.copied().collect();
            let former = self.former_names(&mut scope, &texts);
            inputs.push(draft.named(name, former));
        }
        inputs
    }
}
