//! Joints: what several parts of a schema say of one value, as a schema of its own.
//!
//! All parts of an `allOf` hold at once, at every depth. Where two of them describe the same property, the same elements
//! or the same values of a map, a schema that is composed of both takes their place. It is composed like any other, so
//! that whatever lies deeper is joined in turn.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Limits, Schema, SchemaId, SimpleType};
use crate::lower::code;
use crate::lower::schema::compose::nullable::Nullable;
use crate::lower::schema::compose::same::{changes_nothing, target};
use crate::lower::schema::compose::unjoined::Pair;
use crate::lower::schema::compose::{Contradicted, Contradiction, Parts};
use crate::lower::schema::{fingerprint, mean_the_same};

/// The most schemas that are joined for one value: no description says one thing more often, unless it is made to.
const MOST_LEAVES: usize = 16;

/// Makes every joint that the schemas of a document need, and reports the parts that contradict each other. Returns
/// which schemas allow null, the joints among them.
pub(crate) fn join(document: &mut Document<'_>, diagnostics: &mut Diagnostics) -> Nullable {
    let mut joints = Joints {
        nullable: Nullable::of(document),
        known: HashMap::new(),
        described: document.schemas.len(),
        tried: HashSet::new(),
        reported: HashSet::new(),
        is_cut: false,
    };
    // The joints themselves come last, and may need more of them.
    let mut next = 0;
    while next < document.schemas.len() {
        joints.of(document, id(next), diagnostics);
        next += 1;
    }
    joints.nullable
}

struct Joints {
    nullable: Nullable,
    /// The joints by the schemas that they are made of.
    known: HashMap<Vec<SchemaId>, SchemaId>,
    /// How many schemas the description itself has.
    described: usize,
    /// The joints with alternatives: one that a base rules out is no mistake.
    tried: HashSet<SchemaId>,
    reported: HashSet<(crate::source::Span, crate::source::Span)>,
    /// Whether the schema at hand says more of one value than is joined.
    is_cut: bool,
}

