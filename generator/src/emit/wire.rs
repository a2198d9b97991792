//! A test that compares the requests and responses of every operation with a reviewed text file.

use proc_macro2::TokenStream;
use quote::quote;

use super::Source;
use super::docs::Comment;
use super::examples::{self, ident};
use super::plan::Plan;
use crate::sample;

/// Emits `tests/wire.rs`:
///
/// ```text
/// #[test]
/// fn wire_is_current() {
///     let mut wire = Wire::new();
///     museum::add_to(&mut wire);
///     wire.check(concat!(env!("CARGO_MANIFEST_DIR"), "/wire.txt"));
/// }
///
/// mod museum { … }
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
/// wire.add("museum: tickets.get", &server, client.tickets().get(value::<String>("…")));
/// ```
fn api(plan: &Plan<'_>) -> TokenStream {
    let (krate, module) = (ident(plan.crate_name()), &plan.api().module);
    let client = examples::client(plan);
    let resources = plan.api().resources.iter().enumerate();
    let calls = resources.flat_map(|(index, resource)| {
        let operations = resource.operations.iter().enumerate();
        operations.filter_map(move |(at, operation)| {
            let values = sample::request(plan.api(), (index, at))?;
            let call = examples::call(plan, resource, operation, &values)?;
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
