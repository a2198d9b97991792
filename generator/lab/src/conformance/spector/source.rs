//! Writes the calls of the program.

use std::fmt::Write as _;

use specwright::internals::emit::{Options, Plan};
use specwright::internals::model::{Api, Output, Scalar, Scheme, SchemeKind, Shape};

use super::request::Found;
use super::{Described, Expected};
use crate::conformance::program::CRATE;

/// Returns `src/calls.rs`, with the calls of every scenario in order.
pub(super) fn source<'a>(described: impl Iterator<Item = (&'a Described, &'a Api)>) -> String {
    let mut text = String::from(
        "//! Generated from the scenarios.\n#![allow(deprecated)]\nuse api::testing::value;\n\n",
    );
    let mut modules = Vec::new();
    for (described, api) in described {
        modules.push(&api.module);
        let _ = writeln!(
            text,
            "async fn {}(base: &str) -> Result<(), api::Error> {{",
            api.module
        );
        text.push_str(&calls(described, api));
        text.push_str("    Ok(())\n}\n\n");
    }
    text.push_str("pub(crate) async fn run(base: &str) -> Result<(), api::Error> {\n");
    for module in modules {
        let _ = writeln!(text, "    {module}(base).await?;");
    }
    text.push_str("    Ok(())\n}\n");
    text
}

fn calls(described: &Described, api: &Api) -> String {
    let options = Options {
        crate_name: CRATE.to_owned(),
    };
    let plan = Plan::new(api, &options);
    let (mut text, mut last) = (String::new(), String::new());
    for (scenario, calls) in &described.scenarios {
        for expected in calls {
            let Some(found) = Found::find(api, expected) else {
                continue;
            };
            let made = match found.call(&plan, expected) {
                Ok(call) => {
                    let client = client(api, &found.prefix, expected);
                    if client != last {
                        let _ = writeln!(text, "    let client = {client};");
                        last = client;
                    }
                    let read = reading(api, &found.operation.output);
                    let status = expected.status;
                    format!("attempt!({scenario:?}, {status}, {read}, client, {call})")
                }
                Err(reason) => format!("suite::unsent({scenario:?}, {reason:?})"),
            };
            let _ = writeln!(text, "    crate::{made};");
        }
    }
    text
}

/// Returns how a response is read: a JSON value is compared with the body, if its type implements the traits of serde.
fn reading(api: &Api, output: &Output) -> &'static str {
    match output {
        Output::Json(shape, _) if is_serialized(api, shape) => "equal",
        Output::Events(_) | Output::JsonLines(_) => "items",
        _ => "whole",
    }
}

fn is_serialized(api: &Api, shape: &Shape) -> bool {
    match api.resolved(shape) {
        Shape::Scalar(scalar) => matches!(
            scalar,
            Scalar::String | Scalar::Bool | Scalar::I32 | Scalar::I64 | Scalar::F64
        ),
        Shape::List(item) | Shape::Map(item) | Shape::Nullable(item) => is_serialized(api, item),
        Shape::Tuple(items) => items.iter().all(|item| is_serialized(api, item)),
        Shape::Named(_) | Shape::Boxed(_) | Shape::Json | Shape::JsonObject => true,
        Shape::Own(_) => false,
    }
}

/// Returns the client, with the expected credentials.
fn client(api: &Api, prefix: &str, expected: &Expected) -> String {
    let module = &api.module;
    let base = format!("&format!(\"{{base}}{prefix}\")");
    let credentials = api
        .schemes
        .iter()
        .filter_map(|scheme| credential(scheme, expected));
    let credentials: String = credentials.collect();
    format!(
        "api::{module}::Client::builder({base}){credentials}.allow_http().without_retry().build()?"
    )
}

fn credential(scheme: &Scheme, expected: &Expected) -> Option<String> {
    let header = |name: &str| {
        let mut headers = expected.headers.iter();
        let found = headers.find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.and_then(|(_, value)| value.as_str())
    };
    let secret = match &scheme.kind {
        // A server that rejects every token expects none.
        SchemeKind::Bearer => match header("authorization") {
            Some(value) => value.strip_prefix("Bearer ")?,
            None if expected.status >= 400 => "invalid",
            None => return None,
        },
        SchemeKind::Authorization => header("authorization")?,
        SchemeKind::HeaderKey { name, prefix } => header(name)?.strip_prefix(prefix.as_str())?,
        _ => return None,
    };
    Some(format!(".{}({secret:?})", scheme.method))
}
