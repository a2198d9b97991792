//! A call of every operation, for programs that try out a generated client.

use quote::quote;

use super::examples::{self, credential, ident};
use super::output::is_stream;
use super::plan::Plan;
use crate::model::{Input, Operation, Resource};
use crate::sample::{self, Given};

/// Rust code that calls a generated client. It belongs into a module of a crate that depends on the generated one with
/// the feature `testing`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calls {
    /// `fn client(base: &str) -> Result<Client, Error>`: with a credential for each scheme, and without retries.
    pub client: String,
    /// Calls of every operation, in the order of the resources: one with the required inputs, and a second one with all
    /// inputs if there are optional ones.
    pub calls: Vec<SampleCall>,
}

/// An operation and an expression that calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleCall {
    /// `profiles.get`
    pub label: String,
    /// The inputs of the call.
    pub given: Given,
    /// The HTTP method in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// An expression over `client: &Client` that returns the call, or the reason why no call is possible.
    pub expression: Result<String, String>,
    /// Whether the response is a stream.
    pub stream: bool,
}

/// Emits a call of every operation, with the values of [`sample::inputs`]:
///
/// ```text
/// client.accounts().disconnect(value::<String>("\"9bd39495-…\""))
/// ```
pub fn calls(plan: &Plan<'_>) -> Calls {
    let resources = plan.api().resources.iter();
    let calls = resources.flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.flat_map(move |operation| {
            let optional = operation.inputs.iter().any(|input| !input.required);
            let all = optional.then(|| call(plan, resource, operation, Given::All));
            std::iter::once(call(plan, resource, operation, Given::Required)).chain(all)
        })
    });
    Calls {
        client: client(plan),
        calls: calls.collect(),
    }
}

/// Emits an argument or the value of a setter, from JSON text: `value::<Pet>("{…}")`.
pub fn argument(plan: &Plan<'_>, operation: &Operation, input: &Input, json: &str) -> String {
    examples::value(plan, operation, input, json).to_string()
}

fn call(plan: &Plan<'_>, resource: &Resource, operation: &Operation, given: Given) -> SampleCall {
    SampleCall {
        label: operation.label.clone(),
        method: operation.method.clone(),
        path: operation.path.clone(),
        given,
        expression: expression(plan, resource, operation, given),
        stream: is_stream(&operation.output),
    }
}

fn expression(
    plan: &Plan<'_>,
    resource: &Resource,
    operation: &Operation,
    given: Given,
) -> Result<String, String> {
    if let Some(server) = &operation.server {
        return Err(format!("it is on a server of its own, {server}"));
    }
    let values = sample::inputs(plan.api(), operation, given);
    let call = values.and_then(|values| examples::call(plan, resource, operation, &values));
    let call = call.ok_or("one of its inputs has no finite value")?;
    Ok(call.to_string())
}

/// The client that makes the calls.
fn client(plan: &Plan<'_>) -> String {
    let (api, krate) = (plan.api(), ident(plan.crate_name()));
    let module = &api.module;
    let credentials = api.schemes.iter().map(credential);
    quote! {
        pub(crate) fn client(base: &str) -> Result<#krate::#module::Client, #krate::Error> {
            #krate::#module::Client::builder(base)
                #(#credentials)*
                .allow_http()
                .without_retry()
                .build()
        }
    }
    .to_string()
}
