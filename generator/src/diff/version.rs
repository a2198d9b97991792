//! One of the two versions of a description, with the client that is generated from it.

use crate::diagnostic::Diagnostics;
use crate::document;
use crate::listing::Listing;
use crate::lower::{self, Joined};
use crate::model::Api;
use crate::read::Description;

use super::place::Places;

/// A version: the description, its model, and the public items of the generated module.
pub(super) struct Version<'t> {
    pub joined: Joined<'t>,
    pub places: Places<'t>,
    pub api: Api,
    pub listing: Listing,
}

impl<'t> Version<'t> {
    /// Decodes and lowers a description; `None` if the file is not a description.
    pub(super) fn of(
        description: &'t Description,
        module: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let (root, files) = (description.root(), description.files());
        let document = document::decode::decode_files(root, &files, diagnostics)?;
        let joined = Joined::of(document, diagnostics);
        let mut api = lower::lower(&joined, module, module, diagnostics);
        api.omit_docs();
        Some(Self {
            places: Places::of(&joined.document),
            listing: Listing::of(&api),
            joined,
            api,
        })
    }
}
