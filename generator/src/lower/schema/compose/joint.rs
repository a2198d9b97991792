//! Joints: schemas that combine several parts of a schema which apply to one value.
//!
//! All parts of an `allOf` apply at once, at every depth. If two of them describe the same property, the same elements
//! or the same values of a map, a schema that is composed of both replaces them. It is composed like any other schema,
//! so deeper levels are joined as well.

use hashbrown::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Schema, SchemaId, SimpleType};
use crate::lower::code;
use crate::lower::schema::compose::implied::Implications;
use crate::lower::schema::compose::known_parts::KnownParts;
use crate::lower::schema::compose::meaning::fingerprint;
use crate::lower::schema::compose::nullable::Nullable;
use crate::lower::schema::compose::same::changes_nothing;
use crate::lower::schema::compose::unjoined::{Pair, Unjoined};
use crate::lower::schema::compose::{Contradicted, Contradiction, Parts};

/// The maximum number of schemas that are joined for one value. Only hostile descriptions exceed it.
const MOST_LEAVES: usize = 16;

/// Makes every joint that the schemas of a document need, and reports the parts that contradict each other. Returns
/// which schemas, including the joints, allow null, and the cached parts.
pub(crate) fn join<'t>(
    document: &mut Document<'t>,
    diagnostics: &mut Diagnostics,
) -> (Nullable, KnownParts<'t>) {
    let mut joints = Joints {
        known_parts: KnownParts::default(),
        nullable: Nullable::of(document),
        known: HashMap::new(),
        described: document.schemas.len(),
        tried: HashSet::new(),
        reported: HashSet::new(),
        is_cut: false,
    };
    // The joints come last, and can need further joints.
    let mut next = 0;
    while next < document.schemas.len() {
        joints.of(document, SchemaId::at(next), diagnostics);
        next += 1;
    }
    joints.known_parts.are_joined = true;
    (joints.nullable, joints.known_parts)
}

struct Joints<'t> {
    known_parts: KnownParts<'t>,
    nullable: Nullable,
    /// The joints by the schemas that they combine.
    known: HashMap<Vec<SchemaId>, SchemaId>,
    /// How many schemas the description itself has.
    described: usize,
    /// The joints with alternatives. An alternative that contradicts the base is not a mistake.
    tried: HashSet<SchemaId>,
    reported: HashSet<(crate::source::Span, crate::source::Span)>,
    /// Whether the current schema exceeds the maximum number of joined schemas.
    is_cut: bool,
}

impl<'t> Joints<'t> {
    /// Makes the joints of one schema: its own, and those with each of its alternatives.
    fn of(&mut self, document: &mut Document<'t>, id: SchemaId, diagnostics: &mut Diagnostics) {
        if !is_composed(document.schema(id)) {
            return;
        }
        self.is_cut = false;
        // A joint can be joined again with a third part.
        loop {
            let wanted = self.wanted(document, id);
            let done = wanted.own.is_empty() && wanted.tried.iter().all(Vec::is_empty);
            let has_room = self.has_room(document);
            if done || !has_room {
                self.is_cut |= !done;
                self.report(id, wanted.contradictions, diagnostics);
                self.report_cut(document, id, diagnostics);
                return;
            }
            for joint in self.join_all(document, &wanted.own) {
                if self.tried.contains(&id) {
                    self.tried.insert(joint);
                } else {
                    self.tried.remove(&joint);
                }
            }
            for pairs in wanted.tried {
                let before = document.schemas.len();
                let joints = self.join_all(document, &pairs);
                let made = joints
                    .into_iter()
                    .filter(|joint| joint.0 as usize >= before);
                self.tried.extend(made);
            }
        }
    }

    fn wanted(&self, document: &Document<'t>, id: SchemaId) -> Wanted {
        let parts = self.known_parts.of(document, id);
        let branches = parts.unions.iter().filter(|_| parts.has_properties());
        let branches = branches.flat_map(|union| &union.branches);
        let met = branches.filter(|&&branch| parts.meet(&self.known_parts.of(document, branch)));
        let tried = met.map(|&branch| {
            let mut base = Parts::clone(&parts);
            base.unjoined = Unjoined::default();
            base.with(document, branch).unjoined.pairs
        });
        Wanted {
            own: parts.unjoined.pairs.clone(),
            tried: tried.collect(),
            contradictions: parts.contradictions().cloned().collect(),
        }
    }

