//! Webhooks and callbacks: what the API sends by itself becomes one enum of events.

use hashbrown::HashSet;

use crate::diagnostic::Diagnostic;
use crate::document::{
    Location, MediaType, Operation, PathItem, RequestBody, SchemaId, SimpleType,
};
use crate::lower::Lowered;
use crate::lower::code;
use crate::lower::numbered::OWN_NAME;
use crate::lower::operation::media::{Content, preferred};
use crate::lower::operation::output::by_status;
use crate::lower::operation::resource::place_of;
use crate::lower::order::in_order_of;
use crate::lower::reserved;
use crate::lower::schema::compose::meaning::mean_the_same;
use crate::lower::spot::Spot;
use crate::lower::{Facts, Lowerer};
use crate::model::{Docs, Home, Payload, Shape, Webhook, WebhookInput, WebhookResponse, Webhooks};
use crate::name::{Ident, Scope};

/// The maximum depth of nested objects and alternatives in which a tag is searched.
const DEEPEST: usize = 8;

/// Names for the enum of an API's webhooks. The first one that no schema has is used.
const NAMES: &[&str] = &["WebhookEvent", "Webhook", "WebhookNotification"];

/// A webhook that is not yet compared with the others.
struct Found<'d, 't> {
    /// Its name in the description, unique.
    wire: String,
    /// The URL that a callback is sent to.
    url: Option<String>,
    operation: &'d Operation<'t>,
}

/// Where the inline types of a webhook are emitted: in a file of their own, created on first use, or in the file of the
/// resource.
struct TypesFile {
    name: Ident,
    spot: Option<Spot>,
}

impl<'d, 't> Lowerer<'d, 't> {
    /// The webhooks of the API.
    pub(crate) fn webhooks(&mut self) -> Option<Webhooks> {
        let found = named(&self.document.webhooks);
        if found.is_empty() {
            return None;
        }
        let location = Some(found[0].operation.path.span);
        let name = self.claim_type(NAMES, location, OWN_NAME);
        Some(self.events(name, &found, None))
    }

    /// The callbacks of an operation.
    pub(crate) fn callbacks(
        &mut self,
        operation: &'d Operation<'t>,
        module: &Ident,
        name: &Ident,
        spot: &Spot,
    ) -> Option<Webhooks> {
        let found = named(&operation.callbacks);
        if found.is_empty() {
            return None;
        }
        let text = format!("{} callback", name.plain());
        let name = self.claim_in(module, &[&text], Some(place_of(operation)), OWN_NAME);
        Some(self.events(name, &found, Some(spot)))
    }

    /// The enum of webhooks, or of the callbacks that belong to the operation at `spot`.
    fn events(&mut self, name: Ident, found: &[Found<'d, 't>], spot: Option<&Spot>) -> Webhooks {
        let (scope, unknown) = Scope::open_variants();
        let mut scope = scope.without(reserved::WEBHOOKS);
        let wanted = |one: &Found<'d, 't>| {
            let own = one.operation.rust_name;
            own.map_or_else(|| one.wire.clone(), |name| name.text.to_owned())
        };
        let wanted: Vec<String> = found.iter().map(wanted).collect();
        let names = scope.claim_all(wanted.iter().map(String::as_str));
        for (one, name) in found.iter().zip(&names) {
            let at = Some(one.operation.path.span);
            self.report_if_numbered(&scope, name, "variant", at, OWN_NAME);
            for former in &one.operation.former_names {
                let message = format!("the variant `{name}` keeps no former name");
                let help = format!("`x-rust-name: {}` keeps it", former.text);
                self.former_name_lost(former.text, former.span, &message, &help);
            }
        }
        let with_names: Vec<_> = found.iter().zip(names).collect();
        let lowered = in_order_of(
            &with_names,
            |(one, _)| &one.wire,
            |(one, name)| self.webhook(one, name.clone(), spot),
        );
        let bodies = lowered
            .iter()
            .map(|(hook, schema)| (hook.payload.clone(), *schema));
        let bodies: Vec<_> = bodies.collect();
        let mut hooks: Vec<Webhook> = lowered.into_iter().map(|(hook, _)| hook).collect();
        let ending = self.ending(&hooks, &bodies);
        let tag = self.tag_of_bodies(&bodies);
        let tag = tag.map(|(path, words)| {
            for (hook, words) in hooks.iter_mut().zip(words) {
                hook.words = words;
            }
            path
        });
        Webhooks {
            name,
            hooks,
            unknown,
            tag,
            ending,
        }
    }

