//! Where an inline schema stands, which is what its type is named after.

use crate::model::Home;
use crate::name::{pascal, singular};

/// A place in the description, as the name that a type standing there gets.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    home: Home,
    /// The name of what holds it.
    parent: String,
    /// Its own name in there; empty for the holder itself.
    own: String,
}

impl Spot {
    /// The place of a type with a name.
    pub(super) fn new(home: Home, name: &str) -> Self {
        Self {
            home,
            parent: name.to_owned(),
            own: String::new(),
        }
    }

    /// The file that holds types of this place.
    pub(super) fn home(&self) -> &Home {
        &self.home
    }

    /// Its own name in what holds it; empty for the holder itself.
    pub(super) fn own(&self) -> &str {
        &self.own
    }

    /// The name for a type of this place: `ProfileEmail`.
    pub(super) fn name(&self) -> String {
        if self.own.is_empty() {
            self.parent.clone()
        } else {
            format!("{}{}", self.parent, pascal(&self.own))
        }
    }

    /// The place of a property or alternative.
    pub(super) fn child(&self, name: &str) -> Self {
        Self {
            home: self.home.clone(),
            parent: self.name(),
            own: name.to_owned(),
        }
    }

    /// The place of the elements of a list: `emails` → `email`.
    pub(super) fn element(&self) -> Self {
        self.inner("item")
    }

    /// The place of the values of a map: `limits` → `limit`.
    pub(super) fn value(&self) -> Self {
        self.inner("value")
    }

    fn inner(&self, fallback: &str) -> Self {
        let one = singular(&self.own);
        if self.own.is_empty() || one == self.own {
            return self.child(fallback);
        }
        Self {
            home: self.home.clone(),
            parent: self.parent.clone(),
            own: one,
        }
    }
}
