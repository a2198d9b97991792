//! Bases: schemas with a discriminator that other schemas extend by `allOf`. A value of a base can be any of these
//! extensions, or the base itself if a discriminator names it.

use hashbrown::{HashMap, HashSet};

use crate::document::{Document, SchemaId};
use crate::lower::docs::schema_docs;
use crate::lower::numbered::OWN_NAME;
use crate::lower::schema::compose::DEEPEST;
use crate::lower::schema::union::variant::texts_of_values;
use crate::lower::spot::Spot;
use crate::lower::{Facts, Lowerer};
use crate::model::{Shape, TypeId};

/// The schemas that extend others, and the values that discriminators map to them.
pub(crate) struct Bases<'t> {
    /// The components that extend each schema with a discriminator, directly or through others, in the order of the
    /// description.
    extensions: HashMap<SchemaId, Vec<SchemaId>>,
    /// The bases of which each base is an extension.
    above: HashMap<SchemaId, Vec<SchemaId>>,
    /// The values of a property that any discriminator maps to each schema.
    mapped: HashMap<(SchemaId, &'t str), Vec<&'t str>>,
    /// The bases whose extensions exceed the maximum number of levels.
    cut: HashSet<SchemaId>,
}

impl<'t> Bases<'t> {
    pub(crate) fn of(document: &Document<'t>) -> Self {
        let named: Vec<SchemaId> = document.named_schemas().map(|(_, id)| id).collect();
        let positions = named.iter().enumerate().map(|(at, &id)| (id, at));
        let positions: HashMap<SchemaId, usize> = positions.collect();
        let users = users(document);
        let mut bases = Self {
            extensions: HashMap::new(),
            above: HashMap::new(),
            mapped: HashMap::new(),
            cut: HashSet::new(),
        };
        for (index, schema) in document.schemas.iter().enumerate() {
            let Some(discriminator) = &schema.discriminator else {
                continue;
            };
            for &(key, target) in &discriminator.mapping {
                let place = (
                    crate::lower::schema::compose::same::target(document, target),
                    discriminator.property.text,
                );
                bases.mapped.entry(place).or_default().push(&key.text);
            }
            let id = SchemaId::at(index);
            if schema.component.is_none() {
                continue;
            }
            let (mut extending, is_cut) = extending(document, &users, id);
            if is_cut {
                bases.cut.insert(id);
            }
            extending.sort_by_key(|id| positions.get(id).copied().unwrap_or(usize::MAX));
            for &child in &extending {
                if document.schema(child).discriminator.is_some() {
                    bases.above.entry(child).or_default().push(id);
                }
            }
            bases.extensions.insert(id, extending);
        }
        bases
    }

    /// Whether a base is an extension of another one.
    pub(crate) fn extends(&self, base: SchemaId, other: SchemaId) -> bool {
        let above = self.above.get(&base);
        above.is_some_and(|above| above.contains(&other))
    }

    /// Whether the extensions of a base exceed the maximum number of levels.
    pub(crate) fn is_cut(&self, base: SchemaId) -> bool {
        self.cut.contains(&base)
    }

    /// The values of a property that any discriminator maps to a schema.
    pub(crate) fn mapped(&self, id: SchemaId, property: &'t str) -> &[&'t str] {
        self.mapped.get(&(id, property)).map_or(&[], Vec::as_slice)
    }
}

/// The schemas that refer to each schema, and whether they do so by `allOf`.
fn users(document: &Document<'_>) -> Vec<Vec<(SchemaId, bool)>> {
    let mut users = vec![Vec::new(); document.schemas.len()];
    for (schema, index) in document.schemas.iter().zip(0..) {
        let user = SchemaId(index);
        for &part in &schema.all_of {
            users[part.0 as usize].push((user, true));
        }
        if let Some((target, _)) = schema.reference {
            users[target.0 as usize].push((user, false));
        }
    }
    users
}

/// The components that extend a base by `allOf`, and whether there are more below the maximum number of levels.
fn extending(
    document: &Document<'_>,
    users: &[Vec<(SchemaId, bool)>],
    base: SchemaId,
) -> (Vec<SchemaId>, bool) {
    let mut seen: HashSet<_> = HashSet::from([base]);
    let mut found = HashSet::new();
    let mut open = vec![base];
    for _ in 0..DEEPEST {
        for id in std::mem::take(&mut open) {
            for &(user, composes) in &users[id.0 as usize] {
                if composes && user != base && document.schema(user).component.is_some() {
                    found.insert(user);
                }
                if seen.insert(user) {
                    open.push(user);
                }
            }
        }
    }
    (found.into_iter().collect(), !open.is_empty())
}

