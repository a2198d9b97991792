//! What is known of the whole description before the first schema is lowered, and the names that
//! [`Lowerer`](super::Lowerer) has given.

use hashbrown::{HashMap, HashSet};

use crate::document::{Document, Operation, SchemaId};
use crate::name::{Ident, Scope};
use crate::parallel;
use crate::source::Span;

use super::operation::shared::Shared;
use super::schema::compose::known_parts::KnownParts;
use super::schema::compose::nullable::Nullable;
use super::schema::union::base::Bases;
use super::{Joined, operation, schema};
use crate::model::RequiredCredentials;

/// Facts about the whole description. Its methods answer what lowering and the checks ask, which run at the same time.
pub(crate) struct Facts<'d, 't> {
    /// The description.
    pub document: &'d Document<'t>,
    /// The schemas that allow null.
    pub nullable: &'d Nullable,
    /// The parts of schemas that were asked for before.
    pub known_parts: &'d KnownParts<'t>,
    /// The schemas that are files.
    pub files: operation::file::Files,
    /// The components that are only the body of one operation (`FastAPI`), which are lowered like inline schemas.
    pub private_bodies: HashSet<SchemaId>,
    /// The operations as described, by method and path.
    pub described: HashMap<(String, String), &'d Operation<'t>>,
    /// The credentials that the docs of operations do not name.
    pub usual_credentials: Vec<RequiredCredentials>,
    /// The component that describes each inline property.
    pub owners: HashMap<SchemaId, SchemaId>,
    /// The schemas with a discriminator that others extend.
    pub bases: Bases<'t>,
    /// For each alternative and its tag property, the value of the tag, if there is exactly one.
    pub fixed_tags: HashMap<(SchemaId, &'t str), Option<String>>,
    /// The alternatives with exactly one value of the tag. Each is a type of its own, even if it adds nothing to another
    /// schema, because the type writes the tag.
    pub tagged: HashSet<SchemaId>,
    /// The alternatives of values whose tag is absent or unknown.
    pub default_alternatives: HashSet<SchemaId>,
    /// The content of the inline schemas that several operations share.
    pub shared: Shared,
}

impl<'d, 't> Facts<'d, 't> {
    /// Finds the facts.
    pub(crate) fn of(joined: &'d Joined<'t>) -> Self {
        let document = &joined.document;
        // The files take about as long as all others.
        let (files, mut facts) = parallel::join(
            || operation::file::Files::of(document),
            || Self::without_files(joined),
        );
        facts.files = files;
        // These need the facts before them.
        facts.fixed_tags = facts.fixed_tags();
        facts.tagged = facts.tagged();
        facts.default_alternatives = facts.default_alternatives();
        facts
    }

    fn without_files(joined: &'d Joined<'t>) -> Self {
        let document = &joined.document;
        let mut facts = Self {
            document,
            nullable: &joined.nullable,
            known_parts: &joined.known_parts,
            files: operation::file::Files::default(),
            private_bodies: operation::body::private_bodies(document),
            described: operation::by_route(document),
            usual_credentials: operation::security::usual_credentials(document),
            owners: schema::owners::owners(document, &joined.known_parts),
            bases: Bases::of(document),
            fixed_tags: HashMap::new(),
            tagged: HashSet::new(),
            default_alternatives: HashSet::new(),
            shared: Shared::new(),
        };
        facts.shared = facts.shared();
        facts
    }
}

/// The names that are taken.
pub(super) struct Names {
    /// Names of the types under `types/`.
    pub types: Scope,
    /// Names of the files under `types/`.
    pub files: Scope,
    /// Names of the types of each resource's file.
    pub resources: HashMap<Ident, Scope>,
    /// The names of the types of inline schemas.
    pub inline: HashSet<String>,
    /// The locations whose numbered names were reported.
    pub numbered: HashSet<Span>,
}

impl Names {
    pub(super) fn new() -> Self {
        Self {
            types: Scope::pascal(&[]),
            files: Scope::modules(),
            resources: HashMap::new(),
            inline: HashSet::new(),
            numbered: HashSet::new(),
        }
    }
}
