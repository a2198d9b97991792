//! How emitted code names things: std and runtime items, and the API's own types.
//!
//! Emitted files import by glob (`use super::*; use crate::runtime::prelude::*;`), so a schema called `String` or
//! `Secret` would make a bare name ambiguous or mean the wrong thing. Such names are *contested*: within that API both
//! sides are written by path, everywhere.

use std::cell::Cell;
use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, format_ident, quote};

use super::features::is_large;
use crate::model::{Api, Home, Kind, Scalar, Shape, TypeId};
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

/// A name of std or of the runtime that emitted code uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// In Rust's prelude; with the path for where it is contested.
    Std(&'static str, &'static [&'static str]),
    /// In `crate::runtime::prelude` (and, with it, in `crate::runtime::calls`).
    Prelude(&'static str),
    /// In `crate::runtime::calls` only.
    Calls(&'static str),
    /// Always written by path: seldom used, and a common name for a schema.
    Runtime(&'static str),
}

pub(super) const STRING: Known = Known::Std("String", &["string"]);
pub(super) const OPTION: Known = Known::Std("Option", &["option"]);
pub(super) const SOME: Known = Known::Std("Some", &["option", "Option"]);
pub(super) const NONE: Known = Known::Std("None", &["option", "Option"]);
pub(super) const RESULT: Known = Known::Std("Result", &["result"]);
pub(super) const OK: Known = Known::Std("Ok", &["result", "Result"]);
pub(super) const ERR: Known = Known::Std("Err", &["result", "Result"]);
pub(super) const VEC: Known = Known::Std("Vec", &["vec"]);
pub(super) const BOX: Known = Known::Std("Box", &["boxed"]);
pub(super) const INTO: Known = Known::Std("Into", &["convert"]);
pub(super) const FROM: Known = Known::Std("From", &["convert"]);
pub(super) const DEFAULT: Known = Known::Std("Default", &["default"]);
pub(super) const BOOL: Known = Known::Std("bool", &["primitive"]);
pub(super) const I32: Known = Known::Std("i32", &["primitive"]);
pub(super) const I64: Known = Known::Std("i64", &["primitive"]);
pub(super) const U64: Known = Known::Std("u64", &["primitive"]);
pub(super) const F32: Known = Known::Std("f32", &["primitive"]);
pub(super) const F64: Known = Known::Std("f64", &["primitive"]);
pub(super) const BASE64: Known = Known::Prelude("Base64");
pub(super) const DATE: Known = Known::Prelude("Date");
pub(super) const DECIMAL: Known = Known::Prelude("Decimal");
pub(super) const JSON: Known = Known::Prelude("Json");
pub(super) const JSON_OBJECT: Known = Known::Prelude("JsonObject");
pub(super) const MAP: Known = Known::Prelude("Map");
pub(super) const NULLABLE: Known = Known::Prelude("Nullable");
pub(super) const SECRET: Known = Known::Prelude("Secret");
pub(super) const TIMESTAMP: Known = Known::Prelude("Timestamp");
pub(super) const UUID: Known = Known::Prelude("Uuid");
pub(super) const BYTES: Known = Known::Calls("Bytes");
pub(super) const ANY_BODY: Known = Known::Runtime("AnyBody");
pub(super) const EVENTS: Known = Known::Runtime("Events");
pub(super) const FILE: Known = Known::Runtime("File");
pub(super) const JSON_LINES: Known = Known::Runtime("JsonLines");
pub(super) const REQUEST_BODY: Known = Known::Runtime("RequestBody");
pub(super) const CALL: Known = Known::Calls("Call");
pub(super) const DISPLAY: Known = Known::Calls("Display");
pub(super) const METHOD: Known = Known::Calls("Method");
pub(super) const STYLE: Known = Known::Calls("Style");
/// Emitted code never names it, but it comes with the glob import, so a schema of that name would be ambiguous.
const REQUEST: Known = Known::Calls("Request");

/// Every name that the emitted code uses or that comes with its glob imports.
const ALL: [Known; 33] = [
    STRING,
    OPTION,
    SOME,
    NONE,
    RESULT,
    OK,
    ERR,
    VEC,
    BOX,
    INTO,
    FROM,
    DEFAULT,
    BOOL,
    I32,
    I64,
    U64,
    F32,
    F64,
    BASE64,
    DATE,
    JSON,
    JSON_OBJECT,
    MAP,
    NULLABLE,
    SECRET,
    TIMESTAMP,
    UUID,
    BYTES,
    CALL,
    DISPLAY,
    METHOD,
    REQUEST,
    STYLE,
];

/// Derive macros of Rust's prelude: a link to a type with such a name has to say that it means the type.
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

impl Known {
    fn name(self) -> &'static str {
        match self {
            Known::Std(name, _)
            | Known::Prelude(name)
            | Known::Calls(name)
            | Known::Runtime(name) => name,
        }
    }

    fn bare(self) -> TokenStream {
        format_ident!("{}", self.name()).into_token_stream()
    }

    fn by_path(self) -> TokenStream {
        let name = format_ident!("{}", self.name());
        match self {
            Known::Std(_, modules) => {
                let modules = modules.iter().map(|module| format_ident!("{module}"));
                quote!(::std::#(#modules::)*#name)
            }
            Known::Prelude(_) => quote!(crate::runtime::prelude::#name),
            Known::Calls(_) => quote!(crate::runtime::calls::#name),
            Known::Runtime(_) => quote!(crate::runtime::#name),
        }
    }
}

/// The names of std and the runtime that also are names of this API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contested(BTreeSet<&'static str>);

impl Contested {
    /// Looks at every name that the emitted files of this API declare or import.
    pub(super) fn of(api: &Api) -> Self {
        let declared: BTreeSet<&str> = api
            .types
            .iter()
            .flat_map(type_names)
            .chain(resource_names(api))
            .chain(api.webhooks.iter().map(|webhooks| webhooks.name.plain()))
            .collect();
        Contested(
            ALL.into_iter()
                .map(Known::name)
                .filter(|name| declared.contains(name))
                .collect(),
        )
    }

    fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// The names that a type brings into the scope of its siblings: its own, its `XRequired`, and its module's.
fn type_names(ty: &crate::model::Type) -> impl Iterator<Item = &str> {
    let required = match &ty.kind {
        Kind::Record(record) => record.required_struct.as_ref(),
        _ => None,
    };
    let module = match &ty.home {
        Home::Types(module) => Some(module.plain()),
        Home::Resource(_) => None,
    };
    [Some(ty.name.plain()), required.map(Ident::plain), module]
        .into_iter()
        .flatten()
}

fn resource_names(api: &Api) -> impl Iterator<Item = &str> {
    api.resources.iter().flat_map(local_names)
}

/// The names that a resource's file declares beside its inline types.
fn local_names(resource: &crate::model::Resource) -> impl Iterator<Item = &str> {
    let calls = resource.operations.iter().flat_map(|operation| {
        let answer = match &operation.answer {
            crate::model::Answer::OneOf { name, .. } => Some(name.plain()),
            _ => None,
        };
        operation
            .call
            .as_ref()
            .map(Ident::plain)
            .into_iter()
            .chain(answer)
            .chain(
                operation
                    .callbacks
                    .iter()
                    .map(|callbacks| callbacks.name.plain()),
            )
    });
    std::iter::once(resource.handle.plain()).chain(calls)
}

/// What one emitted file sees, and which of its glob imports it needs.
pub(super) struct Scope<'a> {
    /// The API.
    pub(super) api: &'a Api,
    contested: &'a Contested,
    /// The file, if it is one that can hold types.
    home: Option<Home>,
    locals: BTreeSet<&'a str>,
    /// Whether the types of other files are named by path: where there are many of both, glob imports would give the
    /// compiler files times types names to keep.
    by_path: bool,
    types_used: Cell<bool>,
    runtime_used: Cell<bool>,
}

impl<'a> Scope<'a> {
    /// The scope of `types/<module>.rs`.
    pub(super) fn of_types(api: &'a Api, contested: &'a Contested, module: &Ident) -> Self {
        Scope::new(
            api,
            contested,
            Some(Home::Types(module.clone())),
            BTreeSet::new(),
        )
    }

    /// The scope of `resources/<module>.rs`, whose own names hide those of the types.
    pub(super) fn of_resource(
        api: &'a Api,
        contested: &'a Contested,
        resource: &'a crate::model::Resource,
        types: &[TypeId],
    ) -> Self {
        let inline = types.iter().flat_map(|id| type_names(api.ty(*id)));
        let locals = local_names(resource).chain(inline).collect();
        Scope::new(
            api,
            contested,
            Some(Home::Resource(resource.module.clone())),
            locals,
        )
    }

    /// The scope of `webhooks.rs`.
    pub(super) fn of_webhooks(api: &'a Api, contested: &'a Contested) -> Self {
        let locals = api.webhooks.iter();
        let locals = locals.map(|webhooks| webhooks.name.plain()).collect();
        Scope::new(api, contested, None, locals)
    }

    fn new(
        api: &'a Api,
        contested: &'a Contested,
        home: Option<Home>,
        locals: BTreeSet<&'a str>,
    ) -> Self {
        Scope {
            api,
            contested,
            home,
            locals,
            by_path: is_large(api),
            types_used: Cell::new(false),
            runtime_used: Cell::new(false),
        }
    }

    /// The import of the types, where one of another file was named.
    pub(super) fn import(&self) -> Option<TokenStream> {
        let api = &self.api.module;
        self.types_used.get().then(|| match &self.home {
            _ if self.by_path => quote!(use crate::#api::types;),
            Some(Home::Types(_)) => quote!(
                use super::*;
            ),
            Some(Home::Resource(_)) | None => quote!(use crate::#api::types::*;),
        })
    }

    /// Whether a name or macro of the runtime was used bare, so that its glob import is needed.
    pub(super) fn uses_runtime(&self) -> bool {
        self.runtime_used.get()
    }

    /// Tells that one of the runtime's macros is used.
    pub(super) fn uses_macro(&self) {
        self.runtime_used.set(true);
    }

    /// A name of std or the runtime as this file writes it.
    pub(super) fn known(&self, known: Known) -> TokenStream {
        if matches!(known, Known::Runtime(_)) || self.contested.contains(known.name()) {
            return known.by_path();
        }
        if !matches!(known, Known::Std(..)) {
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
                if !contested && !self.locals.contains(name.plain()) =>
            {
                self.types_used.set(true);
                quote!(#name)
            }
            _ => self.absolute(id),
        }
    }

    /// A type of the API from anywhere in the crate.
    pub(super) fn absolute(&self, id: TypeId) -> TokenStream {
        let ty = self.api.ty(id);
        let (api, name) = (&self.api.module, &ty.name);
        match &ty.home {
            Home::Types(_) => quote!(crate::#api::types::#name),
            Home::Resource(module) => quote!(crate::#api::resources::#module::#name),
        }
    }

    /// A link to a type for the docs of this file: it resolves, whatever is imported.
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
        // A path in a link has its words without `r#`, which would begin a fragment.
        let (api, name) = (self.api.module.plain(), ty.name.plain());
        let module = match &ty.home {
            Home::Types(_) => "types".to_owned(),
            Home::Resource(module) => format!("resources::{}", module.plain()),
        };
        // `types` is imported where a type of it is named, and a label that resolves makes its target redundant.
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
            Shape::Scalar(scalar) => self.known(scalar_name(*scalar)),
            Shape::Named(id) => self.ty(*id),
            Shape::Boxed(id) => self.applied(BOX, &self.ty(*id)),
            Shape::List(item) => self.applied(VEC, &self.shape(item)),
            Shape::Map(value) => self.applied(MAP, &self.shape(value)),
            Shape::Nullable(inner) => self.applied(OPTION, &self.shape(inner)),
            Shape::Tuple(places) => {
                let places = places.iter().map(|place| self.shape(place));
                quote!((#(#places,)*))
            }
            Shape::Json => self.known(JSON),
            Shape::JsonObject => self.known(JSON_OBJECT),
        }
    }

    /// `Name<inner>`
    pub(super) fn applied(&self, known: Known, inner: &TokenStream) -> TokenStream {
        let name = self.known(known);
        quote!(#name<#inner>)
    }
}

fn scalar_name(scalar: Scalar) -> Known {
    match scalar {
        Scalar::String => STRING,
        Scalar::Bool => BOOL,
        Scalar::I32 => I32,
        Scalar::I64 => I64,
        Scalar::U64 => U64,
        Scalar::F32 => F32,
        Scalar::F64 => F64,
        Scalar::Uuid => UUID,
        Scalar::Timestamp => TIMESTAMP,
        Scalar::Date => DATE,
        Scalar::Decimal => DECIMAL,
        Scalar::Secret => SECRET,
        Scalar::Base64 => BASE64,
        Scalar::File => FILE,
    }
}
