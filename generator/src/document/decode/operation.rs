//! Decodes operations. Their parameters are merged with those of the path item.

use std::borrow::Cow;

use hashbrown::{HashMap, hash_map::Entry};

use super::super::code::{ASSUMED, DUPLICATE};
use super::super::{
    Location, Operation, Parameter, PathItem, Requirement, Response, Server, Version,
};
use super::read::{head, place};
use super::{Decoder, Object, keys};
use crate::diagnostic::Diagnostic;
use crate::source::{Key, Member, Node, Value};

/// Everything that the operations of a path item share.
#[derive(Debug, Default)]
pub(super) struct Shared<'t> {
    pub parameters: Vec<&'t Member>,
    /// Whether the key of the parameters is misspelt, which is reported.
    pub misspells_parameters: bool,
    pub servers: Option<&'t Member>,
    /// The `security` of the operations that have none.
    pub security: Option<Vec<Requirement<'t>>>,
    /// The `summary` and `description` of the operations that have neither.
    pub texts: [Option<&'t str>; 2],
    /// Whether `responses` stands beside the operations, most likely because it is indented too little. It is reported
    /// as an unknown key.
    pub has_responses: bool,
}

impl<'t> Decoder<'t, '_> {
    /// Adds an operation to its path item. The item's own operations take precedence over those of the item that its
    /// `$ref` points to.
    pub(super) fn operation(
        &mut self,
        method: &'t str,
        key: &'t Key,
        node: &'t Node,
        shared: &Shared<'t>,
        item: &mut PathItem<'t>,
    ) {
        if item.operations.iter().any(|known| known.method == method) {
            return;
        }
        if !self.is_wanted(method, item.key, node) {
            return;
        }
        if node.value == Value::Null {
            let message = format!("`{}` has no value; the operation is ignored", key.text);
            return self.assume(key.span, message);
        }
        let mistakes = self.reporter.mistakes();
        let Some(object) = self.object(node, key.span, &keys::OPERATION) else {
            return;
        };
        let servers = self.own_servers(&object, shared);
        let (parameters, incomplete) = self.merged_parameters(shared, &object);
        let [summary, description] = match self.texts(&object) {
            [None, None] => shared.texts,
            own => own,
        };
        let mut operation = Operation {
            node,
            method,
            span: key.span,
            path: item.key,
            id: self
                .word(object.get("operationId"))
                .filter(|id| !id.text.is_empty()),
            summary,
            description,
            external_docs: self.external_docs(object.get("externalDocs")),
            tags: self.words(object.get("tags")),
            parameters,
            incomplete,
            has_mistakes: false,
            body: match self.version {
                Version::V2_0 => self.body_of_2_0(shared, &object),
                _ => object
                    .get("requestBody")
                    .and_then(|member| self.request_body(member)),
            },
            responses: self.responses(&object),
            security: self
                .security(&object, &keys::OPERATION)
                .or_else(|| shared.security.clone()),
            servers,
            deprecated: self.flag(object.get("deprecated")).unwrap_or(false),
            pagination: object
                .get("x-pagination")
                .and_then(|member| self.pagination(member)),
            stream_flag: self.word(object.get("x-stream-flag")),
            rust_name: self.rust_name(object.get("x-rust-name")),
            former_names: self.former_names(object.get("x-rust-former-name")),
            callbacks: self.callbacks(object.get("callbacks")),
        };
        let lacks_responses = shared.has_responses && object.get("responses").is_none();
        operation.has_mistakes = lacks_responses || self.reporter.mistakes() > mistakes;
        item.operations.push(operation);
    }

    /// The `summary` and `description` of an operation or a path item.
    pub(super) fn texts(&mut self, object: &Object<'t>) -> [Option<&'t str>; 2] {
        ["summary", "description"].map(|key| self.text(object.get(key)))
    }

    /// The servers of an operation, if they differ from those of the other operations.
    fn own_servers(&mut self, operation: &Object<'t>, shared: &Shared<'t>) -> Vec<Server<'t>> {
        if self.version == Version::V2_0 {
            return self.own_server_of_2_0(operation);
        }
        match self.servers(operation.get("servers")) {
            own if own.is_empty() => self.servers(shared.servers),
            own => own,
        }
    }

    /// The path item's parameters, each overridden by the operation's own with the same name and location. Also returns
    /// whether one of them could not be decoded.
    fn merged_parameters(
        &mut self,
        shared: &Shared<'t>,
        operation: &Object<'t>,
    ) -> (Vec<Parameter<'t>>, bool) {
        let mut merged = Inputs::default();
        let mut incomplete =
            shared.misspells_parameters || operation.misspells("parameters", &keys::OPERATION);
        for member in shared.parameters.iter().copied() {
            for parameter in self.parameters(Some(member), &mut incomplete) {
                merged.add(parameter);
            }
        }
        let own = self.parameters(operation.get("parameters"), &mut incomplete);
        if merged.list.is_empty() {
            merged.list = own;
        } else {
            for parameter in own {
                if let Some((at, own)) = merged.add(parameter) {
                    merged.list[at] = own;
                }
            }
        }
        self.whole_query(&mut merged.list);
        (merged.list, incomplete)
    }

    /// Keeps the first `querystring` parameter, which is the whole query, and removes all other query parameters.
    fn whole_query(&mut self, parameters: &mut Vec<Parameter<'t>>) {
        let mut whole = parameters.iter();
        let whole = whole.find(|parameter| parameter.location == Location::Querystring);
        let Some(whole) = whole.map(|parameter| parameter.name) else {
            return;
        };
        let is_other = |parameter: &Parameter<'_>| {
            matches!(parameter.location, Location::Query | Location::Querystring)
                && parameter.name.span != whole.span
        };
        for other in parameters.iter().filter(|parameter| is_other(parameter)) {
            let message = format!(
                "`{}` is ignored: the whole query is the parameter `{}`",
                other.name.text, whole.text
            );
            let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
            let diagnostic = diagnostic.at(other.name.span, "");
            self.reporter
                .push(diagnostic.also(whole.span, "the whole query"));
        }
        parameters.retain(|parameter| !is_other(parameter));
    }

    /// The parameters of one list.
    fn parameters(
        &mut self,
        member: Option<&'t Member>,
        incomplete: &mut bool,
    ) -> Vec<Parameter<'t>> {
        let mut parameters = Inputs::default();
        let mut elements = member.map(values_of).unwrap_or_default();
        if let Some(member) = member.filter(|_| !elements.is_empty()) {
            let message =
                "`parameters` must be an array; the values of this object are read as its elements";
            self.assume(member.key.span, message.to_owned());
        } else {
            let nodes = self.list(member, is_parameter);
            elements.extend(nodes.iter().map(|node| (None, node)));
            // Something else than an array is reported already.
            let is_other = member.is_some_and(|member| {
                member.value.as_list().is_none() && member.value.value != Value::Null
            });
            *incomplete |= nodes.is_empty() && is_other;
        }
        for (key, node) in elements {
            if node.value == Value::Null {
                self.assume(
                    head(node),
                    "a parameter without a value is ignored".to_owned(),
                );
                continue;
            }
            if self.body_input(node, head(node)).is_some() {
                continue;
            }
            let Some(parameter) = self.parameter(key, node, head(node)) else {
                *incomplete = true;
                continue;
            };
            if let Some((first, again)) = parameters.add(parameter) {
                self.twice(&parameters.list[first], &again, node);
            }
        }
        parameters.list
    }

    fn twice(&mut self, known: &Parameter<'t>, again: &Parameter<'t>, node: &'t Node) {
        let span = node.member("$ref").map_or(again.name.span, place);
        let message = format!(
            "the parameter `{}` is given twice; the first one counts",
            again.name.text
        );
        self.reporter.push(
            Diagnostic::warning(DUPLICATE, message)
                .strict()
                .at(span, "given again here")
                .also(known.name.span, "given here"),
        );
    }

    fn responses(&mut self, operation: &Object<'t>) -> Vec<Response<'t>> {
        let produces = self.media_list(operation, "produces");
        let mut responses: Vec<Response<'t>> = Vec::new();
        for member in self.map(operation.get("responses")) {
            if member.key.text.starts_with("x-") {
                continue;
            }
            let Some(status) = self.status(&member.key) else {
                continue;
            };
            if let Some(known) = responses.iter().find(|known| known.status == status) {
                let message = format!(
                    "the status `{}` is described twice; the first one counts",
                    member.key.text
                );
                let diagnostic = Diagnostic::warning(DUPLICATE, message)
                    .strict()
                    .at(member.key.span, "described again here");
                self.reporter
                    .push(diagnostic.also(known.span, "described here"));
                continue;
            }
            responses.extend(self.response(member, status, &produces));
        }
        responses
    }
}

