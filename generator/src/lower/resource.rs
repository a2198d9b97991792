//! Tags group the operations into resources, and every operation gets its name there.

use std::collections::HashMap;

use super::check::placeholders;
use super::{Lowerer, code, reserved};
use crate::diagnostic::Diagnostic;
use crate::document::{Operation, Tag};
use crate::model::{Docs, Resource};
use crate::name::{Ident, Scope, singular, snake};

/// The operations of one resource, before they are lowered.
struct Group<'d, 't> {
    /// The tag, or the path segment that stands in for it.
    text: String,
    operations: Vec<&'d Operation<'t>>,
}

impl<'d, 't> Lowerer<'d, 't> {
    /// Every operation of the description in its resource, sorted by module.
    pub(super) fn resources(&mut self) -> Vec<Resource> {
        self.check_operation_ids();
        let mut modules = Scope::modules().without(reserved::CLIENT);
        let tags = self.document.tags.iter();
        let tags: HashMap<&str, &Tag<'t>> = tags.map(|tag| (tag.name.text, tag)).collect();
        let mut resources: Vec<Resource> = self
            .groups()
            .into_iter()
            .map(|group| {
                let tag = tags.get(&*group.text).copied();
                self.resource(&group, tag, &mut modules)
            })
            .collect();
        resources.sort_by(|a, b| a.module.cmp(&b.module));
        resources
    }

    fn groups(&self) -> Vec<Group<'d, 't>> {
        let document = self.document;
        let mut groups: Vec<Group<'d, 't>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for operation in document.paths.iter().flat_map(|path| &path.operations) {
            let text = group_text(operation);
            let place = *places.entry(snake(&text)).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => group.operations.push(operation),
                None => groups.push(Group {
                    text,
                    operations: vec![operation],
                }),
            }
        }
        groups
    }

    fn resource(
        &mut self,
        group: &Group<'d, 't>,
        tag: Option<&Tag<'t>>,
        modules: &mut Scope,
    ) -> Resource {
        let wanted = tag
            .and_then(|tag| tag.rust_name)
            .map_or(&*group.text, |name| name.text);
        let module = modules.claim(wanted);
        let handle = self.claim_in(&module, &[wanted, &format!("{wanted} api")]);
        let mut methods = Scope::snake(reserved::HANDLE);
        // All of them have their names before any further form of a body asks for one.
        let operations = group.operations.iter();
        let names: Vec<Ident> = operations
            .map(|operation| operation_name(operation, &group.text, &mut methods))
            .collect();
        let mut operations = Vec::new();
        for (&operation, name) in group.operations.iter().zip(names) {
            operations.extend(self.operation(operation, &module, name, &mut methods));
        }
        Resource {
            module,
            handle,
            docs: tag_docs(tag),
            operations,
        }
    }

    /// Reports ids that stand at two operations.
    fn check_operation_ids(&mut self) {
        let document = self.document;
        let mut seen = HashMap::new();
        for operation in document.paths.iter().flat_map(|path| &path.operations) {
            let Some(id) = operation.id else { continue };
            if let Some(first) = seen.insert(id.text, id.span) {
                let message = format!("two operations have the id `{}`", id.text);
                let diagnostic = Diagnostic::warning(code::DUPLICATE_OPERATION_ID, message);
                self.diagnostics.push(
                    diagnostic
                        .at(id.span, "the second one")
                        .also(first, "the first one")
                        .note("the method of the second one gets a name with a number")
                        .help("give each operation an id of its own"),
                );
            }
        }
    }
}

fn tag_docs(tag: Option<&Tag<'_>>) -> Docs {
    Docs {
        summary: None,
        description: tag.and_then(|tag| tag.description).map(str::to_owned),
    }
}

/// The first tag, else the first segment of the path that says something.
fn group_text(operation: &Operation<'_>) -> String {
    if let Some(tag) = operation
        .tags
        .iter()
        .find(|tag| !tag.text.trim().is_empty())
    {
        return tag.text.to_owned();
    }
    telling_segments(&operation.path.text)
        .next()
        .unwrap_or("default")
        .to_owned()
}

