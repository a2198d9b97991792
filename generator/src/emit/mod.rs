//! Model → sources: the path and the tokens of each file. Emission cannot fail.
//!
//! [`Plan`] lists the files of an API. [`source`] emits one of them independently of the others, so that files are
//! emitted in parallel. Each kind of type has a file here with the name that it has in the model.
//!
//! ```text
//! src/lib.rs                          root.rs
//! src/<api>/mod.rs                    index.rs
//! src/<api>/client.rs                 client.rs, start.rs
//! src/<api>/resources/mod.rs          index.rs
//! src/<api>/resources/<tag>.rs        resource.rs, operation.rs, body.rs, output.rs, webhook.rs, example.rs
//! src/<api>/webhooks.rs               webhook.rs
//! src/<api>/types/mod.rs              index.rs
//! src/<api>/types/<feature>/mod.rs    index.rs (large APIs)
//! src/<api>/types/<schema>.rs         record.rs, enumeration.rs, union.rs, alias.rs
//! src/<api>/examples/<tag>.rs         responses.rs
//! src/<api>/samples/mod.rs            samples.rs
//! src/<api>/samples/types/<schema>.rs, samples/resources/<tag>.rs
//!                                     samples.rs
//! tests/<api>_examples.rs             examples.rs
//! tests/wire.rs                       wire.rs, if it is asked for
//! ```
//!
//! `path` decides how names are written and `value` how arguments are passed; `docs` makes documentation safe.

mod alias;
mod body;
mod calls;
mod client;
mod docs;
mod enumeration;
mod example;
mod examples;
mod expression;
mod fits;
mod former;
mod index;
mod known;
mod login;
mod operation;
mod operation_docs;
mod output;
mod pagination;
mod path;
mod plan;
mod record;
mod resource;
mod responses;
mod root;
mod samples;
pub(crate) mod start;
mod union;
mod value;
mod webhook;
pub(crate) mod wire;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

pub use calls::{Calls, argument, calls};
pub(crate) use docs::{NEXT_LINE, code as code_span, summary, visible};
pub(crate) use index::title;
pub(crate) use plan::PlannedFile;
pub use plan::{Options, Plan};
pub(crate) use root::{crate_root, included_root};

use crate::model::{Kind, Scalar, Type, TypeId};
use docs::Comment;
use path::FileScope;

/// A file before it is formatted.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// Path within the crate: `src/museum/types/ticket.rs`.
    pub path: String,
    /// The file of this module that emits it, for the header: `record.rs`.
    pub emitter: &'static str,
    /// Its tokens.
    pub tokens: TokenStream,
}

/// The name of the Rust type of a scalar.
pub(crate) fn scalar_name(scalar: Scalar) -> &'static str {
    known::LibraryName::of_scalar(scalar).name()
}

/// Emits one file of an API.
pub(crate) fn source(plan: &Plan<'_>, file: &PlannedFile) -> Source {
    let api = plan.api();
    let (emitter, tokens) = match file {
        PlannedFile::Module => ("index.rs", index::module(plan)),
        PlannedFile::Client => ("client.rs", client::file(plan)),
        PlannedFile::Resources => ("index.rs", index::resources(plan)),
        PlannedFile::Resource(at, types) => (
            "resource.rs",
            resource::file(plan, &api.resources[*at], types),
        ),
        PlannedFile::Section(at, section, types) => {
            let tokens = resource::section(plan, &api.resources[*at], section, types);
            ("resource.rs", tokens)
        }
        PlannedFile::Webhooks => ("webhook.rs", webhook::file(plan)),
        PlannedFile::Responses => ("responses.rs", responses::index(plan)),
        PlannedFile::ResourceResponses(at) => {
            ("responses.rs", responses::file(plan, &api.resources[*at]))
        }
        PlannedFile::SectionResponses(at, section) => (
            "responses.rs",
            responses::section(plan, &api.resources[*at], section),
        ),
        PlannedFile::SampleIndex => ("samples.rs", samples::index(plan)),
        PlannedFile::Samples(_, types) => ("samples.rs", samples::file(plan, types)),
        PlannedFile::Types => ("index.rs", index::types(plan)),
        PlannedFile::TypeFolder(folder) => ("index.rs", index::folder(folder)),
        PlannedFile::TypeModule(module, types) => {
            let first = types.first().map(|id| emitter(api.ty(*id)));
            (
                first.unwrap_or("record.rs"),
                types_file(plan, module, types),
            )
        }
        PlannedFile::Setters(_, id) => ("record.rs", setters_file(plan, *id)),
        PlannedFile::Examples => {
            let tokens = match api.test_files.as_slice() {
                [] => examples::file(plan),
                files => examples::root(plan, files),
            };
            ("examples.rs", tokens)
        }
        PlannedFile::ExampleGroup(group) => ("examples.rs", examples::group(plan, group)),
    };
    Source {
        path: plan.path(file),
        emitter,
        tokens,
    }
}

