//! One of the two versions of a description, with the model of its client.

use crate::config::Settings;
use crate::diagnostic::Diagnostics;
use crate::lower::{self, Facts, Joined};
use crate::model::Api;
use crate::name::Ident;
use crate::read::Description;

use super::place::Places;

/// A version: the description and its model.
pub(super) struct Version<'t> {
    pub joined: Joined<'t>,
    pub places: Places<'t>,
    pub api: Api,
}

impl<'t> Version<'t> {
    /// Decodes and lowers a description with the settings of its crate; `None` if the file is not a description.
    pub(super) fn of(
        description: &'t Description,
        module: &Ident,
        settings: &Settings,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut selection = settings.filters.selection.clone();
        let joined = description.joined(&mut selection, diagnostics, |document| {
            settings.types.clone().pass_to(document);
        })?;
        let name = module.plain();
        let mut api = lower::lower(&Facts::of(&joined), name, name, diagnostics);
        api.omit_docs();
        Some(Self {
            places: Places::of(&joined.document),
            joined,
            api,
        })
    }
}