impl Joints {
    /// Makes the joints of one schema: its own, and those with each of its alternatives.
    fn of(&mut self, document: &mut Document<'_>, id: SchemaId, diagnostics: &mut Diagnostics) {
        if !is_composed(document.schema(id)) {
            return;
        }
        self.is_cut = false;
        // What is joined may be joined once more with a third part.
        loop {
            let wanted = Wanted::of(document, id);
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

    fn report_cut(&self, document: &Document<'_>, id: SchemaId, diagnostics: &mut Diagnostics) {
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

    /// Schemas that are made to need ever more joints are joined no further: the later part counts.
    fn has_room(&self, document: &Document<'_>) -> bool {
        document.schemas.len() < self.described.saturating_mul(3).saturating_add(1000)
    }

    /// Joins pairs in their order, since one may be joined with what an earlier one becomes.
    fn join_all(&mut self, document: &mut Document<'_>, pairs: &[Pair]) -> Vec<SchemaId> {
        let mut joints: Vec<SchemaId> = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let known = pair.after.and_then(|at| joints.get(at).copied());
            joints.push(self.join(document, known.unwrap_or(pair.known), pair.later));
        }
        joints
    }

    fn join(&mut self, document: &mut Document<'_>, known: SchemaId, later: SchemaId) -> SchemaId {
        if let Some(joint) = document.joints.get(&(known, later)) {
            return *joint;
        }
        let joint = self.joint(document, known, later);
        document.joints.insert((known, later), joint);
        joint
    }

    fn joint(&mut self, document: &mut Document<'_>, known: SchemaId, later: SchemaId) -> SchemaId {
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
        let joint = id(document.schemas.len());
        let schema = joined(document, &leaves, &self.nullable);
        document.schemas.push(schema);
        document.leaves.insert(joint, leaves.clone());
        self.nullable.add(document, joint);
        self.known.insert(leaves, joint);
        joint
    }
}

/// Whether a schema may need joints: one that is nothing but a reference has those of its target.
fn is_composed(schema: &Schema<'_>) -> bool {
    let parts = !schema.all_of.is_empty()
        || schema.reference.is_some()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty();
    parts && schema.bare_reference().is_none()
}

/// What is still to be done for a schema.
struct Wanted {
    /// The pairs to be joined for the schema itself.
    own: Vec<Pair>,
    /// The pairs to be joined for the schema with each of its alternatives.
    tried: Vec<Vec<Pair>>,
    contradictions: Vec<Contradiction>,
}

impl Wanted {
    fn of(document: &Document<'_>, id: SchemaId) -> Self {
        let mut parts = Parts::of(document, id);
        let own = std::mem::take(&mut parts.unjoined).pairs;
        let contradictions = std::mem::take(&mut parts.contradictions);
        let mut tried = Vec::new();
        for union in std::mem::take(&mut parts.unions) {
            if parts.has_members() {
                for branch in union.branches {
                    if parts.meet(&Parts::of(document, branch)) {
                        tried.push(parts.clone().with(document, branch).unjoined.pairs);
                    }
                }
            }
        }
        Self {
            own,
            tried,
            contradictions,
        }
    }
}

/// Whether two schemas have the same content, wherever it stands.
fn says_the_same(document: &Document<'_>, a: SchemaId, b: SchemaId) -> bool {
    match (document.schema(a).node, document.schema(b).node) {
        (Some(a), Some(b)) => fingerprint(a) == fingerprint(b),
        _ => false,
    }
}

/// A schema that is composed of others, and described by the last of them that says anything.
fn joined<'t>(document: &Document<'t>, leaves: &[SchemaId], nullable: &Nullable) -> Schema<'t> {
    let mut joint = Schema {
        all_of: narrowest(document, leaves, nullable),
        ..Schema::default()
    };
    for leaf in leaves {
        let leaf = document.schema(*leaf);
        if !changes_nothing(leaf) {
            // What was shown of a wider part may not fit the narrower one.
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
    }
    joint
}

/// The schemas without those that hold anyway where another one does.
fn narrowest(document: &Document<'_>, leaves: &[SchemaId], nullable: &Nullable) -> Vec<SchemaId> {
    let mut kept = leaves.to_vec();
    for leaf in leaves {
        let implied =
            |other: &SchemaId| other != leaf && implies(document, *other, *leaf, nullable);
        if !changes_nothing(document.schema(*leaf)) && kept.iter().any(implied) {
            kept.retain(|id| id != leaf);
        }
    }
    kept
}

/// Whether what fits the narrow schema fits the wide one: a base that it extends, alternatives of which it is one, or a
/// schema that says nothing that the narrow one does not.
fn implies(document: &Document<'_>, narrow: SchemaId, wide: SchemaId, nullable: &Nullable) -> bool {
    if nullable.has(narrow) && !nullable.has(wide) {
        return false;
    }
    let parts = Parts::without_alternatives(document, narrow);
    let wide = target(document, wide);
    if document.schema(wide).component.is_some() && parts.has(wide) {
        return true;
    }
    let of_wide = Parts::of(document, wide);
    if of_wide.unions.is_empty() {
        return says_no_more(document, &of_wide, &parts);
    }
    !of_wide.has_members() && is_among(document, narrow, &parts, &of_wide)
}

/// Whether a schema, or each of its own alternatives, is among the alternatives of others.
fn is_among(document: &Document<'_>, id: SchemaId, parts: &Parts<'_>, others: &Parts<'_>) -> bool {
    let alternatives = || others.unions.iter().flat_map(|union| &union.branches);
    let narrow = target(document, id);
    let is_one = |&branch: &SchemaId| {
        let branch = target(document, branch);
        branch == narrow || parts.has(branch)
    };
    if alternatives().any(is_one) {
        return true;
    }
    let own = Parts::of(document, id).unions;
    if own.is_empty() {
        return false;
    }
    let others = alternatives().map(|&other| Parts::of(document, other));
    let others: Vec<Parts<'_>> = others.collect();
    let fits = |own: &SchemaId| {
        let own = Parts::of(document, *own);
        let mut others = others.iter();
        others.any(|other| says_no_more(document, other, &own))
    };
    own.iter().flat_map(|union| &union.branches).all(fits)
}

/// Whether the wide parts say nothing that the narrow ones do not say as well.
fn says_no_more(document: &Document<'_>, wide: &Parts<'_>, narrow: &Parts<'_>) -> bool {
    let same = |wide: SchemaId, narrow: SchemaId| {
        wide == narrow || is_any(document.schema(wide)) || mean_the_same(document, wide, narrow)
    };
    let simple = |wide: SchemaId, narrow: SchemaId| {
        let (wide, narrow) = (Parts::of(document, wide), Parts::of(document, narrow));
        is_simple(&wide) && narrows_type(&wide, &narrow)
    };
    let optional = |wide: Option<SchemaId>, narrow: Option<SchemaId>| {
        wide.is_none_or(|wide| {
            let fits = |narrow| same(wide, narrow) || simple(wide, narrow);
            is_any(document.schema(wide)) || narrow.is_some_and(fits)
        })
    };
    let has = |name: &str| narrow.property(name);
    wide.values.is_none()
        && (wide.limits == Limits::default() || wide.limits == narrow.limits)
        && wide.patterns.is_empty()
        && wide.prefix_items.is_empty()
        && wide.additional != Some(false)
        && narrows_type(wide, narrow)
        && optional(wide.additional_schema, narrow.additional_schema)
        && optional(wide.items, narrow.items)
        && wide.required.iter().all(|name| narrow.requires(name.text))
        && wide
            .properties
            .iter()
            .all(|(key, id)| has(&key.text).is_some_and(|own| same(*id, own) || simple(*id, own)))
}

/// Whether a schema takes any value.
fn is_any(schema: &Schema<'_>) -> bool {
    changes_nothing(schema) && schema.limits == Limits::default()
}

/// Whether parts are a scalar that can have any value.
fn is_simple(parts: &Parts<'_>) -> bool {
    use SimpleType::{Array, Object};
    parts.values.is_none()
        && parts.unions.is_empty()
        && !parts
            .simple_types()
            .iter()
            .any(|simple| matches!(simple, Array | Object))
}

fn narrows_type(wide: &Parts<'_>, narrow: &Parts<'_>) -> bool {
    let (allowed, own) = (wide.simple_types(), narrow.simple_types());
    let fits = || !own.is_empty() && own.iter().all(|simple| allowed.contains(simple));
    (allowed.is_empty() || fits())
        && (wide.format.is_none() || wide.format == narrow.format)
        && (!wide.base64 || narrow.base64)
}

fn report(found: &Contradiction) -> Diagnostic {
    let (earlier, later) = found.places;
    match &found.of {
        Contradicted::Types(known, own) => {
            let (known, own) = (words(known), words(own));
            let message = format!("a value cannot be both {known} and {own}");
            Diagnostic::warning(code::NEVER_FITS, message)
                .at(later, format!("{own} here"))
                .also(earlier, format!("{known} here"))
                .note("all parts of a schema hold at once; any JSON is accepted instead")
        }
        Contradicted::ValuesOfTypes(types) => {
            let types = words(types);
            let message = format!("none of the allowed values is {types}");
            Diagnostic::warning(code::NEVER_FITS, message)
                .at(later, "contradicts the other part")
                .also(earlier, "the other part")
                .note("all parts of a schema hold at once; the values are ignored")
        }
        Contradicted::Formats => {
            let message = "a string cannot have both formats";
            Diagnostic::warning(code::NEVER_FITS, message)
                .at(later, "another format here")
                .also(earlier, "one format here")
                .note("all parts of a schema hold at once; any string is accepted instead")
        }
        Contradicted::Values => {
            let message = "these parts of a schema have no value in common";
            Diagnostic::warning(code::NEVER_FITS, message)
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

fn id(index: usize) -> SchemaId {
    SchemaId(u32::try_from(index).unwrap_or(u32::MAX))
}
