//! How a file writes names: of items of std and the runtime, and of the API's own types.

use std::cell::Cell;
use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};

use super::known::{self, Contested, LibraryName, type_names};
use super::plan::Plan;
use crate::model::{Api, Home, Operation, OwnType, Resource, Shape, TypeId};
use crate::name::Ident;

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let span = Span::call_site();
        tokens.append(match self.as_str().strip_prefix("r#") {
            Some(plain) => proc_macro2::Ident::new_raw(plain, span),
            None => proc_macro2::Ident::new(self.as_str(), span),
        });
    }
}

/// Derive macros in Rust's prelude. A link to a type with such a name is ambiguous without `type@`.
const DERIVES: [&str; 9] = [
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

/// The maximum number of types that files import by glob. The compiler stores all names of the module for each glob.
const MANY_TYPES: usize = 500;

/// The names in one emitted file, and the glob imports that it needs.
pub(super) struct FileScope<'a> {
    /// The API.
    pub(super) api: &'a Api,
    contested: &'a Contested,
    /// The file, if types can be defined in it.
    home: Option<Home>,
    locals: BTreeSet<&'a str>,
    /// The names of the resource that the file belongs to.
    of_resource: Option<&'a BTreeSet<&'a str>>,
    /// Whether types of other files are named by path. With many files and many types, glob imports would cost the
    /// compiler memory for files × types names.
    by_path: bool,
    types_used: Cell<bool>,
    runtime_used: Cell<bool>,
}

impl<'a> FileScope<'a> {
    /// The scope of `types/<module>.rs`.
    pub(super) fn of_types(api: &'a Api, contested: &'a Contested, module: &Ident) -> Self {
        FileScope::new(
            api,
            contested,
            Some(Home::Types(module.clone())),
            BTreeSet::new(),
        )
    }

    /// The scope of `resources/<module>.rs`, whose own names shadow those of the types.
    pub(super) fn of_resource(
        plan: &'a Plan<'a>,
        resource: &'a Resource,
        types: &[TypeId],
    ) -> Self {
        let api = plan.api();
        let inline = types.iter().flat_map(|id| type_names(api.ty(*id)));
        let home = Some(Home::Resource(resource.module.clone()));
        FileScope {
            of_resource: plan.locals(resource),
            ..FileScope::new(api, plan.contested(), home, inline.collect())
        }
    }

    /// The scope of `webhooks.rs`.
    pub(super) fn of_webhooks(api: &'a Api, contested: &'a Contested) -> Self {
        let locals = api.webhooks.iter();
        let locals = locals.map(|webhooks| webhooks.name.plain()).collect();
        FileScope::new(api, contested, None, locals)
    }

    /// The scope of a separate file with the setters or samples of records.
    pub(super) fn of_setters(api: &'a Api, contested: &'a Contested) -> Self {
        FileScope::new(api, contested, None, BTreeSet::new())
    }

    fn new(
        api: &'a Api,
        contested: &'a Contested,
        home: Option<Home>,
        locals: BTreeSet<&'a str>,
    ) -> Self {
        FileScope {
            api,
            contested,
            home,
            locals,
            of_resource: None,
            by_path: api.features.is_in_parts() || api.types.len() > MANY_TYPES,
            types_used: Cell::new(false),
            runtime_used: Cell::new(false),
        }
    }

    fn is_local(&self, name: &str) -> bool {
        let of_resource = self.of_resource.is_some_and(|names| names.contains(name));
        of_resource || self.locals.contains(name)
    }

