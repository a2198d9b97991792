//! A test that compares the requests and responses of every operation with a reviewed text file.

use proc_macro2::TokenStream;
use quote::quote;

use super::Source;
use super::docs::Comment;
use super::examples::{self, ident};
use super::plan::Plan;
use crate::model::{Operation, Resource};
use crate::sample::{self, Given};

/// Emits `tests/wire.rs`:
///
/// ```text
/// #[test]
/// fn wire_is_current() {
///     let mut wire = Wire::new();
///     insightiq::add_to(&mut wire);
///     wire.check(concat!(env!("CARGO_MANIFEST_DIR"), "/wire.txt"));
/// }
///
/// mod insightiq { … }
/// ```
pub(crate) fn file(plans: &[Plan<'_>]) -> Source {
    let docs = Comment::sentence(
        "The request of each operation's example, and the value that its response is decoded to.",
    )
    .inner();
    let krate = plans.first().map(|plan| ident(plan.crate_name()));
    let features = plans.iter().map(|plan| plan.api().module.plain());
    let modules = plans.iter().map(|plan| &plan.api().module);
    let apis = plans.iter().map(|plan| api(plan));
    let tokens = quote! {
        #docs
        #![cfg(all(#(feature = #features,)* feature = "testing"))]
        #![allow(deprecated, unused_imports, reason = "the description decides what is deprecated and what has inputs")]

        use #krate::testing::Wire;

        #[test]
        fn wire_is_current() {
            let mut wire = Wire::new();
            #(#modules::add_to(&mut wire);)*
            wire.check(concat!(env!("CARGO_MANIFEST_DIR"), "/wire.txt"));
        }

        #(#apis)*
    };
    Source {
        path: "tests/wire.rs".to_owned(),
        emitter: "wire.rs",
        tokens,
    }
}

/// Emits the module with the calls of an API:
///
/// ```text
/// wire.add("insightiq: profiles.get", &server, client.profiles().get(value::<String>("…")));
/// ```
fn api(plan: &Plan<'_>) -> TokenStream {
    let (krate, module) = (ident(plan.crate_name()), &plan.api().module);
    let client = examples::client(plan);
    let resources = plan.api().resources.iter().enumerate();
    let calls = resources.flat_map(|(index, resource)| {
        let operations = resource.operations.iter().enumerate();
        operations.filter_map(move |(at, operation)| {
            let call = call(plan, (index, resource), (at, operation))?;
            let title = format!("{}: {}", module.plain(), operation.label);
            Some(quote!(wire.add(#title, &server, #call);))
        })
    });
    quote! {
        mod #module {
            use #krate::testing::{TestTransport, Wire, value};

            #client

            pub(super) fn add_to(wire: &mut Wire) {
                let server = #krate::#module::examples::server();
                let client = client(&server);
                #(#calls)*
            }
        }
    }
}

/// The call with the values of the description's example, otherwise with all inputs.
fn call(
    plan: &Plan<'_>,
    (index, resource): (usize, &Resource),
    (at, operation): (usize, &Operation),
) -> Option<TokenStream> {
    let mut requests = plan.api().requests.iter();
    let example = requests.find(|request| (request.resource, request.operation) == (index, at));
    let values = match example {
        Some(example) => example.values.clone(),
        None => sample::inputs(plan.api(), operation, Given::All)?,
    };
    examples::call(plan, resource, operation, &values)
}