    /// One webhook, with the schema of its body.
    fn webhook(
        &mut self,
        found: &Found<'d, 't>,
        name: Ident,
        spot: Option<&Spot>,
    ) -> (Webhook, Option<SchemaId>) {
        let operation = found.operation;
        let media = self.chosen_form(operation.body.as_ref());
        let mut types_file = TypesFile {
            name: name.clone(),
            spot: spot.map(|spot| spot.child(name.plain())),
        };
        let hook = Webhook {
            payload: self.payload(media, &mut types_file),
            responses: self.responses(operation, &mut types_file),
            name,
            wire: found.wire.clone(),
            method: operation.method.to_owned(),
            url: found.url.clone(),
            docs: Docs {
                summary: operation.summary.map(str::to_owned),
                description: operation.description.map(str::to_owned),
                ..Docs::default()
            },
            deprecated: operation.deprecated,
            words: Vec::new(),
            inputs: operation.parameters.iter().map(input).collect(),
        };
        (hook, media.and_then(|media| media.schema))
    }

    /// The media type in which the body is read. Others are reported.
    fn chosen_form(&mut self, body: Option<&'d RequestBody<'t>>) -> Option<&'d MediaType<'t>> {
        let body = body?;
        let chosen = preferred(self.document, &body.content)?;
        let kind = Content::in_media(self.document, chosen);
        for media in &body.content {
            let same = match (media.schema, chosen.schema) {
                (Some(one), Some(other)) => mean_the_same(self.document, one, other),
                (one, other) => one == other,
            };
            if same || Content::in_media(self.document, media) == kind {
                continue;
            }
            let message = format!("the body is always read as `{}`", chosen.name.text);
            self.fallback(media, message, "this media type is ignored");
        }
        if kind == Content::Multipart {
            let message = format!(
                "a body of `{}` is passed through as bytes",
                chosen.name.text
            );
            self.fallback(chosen, message, "only JSON and forms are read into types");
        }
        Some(chosen)
    }

    fn fallback(&mut self, media: &MediaType<'t>, message: String, label: &str) {
        let diagnostic = Diagnostic::warning(code::WEBHOOK_FORM, message);
        self.diagnostics.push(diagnostic.at(media.name.span, label));
    }

    /// The content of a body.
    fn payload(&mut self, media: Option<&MediaType<'t>>, types_file: &mut TypesFile) -> Payload {
        let Some(media) = media else {
            return Payload::Empty;
        };
        match (Content::in_media(self.document, media), media.schema) {
            (Content::Json, Some(schema)) => {
                let lowered = self.typed(schema, "payload", types_file);
                let nullable = lowered.nullable && lowered.shape != Shape::Json;
                Payload::Json(lowered.shape, nullable)
            }
            (Content::Json, None) => Payload::Json(Shape::Json, false),
            (Content::Form, Some(schema)) => {
                // A form has properties; a schema that describes anything else describes the whole body.
                match self.parts(schema).simple_types()[..] {
                    [] | [SimpleType::Object] => {
                        Payload::Form(self.typed(schema, "payload", types_file).shape)
                    }
                    _ => Payload::Text,
                }
            }
            (Content::Form, None) => Payload::Form(Shape::JsonObject),
            (Content::Text | Content::Events | Content::JsonLines, _) => Payload::Text,
            (Content::Multipart | Content::Bytes, _) => Payload::Bytes,
        }
    }

