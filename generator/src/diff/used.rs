//! Compares the keywords that can be written where a schema is used: beside its `$ref`, or around it in an `allOf`.

use crate::document::{Schema, SchemaId};
use crate::lower::Joined;

use super::found::Found;
use super::pairs::{PairId, Sides};
use super::rule;
use super::schema::Place;
use super::verdict::Rule;
use super::view::{View, examples, json, meant};

/// A schema where it is used, and the schema that it refers to.
#[derive(Clone, Copy)]
struct Used<'s, 't> {
    joined: &'s Joined<'t>,
    here: SchemaId,
    meant: SchemaId,
}

/// Compares two schemas where they are used. The schemas that they refer to are a separate pair.
pub(super) fn compare(
    sides: Sides<'_, '_>,
    id: PairId,
    (old, new): (SchemaId, SchemaId),
    found: &mut Vec<Found>,
) {
    let (old, new) = (Used::of(sides.old, old), Used::of(sides.new, new));
    let mut push = |rule: &'static Rule, is_own: bool, both: (Place, Place)| {
        let (before, after) = both;
        let mut change = Found::of_pair(rule, id, (before.1, after.1), (before.0, after.0));
        let ids = if is_own {
            (old.meant, new.meant)
        } else {
            (old.here, new.here)
        };
        change.property = Some((Some(ids.0), Some(ids.1)));
        found.push(change);
    };
    let is_null = |used: Used<'_, '_>, id| used.joined.nullable.has(id);
    if is_null(old, old.here) != is_null(new, new.here) {
        let rule = if is_null(new, new.here) {
            &rule::BECAME_NULLABLE
        } else {
            &rule::NO_LONGER_NULLABLE
        };
        let is_own = is_null(old, old.meant) != is_null(new, new.meant);
        push(rule, is_own, (old.null(is_own), new.null(is_own)));
    }
    let (before, after) = (old.default(), new.default());
    if before.0 != after.0 {
        let is_own = old.own_default().is_none() && new.own_default().is_none();
        push(&rule::DEFAULT_CHANGED, is_own, (before, after));
    }
    // Texts at the use are only compared if both sides refer to another schema: otherwise a text that moved between
    // the use and the schema would be reported.
    if let (Some(one), Some(other)) = (old.wrapper(), new.wrapper()) {
        let places = |keyword: &str| (old.place(keyword), new.place(keyword));
        match (one.deprecated, other.deprecated) {
            (false, true) => push(&rule::SCHEMA_DEPRECATED, false, places("deprecated")),
            (true, false) => push(&rule::SCHEMA_UNDEPRECATED, false, places("deprecated")),
            _ => {}
        }
        if old.texts(one) != new.texts(other) {
            push(&rule::DOCS_CHANGED, false, places("description"));
        }
        if examples(&one.examples) != examples(&other.examples) {
            push(&rule::EXAMPLES_CHANGED, false, places("examples"));
        }
    }
}

impl<'s, 't> Used<'s, 't> {
    fn of(joined: &'s Joined<'t>, here: SchemaId) -> Self {
        Self {
            joined,
            here,
            meant: meant(joined, here),
        }
    }

    /// The schema at the use, if it only refers to the other one.
    fn wrapper(self) -> Option<&'s Schema<'t>> {
        (self.here != self.meant).then(|| self.joined.document.schema(self.here))
    }

    /// The texts of a schema that only refers to another one, and of the parts of its `allOf` that have no reference.
    fn texts(self, own: &Schema<'t>) -> Vec<&'t str> {
        let parts = own.all_of.iter().map(|id| self.joined.document.schema(*id));
        let parts = parts.filter(|part| part.reference.is_none());
        let texts = parts.flat_map(|part| [part.title, part.description]);
        let texts = [own.title, own.description].into_iter().chain(texts);
        texts.flatten().map(str::trim).collect()
    }

    /// The location of a keyword at the use, otherwise that of the schema.
    fn place(self, keyword: &str) -> Place {
        let own = self.joined.document.schema(self.here);
        let member = own.node.and_then(|node| node.member(keyword));
        (None, member.map(|member| member.key.span).or(own.mark))
    }

    /// The location of the keyword that allows or forbids null.
    fn null(self, is_own: bool) -> Place {
        let id = if is_own { self.meant } else { self.here };
        let view = View::of(self.joined, id);
        let nullable = view.all("nullable").map(|(span, _)| span).last();
        (None, nullable.or_else(|| view.keyword("type")))
    }

    /// The schema at the use, if it has a default.
    fn own_default(self) -> Option<&'s Schema<'t>> {
        self.wrapper().filter(|own| own.default.is_some())
    }

    /// The default at the use, otherwise that of the schema itself.
    fn default(self) -> Place {
        let own = self.own_default();
        let schema = own.unwrap_or_else(|| self.joined.document.schema(self.meant));
        let Some(default) = schema.default else {
            return (None, None);
        };
        let id = own.map_or(self.meant, |_| self.here);
        let written = schema
            .node
            .is_some_and(|node| node.get("default").is_some());
        let span = if written {
            View::of(self.joined, id).keyword("default")
        } else {
            Some(default.span)
        };
        (Some(json(default)), span)
    }
}