    /// The glob imports for the names that were used so far.
    pub(super) fn imports(&self) -> TokenStream {
        let api = &self.api.module;
        let types = self.types_used.get().then(|| match &self.home {
            _ if self.by_path => quote!(use crate::#api::types;),
            Some(Home::Types(_)) => quote!(
                use super::*;
            ),
            Some(Home::Resource(_)) | None => quote!(use crate::#api::types::*;),
        });
        let runtime = self.runtime_used.get().then(|| match &self.home {
            Some(Home::Types(_)) => quote!(
                use crate::runtime::prelude::*;
            ),
            Some(Home::Resource(_)) | None => quote!(
                use crate::runtime::calls::*;
            ),
        });
        quote!(#types #runtime)
    }

    /// Records that a macro of the runtime is used.
    pub(super) fn uses_macro(&self) {
        self.runtime_used.set(true);
    }

    /// A name of std or the runtime as this file writes it.
    pub(super) fn known(&self, known: LibraryName) -> TokenStream {
        if matches!(known, LibraryName::Runtime(_)) || self.contested.contains(known.name()) {
            return known.by_path();
        }
        if !matches!(known, LibraryName::Std(..)) {
            self.runtime_used.set(true);
        }
        known.bare()
    }

    /// A type of the API as this file writes it.
    pub(super) fn ty(&self, id: TypeId) -> TokenStream {
        let ty = self.api.ty(id);
        let name = &ty.name;
        let contested = self.contested.contains(name.plain());
        match (&self.home, &ty.home) {
            (home, Home::Types(_)) if self.by_path && home.as_ref() != Some(&ty.home) => {
                self.types_used.set(true);
                quote!(types::#name)
            }
            (Some(Home::Types(_)), Home::Types(_)) if contested && !self.by_path => {
                quote!(super::#name)
            }
            (Some(home), other) if home == other => quote!(#name),
            (Some(Home::Types(_)), Home::Types(_)) => {
                self.types_used.set(true);
                quote!(#name)
            }
            (Some(Home::Resource(_)) | None, Home::Types(_))
                if !contested && !self.is_local(name.plain()) =>
            {
                self.types_used.set(true);
                quote!(#name)
            }
            _ => self.absolute(id),
        }
    }

    /// The path of a type of the API that works anywhere in the crate.
    pub(super) fn absolute(&self, id: TypeId) -> TokenStream {
        let ty = self.api.ty(id);
        let (api, name) = (&self.api.module, &ty.name);
        match &ty.home {
            Home::Types(_) => quote!(crate::#api::types::#name),
            Home::Resource(module) => quote!(crate::#api::resources::#module::#name),
        }
    }

    /// A link to a type for the docs of this file. It resolves regardless of the imports.
    pub(super) fn link(&self, id: TypeId) -> String {
        let ty = self.api.ty(id);
        if self.home.as_ref() == Some(&ty.home) {
            let macro_too = DERIVES.contains(&ty.name.plain());
            return format!(
                "[`{}{}`]",
                if macro_too { "type@" } else { "" },
                ty.name.plain()
            );
        }
        // A path in a link is written without `r#`, because the `#` would begin a fragment.
        let (api, name) = (self.api.module.plain(), ty.name.plain());
        let module = ty.home.path();
        // `types` is imported if one of its types is used, and rustdoc warns about a target if the label alone
        // resolves.
        let label = if self.by_path && matches!(ty.home, Home::Types(_)) {
            name.to_owned()
        } else {
            format!("{module}::{name}")
        };
        format!("[`{label}`](crate::{api}::{module}::{name})")
    }

    /// The Rust type of a shape.
    pub(super) fn shape(&self, shape: &Shape) -> TokenStream {
        match shape {
            Shape::Scalar(scalar) => self.known(LibraryName::of_scalar(*scalar)),
            Shape::Named(id) => self.ty(*id),
            Shape::Boxed(id) => self.applied(known::BOX, self.ty(*id)),
            Shape::List(item) => self.applied(known::VEC, self.shape(item)),
            Shape::Map(value) => self.applied(known::MAP, self.shape(value)),
            Shape::Nullable(inner) => self.applied(known::OPTION, self.shape(inner)),
            Shape::Tuple(elements) => {
                let elements = elements.iter().map(|element| self.shape(element));
                quote!((#(#elements,)*))
            }
            Shape::Json => self.known(known::JSON),
            Shape::JsonObject => self.known(known::JSON_OBJECT),
            Shape::Own(own) if own.is_known() => own_path(own),
            Shape::Own(own) => self.applied(known::SERDE, own_path(own)),
        }
    }

    /// `Name<inner>`
    pub(super) fn applied(&self, known: LibraryName, inner: TokenStream) -> TokenStream {
        let mut applied = self.known(known);
        applied.extend(quote!(<));
        applied.extend(inner);
        applied.extend(quote!(>));
        applied
    }
}

/// The path of a type of another crate. Lowering has checked that it parses.
fn own_path(own: &OwnType) -> TokenStream {
    own.path.parse().unwrap_or_default()
}
/// A link to the method of an operation, in the file of its handle.
pub(super) fn method_link(resource: &Resource, operation: &Operation) -> String {
    let (handle, method) = (resource.handle.plain(), operation.name.plain());
    format!("[`{handle}::{method}()`]")
}

/// The path of a handle, in docs.
pub(super) fn handle_path(api: &Api, resource: &Resource) -> String {
    let names = [&api.module, &resource.module, &resource.handle];
    let [api, module, handle] = names.map(Ident::plain);
    format!("crate::{api}::resources::{module}::{handle}")
}