    /// The shape of the schema of a body. Only an inline schema needs a location of its own.
    fn typed(&mut self, schema: SchemaId, own: &str, types_file: &mut TypesFile) -> Lowered {
        let target = self.target(schema);
        let named = self.document.schema(target).component.is_some();
        if let Some(known) = self.known.get(&target).filter(|_| named) {
            let known = known.clone();
            return Lowered {
                nullable: known.nullable || self.is_nullable(schema),
                ..known
            };
        }
        let spot = types_file.spot.get_or_insert_with(|| {
            let file = format!("{} payload", types_file.name.plain());
            let module = self.names.files.claim(&file);
            if self.names.files.is_numbered(&module) {
                let mark = self.document.schema(schema).mark;
                self.report_number(module.plain(), "file", mark, OWN_NAME);
            }
            Spot::new(Home::Types(module), types_file.name.plain())
        });
        let spot = spot.child(own);
        self.shape(schema, &spot)
    }

    /// The documented responses to a webhook.
    fn responses(
        &mut self,
        operation: &'d Operation<'t>,
        types_file: &mut TypesFile,
    ) -> Vec<WebhookResponse> {
        let mut responses = Vec::new();
        for response in by_status(operation.responses.iter()) {
            let content = &response.content;
            let best = preferred(self.document, content);
            let json =
                best.filter(|media| Content::in_media(self.document, media) == Content::Json);
            let schema = json.and_then(|media| media.schema);
            responses.push(WebhookResponse {
                status: crate::lower::operation::output::status_range(response.status),
                shape: schema.map(|schema| self.typed(schema, "response", types_file).shape),
            });
        }
        responses
    }
}

