//! Groups the operations into resources by tag, and names each operation within its resource.

use hashbrown::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::document::{Operation, Tag};
use crate::lower::code;
use crate::lower::draft::ResourceDraft;
use crate::lower::numbered::OWN_NAME;
use crate::lower::operation::parameter::placeholders;
use crate::lower::operation::path;
use crate::lower::order::in_order_of;
use crate::lower::page::see;
use crate::lower::reserved;
use crate::lower::{Facts, Lowerer};
use crate::model::{self, Docs};
use crate::name::{Ident, Scope, singular, snake};
use crate::source::Span;

/// The operations of one resource, before they are lowered.
struct Group<'d, 't> {
    /// The tag, or the path segment that is used if there is no tag.
    text: String,
    /// The location of its first use.
    place: Span,
    operations: Vec<&'d Operation<'t>>,
}

impl<'d, 't> Lowerer<'d, 't> {
    /// Every operation of the description in its resource, sorted by module.
    pub(crate) fn resources(&mut self) -> Vec<ResourceDraft> {
        self.check_operation_ids();
        let operations = self.document.operations();
        let ids: HashSet<&str> = operations
            .filter_map(|operation| Some(operation.id?.text))
            .collect();
        let mut modules = Scope::modules().without(reserved::CLIENT);
        let tags = self.document.tags.iter();
        let tags: HashMap<&str, &Tag<'t>> = tags.map(|tag| (tag.name.text, tag)).collect();
        let mut resources: Vec<ResourceDraft> = self
            .groups()
            .into_iter()
            .map(|group| {
                let tag = tags.get(&*group.text).copied();
                self.resource(&group, tag, &mut modules, &ids)
            })
            .collect();
        resources.sort_by(|a, b| a.module.cmp(&b.module));
        resources
    }

    fn resource(
        &mut self,
        group: &Group<'d, 't>,
        tag: Option<&Tag<'t>>,
        modules: &mut Scope,
        ids: &HashSet<&str>,
    ) -> ResourceDraft {
        let wanted = tag
            .and_then(|tag| tag.rust_name)
            .map_or(&*group.text, |name| name.text);
        let module = modules.claim(wanted);
        let own = tag.map(|tag| tag.rust_name.map_or(tag.name.span, |name| name.span));
        let place = own.or(Some(group.place));
        self.report_if_numbered(modules, &module, "module", place, OWN_NAME);
        let handle = self.claim_in(
            &module,
            &[wanted, &format!("{wanted} api")],
            place,
            OWN_NAME,
        );
        let mut methods = Scope::snake(reserved::HANDLE);
        // Operations get their names before the methods for further forms of a body do.
        let own_ids = group.operations.iter().filter_map(|operation| operation.id);
        let own_ids: HashSet<&str> = own_ids.map(|id| id.text).collect();
        let operations = group.operations.iter();
        let texts = operations.map(|operation| method_texts(operation, &group.text, ids, &own_ids));
        let names = methods.claim_each_unordered(&texts.collect::<Vec<_>>());
        for (operation, name) in group.operations.iter().zip(&names) {
            self.report_if_numbered(
                &methods,
                name,
                "method",
                Some(place_of(operation)),
                OWN_NAME,
            );
        }
        let operations = self.methods(group, names, &module, &mut methods);
        ResourceDraft {
            module,
            handle,
            docs: tag_docs(tag),
            operations,
        }
    }

    /// The methods of the operations of a resource, in the order of the description.
    fn methods(
        &mut self,
        group: &Group<'d, 't>,
        names: Vec<Ident>,
        module: &Ident,
        methods: &mut Scope,
    ) -> Vec<model::Operation> {
        let wanted: Vec<_> = group.operations.iter().copied().zip(names).collect();
        let lowered = in_order_of(
            &wanted,
            |(operation, _)| route(operation),
            |(operation, name)| {
                let forms = self.operation(operation, module, name.clone(), methods);
                (*operation, forms)
            },
        );
        let mut operations = Vec::new();
        for (operation, mut forms) in lowered {
            self.former_methods(&mut forms, &operation.former_names, methods);
            operations.extend(forms);
        }
        operations
    }

