//! Decides which types derive a trait: those whose parts all implement it.

use std::fmt::Write as _;

use hashbrown::HashMap;

use super::{Api, Field, Kind, OwnType, Presence, Record, Shape, Type, TypeId};

/// A trait that types should derive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Derive {
    /// A trait of the standard library. A type derives it if all its parts implement it.
    Standard(Trait),
    /// The path of a macro of another crate, which every type derives.
    Path(String),
}

/// A trait of the standard library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trait {
    /// `Eq`
    Eq,
    /// `Hash`
    Hash,
    /// `Ord`, with `PartialOrd`.
    Ord,
    /// `Default`
    Default,
}

impl Trait {
    pub(crate) const ALL: [Self; 4] = [Self::Eq, Self::Hash, Self::Ord, Self::Default];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Eq => "Eq",
            Self::Hash => "Hash",
            Self::Ord => "Ord",
            Self::Default => "Default",
        }
    }
}

/// The known traits of types of other crates, by the paths of the types.
pub(crate) type OwnTraits = HashMap<String, Vec<Trait>>;

/// Decides what each type derives. Returns a report with a line for each trait: how many types derive it, and the
/// reason why one of them does not.
pub(crate) fn derive(api: &mut Api, wanted: &[Derive], own: &OwnTraits) -> String {
    let mut report = String::new();
    for derive in wanted {
        match derive {
            Derive::Path(path) => {
                let types = api.types.iter_mut().filter(|ty| is_item(ty));
                types.for_each(|ty| ty.derives.push(path.clone()));
            }
            Derive::Standard(wanted) => report += &derive_standard(api, *wanted, own),
        }
    }
    report
}

/// Whether a type is an item that can derive.
fn is_item(ty: &Type) -> bool {
    !matches!(ty.kind, Kind::Alias(_))
}

fn derive_standard(api: &mut Api, wanted: Trait, own: &OwnTraits) -> String {
    let search = TraitSearch { wanted, own };
    let lacking = search.lacking(&api.types);
    let mut line = summary(api, wanted, &lacking);
    let types = api.types.iter_mut().zip(&lacking);
    for (ty, _) in types.filter(|(ty, lack)| is_item(ty) && lack.is_none()) {
        let names = match wanted {
            // `Ord` requires the other three.
            Trait::Ord => &["Eq", "PartialOrd", "Ord"][..],
            Trait::Default if ty.has_default() => &[],
            _ => &[wanted.name()],
        };
        let new = names.iter().filter(|name| !ty.has_derived(name));
        let new: Vec<String> = new.map(|name| (*name).to_owned()).collect();
        ty.derives.extend(new);
    }
    line.push('\n');
    line
}

/// `Eq: 41 of 53 types; Price.amount is an f64`
fn summary(api: &Api, wanted: Trait, lacking: &[Option<String>]) -> String {
    let items = api.types.iter().zip(lacking).filter(|(ty, _)| is_item(ty));
    let without = items.clone().filter(|(_, lack)| lack.is_some());
    let all = items.count();
    let count = all - without.clone().count();
    let mut line = format!(
        "{}: {}: {count} of {all} types",
        api.module.plain(),
        wanted.name()
    );
    // The reason of the first type that lacks the trait directly. Other types may lack it only because they contain
    // that type.
    if let Some((_, Some(reason))) = without
        .into_iter()
        .find(|(_, lack)| lack.as_ref().is_some_and(|reason| !reason.is_empty()))
    {
        let _ = write!(line, "; {reason}");
    }
    line
}

/// The search for the types that cannot derive a trait.
struct TraitSearch<'a> {
    wanted: Trait,
    own: &'a OwnTraits,
}

/// The reason why a type cannot derive the trait: a part that does not implement it.
struct Obstacle(String);

