//! The texts that the alternatives of a union are named after.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use crate::document::{SchemaId, SimpleType};
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::texts::Texts;
use crate::lower::schema::enumeration::{constants, value_text};
use crate::lower::{Facts, Lowerer};
use crate::model::{Constant, Kind, TypeId};
use crate::name::{Scope, generic, pascal};
use crate::source::{Node, Value};

/// The maximum length of a title that a variant is named after.
const LONGEST_TITLE: usize = 40;

/// The maximum number of `enum` values that a variant is named after.
const MOST_VALUES: usize = 3;

/// The maximum depth of nested `allOf` in which the title of an alternative is searched.
const DEEPEST_TITLE: usize = 4;

/// The text that a variant is named after.
pub(crate) struct VariantText {
    pub(crate) text: String,
    /// Whether the text differs from that of another variant only in a number.
    pub(crate) numbered: bool,
}

impl Lowerer<'_, '_> {
    /// Reports the alternatives of a union whose names differ only in a number.
    pub(crate) fn numbered_variants(
        &mut self,
        ty: TypeId,
        texts: &[VariantText],
        branches: &[SchemaId],
    ) {
        let Some(Kind::Union(union)) = &self.types[ty.0 as usize].kind else {
            return;
        };
        let names = union
            .alternatives
            .iter()
            .map(|one| one.name.plain().to_owned());
        let names: HashSet<String> = names.collect();
        let mut numbered = Vec::new();
        for (text, &branch) in texts.iter().zip(branches) {
            let name = pascal(&text.text);
            if text.numbered && names.contains(name.as_str()) {
                numbered.extend(self.document.schema(branch).mark.map(|span| (span, name)));
            }
        }
        let union = self.types[ty.0 as usize].name.clone();
        for (span, name) in numbered {
            let help = "give each alternative a `title`, or an `x-rust-name`";
            self.report_number(&format!("{union}::{name}"), "variant", Some(span), help);
        }
    }
}

