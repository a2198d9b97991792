//! Inline schemas that several operations have in common: their types are named after what they have in common, and
//! not after the operation that comes first.

use std::collections::{HashMap, HashSet};

use super::Lowerer;
use super::schema::makes_type;
use super::spot::Spot;
use crate::document::{Operation, SchemaId};
use crate::model::Home;
use crate::name::singular;

/// Names that say nothing without what they are part of.
const GENERIC: &[&str] = &[
    "accepted", "body", "created", "data", "event", "item", "line", "object", "request",
    "response", "result", "value",
];

/// What a schema says, as a hash.
type Content = (u64, u64);

impl<'t> Lowerer<'_, 't> {
    /// What the inline schemas that several operations have in common say.
    pub(super) fn shared(&self) -> HashSet<Content> {
        let mut owners: HashMap<Content, usize> = HashMap::new();
        let mut known: HashMap<SchemaId, Option<Content>> = HashMap::new();
        let mut shared = HashSet::new();
        let paths = self.document.paths.iter();
        for (index, operation) in paths.flat_map(|path| &path.operations).enumerate() {
            for id in self.inline_schemas(operation) {
                let content = *known.entry(id).or_insert_with(|| self.content_hash(id));
                let Some(content) = content else { continue };
                if *owners.entry(content).or_insert(index) != index {
                    shared.insert(content);
                }
            }
        }
        shared
    }

    /// The inline schemas of an operation that may need a type, each once.
    fn inline_schemas(&self, operation: &Operation<'t>) -> Vec<SchemaId> {
        let parameters = operation.parameters.iter();
        let mut open: Vec<SchemaId> = parameters.clone().filter_map(|p| p.schema).collect();
        let contents = parameters.filter_map(|parameter| parameter.content.as_ref());
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let responses = operation.responses.iter().flat_map(|it| &it.content);
        for media in contents.chain(bodies).chain(responses) {
            open.extend(media.schema.into_iter().chain(media.item_schema));
        }
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        while let Some(id) = open.pop() {
            let schema = self.document.schema(id);
            if schema.component.is_some() || !seen.insert(id) {
                continue;
            }
            if makes_type(schema) {
                found.push(id);
            }
            let properties = schema.properties.iter().map(|&(_, id)| id);
            open.extend(properties.chain(schema.reference.map(|(id, _)| id)));
            open.extend(schema.items.into_iter().chain(schema.additional_schema));
            let branches = schema.all_of.iter().chain(&schema.one_of);
            open.extend(branches.chain(&schema.any_of).chain(&schema.prefix_items));
        }
        found
    }

    /// The names for a type that several operations have in common, the best one first; `None` for any other.
    pub(super) fn shared_names(&self, id: SchemaId, spot: &Spot) -> Option<Vec<String>> {
        let way = spot.in_operation()?;
        let (own, above) = way.split_last()?;
        let Home::Resource(resource) = spot.home() else {
            return None;
        };
        // What looks the same may hold files in one operation and strings in another.
        let alike = !self.files.is_near(id) && self.shared.contains(&self.content_hash(id)?);
        if !alike {
            return None;
        }
        let resource = singular(resource.plain());
        let own = match above {
            [error] if error == "error" && !own.ends_with("Error") => format!("{own} error"),
            _ => own.clone(),
        };
        let within = format!("{resource} {own}");
        Some(if GENERIC.contains(&own.to_lowercase().as_str()) {
            vec![within]
        } else {
            vec![own, within]
        })
    }
}
