//! Inline schemas that several operations share. Their types are named after what the operations have in common, not
//! after the first operation.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use crate::document::{Operation, SchemaId};
use crate::lower::Facts;
use crate::lower::operation::output::part_name;
use crate::lower::operation::resource::group_text;
use crate::lower::schema::{makes_type, needs_no_type};
use crate::lower::spot::{SchemaPath, Spot};
use crate::model::Home;
use crate::name::{generic, pascal, singular, snake};

/// Names that are too general without the name of their holder.
const GENERIC: &[&str] = &[
    "accepted", "body", "created", "data", "event", "item", "line", "object", "request",
    "response", "result", "value",
];

/// The maximum number of properties that a type is tried to be named after.
const MOST_PROPERTIES: usize = 4;

/// The hash of a schema's content.
type Content = (u64, u64);

/// The inline schemas that several operations share, by their content.
pub(crate) type Shared = HashMap<Content, Common>;

/// What the operations that share an inline schema have in common.
pub(crate) struct Common {
    /// The last parts of its path that are the same in all of them.
    path: Vec<Arc<str>>,
    /// The resource of all of them, if it is one.
    resource: Option<String>,
    /// The first operation.
    first: usize,
}

impl<'t> Facts<'_, 't> {
    /// Finds the inline schemas that several operations share.
    pub(crate) fn shared(&self) -> Shared {
        let mut commons: Shared = HashMap::new();
        let mut known: HashMap<SchemaId, Option<Content>> = HashMap::new();
        let mut several = HashSet::new();
        for (index, operation) in self.document.operations().enumerate() {
            let resource = snake(&group_text(operation).0);
            for (id, path) in self.inline_schemas(operation) {
                let content = *known.entry(id).or_insert_with(|| self.content_hash(id));
                let Some(content) = content else { continue };
                let common = commons.entry(content).or_insert_with(|| Common {
                    path: path.clone(),
                    resource: Some(resource.clone()),
                    first: index,
                });
                let same = common.path.iter().rev().zip(path.iter().rev());
                let same = same.take_while(|(one, other)| one == other).count();
                common.path.drain(..common.path.len() - same);
                common.resource.take_if(|one| *one != resource);
                if common.first != index {
                    several.insert(content);
                }
            }
        }
        commons.retain(|content, _| several.contains(content));
        commons
    }

    /// The inline schemas of an operation that may need a type, each once, with its path.
    fn inline_schemas(&self, operation: &Operation<'t>) -> Vec<(SchemaId, Vec<Arc<str>>)> {
        let mut open: Vec<(SchemaId, SchemaPath)> = Vec::new();
        let start = SchemaPath::default();
        let may_need = |id: &SchemaId| !needs_no_type(self.document, *id);
        for parameter in &operation.parameters {
            let content = parameter.content.as_deref().and_then(|media| media.schema);
            let schemas = parameter.schema.into_iter().chain(content);
            let schemas = schemas.filter(may_need);
            open.extend(schemas.map(|id| (id, start.child(parameter.name.text))));
        }
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let bodies = bodies.map(|media| (media, start.child("request")));
        let responses = operation.responses.iter();
        let responses = responses.flat_map(|response| {
            let path = start.child(&part_name(response.status));
            response
                .content
                .iter()
                .map(move |media| (media, path.clone()))
        });
        for (media, path) in bodies.chain(responses) {
            let schemas = media.schema.into_iter().chain(media.item_schema);
            open.extend(schemas.map(|id| (id, path.clone())));
        }
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        while let Some((id, path)) = open.pop() {
            let schema = self.document.schema(id);
            let is_private = self.private_bodies.contains(&id);
            if (schema.component.is_some() && !is_private) || !seen.insert(id) {
                continue;
            }
            let properties = schema.properties.iter();
            let properties = properties.filter(|(_, id)| may_need(id));
            open.extend(properties.map(|(key, id)| (*id, path.child(key.text))));
            let items = schema.items.filter(may_need);
            open.extend(items.map(|id| (id, path.element())));
            let values = schema.additional_schema.filter(may_need);
            open.extend(values.map(|id| (id, path.value())));
            let same = schema.reference.map(|(id, _)| id).into_iter();
            open.extend(
                same.chain(schema.all_of.iter().copied())
                    .map(|id| (id, path.clone())),
            );
            // The name of an alternative depends on the other alternatives, not on its path.
            let branches = schema
                .one_of
                .iter()
                .chain(&schema.any_of)
                .chain(&schema.prefix_items);
            open.extend(branches.map(|&id| (id, start.clone())));
            if makes_type(schema) {
                found.push((id, path.into_parts()));
            }
        }
        found
    }

    /// The names for a type that several operations share, the best one first; `None` for any other type.
    pub(crate) fn shared_names(&self, id: SchemaId, spot: &Spot) -> Option<Vec<String>> {
        let (own, above) = spot.in_operation()?.split_last()?;
        let Home::Resource(module) = spot.home() else {
            return None;
        };
        // Schemas with the same content can contain files in one operation and strings in another.
        let content = (!self.files.is_near(id)).then(|| self.content_hash(id))??;
        let common = self.shared.get(&content)?;
        let own = match above {
            [error] if **error == *"error" && !own.ends_with("Error") => format!("{own} error"),
            _ => own.to_string(),
        };
        let within = format!("{} {own}", singular(module.plain()));
        // Operations of several resources do not have the name of one of them in common.
        let is_of_one = common.resource.is_some();
        let resource = if is_of_one {
            singular(module.plain())
        } else {
            String::new()
        };
        if !is_generic(&own) {
            return Some(vec![own, within]);
        }
        // Further parts of the path are added up to the first part that is specific enough.
        let specific = common.path.iter().rposition(|part| !is_generic(part));
        let by_path = specific.map(|from| common.path[from..].join(" "));
        let head = if is_of_one {
            pascal(&resource)
        } else {
            String::new()
        };
        let by_content = self.held(id).into_iter().map(|held| {
            let (name, ending) = (pascal(&held.text), pascal(&own));
            let ending = match name.ends_with(&ending) {
                true if held.is_all => "",
                true => "Envelope",
                false => &ending,
            };
            let head = if name.starts_with(&head) { "" } else { &head };
            format!("{head}{name}{ending}")
        });
        let by_path = by_path
            .into_iter()
            .flat_map(|path| [path.clone(), format!("{resource} {path}")]);
        let by_property = self.own_properties(id);
        let by_property = by_property.map(|name| format!("{resource} {name} {own}"));
        // Only the first resource is left if the schema says nothing.
        let (within, last) = if is_of_one {
            (Some(within), None)
        } else {
            (None, Some(within))
        };
        Some(
            by_path
                .chain(by_content)
                .chain(within)
                .chain(by_property)
                .chain(last)
                .collect(),
        )
    }

    /// Names for an object, an array or a union, the best one first: the property with a type of its own, the component
    /// of the schema or of its elements, the words at the end of the names of all alternatives.
    fn held(&self, id: SchemaId) -> Vec<Held> {
        let parts = self.parts(id);
        let list = |items: SchemaId| Some(format!("{} list", self.component_name(items)?));
        if let Some(items) = parts.items {
            return list(items).map(Held::part).into_iter().collect();
        }
        if let Some(union) = parts.unions.first() {
            let names = union
                .branches
                .iter()
                .map(|&branch| self.component_name(branch));
            let names: Option<Vec<String>> = names.collect();
            let text = names
                .map(|names| common_ending(&names))
                .filter(|text| !text.is_empty());
            let all = text.map(|text| Held { text, is_all: true });
            return all.into_iter().collect();
        }
        let mut properties = parts.telling_properties();
        // A general word is the name of what an envelope is for: `data`, `result`.
        properties.sort_by_key(|(key, _)| !is_generic(key.text));
        for (key, property) in properties {
            let inner = self.parts(property);
            let of = self.component_name(property);
            let of = of.or_else(|| inner.items.and_then(list));
            let holds = of.is_some() || inner.items.is_some() || inner.has_properties();
            let name = (!is_generic(key.text)).then(|| key.text.to_string());
            let words: Vec<Held> = name.into_iter().chain(of).map(Held::part).collect();
            if holds && !words.is_empty() {
                return words;
            }
        }
        Vec::new()
    }

    /// The names of properties that a type can be named after.
    fn own_properties(&self, id: SchemaId) -> impl Iterator<Item = &'t str> + use<'t> {
        let properties = self.parts(id).telling_properties().into_iter();
        let names = properties.map(|(key, _)| key.text);
        names.filter(|name| !is_generic(name)).take(MOST_PROPERTIES)
    }

    /// The name of the component that a schema is or refers to.
    fn component_name(&self, id: SchemaId) -> Option<String> {
        let name = self.document.schema(self.target(id)).component?;
        Some(generic(name))
    }
}

/// A name derived from the content of a schema.
struct Held {
    text: String,
    /// Whether the name describes the whole schema, not only a part of it.
    is_all: bool,
}

impl Held {
    fn part(text: String) -> Self {
        Self {
            text,
            is_all: false,
        }
    }
}

/// The common words at the end of all names.
fn common_ending(names: &[String]) -> String {
    let words: Vec<String> = names.iter().map(|name| snake(name)).collect();
    let ends: Vec<Vec<&str>> = words
        .iter()
        .map(|name| name.rsplit('_').collect())
        .collect();
    let first = ends.first().map(Vec::as_slice).unwrap_or_default();
    let same = |at: &usize| ends.iter().all(|end| end.get(*at) == first.get(*at));
    let count = (0..first.len()).take_while(same).count();
    let common: Vec<&str> = first[..count].iter().rev().copied().collect();
    common.join(" ")
}

fn is_generic(name: &str) -> bool {
    GENERIC.contains(&&*name.to_lowercase())
}