impl<'t> Facts<'_, 't> {
    /// The texts that the variants of these alternatives are named after. All names are different.
    ///
    /// A component is named after its own name. Another alternative is named after its title or its tag value,
    /// otherwise after its type if no other alternative has that type, otherwise after something that only this
    /// alternative has.
    pub(crate) fn variant_texts(
        &self,
        branches: &[SchemaId],
        parts: &[Arc<Parts<'t>>],
        tag: Option<&str>,
    ) -> Vec<VariantText> {
        let (mut scope, _) = Scope::open_variants();
        let named: Vec<Option<String>> = branches.iter().map(|&b| self.own_name(b)).collect();
        let mut seen = HashSet::new();
        // A component that is listed twice has one name.
        let distinct = named.iter().flatten().filter(|name| seen.insert(*name));
        scope.claim_all(distinct.map(String::as_str));
        let with_parts = branches.iter().zip(parts);
        let own_texts: Vec<Vec<String>> = with_parts
            .clone()
            .map(|(&branch, parts)| self.own_texts(branch, parts, tag))
            .collect();
        let group = self.group(branches, parts, &named, &own_texts);
        let mut alike: HashMap<(u64, u64), String> = HashMap::new();
        let mut texts = Vec::new();
        for (((&branch, parts), named), own_texts) in with_parts.zip(&named).zip(own_texts) {
            let content = self.content_hash(branch).filter(|_| named.is_none());
            // An alternative that is listed twice counts once.
            let known = content.and_then(|content| alike.get(&content).cloned());
            if let Some(text) = named.clone().or(known) {
                texts.push(VariantText {
                    text,
                    numbered: false,
                });
                continue;
            }
            let own = self.distinct_text(branch, parts, own_texts, &group, &mut scope);
            alike.extend(content.map(|content| (content, own.text.clone())));
            texts.push(own);
        }
        texts
    }

    /// What the alternatives of a union have in common.
    fn group(
        &self,
        branches: &[SchemaId],
        parts: &[Arc<Parts<'t>>],
        named: &[Option<String>],
        own_texts: &[Vec<String>],
    ) -> Group {
        let mut group = Group::default();
        let mut seen = HashSet::new();
        for (((&branch, parts), named), own_texts) in
            branches.iter().zip(parts).zip(named).zip(own_texts)
        {
            if named.is_some() {
                for (key, _) in &parts.properties {
                    group.count(&Fact::property(key.text));
                }
                continue;
            }
            if self
                .content_hash(branch)
                .is_some_and(|content| !seen.insert(content))
            {
                continue;
            }
            if own_texts.is_empty() {
                *group
                    .types
                    .entry(self.type_text(branch, parts))
                    .or_default() += 1;
            }
            for fact in self.facts_of(parts) {
                group.count(&fact);
            }
        }
        group
    }

    /// The name of a component, or its `x-rust-name`.
    fn own_name(&self, branch: SchemaId) -> Option<String> {
        let own = self.document.schema(branch).rust_name;
        let target = self.document.schema(self.target(branch));
        let own = own.map(|name| name.text.to_owned());
        own.or_else(|| target.component.map(str::to_owned))
    }

    /// A name from the alternative itself: its title, its only value of the tag, or its only value.
    fn own_texts(&self, branch: SchemaId, parts: &Parts<'t>, tag: Option<&str>) -> Vec<String> {
        let short = |text: &String| text.len() <= LONGEST_TITLE;
        let title = self.title(branch).filter(short);
        // A list of all tag values that every alternative inherits is not searched for each alternative, which would be
        // quadratic.
        let has_many = |tag: &str| {
            let property = parts.property(tag).map(|property| self.parts(property));
            let values = property.as_ref().and_then(|parts| parts.values.as_ref());
            values.is_some_and(|values| values.len() > 2)
        };
        let values = match tag {
            Some(tag) if has_many(tag) => Vec::new(),
            tag => tag
                .and_then(|tag| self.property_words(parts, tag))
                .unwrap_or_else(|| texts_of_values(parts).words.clone()),
        };
        let value = <[String; 1]>::try_from(values).ok().map(|[value]| value);
        let speaks = |value: &String| {
            value.chars().any(char::is_alphabetic) && value.parse::<bool>().is_err()
        };
        let value = value.filter(|value| short(value) && speaks(value));
        title.into_iter().chain(value).collect()
    }

    /// The first unused text for an alternative, otherwise its type with a number.
    fn distinct_text(
        &self,
        branch: SchemaId,
        parts: &Parts<'t>,
        own_texts: Vec<String>,
        group: &Group,
        scope: &mut Scope,
    ) -> VariantText {
        let word = self.type_text(branch, parts);
        let mut texts = own_texts;
        if group.types.get(&word) == Some(&1) {
            texts.push(word.clone());
        }
        let facts = self.facts_of(parts);
        let (unique, shared): (Vec<_>, Vec<_>) =
            facts.into_iter().partition(|fact| group.is_unique(fact));
        let shared = shared.into_iter().filter(|fact| !fact.of_property);
        texts.extend(unique.into_iter().chain(shared).map(|fact| fact.text));
        texts.extend(self.title(branch).iter().flat_map(|title| ends(title)));
        texts.extend(value_with_type(parts));
        texts.push(word.clone());
        let mut texts = texts.into_iter().filter(|text| !text.is_empty());
        let free = texts.find(|text| scope.is_free(text));
        let numbered = free.is_none();
        let text = free.unwrap_or(word);
        let name = scope.claim(&text).plain().to_owned();
        VariantText {
            text: if numbered { name } else { text },
            numbered,
        }
    }

    /// The title of an alternative, or of an inline schema that it is composed of.
    fn title(&self, branch: SchemaId) -> Option<String> {
        let mut open = vec![branch];
        for _ in 0..DEEPEST_TITLE {
            let schemas = open.iter().map(|&id| self.document.schema(id));
            let mut titles = schemas.clone().filter_map(|schema| schema.title);
            if let Some(title) = titles.find(|title| title.chars().any(char::is_alphanumeric)) {
                return Some(title.to_owned());
            }
            let inner = schemas.flat_map(|schema| schema.all_of.iter().copied());
            open = inner
                .filter(|&id| self.document.schema(id).component.is_none())
                .collect();
        }
        None
    }

    /// The features that can distinguish an alternative from others of its type: values, a format, constants,
    /// properties, elements.
    fn facts_of(&self, parts: &Parts<'t>) -> Vec<Fact> {
        let mut facts = Vec::new();
        let values = &texts_of_values(parts).words;
        let joined = values.join(" or ");
        let speaks = joined.len() <= LONGEST_TITLE && joined.chars().any(char::is_alphabetic);
        if speaks && (1..=MOST_VALUES).contains(&values.len()) {
            facts.push(Fact::new("is", joined));
        }
        facts.extend(
            parts
                .format
                .map(|format| Fact::new("is", format.to_owned())),
        );
        let properties = parts.telling_properties();
        for &(key, property) in &properties {
            facts.extend(self.constants_in(key.text, property, 1));
        }
        facts.extend(properties.iter().map(|(key, _)| Fact::property(key.text)));
        let elements = parts.items.map(|items| (items, "list"));
        let values = parts.additional_schema.map(|values| (values, "map"));
        for (inner, noun) in elements.into_iter().chain(values) {
            facts.push(Fact::new(
                "is",
                format!("{} {noun}", self.named_or_typed(inner)),
            ));
        }
        for &(key, property) in &properties {
            let text = format!("{} {}", key.text, self.kind_text(property));
            facts.push(Fact {
                of_property: true,
                ..Fact::new("has", text)
            });
        }
        facts.extend(required_together(parts));
        facts
    }

    /// The texts that are the only value of a property, or of a property in its value.
    fn constants_in(&self, name: &str, property: SchemaId, depth: usize) -> Vec<Fact> {
        let parts = self.parts(property);
        if let [value] = &texts_of_values(&parts).words[..] {
            let words = value.replace(|c: char| !c.is_alphanumeric(), " ");
            let text = if value.len() <= LONGEST_TITLE {
                value.clone()
            } else {
                ends(&words)[1].clone()
            };
            let speaks = text.chars().any(char::is_alphabetic);
            let fact = Fact {
                of_property: true,
                ..Fact::new(name, text)
            };
            return speaks.then_some(fact).into_iter().collect();
        }
        let inner = parts.telling_properties().into_iter();
        let inner = inner.filter(|_| depth > 0).flat_map(|(key, property)| {
            self.constants_in(&format!("{name}.{}", key.text), property, depth - 1)
        });
        inner.collect()
    }

    /// The name of a schema's type, otherwise its kind.
    fn named_or_typed(&self, id: SchemaId) -> String {
        let named = self.own_name(id).or_else(|| self.title(id));
        let text = named.unwrap_or_else(|| self.type_text(id, &self.parts(id)));
        generic(&text)
    }

    /// The kind of a property's type: `Text`, `Object list`.
    fn kind_text(&self, id: SchemaId) -> String {
        match self.parts(id).items {
            Some(items) => format!("{} list", self.named_or_typed(items)),
            None => self.named_or_typed(id),
        }
    }

    /// The text for an alternative of which only the type is known.
    pub(crate) fn type_text(&self, branch: SchemaId, parts: &Parts<'t>) -> String {
        let word = match parts.simple_types()[..] {
            _ if self.files.has(self.target(branch)) => "File",
            [simple] => type_word(simple),
            [] if has_booleans(parts) => type_word(SimpleType::Boolean),
            _ => "Other",
        };
        word.to_owned()
    }
}

/// A property, value, format or element type of an alternative, which its variant can be named after.
struct Fact {
    /// The alternatives that it describes.
    of: String,
    text: String,
    /// Whether it is about a property. Then it names a variant only if no other alternative has it.
    of_property: bool,
}

impl Fact {
    fn new(of: &str, text: String) -> Self {
        Self {
            of: of.to_owned(),
            text,
            of_property: false,
        }
    }

    fn property(name: &str) -> Self {
        Self {
            of_property: true,
            ..Self::new("has", name.to_owned())
        }
    }
}

/// What the alternatives of a union have in common.
#[derive(Default)]
struct Group {
    /// For each type the number of alternatives that have nothing but the type to be named after.
    types: HashMap<String, usize>,
    /// The number of alternatives that have each fact.
    facts: HashMap<(String, String), usize>,
}

impl Group {
    fn count(&mut self, fact: &Fact) {
        let key = (fact.of.clone(), fact.text.clone());
        *self.facts.entry(key).or_default() += 1;
    }

    /// Whether exactly one alternative has this fact.
    fn is_unique(&self, fact: &Fact) -> bool {
        self.facts.get(&(fact.of.clone(), fact.text.clone())) == Some(&1)
    }
}

/// Whether all values of an alternative without a type are booleans.
fn has_booleans(parts: &Parts<'_>) -> bool {
    let is_boolean = |node: &&Node| matches!(node.value, Value::Bool(_));
    let values = parts.values.as_deref().unwrap_or_default();
    !values.is_empty() && values.iter().all(is_boolean)
}

/// The names of all required properties: `base64 and url`. They are sorted, so that alternatives that require the same
/// properties in another order have the same text, and none is named after it.
fn required_together(parts: &Parts<'_>) -> Option<Fact> {
    let properties = parts.properties.iter().map(|(key, _)| key.text);
    let mut required: Vec<&str> = properties.filter(|name| parts.requires(name)).collect();
    required.sort_unstable();
    let text = required.join(" and ");
    let is_short = !text.is_empty() && text.len() <= LONGEST_TITLE;
    is_short.then(|| Fact {
        of_property: true,
        ..Fact::new("requires", text)
    })
}

/// The type and the only value of an alternative whose value is no word: `Integer 1`, `Boolean true`.
fn value_with_type(parts: &Parts<'_>) -> Option<String> {
    let values = constants(parts)?;
    let [(_, value)] = &values[..] else {
        return None;
    };
    let simple = match value {
        Constant::String(_) => SimpleType::String,
        Constant::Bool(_) => SimpleType::Boolean,
        Constant::Integer(_) => SimpleType::Integer,
    };
    let text = value_text(value);
    (text.len() <= LONGEST_TITLE).then(|| format!("{} {text}", type_word(simple)))
}

/// The values of an enumeration, as texts.
pub(crate) fn texts_of_values<'p>(parts: &'p Parts<'_>) -> &'p Texts {
    parts.constant_texts.get_or_init(|| {
        let values = constants(parts).unwrap_or_default();
        Texts::of(values.iter().map(|(_, value)| value_text(value)))
    })
}

/// The first and the last words of a title that is too long for a name.
fn ends(title: &str) -> [String; 2] {
    let words: Vec<&str> = title.split_whitespace().collect();
    let first = fitting(words.iter());
    let last = fitting(words.iter().rev());
    [
        words[..first].join(" "),
        words[words.len() - last..].join(" "),
    ]
}

/// The number of these words that fit into a name.
fn fitting<'w>(words: impl Iterator<Item = &'w &'w str>) -> usize {
    let lengths = words.scan(0, |length, word| {
        *length += word.len();
        Some(*length)
    });
    lengths
        .take_while(|length| *length <= LONGEST_TITLE)
        .count()
}

/// The name of an alternative that is only known by its type.
pub(crate) fn type_word(simple: SimpleType) -> &'static str {
    match simple {
        SimpleType::Null => "Null",
        SimpleType::Boolean => "Boolean",
        SimpleType::Integer => "Integer",
        SimpleType::Number => "Number",
        SimpleType::String => "Text",
        SimpleType::Array => "List",
        SimpleType::Object => "Object",
    }
}