    fn report(
        &mut self,
        id: SchemaId,
        contradictions: Vec<Contradiction>,
        diagnostics: &mut Diagnostics,
    ) {
        for found in contradictions {
            if !self.tried.contains(&id) && self.reported.insert(found.places) {
                diagnostics.push(report(&found));
            }
        }
    }

    fn report_cut(&self, document: &Document<'t>, id: SchemaId, diagnostics: &mut Diagnostics) {
        if let Some(place) = document.schema(id).mark.filter(|_| self.is_cut) {
            let message = "too many parts of this schema describe the same value";
            let diagnostic = Diagnostic::warning(code::KEYWORD_IGNORED, message);
            diagnostics.push(
                diagnostic
                    .at(
                        place,
                        format!("more than {MOST_LEAVES} parts describe one value"),
                    )
                    .note("only the later ones count")
                    .help("describe the value once"),
            );
        }
    }

    /// Whether another joint may be made. A hostile description can need ever more of them; beyond the limit the later
    /// part is used alone.
    fn has_room(&self, document: &Document<'t>) -> bool {
        document.schemas.len() < self.described.saturating_mul(3).saturating_add(1000)
    }

    /// Joins pairs in their order, because a pair can contain the joint of an earlier pair.
    fn join_all(&mut self, document: &mut Document<'t>, pairs: &[Pair]) -> Vec<SchemaId> {
        let mut joints: Vec<SchemaId> = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let known = pair.after.and_then(|at| joints.get(at).copied());
            joints.push(self.join(document, known.unwrap_or(pair.known), pair.later));
        }
        joints
    }

    fn join(&mut self, document: &mut Document<'t>, known: SchemaId, later: SchemaId) -> SchemaId {
        if let Some(joint) = document.joints.get(&(known, later)) {
            return *joint;
        }
        let joint = self.joint(document, known, later);
        document.joints.insert((known, later), joint);
        joint
    }

    fn joint(&mut self, document: &mut Document<'t>, known: SchemaId, later: SchemaId) -> SchemaId {
        if says_the_same(document, known, later) {
            return later;
        }
        let mut leaves: Vec<SchemaId> = Vec::new();
        for id in [known, later] {
            let own = [id];
            let of = document.leaves.get(&id).map_or(&own[..], |leaves| leaves);
            for leaf in of {
                if !leaves.contains(leaf) {
                    leaves.push(*leaf);
                }
            }
        }
        if leaves.len() > MOST_LEAVES {
            self.is_cut = true;
            return later;
        }
        if let Some(joint) = self.known.get(&leaves) {
            return *joint;
        }
        let joint = SchemaId::at(document.schemas.len());
        let implications = Implications {
            document,
            known_parts: &self.known_parts,
            nullable: &self.nullable,
        };
        let schema = joined(document, &leaves, implications.narrowest(&leaves));
        document.schemas.push(schema);
        document.leaves.insert(joint, leaves.clone());
        self.nullable.add(document, joint);
        self.known.insert(leaves, joint);
        joint
    }
}

/// Whether a schema may need joints. A schema that is only a reference uses those of its target.
fn is_composed(schema: &Schema<'_>) -> bool {
    let parts = !schema.all_of.is_empty()
        || schema.reference.is_some()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty();
    parts && schema.bare_reference().is_none()
}

/// The remaining work for a schema.
struct Wanted {
    /// The pairs to be joined for the schema itself.
    own: Vec<Pair>,
    /// The pairs to be joined for the schema with each of its alternatives.
    tried: Vec<Vec<Pair>>,
    contradictions: Vec<Contradiction>,
}

/// Whether two schemas have the same content, regardless of its location.
fn says_the_same(document: &Document<'_>, a: SchemaId, b: SchemaId) -> bool {
    match (document.schema(a).node, document.schema(b).node) {
        (Some(a), Some(b)) => fingerprint(a) == fingerprint(b),
        _ => false,
    }
}