    /// Reports ids that two operations share, those of webhooks and callbacks included.
    fn check_operation_ids(&mut self) {
        let document = self.document;
        let mut seen = HashMap::new();
        let sent = self.sent_by_itself().flat_map(|item| &item.operations);
        let sent = sent.map(|operation| (operation, false));
        let called = document.operations().map(|operation| (operation, true));
        for (operation, is_called) in called.chain(sent) {
            let Some(id) = operation.id else { continue };
            // Several operations may refer to one callback, and several paths to one path item.
            let first = seen.insert(id.text, (id.span, operation.span));
            if let Some((first, of)) = first.filter(|(_, of)| *of != operation.span) {
                // An overlay may give one id to several operations.
                let (first, second) = if first == id.span {
                    (of, operation.span)
                } else {
                    (first, id.span)
                };
                let message = format!("two operations have the id `{}`", id.text);
                let diagnostic = Diagnostic::warning(code::DUPLICATE_OPERATION_ID, message)
                    .strict()
                    .at(second, "the second one")
                    .also(first, "the first one")
                    .help("give each operation a different id");
                let note = "the method of the second one is named after its path where both are of one tag";
                self.diagnostics.push(if is_called {
                    diagnostic.note(note)
                } else {
                    diagnostic
                });
            }
        }
    }
}

impl<'d, 't> Facts<'d, 't> {
    fn groups(&self) -> Vec<Group<'d, 't>> {
        let document = self.document;
        let mut groups: Vec<Group<'d, 't>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for operation in document.operations() {
            let (text, at) = group_text(operation);
            let place = *places.entry(snake(&text)).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => group.operations.push(operation),
                None => groups.push(Group {
                    text,
                    place: at,
                    operations: vec![operation],
                }),
            }
        }
        // A type that several resources share is in the file of the first one, whatever the order of the paths is.
        groups.sort_by_cached_key(|group| snake(&group.text));
        groups
    }
}

fn tag_docs(tag: Option<&Tag<'_>>) -> Docs {
    Docs {
        summary: tag.and_then(|tag| tag.summary).map(str::to_owned),
        description: tag.and_then(|tag| tag.description).map(str::to_owned),
        facts: tag
            .and_then(|tag| see(tag.external_docs?))
            .into_iter()
            .collect(),
        ..Docs::default()
    }
}

/// The location of an operation's name: its id, otherwise its path.
pub(crate) fn place_of(operation: &Operation<'_>) -> Span {
    operation.id.map_or(operation.path.span, |id| id.span)
}

/// The path and the method of an operation, by which operations are sorted.
fn route<'t>(operation: &Operation<'t>) -> (&'t str, &'t str) {
    (&operation.path.text, operation.method)
}

/// The first tag, otherwise the first fixed segment of the path that is neither `api` nor a version.
pub(crate) fn group_text(operation: &Operation<'_>) -> (String, Span) {
    if let Some(tag) = operation
        .tags
        .iter()
        .find(|tag| !tag.text.trim().is_empty())
    {
        return (tag.text.to_owned(), tag.span);
    }
    let path = path(operation);
    let text = telling_segments(&path)
        .next()
        .unwrap_or("default")
        .to_owned();
    (text, operation.path.span)
}

/// The fixed segments of a path, without versions and `api`.
pub(crate) fn telling_segments(path: &str) -> impl Iterator<Item = &str> {
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

/// The texts for the method of an operation, the best one first: its id without the route, the class and the name of
/// the resource, then the same with the name of the resource, then method and path, then the whole id.
fn method_texts(
    operation: &Operation<'_>,
    group: &str,
    ids: &HashSet<&str>,
    own_ids: &HashSet<&str>,
) -> Vec<String> {
    if let Some(name) = operation.rust_name {
        return vec![name.text.to_owned()];
    }
    let by_path = name_from_path(operation);
    let id = operation.id.map(|id| id.text);
    let Some(id) = id.filter(|id| id.chars().any(char::is_alphanumeric)) else {
        return vec![by_path];
    };
    let name = unnumbered(id, ids);
    if name != id && own_ids.contains(name) {
        // The name is that of the operation whose id it is.
        return vec![by_path, id.to_owned()];
    }
    let name = without_route(name, operation)
        .or_else(|| without_class(name).map(str::to_owned))
        .unwrap_or_else(|| without_prefix(name, operation));
    let mut texts: Vec<String> = within_group(&name, group).into_iter().collect();
    // A name that the author wrote takes precedence over one derived from a path.
    let is_reserved = reserved::HANDLE.contains(&&*snake(&name));
    texts.push(name);
    texts.extend((!is_reserved).then_some(by_path));
    texts.push(id.to_owned());
    texts
}

/// `findAll_1` beside an operation `findAll` → `findAll`: tools for Java number what several resources have in common.
fn unnumbered<'i>(id: &'i str, ids: &HashSet<&str>) -> &'i str {
    match id.rsplit_once('_') {
        Some((base, number))
            if number.bytes().all(|byte| byte.is_ascii_digit()) && ids.contains(base) =>
        {
            base
        }
        _ => id,
    }
}

