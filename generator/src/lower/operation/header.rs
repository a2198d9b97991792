//! Headers of responses: a record for each set of them, which all responses with the same headers share.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use crate::diagnostic::Diagnostic;
use crate::document::{Operation, Parameter, Response, SchemaId, Status, Text, is_token};
use crate::lower::Lowered;
use crate::lower::code;
use crate::lower::numbered::OWN_NAME;
use crate::lower::operation::media::Content;
use crate::lower::operation::output::{part_name, status_range};
use crate::lower::schema::compose::meaning::fingerprint;
use crate::lower::schema::record::presence;
use crate::lower::spot::Spot;
use crate::lower::{Facts, Lowerer};
use crate::model::{Docs, Field, Home, Kind, Record, ResponseHeaders, Scalar, Shape};
use crate::name::{Ident, Scope, snake};
use crate::source::{Member, Node, Span};

/// The header that the specification ignores, because the media types of the response set it.
const CONTENT_TYPE: &str = "content-type";

/// The keywords of a schema that are only documentation.
const DOCS: [&str; 5] = ["description", "title", "example", "examples", "default"];

/// The content of a set of headers without its docs: equal sets are one type.
type SetKey = Vec<HeaderKey>;

/// The content of a header: its name in lower case, its schema, and whether it is required, deprecated and JSON text.
type HeaderKey = (String, SchemaKey, [bool; 3]);

/// The content of a header's schema.
#[derive(PartialEq, Eq, Hash)]
enum SchemaKey {
    /// Nothing.
    None,
    /// The schema that the header refers to.
    Reference(SchemaId),
    /// The keywords of the schema.
    Inline(Vec<(String, (u64, u64))>),
}

/// Responses with the same headers.
struct Set<'d, 't> {
    /// Where each of the responses is described.
    outputs: Vec<Span>,
    headers: Vec<&'d Parameter<'t>>,
    /// The docs of each header, if all responses agree.
    docs: Vec<Option<&'t str>>,
    /// What it is about.
    subject: Option<String>,
    /// The first owner in alphabetical order, so that its name does not depend on the order of the operations.
    owner: Owner,
}

/// The response that a set of headers belongs to: the component or the operation, and the status code.
type Owner = (String, Status);

impl<'d, 't> Lowerer<'d, 't> {
    /// Makes the records of all responses. Their names are settled before those of the resources, which they stand
    /// beside.
    pub(crate) fn header_sets(&mut self) {
        let document = self.document;
        let mut sets: Vec<Set<'d, 't>> = Vec::new();
        let mut indexes = HashMap::new();
        let mut misnamed = BTreeMap::new();
        for operation in document.operations() {
            for response in &operation.responses {
                let names = response.headers.iter().map(|header| header.name);
                let names = names.filter(|name| !is_token(name.text));
                misnamed.extend(names.map(|name| (name.span, name)));
                let headers = described(response);
                if headers.is_empty() {
                    continue;
                }
                let index = *indexes.entry(self.set_key(&headers)).or_insert(sets.len());
                let owner = owner(response, operation);
                match sets.get_mut(index) {
                    Some(set) => set.merge(response.span, &headers, owner),
                    None => sets.push(Set {
                        outputs: vec![response.span],
                        docs: headers.iter().map(|header| header.description).collect(),
                        subject: subject(&headers),
                        owner,
                        headers,
                    }),
                }
            }
        }
        sets.sort_by(|one, other| one.owner.cmp(&other.owner));
        for set in sets {
            self.header_set(set);
        }
        for (_, name) in misnamed {
            self.misnamed(name);
        }
    }

    fn misnamed(&mut self, name: Text<'t>) {
        let message = format!("`{}` cannot be the name of a header", name.text);
        let diagnostic = Diagnostic::warning(code::HEADER_LEFT_OUT, message).strict();
        self.diagnostics
            .push(diagnostic.at(name.span, "this header is ignored"));
    }

