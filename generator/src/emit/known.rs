//! The names of std and of the runtime that emitted code uses.
//!
//! Emitted files import by glob (`use super::*; use crate::runtime::prelude::*;`), so a schema called `String` or
//! `Secret` would make a bare name ambiguous or mean the wrong thing. Such names are *contested*: within that API both
//! sides are written by path, everywhere.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::model::{Api, Home, Kind, Output, Resource, Scalar, Type};
use crate::name::Ident;

/// A name of std or of the runtime that emitted code uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LibraryName {
    /// In Rust's prelude, with the path that is written if the name is contested.
    Std(&'static str, &'static [&'static str]),
    /// In `crate::runtime::prelude` (and, with it, in `crate::runtime::calls`).
    Prelude(&'static str),
    /// In `crate::runtime::calls` only.
    Calls(&'static str),
    /// Always written by path: rarely used, and a common name of schemas.
    Runtime(&'static str),
}

/// Defines each name as a constant, and an array of all of them.
macro_rules! known {
    ($($name:ident = $known:expr;)*) => {
        $(pub(super) const $name: LibraryName = { use LibraryName::*; $known };)*
        const ALL: &[LibraryName] = &[$($name),*];
    };
}

known! {
    STRING = Std("String", &["string"]);
    OPTION = Std("Option", &["option"]);
    SOME = Std("Some", &["option", "Option"]);
    NONE = Std("None", &["option", "Option"]);
    RESULT = Std("Result", &["result"]);
    OK = Std("Ok", &["result", "Result"]);
    ERR = Std("Err", &["result", "Result"]);
    VEC = Std("Vec", &["vec"]);
    BOX = Std("Box", &["boxed"]);
    INTO = Std("Into", &["convert"]);
    FROM = Std("From", &["convert"]);
    DEFAULT = Std("Default", &["default"]);
    BOOL = Std("bool", &["primitive"]);
    I32 = Std("i32", &["primitive"]);
    I64 = Std("i64", &["primitive"]);
    U64 = Std("u64", &["primitive"]);
    F64 = Std("f64", &["primitive"]);
    BASE64 = Prelude("Base64");
    DATE = Prelude("Date");
    DECIMAL = Prelude("Decimal");
    JSON = Prelude("Json");
    JSON_OBJECT = Prelude("JsonObject");
    MAP = Prelude("Map");
    NULLABLE = Prelude("Nullable");
    SECRET = Prelude("Secret");
    SERDE = Prelude("Serde");
    TIMESTAMP = Prelude("Timestamp");
    UUID = Prelude("Uuid");
    BYTES = Calls("Bytes");
    ANY_BODY = Runtime("AnyBody");
    EVENTS = Runtime("Events");
    FILE = Runtime("File");
    JSON_LINES = Runtime("JsonLines");
    REQUEST_BODY = Runtime("RequestBody");
    CALL = Calls("Call");
    DISPLAY = Calls("Display");
    METHOD = Calls("Method");
    STYLE = Calls("Style");
    // Emitted code never uses it, but the glob import brings it into scope, so a schema with this name would be
    // ambiguous.
    REQUEST = Calls("Request");
}

impl LibraryName {
    /// The Rust type of a scalar.
    pub(super) fn of_scalar(scalar: Scalar) -> Self {
        match scalar {
            Scalar::String => STRING,
            Scalar::Bool => BOOL,
            Scalar::I32 => I32,
            Scalar::I64 => I64,
            Scalar::U64 => U64,
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

    /// The names of the types of values, without `Serde`, which only stands for types of other crates.
    pub(super) fn values() -> impl Iterator<Item = &'static str> {
        let values = ALL.iter().filter(|known| matches!(known, Self::Prelude(_)));
        values
            .filter(|known| **known != SERDE)
            .map(|known| known.name())
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            LibraryName::Std(name, _)
            | LibraryName::Prelude(name)
            | LibraryName::Calls(name)
            | LibraryName::Runtime(name) => name,
        }
    }

    pub(super) fn bare(self) -> TokenStream {
        proc_macro2::Ident::new(self.name(), Span::call_site()).into_token_stream()
    }

    pub(super) fn by_path(self) -> TokenStream {
        let name = format_ident!("{}", self.name());
        match self {
            LibraryName::Std(_, modules) => {
                let modules = modules.iter().map(|module| format_ident!("{module}"));
                quote!(::std::#(#modules::)*#name)
            }
            LibraryName::Prelude(_) => quote!(crate::runtime::prelude::#name),
            LibraryName::Calls(_) => quote!(crate::runtime::calls::#name),
            LibraryName::Runtime(_) => quote!(crate::runtime::#name),
        }
    }
}

/// The names of std and the runtime that also are names of this API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contested(BTreeSet<&'static str>);

impl Contested {
    /// Compares all names that the emitted files of this API declare or import.
    pub(super) fn of(api: &Api) -> Self {
        let declared: BTreeSet<&str> = api
            .types
            .iter()
            .flat_map(type_names)
            .chain(resource_names(api))
            .chain(api.webhooks.iter().map(|webhooks| webhooks.name.plain()))
            .collect();
        Contested(
            ALL.iter()
                .filter(|known| !matches!(known, LibraryName::Runtime(_)))
                .map(|known| known.name())
                .filter(|name| declared.contains(name))
                .collect(),
        )
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// The names that a type adds to the scope of its siblings: its own, its `XRequired`, and its module's.
pub(super) fn type_names(ty: &Type) -> impl Iterator<Item = &str> {
    let required = match &ty.kind {
        Kind::Record(record) => record.required_struct.as_ref(),
        _ => None,
    };
    let module = match &ty.home {
        Home::Types(module) => Some(module.plain()),
        Home::Resource(_) => None,
    };
    let former = ty.former.iter().map(|former| former.name.plain());
    [Some(ty.name.plain()), required.map(Ident::plain), module]
        .into_iter()
        .flatten()
        .chain(former)
}

fn resource_names(api: &Api) -> impl Iterator<Item = &str> {
    api.resources.iter().flat_map(local_names)
}

/// The names that a resource's file declares beside its inline types.
pub(super) fn local_names(resource: &Resource) -> impl Iterator<Item = &str> {
    let calls = resource.operations.iter().flat_map(|operation| {
        let output = match &operation.output {
            Output::OneOf { name, .. } => Some(name.plain()),
            _ => None,
        };
        operation
            .call
            .as_ref()
            .map(Ident::plain)
            .into_iter()
            .chain(output)
            .chain(
                operation
                    .callbacks
                    .iter()
                    .map(|callbacks| callbacks.name.plain()),
            )
            .chain(
                operation
                    .former_types
                    .iter()
                    .map(|former| former.name.plain()),
            )
    });
    std::iter::once(resource.handle.plain()).chain(calls)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::emit::root::exports;

    /// Names of the runtime that stand in no public item: they are only written in bodies of functions, or belong to std.
    const INTERNAL: [LibraryName; 4] = [DISPLAY, REQUEST, SERDE, STYLE];

    #[test]
    fn a_generated_crate_exports_every_type_that_its_items_name() {
        let words = exports(&[]).to_string();
        let words: BTreeSet<&str> = words
            .split(|letter: char| !letter.is_alphanumeric())
            .collect();
        let types = ALL
            .iter()
            .filter(|known| !matches!(known, LibraryName::Std(..)));
        let types = types.filter(|known| !INTERNAL.contains(known));
        let missing = types.filter(|known| !words.contains(known.name()));
        let missing: Vec<&str> = missing.map(|known| known.name()).collect();
        assert!(
            missing.is_empty(),
            "add these to the exports in `root.rs`: {missing:?}"
        );
    }
}