impl TraitSearch<'_> {
    /// For each type that lacks the trait the reason. The reason is empty if the type only contains another one that
    /// lacks it.
    fn lacking(&self, types: &[Type]) -> Vec<Option<String>> {
        let mut lacking: Vec<Option<String>> = vec![None; types.len()];
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
        let mut open = Vec::new();
        for (index, ty) in types.iter().enumerate() {
            match self.needs(ty) {
                Ok(parts) => {
                    for part in parts {
                        users[part.0 as usize].push(index);
                    }
                }
                Err(Obstacle(reason)) => {
                    lacking[index] = Some(format!("`{}` cannot: {reason}", ty.name.plain()));
                    open.push(index);
                }
            }
        }
        while let Some(index) = open.pop() {
            for &user in &users[index] {
                if lacking[user].is_none() {
                    lacking[user] = Some(String::new());
                    open.push(user);
                }
            }
        }
        lacking
    }

    /// The types that must have the trait so that this one can have it.
    fn needs(&self, ty: &Type) -> Result<Vec<TypeId>, Obstacle> {
        match &ty.kind {
            Kind::Record(_) if self.wanted == Trait::Default && ty.has_default() => Ok(Vec::new()),
            Kind::Record(record) => self.record(record),
            Kind::Enumeration(_) | Kind::Union(_) if self.wanted == Trait::Default => {
                Err(Obstacle("none of its variants comes first".to_owned()))
            }
            Kind::Enumeration(_) => Ok(Vec::new()),
            Kind::Union(union) => {
                let unknown = self.shape(&Shape::Json);
                unknown.map_err(|Obstacle(what)| part(union.unknown.plain(), &what))?;
                let mut needs = Vec::new();
                for one in &union.alternatives {
                    let found = self.shape(&one.shape);
                    needs.extend(found.map_err(|Obstacle(what)| part(one.name.plain(), &what))?);
                }
                Ok(needs)
            }
            Kind::Alias(shape) | Kind::Wrapper(shape) => self
                .shape(shape)
                .map_err(|Obstacle(what)| Obstacle(format!("it holds {what}"))),
        }
    }

    fn record(&self, record: &Record) -> Result<Vec<TypeId>, Obstacle> {
        let mut needs = Vec::new();
        for field in &record.fields {
            let found = self.field(field);
            needs.extend(found.map_err(|Obstacle(what)| part(field.name.plain(), &what))?);
        }
        if let Some(rest) = &record.rest {
            let map = match rest.shape {
                Shape::Json => Shape::JsonObject,
                ref values => Shape::Map(Box::new(values.clone())),
            };
            let found = self.shape(&map);
            needs.extend(found.map_err(|Obstacle(what)| part(rest.name.plain(), &what))?);
        }
        match &record.success_flag {
            Some(flag) if self.wanted != Trait::Default => {
                Err(part(flag.origin.plain(), "the response that it comes from"))
            }
            _ => Ok(needs),
        }
    }

    fn field(&self, field: &Field) -> Result<Vec<TypeId>, Obstacle> {
        if self.wanted == Trait::Default {
            return match field.presence {
                _ if field.constant.is_some() => Err(Obstacle("a constant".to_owned())),
                Presence::Required => self.shape(&field.shape),
                _ => Ok(Vec::new()),
            };
        }
        if self.wanted == Trait::Ord && field.presence == Presence::OptionalNullable {
            return Err(Obstacle("a `Nullable`".to_owned()));
        }
        self.shape(&field.shape)
    }

    fn shape(&self, shape: &Shape) -> Result<Vec<TypeId>, Obstacle> {
        let has = |traits: &[Trait], what: &str| {
            let obstacle = || Obstacle(format!("`{what}`"));
            traits
                .contains(&self.wanted)
                .then(Vec::new)
                .ok_or_else(obstacle)
        };
        match shape {
            Shape::Scalar(scalar) => {
                let (name, traits) = (scalar.name(), scalar.traits());
                has(traits, name)
            }
            Shape::Named(id) | Shape::Boxed(id) => Ok(vec![*id]),
            Shape::List(_) | Shape::Map(_) | Shape::Nullable(_)
                if self.wanted == Trait::Default =>
            {
                Ok(Vec::new())
            }
            Shape::Map(_) if self.wanted != Trait::Eq => has(&[], "Map"),
            Shape::List(inner) | Shape::Map(inner) | Shape::Nullable(inner) => self.shape(inner),
            Shape::Tuple(elements) => {
                let needs: Result<Vec<_>, Obstacle> =
                    elements.iter().map(|one| self.shape(one)).collect();
                Ok(needs?.concat())
            }
            Shape::Json => has(&[Trait::Eq, Trait::Hash, Trait::Default], "Json"),
            Shape::JsonObject => has(&[Trait::Eq, Trait::Hash, Trait::Default], "JsonObject"),
            Shape::Own(own) => has(&self.of_own(own), own.path.trim_start_matches("::")),
        }
    }

    /// The known traits of a type of another crate.
    fn of_own(&self, own: &OwnType) -> Vec<Trait> {
        let listed = self.own.get(&own.path).into_iter().flatten();
        listed.chain(own.traits()).copied().collect()
    }
}

fn part(name: &str, what: &str) -> Obstacle {
    Obstacle(format!("`{name}` is {what}"))
}

impl Type {
    /// Whether it has a `Default` without deriving it. That is so for a record that is sent and has no required field.
    fn has_default(&self) -> bool {
        match &self.kind {
            Kind::Record(record) => {
                self.usage.written && !record.fields.iter().any(Field::is_argument)
            }
            _ => false,
        }
    }

    /// Whether it already derives a trait.
    fn has_derived(&self, name: &str) -> bool {
        let always = matches!(self.kind, Kind::Enumeration(_)) && matches!(name, "Eq" | "Hash");
        always || self.derives.iter().any(|known| known == name)
    }
}
