//! The first steps with a client: for the docs of the crate, its modules and clients, and for its README.

use super::example::{self, Example, hidden_function};
use super::expression::text;
use super::plan::Plan;
use super::value::is_plain;
use crate::model::{Api, Operation, PartialServer, Resource, Scheme, SchemeKind, Server};

/// An example for docs, including the fences: it builds a client and makes a call.
pub(super) fn lines(plan: &Plan<'_>) -> Vec<String> {
    let name = plan.crate_name();
    let first = first(plan);
    let feature = first
        .as_ref()
        .and_then(|first| first.resource.feature.as_ref());
    let feature = feature.unwrap_or(&plan.api().features.core);
    let parameters = first.as_ref().map(|first| &first.example.parameters[..]);
    let mut lines = vec![
        "```no_run".to_owned(),
        format!("# #[cfg(feature = \"{feature}\")]"),
    ];
    lines.extend(hidden_function(name, parameters.unwrap_or_default()));
    lines.push(import(plan));
    let imports = first.as_ref().map(|first| first.example.imports.clone());
    lines.extend(imports.into_iter().flatten());
    lines.push(String::new());
    lines.extend(client(plan, first.as_ref()));
    lines.extend(first.into_iter().flat_map(|first| first.example.statements));
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// The lines of a program that does the same for the first API whose example has known values for all arguments. If no API
/// has such an example, the call is a comment.
pub(crate) fn program(plans: &[Plan<'_>]) -> Vec<String> {
    let is_complete = |plan: &&Plan<'_>| first(plan).is_some_and(|first| first.is_complete());
    let Some(plan) = plans.iter().find(is_complete).or(plans.first()) else {
        return Vec::new();
    };
    let first = first(plan);
    let mut body = client(plan, first.as_ref());
    let mut lines = vec![import(plan)];
    match first {
        Some(first) if first.is_complete() => {
            lines.extend(first.example.imports);
            body.extend(first.example.statements);
            if body.iter().any(|line| line.starts_with("let output = ")) {
                body.push("println!(\"{output:#?}\");".to_owned());
            }
        }
        first => {
            body.extend(first.iter().flat_map(without_values));
            body.push("println!(\"{client:?}\");".to_owned());
        }
    }
    body.push("Ok(())".to_owned());
    lines.extend([
        String::new(),
        "#[tokio::main]".to_owned(),
        format!(
            "async fn main() -> Result<(), {}::Error> {{",
            plan.crate_name()
        ),
    ]);
    lines.extend(body.into_iter().map(|line| format!("    {line}")));
    lines.push("}".to_owned());
    lines
}

/// The lines of an example with arguments that the description has no values for, as comments.
fn without_values(first: &First<'_>) -> Vec<String> {
    let example = &first.example;
    let imports = example.imports.iter().map(|import| format!("// {import}"));
    let statements = example.statements.iter();
    let statements = statements.map(|line| format!("// {line}"));
    let parameters = example.parameters.join(", ");
    std::iter::once(format!(
        "// The description has no example for {parameters}."
    ))
    .chain(imports)
    .chain(statements)
    .collect()
}

/// The call of an operation with the values of its examples: `client.pets().list(3)`.
pub(crate) fn call(plan: &Plan<'_>, resource: &Resource, operation: &Operation) -> String {
    format!("client.{}", example::of(plan, resource, operation).call)
}

fn import(plan: &Plan<'_>) -> String {
    let (name, module) = (plan.crate_name(), &plan.api().module);
    if plan.api().servers.is_empty() {
        format!("use {name}::{module}::Client;")
    } else {
        format!("use {name}::{module}::{{Client, Server}};")
    }
}

/// Builds the client, with its first encrypted server and the credentials of the call's first security requirement.
fn client(plan: &Plan<'_>, first: Option<&First<'_>>) -> Vec<String> {
    let api = plan.api();
    let mut servers = api.servers.iter();
    let encrypted = servers.find(|server| server.encrypted);
    let server = encrypted.or(api.servers.first());
    let from = server.map_or_else(|| example_url(api), variant);
    let own = first.and_then(|first| first.operation.security.as_ref());
    let security = own.unwrap_or(&api.security);
    let names = security.alternatives.first().into_iter().flatten();
    let schemes = names.filter_map(|name| api.schemes.iter().find(|scheme| scheme.wire == *name));
    let http = server.filter(|server| server.unencrypted);
    let steps = schemes.map(credential);
    let steps = steps.chain(http.map(|_| ".allow_http()".to_owned()));
    let steps: Vec<String> = steps.chain([".build()?;".to_owned()]).collect();
    let mut lines = Vec::new();
    if server.is_none() {
        lines.push(missing_server(api));
    }
    let needed = first.and_then(|first| first.operation.credentials.as_ref());
    let needed = needed.unwrap_or(&api.usual_credentials).first();
    if needed.is_some_and(|needed| needed.certificate) {
        lines.push(
            "// The server also requires a certificate of the client: `.client_certificate(…)`."
                .to_owned(),
        );
    }
    let start = format!("let client = Client::builder({from})");
    if let [only] = &*steps {
        lines.push(start + only);
    } else {
        lines.push(start);
        lines.extend(steps.iter().map(|step| format!("    {step}")));
    }
    lines
}

/// A URL in the place of a server that the description does not have, as a literal. It has the path that the description
/// has.
fn example_url(api: &Api) -> String {
    let path = api.partial_server.as_ref().filter(|server| server.is_path);
    let path = path.map_or("", |server| &server.url);
    let host = "https://api.example.com";
    let url = text(&format!("{host}{path}"));
    url.unwrap_or_else(|| format!("\"{host}\""))
}

/// The comment above that URL.
fn missing_server(api: &Api) -> String {
    match &api.partial_server {
        Some(PartialServer { url, is_path: true }) => {
            format!("// The server of the description is `{url}`. Write its whole URL here.")
        }
        Some(PartialServer { url, .. }) if is_plain(url) => {
            format!("// The server of the description is `{url}`. Write the URL of the API here.")
        }
        Some(_) => {
            "// The description has no URL of a server. Write that of the API here.".to_owned()
        }
        None => "// The description has no server. Write the URL of the API here.".to_owned(),
    }
}

fn variant(server: &Server) -> String {
    let name = &server.variant;
    let fields = server.variables.iter();
    let fields: Vec<String> = fields
        .map(|variable| format!("{}: None", variable.name))
        .collect();
    if fields.is_empty() {
        format!("Server::{name}")
    } else {
        format!("Server::{name} {{ {} }}", fields.join(", "))
    }
}

fn credential(scheme: &Scheme) -> String {
    let method = &scheme.method;
    if scheme.kind == SchemeKind::Basic {
        format!(".{method}(\"user\", \"password\")")
    } else {
        format!(".{method}(\"secret\")")
    }
}

/// The operation of the first example.
struct First<'a> {
    resource: &'a Resource,
    operation: &'a Operation,
    example: Example,
}

impl First<'_> {
    /// Whether all arguments have known values.
    fn is_complete(&self) -> bool {
        self.example.parameters.is_empty()
    }
}

fn first<'a>(plan: &'a Plan<'_>) -> Option<First<'a>> {
    let (resource, operation) = plan.first_call(|| first_call(plan))?;
    let resource = plan.api().resources.get(resource)?;
    let operation = resource.operations.get(operation)?;
    Some(First {
        resource,
        operation,
        example: example::of(plan, resource, operation),
    })
}

/// The positions of the resource and the operation of the best first example: one that reads rather than one that
/// deletes, if possible with known values for all arguments.
fn first_call(plan: &Plan<'_>) -> Option<(usize, usize)> {
    let resources = plan.api().resources.iter().enumerate();
    let operations = resources.flat_map(|(at, resource)| {
        let operations = resource.operations.iter().enumerate();
        operations.map(move |(index, operation)| ((at, index), resource, operation))
    });
    let best = operations.min_by_key(|(_, resource, operation)| {
        let example = example::of(plan, resource, operation);
        let changes = match &*operation.method {
            "GET" => 0,
            "DELETE" => 2,
            _ => 1,
        };
        let needs = (
            example.parameters.len(),
            operation.required_inputs().count(),
        );
        (operation.deprecated, changes, needs)
    });
    best.map(|(position, ..)| position)
}