/// The fixed segments of a path, without versions and `api`.
pub(super) fn telling_segments(path: &str) -> impl Iterator<Item = &str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.split('/').filter(|segment| {
        !segment.is_empty() && !segment.contains(['{', '}']) && !is_prefix(segment)
    })
}

/// Whether a segment is `api` or a version such as `v4`.
fn is_prefix(segment: &str) -> bool {
    let version = segment.strip_prefix(['v', 'V']).unwrap_or("-");
    segment.eq_ignore_ascii_case("api") || version.starts_with(|c: char| c.is_ascii_digit())
}

/// The method of an operation: what its id says beyond its route and the resource's name, else the whole id, else method
/// and path.
fn operation_name(operation: &Operation<'_>, group: &str, methods: &mut Scope) -> Ident {
    if let Some(name) = operation.rust_name {
        return methods.claim(name.text);
    }
    let Some(id) = operation
        .id
        .map(|id| id.text)
        .filter(|id| id.chars().any(char::is_alphanumeric))
    else {
        return methods.claim(&name_from_path(operation));
    };
    let said = without_route(id, operation);
    let said = said.as_deref().unwrap_or(id);
    match within_group(said, group) {
        Some(short) => methods.claim_first(&[&short, said, id]),
        None => methods.claim_first(&[said, id]),
    }
}

/// `add_page_v1_books__book_id__pages_post` of `POST /v1/books/{book_id}/pages` → `add_page`: `FastAPI` makes its ids of
/// a function, the path and the method. `None` where the id says something else, or nothing more.
fn without_route(id: &str, operation: &Operation<'_>) -> Option<String> {
    let said = words(id);
    let route = format!("{} {}", operation.path.text, operation.method);
    let rest = said.strip_suffix(words(&route).as_slice())?;
    (!rest.is_empty()).then(|| rest.join("_"))
}

/// `accounts.disconnect` of the group `accounts` → `disconnect`, however the group is written there: `AccountDisconnect`
/// and `account-disconnect` say the same. `None` where nothing would be left that tells.
fn within_group(id: &str, group: &str) -> Option<String> {
    let (said, group) = (words(id), words(group));
    let (begin, rest) = said.split_at_checked(group.len())?;
    let same = begin
        .iter()
        .zip(&group)
        .all(|(one, other)| singular(one) == singular(other));
    let first = rest.first().filter(|_| same)?;
    let tells = !is_prefix(first) && !CONNECTING.contains(&first.as_str());
    let letter = first.starts_with(|first: char| first.is_ascii_alphabetic());
    (tells && letter).then(|| rest.join("_"))
}

/// Words that begin no name of a method.
const CONNECTING: [&str; 12] = [
    "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "to", "with",
];

/// The words of a name: `ListPets` → `list`, `pets`.
fn words(text: &str) -> Vec<String> {
    snake(text).split('_').map(str::to_owned).collect()
}

/// The words of the fixed query of a path: `/queue?action=purge` → `action`, `purge`.
fn query_words(path: &str) -> impl Iterator<Item = String> + '_ {
    let path = path.split('#').next().unwrap_or_default();
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let words = query.split(['&', '=']);
    words
        .filter(|word| !word.is_empty() && !word.contains('{'))
        .map(str::to_owned)
}

/// `GET /v1/profiles/{id}` → `get_profiles_by_id`.
fn name_from_path(operation: &Operation<'_>) -> String {
    let mut words = vec![operation.method.to_ascii_lowercase()];
    words.extend(telling_segments(&operation.path.text).map(str::to_owned));
    words.extend(query_words(&operation.path.text));
    let inputs = placeholders(&operation.path.text);
    for (i, input) in inputs.into_iter().enumerate() {
        words.push(if i == 0 { "by" } else { "and" }.to_owned());
        words.push(input.to_owned());
    }
    words.join(" ")
}