impl Lowerer<'_, '_> {
    /// A base with a discriminator: a tagged union of the base and its extensions.
    pub(crate) fn base_union(
        &mut self,
        id: SchemaId,
        children: Vec<SchemaId>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        if self.facts.bases.is_cut(id) {
            let message = format!("this schema is extended over more than {DEEPEST} levels");
            self.cut(id, message);
        }
        let ty = self.type_for(id, spot, reserved);
        let discriminator = self.document.schema(id).discriminator.clone();
        let tag = discriminator.as_ref().map(|d| d.property.text);
        let (tag, tags) = self.tags_of(&children, tag, discriminator.as_deref(), id);
        let parts: Vec<_> = children.iter().map(|&child| self.parts(child)).collect();
        let texts = self.variant_texts(&children, &parts, tag);
        let mut list = Vec::new();
        for ((child, tags), text) in children.into_iter().zip(tags).zip(texts) {
            let variant = text.text;
            let shape = if self.is_same_base(id, child) {
                self.base_record(child, ty)
            } else {
                self.alternative_shape(child, &spot.child(&variant))
            };
            list.push((variant, shape, tags, child));
        }
        self.finish_union(ty, tag, discriminator.as_deref(), list)
    }

    /// A base as an alternative: a struct of its own properties.
    fn base_record(&mut self, id: SchemaId, union: TypeId) -> Shape {
        if let Some(known) = self.base_records.get(&id) {
            return known.clone();
        }
        let own = match self.known.get(&id).map(|known| &known.shape) {
            Some(&Shape::Named(ty)) => ty,
            _ => union,
        };
        let (name, home) = {
            let own = &self.types[own.0 as usize];
            (format!("{} base", own.name.plain()), own.home.clone())
        };
        let schema = self.document.schema(id);
        let name = self.claim_at(&home, &[&name], schema.mark, OWN_NAME);
        let spot = Spot::new(home.clone(), name.as_str());
        let docs = schema_docs(self.document, id, name.plain());
        let ty = self.push_type(name, home, schema.mark);
        self.types[ty.0 as usize].docs = docs;
        self.types[ty.0 as usize].deprecated = schema.deprecated;
        let shape = Shape::Named(ty);
        self.base_records.insert(id, shape.clone());
        let parts = self.parts(id);
        self.record(id, &parts, &spot, Some(ty));
        shape
    }
}

impl Facts<'_, '_> {
    /// The schemas of which a value of a base with a discriminator can be; `None` if the schema is not such a base.
    pub(crate) fn children_of_base(&self, id: SchemaId) -> Option<Vec<SchemaId>> {
        let schema = self.document.schema(id);
        let discriminator = schema.discriminator.as_ref()?;
        if schema.component.is_none() || !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return None;
        }
        let mapped = discriminator.mapping.iter().map(|&(_, target)| target);
        let extending = self
            .bases
            .extensions
            .get(&id)
            .into_iter()
            .flatten()
            .copied();
        let mut seen: HashSet<_> = HashSet::from([id]);
        let mut children: Vec<SchemaId> = mapped
            .chain(extending)
            .chain(discriminator.default)
            .filter(|&child| seen.insert(child))
            .collect();
        if !children.is_empty() && self.is_own_alternative(id) {
            children.insert(0, id);
        }
        (!children.is_empty()).then_some(children)
    }

    /// Whether a value of a base can be the base itself and not one of its extensions. It can if a discriminator or the
    /// values of the property name the base, or if the base extends another one, which names it as well.
    fn is_own_alternative(&self, id: SchemaId) -> bool {
        let schema = self.document.schema(id);
        let Some(discriminator) = &schema.discriminator else {
            return false;
        };
        let tag = discriminator.property.text;
        let parts = self.parts(id);
        if !parts.has_properties() || !parts.unions.is_empty() {
            return false;
        }
        let name = schema.component.unwrap_or_default();
        let is_listed = || {
            let property = parts.property(tag).map(|property| self.parts(property));
            let is_word = property.is_some_and(|parts| texts_of_values(&parts).has(name));
            let elsewhere = discriminator
                .mapping
                .iter()
                .any(|(key, _)| *key.text == *name);
            is_word && !elsewhere
        };
        !self.bases.mapped(id, tag).is_empty()
            || discriminator.default.map(|id| self.target(id)) == Some(id)
            || self.bases.above.contains_key(&id)
            || is_listed()
    }

    /// Whether an alternative of a base is itself a base with the same discriminator property, and all of its
    /// alternatives are also alternatives of the first base.
    fn is_same_base(&self, base: SchemaId, alternative: SchemaId) -> bool {
        let property = |id: SchemaId| {
            let discriminator = self.document.schema(id).discriminator.as_ref();
            discriminator.map(|discriminator| discriminator.property.text)
        };
        property(base) == property(alternative)
            && (base == alternative
                || (self.bases.extends(alternative, base) && self.is_own_alternative(alternative)))
    }
}