/// A schema that is composed of others. Its description is that of the last one that has any.
fn joined<'t>(document: &Document<'t>, leaves: &[SchemaId], all_of: Vec<SchemaId>) -> Schema<'t> {
    let mut joint = Schema {
        all_of,
        ..Schema::default()
    };
    for leaf in leaves {
        let leaf = document.schema(*leaf);
        if !changes_nothing(leaf) {
            // The example of a wider part may not fit the narrower one.
            joint.default = None;
            joint.examples.clear();
        }
        joint.mark = leaf.mark.or(joint.mark);
        joint.title = leaf.title.or(joint.title);
        joint.description = leaf.description.or(joint.description);
        joint.default = leaf.default.or(joint.default);
        if !leaf.examples.is_empty() {
            joint.examples.clone_from(&leaf.examples);
        }
        joint.read_only |= leaf.read_only;
        joint.write_only |= leaf.write_only;
        joint.deprecated |= leaf.deprecated;
        joint.content_media_type = leaf.content_media_type.or(joint.content_media_type);
        joint.content_schema = leaf.content_schema.or(joint.content_schema);
        joint.rust_name = leaf.rust_name.or(joint.rust_name);
        if !leaf.former_names.is_empty() {
            joint.former_names.clone_from(&leaf.former_names);
        }
    }
    joint
}

fn report(found: &Contradiction) -> Diagnostic {
    let (earlier, later) = found.places;
    match &found.of {
        Contradicted::Types(known, own) => {
            let (known, own) = (words(known), words(own));
            let message = format!("a value cannot be both {known} and {own}");
            Diagnostic::warning(code::NEVER_FITS, message)
                .strict()
                .at(later, format!("{own} here"))
                .also(earlier, format!("{known} here"))
                .note("all parts of a schema hold at once; any JSON is accepted instead")
        }
        Contradicted::ValuesOfTypes(types) => {
            let types = words(types);
            let message = format!("none of the allowed values is {types}");
            Diagnostic::warning(code::NEVER_FITS, message)
                .strict()
                .at(later, "contradicts the other part")
                .also(earlier, "the other part")
                .note("all parts of a schema hold at once; the values are ignored")
        }
        Contradicted::Formats => {
            let message = "a string cannot have both formats";
            Diagnostic::warning(code::NEVER_FITS, message)
                .strict()
                .at(later, "another format here")
                .also(earlier, "one format here")
                .note("all parts of a schema hold at once; any string is accepted instead")
        }
        Contradicted::Limits(known, own) => {
            let message = format!("no value is within both limits: `{known}` and `{own}`");
            Diagnostic::warning(code::NEVER_FITS, message)
                .at(later, format!("`{own}` here"))
                .also(earlier, format!("`{known}` here"))
                .note("all parts of a schema hold at once")
        }
        Contradicted::ValuesOutside(keyword) => {
            let message = format!("none of the allowed values is within `{keyword}`");
            Diagnostic::warning(code::NEVER_FITS, message)
                .at(later, format!("`{keyword}` here"))
                .also(earlier, "the values")
                .note("all parts of a schema hold at once")
        }
        Contradicted::Property(name) => {
            let message = format!("this part does not allow the property `{name}` of another part");
            Diagnostic::warning(code::NEVER_FITS, message)
                .at(later, "allows the properties of its own schema only")
                .also(earlier, "not one of them")
                .note("all parts of a schema hold at once; the properties of all parts are used")
                .help("remove it, or write `unevaluatedProperties: false` beside `allOf` (OpenAPI 3.1)")
        }
        Contradicted::Values | Contradicted::Texts => {
            let message = "these parts of a schema have no value in common";
            Diagnostic::warning(code::NEVER_FITS, message)
                .strict()
                .at(later, "none of these values")
                .also(earlier, "is one of these")
                .note("all parts of a schema hold at once; the later values are used")
        }
    }
}

/// Types as a message names them: `a string or null`.
fn words(types: &[SimpleType]) -> String {
    let words = types.iter().map(|simple| simple.noun());
    words.collect::<Vec<_>>().join(" or ")
}