/// `add_page_v1_books__book_id__pages_post` of `POST /v1/books/{book_id}/pages` → `add_page`: `FastAPI` makes its ids
/// of a function, the path and the method, and Springfox `addPageUsingPOST` of a function and the method. `None` if the
/// id is not built like that, or nothing remains of it.
fn without_route(id: &str, operation: &Operation<'_>) -> Option<String> {
    // Most ids do not end with the method, which is seen sooner than all words are.
    let is_word = operation
        .method
        .bytes()
        .all(|byte| byte.is_ascii_uppercase());
    if is_word && !ends_with(id, operation.method) {
        return None;
    }
    let id_words = words(id);
    let route = words(&format!("{} {}", operation.path.text, operation.method));
    let using = words(&format!("using {}", operation.method));
    let rest = id_words
        .strip_suffix(route.as_slice())
        .or_else(|| id_words.strip_suffix(using.as_slice()))?;
    (!rest.is_empty()).then(|| rest.join("_"))
}

/// Whether a text ends with a word, in any case and apart from signs.
fn ends_with(text: &str, word: &str) -> bool {
    let text = text.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric());
    let start = text.len().checked_sub(word.len());
    let end = start.and_then(|start| text.get(start..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// `UsersController_findAll` → `findAll`: `NestJS`, `LoopBack` and Phoenix put the class of a function first.
fn without_class(id: &str) -> Option<&str> {
    let (class, function) = id.rsplit_once("Controller")?;
    let function = function.strip_prefix(['_', '.', '#', ':', '/', '-'])?;
    let tells = function.starts_with(|first: char| first.is_alphabetic());
    (tells && !class.is_empty()).then_some(function)
}

/// `api_v1_users_list` of `/api/v1/users` → `users_list`: Django and Laravel begin with the path.
fn without_prefix(id: &str, operation: &Operation<'_>) -> String {
    let path = operation
        .path
        .text
        .split('/')
        .filter(|part| !part.is_empty());
    let prefix = path.take_while(|part| is_prefix(part)).flat_map(words);
    let (id_words, prefix) = (words(id), prefix.collect::<Vec<_>>());
    match id_words.strip_prefix(prefix.as_slice()) {
        Some(rest) if rest.len() > 1 && !prefix.is_empty() => rest.join("_"),
        _ => id.to_owned(),
    }
}

/// `accounts.disconnect` of the group `accounts` → `disconnect`, however the group is spelled: `AccountDisconnect` and
/// `account-disconnect` give the same, and `bank.accounts.disconnect` only adds the name of the API. `None` if no
/// meaningful name remains.
fn within_group(id: &str, group: &str) -> Option<String> {
    let group = words(group);
    let dots = id.match_indices(['.', '#', '/']).map(|(at, _)| at + 1);
    let mut starts = std::iter::once(0).chain(dots);
    starts.find_map(|start| after_group(id.get(start..)?, &group))
}

/// The text after the group in a part of an id.
fn after_group(id: &str, group: &[String]) -> Option<String> {
    let id_words = words(id);
    let (begin, rest) = id_words.split_at_checked(group.len())?;
    let same = begin
        .iter()
        .zip(group)
        .all(|(one, other)| singular(one) == singular(other));
    let first = rest.first().filter(|_| same)?;
    let tells = !is_prefix(first) && !CONNECTING.contains(&first.as_str());
    let letter = first.starts_with(|first: char| first.is_ascii_alphabetic());
    (tells && letter).then(|| rest.join("_"))
}

/// Words with which the name of a method must not begin.
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
    let path = path(operation);
    words.extend(telling_segments(&path).map(str::to_owned));
    words.extend(query_words(&path));
    let inputs = placeholders(&path);
    for (i, input) in inputs.into_iter().enumerate() {
        words.push(if i == 0 { "by" } else { "and" }.to_owned());
        words.push(input.to_owned());
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use crate::internals::generate_text;

    #[test]
    fn a_custom_method_at_the_end_of_an_id_is_not_repeated() {
        let tree = generate_text(
            "{openapi: 3.2.0, info: {title: A, version: '1'}, paths: {/books: {additionalOperations: {\
             purgeCache: {tags: [shelf], operationId: tidy_books_purge_cache, responses: {'204': {description: Done.}}}\
             }}}}",
        );
        let tree = tree.unwrap();
        let (_, shelf) = tree
            .iter()
            .find(|(path, _)| path.ends_with("resources/shelf.rs"))
            .unwrap();
        assert!(shelf.contains("pub fn tidy("), "{shelf}");
    }
}
