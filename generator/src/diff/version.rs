//! One of the two versions of a description, with the client that is generated from it.

use crate::diagnostic::Diagnostics;
use crate::listing::Listing;
use crate::lower::{self, Joined};
use crate::model::Api;

use super::place::Places;

/// A version: the description, its model, and the public items of the generated module.
pub(super) struct Version<'s, 't> {
    pub joined: &'s Joined<'t>,
    pub places: Places<'t>,
    pub api: Api,
    pub listing: Listing,
}

impl<'s, 't> Version<'s, 't> {
    pub(super) fn of(joined: &'s Joined<'t>, module: &str, diagnostics: &mut Diagnostics) -> Self {
        let api = lower::lower(joined, module, module, diagnostics);
        let listing = Listing::of(&api);
        Self {
            places: Places::of(&joined.document),
            joined,
            api,
            listing,
        }
    }
}
