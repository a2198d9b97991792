//! Runtime expressions of callbacks and links that name something that the operation does not have.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::code::DANGLING_REFERENCE;
use crate::document::decode::unescape;
use crate::document::{
    Expression, Location, MediaType, Operation, Response, SchemaId, SchemeKind, SimpleType, Source,
    Text, percent_decode, template,
};
use crate::lower::Facts;
use crate::lower::schema::compose::Parts;
use crate::source::Span;

/// Headers that a description never describes as parameters or headers.
const UNDESCRIBED: [&str; 3] = ["Accept", "Content-Type", "Authorization"];

/// Something that an expression names and that does not exist.
struct Missing<'t> {
    message: String,
    /// Its name.
    name: &'t str,
    /// The names that exist.
    others: Vec<&'t str>,
}

impl<'t> Facts<'_, 't> {
    /// Reports the expressions of callbacks and links that name a parameter, a header or a property that does not exist.
    /// A link that several responses have is reported if it fits none of them.
    pub(super) fn check_expressions(&self, diagnostics: &mut Diagnostics) {
        let mut faults: BTreeMap<Span, Option<Diagnostic>> = BTreeMap::new();
        for operation in self.document.operations() {
            // What is missing may be what is reported already.
            if operation.incomplete || operation.has_mistakes {
                continue;
            }
            let all: Vec<&Response<'t>> = operation.responses.iter().collect();
            let callbacks = operation.callbacks.iter();
            let callbacks = callbacks.map(|item| (Text::from(item.key), &all[..]));
            let links = all.iter().flat_map(|response| {
                let of = std::slice::from_ref(response);
                response.links.iter().map(move |&text| (text, of))
            });
            for (text, responses) in callbacks.chain(links) {
                let fault = self.fault(operation, responses, text);
                let known = faults.entry(text.span).or_insert_with(|| fault.clone());
                *known = known.take().filter(|_| fault.is_some());
            }
        }
        diagnostics.extend(faults.into_values().flatten());
    }

    fn fault(
        &self,
        operation: &Operation<'t>,
        responses: &[&Response<'t>],
        text: Text<'t>,
    ) -> Option<Diagnostic> {
        let expressions = template::expressions(text.text).into_iter();
        let mut missing = expressions.filter_map(|text| match Expression::parse(text)? {
            Expression::Whole => None,
            Expression::Request(source) => self.missing_in_request(operation, source),
            Expression::Response(source) => self.missing_in_responses(operation, responses, source),
        });
        let missing = missing.next()?;
        let diagnostic = Diagnostic::warning(DANGLING_REFERENCE, missing.message)
            .strict()
            .at(text.span, "")
            .also(operation.span, "the operation");
        Some(match nearest(missing.name, missing.others) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        })
    }

    fn missing_in_request(
        &self,
        operation: &Operation<'t>,
        source: Source<'t>,
    ) -> Option<Missing<'t>> {
        let (location, name) = match source {
            Source::Path(name) => (Location::Path, name),
            Source::Query(name) => (Location::Query, name),
            Source::Header(name) => (Location::Header, name),
            Source::Body(pointer) => {
                let content = operation.body.iter().flat_map(|body| &body.content);
                return self.missing_in_bodies("request", content, pointer);
            }
        };
        let parameters = operation.parameters.iter();
        let others = parameters.filter(|it| it.location == location);
        let others: Vec<&str> = others.map(|it| it.name.text).collect();
        let is_known = others.iter().any(|other| is_same(other, name, location));
        if is_known || self.is_sent_otherwise(operation, location, name) {
            return None;
        }
        let word = match location {
            Location::Path => "path",
            Location::Header => "header",
            _ => "query",
        };
        Some(Missing {
            message: format!("the operation has no {word} parameter `{name}`"),
            name,
            others,
        })
    }

    /// Whether a request has something of this name that is not described as a parameter: an API key, a part of the
    /// whole query, or a header such as `Accept`.
    fn is_sent_otherwise(&self, operation: &Operation<'t>, location: Location, name: &str) -> bool {
        let mut keys = self.document.schemes.iter();
        let is_key = keys.any(|scheme| match scheme.kind {
            SchemeKind::ApiKey {
                location: at,
                name: key,
                ..
            } => at == location && is_same(key, name, location),
            _ => false,
        });
        let mut parameters = operation.parameters.iter();
        is_key
            || location == Location::Header && is_undescribed(name)
            || location == Location::Query
                && parameters.any(|it| it.location == Location::Querystring)
    }

    fn missing_in_responses(
        &self,
        operation: &Operation<'t>,
        responses: &[&Response<'t>],
        source: Source<'t>,
    ) -> Option<Missing<'t>> {
        match source {
            Source::Header(name) => {
                let headers = responses.iter().flat_map(|response| &response.headers);
                let others: Vec<&str> = headers.map(|header| header.name.text).collect();
                let is_known = others.iter().any(|other| other.eq_ignore_ascii_case(name));
                (!is_known && !is_undescribed(name)).then(|| Missing {
                    message: format!("the response has no header `{name}`"),
                    name,
                    others,
                })
            }
            Source::Body(pointer) => {
                let full = responses.iter();
                let full = full.filter(|response| !operation.is_empty(response));
                let content = full.flat_map(|response| &response.content);
                self.missing_in_bodies("response", content, pointer)
            }
            Source::Path(_) | Source::Query(_) => None,
        }
    }

    /// Whether the bodies of these media types lack the part that a pointer names.
    fn missing_in_bodies<'m>(
        &self,
        message: &str,
        content: impl Iterator<Item = &'m MediaType<'t>>,
        pointer: &'t str,
    ) -> Option<Missing<'t>>
    where
        't: 'm,
    {
        let schemas: Vec<Option<SchemaId>> = content.map(|media| media.schema).collect();
        if schemas.is_empty() {
            return Some(Missing {
                message: format!("the {message} has no body"),
                name: "",
                others: Vec::new(),
            });
        }
        let names = pointer.split('/').skip(1);
        let names: Vec<String> = names.map(|name| unescape(&percent_decode(name))).collect();
        let has = |schema: &Option<SchemaId>| schema.is_none_or(|id| self.has_part(id, &names));
        if schemas.iter().any(has) {
            return None;
        }
        let parts = schemas.iter().flatten().map(|&id| self.parts(id));
        let others = parts.flat_map(|parts| {
            let names = parts.properties.iter().map(|(key, _)| key.text);
            names.collect::<Vec<_>>()
        });
        Some(Missing {
            message: format!("the body of the {message} has no `{pointer}`"),
            name: pointer.trim_start_matches('/'),
            others: others.collect(),
        })
    }

    /// Whether the values of a schema can have a part at this path.
    fn has_part(&self, id: SchemaId, path: &[String]) -> bool {
        let mut seen = HashSet::new();
        let mut open = vec![(id, path)];
        while let Some((id, path)) = open.pop() {
            let Some((name, rest)) = path.split_first() else {
                return true;
            };
            if !seen.insert((id, path.len())) {
                continue;
            }
            let parts = self.parts(id);
            let branches = parts.unions.iter().flat_map(|union| &union.branches);
            open.extend(branches.map(|&branch| (branch, path)));
            let is_index = name == "-" || name.bytes().all(|byte| byte.is_ascii_digit());
            let elements = parts.items.iter().chain(&parts.prefix_items);
            open.extend(
                elements
                    .filter(|_| is_index)
                    .map(|&element| (element, rest)),
            );
            match parts.property(name) {
                Some(property) => open.push((property, rest)),
                None if parts.has_rest() || is_undescribed_value(&parts) => return true,
                None => {}
            }
        }
        false
    }
}

/// Whether a schema does not describe the properties or the elements of its values.
fn is_undescribed_value(parts: &Parts<'_>) -> bool {
    let is = |simple| parts.simple_types().contains(&simple);
    let has_elements = parts.items.is_some() || !parts.prefix_items.is_empty();
    parts.unions.is_empty()
        && (parts.simple_types().is_empty()
            || is(SimpleType::Object) && !parts.has_properties()
            || is(SimpleType::Array) && !has_elements)
}

/// Whether two names of parameters are the same: those of headers regardless of case.
fn is_same(one: &str, other: &str, location: Location) -> bool {
    one == other || location == Location::Header && one.eq_ignore_ascii_case(other)
}

fn is_undescribed(name: &str) -> bool {
    UNDESCRIBED
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}