impl<'t> Facts<'_, 't> {
    /// The property whose values differ between all bodies, with its values in each. It belongs to the body itself or
    /// to an object in it.
    fn tag_of_bodies(
        &self,
        bodies: &[(Payload, Option<SchemaId>)],
    ) -> Option<(Vec<String>, Vec<Vec<String>>)> {
        let with_body: Vec<&(Payload, Option<SchemaId>)> = bodies
            .iter()
            .filter(|(payload, _)| *payload != Payload::Empty)
            .collect();
        let schemas: Vec<SchemaId> = with_body
            .iter()
            .map(|(payload, schema)| schema.filter(|_| matches!(payload, Payload::Json(..))))
            .collect::<Option<_>>()?;
        let (&first, _) = schemas.split_first().filter(|(_, rest)| !rest.is_empty())?;
        let mut paths = self.members_of(first);
        paths.sort_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
        let tag = paths.into_iter().find_map(|path| {
            let words: Vec<Vec<String>> = schemas
                .iter()
                .map(|&schema| self.words_at(schema, &path, 0))
                .collect::<Option<_>>()?;
            let mut seen = HashSet::new();
            let differ = words.iter().flatten().all(|word| seen.insert(word.clone()));
            differ.then_some((path, words))
        });
        let (path, words) = tag?;
        let mut words = words.into_iter();
        let of_all = bodies.iter().map(|(payload, _)| match payload {
            Payload::Empty => Vec::new(),
            _ => words.next().unwrap_or_default(),
        });
        Some((path, of_all.collect()))
    }

    /// The properties of a body, and those of the objects among them.
    fn members_of(&self, schema: SchemaId) -> Vec<Vec<String>> {
        let mut paths = Vec::new();
        for (key, property) in self.properties(schema, 0) {
            let name = key.to_owned();
            let inner = self.properties(property, 0);
            paths.extend(
                inner
                    .iter()
                    .map(|(inner, _)| vec![name.clone(), (*inner).to_owned()]),
            );
            paths.push(vec![name]);
        }
        paths
    }

    /// The properties of an object, or of the first of its alternatives.
    fn properties(&self, schema: SchemaId, depth: usize) -> Vec<(&'t str, SchemaId)> {
        let parts = self.parts(schema);
        let own = parts.properties.iter().map(|&(key, id)| (key.text, id));
        let branch = parts
            .unions
            .first()
            .and_then(|union| union.branches.first());
        let of_branch = match branch {
            Some(&branch) if depth < DEEPEST => self.properties(branch, depth + 1),
            _ => Vec::new(),
        };
        own.chain(of_branch).collect()
    }

    /// The values that a property can have in any alternative of the body.
    fn words_at(&self, schema: SchemaId, path: &[String], depth: usize) -> Option<Vec<String>> {
        let (first, rest) = path.split_first().filter(|_| depth < DEEPEST)?;
        let parts = self.parts(schema);
        if let Some(property) = parts.property(first) {
            return match rest {
                [] => Self::words(&self.parts(property)),
                rest => self.words_at(property, rest, depth + 1),
            };
        }
        let branches = &parts.unions.first()?.branches;
        let mut words = Vec::new();
        for &branch in branches {
            for word in self.words_at(branch, path, depth + 1)? {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        (!words.is_empty()).then_some(words)
    }

    /// The property whose only value is the end of the webhook's name, if several webhooks have one. Such webhooks are
    /// announced by the beginning of their names, and this property completes it.
    fn ending(&self, hooks: &[Webhook], bodies: &[(Payload, Option<SchemaId>)]) -> Option<String> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for (hook, (_, schema)) in hooks.iter().zip(bodies) {
            let Some(schema) = *schema else { continue };
            let whole = letters(&hook.wire);
            for (key, property) in self.properties(schema, 0) {
                let words = Self::words(&self.parts(property));
                let Some([word]) = words.as_deref() else {
                    continue;
                };
                let word = letters(word);
                if word.is_empty() || word == whole || !whole.ends_with(&word) {
                    continue;
                }
                match counts.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((key, 1)),
                }
            }
        }
        // Among equally frequent properties, the first is chosen.
        let best = counts.iter().rev().max_by_key(|(_, count)| *count)?;
        (best.1 > 1).then(|| best.0.to_owned())
    }
}

/// The letters and digits of a name, in lower case.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn input(parameter: &crate::document::Parameter<'_>) -> WebhookInput {
    WebhookInput {
        wire: parameter.name.text.to_owned(),
        kind: match parameter.location {
            Location::Path => "Path values",
            Location::Query | Location::Querystring => "Query parameters",
            Location::Header => "Headers",
            Location::Cookie => "Cookies",
        },
    }
}

/// Each operation with a unique name: its key, then the key with the method, then both with the URL that a callback is
/// sent to.
fn named<'d, 't>(items: &'d [PathItem<'t>]) -> Vec<Found<'d, 't>> {
    let mut taken = HashSet::new();
    let mut found = Vec::new();
    for item in items {
        let key = &*item.callback.unwrap_or(item.key).text;
        let url = item.callback.map(|_| item.key.text.to_string());
        // If a webhook has several methods, POST keeps the plain name.
        let mut operations: Vec<&Operation<'t>> = item.operations.iter().collect();
        operations.sort_by_key(|operation| operation.method != "POST");
        for operation in operations {
            let method = operation.method;
            let mut names = vec![key.to_owned(), format!("{method} {key}")];
            names.extend(url.iter().map(|url| format!("{method} {key} {url}")));
            let last = names.last().cloned().unwrap_or_default();
            let numbered = (2..).map(|number| format!("{last} {number}"));
            let Some(wire) = names
                .into_iter()
                .chain(numbered)
                .find(|name| taken.insert(name.clone()))
            else {
                continue;
            };
            found.push(Found {
                wire,
                url: url.clone(),
                operation,
            });
        }
    }
    found
}
