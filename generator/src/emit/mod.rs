//! The model becomes sources: paths and tokens. Emission cannot fail.
//!
//! One file a kind, named as in the model. [`Plan`] lists the files of an API; each is made on its own
//! ([`Plan::source`]), so that they can be made on all cores.
//!
//! ```text
//! src/lib.rs                          root.rs
//! src/<api>/mod.rs                    index.rs
//! src/<api>/client.rs                 client.rs
//! src/<api>/resources/mod.rs          index.rs
//! src/<api>/resources/<tag>.rs        resource.rs, operation.rs, body.rs, answer.rs, webhook.rs, example.rs
//! src/<api>/webhooks.rs               webhook.rs
//! src/<api>/types/mod.rs              index.rs
//! src/<api>/types/<feature>/mod.rs    index.rs (large APIs)
//! src/<api>/types/<schema>.rs         record.rs, enumeration.rs, union.rs, alias.rs
//! src/<api>/examples/<tag>.rs         replies.rs
//! tests/<api>_examples.rs             examples.rs
//! ```
//!
//! `path` says how names are written, `value` how arguments are taken, `docs` how documentation is made safe.

mod alias;
mod answer;
mod body;
mod calls;
mod client;
mod docs;
mod enumeration;
mod example;
mod examples;
mod features;
mod folder;
mod index;
mod operation;
mod pagination;
mod path;
mod plan;
mod record;
mod replies;
mod resource;
mod root;
mod union;
mod value;
mod webhook;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

pub use calls::{Calls, SampleCall, argument, calls};
pub use features::features;
pub(crate) use index::title;
pub use plan::{Options, Part, Plan, Source};
pub use root::crate_root;

use crate::model::{Kind, Type, TypeId};
use docs::Comment;
use path::Scope;

/// Emits a type with everything that belongs to it.
fn item(scope: &Scope<'_>, id: TypeId) -> TokenStream {
    let ty = scope.api.ty(id);
    match &ty.kind {
        Kind::Record(record) => record::item(scope, ty, record),
        Kind::Enumeration(enumeration) => enumeration::item(scope, ty, enumeration),
        Kind::Union(union) => union::item(scope, id, ty, union),
        Kind::Alias(shape) => alias::item(scope, ty, shape),
        Kind::Wrapper(shape) => alias::wrapper(scope, ty, shape),
    }
}

/// The file that emits a kind, for the header.
fn emitter(ty: &Type) -> &'static str {
    match &ty.kind {
        Kind::Record(_) => "record.rs",
        Kind::Enumeration(_) => "enumeration.rs",
        Kind::Union(_) => "union.rs",
        Kind::Alias(_) | Kind::Wrapper(_) => "alias.rs",
    }
}

/// Emits `types/<schema>.rs`: a named schema, its inline children, and all that belongs to them.
fn types_file(plan: &Plan<'_>, module: &crate::name::Ident, types: &[TypeId]) -> TokenStream {
    let scope = Scope::of_types(plan.api(), plan.contested(), module);
    let items: TokenStream = types.iter().map(|id| item(&scope, *id)).collect();
    let siblings = scope.import();
    let runtime = scope.uses_runtime().then(|| {
        quote!(
            use crate::runtime::prelude::*;
        )
    });
    quote!(#siblings #runtime #items)
}

fn type_docs(ty: &Type) -> Comment {
    let mut docs = Comment::of(&ty.docs, &format!("The `{}` type.", ty.name.plain()));
    docs.deprecated(ty.deprecated);
    docs
}