    fn header_set(&mut self, set: Set<'d, 't>) {
        let (owner, status) = &set.owner;
        // Two responses of one operation may have different headers.
        let of_status = format!("{owner} {}", part_name(*status));
        let texts = set.subject.iter().chain([owner, &of_status]);
        let texts: Vec<String> = texts.map(|text| format!("{text} headers")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let location = set.outputs.first().copied();
        let name = self.claim_type(&texts, location, OWN_NAME);
        let module = self.names.files.claim(name.as_str());
        if self.names.files.is_numbered(&module) {
            self.report_number(module.plain(), "file", location, OWN_NAME);
        }
        let home = Home::Types(module);
        let ty = self.push_type(name.clone(), home.clone(), None);
        let spot = Spot::new(home, name.as_str());
        let mut scope = Scope::snake(&[]);
        let texts = set
            .headers
            .iter()
            .map(|header| header.rust_name.unwrap_or(header.name).text);
        let names = scope.claim_all(texts);
        for (header, name) in set.headers.iter().zip(&names) {
            self.report_if_numbered(&scope, name, "header", Some(header.name.span), OWN_NAME);
        }
        let headers = set.headers.iter().zip(set.docs).zip(names);
        let fields = headers.map(|((header, docs), name)| self.header(header, docs, &spot, name));
        let record = Record {
            fields: fields.collect(),
            rest: None,
            success_flag: None,
            required_struct: None,
            setters: None,
            of_headers: true,
            has_joint_limits: false,
            sample: None,
        };
        self.set_kind(ty, Kind::Record(record));
        let outputs = set.outputs.into_iter();
        self.header_sets.extend(outputs.map(|output| (output, ty)));
    }

    fn header(
        &mut self,
        header: &Parameter<'t>,
        described: Option<&'t str>,
        spot: &Spot,
        name: Ident,
    ) -> Field {
        let schema = schema(header);
        let lowered = schema.map(|id| self.shape(id, &spot.child(header.name.text)));
        // A header without a schema is text.
        let shape = match lowered {
            Some(Lowered { shape, .. }) if shape != Shape::Json || is_json(header) => shape,
            None if is_json(header) => Shape::Json,
            _ => Shape::Scalar(Scalar::String),
        };
        Field {
            name,
            former: Vec::new(),
            wire: header.name.text.to_owned(),
            docs: Docs {
                summary: None,
                description: described.map(str::to_owned),
                facts: self.facts_of_header(header, schema),
                ..Docs::default()
            },
            presence: presence(header.required, false),
            shape,
            deprecated: header.deprecated,
            constant: None,
            read_only: false,
            write_only: false,
            given: false,
            json_text: is_json(header),
            sample: schema.filter(|_| header.required).and_then(|id| {
                let shown = header.examples.iter().map(|example| example.value);
                self.sample_among(shown, id).sample
            }),
        }
    }

    /// The records of the headers of an operation's responses, each with the status codes of its responses.
    pub(crate) fn headers(&self, operation: &Operation<'t>) -> Vec<ResponseHeaders> {
        let mut found: Vec<ResponseHeaders> = Vec::new();
        for response in &operation.responses {
            let status = status_range(response.status);
            let Some(&ty) = self.header_sets.get(&response.span) else {
                continue;
            };
            match found.iter_mut().find(|headers| headers.ty == ty) {
                Some(headers) => headers.statuses.push(status),
                None => found.push(ResponseHeaders {
                    ty,
                    statuses: vec![status],
                }),
            }
        }
        if let [only] = &mut found[..]
            && only.statuses.len() == operation.responses.len()
        {
            only.statuses.clear();
        }
        found
    }
}

impl<'t> Facts<'_, 't> {
    fn set_key(&self, headers: &[&Parameter<'t>]) -> SetKey {
        let key = |header: &&Parameter<'t>| {
            (
                header.name.text.to_ascii_lowercase(),
                self.schema_key(schema(header)),
                [header.required, header.deprecated, is_json(header)],
            )
        };
        let mut keys: SetKey = headers.iter().map(key).collect();
        keys.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        keys
    }