/// Emits the condition of code that is compiled with one feature only.
fn condition(feature: Option<&String>) -> Option<TokenStream> {
    let feature = feature?;
    Some(quote!(#[cfg(feature = #feature)]))
}

/// Tokens that are made where `quote!` inserts them. It would copy a `TokenStream`, token by token.
struct Deferred<F>(F);

impl<F: Fn() -> TokenStream> ToTokens for Deferred<F> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend((self.0)());
    }
}

/// Emits a type with its impls.
fn item(scope: &FileScope<'_>, id: TypeId) -> TokenStream {
    let ty = scope.api.ty(id);
    let mut item = match &ty.kind {
        Kind::Record(record) => record::item(scope, ty, record),
        Kind::Enumeration(enumeration) => enumeration::item(scope, ty, enumeration),
        Kind::Union(union) => union::item(scope, id, ty, union),
        Kind::Alias(shape) => alias::item(scope, ty, shape),
        Kind::Wrapper(shape) => alias::wrapper(scope, ty, shape),
    };
    item.extend(former::types(&ty.former));
    item
}

/// The file that emits this kind of type, for the header.
fn emitter(ty: &Type) -> &'static str {
    match &ty.kind {
        Kind::Record(_) => "record.rs",
        Kind::Enumeration(_) => "enumeration.rs",
        Kind::Union(_) => "union.rs",
        Kind::Alias(_) | Kind::Wrapper(_) => "alias.rs",
    }
}

/// Emits `types/<schema>.rs`: a named schema with its inline children and all their impls.
fn types_file(plan: &Plan<'_>, module: &crate::name::Ident, types: &[TypeId]) -> TokenStream {
    let scope = FileScope::of_types(plan.api(), plan.contested(), module);
    let items: TokenStream = types.iter().map(|id| item(&scope, *id)).collect();
    let setters = types.iter().filter_map(|id| plan.api().ty(*id).setters());
    let imports = scope.imports();
    let mut file = quote!(#(mod #setters;)* #imports);
    file.extend(items);
    file
}

/// Emits `types/<schema>/setters.rs`: the setters of a large record.
fn setters_file(plan: &Plan<'_>, id: TypeId) -> TokenStream {
    let scope = FileScope::of_setters(plan.api(), plan.contested());
    let setters = match &plan.api().ty(id).kind {
        Kind::Record(record) => record::setters(&scope, id, record),
        _ => TokenStream::new(),
    };
    let mut file = scope.imports();
    file.extend(setters);
    file
}

/// The traits that a type derives in addition to those of its kind: `, Eq, Hash`. Each is the path of a macro.
fn derives(ty: &Type) -> TokenStream {
    let paths = ty.derives.iter();
    let paths = paths.map(|path| path.parse::<TokenStream>().unwrap_or_default());
    quote!(#(, #paths)*)
}

fn type_docs(ty: &Type) -> Comment {
    let mut docs = Comment::of(&ty.docs, "");
    docs.deprecated(ty.deprecated);
    docs
}