/// The parameters that a value of `parameters` describes.
pub(super) fn written_parameters(member: &Member) -> Vec<&Node> {
    match &member.value.value {
        Value::List(elements) => elements.iter().collect(),
        _ if is_parameter(&member.value) => vec![&member.value],
        _ => values_of(member)
            .into_iter()
            .map(|(_, node)| node)
            .collect(),
    }
}

fn is_parameter(node: &Node) -> bool {
    node.get("in").is_some() || node.get("$ref").is_some()
}

/// The values of an object of parameters that is written where an array is expected. The keys name those that have no
/// `name`.
fn values_of(member: &Member) -> Vec<(Option<&Key>, &Node)> {
    let members = member.value.as_map().unwrap_or_default().iter();
    if !members.clone().all(|member| is_parameter(&member.value)) {
        return Vec::new();
    }
    members
        .map(|member| (Some(&member.key), &member.value))
        .collect()
}

/// The distinct inputs of an operation.
#[derive(Default)]
struct Inputs<'t> {
    list: Vec<Parameter<'t>>,
    positions: HashMap<(Location, Cow<'t, str>), usize>,
}

impl<'t> Inputs<'t> {
    /// Adds a parameter. If there is already one with its name and location, returns the new one with the position of
    /// the old one.
    fn add(&mut self, parameter: Parameter<'t>) -> Option<(usize, Parameter<'t>)> {
        match self.positions.entry(identity(&parameter)) {
            Entry::Occupied(first) => Some((*first.get(), parameter)),
            Entry::Vacant(vacant) => {
                vacant.insert(self.list.len());
                self.list.push(parameter);
                None
            }
        }
    }
}

/// The identity of a parameter: its location and its name. Names of headers are compared without case.
fn identity<'t>(parameter: &Parameter<'t>) -> (Location, Cow<'t, str>) {
    let name = parameter.name.text;
    let name = if parameter.location == Location::Header {
        name.to_ascii_lowercase().into()
    } else {
        name.into()
    };
    (parameter.location, name)
}