    fn schema_key(&self, schema: Option<SchemaId>) -> SchemaKey {
        let Some(id) = schema else {
            return SchemaKey::None;
        };
        let target = self.target(id);
        let members = self.document.schema(id).node.and_then(Node::as_map);
        match members.filter(|_| target == id) {
            None => SchemaKey::Reference(target),
            Some(members) => {
                let members = members.iter();
                let members = members.filter(|member| !DOCS.contains(&&*member.key.text));
                let of_member = |member: &Member| {
                    let name = member.key.text.to_string();
                    (name, fingerprint(&member.value))
                };
                let mut members: Vec<_> = members.map(of_member).collect();
                members.sort();
                SchemaKey::Inline(members)
            }
        }
    }
}

impl<'t> Set<'_, 't> {
    /// Adds another response. The docs of a header are kept only if the response has the same docs or none.
    fn merge(&mut self, output: Span, headers: &[&Parameter<'t>], owner: Owner) {
        self.outputs.push(output);
        if owner < self.owner {
            self.owner = owner;
        }
        for (docs, own) in self.docs.iter_mut().zip(&self.headers) {
            let same =
                |other: &&&Parameter<'t>| other.name.text.eq_ignore_ascii_case(own.name.text);
            let Some(header) = headers.iter().find(same) else {
                continue;
            };
            match (*docs, header.description) {
                (None, other) => *docs = other,
                (Some(one), Some(other)) if one != other => *docs = Some(""),
                _ => {}
            }
        }
    }
}

/// The headers of a response that have a field.
fn described<'d, 't>(response: &'d Response<'t>) -> Vec<&'d Parameter<'t>> {
    let headers = response.headers.iter();
    let has_field = |name: &str| is_token(name) && !name.eq_ignore_ascii_case(CONTENT_TYPE);
    headers
        .filter(|header| has_field(header.name.text))
        .collect()
}

fn schema(header: &Parameter<'_>) -> Option<SchemaId> {
    let content = header.content.as_deref().filter(|_| is_json(header));
    header.schema.or(content.and_then(|content| content.schema))
}

/// Whether the value is JSON text.
fn is_json(header: &Parameter<'_>) -> bool {
    let content = header.content.as_deref();
    content.is_some_and(|content| Content::of(content.name.text) == Content::Json)
}

/// The subject of a set of headers: the words that all names begin with; for two names without common words, both.
fn subject(headers: &[&Parameter<'_>]) -> Option<String> {
    let names: Vec<Vec<String>> = headers
        .iter()
        .map(|header| words(header.name.text))
        .collect();
    let first = names.first().map(Vec::as_slice).unwrap_or_default();
    let shared = first.iter().enumerate();
    let shared = shared.take_while(|&(index, word)| {
        let mut others = names.iter();
        others.all(|other| other.get(index) == Some(word))
    });
    let shared: Vec<&str> = shared.map(|(_, word)| word.as_str()).collect();
    if !shared.is_empty() {
        return Some(shared.join(" "));
    }
    let mut names: Vec<String> = names.iter().map(|words| words.join(" ")).collect();
    names.sort();
    (names.len() == 2).then(|| names.join(" "))
}

fn owner(response: &Response<'_>, operation: &Operation<'_>) -> Owner {
    let id = operation.id.map(|id| id.text);
    let owner = response.component.or(id).map(str::to_owned);
    let owner = owner.unwrap_or_else(|| format!("{} {}", operation.method, operation.path.text));
    (owner, response.status)
}

/// `X-RateLimit-Limit` → `rate`, `limit`, `limit`: the prefix `X-` is not a word.
fn words(name: &str) -> Vec<String> {
    let words: Vec<String> = snake(name).split('_').map(str::to_owned).collect();
    match &words[..] {
        [first, rest @ ..] if first == "x" && !rest.is_empty() => rest.to_vec(),
        _ => words,
    }
}
